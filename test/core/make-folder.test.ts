import { readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder, makeFolderNow } from '../../src/core/make-folder.ts';
import { tempDir } from '../harness/temp-dir.ts';

it('makes missing parents, several at once, and minds none that are there', async () => {
  await using dir = await tempDir();
  const deep = join(dir.path, 'a/b/c');
  await Promise.all([makeFolder(deep), makeFolder(deep), makeFolder(join(dir.path, 'a/b/d'))]);
  await makeFolder(deep);
  await symlink(deep, join(dir.path, 'link'));
  await makeFolder(join(dir.path, 'link'));
  await makeFolder('/');
});

it('says what stands in the way', async () => {
  await using dir = await tempDir();
  const file = join(dir.path, 'file');
  await writeFile(file, '');
  await expect(makeFolder(file)).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(join(file, 'below/it'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

it('does the same at once, and says which folder was the first', async () => {
  await using dir = await tempDir();
  const deep = join(dir.path, 'a/b/c');
  expect(makeFolderNow(deep)).toBe(join(dir.path, 'a'));
  expect(makeFolderNow(deep)).toBeUndefined();
  expect(makeFolderNow(join(dir.path, 'a/d'))).toBe(join(dir.path, 'a/d'));
  await symlink(join(dir.path, 'nowhere'), join(dir.path, 'link'));
  for (const place of ['link/below', 'link']) expect(() => makeFolderNow(join(dir.path, place))).toThrow();
  const file = join(dir.path, 'file');
  await writeFile(file, '');
  expect(() => makeFolderNow(join(file, 'below'))).toThrow(/ENOTDIR/);
});

it('gives what it makes the mode that is asked for', async () => {
  await using dir = await tempDir();
  await makeFolder(join(dir.path, 'a/b'), 0o700);
  for (const each of ['a', 'a/b']) expect((await stat(join(dir.path, each))).mode & 0o777).toBe(0o700);
});

it('is what makes all folders with their parents: that of Node may never end', async () => {
  const source = join(import.meta.dirname, '../../src');
  const files = (await readdir(source, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const others: string[] = [];
  for (const name of files) {
    if (/\bmkdir(?:Sync)?\([^;]*?recursive:/.test(await readFile(join(source, name), 'utf8')))
      others.push(name);
  }
  expect(others).toEqual([]);
});

it('ends where nothing can be made in a folder that is there', async () => {
  // Linux says ENOENT below /proc; macOS has none and does not let it be made.
  await expect(makeFolder('/proc/nothing/can/be/here')).rejects.toThrow(/ENOENT|EROFS|EACCES|EPERM/);
  expect(() => makeFolderNow('/proc/nothing/can/be/here')).toThrow(/ENOENT|EROFS|EACCES|EPERM/);
});
