/**
 * Changing a mirror's index while others do the same: the index's manifest is replaced on the condition that it is
 * still the one the new index was made from; if not, it is made again from what is there now, so that nobody's
 * specs are lost. Where the storage has no conditions, what was written is read back.
 *
 * The index's blob is written before the manifest that names it. Blobs of earlier indices are left: readers may
 * have just been told of them.
 */

import { createReadStream, createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { throwIfCancelled } from '../core/abort.ts';
import { verifying } from '../core/digest.ts';
import { BuildcacheError, errorCode } from '../core/errors.ts';
import { retrying } from '../core/retry.ts';
import { withTemporaryFolder } from '../core/temporary-folder.ts';
import type { SpecNode } from '../spec/node.ts';
import { readAll } from '../storage/read.ts';
import type { Storage } from '../storage/storage.ts';
import { documentUrl, incomplete } from './fetch-document.ts';
import type { IndexFile } from './index-file.ts';
import { type Additions, mergeIndex } from './index-merge.ts';
import { readIndexNodes, rebuildIndex } from './index-rebuild.ts';
import { blobKey, indexManifestKey } from './layout3.ts';
import { type BlobRecord, findRecord, parseManifest } from './manifest.ts';
import { blobRecord, putBlob, putManifest } from './put-blob.ts';

export interface IndexUpdateOptions {
  /** The name of an index of its own, or undefined for the main one. */
  readonly view: string | undefined;
  /** Requests under way at once. */
  readonly jobs: number;
  /** Told of manifests that cannot be indexed, and of an index that could not be used. */
  readonly onProblem: (text: string) => void;
  readonly signal?: AbortSignal | undefined;
}

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
  storage: Storage,
  additions: Additions,
  options: IndexUpdateOptions,
): Promise<IndexUpdate> {
  return await replaceIndex(storage, options, async (base, folder) => {
    if (base.exists || options.view !== undefined) {
      try {
        const file = base.exists ? await fetchBase(storage, base, folder, options.signal) : undefined;
        return { index: await mergeIndex(file, base.url, additions, folder), read: 0 };
      } catch (error) {
        // What a view is about nobody but its index knows.
        if (!isUnusable(error) || options.view !== undefined) throw error;
      }
      options.onProblem('the index could not be used, and is made again from all the mirror holds');
    }
    const known = async () => new Map(additions.graph.nodes);
    const index = await rebuildIndex(storage, folder, { ...options, known });
    return { index, read: index.read };
  });
}

export interface RebuildIndexOptions extends IndexUpdateOptions {
  /** Read every spec's document, also of those the present index knows. */
  readonly full: boolean;
  /** For a view: the hashes it lists of those the mirror holds. */
  readonly only?: ReadonlySet<string> | undefined;
}

/** Makes the index anew from the mirror's manifests. @throws as {@link addToIndex} */
export async function remakeIndex(storage: Storage, options: RebuildIndexOptions): Promise<IndexUpdate> {
  // Specs that were read need not be read again when others were faster.
  const read = new Map<string, SpecNode>();
  return await replaceIndex(storage, options, async (base, folder) => {
    const known = async () => {
      if (options.full) return read;
      for (const node of await baseNodes(storage, base, folder, options.signal)) read.set(node.hash, node);
      return read;
    };
    const index = await rebuildIndex(storage, folder, { ...options, known });
    return { index: index.sha256 === base.record?.sha256 ? undefined : index, read: index.read };
  });
}

/** The index as it is when we begin. */
interface Base {
  readonly url: string;
  readonly exists: boolean;
  readonly etag: string | undefined;
  /** Undefined when there is none, or its manifest makes no sense. */
  readonly record: BlobRecord | undefined;
}

/** Minutes of losing against others: something is wrong. */
const ATTEMPTS = 200;
const PAUSE_MS = 400;

async function replaceIndex(
  storage: Storage,
  { view, signal }: IndexUpdateOptions,
  make: (base: Base, folder: string) => Promise<{ index: IndexFile | undefined; read: number }>,
): Promise<IndexUpdate> {
  const key = indexManifestKey(view);
  let read = 0;
  for (let retries = 0; retries < ATTEMPTS; retries++) {
    throwIfCancelled(signal);
    const started = Date.now();
    const base = await readBase(storage, key, signal);
    const done = await withTemporaryFolder(async (folder) => {
      const { index, read: more } = await make(base, folder);
      read += more;
      if (index === undefined) return { changed: false, records: undefined };
      const isPublished = await publishIndex(storage, key, base, index, started, signal);
      return isPublished ? { changed: true, records: index.records } : undefined;
    });
    if (done !== undefined) return { ...done, read, retries };
    await sleep(Math.random() * Math.min(PAUSE_MS, 20 * 2 ** Math.min(retries, 8)));
  }
  throw new BuildcacheError('conflict', 'others kept changing the index', {
    url: documentUrl(storage, key),
    hint: 'run update-index when they are done',
  });
}

/** @returns false when somebody else was faster */
async function publishIndex(
  storage: Storage,
  key: string,
  base: Base,
  index: IndexFile,
  started: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const record = blobRecord('index', index, 'none');
  const blob = await putBlob(storage, index, record, signal);
  const condition = !base.exists
    ? ({ ifAbsent: true } as const)
    : base.etag === undefined
      ? undefined
      : { ifMatch: base.etag };
  try {
    await putManifest(storage, key, [record], { condition, signal });
  } catch (error) {
    if (errorCode(error) !== 'conflict') throw error;
    // Our own write, whose answer was lost and which was sent again, looks like somebody else's.
    if (!(await isOurs(storage, key, record, signal))) return false;
  }
  if (blob === 'reused') await putBlob(storage, index, record, signal);
  if (condition !== undefined && storage.conditions !== 'none') return true;
  // Whoever began before us has written by then, if he is not slower than we were twice over.
  await sleep(100 + 2 * (Date.now() - started));
  return await isOurs(storage, key, record, signal);
}

async function isOurs(
  storage: Storage,
  key: string,
  record: BlobRecord,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  return (await readBase(storage, key, signal)).record?.sha256 === record.sha256;
}

async function readBase(storage: Storage, key: string, signal: AbortSignal | undefined): Promise<Base> {
  const url = documentUrl(storage, key);
  return await retrying(
    async () => {
      const object = await storage.get(key, { signal });
      if (object === undefined || object === 'not-modified') {
        return { url, exists: false, etag: undefined, record: undefined };
      }
      const bytes = await readAll(object, { maxBytes: 1024 * 1024, what: 'the index manifest' });
      return { url, exists: true, etag: object.etag, record: recordIn(bytes, url) };
    },
    { retries: 2, baseDelayMs: 100, maxDelayMs: 1000 },
    signal,
  );
}

function recordIn(bytes: Buffer, url: string): BlobRecord | undefined {
  try {
    return findRecord(parseManifest(bytes, url), 'index');
  } catch {
    return undefined;
  }
}

/** The index's text as a file, verified. @throws `bad-input` or `corrupt` for one that cannot be used */
async function fetchBase(
  storage: Storage,
  { record, url: manifest }: Base,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  if (record === undefined) throw incomplete(manifest, 'a record for the index');
  const key = blobKey(record.sha256);
  const url = documentUrl(storage, key);
  const file = path.join(folder, 'base.json');
  return await retrying(
    async () => {
      const object = await storage.get(key, { signal });
      if (object === undefined || object === 'not-modified') {
        throw new BuildcacheError('corrupt', 'the index is named but not there', { url });
      }
      const checked = verifying({ sha256: record.sha256, size: record.size, source: url });
      const sink = createWriteStream(file);
      if (record.compression === 'gzip') await pipeline(object.body, checked, createGunzip(), sink);
      else await pipeline(object.body, checked, sink);
      return file;
    },
    { retries: 2, baseDelayMs: 100, maxDelayMs: 1000 },
    signal,
  );
}

async function baseNodes(
  storage: Storage,
  base: Base,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<Iterable<SpecNode>> {
  if (!base.exists) return [];
  try {
    const file = await fetchBase(storage, base, folder, signal);
    return (await readIndexNodes(createReadStream(file), base.url)).values();
  } catch (error) {
    if (isUnusable(error)) return [];
    throw error;
  }
}

function isUnusable(error: unknown): boolean {
  return ['corrupt', 'bad-input', 'too-large'].includes(errorCode(error));
}
