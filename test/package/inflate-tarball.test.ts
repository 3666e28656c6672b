import { randomBytes } from 'node:crypto';
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
