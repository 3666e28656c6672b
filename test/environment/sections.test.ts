import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { environmentSections } from '../../src/environment/sections.ts';
import { tempDir } from '../harness/temp-dir.ts';

async function sections(files: Readonly<Record<string, string>>) {
  await using dir = await tempDir();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir.path, name)), { recursive: true });
    writeFileSync(join(dir.path, name), text);
  }
  const result = await environmentSections(dir.path, { STORE: '/st' });
  return { ...result, folder: dir.path };
}

test('maps are merged, the higher ones first; the nearer one wins', async () => {
  const { config, packages } = await sections({
    'spack.yaml':
      'spack:\n  include: [conf, more.yaml]\n  config:\n    install_tree: {projections: {zlib: z}}\n  packages:\n    all: {permissions: {read: group}}\n',
    'conf/config.yaml': 'config:\n  install_tree: {root: ./store, projections: {all: a, zlib: no}}\n',
    'conf/packages.yaml': 'packages:\n  all: {permissions: {read: world, write: group}}\n',
    'more.yaml': 'config: {install_tree: {root: /never}}\npackages: {zlib: {version: [1]}}\n',
  });
  expect(JSON.stringify(config)).toMatch(
    /^\{"install_tree":\{"projections":\{"zlib":"z","all":"a"\},"root":"\/.*\/conf\/store"\}\}$/,
  );
  expect(packages).toEqual({
    all: { permissions: { read: 'group', write: 'group' } },
    zlib: { version: [1] },
  });
});

test.each([
  ['config::', { install_tree: { projections: { a: 'x' } } }],
  ['config', { install_tree: { projections: { a: 'x', b: 'y' }, root: '/r' } }],
])('%s: takes from elsewhere as it says', async (key, expected) => {
  const { config } = await sections({
    'spack.yaml': `spack:\n  include: [c.yaml]\n  ${key}:\n    install_tree: {projections: {a: x}}\n`,
    'c.yaml': 'config: {install_tree: {root: /r, projections: {b: y}}}\n',
  });
  expect(config).toEqual(expected);
});

test('a map may replace what is below it', async () => {
  const { config } = await sections({
    'spack.yaml':
      'spack:\n  include: [c.yaml]\n  config:\n    install_tree:\n      projections::\n        a: x\n',
    'c.yaml': 'config: {install_tree: {root: /r, projections: {b: y}}}\n',
  });
  expect(config).toEqual({ install_tree: { projections: { a: 'x' }, root: '/r' } });
});

test('a projection for a range of versions keeps the colon of the range', async () => {
  const { config } = await sections({
    'spack.yaml':
      'spack:\n  include: [c.yaml]\n  config: {install_tree: {projections: {"hdf5@1.12:": new, "zlib::": z}}}\n',
    'c.yaml': 'config: {install_tree: {projections: {"hdf5@1.12": one, zlib: no}}}\n',
  });
  expect(config).toEqual({
    install_tree: { projections: { 'hdf5@1.12:': 'new', zlib: 'z', 'hdf5@1.12': 'one' } },
  });
});

test('a root in the older form starts at its file; variables are replaced there and in what else is a path', async () => {
  const { config, expand, folder } = await sections({
    'spack.yaml': 'spack: {config: {install_tree: $STORE/a}}',
  });
  expect(config).toEqual({ install_tree: '/st/a' });
  expect(expand('$env/x')).toBe(`${folder}/x`);
  const relative = await sections({ 'spack.yaml': 'spack: {config: {install_tree: store}}' });
  expect(relative.config).toEqual({ install_tree: `${relative.folder}/store` });
});

test("a root below another user's folder is not found in a folder of that name", async () => {
  const { config, expand } = await sections({
    'spack.yaml': 'spack: {config: {install_tree: {root: ~other/t}}}',
  });
  expect(config).toEqual({ install_tree: { root: '~other/t' } });
  expect(() => expand('~other/t')).toThrow(/~other, whose value is not known here/);
});

test('without a spack.yaml nothing is configured', async () => {
  expect(await sections({})).toMatchObject({
    config: undefined,
    packages: undefined,
    modules: undefined,
    notes: [],
  });
});
