/**
 * Changing a mirror's index while others do the same: it is replaced on the condition that it is
 * still the one the new index was made from; if not, it is made again from what is there now, so that nobody's
 * specs are lost.
 */
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfCancelled } from '../core/abort.ts';
import { BuildcacheError, errorCode } from '../core/errors.ts';
import { fileSink } from '../core/file-sink.ts';
import { retrying } from '../core/retry.ts';
import { withTemporaryFolder } from '../core/temporary-folder.ts';
import type { SpecNode } from '../spec/node.ts';
import type { CacheWriter } from './cache-writer.ts';
import { documentUrl, incomplete } from './fetch-document.ts';
import { type EarlierRecord, earlierRecords } from './index-earlier.ts';
import type { IndexFile } from './index-file.ts';
import { readListed } from './index-listed.ts';
import { type Additions, mergeIndex } from './index-merge.ts';
import type { IndexBase } from './index-place.ts';
import { readIndexNodes, rebuildIndex } from './index-rebuild.ts';
import { indexText } from './index-text.ts';

export interface IndexUpdateOptions {
  /** Requests under way at once. */
  readonly jobs: number;
  /** Told of manifests that cannot be indexed, and of an index that could not be used. */
  readonly onProblem: (text: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** What an index is made of, and where it goes. */
export type IndexedCache = Pick<CacheWriter, 'reader' | 'index'>;

export interface IndexUpdate {
  /** False: it said it all already, and nothing was written. */
  readonly changed: boolean;
  /** Records of the new index; undefined when it was not changed. */
  readonly records: number | undefined;
  /** Specs whose documents were read. */
  readonly read: number;
  /** How often it was made again because others were faster. */
  readonly retries: number;
}

/**
 * Adds specs that are in the cache to the mirror's index. A mirror without an index that can be used gets one of all
 * it holds; a view begins with these specs.
 * @throws BuildcacheError as the storage does; `conflict` when others did not let us for minutes
 */
export async function addToIndex(
  cache: IndexedCache,
  additions: Additions,
  options: IndexUpdateOptions,
): Promise<IndexUpdate> {
  const { url, isView } = cache.index;
  return await replaceIndex(cache, options, async (base, folder) => {
    let isDamaged = false;
    if (base.exists || isView) {
      try {
        const file = base.exists ? await fetchBase(cache, base, folder, options.signal) : undefined;
        return { index: await mergeIndex(file, url, additions, folder), read: 0 };
      } catch (error) {
        // What a view is about nobody but its index knows.
        if (!isUnusable(error) || isView) throw error;
      }
      isDamaged = true;
      options.onProblem('the index could not be used, and is made again from all the mirror holds');
    }
    const known = async () => new Map(additions.graph.nodes);
    const index = await rebuildIndex(cache.reader, folder, { ...options, known });
    return { index, read: index.read, isDamaged };
  });
}

export interface RebuildIndexOptions extends IndexUpdateOptions {
  /** Read every spec's document, also of those the present index knows. */
  readonly full: boolean;
  /** For a view: the hashes it lists of those the mirror holds. */
  readonly only?: ReadonlySet<string> | undefined;
  /** For a view: also those that it lists already. */
  readonly append?: boolean | undefined;
  /** Hashes not to list although the mirror holds them. */
  readonly without?: ReadonlySet<string> | undefined;
}

/** Makes the index anew from the mirror's manifests. @throws as {@link addToIndex} */
export async function remakeIndex(cache: IndexedCache, options: RebuildIndexOptions): Promise<IndexUpdate> {
  // Specs that were read need not be read again when others were faster.
  const read = new Map<string, SpecNode>();
  return await replaceIndex(cache, options, async (base, folder) => {
    let isDamaged = false;
    const known = async () => {
      const nodes = await baseNodes(cache, base, folder, options.signal);
      isDamaged = nodes === undefined;
      if (!options.full) for (const node of nodes ?? []) read.set(node.hash, node);
      return read;
    };
    const earlier = async (hashes: readonly string[]) =>
      base.exists && !isDamaged ? await earlierOf(cache, folder, hashes) : NOTHING;
    const lists = await listFilter(cache, base, folder, options);
    const index = await rebuildIndex(cache.reader, folder, { ...options, known, earlier, lists });
    const isSame = !isDamaged && index.sha256 === base.location?.sha256;
    if (index.isBlind) options.onProblem('the index stays as it is: the mirror shows no blob at all');
    return { index: isSame || index.isBlind ? undefined : index, read: index.read, isDamaged };
  });
}

/** The specs that a mirror's index knows; none where it has none that can be used. */
export async function indexedNodes(
  cache: IndexedCache,
  signal?: AbortSignal,
): Promise<Map<string, SpecNode>> {
  const base = await cache.index.read(signal);
  return await withTemporaryFolder(
    async (folder) =>
      new Map([...((await baseNodes(cache, base, folder, signal)) ?? [])].map((node) => [node.hash, node])),
  );
}

/** @throws BuildcacheError for a view that is to be appended to and cannot be read: nobody else knows what is in it */
async function listFilter(
  cache: IndexedCache,
  base: IndexBase,
  folder: string,
  { only, append, without, signal }: RebuildIndexOptions,
): Promise<(hash: string) => boolean> {
  let present: ReadonlySet<string> = new Set();
  if (append === true && base.exists) {
    const file = await fetchBase(cache, base, folder, signal);
    present = (await readListed(createReadStream(file), cache.index.url)).listed;
  }
  return (hash) => (only === undefined || only.has(hash) || present.has(hash)) && without?.has(hash) !== true;
}

/** Minutes of losing against others: something is wrong. */
const ATTEMPTS = 200;
const PAUSE_MS = 400;

interface MadeIndex {
  /** Undefined: what is there says it all. */
  readonly index: IndexFile | undefined;
  readonly read: number;
  /** What is there could not be used. */
  readonly isDamaged?: boolean;
}

async function replaceIndex(
  { index: place }: IndexedCache,
  { signal }: IndexUpdateOptions,
  make: (base: IndexBase, folder: string) => Promise<MadeIndex>,
): Promise<IndexUpdate> {
  let read = 0;
  for (let retries = 0; retries < ATTEMPTS; retries++) {
    throwIfCancelled(signal);
    const started = Date.now();
    const base = await place.read(signal);
    const done = await withTemporaryFolder(async (folder) => {
      const { index, read: more, isDamaged = false } = await make(base, folder);
      read += more;
      if (index === undefined) return { changed: false, records: undefined };
      const isPublished = await place.replace({ ...base, isDamaged }, index, started, signal);
      return isPublished ? { changed: true, records: index.records } : undefined;
    });
    if (done !== undefined) return { ...done, read, retries };
    await sleep(Math.random() * Math.min(PAUSE_MS, 20 * 2 ** Math.min(retries, 8)));
  }
  throw new BuildcacheError('conflict', 'others kept changing the index', {
    url: place.url,
    hint: 'run update-index when they are done',
  });
}

const BASE = 'base.json';

/** The index's text as a file, verified. @throws `bad-input` or `corrupt` for one that cannot be used */
async function fetchBase(
  { reader: { storage }, index }: IndexedCache,
  { location }: IndexBase,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  if (location?.sha256 === undefined) throw incomplete(index.url, 'a record for the index');
  const { key } = location;
  const url = documentUrl(storage, key);
  const file = path.join(folder, BASE);
  return await retrying(
    async () => {
      const object = await storage.get(key, { signal });
      if (object === undefined || object === 'not-modified') {
        throw new BuildcacheError('corrupt', 'the index is named but not there', { url });
      }
      await pipeline(indexText(object, location, url), fileSink(file));
      return file;
    },
    { retries: 2, baseDelayMs: 100, maxDelayMs: 1000 },
    signal,
  );
}

/** @returns undefined for an index that cannot be used */
async function baseNodes(
  cache: IndexedCache,
  base: IndexBase,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<readonly SpecNode[] | undefined> {
  if (!base.exists) return [];
  try {
    const file = await fetchBase(cache, base, folder, signal);
    return [...(await readIndexNodes(createReadStream(file), cache.index.url)).values()];
  } catch (error) {
    if (isUnusable(error)) return undefined;
    throw error;
  }
}

/** None where the index cannot be used. @param folder where its text is */
async function earlierOf(
  { index }: IndexedCache,
  folder: string,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, EarlierRecord>> {
  try {
    return await earlierRecords(path.join(folder, BASE), index.url, hashes);
  } catch (error) {
    if (isUnusable(error)) return NOTHING;
    throw error;
  }
}

const NOTHING: ReadonlyMap<string, EarlierRecord> = new Map();

function isUnusable(error: unknown): boolean {
  return ['corrupt', 'bad-input', 'too-large'].includes(errorCode(error));
}
