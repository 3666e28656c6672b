import {
  existsSync,
  mkdirSync,
  type PathLike,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renamePath, renamePathNow } from '../../src/core/rename.ts';
import { writeWholeFile } from '../../src/core/write-file.ts';
import { makeStaging, moveInPlace } from '../../src/package/unpack-staging.ts';
import { openFileStorage } from '../../src/storage/file/file.ts';
import { patchFs, systemError } from '../harness/patched.ts';
import { tempDir } from '../harness/temp-dir.ts';

/** What a client of a file server says whose request was carried out, and sent again since no answer came. */
function losingAnswers(): Disposable & { lost: number } {
  const counts = { lost: 0 };
  const rename = renameSync;
  const lose = (from: PathLike, to: PathLike) => {
    rename(from, to);
    counts.lost += 1;
    throw systemError('ENOENT', 2);
  };
  const patched = patchFs(
    { renameSync: (from, to) => lose(from, to) },
    { rename: async (from, to) => lose(from, to) },
  );
  return Object.assign(counts, { [Symbol.dispose]: () => patched[Symbol.dispose]() });
}

test('what was renamed is, whatever is said of it', async () => {
  await using dir = await tempDir();
  const at = (name: string) => join(dir.path, name);
  writeFileSync(at('file'), 'x');
  mkdirSync(at('folder'));
  using answers = losingAnswers();
  await renamePath(at('file'), at('file2'));
  renamePathNow(Buffer.from(at('folder')), at('folder2'));
  expect(answers.lost).toBe(2);
  expect(readdirSync(dir.path)).toEqual(['file2', 'folder2']);
});

test('what was not is not, also where both names are as if it were', async () => {
  await using dir = await tempDir();
  const at = (name: string) => join(dir.path, name);
  writeFileSync(at('there'), 'x');
  await expect(renamePath(at('none'), at('there'))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(() => renamePathNow(at('none'), at('there'))).toThrow('ENOENT');
  mkdirSync(at('full/folder'), { recursive: true });
  mkdirSync(at('other'));
  await expect(renamePath(at('other'), at('full'))).rejects.toMatchObject({ code: 'ENOTEMPTY' });
  // Another has removed it, and has put something else in its place.
  writeFileSync(at('mine'), 'mine');
  using _ = patchFs({
    renameSync: (from) => {
      rmSync(from);
      writeFileSync(at('theirs'), 'other');
      throw systemError('ENOENT', 2);
    },
  });
  expect(() => renamePathNow(at('mine'), at('theirs'))).toThrow('ENOENT');
});

test('lost answers lose no package, no file and no index', async () => {
  await using dir = await tempDir();
  const prefix = join(dir.path, 'store/zlib');
  mkdirSync(prefix, { recursive: true });
  const staging = makeStaging(prefix);
  writeFileSync(join(staging.tree, 'new'), '');
  const storage = openFileStorage(join(dir.path, 'mirror'));
  const { etag } = await storage.put('index.json', Buffer.from('1'));
  using answers = losingAnswers();
  moveInPlace(staging.tree, prefix, staging.replaced);
  await staging.remove();
  expect(readdirSync(join(dir.path, 'store'))).toEqual(['zlib']);
  expect(existsSync(join(prefix, 'new'))).toBe(true);
  await writeWholeFile(join(dir.path, 'file'), 'x');
  expect(readFileSync(join(dir.path, 'file'), 'utf8')).toBe('x');
  await storage.put('index.json', Buffer.from('2'), { condition: { ifMatch: etag ?? '' } });
  expect(readFileSync(join(dir.path, 'mirror/index.json'), 'utf8')).toBe('2');
  expect(readdirSync(join(dir.path, 'mirror'))).toEqual(['index.json']);
  expect(answers.lost).toBe(5);
});
