import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readTreeConfiguration } from '../../../src/entry/shared/install-tree-settings.ts';
import { type TempDir, tempDir } from '../../harness/temp-dir.ts';

let dir: TempDir;
beforeEach(async () => {
  dir = await tempDir();
});
afterEach(() => dir[Symbol.asyncDispose]());

const read = (store: string | undefined, env = {}, otherwise?: string) =>
  readTreeConfiguration(dir.path, store, { env, cwd: '/work', otherwise });
const rootOf = async (...args: Parameters<typeof read>) => (await read(...args)).settings.root;

test("the root: what the user names, then what is configured, then Spack's own, then what the host has", async () => {
  await expect(read(undefined)).rejects.toMatchObject({ code: 'usage' });
  expect(await rootOf(undefined, {}, '/tools/spack')).toBe('/tools/spack');
  expect(await rootOf(undefined, { SPACK_ROOT: '/spack' }, '/tools/spack')).toBe('/spack/opt/spack');
  writeFileSync(join(dir.path, 'spack.yaml'), 'spack:\n  config:\n    install_tree: {root: tree}\n');
  expect(await rootOf(undefined, { SPACK_ROOT: '/spack' }, '/tools/spack')).toBe(join(dir.path, 'tree'));
  expect(await rootOf('sub', { SPACK_ROOT: '/spack' })).toBe('/work/sub');
});

test("Spack's own is also that of the spack on the PATH, which a wrapper is not", async () => {
  mkdirSync(join(dir.path, 'spack/lib/spack/spack'), { recursive: true });
  for (const folder of ['spack/bin', 'wrapper/bin', 'links'])
    mkdirSync(join(dir.path, folder), { recursive: true });
  writeFileSync(join(dir.path, 'spack/bin/spack'), '');
  writeFileSync(join(dir.path, 'wrapper/bin/spack'), '');
  symlinkSync('../spack/bin/spack', join(dir.path, 'links/spack'));
  const onPath = (...folders: string[]) => ({ PATH: folders.map((name) => join(dir.path, name)).join(':') });
  const own = join(dir.path, 'spack/opt/spack');
  expect(await rootOf(undefined, onPath('none', 'wrapper/bin', 'spack/bin'), '/tools')).toBe(own);
  expect(await rootOf(undefined, onPath('links'), '/tools')).toBe(own);
  expect(await rootOf('$spack/store', onPath('links'))).toBe(join(dir.path, 'spack/store'));
  expect(await rootOf(undefined, onPath('wrapper/bin'), '/tools')).toBe('/tools');
  expect(await rootOf(undefined, { PATH: ':.:spack/bin' }, '/tools')).toBe('/tools');
  expect(await rootOf(undefined, { ...onPath('links'), SPACK_ROOT: '/spack' })).toBe('/spack/opt/spack');
});

test('a named root may be written as Spack reads paths', async () => {
  const env = { HOME: '/home/me', SPACK_ROOT: '/spack', WORK: '/scratch' };
  expect(await rootOf('~/store', env)).toBe('/home/me/store');
  expect(await rootOf('$spack/../store', env)).toBe('/store');
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is how it is written
  expect(await rootOf('${WORK}/store', env)).toBe('/scratch/store');
  expect(await rootOf('$env/store')).toBe(join(dir.path, 'store'));
});

test('what the configuration says of another tree does not matter where one is named', async () => {
  const spack = { config: { install_tree: { root: '$spack/../s' } } };
  writeFileSync(join(dir.path, 'spack.yaml'), JSON.stringify({ spack }));
  expect(await rootOf('/store')).toBe('/store');
  await expect(read(undefined)).rejects.toMatchObject({ code: 'usage', facts: { hint: 'set SPACK_ROOT' } });
  expect(await rootOf(undefined, { SPACK_ROOT: '/a/spack' })).toBe('/a/s');
});

test('padding and upstreams come from what is included too, relative to where they stand', async () => {
  mkdirSync(join(dir.path, 'site'));
  const yaml = 'spack:\n  include: [site]\n  config: {install_tree: {root: tree}}\n';
  writeFileSync(join(dir.path, 'spack.yaml'), `${yaml}  upstreams: {own: {install_tree: ./own}}\n`);
  writeFileSync(
    join(dir.path, 'site/config.yaml'),
    'config: {install_tree: {root: /other, padded_length: 4}}\n',
  );
  const upstreams = 'upstreams: {site: {install_tree: ../up}, own: {install_tree: /not/this}}\n';
  writeFileSync(join(dir.path, 'site/upstreams.yaml'), upstreams);
  const { settings } = await read(undefined);
  expect(settings.unpaddedRoot).toBe(join(dir.path, 'tree'));
  expect(settings.notes).toEqual([expect.stringContaining('cannot pad')]);
  expect(settings.upstreams).toEqual([
    { name: 'own', root: join(dir.path, 'own') },
    { name: 'site', root: join(dir.path, 'up') },
  ]);
});

test("prefix inspections: over Spack's, or with a mark instead of them", async () => {
  const inspections = async (yaml: string) => {
    const text = `spack:\n  include: [more.yaml]\n  modules:\n    ${yaml}\n`;
    writeFileSync(join(dir.path, 'spack.yaml'), text);
    return (await read('/store')).inspections;
  };
  writeFileSync(
    join(dir.path, 'more.yaml'),
    'modules:\n  prefix_inspections:\n    ./bin: [PATH, INCLUDED]\n    ./doc: [DOCS]\n',
  );
  const merged = await inspections('prefix_inspections: {./bin: [TOOLS, PATH]}');
  expect([merged.get('./bin'), merged.get('./doc')]).toEqual([['TOOLS', 'PATH', 'INCLUDED'], ['DOCS']]);
  expect(merged.get('./')).toEqual(['CMAKE_PREFIX_PATH']);
  expect((await inspections('prefix_inspections: {"./bin:": [TOOLS]}')).get('./bin')).toEqual(['TOOLS']);
  const instead = await inspections('"prefix_inspections:": {./bin: [TOOLS]}');
  expect([...instead]).toEqual([['./bin', ['TOOLS']]]);
  await expect(inspections('prefix_inspections: {./bin: PATH}')).rejects.toMatchObject({ code: 'bad-input' });
});
