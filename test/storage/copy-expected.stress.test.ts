/** What a copy must be: compared, and nothing is left when it is something else. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFileStorage } from '../../src/storage/file/file.ts';
import { openS3 } from '../harness/s3-place.ts';
import { startS3Server } from '../harness/s3-server.ts';
import { failsAs, pattern } from '../harness/storage-contract.ts';
import { tempDir } from '../harness/temp-dir.ts';

const BYTES = pattern(2_500_000);
const EXPECTED = { sha256: createHash('sha256').update(BYTES).digest('hex'), size: BYTES.length };
const OTHER = { ...EXPECTED, sha256: createHash('sha256').update('other').digest('hex') };

describe('between folders', () => {
  const folders = async () => {
    const dir = await tempDir();
    mkdirSync(join(dir.path, 'from'));
    writeFileSync(join(dir.path, 'from', 'a'), BYTES);
    const file = join(dir.path, 'to', 'b');
    const [from, to] = ['from', 'to'].map((name) => openFileStorage(join(dir.path, name)));
    if (from === undefined || to?.copyFrom === undefined) throw new Error('does not copy');
    const copy = to.copyFrom.bind(to);
    return { dir, from, file, copy };
  };

  it.each([true, false])('the whole is compared (hard link: %s)', async (hardLink) => {
    const { dir, from, file, copy } = await folders();
    await using _ = dir;
    await failsAs('corrupt', copy(from, 'a', 'b', { expected: OTHER, hardLink }));
    await failsAs('io', copy(from, 'a', 'b', { expected: { ...EXPECTED, size: 5 }, hardLink }));
    expect(existsSync(file)).toBe(false);
    expect(await copy(from, 'a', 'b', { expected: EXPECTED, hardLink })).toBe(true);
    expect(readFileSync(file).equals(BYTES)).toBe(true);
    expect(statSync(file).nlink).toBe(hardLink ? 2 : 1);
  });
});

describe.each(['native', 'unquoted-etag'] as const)('between buckets of a server (%s)', (conditions) => {
  it.each([
    ['as a whole', 5_000_000],
    ['in parts', 1_000_000],
  ])('copied %s: what the server says is compared', async (_, copyLimit) => {
    const server = await startS3Server({
      buckets: ['from', 'to'],
      conditions,
      copyLimit,
      partLeast: 500_000,
    });
    const [from, to] = await Promise.all(
      ['from', 'to'].map((bucket) => openS3(server.url, { bucket, partBytes: 20_000 })),
    );
    try {
      if (from === undefined || to?.copyFrom === undefined) throw new Error('does not copy');
      await from.put('a', BYTES);
      await failsAs(
        'corrupt',
        to.copyFrom(from, 'a', 'b', { expected: { ...EXPECTED, size: 5, sha256: OTHER.sha256 } }),
      );
      expect(server.objects.has('to/some/mirror/b')).toBe(false);
      // Only AWS says the digest, and only of what is copied as a whole.
      const digestIsTold = conditions === 'native' && copyLimit > BYTES.length;
      const copied = to.copyFrom(from, 'a', 'b', { expected: OTHER });
      if (digestIsTold) await failsAs('corrupt', copied);
      else expect(await copied).toBe(true);
      expect(server.objects.has('to/some/mirror/b')).toBe(!digestIsTold);
      expect(await to.copyFrom(from, 'a', 'b', { expected: EXPECTED })).toBe(true);
      expect(server.objects.get('to/some/mirror/b')?.content.equals(BYTES)).toBe(true);
    } finally {
      await from?.close();
      await to?.close();
      await server.close();
    }
  });
});
