/**
 * What a mirror's present indices say, from which the next ones are made: their texts as files, and the specs in
 * them. Each index is read by itself, so that a damaged one does not cost what another knows.
 */
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { errorCode } from '../../core/errors.ts';
import { fileSink } from '../../core/file-sink.ts';
import { isObject, parseJson } from '../../core/json.ts';
import { BODY_RETRY, retrying } from '../../core/retry.ts';
import { decodeNode } from '../../spec/decode-node.ts';
import { verifyHash } from '../../spec/hash.ts';
import type { SpecNode } from '../../spec/node.ts';
import { withProvided } from '../../spec/provided-virtuals.ts';
import type { IndexLocation } from '../entries.ts';
import { incompleteIndex } from '../fetch-document.ts';
import { INDEX_FORMAT, type IndexVersion, indexVersion, refuseNewerIndex } from '../index-version.ts';
import type { CacheWriter } from '../writing/cache-writer.ts';
import type { IndexBase } from './place.ts';
import { scanIndex } from './scan.ts';
import { openIndex } from './text.ts';

/** What an index is made of, and where it goes. */
export type IndexedCache = Pick<CacheWriter, 'reader' | 'index'>;

export interface BaseContent {
  readonly versions: readonly IndexVersion[];
  /** Texts of the indices that can be used. */
  readonly files: readonly string[];
  /** An index is there and cannot be used. */
  readonly isDamaged: boolean;
  /** The specs in all of the indices. */
  readonly nodes: ReadonlyMap<string, SpecNode>;
  /** What one of the indices lists. */
  readonly listed: ReadonlySet<string>;
  /** What the older index lists, where a mirror can have two and the newer one is there too. */
  readonly olderLists: ReadonlySet<string> | undefined;
}

/**
 * What the indices that are there say.
 * @param folder where their texts are put
 * @throws BuildcacheError as the storage does; `unsupported` for one that only a newer program can read
 */
export async function baseContent(
  cache: IndexedCache,
  base: IndexBase,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<BaseContent> {
  const nodes = new Map<string, SpecNode>();
  const files: string[] = [];
  const found: IndexContent[] = [];
  let isDamaged = base.exists && base.locations.size === 0;
  for (const location of base.locations.values()) {
    try {
      const file = await fetchIndex(cache, location, folder, signal);
      const content = await readIndexContent(createReadStream(file), cache.index.url);
      found.push(content);
      files.push(file);
      isDamaged ||= content.isBroken;
    } catch (error) {
      if (!isUnusable(error)) throw error;
      isDamaged = true;
    }
  }
  found.sort((a, b) => (a.version ?? 0) - (b.version ?? 0));
  for (const { nodes: more } of found) {
    for (const [hash, node] of more) nodes.set(hash, withProvided(nodes.get(hash), node));
  }
  const versions = found.flatMap(({ version }) => version ?? []);
  if (isDamaged) versions.push(...versionsNamed(cache, base));
  const older = found.find(({ version }) => version === 8)?.listed ?? new Set();
  const isBeside = cache.index.sideBySide && versions.includes(9);
  const listed = new Set(found.flatMap((each) => [...each.listed]));
  return { versions, files, isDamaged, nodes, listed, olderLists: isBeside ? older : undefined };
}

/** The index's text as a file, verified. @throws `bad-input` or `corrupt` for one that cannot be used */
export async function fetchIndex(
  { reader: { storage }, index }: IndexedCache,
  location: IndexLocation,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  if (location.sha256 === undefined) throw incompleteIndex(index.url, 'a record for the index');
  const file = path.join(folder, `${location.sha256}.json`);
  return await retrying(
    async () => {
      // No limit: an index that is to be replaced must not lose what could be read of it.
      const found = await openIndex(storage, location, Number.POSITIVE_INFINITY, signal);
      await pipeline(found.text(), fileSink(file));
      return file;
    },
    BODY_RETRY,
    signal,
  );
}

/** The versions that are there, as far as the place says so. */
export function versionsNamed({ index }: IndexedCache, { locations }: IndexBase): IndexVersion[] {
  return index.sideBySide ? [...locations.keys()] : [];
}

/** Whether the index itself cannot be used, rather than the way to it. */
export function isUnusable(error: unknown): boolean {
  return ['corrupt', 'bad-input', 'too-large'].includes(errorCode(error));
}

interface IndexContent {
  /** Undefined when it is broken, or of a version we do not write. */
  readonly version: IndexVersion | undefined;
  readonly nodes: ReadonlyMap<string, SpecNode>;
  readonly listed: ReadonlySet<string>;
  /** It is cut short, or is no index. */
  readonly isBroken: boolean;
}

/**
 * What an earlier index knows: the specs that are what their hashes say, whatever else is wrong with it.
 * @throws BuildcacheError `unsupported` for one that only a newer program can read
 */
async function readIndexContent(chunks: AsyncIterable<Uint8Array>, source: string): Promise<IndexContent> {
  const nodes = new Map<string, SpecNode>();
  const listed = new Set<string>();
  let version: string | undefined;
  let isBroken = false;
  try {
    ({ version } = await scanIndex(chunks, source, ({ hash, json, version: said }) => {
      try {
        const record = parseJson(json.toString('utf8'), source);
        const format = INDEX_FORMAT[indexVersion(said) ?? 8];
        const node = decodeNode(isObject(record) ? record['spec'] : undefined, format, source, hash);
        verifyHash(node, source);
        if (node.hash !== hash) return;
        nodes.set(hash, node);
        if (isObject(record) && record['in_buildcache'] === true) listed.add(hash);
        else listed.delete(hash);
      } catch {
        // The spec is read from its own document then.
      }
    }));
    if (indexVersion(version) === undefined) nodes.clear();
  } catch (error) {
    if (!isUnusable(error)) throw error;
    isBroken = true;
  }
  refuseNewerIndex(version, source);
  return { version: indexVersion(version), nodes, listed, isBroken };
}
