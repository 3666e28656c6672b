import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openIndexStore } from '../../../src/cache/index/store.ts';
import { sha256 } from '../../../src/core/digest.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const TEXT = Buffer.from('an index');
const LOCATION = { key: 'k', sha256: sha256(TEXT), size: 8, etag: undefined, compression: 'none' } as const;

async function keep(folder: string): Promise<string> {
  const writer = await openIndexStore(folder).write();
  await writer.write(TEXT.subarray(0, 3));
  await writer.write(TEXT.subarray(3));
  await writer.commit(sha256(TEXT));
  await writer.discard();
  return sha256(TEXT);
}

test('what was kept is read again, also by another process', async () => {
  await using dir = await tempDir();
  const folder = join(dir.path, 'made');
  expect(await openIndexStore(folder).recall('m')).toBeUndefined();
  const document = await keep(folder);
  await openIndexStore(folder).remember('m', LOCATION, document);
  const store = openIndexStore(folder);
  const remembered = await store.recall('m');
  expect(remembered).toMatchObject({ location: LOCATION, document });
  expect(remembered?.age).toBeLessThan(10_000);
  expect(Buffer.concat((await (await store.read(document))?.text.toArray()) ?? [])).toEqual(TEXT);
  expect(await store.recall('another')).toBeUndefined();
  expect(await store.read('0'.repeat(64))).toBeUndefined();
});

test('what was not committed leaves nothing', async () => {
  await using dir = await tempDir();
  const writer = await openIndexStore(dir.path).write();
  await writer.write(TEXT);
  await writer.discard();
  expect(readdirSync(dir.path)).toEqual([]);
});

test('a clock set back does not make an old answer fresh', async () => {
  await using dir = await tempDir();
  const store = openIndexStore(dir.path);
  await store.remember('m', LOCATION, sha256(TEXT));
  const [name = ''] = readdirSync(dir.path);
  const tomorrow = new Date(Date.now() + 86_400_000);
  utimesSync(join(dir.path, name), tomorrow, tomorrow);
  expect((await store.recall('m'))?.age).toBeGreaterThan(80_000_000);
});

test('what nobody has used for a month goes, and nothing that is not ours', async () => {
  await using dir = await tempDir();
  const old = join(dir.path, `${'0'.repeat(64)}.index`);
  writeFileSync(old, '');
  const theirs = ['notes.txt', `${'0'.repeat(63)}.index`, '.tmp-mine', 'mirror-list.json'];
  for (const name of theirs) writeFileSync(join(dir.path, name), 'mine');
  const then = new Date(Date.now() - 31 * 86_400_000);
  for (const file of [old, ...theirs.map((name) => join(dir.path, name))]) utimesSync(file, then, then);
  const document = await keep(dir.path);
  expect(existsSync(old)).toBe(false);
  expect(readdirSync(dir.path)).toEqual(expect.arrayContaining(theirs));
  expect(
    await openIndexStore(dir.path)
      .read(document)
      .then((file) => file?.text.destroy()),
  ).toBeDefined();
});

test('what is no file reads as nothing, and is not waited for', async () => {
  await using dir = await tempDir();
  const store = openIndexStore(dir.path);
  const digest = 'a'.repeat(64);
  symlinkSync('/dev/ptmx', join(dir.path, `${digest}.index`));
  symlinkSync('/dev/zero', join(dir.path, `${'b'.repeat(64)}.index`));
  expect(await store.read(digest)).toBeUndefined();
  expect(await store.openDocument('b'.repeat(64))).toBeUndefined();
});

test('what a killed process has begun to write goes after a day', async () => {
  await using dir = await tempDir();
  const begun = ['.tmp-1-2-3', `mirror-${'0'.repeat(32)}.json.7.tmp`];
  const young = '.tmp-4-5-6';
  const theirs = ['.tmp-mine', `mirror-${'0'.repeat(32)}.json.x.tmp`];
  for (const name of [...begun, young, ...theirs]) writeFileSync(join(dir.path, name), '');
  const then = new Date(Date.now() - 2 * 86_400_000);
  for (const name of [...begun, ...theirs]) utimesSync(join(dir.path, name), then, then);
  await keep(dir.path);
  const left = readdirSync(dir.path);
  expect(left).toEqual(expect.arrayContaining([young, ...theirs]));
  expect(left.filter((name) => begun.includes(name))).toEqual([]);
});

test('where a pointer cannot be written, nothing of it is left', async () => {
  await using dir = await tempDir();
  const store = openIndexStore(dir.path);
  await store.remember('m', LOCATION, sha256(TEXT));
  const [name = ''] = readdirSync(dir.path);
  rmSync(join(dir.path, name));
  mkdirSync(join(dir.path, name, 'in the way'), { recursive: true });
  await expect(store.remember('m', LOCATION, sha256(TEXT))).rejects.toThrow();
  expect(readdirSync(dir.path)).toEqual([name]);
});
