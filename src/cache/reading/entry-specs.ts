/**
 * The specs of a cache without an index: what storage lists, read entry by entry. Slow, and the only way; plain
 * HTTP cannot do it.
 */
import pLimit from 'p-limit';
import { BuildcacheError } from '../../core/errors.ts';
import { addEntryNodes } from '../../spec/add-nodes.ts';
import type { Constraint } from '../../spec/constraint/constraint.ts';
import type { SpecNode } from '../../spec/node.ts';
import type { SpecFile } from '../../spec/spec-file.ts';
import { askedAgain } from '../../storage/asked-again.ts';
import type { EntryReader, ListedEntry } from '../entries.ts';
import { documentUrl } from '../fetch-document.ts';
import type { SpecSource } from '../index/find-specs.ts';
import type { NearSource } from '../index/near-records.ts';

export interface EntrySpecsOptions {
  /** The entries there are, where they have been listed already. */
  readonly entries?: readonly ListedEntry[] | undefined;
  /** What will be asked: entries that cannot match need not be read. */
  readonly asked: readonly Pick<Constraint, 'name' | 'hash'>[];
  /** All names are of packages, none of a virtual package. */
  readonly noVirtuals?: boolean | undefined;
  /** Requests under way at once. */
  readonly jobs: number;
  /** Called for each entry that is malformed; it is passed over. */
  readonly onBad: (error: BuildcacheError) => void;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * @param reader one layout of a mirror, one that can list
 * @returns undefined when there are no entries in this layout
 * @throws the storage's errors: what could not be read is not "not there"
 */
export async function entrySpecs(
  reader: EntryReader,
  { entries: known, asked, noVirtuals, jobs, onBad, onProgress, signal }: EntrySpecsOptions,
): Promise<(SpecSource & NearSource) | undefined> {
  const entries = known ?? (await listEntries(reader, signal));
  if (entries.length === 0) return undefined;
  const wanted = wantedEntries(reader, entries, asked, noVirtuals === true);
  const nodes = new Map<string, SpecNode>();
  const inCache = new Set<string>();
  const limit = pLimit(jobs);
  let done = 0;
  const read = async ({ key, hash }: ListedEntry) => {
    signal?.throwIfAborted();
    const spec = await readOrReport(
      async () => {
        const entry = await askedAgain(reader.storage, () => reader.readAt(key, signal), signal);
        return entry === undefined ? undefined : await reader.readSpec(entry, signal);
      },
      hash,
      documentUrl(reader.storage, key),
      onBad,
    );
    onProgress?.(++done, wanted.length);
    if (spec === undefined) return;
    addEntryNodes(nodes, spec);
    inCache.add(spec.root.hash);
  };
  await Promise.all(wanted.map((entry) => limit(read, entry)));
  return memorySpecs(nodes, inCache);
}

/** Every entry there is; none where the storage cannot enumerate. */
export async function listEntries(reader: EntryReader, signal?: AbortSignal): Promise<ListedEntry[]> {
  const entries: ListedEntry[] = [];
  for await (const entry of reader.list?.(signal) ?? []) entries.push(entry);
  return entries;
}

/**
 * The entries to read. A name that no entry has may be a virtual package's. Then all entries are read, since only
 * they say who provides it.
 */
function wantedEntries(
  reader: EntryReader,
  entries: readonly ListedEntry[],
  asked: EntrySpecsOptions['asked'],
  noVirtuals: boolean,
): readonly ListedEntry[] {
  const wanted = new Set<ListedEntry>();
  for (const { name, hash = '' } of asked) {
    const named = name === undefined ? entries : entries.filter((entry) => reader.couldBe(entry, name));
    if (named.length === 0 && !noVirtuals) return entries;
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

function memorySpecs(
  nodes: ReadonlyMap<string, SpecNode>,
  inCache: ReadonlySet<string>,
): SpecSource & NearSource {
  const get = async (hashes: Iterable<string>) => {
    const found = new Map<string, SpecNode>();
    for (const hash of hashes) {
      const node = nodes.get(hash);
      if (node !== undefined) found.set(hash, node);
    }
    return found;
  };
  return {
    get,
    whole: get,

    async near(wanted) {
      const names = new Set(wanted.map(({ name }) => name));
      return [...inCache].flatMap((hash) => {
        const node = nodes.get(hash);
        return node !== undefined && names.has(node.name) ? [node] : [];
      });
    },

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
  };
}
