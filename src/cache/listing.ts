/**
 * What a mirror's index says about given specs: the local copy where it is still the mirror's, else streamed
 * from the mirror, verified and kept. An index is a shortcut and never the last word on what is missing.
 */
import { createHash } from 'node:crypto';
import { createGunzip } from 'node:zlib';
import { verifying } from '../core/digest.ts';
import { BuildcacheError } from '../core/errors.ts';
import { isObject } from '../core/json.ts';
import { through } from '../core/streams.ts';
import type { EntryReader, IndexLocation } from './entries.ts';
import { documentUrl } from './fetch-document.ts';
import { type IndexRecord, scanIndex } from './index-scan.ts';
import type { IndexStore } from './index-store.ts';

export interface ListingOptions {
  readonly store: IndexStore;
  /** Milliseconds for which a local copy is used without asking the mirror. */
  readonly ttlMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Listing {
  /** Those of the wanted hashes the index lists as being in the cache. */
  readonly listed: ReadonlySet<string>;
  /** Records in the index, dependencies that are not in the cache included. */
  readonly records: number;
  readonly from: 'mirror' | 'local copy';
  /** Whether the mirror itself has answered: not so for a local copy that is still fresh. */
  readonly answered: boolean;
}

/**
 * @param id what tells this mirror's index from another's in the local store
 * @returns undefined when the mirror has no index
 * @throws `corrupt`, `bad-input`, `too-large` for an index that cannot be used; the storage's own errors for
 *   one that could not be read
 */
export async function listWanted(
  reader: EntryReader,
  id: string,
  wanted: ReadonlySet<string>,
  options: ListingOptions,
): Promise<Listing | undefined> {
  const listed = new Set<string>();
  const visit = ({ hash, json }: IndexRecord) => {
    if (wanted.has(hash) && inBuildcache(json)) listed.add(hash);
  };
  const read = await readIndex(reader, id, visit, () => listed.clear(), options);
  return read && { listed, ...read };
}

/**
 * Streams the index's records to `visit`, from the nearest place that has the current one.
 * @param restart called when records visited so far turn out to be from a damaged local copy
 */
async function readIndex(
  reader: EntryReader,
  id: string,
  visit: (record: IndexRecord) => void,
  restart: () => void,
  { store, ttlMs, signal }: ListingOptions,
): Promise<Omit<Listing, 'listed'> | undefined> {
  const remembered = await store.recall(id);
  const fresh = remembered !== undefined && remembered.age < ttlMs;
  const location = fresh ? remembered.location : await reader.findIndex(signal);
  if (location === undefined) return undefined;
  if (remembered !== undefined && sameVersion(location, remembered.location)) {
    const records = await readLocal(store, remembered.document, visit);
    if (records !== undefined) {
      if (!fresh) await keeping(() => store.remember(id, location, remembered.document));
      return { records, from: 'local copy', answered: !fresh };
    }
    restart();
  }
  const current = fresh ? await reader.findIndex(signal) : location;
  if (current === undefined) return undefined;
  const records = await download(reader, id, current, visit, store, signal);
  return { records, from: 'mirror', answered: true };
}

async function readLocal(
  store: IndexStore,
  document: string,
  visit: (record: IndexRecord) => void,
): Promise<number | undefined> {
  const file = await store.read(document);
  if (file === undefined) return undefined;
  try {
    const checked = through(file, verifying({ sha256: document, source: 'the local copy' }));
    return (await scanIndex(checked, 'the local copy', visit)).records;
  } catch {
    return undefined; // damaged: the mirror has it
  }
}

async function download(
  reader: EntryReader,
  id: string,
  location: IndexLocation,
  visit: (record: IndexRecord) => void,
  store: IndexStore,
  signal?: AbortSignal,
): Promise<number> {
  const url = documentUrl(reader.storage, location.key);
  const object = await reader.storage.get(location.key, { signal });
  if (object === undefined || object === 'not-modified') {
    throw new BuildcacheError('corrupt', 'the index is named but not there', {
      url,
      hint: 'run update-index',
    });
  }
  const { sha256, size } = location;
  const body =
    sha256 === undefined ? object.body : through(object.body, verifying({ sha256, size, source: url }));
  const text = location.compression === 'gzip' ? through(body, createGunzip()) : body;
  // The copy is a convenience: a full or read-only disk must not cost the answer.
  const writer = await keeping(() => store.write());
  const hash = createHash('sha256');
  let kept = writer !== undefined;
  const copying = async function* () {
    for await (const chunk of text as AsyncIterable<Buffer>) {
      hash.update(chunk);
      if (kept)
        kept =
          (await keeping(async () => {
            await writer?.write(chunk);
            return true;
          })) ?? false;
      yield chunk;
    }
  };
  try {
    const { records } = await scanIndex(copying(), url, visit);
    const document = hash.digest('hex');
    if (kept) {
      await keeping(async () => {
        await writer?.commit(document);
        await store.remember(id, location, document);
      });
    }
    return records;
  } finally {
    await writer?.discard();
  }
}

/** How Spack ends the record of what is in the cache: then the rest need not be parsed. */
const IN_BUILDCACHE = Buffer.from('"in_buildcache":true}');

/** Records of dependencies that are not in the cache say `in_buildcache: false`. */
function inBuildcache(json: Buffer): boolean {
  if (json.subarray(-IN_BUILDCACHE.length).equals(IN_BUILDCACHE)) return true;
  try {
    const record: unknown = JSON.parse(json.toString('utf8'));
    return isObject(record) && record['in_buildcache'] === true;
  } catch {
    return false;
  }
}

function sameVersion(a: IndexLocation, b: IndexLocation): boolean {
  if (a.sha256 !== undefined) return a.sha256 === b.sha256;
  return a.etag !== undefined && a.etag === b.etag;
}

async function keeping<T>(action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch {
    return undefined;
  }
}
