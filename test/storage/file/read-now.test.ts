import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  let now = 0;
  let pace = 5;
  const read = quickReader(() => (now += pace));
  const count = (times: number) => Array.from({ length: times }, () => read(file)).filter(Boolean).length;
  expect(count(333)).toBe(13);
  pace = 0;
  expect(count(100)).toBeGreaterThan(60);
  const slow = [5, 5, 0, 5, 5, 0];
  const busy = quickReader(() => (now += slow[now % slow.length] ?? 0));
  expect(Array.from({ length: 100 }, () => busy(file)).filter(Boolean)).toHaveLength(100);
});
