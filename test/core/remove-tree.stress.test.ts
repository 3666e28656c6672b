import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeTree } from '../../src/core/remove-tree.ts';
import { tempDir } from '../harness/temp-dir.ts';

test('a folder of thirty thousand takes little memory to remove', async () => {
  await using dir = await tempDir();
  const top = join(dir.path, 'top');
  mkdirSync(top);
  for (let i = 0; i < 30_000; i++) mkdirSync(join(top, String(i)));
  const before = process.memoryUsage().rss;
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 10);
  await removeTree(top).finally(() => clearInterval(timer));
  expect(most - before).toBeLessThan(45e6);
});

test('folders that are more than it remembers at once, and deep ones', async () => {
  await using dir = await tempDir();
  const top = join(dir.path, 'top');
  for (let i = 0; i < 10_010; i++) mkdirSync(join(top, String(i), 'x'), { recursive: true });
  mkdirSync(join(top, 'd/'.repeat(1000)), { recursive: true });
  await removeTree(top);
  expect(existsSync(top)).toBe(false);
});
