/**
 * Undoes the packing that a server declares on top of an object (`Content-Encoding`, RFC 9110 section 8.4). We do not
 * ask for it: such objects were stored so (`aws s3 cp --content-encoding gzip`). Spack's manifests name the unpacked
 * bytes, as a rule. But a server may also declare it of an object that is gzip by itself, such as a compressed index.
 * So what is known of the object decides: its digest, or its length. A document of which nothing is known is text,
 * and never gzip.
 */
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { sha256 as digestOf } from '../core/digest.ts';
import { BuildcacheError, systemCode } from '../core/errors.ts';
import { gunzipped, gzipError } from '../core/streams.ts';
import type { StoredObject } from './storage.ts';

/**
 * What an object's `Content-Encoding` says, if that is a packing. People also write other things there (`utf-8`), and
 * some servers keep the `aws-chunked` with which AWS's clients say how they send.
 */
export function packingOf(
  header: string | undefined,
  length: string | number | undefined,
): StoredObject['packed'] {
  const codings = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => PACKINGS.has(coding));
  if (codings.length === 0) return undefined;
  return { coding: codings.join(', '), size: length === undefined ? undefined : Number(length) };
}

const PACKINGS: ReadonlySet<string> = new Set([
  ...['gzip', 'x-gzip', 'deflate', 'br', 'zstd', 'compress', 'x-compress'],
]);

/**
 * The body without the server's packing.
 * @param size of the wanted bytes, where it is known: a body of this length is not packed
 * @param name redacted, for messages
 * @throws BuildcacheError `unsupported` for other packings than gzip
 */
export function unpackedBody(
  { body, packed }: StoredObject,
  size: number | undefined,
  name: string,
): Readable {
  if (packed === undefined || (size !== undefined && packed.size === size)) return body;
  if (!isGzip(packed.coding)) {
    body.on('error', () => undefined).destroy();
    throw notGzip(packed.coding, name);
  }
  return Readable.from(unpackedPieces(body, name), { objectMode: false });
}

async function* unpackedPieces(body: Readable, name: string): AsyncGenerator<Buffer> {
  const pieces = body.iterator() as AsyncIterableIterator<Buffer>;
  const first = await pieces.next();
  const rest = async function* () {
    if (first.done !== true) yield first.value;
    yield* pieces;
  };
  const whole = Readable.from(rest(), { objectMode: false });
  // Some servers declare a packing of bodies that are not packed at all.
  yield* first.done !== true && isGzipped(first.value) ? gunzipped(whole, name) : whole;
}

/**
 * The same for bytes in memory.
 * @param known with the digest of the wanted bytes: bytes that have it are not packed
 * @throws BuildcacheError `too-large` for more than `maxBytes`; `corrupt`; `unsupported`
 */
export async function unpackedBytes(
  bytes: Buffer,
  { packed }: Pick<StoredObject, 'packed'>,
  known: {
    readonly sha256?: string | undefined;
    readonly maxBytes: number;
    readonly what: string;
    /** Redacted, for messages. */
    readonly url: string;
  },
): Promise<Buffer> {
  const { sha256, maxBytes, what, url } = known;
  if (packed === undefined || (sha256 !== undefined && digestOf(bytes) === sha256)) return bytes;
  if (!isGzip(packed.coding)) throw notGzip(packed.coding, url);
  if (!isGzipped(bytes)) return bytes; // whatever the server says
  try {
    const { gunzip } = await import('node:zlib');
    return await promisify(gunzip)(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if (systemCode(error) === 'ERR_BUFFER_TOO_LARGE') {
      throw new BuildcacheError('too-large', `${what} is too large when unpacked`, {
        url,
        expected: `at most ${maxBytes} bytes`,
        found: 'more',
      });
    }
    throw gzipError(error as Error, url);
  }
}

/** Tells gzip by its first byte alone: nothing that we read begins with a control character. */
function isGzipped(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f;
}

function isGzip(coding: string): boolean {
  return coding === 'gzip' || coding === 'x-gzip';
}

function notGzip(coding: string, url: string): BuildcacheError {
  return new BuildcacheError('unsupported', 'it is stored packed in a way that is not read', {
    url,
    expected: 'no Content-Encoding, or gzip',
    found: coding.slice(0, 100),
    hint: 'store it without Content-Encoding',
  });
}
