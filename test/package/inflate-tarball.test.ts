import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { inflateTarball, TARBALL_LIMITS } from '../../src/package/inflate-tarball.ts';

/** So large that it comes in several pieces, of a tarball that is taken in one. */
const TEXT = randomBytes(560_000).map((byte) => byte & 3);

/** It says that it inflates to more than is inflated at once. */
function large(): Buffer {
  const tarball = gzipSync(TEXT, { level: 1 });
  tarball.writeUInt32LE(0xffff_ffff, tarball.length - 4);
  return tarball;
}

it('lets no thread read the memory of a tarball, which may be given back while one still inflates', async () => {
  const tarball = large();
  const pieces: Buffer[] = [];
  const onBytes = (piece: Buffer) => {
    pieces.push(Buffer.from(piece));
    tarball.fill(0);
  };
  await expect(inflateTarball(tarball, onBytes, TARBALL_LIMITS)).rejects.toThrow('damaged');
  expect(pieces.length).toBeGreaterThan(1);
  const inflated = Buffer.concat(pieces);
  expect(inflated.equals(TEXT.subarray(0, inflated.length))).toBe(true);
});

it.each([7_000, 70_000, 700_000])(
  'inflates a stream of pieces of %i bytes whole, and keeps none of its buffers',
  async (size) => {
    const tarball = gzipSync(TEXT);
    function* pieces() {
      for (let at = 0; at < tarball.length; at += size) yield Buffer.from(tarball.subarray(at, at + size));
    }
    const digest = createHash('sha256');
    const seen: Buffer[] = [];
    const onBytes = (piece: Buffer) => {
      digest.update(piece);
      seen.push(piece);
    };
    await inflateTarball(Readable.from(pieces()), onBytes, TARBALL_LIMITS);
    expect(digest.digest('hex')).toBe(createHash('sha256').update(TEXT).digest('hex'));
    // The last buffer is not full. Node 20 cannot give back memory.
    const kept = new Set(seen.map(({ buffer }) => buffer).filter(({ byteLength }) => byteLength > 0));
    if ('transfer' in ArrayBuffer.prototype) expect(kept.size).toBe(1);
  },
);
