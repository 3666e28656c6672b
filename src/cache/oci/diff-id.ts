/**
 * The digest of a layer uncompressed, by which an image's configuration names it (`diff_ids`; OCI image
 * specification).
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { BuildcacheError, systemCode } from '../../core/errors.ts';
import { releaseInflated } from '../../core/release.ts';
import type { Digest } from '../../storage/registry/reference.ts';
import type { PutSource } from '../../storage/storage.ts';

/**
 * The content decides how it is compressed, not what a manifest calls it: nobody signs that.
 * @param layer attacker-controlled; it may inflate to any size, and nothing of it is kept
 * @param url for messages
 * @param limits on what it inflates to. Anybody who can push may have made it, and one gigabyte of zeros is a
 *   megabyte
 * @returns undefined for a compression we do not have (zstd)
 * @throws BuildcacheError `corrupt` when it is damaged; `too-large` when it inflates as no layer does
 */
export async function diffIdOf(
  layer: PutSource,
  url: string,
  signal: AbortSignal | undefined,
  limits: InflationLimits = LIMITS,
): Promise<Digest | undefined> {
  const magic = await firstBytes(layer);
  if (magic.equals(ZSTD)) return undefined;
  const isGzip = magic.subarray(0, 2).equals(GZIP);
  const hash = createHash('sha256');
  const most = Math.max(limits.ratioFrom, limits.maxRatio * sizeOf(layer));
  let inflated = 0;
  const update = async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      inflated += chunk.length;
      if (inflated > most) throw bomb(url, limits, layer);
      hash.update(chunk);
      // Else it may be the layer itself, which is still to be sent.
      if (isGzip) releaseInflated(chunk);
    }
  };
  const options = signal === undefined ? {} : { signal };
  try {
    if (isGzip) await pipeline(open(layer), createGunzip({ chunkSize: CHUNK }), update, options);
    else await pipeline(open(layer), update, options);
  } catch (error) {
    if (systemCode(error)?.startsWith('Z_') !== true) throw error;
    throw new BuildcacheError('corrupt', 'the layer cannot be uncompressed', { url }, error);
  }
  return `sha256:${hash.digest('hex')}`;
}

export interface InflationLimits {
  /** Bytes of the tar stream to bytes of the layer, once the former are more than {@link ratioFrom}. */
  readonly maxRatio: number;
  readonly ratioFrom: number;
}

/** As for tarballs that are unpacked. */
const LIMITS: InflationLimits = { maxRatio: 200, ratioFrom: 4 * 1024 ** 3 };

/** Bytes at a time: with zlib's sixteen kilobytes, passing them on takes as long as inflating them. */
const CHUNK = 256 * 1024;

const GZIP = Buffer.from([0x1f, 0x8b]);
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

async function firstBytes(layer: PutSource): Promise<Buffer> {
  if (layer instanceof Uint8Array) return Buffer.from(layer.subarray(0, ZSTD.length));
  const chunks: Buffer[] = [];
  const head = createReadStream(layer.file, { end: ZSTD.length - 1 });
  for await (const chunk of head as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function open(layer: PutSource): Readable {
  if ('file' in layer) return createReadStream(layer.file, { highWaterMark: CHUNK });
  return Readable.from([layer], { objectMode: false });
}

function sizeOf(layer: PutSource): number {
  return 'file' in layer ? layer.size : layer.length;
}

function bomb(url: string, { maxRatio }: InflationLimits, layer: PutSource): BuildcacheError {
  return new BuildcacheError('too-large', 'the layer inflates suspiciously', {
    url,
    expected: `at most ${maxRatio} times its ${sizeOf(layer)} bytes`,
  });
}
