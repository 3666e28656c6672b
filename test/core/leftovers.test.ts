import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clearLeftovers, inTemporary, makeTemporary, removeTemporary } from '../../src/core/leftovers.ts';
import { tempDir } from '../harness/temp-dir.ts';

function age(path: string): void {
  utimesSync(path, 0, 0);
}

test('a folder to which another user has given the name of a leftover is kept with all that is in it', async () => {
  await using dir = await tempDir();
  const [left, taken] = [await makeTemporary(join(dir.path, '.ours-')), join(dir.path, '.ours-abcdef')];
  for (const folder of [left, taken]) {
    mkdirSync(join(folder, 'below'), { recursive: true });
    writeFileSync(join(folder, 'below/file'), '');
    age(folder);
  }
  await clearLeftovers(dir.path, (name) => name.startsWith('.ours-'));
  expect(existsSync(left)).toBe(false);
  expect(readdirSync(taken, { recursive: true })).toEqual(['below', 'below/file']);
});

test('files, and empty folders of a process that was killed before it made the mark, are cleared', async () => {
  await using dir = await tempDir();
  mkdirSync(join(dir.path, '.ours-1'));
  writeFileSync(join(dir.path, '.ours-2'), '');
  for (const name of readdirSync(dir.path)) age(join(dir.path, name));
  await clearLeftovers(dir.path, (name) => name.startsWith('.ours-'));
  expect(readdirSync(dir.path)).toEqual([]);
});

test('what has taken the place of a temporary folder is not removed instead of it', async () => {
  await using dir = await tempDir();
  const folder = await makeTemporary(join(dir.path, '.ours-'));
  renameSync(folder, join(dir.path, 'aside'));
  mkdirSync(folder);
  writeFileSync(join(folder, 'file'), '');
  await removeTemporary(folder);
  expect(readdirSync(folder)).toEqual(['file']);
});

test('what is written to a temporary folder goes there, whatever has taken its place', async () => {
  await using dir = await tempDir();
  const [folder, theirs] = [await makeTemporary(join(dir.path, '.ours-')), join(dir.path, 'theirs')];
  mkdirSync(theirs);
  const swap = () => {
    renameSync(folder, join(dir.path, 'aside'));
    symlinkSync(theirs, folder);
  };
  await inTemporary(folder, async (at) => {
    swap();
    writeFileSync(join(at, 'file'), '');
  });
  expect([readdirSync(theirs), readdirSync(join(dir.path, 'aside'))]).toEqual([
    [],
    ['.buildcache-temporary', 'file'],
  ]);
  await expect(inTemporary(folder, async () => 'used')).rejects.toThrow();
  await expect(inTemporary(theirs, async () => 'used')).rejects.toThrow('taken the place');
});
