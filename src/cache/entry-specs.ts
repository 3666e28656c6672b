/**
 * The specs of a cache without an index: what storage lists, read entry by entry. Slow, and the only way; plain
 * HTTP cannot do it.
 */
import pLimit from 'p-limit';
import { verifyBytes } from '../core/digest.ts';
import { BuildcacheError } from '../core/errors.ts';
import type { Constraint } from '../spec/constraint/constraint.ts';
import type { SpecNode } from '../spec/node.ts';
import { readSpecFile, type SpecFile } from '../spec/spec-file.ts';
import type { StorageLister, StorageReader } from '../storage/storage.ts';
import type { EntryReader } from './entries.ts';
import { documentUrl, fetchDocument, incomplete } from './fetch-document.ts';
import type { SpecSource } from './find-specs.ts';
import { blobKey, SPEC_MANIFESTS } from './layout3.ts';
import { findRecord, parseManifest } from './manifest.ts';

export interface EntrySpecsOptions {
  /** What will be asked: entries that cannot match need not be read. */
  readonly asked: readonly Pick<Constraint, 'name' | 'hash'>[];
  /** Requests under way at once. */
  readonly jobs: number;
  /** Called for each entry that is malformed; it is passed over. */
  readonly onBad: (error: BuildcacheError) => void;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Spec files hold a whole DAG; the largest known are a few megabytes. */
const MAX_SPEC_FILE = 64 * 1024 * 1024;

export function canList(storage: StorageReader): storage is StorageLister {
  return 'list' in storage;
}

/**
 * @param reader one layout of a mirror
 * @returns undefined when there are no entries in this layout
 * @throws the storage's errors: what could not be read is not "not there"
 */
export async function entrySpecs(
  reader: EntryReader,
  storage: StorageLister,
  { asked, jobs, onBad, onProgress, signal }: EntrySpecsOptions,
): Promise<SpecSource | undefined> {
  const layout = reader.layout === 'v2' ? LAYOUT2 : LAYOUT3;
  const entries: EntryKey[] = [];
  for await (const { key } of storage.list(layout.prefix, { signal })) {
    const [, name, hash] = layout.pattern.exec(key) ?? [];
    if (name !== undefined && hash !== undefined) entries.push({ key, name, hash });
  }
  if (entries.length === 0) return undefined;
  const wanted = wantedEntries(entries, asked, layout.isNamed);
  const nodes = new Map<string, SpecNode>();
  const inCache = new Set<string>();
  const limit = pLimit(jobs);
  let done = 0;
  const read = async ({ key, hash }: EntryKey) => {
    signal?.throwIfAborted();
    const spec = await readOrReport(
      () => layout.read(storage, key, signal),
      hash,
      documentUrl(storage, key),
      onBad,
    );
    onProgress?.(++done, wanted.length);
    if (spec === undefined) return;
    for (const [each, node] of spec.nodes) if (!nodes.has(each)) nodes.set(each, node);
    inCache.add(spec.root.hash);
  };
  await Promise.all(wanted.map((entry) => limit(read, entry)));
  return memorySpecs(nodes, inCache);
}

interface EntryKey {
  readonly key: string;
  /** Layout 2: all that stands before the hash. */
  readonly name: string;
  readonly hash: string;
}

interface LayoutKeys {
  readonly prefix: string;
  readonly pattern: RegExp;
  readonly isNamed: (entry: EntryKey, name: string) => boolean;
  readonly read: (storage: StorageReader, key: string, signal?: AbortSignal) => Promise<SpecFile | undefined>;
}

const LAYOUT3: LayoutKeys = {
  prefix: SPEC_MANIFESTS,
  pattern: /^v3\/manifests\/spec\/([^/]+)\/[^/]+-([a-z2-7]{32})\.spec\.manifest\.json$/,
  isNamed: (entry, name) => entry.name === name,
  async read(storage, key, signal) {
    const url = documentUrl(storage, key);
    const manifest = await fetchDocument(storage, key, { what: 'the spec manifest', signal });
    if (manifest === undefined) return undefined;
    const record = findRecord(parseManifest(manifest, url), 'spec');
    if (record === undefined) throw incomplete(url, 'a record for the spec');
    const blob = blobKey(record.sha256);
    const bytes = await fetchDocument(storage, blob, {
      what: 'the spec file',
      signal,
      maxBytes: MAX_SPEC_FILE,
    });
    if (bytes === undefined) throw incomplete(url, `the blob it names, ${blob}`);
    verifyBytes(bytes, { sha256: record.sha256, size: record.size, source: documentUrl(storage, blob) });
    return readSpecFile(bytes, url);
  },
};

const LAYOUT2: LayoutKeys = {
  prefix: 'build_cache/',
  pattern: /^build_cache\/([^/]+)-([a-z2-7]{32})\.spec\.json(?:\.sig)?$/,
  isNamed: (entry, name) => entry.name.includes(`-${name}-`),
  async read(storage, key, signal) {
    const bytes = await fetchDocument(storage, key, {
      what: 'the spec file',
      signal,
      maxBytes: MAX_SPEC_FILE,
    });
    return bytes && readSpecFile(bytes, documentUrl(storage, key));
  },
};

/** A name that no entry has may be a virtual package's: who provides it only the entries can tell, all of them. */
function wantedEntries(
  entries: readonly EntryKey[],
  asked: EntrySpecsOptions['asked'],
  isNamed: LayoutKeys['isNamed'],
): readonly EntryKey[] {
  const wanted = new Set<EntryKey>();
  for (const { name, hash = '' } of asked) {
    const named = name === undefined ? entries : entries.filter((entry) => isNamed(entry, name));
    if (named.length === 0) return entries;
    for (const entry of named) if (entry.hash.startsWith(hash)) wanted.add(entry);
  }
  return [...wanted];
}

async function readOrReport(
  read: () => Promise<SpecFile | undefined>,
  hash: string,
  url: string,
  onBad: (error: BuildcacheError) => void,
): Promise<SpecFile | undefined> {
  try {
    const spec = await read();
    if (spec === undefined || spec.root.hash === hash) return spec;
    throw new BuildcacheError('bad-input', 'the entry is of another spec', {
      url,
      expected: hash,
      found: spec.root.hash,
    });
  } catch (error) {
    if (!(error instanceof BuildcacheError) || !ENTRY_ERRORS.includes(error.code)) throw error;
    onBad(error);
    return undefined;
  }
}

/** What is wrong with one entry and says nothing about the others. */
const ENTRY_ERRORS: readonly string[] = ['bad-input', 'corrupt', 'unsupported', 'too-large'];

function memorySpecs(nodes: ReadonlyMap<string, SpecNode>, inCache: ReadonlySet<string>): SpecSource {
  return {
    async *candidates({ name, hash = '' }) {
      const providers = new Set<string>();
      for (const { dependencies } of name === undefined ? [] : nodes.values()) {
        for (const edge of dependencies) {
          if (name !== undefined && edge.virtuals.includes(name)) providers.add(edge.hash);
        }
      }
      for (const each of inCache) {
        const node = nodes.get(each);
        if (node === undefined || !each.startsWith(hash)) continue;
        if (name === undefined || node.name === name || providers.has(each)) yield node;
      }
    },

    async get(hashes) {
      const found = new Map<string, SpecNode>();
      for (const hash of hashes) {
        const node = nodes.get(hash);
        if (node !== undefined) found.set(hash, node);
      }
      return found;
    },
  };
}
