import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder } from '../../src/core/make-folder.ts';
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

it('ends where nothing can be made in a folder that is there', async () => {
  // Linux says ENOENT below /proc; macOS has none and does not let it be made.
  await expect(makeFolder('/proc/nothing/can/be/here')).rejects.toThrow(/ENOENT|EROFS|EACCES|EPERM/);
});
