/** The text of an index as it streams in: checked against what its manifest says, unpacked, and limited in size. */
import type { Readable } from 'node:stream';
import { type Expected, verifyDigest, verifying } from '../../core/digest.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { gunzipped, through } from '../../core/streams.ts';
import { counting } from '../../core/transfer.ts';
import { unpackedBody } from '../../storage/content-coding.ts';
import type { StorageReader, StoredObject } from '../../storage/storage.ts';
import type { IndexLocation } from '../entries.ts';
import { documentUrl } from '../fetch-document.ts';

export interface OpenIndex {
  /** Redacted, for messages. */
  readonly url: string;
  /** Bytes on the way, where that is known. */
  readonly size: number | undefined;
  /**
   * To be asked for at once, since nothing else hears of the body's errors; then to be read, to its end or not.
   * @param onBytes told of the bytes that come
   * @throws BuildcacheError `corrupt` when it is not what the manifest says, or no gzip; `too-large` over the size
   */
  text(onBytes?: (bytes: number) => void): AsyncGenerator<Buffer>;
  /**
   * The same for who digests the text anyway.
   * @throws BuildcacheError as `text`, but not for another digest
   */
  unverified(onBytes?: (bytes: number) => void): UnverifiedText;
}

export interface UnverifiedText {
  readonly chunks: AsyncIterable<Buffer>;
  /** To be called with the SHA-256 of the whole text. @throws BuildcacheError `corrupt` when that is wrong */
  verify(sha256: string): void;
}

/**
 * @param maxBytes of the text, unpacked
 * @throws BuildcacheError `corrupt` for one that is named and not there, `too-large`; else as the storage does
 */
export async function openIndex(
  storage: StorageReader,
  location: IndexLocation,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<OpenIndex> {
  const url = documentUrl(storage, location.key);
  const { size } = location;
  if (size !== undefined && size > maxBytes) throw tooLarge(url, maxBytes, `${size} bytes`);
  const object = await storage.get(location.key, { signal });
  if (object === undefined || object === 'not-modified') {
    throw new BuildcacheError('corrupt', 'the index is named but not there', {
      url,
      hint: 'run update-index',
    });
  }
  const text: OpenIndex['text'] = (onBytes) => {
    const body = onBytes === undefined ? object.body : through(object.body, counting(onBytes));
    return upTo(indexText({ ...object, body }, location, url), maxBytes, url);
  };
  return {
    url,
    size: size ?? object.size,
    text,
    unverified(onBytes) {
      const { sha256 } = location;
      if (sha256 === undefined || location.compression !== 'none') {
        return { chunks: text(onBytes), verify: () => undefined };
      }
      const expected = { sha256, size, source: url };
      const body = unpackedBody(object, size, url).on('error', () => undefined);
      return {
        chunks: upTo(ofSize(body, expected, onBytes), maxBytes, url),
        verify: (found) => verifyDigest({ sha256: found, size: 0 }, { sha256, source: url }),
      };
    },
  };
}

/** Fails as soon as there is more than expected, or at the end when there is less. */
async function* ofSize(
  chunks: AsyncIterable<Buffer>,
  expected: Expected,
  onBytes: ((bytes: number) => void) | undefined,
): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > (expected.size ?? size)) verifyDigest({ ...expected, size }, expected);
    onBytes?.(chunk.length);
    yield chunk;
  }
  verifyDigest({ ...expected, size }, expected);
}

async function* upTo(chunks: AsyncIterable<Buffer>, maxBytes: number, url: string): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(url, maxBytes, 'more');
    yield chunk;
  }
}

function indexText(
  object: StoredObject,
  { sha256, size, compression }: Pick<IndexLocation, 'sha256' | 'size' | 'compression'>,
  url: string,
): Readable {
  // Without a published digest, the size was found out from the server and is that of the packed bytes.
  const body = unpackedBody(object, sha256 === undefined ? undefined : size, url);
  const checked = sha256 === undefined ? body : through(body, verifying({ sha256, size, source: url }));
  return compression === 'gzip' ? gunzipped(checked, url) : checked;
}

function tooLarge(url: string, maxBytes: number, found: string): BuildcacheError {
  return new BuildcacheError('too-large', 'the index is too large', {
    url,
    expected: `at most ${maxBytes} bytes`,
    found,
    hint: 'allow more with --index-max-size if this mirror is to be trusted',
  });
}
