import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

// Root may write everywhere, so that root needs another user to try it.
const NOBODY = 65534;

test('folders that nobody may write to are removed, and nothing else gets another mode', async () => {
  await using dir = await tempDir();
  const [top, kept] = [join(dir.path, 'top'), join(dir.path, 'kept')];
  for (const each of [top, kept]) mkdirSync(join(each, 'a/b'), { recursive: true });
  writeFileSync(join(top, 'a/b/file'), '');
  symlinkSync(kept, join(top, 'a/link'));
  const isRoot = process.getuid?.() === 0;
  for (const each of ['top/a/b/file', 'top/a/b', 'top/a', 'top', 'kept/a/b', 'kept/a', 'kept', '']) {
    const path = join(dir.path, each);
    if (isRoot) chownSync(path, NOBODY, NOBODY);
    if (each !== '') chmodSync(path, 0o555);
  }
  const module = fileURLToPath(new URL('../../src/core/remove-tree.ts', import.meta.url));
  const program = `import { removeTree } from ${JSON.stringify(module)}; await removeTree(process.argv[1])`;
  const as = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const how = { ...as, encoding: 'utf8', timeout: 60_000 } as const;
  const { stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program, top], how);
  expect(statSync(kept).mode & 0o777).toBe(0o555);
  expect([stderr, status]).toEqual(['', 0]);
  expect(readdirSync(dir.path)).toEqual(['kept']);
  expect(readdirSync(kept, { recursive: true }).sort()).toEqual(['a', 'a/b']);
  for (const each of [kept, join(kept, 'a')]) chmodSync(each, 0o755);
});
