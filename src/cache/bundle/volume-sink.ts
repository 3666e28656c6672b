/** The end of a file that is written: one piece goes to disk while the next is made. */
import type { FileHandle } from 'node:fs/promises';
import { BuildcacheError, fileError } from '../../core/errors.ts';

export class VolumeSink {
  readonly #part: string;
  readonly #handle: FileHandle;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #end: number;
  #writing: Promise<void> = Promise.resolve();

  constructor(part: string, handle: FileHandle, end: number) {
    this.#part = part;
    this.#handle = handle;
    this.#end = end;
  }

  /** Bytes must not change afterwards. */
  async write(bytes: Uint8Array): Promise<void> {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes >= FLUSH) await this.#flush();
  }

  /** Where the next byte goes; {@link rewind} goes back there. */
  async position(): Promise<number> {
    await this.#flush();
    return this.#end;
  }

  async rewind(position: number): Promise<void> {
    await this.#writing;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#end = position;
  }

  async finish(size: number): Promise<void> {
    await this.#flush();
    await this.#writing;
    if (this.#end !== size) throw new BuildcacheError('internal', 'a volume is not as long as was planned');
    await this.#handle.truncate(size);
    await this.#handle.sync();
  }

  async #flush(): Promise<void> {
    const pieces = this.#waiting;
    const at = this.#end;
    const size = this.#waitingBytes;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#end += size;
    await this.#writing;
    this.#writing = this.#put(pieces, at);
    this.#writing.catch(() => undefined); // whoever waits for it next is told
  }

  async #put(pieces: readonly Uint8Array[], at: number): Promise<void> {
    try {
      let from = at;
      for (let i = 0; i < pieces.length; i += MOST_PIECES) {
        const batch = pieces.slice(i, i + MOST_PIECES);
        const length = batch.reduce((sum, piece) => sum + piece.length, 0);
        const { bytesWritten } = await this.#handle.writev(batch, from);
        // A disk that is nearly full takes a part, and says why when the rest comes.
        if (bytesWritten < length) {
          const rest = Buffer.concat(batch).subarray(bytesWritten);
          for (let done = 0; done < rest.length; ) {
            const at = from + bytesWritten + done;
            done += (await this.#handle.write(rest, done, rest.length - done, at)).bytesWritten;
          }
        }
        from += length;
      }
    } catch (error) {
      throw fullDisk(error, this.#part);
    }
  }
}

/** Bytes: enough that one call for each is nothing. */
const FLUSH = 1024 * 1024;
/** What one call takes. */
const MOST_PIECES = 512;

function fullDisk(error: unknown, file: string): BuildcacheError {
  const { code, message, facts } = fileError(error, file, 'write the volume');
  return new BuildcacheError(
    code,
    message,
    { ...facts, hint: 'what is written stays: run it again to go on' },
    error,
  );
}
