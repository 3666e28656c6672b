import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { readDatabase } from '../../src/spec/database.ts';
import { specEmitter } from '../../src/spec/emit-spec.ts';
import { readLockfile } from '../../src/spec/lockfile.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import { readInstallTree } from '../../src/tree/install-tree.ts';
import { whyNotItsSpec } from '../../src/tree/same-spec.ts';
import { FIXTURES, fixtureGraph, type SpackVersion } from '../cache/mirror-fixture.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { unpackStore } from '../package/store-fixture.ts';

let dir: Awaited<ReturnType<typeof tempDir>>;
beforeEach(async () => {
  dir = await tempDir();
});
afterEach(() => dir[Symbol.asyncDispose]());

test.each<SpackVersion>(['0.23', '1.2'])(
  'every prefix that Spack %s built is what its lockfile says',
  async (version) => {
    const { root } = unpackStore(version, join(dir.path, 'store'));
    const tree = await readInstallTree(
      { root, unpaddedRoot: root, upstreams: [] },
      { readFrom: join(dir.path, 'store') },
    );
    const { nodes } = fixtureGraph(version);
    const own = [...tree.records].filter(
      ([, { node, installed }]) => installed && node.external === undefined,
    );
    expect(own.length).toBeGreaterThan(4);
    for (const [hash] of own) {
      expect(await whyNotItsSpec(tree, hash, nodes)).toBeUndefined();
      expect(await whyNotItsSpec(tree, hash, tree.nodes)).toBeUndefined();
    }
  },
);

test('the prefixes of Spack 1.3 are, too', async () => {
  const folder = join(dir.path, 'store');
  mkdirSync(folder);
  execFileSync('tar', ['-xzf', join(FIXTURES, 'spack-1.3/store.tar.gz'), '-C', folder]);
  const { records } = readDatabase(readFileSync(join(folder, '.spack-db/index.json'), 'utf8'), 'index.json');
  const root = [...records.values()]
    .find(({ path }) => path?.startsWith('/opt/') === true)
    ?.path?.split('/linux-')[0];
  const place = { root: root ?? '', unpaddedRoot: root ?? '', upstreams: [] };
  const tree = await readInstallTree(place, { readFrom: folder });
  const { nodes } = tree;
  const own = [...records].filter(([hash, { node }]) => node.external === undefined && nodes.has(hash));
  expect(own.length).toBeGreaterThan(4);
  for (const [hash] of own) expect(await whyNotItsSpec(tree, hash, nodes)).toBeUndefined();
});

test.each(['env-libtoy', 'env-toyapp'])('spliced specs are what the lockfile of %s says', async (name) => {
  const read = (file: string) => readFileSync(join(FIXTURES, 'spack-1.3/spliced', file), 'utf8');
  const { records } = readDatabase(read('database.json'), 'database.json');
  const { nodes } = readLockfile(read(`${name}/spack.lock`), 'spack.lock');
  const database = new Map([...records].map(([hash, { node }]) => [hash, node]));
  const tree = { nodes: database, prefixOf: () => undefined, filesOf: (path: string) => path };
  const known = [...nodes.keys()].filter((hash) => database.has(hash));
  expect(known.some((hash) => nodes.get(hash)?.buildSpec !== undefined)).toBe(true);
  for (const hash of known) expect(await whyNotItsSpec(tree, hash, nodes)).toBeUndefined();
});

describe('a prefix that somebody else has filled', () => {
  const { nodes } = fixtureGraph('1.2');
  const nodeOf = (name: string): SpecNode => {
    const found = [...nodes.values()].find((node) => node.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
  };
  const app = nodeOf('toyapp');
  const zlib = nodeOf('zlib-toy');

  /** A tree that says of every prefix what the document does. */
  function treeWith(document: string | undefined, inDatabase = nodes) {
    const prefix = join(dir.path, 'prefix');
    mkdirSync(join(prefix, '.spack'), { recursive: true });
    if (document !== undefined) writeFileSync(join(prefix, '.spack/spec.json'), document);
    return { nodes: inDatabase, prefixOf: () => prefix, filesOf: (path: string) => path };
  }
  const documentOf = ({ hash }: SpecNode) => specEmitter({ nodes }).installedDocument(hash);

  /** As nodes whose hash normally does not hold: nobody can recompute these. */
  const withTarget = (node: SpecNode, changes: Partial<SpecNode>) =>
    new Map([...nodes, [node.hash, { ...node, ...changes }]]);

  it('passes where it is what it should be', async () => {
    expect(await whyNotItsSpec(treeWith(documentOf(app)), app.hash, nodes)).toBeUndefined();
  });

  it.each<[string, () => string | undefined, RegExp]>([
    ['no spec file', () => undefined, /cannot be told.*no such file/],
    ['no spec in it', () => '{}', /cannot be told.*not a spec file/],
    ['another spec', () => documentOf(zlib), /says that it is zlib-toy@/],
    [
      'another version under the hash',
      () => documentOf(app).replace(`"version":"${app.version}"`, '"version":"9"'),
      /cannot be told.*does not give its DAG hash/,
    ],
  ])('is refused with %s', async (_, document, said) => {
    expect(await whyNotItsSpec(treeWith(document()), app.hash, nodes)).toMatch(said);
  });

  it('is refused where its spec file is something without an end', async () => {
    const tree = treeWith(undefined);
    symlinkSync('/dev/zero', join(tree.prefixOf(), '.spack/spec.json'));
    expect(await whyNotItsSpec(tree, app.hash, nodes)).toMatch(/cannot be told.*not a spec file/);
  });

  it.each<[string, Partial<SpecNode>]>([
    ['the version', { version: '9' }],
    ['the name', { name: 'evil' }],
    ['the target', { target: 'x86_64_v2' }],
    ['the operating system', { os: 'evil' }],
    ['the variants', { variants: new Map([['evil', true]]) }],
    ['the dependencies', { dependencies: [] }],
    ['the build spec', { buildSpec: { name: 'zlib-toy', hash: 'a'.repeat(32) } }],
  ])('is refused where the database says otherwise, of what is below too: %s', async (what, changes) => {
    const database = withTarget(zlib, changes);
    const said = await whyNotItsSpec(treeWith(documentOf(app), database), app.hash, nodes);
    expect(said).toMatch(new RegExp(`the database says otherwise than the lockfile: ${what} of`));
  });

  it('is refused where it says otherwise of a node whose hash nobody can recompute', async () => {
    const document = JSON.parse(documentOf(app));
    const below = document.spec.nodes.find(({ name }: { name: string }) => name === 'zlib-toy');
    below.arch.target = { name: 'skylake', vendor: 'GenuineIntel', features: [], generation: 0, parents: [] };
    const tree = treeWith(JSON.stringify(document));
    expect(await whyNotItsSpec(tree, app.hash, nodes)).toMatch(
      /its prefix says otherwise.*the target of zlib-toy/,
    );
  });

  it('is none where it is written with all features of its target, or by an older Spack', async () => {
    const document = JSON.parse(documentOf(app));
    for (const node of document.spec.nodes) {
      const { target } = node.arch;
      if (typeof target === 'string')
        node.arch.target = {
          name: target,
          vendor: 'generic',
          features: ['z', 'a'],
          generation: 0,
          parents: [],
        };
    }
    expect(await whyNotItsSpec(treeWith(JSON.stringify(document)), app.hash, nodes)).toBeUndefined();
  });
});
