import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLayout } from '../../../src/cache/oci/image-layout.ts';
import { sha256 } from '../../../src/core/digest.ts';
import { type Digest, digestOf } from '../../../src/storage/registry/reference.ts';
import type { RegistryReader } from '../../../src/storage/registry/registry.ts';
import { type TempDir, tempDir } from '../../harness/temp-dir.ts';

let dir: TempDir;
beforeEach(async () => {
  dir = await tempDir();
});
afterEach(async () => dir[Symbol.asyncDispose]());

const NAME = { tag: '1', full: undefined };
const document = (text: string) => {
  const bytes = Buffer.from(text);
  return { mediaType: 'application/json', digest: digestOf(bytes), bytes };
};

test.each([
  [
    'other content of the same size',
    (file: string, bytes: Buffer) =>
      writeFileSync(
        file,
        bytes.map((b) => b ^ 1),
      ),
  ],
  [
    'a link to a file of the same size',
    (file: string, bytes: Buffer) => {
      writeFileSync(join(dir.path, 'elsewhere'), bytes);
      symlinkSync(join(dir.path, 'elsewhere'), file);
    },
  ],
])('a folder that somebody has prepared with %s gets the right blobs', async (name, place) => {
  const folder = join(dir.path, name);
  const blobs = join(folder, 'blobs/sha256');
  mkdirSync(blobs, { recursive: true });
  writeFileSync(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  const [layer, base, config, manifest] = ['layer', 'base', '{"config":1}', '{"manifest":1}'].map(document);
  if (!layer || !base || !config || !manifest) throw new Error('none');
  for (const { digest, bytes } of [layer, base, config, manifest]) place(join(blobs, digest.slice(7)), bytes);

  const target = await openLayout(folder, NAME);
  const file = join(target.folder, 'made');
  writeFileSync(file, layer.bytes);
  await target.putLayer({ file, size: layer.bytes.length, sha256: sha256(layer.bytes) });
  const asked: Digest[] = [];
  const source = {
    blob: async (digest: Digest) => {
      asked.push(digest);
      return { key: digest, size: base.bytes.length, offset: 0, body: Readable.from([base.bytes]) };
    },
  } as unknown as RegistryReader;
  const takeBase = () => target.takeLayer(source, { ...base, size: base.bytes.length }, 'oci://base');
  await takeBase();
  await takeBase();
  expect(asked).toEqual([base.digest]);
  await target.finish(manifest, [{ architecture: 'amd64', config, manifest }]);
  await target.close();

  for (const { digest, bytes } of [layer, base, config, manifest]) {
    const blob = join(blobs, digest.slice(7));
    expect(readFileSync(blob)).toEqual(bytes);
    expect(lstatSync(blob).isFile()).toBe(true);
  }
  expect(readdirSync(folder).sort()).toEqual(['blobs', 'index.json', 'oci-layout']);
});

test('several may be named at the same time in a new folder, and each is there', async () => {
  const folder = join(dir.path, 'layout');
  const tags = ['a', 'b', 'c', 'd', 'e', 'f'];
  await Promise.all(
    tags.map(async (tag) => {
      const target = await openLayout(folder, { tag, full: undefined });
      await target.finish(document(tag), []);
      await target.close();
    }),
  );
  const { manifests } = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));
  const found = manifests.map((each: { annotations: object }) => Object.values(each.annotations)[0]);
  expect(found.sort()).toEqual(tags);
  expect(readdirSync(folder).sort()).toEqual(['blobs', 'index.json', 'oci-layout']);
});

test('a folder whose making was killed is one', async () => {
  const folder = join(dir.path, 'layout');
  mkdirSync(folder);
  writeFileSync(join(folder, 'oci-layout.1.00000000.tmp'), '');
  await (await openLayout(folder, NAME)).close();
  expect(readdirSync(folder)).toContain('oci-layout');
});
