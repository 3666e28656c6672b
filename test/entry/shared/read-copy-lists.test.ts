import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCopyLists } from '../../../src/entry/shared/read-copy-lists.ts';
import { type TempDir, tempDir } from '../../harness/temp-dir.ts';

let dir: TempDir;
let sizes: readonly number[];
beforeAll(async () => {
  dir = await tempDir();
  sizes = ['a', 'b', 'c'].map((letter) => {
    const hash = letter.repeat(32);
    const url = (mirror: string) => `file:///${mirror}/v3/manifests/spec/p/p-1-${hash}.spec.manifest.json`;
    const file = join(dir.path, `${letter}.json`);
    writeFileSync(file, JSON.stringify({ [hash]: { src: url('from'), dest: url('to') } }));
    return statSync(file).size;
  });
});
afterAll(() => dir[Symbol.asyncDispose]());

const sum = () => sizes.reduce((total, size) => total + size, 0);

test('as many lists are read as have no more bytes than the bound together', async () => {
  const lists = await readCopyLists(['*.json'], dir.path, false, sum());
  expect(lists.flatMap(({ items }) => items.map(({ hash }) => hash[0])).sort()).toEqual(['a', 'b', 'c']);
});

test('one byte more is refused, naming the list that is too many and what to do', async () => {
  await expect(readCopyLists(['*.json'], dir.path, false, sum() - 1)).rejects.toMatchObject({
    code: 'too-large',
    message: expect.stringContaining(`more than ${sum() - 1} bytes together`),
    facts: { file: join(dir.path, 'c.json'), hint: expect.stringContaining('another run') },
  });
});

test('a list that is too large by itself is said to be', async () => {
  await expect(readCopyLists(['a.json'], dir.path, false, 10)).rejects.toMatchObject({
    code: 'too-large',
    facts: { file: join(dir.path, 'a.json'), expected: 'at most 10 bytes' },
  });
});
