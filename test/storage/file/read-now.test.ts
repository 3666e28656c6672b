import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { quickReader } from '../../../src/storage/file/read-now.ts';
import { tempDir } from '../../harness/temp-dir.ts';

test('small files are read, and nothing else', async () => {
  await using dir = await tempDir();
  const at = (name: string) => join(dir.path, name);
  writeFileSync(at('small'), 'bytes');
  writeFileSync(at('empty'), '');
  writeFileSync(at('large'), Buffer.alloc(1024 * 1024 + 1));
  mkdirSync(at('folder'));
  const read = quickReader(() => 0);
  expect(String(read(at('small'))?.content)).toBe('bytes');
  expect(read(at('empty'))?.content).toHaveLength(0);
  for (const name of ['large', 'folder', 'absent', 'small/below', '/dev/null'])
    expect(read(join(dir.path, name)), name).toBeUndefined();
  expect(read('/dev/zero')).toBeUndefined();
});

test('where files are waited for, only a few are read at once', async () => {
  await using dir = await tempDir();
  const file = join(dir.path, 'file');
  writeFileSync(file, 'x');
  /** How many of so many reads, each in a turn of its own, are done at once. */
  const count = async (times: number, paces: readonly number[]) => {
    let now = 0;
    let asked = 0;
    const read = quickReader(() => (now += paces[(asked++ >> 1) % paces.length] ?? 0));
    let done = 0;
    for (let i = 0; i < times; i++) {
      if (read(file) !== undefined) done++;
      await turn();
    }
    return done;
  };
  expect(await count(333, [5])).toBe(13);
  expect(await count(100, [0])).toBe(100);
  expect(await count(100, [5, 5, 0])).toBe(100);
});

test('the event loop turns, however many files are read', async () => {
  await using dir = await tempDir();
  const file = join(dir.path, 'file');
  writeFileSync(file, 'x');
  let now = 0;
  const read = quickReader(() => (now += 1));
  const done = Array.from({ length: 50 }, () => read(file)).filter(Boolean).length;
  expect(done).toBeLessThan(8);
  await turn();
  expect(read(file)).toBeDefined();
});
