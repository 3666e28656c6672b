import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type InstallTree, readInstallTree } from '../../src/tree/install-tree.ts';
import { packSpec } from '../../src/tree/pack-spec.ts';
import { growingTree } from '../entry/autopush-tree.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';

let dir: TempDir;
beforeEach(async () => {
  dir = await tempDir();
});
afterEach(() => dir[Symbol.asyncDispose]());

/** What becomes of a spec: the archive's digest, and its build info. */
async function packed(tree: InstallTree, name: string, graph = tree) {
  const spec = [...tree.nodes.values()].find((node) => node.name === name);
  if (spec === undefined) throw new Error(`there is no ${name}`);
  const made = await packSpec(tree, spec, { graph, spackPrefix: '/spack', spoolDir: dir.path });
  const text = gunzipSync(readFileSync(made.file)).toString('latin1');
  const info = /^\{sbang_install_path: .*\}$/m.exec(text.replaceAll('\0', '\n'))?.[0] ?? '';
  const field = (key: string) => new RegExp(`${key}: (\\[[^\\]]*\\]|[^,]*)`).exec(info)?.[1] ?? '';
  return { digest: made.tarSha256, info, field };
}

/** Adds a script that names the tree's sbang and nothing else. */
function addScript(tree: InstallTree, name: string): void {
  const node = [...tree.nodes.values()].find((each) => each.name === name);
  const bin = join(tree.prefixOf(node?.hash ?? '') ?? '', 'bin');
  writeFileSync(join(bin, 'script'), `#!/bin/sh ${tree.sbangPath}\n`);
}

test('through a link to the root nothing else is packed than under its own name', async () => {
  const real = join(dir.path, 'real/store');
  await (await growingTree(real)).add({ 'gcc-runtime': 'built' });
  symlinkSync(dirname(real), join(dir.path, 'link'));
  const tree = await readInstallTree(real);
  addScript(tree, 'gcc-runtime');
  const direct = await packed(tree, 'gcc-runtime');
  const linked = await packed(await readInstallTree(join(dir.path, 'link/store')), 'gcc-runtime');
  expect(linked.digest).toBe(direct.digest);
  expect(linked.field('relocate_textfiles')).toBe('[bin/script]');
  expect(linked.field('buildpath')).toBe(real);
});

test('of a padded tree the build info has the root with its padding, and sbang without it', async () => {
  const word = '__spack_path_placeholder__';
  const root = join(dir.path, word, word, '__spack_path_');
  await (await growingTree(root)).add({ 'gcc-runtime': 'built' });
  const tree = await readInstallTree(dir.path);
  addScript(tree, 'gcc-runtime');
  const { field } = await packed(tree, 'gcc-runtime');
  expect(field('buildpath')).toBe(root);
  expect(field('sbang_install_path')).toBe(join(dir.path, 'bin/sbang'));
  expect(field('relative_prefix')).toMatch(/^linux-x86_64_v3\/gcc-runtime-12\.2\.0-\w+$/);
  expect(field('relocate_textfiles')).toBe('[bin/script]');
});

test('prefixes of dependencies are those of the upstream; a spec of it is packed as it would be there', async () => {
  const [up, down] = [join(dir.path, 'up'), join(dir.path, 'down')];
  const grown = await growingTree(up);
  await grown.add({ 'gcc-runtime': 'built', 'zlib-toy': 'built' });
  await (await growingTree(down)).add({ libtoy: 'built' });
  const upstreams = [{ name: 'site', root: up }];
  const tree = await readInstallTree({ root: down, unpaddedRoot: down, upstreams });
  const own = await packed(tree, 'libtoy');
  expect(own.field('buildpath')).toBe(down);
  const zlib = `linux-x86_64_v3/zlib-toy-1.3.1-${grown.hashOf('zlib-toy')}`;
  expect(own.info).toContain(`${grown.hashOf('zlib-toy')}: ${up}/${zlib}`);
  const theirs = await packed(tree, 'zlib-toy');
  expect(theirs.digest).toBe((await packed(await readInstallTree(up), 'zlib-toy')).digest);
  const alone = await readInstallTree(down);
  await expect(packed(alone, 'libtoy', tree)).rejects.toMatchObject({
    code: 'not-found',
    facts: { hint: expect.stringContaining('upstreams:') },
  });
});

test('a prefix that is not in the tree is not packed, even if it is there', async () => {
  const before = await growingTree(join(dir.path, 'before'));
  await before.add({ 'gcc-runtime': 'built' });
  const root = join(dir.path, 'after');
  mkdirSync(root);
  renameSync(join(before.root, '.spack-db'), join(root, '.spack-db'));
  await expect(packed(await readInstallTree(root), 'gcc-runtime')).rejects.toMatchObject({
    code: 'not-found',
    facts: { expected: `a prefix below ${root}`, found: expect.stringContaining(before.root) },
  });
});
