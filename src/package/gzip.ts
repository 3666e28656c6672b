/**
 * gzip on all cores, with the digests and sizes of what goes in and what comes out computed on the way.
 *
 * The input is cut into blocks of 1 MiB that libuv's pool deflates side by side, each with the 32 KiB before it
 * as its dictionary and flushed to a byte boundary, so that they concatenate to one deflate stream (RFC 1951;
 * pigz does the same). The output depends on the input alone, not on the number of jobs. While the pool
 * deflates, the main thread hashes and reads on; no more than `jobs` + 1 blocks are held at a time.
 *
 * The pool has four threads unless UV_THREADPOOL_SIZE was set before its first use.
 */
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { constants, crc32, deflateRaw } from 'node:zlib';

/** Sizes in bytes, digests in lower-case hex. */
export interface GzipTotals {
  readonly size: number;
  readonly sha256: string;
  readonly rawSize: number;
  readonly rawSha256: string;
}

export const GZIP_BLOCK = 1024 * 1024;

export class GzipWriter {
  readonly #sink: (bytes: Buffer) => Promise<void>;
  readonly #limit: number;
  readonly #rawHash = createHash('sha256');
  readonly #hash = createHash('sha256');
  #rawSize = 0;
  #size = 0;
  #crc = 0;
  /** The block being filled, and how far. */
  #block = newBlock();
  #filled = 0;
  /** Blocks that have been deflated and can be filled again. */
  readonly #free: Buffer<ArrayBuffer>[] = [];
  #dictionary: Buffer | undefined;
  /** One promise per block not yet written, oldest first; each waits for the one before it. */
  readonly #pending: Promise<void>[] = [];

  /**
   * @param sink takes the output piece by piece, in order, one at a time
   * @param jobs how many blocks to deflate at once, at least 1
   */
  constructor(sink: (bytes: Buffer) => Promise<void>, jobs: number) {
    this.#sink = sink;
    this.#limit = Math.max(1, jobs) + 1;
  }

  /** How many bytes have come in. */
  get rawSize(): number {
    return this.#rawSize + this.#filled;
  }

  /** Where the next bytes go: at least one byte long. Fill some of it, then call `advance`. */
  async room(): Promise<Buffer> {
    if (this.#filled === GZIP_BLOCK) {
      this.#submit(false);
      if (this.#pending.length >= this.#limit) await this.#pending.shift();
      else await nextTurn(); // a caller that fills blocks without ever waiting would starve everything else
      this.#block = this.#free.pop() ?? newBlock();
    }
    return this.#block.subarray(this.#filled);
  }

  /** The first `length` bytes of what `room` returned are input now. */
  advance(length: number): void {
    this.#filled += length;
  }

  /** Copies bytes in. */
  async write(bytes: Buffer): Promise<void> {
    let rest = bytes;
    while (rest.length > 0) {
      const copied = rest.copy(await this.room());
      this.advance(copied);
      rest = rest.subarray(copied);
    }
  }

  /** Ends the input; resolves when all output has been taken. */
  async finish(): Promise<GzipTotals> {
    this.#submit(true);
    await Promise.all(this.#pending);
    spareBlocks.push(...this.#free.splice(0, MOST_SPARE - spareBlocks.length));
    return {
      size: this.#size,
      sha256: this.#hash.digest('hex'),
      rawSize: this.#rawSize,
      rawSha256: this.#rawHash.digest('hex'),
    };
  }

  /** Resolves when nothing runs any more and the sink will not be called again. For a caller that stops early. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#pending);
  }

  #submit(last: boolean): void {
    const block = this.#block;
    const input = block.subarray(0, this.#filled);
    const first = this.#rawSize === 0;
    const deflated = deflateBlock(input, this.#dictionary, last);
    // The pool works on the block from here on; the rest of this is done meanwhile.
    this.#dictionary = Buffer.from(input.subarray(-DICTIONARY));
    this.#rawHash.update(input);
    this.#crc = crc32(input, this.#crc);
    this.#rawSize += input.length;
    this.#filled = 0;
    const trailer = last ? gzipTrailer(this.#crc, this.#rawSize) : undefined;
    const before = this.#pending.at(-1);
    const written = (async () => {
      const body = await deflated;
      this.#free.push(block);
      await before;
      await this.#emit([...(first ? [GZIP_HEADER] : []), body, ...(trailer === undefined ? [] : [trailer])]);
    })();
    // `finish` or a later block awaits this promise and reports a failure. Until then Node must not call it unhandled.
    written.catch(() => {});
    this.#pending.push(written);
  }

  async #emit(parts: readonly Buffer[]): Promise<void> {
    const [only] = parts;
    const bytes = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
    this.#hash.update(bytes);
    this.#size += bytes.length;
    await this.#sink(bytes);
  }
}

/** Blocks of writers that have finished, for the next ones: most prefixes are small, and their blocks would be garbage. */
const spareBlocks: Buffer<ArrayBuffer>[] = [];
const MOST_SPARE = 8;

function newBlock(): Buffer<ArrayBuffer> {
  return spareBlocks.pop() ?? Buffer.allocUnsafeSlow(GZIP_BLOCK);
}

const DICTIONARY = 32 * 1024;
const LEVEL = 6;
/** Deflate's method, no name, no time, no flags, operating system unknown: what Spack writes. */
const GZIP_HEADER = Buffer.from('1f8b08000000000000ff', 'hex');

function gzipTrailer(crc: number, rawSize: number): Buffer {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc, 0);
  trailer.writeUInt32LE(rawSize % 2 ** 32, 4);
  return trailer;
}

function deflateBlock(input: Buffer, dictionary: Buffer | undefined, last: boolean): Promise<Buffer> {
  const options = {
    level: LEVEL,
    finishFlush: last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
    // Room for most blocks' output in one piece: every piece is a trip to the pool and back.
    chunkSize: Math.max(4096, input.length >> 1),
    ...(dictionary === undefined ? {} : { dictionary }),
  };
  return new Promise((resolve, reject) => {
    deflateRaw(input, options, (error, output) => {
      if (error === null) resolve(output);
      else reject(error);
    });
  });
}
