import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeFile, writeWholeFile } from '../../src/core/write-file.ts';
import { tempDir } from '../harness/temp-dir.ts';

test('whole, in folders that are made, over what was there; nothing else is left', async () => {
  await using dir = await tempDir();
  const file = join(dir.path, 'a/b/c.json');
  await writeWholeFile(file, 'one');
  await writeWholeFile(file, 'two');
  expect(readFileSync(file, 'utf8')).toBe('two');
  expect(readdirSync(join(dir.path, 'a/b'))).toEqual(['c.json']);
  await removeFile(file);
  await removeFile(file);
  expect(readdirSync(join(dir.path, 'a/b'))).toEqual([]);
});

test('where it cannot be written: an error that names it, and no leftovers', async () => {
  await using dir = await tempDir();
  mkdirSync(join(dir.path, 'folder'));
  await expect(writeWholeFile(join(dir.path, 'folder'), 'x')).rejects.toMatchObject({
    facts: { file: join(dir.path, 'folder') },
  });
  writeFileSync(join(dir.path, 'file'), '');
  await expect(writeWholeFile(join(dir.path, 'file/x'), 'x')).rejects.toMatchObject({
    name: 'BuildcacheError',
  });
  expect(readdirSync(dir.path).sort()).toEqual(['file', 'folder']);
});

test('what killed processes have left of writing it is cleared away when it is a day old, and nothing else', async () => {
  await using dir = await tempDir();
  const young = 'a.json.1.0123abcd.tmp';
  const others = [
    'a.json.1.0123abcd.tmp.x',
    'a.json.bak.tmp',
    'b.json.1.0123abcd.tmp',
    'xa.json.1.0123abcd.tmp',
  ];
  const old = ['a.json.7.89abcdef.tmp', ...others];
  for (const name of [young, ...old]) writeFileSync(join(dir.path, name), '');
  for (const name of old) utimesSync(join(dir.path, name), 0, 0);
  await writeWholeFile(join(dir.path, 'a.json'), 'x');
  expect(readdirSync(dir.path).sort()).toEqual(['a.json', young, ...others].sort());
});
