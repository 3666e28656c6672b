import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { errorCode } from '../../src/core/errors.ts';
import { removeTree } from '../../src/core/remove-tree.ts';
import { tempDir } from '../harness/temp-dir.ts';

test('all that is in a folder is removed, and nothing that links in it lead to', async () => {
  await using dir = await tempDir();
  const kept = join(dir.path, 'kept');
  mkdirSync(join(kept, 'below'), { recursive: true });
  const top = join(dir.path, 'top');
  mkdirSync(join(top, 'a/b/c'), { recursive: true });
  mkdirSync(join(top, 'empty'));
  mkdirSync(Buffer.concat([Buffer.from(`${top}/a/`), Buffer.from([0xff, 0xfe])]));
  writeFileSync(
    Buffer.concat([Buffer.from(`${top}/a/`), Buffer.from([0xff, 0xfe]), Buffer.from('/\xff')]),
    '',
  );
  for (const name of ['file', 'a/file', 'a/b/c/file']) writeFileSync(join(top, name), name);
  symlinkSync(kept, join(top, 'link'));
  symlinkSync('nowhere', join(top, 'a/dangling'));
  chmodSync(join(top, 'file'), 0);
  await removeTree(top);
  expect(readdirSync(dir.path)).toEqual(['kept']);
  expect(readdirSync(kept)).toEqual(['below']);
});

test('what a link leads to that takes its place meanwhile is kept', async () => {
  await using dir = await tempDir();
  const [top, kept, aside] = [join(dir.path, 'top'), join(dir.path, 'kept'), join(dir.path, 'aside')];
  for (const folder of [top, kept]) {
    mkdirSync(join(folder, 'a/b'), { recursive: true });
    for (const name of ['file', 'a/file', 'a/b/file']) writeFileSync(join(folder, name), '');
  }
  const removing = removeTree(top); // it has begun, and waits before the first entry
  renameSync(top, aside);
  symlinkSync(kept, top);
  const outcome = await removing.catch(errorCode);
  expect(readdirSync(kept, { recursive: true }).sort()).toEqual(['a', 'a/b', 'a/b/file', 'a/file', 'file']);
  expect(outcome).toBe('conflict');
});

test('a file and a link are removed, and what is not there is no error', async () => {
  await using dir = await tempDir();
  mkdirSync(join(dir.path, 'kept'));
  writeFileSync(join(dir.path, 'file'), '');
  symlinkSync('kept', join(dir.path, 'link'));
  for (const name of ['file', 'link', 'none']) await removeTree(join(dir.path, name));
  expect(readdirSync(dir.path)).toEqual(['kept']);
});

test('a folder that a file system has given another number meanwhile is looked for again', async () => {
  await using dir = await tempDir();
  const top = join(dir.path, 'top');
  for (const name of ['a/b/c', 'd/e', 'f']) mkdirSync(join(top, name), { recursive: true });
  for (const name of ['a/b/c/file', 'd/e/file', 'f/file']) writeFileSync(join(top, name), '');
  let looks = 0;
  vi.doMock('node:fs', async (original) => {
    const fs = await original<typeof import('node:fs')>();
    const lstatSync = (path: string, options: object) => {
      const found = fs.lstatSync(path, options) as unknown as { ino: bigint };
      if (++looks <= 3) found.ino++;
      return found;
    };
    return { ...fs, lstatSync };
  });
  try {
    vi.resetModules();
    const { removeTree: remove } = await import('../../src/core/remove-tree.ts');
    await remove(top);
  } finally {
    vi.doUnmock('node:fs');
    vi.resetModules();
  }
  expect(looks).toBeGreaterThan(3);
  expect(existsSync(top)).toBe(false);
});
