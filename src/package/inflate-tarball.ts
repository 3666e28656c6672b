/**
 * Reads the tar stream in a tarball once, with limits on what it inflates to. All of it is attacker-controlled: a small
 * tarball may inflate to a huge one, and some readers read what follows the gzip stream while others do not.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, type Gunzip, gunzipSync, type ZlibOptions } from 'node:zlib';
import { BuildcacheError, systemCode } from '../core/errors.ts';
import { release, releaseInflated } from '../core/release.ts';

export interface TarballLimits {
  /** Bytes of the tar stream. */
  readonly maxBytes: number;
  /** The most tar bytes for each tarball byte. It counts once there are more than {@link ratioFrom} tar bytes. */
  readonly maxRatio: number;
  readonly ratioFrom: number;
  readonly maxEntries: number;
}

/** Far above any package: the largest are tens of gigabytes, and ordinary files get to a tenth by gzip. */
export const TARBALL_LIMITS: TarballLimits = {
  maxBytes: 256 * 1024 ** 3,
  maxRatio: 200,
  ratioFrom: 4 * 1024 ** 3,
  maxEntries: 2_000_000,
};

/** A tarball in memory that inflates to no more is inflated at once: streams cost more than a small package itself. */
const AT_ONCE = 16 * 1024 * 1024;

/** Bytes inflated at a time: enough to keep the thread pool busy while the last ones are written. */
const CHUNK = 256 * 1024;

/**
 * Reads a tarball to its end. Nothing looks at its bytes any more once this has settled.
 * @param tarball the errors of a stream pass through, so it may verify a digest on the way
 * @param onBytes what it throws passes through; the bytes are only good until it returns
 * @throws BuildcacheError `corrupt` for what is not one gzip stream with nothing after it; `too-large` over a limit
 */
export async function inflateTarball(
  tarball: Readable | Buffer,
  onBytes: (chunk: Buffer) => void,
  limits: Omit<TarballLimits, 'maxEntries'>,
  signal?: AbortSignal,
): Promise<void> {
  if (Buffer.isBuffer(tarball)) {
    const bytes = inflateAtOnce(tarball, Math.min(AT_ONCE, limits.maxBytes));
    if (bytes !== undefined) {
      checkSize(bytes.length, tarball.length, limits);
      onBytes(bytes);
      release(bytes);
      return;
    }
    return await inflateTarball(Readable.from(copiesOf(tarball)), onBytes, limits, signal);
  }
  const gunzip = createGunzip({ chunkSize: CHUNK });
  let compressed = 0;
  let inflated = 0;
  async function* count(source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      compressed += chunk.length;
      yield chunk;
    }
  }
  async function take(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      inflated += chunk.length;
      checkSize(inflated, gunzip.bytesWritten, limits);
      onBytes(chunk);
      releaseInflated(chunk);
    }
  }
  try {
    await pipeline(tarball, count, gunzip, take, signal === undefined ? {} : { signal });
  } catch (error) {
    throw streamError(error);
  }
  // Node ends at zeros behind a gzip stream without an error, and passes over everything that follows them.
  if (gunzip.bytesWritten !== compressed) throw trailing();
}

/**
 * What has failed or was cancelled leaves a thread that still inflates the last piece, and Node tells nobody when it has
 * ended. The caller may give the memory of the tarball back by then ({@link release}), so no thread reads that.
 */
function* copiesOf(tarball: Buffer): Generator<Buffer> {
  for (let at = 0; at < tarball.length; at += CHUNK) yield Buffer.from(tarball.subarray(at, at + CHUNK));
}

/** @returns undefined for more than `most` bytes */
function inflateAtOnce(tarball: Buffer, most: number): Buffer | undefined {
  // The last four bytes say how much there is. They may lie: then it only takes longer, or is not done at once.
  const size = tarball.length < 4 ? 0 : tarball.readUInt32LE(tarball.length - 4);
  if (size > most) return undefined;
  const chunkSize = Math.max(1024, size + 1);
  try {
    const { buffer, engine } = gunzipWithInfo(tarball, { maxOutputLength: Math.max(1, most), chunkSize });
    if (engine.bytesWritten !== tarball.length) throw trailing();
    return buffer;
  } catch (error) {
    if (systemCode(error) === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw streamError(error);
  }
}

/** With `info` the call returns the engine too (documented, and not in the types). */
function gunzipWithInfo(bytes: Buffer, options: ZlibOptions): { buffer: Buffer; engine: Gunzip } {
  return gunzipSync(bytes, { ...options, info: true }) as unknown as { buffer: Buffer; engine: Gunzip };
}

function checkSize(
  inflated: number,
  compressed: number,
  { maxBytes, maxRatio, ratioFrom }: Omit<TarballLimits, 'maxEntries'>,
): void {
  if (inflated > maxBytes) {
    throw new BuildcacheError('too-large', 'the package is too large', {
      expected: `at most ${maxBytes} bytes unpacked`,
    });
  }
  if (inflated > ratioFrom && inflated > maxRatio * compressed) {
    throw new BuildcacheError('too-large', 'the tarball inflates suspiciously', {
      expected: `at most ${maxRatio} times its size`,
      found: `${inflated} bytes from ${compressed}`,
    });
  }
}

function streamError(error: unknown): unknown {
  if (error instanceof BuildcacheError) return error;
  const code = systemCode(error) ?? '';
  if (code === 'Z_BUF_ERROR') return damaged('a gzip stream cut short', error);
  if (code.startsWith('Z_')) return damaged(error instanceof Error ? error.message : code, error);
  // The stream has ended on one side and not on the other. Node answers so to trailing zeros.
  if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ABORT_ERR') return damaged('a broken stream', error);
  return error;
}

function trailing(): BuildcacheError {
  return damaged('data after the end of the gzip stream');
}

function damaged(found: string, cause?: unknown): BuildcacheError {
  return new BuildcacheError(
    'corrupt',
    'the tarball is damaged',
    { expected: 'one gzip stream', found },
    cause,
  );
}
