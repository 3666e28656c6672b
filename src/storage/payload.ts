/**
 * Bytes to send: in memory, or a stretch of a file, which is never held whole. Their digest is known before the first
 * byte goes out, and they can be sent again.
 */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { sha256, verifyDigest } from '../core/digest.ts';
import { BuildcacheError, fileError } from '../core/errors.ts';
import { counted } from '../core/transfer.ts';
import { digestFile } from './file-copier.ts';
import type { PutSource } from './storage.ts';

const CHUNK = 256 * 1024;

export interface FilePart {
  readonly file: string;
  /** Offset of the first byte, and of the one after the last. */
  readonly start: number;
  readonly end: number;
  /** Told how many bytes more were read to be sent. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

export interface Payload {
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /**
   * Runs `send` with the bytes. A stream is gone afterwards, whether it was read or not.
   * @throws BuildcacheError when the file cannot be read, else what `send` throws
   */
  withBody<T>(send: (body: Uint8Array | Readable) => Promise<T>): Promise<T>;
}

/**
 * @param known the digest of a part of a file, where it is known already
 * @throws BuildcacheError when the file cannot be read or is shorter, `cancelled`
 */
export async function payloadOf(
  source: Uint8Array | FilePart,
  signal: AbortSignal | undefined,
  known?: string,
): Promise<Payload> {
  if (source instanceof Uint8Array) {
    return { size: source.length, sha256: sha256(source), withBody: (send) => send(source) };
  }
  return {
    size: source.end - source.start,
    sha256: known ?? (await hashPart(source, signal)),
    withBody: async (send) => {
      const body = openPart(source);
      let failure: Error | undefined;
      body.on('error', (error) => {
        failure = fileError(error, source.file, 'read');
      });
      try {
        return await send(body);
      } catch (error) {
        throw failure ?? error;
      } finally {
        body.destroy();
      }
    },
  };
}

export interface PartDigests {
  /** The digest of a part, from 1 on, as soon as it is known. */
  part(number: number): Promise<string>;
  /** What was found, once all of the file was read. */
  readonly whole: Promise<{ readonly size: number; readonly sha256: string }>;
}

/**
 * The SHA-256 of each part of a file and of the whole, of the same bytes: the file is read once.
 * @param signal ends the reading. All promises are rejected then, and when the file is shorter than was said
 */
export function digestParts(
  { file, size, partSize }: { readonly file: string; readonly size: number; readonly partSize: number },
  signal: AbortSignal,
): PartDigests {
  const known: string[] = [];
  let tell: () => void = () => undefined;
  let told = new Promise<void>((resolve) => (tell = resolve));
  const onPart = (sha256: string): void => {
    known.push(sha256);
    tell();
    told = new Promise<void>((resolve) => (tell = resolve));
  };
  const whole = digestFile({ file, start: 0, end: size }, signal, { size: partSize, onPart });
  whole.catch(() => undefined); // its failure may come when nobody waits any more
  const part = async (number: number): Promise<string> => {
    for (;;) {
      const sha256 = known[number - 1];
      if (sha256 !== undefined) return sha256;
      const found = await Promise.race([told, whole]);
      if (found !== undefined && known[number - 1] === undefined) throw sizeChanged(file, size, found.size);
    }
  };
  return { part, whole };
}

/** The error for a file to put that has another size than was said. */
export function sizeChanged(file: string, expected: number, found: number): BuildcacheError {
  return new BuildcacheError('io', 'the file changed before it was copied', {
    file,
    expected: `${expected} bytes`,
    found: `${found} bytes`,
  });
}

/** @throws BuildcacheError `corrupt` when a file to put has another digest than was said, `io` when its size has changed */
export function verifySource(
  { file, size, sha256 }: Exclude<PutSource, Uint8Array>,
  found: { readonly size: number; readonly sha256: string },
): void {
  if (found.size !== size) throw sizeChanged(file, size, found.size);
  if (sha256 !== undefined) verifyDigest(found, { sha256, source: file });
}

async function hashPart(part: FilePart, signal: AbortSignal | undefined): Promise<string> {
  const { size, sha256: found } = await digestFile(part, signal);
  if (size !== part.end - part.start) throw sizeChanged(part.file, part.end, part.start + size);
  return found;
}

function openPart({ file, start, end, onBytes }: FilePart): Readable {
  if (start === end) return Readable.from([], { objectMode: false });
  const bytes = createReadStream(file, { start, end: end - 1, highWaterMark: CHUNK });
  return onBytes === undefined ? bytes : Readable.from(counted(bytes, onBytes), { objectMode: false });
}
