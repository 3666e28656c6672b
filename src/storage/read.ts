/** A whole body in memory, up to a limit: a server decides neither its length nor our memory. */
import type { Readable } from 'node:stream';
import { BuildcacheError } from '../core/errors.ts';
import { chunksOf } from './bytes-body.ts';
import { unpackedBytes } from './content-coding.ts';
import type { StoredObject } from './storage.ts';

export interface ReadAllOptions {
  /** Most bytes to take. */
  readonly maxBytes: number;
  /** What is being read, for the message: `the index manifest`. */
  readonly what: string;
  /** Its redacted URL, for the message. */
  readonly url: string;
}

/**
 * The bytes of the body (the asked-for range, where a range was asked for). Consumes or destroys it.
 * @throws BuildcacheError `too-large` over the cap, and whatever the body fails with
 */
export async function readAll(object: StoredObject, options: ReadAllOptions): Promise<Buffer> {
  const { maxBytes, what, url } = options;
  const chunks: Buffer[] = [];
  let length = 0;
  // The size that an answer declares is not looked at: it is the whole object's, and the body may be a part of it.
  for await (const chunk of chunksOf(object.body)) {
    length += chunk.length;
    if (length > maxBytes) {
      throw new BuildcacheError('too-large', `${what} is too large`, {
        url,
        expected: `at most ${maxBytes} bytes`,
        found: object.size !== undefined && object.size > length ? `${object.size} bytes` : 'more',
      });
    }
    chunks.push(chunk);
  }
  const [first, ...others] = chunks;
  return first !== undefined && others.length === 0 ? first : Buffer.concat(chunks, length);
}

/**
 * A document, unpacked where a server has packed it.
 * @throws as {@link readAll}, and `too-large`, `corrupt` or `unsupported` for what cannot be unpacked
 */
export async function readDocument(
  object: StoredObject,
  options: ReadAllOptions & {
    /** Its digest, where that is known. */
    readonly sha256?: string | undefined;
  },
): Promise<Buffer> {
  if (object.packed === undefined) return await readAll(object, options);
  const bytes = await readAll(object, { ...options, maxBytes: options.maxBytes + PACKING_MOST });
  return await unpackedBytes(bytes, object, options);
}

/** The most bytes that gzip adds to content it cannot pack: for eight megabytes, two and a half thousand. */
const PACKING_MOST = 64 * 1024;

/** The first bytes of a body, for short answers. The rest of a longer body is not read. */
export async function readUpTo(body: Readable, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxBytes) break; // leaving the loop ends the connection
  }
  return Buffer.concat(chunks).subarray(0, maxBytes);
}
