/**
 * Bytes to send: in memory, or a stretch of a file, which is never held whole. Their digest is known before the first
 * byte goes out, and they can be sent again.
 */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { sha256 } from '../core/digest.ts';
import { BuildcacheError, fileError } from '../core/errors.ts';
import { counted } from '../core/transfer.ts';
import { digestFile } from './file-copier.ts';

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

/** @throws BuildcacheError when the file cannot be read or is shorter, `cancelled` */
export async function payloadOf(
  source: Uint8Array | FilePart,
  signal: AbortSignal | undefined,
): Promise<Payload> {
  if (source instanceof Uint8Array) {
    return { size: source.length, sha256: sha256(source), withBody: (send) => send(source) };
  }
  return {
    size: source.end - source.start,
    sha256: await hashPart(source, signal),
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

/** The error for a file to put that has another size than was said. */
export function sizeChanged(file: string, expected: number, found: number): BuildcacheError {
  return new BuildcacheError('io', 'the file changed before it was copied', {
    file,
    expected: `${expected} bytes`,
    found: `${found} bytes`,
  });
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
