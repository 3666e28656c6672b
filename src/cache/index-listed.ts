/** Which specs an index lists as being in the cache. */
import { createGunzip } from 'node:zlib';
import { verifying } from '../core/digest.ts';
import { BuildcacheError } from '../core/errors.ts';
import { isObject, parseJson } from '../core/json.ts';
import { through } from '../core/streams.ts';
import type { EntryReader, IndexLocation } from './entries.ts';
import { documentUrl } from './fetch-document.ts';
import { scanIndex } from './index-scan.ts';
import { refuseNewerIndex } from './index-version.ts';

export interface ListedHashes {
  readonly listed: ReadonlySet<string>;
  /** Records, those of dependencies that are not in the cache included. */
  readonly records: number;
}

/** @throws BuildcacheError `bad-input` for what is no index, `unsupported` for one that needs a newer program */
export async function readListed(chunks: AsyncIterable<Uint8Array>, source: string): Promise<ListedHashes> {
  const listed = new Set<string>();
  const { records, version } = await scanIndex(chunks, source, ({ hash, json }) => {
    const record = parseJson(json.toString('utf8'), source);
    if (isObject(record) && record['in_buildcache'] === true) listed.add(hash);
  });
  refuseNewerIndex(version, source);
  return { listed, records };
}

/**
 * Reads a mirror's index as it is now, past all copies, and those beside it for older Spacks: what any of them lists is
 * listed to somebody.
 * @returns undefined when there is none; the records are the newest index's
 * @throws BuildcacheError `corrupt`, `bad-input` or `too-large` for one that cannot be used; else as the storage does
 */
export async function fetchListed(
  reader: EntryReader,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<ListedHashes | undefined> {
  const location = await reader.findIndex(signal);
  if (location === undefined) return undefined;
  const { listed, records } = await fetchOne(reader, location, maxBytes, signal);
  const all = new Set(listed);
  for (const older of (await reader.findOlderIndices?.(signal)) ?? []) {
    for (const hash of (await fetchOne(reader, older, maxBytes, signal)).listed) all.add(hash);
  }
  return { listed: all, records };
}

async function fetchOne(
  reader: EntryReader,
  location: IndexLocation,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<ListedHashes> {
  const { key, sha256, size, compression } = location;
  const url = documentUrl(reader.storage, key);
  const object = await reader.storage.get(key, { signal });
  if (object === undefined || object === 'not-modified') {
    throw new BuildcacheError('corrupt', 'the index is named but not there', {
      url,
      hint: 'run update-index',
    });
  }
  const body =
    sha256 === undefined ? object.body : through(object.body, verifying({ sha256, size, source: url }));
  const text = compression === 'gzip' ? through(body, createGunzip()) : body;
  try {
    return await readListed(upTo(text as AsyncIterable<Buffer>, maxBytes, url), url);
  } finally {
    text.destroy();
  }
}

async function* upTo(chunks: AsyncIterable<Buffer>, maxBytes: number, url: string): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      throw new BuildcacheError('too-large', 'the index is too large', {
        url,
        expected: `at most ${maxBytes} bytes`,
        hint: 'allow more with --index-max-size if this mirror is to be trusted',
      });
    }
    yield chunk;
  }
}
