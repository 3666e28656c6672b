import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clearLeftovers } from '../../src/core/leftovers.ts';
import { tempDir } from '../harness/temp-dir.ts';

test('forty thousand files that look like leftovers take little memory to look at', async () => {
  await using dir = await tempDir();
  for (let i = 0; i < 40_000; i++) writeFileSync(join(dir.path, `left-${i}`), '');
  const before = process.memoryUsage().rss;
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 10);
  await clearLeftovers(dir.path, (name) => name.startsWith('left-')).finally(() => clearInterval(timer));
  most = Math.max(most, process.memoryUsage().rss);
  expect(most - before).toBeLessThan(70e6);
}, 120_000);
