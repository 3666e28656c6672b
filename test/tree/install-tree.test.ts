import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeError } from '../../src/core/errors.ts';
import { emptyTree, readInstallTree } from '../../src/tree/install-tree.ts';
import { withoutPadding } from '../../src/tree/tree-root.ts';
import { growingTree } from '../entry/autopush-tree.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { pushable, TOY_ROOT, unpackToyStore } from './toy-store.ts';

const WORD = '__spack_path_placeholder__';

let dir: TempDir;
beforeEach(async () => {
  dir = await tempDir();
});
afterEach(() => dir[Symbol.asyncDispose]());

/** What reading a tree fails with, for a person. */
const failure = (root: string) => readInstallTree(root).then(() => 'nothing', describeError);

describe('readInstallTree', () => {
  it('reads what is installed and where, from another place if need be', async () => {
    const tree = await unpackToyStore(dir.path);
    expect(tree.root).toBe(TOY_ROOT);
    expect(tree.sbangPath).toBe('/opt/toy/store/bin/sbang');
    expect(pushable(tree)).toHaveLength(6);
    const app = pushable(tree).find(({ name }) => name === 'toyapp');
    const prefix = tree.prefixOf(app?.hash ?? '') ?? '';
    expect(prefix).toBe(`${TOY_ROOT}/linux-x86_64_v3/toyapp-1.0-${app?.hash}`);
    expect(tree.filesOf(prefix)).toBe(join(dir.path, `linux-x86_64_v3/toyapp-1.0-${app?.hash}`));
    expect(tree.prefixOf('a'.repeat(32))).toBeUndefined();
    expect(tree.notes).toEqual([]);
  });

  it('says so where there is no install tree, or a broken one', async () => {
    const none = join(dir.path, 'none');
    expect(await failure(none)).toContain(`${none}: there is no install tree: no such folder`);
    await expect(readInstallTree(dir.path)).rejects.toMatchObject({
      code: 'not-found',
      message: 'there is no install database: this is not an install tree',
      facts: { hint: expect.stringContaining('--store') },
    });
    const file = join(dir.path, 'file');
    writeFileSync(file, '');
    await expect(readInstallTree(file)).rejects.toMatchObject({ code: 'bad-input', facts: { file } });
    mkdirSync(join(dir.path, '.spack-db/index.json'), { recursive: true });
    await expect(readInstallTree(dir.path)).rejects.toMatchObject({ code: 'io' });
    mkdirSync(join(none, '.spack-db'), { recursive: true });
    writeFileSync(join(none, '.spack-db/index.json'), '{"database":');
    await expect(readInstallTree(none)).rejects.toMatchObject({ code: 'bad-input' });
    mkdirSync(join(dir.path, 'odd'));
    writeFileSync(join(dir.path, 'odd/.spack-db'), '');
    expect(await failure(join(dir.path, 'odd'))).toContain(
      'odd/.spack-db: not a folder, and so no install tree',
    );
  });

  it('names a tree nearby where there is none', async () => {
    const spack = join(dir.path, 'spack');
    await (await growingTree(join(spack, 'opt/spack'))).add({ 'gcc-runtime': 'built' });
    const hint = `There is one at ${spack}/opt/spack: name that if it is meant`;
    for (const place of [spack, join(spack, 'opt/spack/linux'), join(spack, 'opt/spack', WORD)]) {
      expect(await failure(place), place).toContain(hint);
    }
  });
});

describe('a padded tree', () => {
  it('is found by its root without the padding, and its sbang is not below the padding', async () => {
    const padded = join(dir.path, WORD, WORD, '__spack_pa');
    await (await growingTree(padded)).add({ 'gcc-runtime': 'built' });
    for (const root of [dir.path, padded]) {
      const tree = await readInstallTree(root);
      expect(tree).toMatchObject({ root: padded, unpaddedRoot: dir.path, notes: [] });
      expect(tree.sbangPath).toBe(join(dir.path, 'bin/sbang'));
    }
  });

  it('is not looked for where the root has a database; of several one must be named', async () => {
    const trees = [join(dir.path, WORD, '__sp'), join(dir.path, WORD, `${WORD}_`)];
    for (const root of trees) await (await growingTree(root)).add({ 'gcc-runtime': 'built' });
    await expect(readInstallTree(dir.path)).rejects.toMatchObject({
      code: 'usage',
      facts: { found: trees.map(({ length }) => `one of ${length} characters`).join(', ') },
    });
    await (await growingTree(dir.path)).add({ 'gcc-runtime': 'built' });
    expect((await readInstallTree(dir.path)).root).toBe(dir.path);
  });
});

describe('a root through a symbolic link', () => {
  it('is spelled as the database has it, padding included', async () => {
    const real = join(dir.path, 'real/store');
    await (await growingTree(real)).add({ 'gcc-runtime': 'built' });
    symlinkSync(join(dir.path, 'real'), join(dir.path, 'link'));
    const tree = await readInstallTree(join(dir.path, 'link/store'));
    expect(tree).toMatchObject({ root: real, sbangPath: join(real, 'bin/sbang'), elsewhere: [], notes: [] });

    const word = join(dir.path, 'real/padded', WORD, '_');
    await (await growingTree(word)).add({ 'gcc-runtime': 'built' });
    const place = {
      root: join(dir.path, 'link/padded', WORD, '_'),
      unpaddedRoot: join(dir.path, 'link/padded'),
      upstreams: [],
    };
    expect(await readInstallTree(place)).toMatchObject({
      root: word,
      unpaddedRoot: join(dir.path, 'real/padded'),
    });
  });

  it('is spelled for each prefix as that is, where a tree was used under both names', async () => {
    const real = join(dir.path, 'real');
    const grown = await growingTree(real);
    await grown.add({ 'gcc-runtime': 'built', toymake: 'built' });
    const link = join(dir.path, 'link');
    symlinkSync(real, link);
    const database = join(real, '.spack-db/index.json');
    const text = readFileSync(database, 'utf8');
    writeFileSync(
      database,
      text.replace(`${real}/linux-x86_64_v3/toymake`, `${link}/linux-x86_64_v3/toymake`),
    );
    for (const root of [real, link]) {
      const tree = await readInstallTree(root);
      expect(tree).toMatchObject({ root, elsewhere: [] });
      expect(tree.placeOf(grown.hashOf('gcc-runtime'))?.root).toBe(real);
      expect(tree.placeOf(grown.hashOf('toymake'))?.root).toBe(link);
    }
  });
});

it('says so of a tree that was moved, and knows no place for what it holds', async () => {
  const grown = await growingTree(join(dir.path, 'before'));
  await grown.add({ 'gcc-runtime': 'built', toymake: 'built' });
  const root = join(dir.path, 'after');
  renameSync(grown.root, root);
  const tree = await readInstallTree(root);
  const hash = grown.hashOf('toymake');
  const start = `the database of ${root} has 2 prefixes elsewhere, as ${grown.root}/linux-x86_64_v3/`;
  expect(tree.notes).toEqual([expect.stringContaining(start)]);
  expect(tree.notes[0]).toContain('or put the tree back there');
  expect(tree.elsewhere).toHaveLength(2);
  expect(tree.placeOf(hash)).toBeUndefined();
});

describe('upstreams', () => {
  const up = () => join(dir.path, 'up');
  const down = () => join(dir.path, 'down');
  const place = (...upstreams: [string, string][]) => ({
    root: down(),
    unpaddedRoot: down(),
    upstreams: upstreams.map(([name, root]) => ({ name, root })),
  });

  it('know what the tree does not; what it has a record of itself counts, even if it is not installed', async () => {
    const first = await growingTree(up());
    await first.add({ 'gcc-runtime': 'built', 'zlib-toy': 'built', libtoy: 'built' });
    await (await growingTree(down())).add({ toyapp: 'built', libtoy: 'uninstalled' });
    const last = join(dir.path, 'last');
    await (await growingTree(last)).add({ 'zlib-toy': 'built', toymake: 'built' });
    const tree = await readInstallTree(place(['first', up()], ['last', last]));
    const at = (name: string) => {
      const hash = first.hashOf(name);
      return [tree.placeOf(hash)?.root, tree.recordOf(hash)?.installed, tree.nodes.has(hash)];
    };
    expect(at('toyapp')).toEqual([down(), true, true]);
    expect(at('zlib-toy')).toEqual([up(), true, true]);
    expect(at('toymake')).toEqual([last, true, true]);
    expect(at('libtoy')).toEqual([down(), false, true]);
    expect(at('toypy')).toEqual([undefined, undefined, false]);
    expect(tree.records.has(first.hashOf('zlib-toy'))).toBe(false);
    expect(dirname(tree.prefixOf(first.hashOf('zlib-toy')) ?? '')).toBe(join(up(), 'linux-x86_64_v3'));
    const empty = await emptyTree({ ...place(['first', up()]), root: '/none', unpaddedRoot: '/none' });
    expect(empty.recordOf(first.hashOf('zlib-toy'))?.installed).toBe(true);
  });

  it('that are not there, the tree itself, or there already are passed over, and it is said', async () => {
    await (await growingTree(down())).add({ toyapp: 'built' });
    const padded = join(up(), WORD);
    await (await growingTree(padded)).add({ 'zlib-toy': 'built' });
    symlinkSync(down(), join(dir.path, 'loop'));
    const tree = await readInstallTree(
      place(
        ['gone', '/nowhere/store'],
        ['unpadded', up()],
        ['loop', join(dir.path, 'loop')],
        ['ours', padded],
        ['again', padded],
      ),
    );
    expect(tree.upstreams.map(({ root }) => root)).toEqual([padded]);
    expect(tree.notes).toEqual([
      'the upstream gone is missing: no install database in /nowhere/store (see upstreams: in spack.yaml)',
      `the upstream unpadded is missing: no install database in ${up()} (name it with its padding: ${padded})`,
      `the upstream loop is this install tree itself, and is passed over: ${join(dir.path, 'loop')}`,
      `the upstream again is there already, and is passed over: ${padded}`,
    ]);
  });

  it('that cannot be read are an error: what they hold is not known', async () => {
    await (await growingTree(down())).add({ toyapp: 'built' });
    mkdirSync(join(up(), '.spack-db'), { recursive: true });
    const file = join(up(), '.spack-db/index.json');
    writeFileSync(file, '[]');
    await expect(readInstallTree(place(['broken', up()]))).rejects.toMatchObject({
      code: 'bad-input',
      facts: { file },
    });
  });
});

describe('withoutPadding', () => {
  it.each([
    ['/opt/store', '/opt/store'],
    [`/opt/store/${WORD}/${WORD}/__spack_path_pl`, '/opt/store'],
    [`/opt/store/${WORD}/${WORD}_`, '/opt/store'],
    [`/opt/store/${WORD}`, '/opt/store'],
    ['/opt/store/__spack_pa', '/opt/store'],
    [`/opt/${WORD}/store`, `/opt/${WORD}/store`],
    ['/opt/store/_', '/opt/store/_'],
  ])('%s', (root, unpadded) => {
    expect(withoutPadding(root)).toBe(unpadded);
  });
});
