import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { indexManifestKey, openLayout3, specManifestKey } from '../../../src/cache/layouts/layout3.ts';
import { openFileStorage } from '../../../src/storage/file/file.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { built, FIXTURES, fixtureGraph } from '../mirror-fixture.ts';

const specs = built(fixtureGraph('1.2'));

test('keys are where Spack puts them', () => {
  const expected = JSON.parse(readFileSync(path.join(FIXTURES, 'spack-1.2/expected/specs.json'), 'utf8'));
  for (const spec of specs) expect(specManifestKey(spec)).toBe(expected[spec.hash].manifest_path);
  expect(indexManifestKey(undefined)).toBe('v3/manifests/index/index.manifest.json');
  expect(indexManifestKey('v')).toBe('v3/manifests/index/v/index.manifest.json');
  // A git version may have a slash, and nobody may leave the folder with one.
  const hostile = { name: 'x', version: '../../git.a/b', hash: 'a'.repeat(32) };
  expect(specManifestKey(hostile)).toBe(
    `v3/manifests/spec/x/x-.._.._git.a_b-${'a'.repeat(32)}.spec.manifest.json`,
  );
});

test.each(['signed', 'unsigned'])('the %s fixture: entries, index, marker', async (kind) => {
  const storage = openFileStorage(path.join(FIXTURES, `spack-1.2/mirror-${kind}`));
  const reader = openLayout3(storage, undefined);
  for (const spec of specs) {
    const entry = await reader.read(spec);
    expect(entry).toMatchObject({ signed: kind === 'signed' });
    for (const blob of [entry?.tarball, entry?.spec]) {
      expect((await storage.head(blob?.key ?? ''))?.size).toBe(blob?.size);
    }
  }
  expect(await reader.isMarked()).toBe(true);
  const index = await reader.findIndex();
  expect((await storage.head(index?.key ?? ''))?.size).toBe(index?.size);
  expect(await openLayout3(storage, 'other').findIndex()).toBeUndefined();
});

test('a manifest without a tarball is incomplete, not an entry', async () => {
  await using dir = await tempDir();
  const [spec] = specs;
  if (spec === undefined) return expect.unreachable();
  const file = path.join(dir.path, specManifestKey(spec));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '{"version":3,"data":[]}');
  const reader = openLayout3(openFileStorage(dir.path), undefined);
  await expect(reader.has(spec)).rejects.toMatchObject({ code: 'bad-input' });
});

test('behind a link that leads nowhere may be entries: a manifest is listed, and a folder is an error', async () => {
  await using dir = await tempDir();
  const keys = specs.slice(0, 2).map(specManifestKey);
  const [hidden = '', seen = ''] = keys.map((key) => path.join(dir.path, key));
  for (const file of [hidden, seen]) mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(seen, '{}');
  symlinkSync('nowhere', hidden);
  symlinkSync('nowhere', path.join(path.dirname(seen), 'notes'));
  const reader = openLayout3(openFileStorage(dir.path), undefined);
  const listed = async () => {
    const found: string[] = [];
    for await (const { key } of reader.list?.() ?? []) found.push(key);
    return found.sort();
  };
  expect(await listed()).toEqual(keys.toSorted());
  symlinkSync('nowhere', path.join(dir.path, 'v3/manifests/spec/away'));
  await expect(listed()).rejects.toMatchObject({
    code: 'io',
    message: expect.stringMatching(/leads nowhere/),
  });
});
