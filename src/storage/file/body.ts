/** An open file as a body: whole chunks, errors of ours, and an error when the file becomes shorter than it was. */
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { cancelled } from '../../core/abort.ts';
import { BuildcacheError, fileError } from '../../core/errors.ts';

const CHUNK = 256 * 1024;

/**
 * Bytes `start` up to (not including) `end` of the file. Owns the handle from here on: it is closed when the
 * body ends, fails or is destroyed.
 */
export function fileBody(
  handle: FileHandle,
  extent: { readonly start: number; readonly end: number },
  file: string,
  signal: AbortSignal | undefined,
): Readable {
  let position = extent.start;
  const read = async (): Promise<Buffer | null> => {
    const wanted = Math.min(CHUNK, extent.end - position);
    if (wanted <= 0) return null;
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(wanted), 0, wanted, position);
    if (bytesRead === 0) {
      throw new BuildcacheError('io', 'the file became shorter while it was read', {
        file,
        expected: `${extent.end} bytes`,
        found: `${position} bytes`,
      });
    }
    position += bytesRead;
    return buffer.subarray(0, bytesRead);
  };
  const body = new Readable({
    highWaterMark: CHUNK,
    read() {
      read().then(
        (chunk) => this.push(chunk),
        (error: unknown) => this.destroy(fileError(error, file, 'read')),
      );
    },
    destroy(error, done) {
      signal?.removeEventListener('abort', abort);
      handle.close().then(
        () => done(error),
        () => done(error),
      );
    },
  });
  const abort = () => body.destroy(cancelled(signal));
  if (signal?.aborted === true) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  return body;
}
