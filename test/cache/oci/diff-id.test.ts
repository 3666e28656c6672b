import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { diffIdOf } from '../../../src/cache/oci/diff-id.ts';
import { sha256Of } from '../../harness/registry-store.ts';
import { type TempDir, tempDir } from '../../harness/temp-dir.ts';

const NEVER = new AbortController().signal;
const TEXT = Buffer.from('a layer '.repeat(10_000));

let dir: TempDir;
beforeAll(async () => {
  dir = await tempDir();
});
afterAll(() => dir[Symbol.asyncDispose]());

test.each([
  ['gzip', gzipSync(TEXT)],
  ['gzip in several members', Buffer.concat([gzipSync(TEXT.subarray(0, 99)), gzipSync(TEXT.subarray(99))])],
  ['not compressed', TEXT],
])('%s: what it is uncompressed, from memory and from a file', async (name, layer) => {
  const file = join(dir.path, name);
  writeFileSync(file, layer);
  expect(await diffIdOf(layer, 'here', NEVER)).toBe(sha256Of(TEXT));
  expect(await diffIdOf({ file, size: layer.length }, 'here', NEVER)).toBe(sha256Of(TEXT));
});

test.each([
  ['not compressed', Buffer.alloc(500_000, 'tar')],
  ['gzip', gzipSync(randomBytes(500_000))],
])('%s: a layer in memory stays what it is', async (_, layer) => {
  const own = Buffer.allocUnsafeSlow(layer.length);
  layer.copy(own);
  await diffIdOf(own, 'here', NEVER);
  expect(own.equals(layer)).toBe(true);
});

test('zstd: cannot be told', async () => {
  expect(await diffIdOf(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]), 'here', NEVER)).toBe(undefined);
});

test('damaged', async () => {
  const layer = gzipSync(TEXT);
  const damaged = [layer.subarray(0, -9), Buffer.concat([layer, Buffer.from('more')])];
  for (const each of damaged) {
    await expect(diffIdOf(each, 'here', NEVER)).rejects.toMatchObject({ code: 'corrupt' });
  }
});

test('a bomb is left before it has gone off', async () => {
  const bomb = gzipSync(Buffer.alloc(8_000_000));
  const limits = { maxRatio: 200, ratioFrom: 1_000_000 };
  await expect(diffIdOf(bomb, 'here', NEVER, limits)).rejects.toMatchObject({ code: 'too-large' });
  expect(await diffIdOf(gzipSync(Buffer.alloc(900_000)), 'here', NEVER, limits)).toMatch(/^sha256:/);
});

test('cancelled', async () => {
  const layer = gzipSync(TEXT);
  await expect(diffIdOf(layer, 'here', AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
});
