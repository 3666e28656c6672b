/**
 * opencv has a variant `1394`, and JavaScript puts such a key before all others: a lockfile, an install tree, a mirror
 * and an index with it, from end to end. The hashes are those of generate.ts, which knows nothing of our code.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  assertSound,
  folderDocuments,
  indexOf,
  listedHashes,
  publishedHashes,
} from '../cache/mirror-state.ts';
import { type GeneratedNode, generateEnvironment, preOrder } from '../harness/generate.ts';
import { generateMirror } from '../harness/generate-mirror.ts';
import { generateStore } from '../harness/generate-store.ts';
import { startRegistry } from '../harness/registry.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { runVerb } from './run-verb.ts';

const environment = generateEnvironment({
  specs: 12,
  variants: (i) => (i === 3 ? { 1394: true } : i === 11 ? { 1394: ['a', 'b'] } : {}),
});
const built = [...environment.nodes.values()].filter(({ external }) => external === undefined);
const hashes = new Set(built.map(({ hash }) => hash));
const has1394 = ({ parameters }: GeneratedNode) => '1394' in parameters;
const [opencv] = built.filter(({ parameters }) => parameters['1394'] === true);
/** Has nothing of the kind below it. */
const unrelated = built.find(({ hash }) => !preOrder(environment.nodes, hash).some(has1394));
if (opencv === undefined || unrelated === undefined) throw new Error('the graph is another');

let dir: TempDir;
let root: string;
beforeAll(async () => {
  dir = await tempDir();
  root = mkdtempSync('/tmp/bc-');
  writeFileSync(join(dir.path, 'spack.lock'), environment.lockfile);
  const mirrors = { ours: { url: './autopushed', signed: false, autopush: true } };
  writeFileSync(join(dir.path, 'spack.yaml'), JSON.stringify({ spack: { mirrors } }));
  await generateMirror(join(dir.path, 'mirror'), environment);
  generateStore(join(dir.path, 'store'), environment);
});
afterAll(async () => {
  rmSync(root, { recursive: true, force: true });
  await dir[Symbol.asyncDispose]();
});

const run = (...args: string[]) => runVerb(args, dir.path);
const at = (name: string) => join(dir.path, name);
const documents = (name: string) => folderDocuments(at(name));
const copy = async (name: string, options?: Parameters<typeof generateMirror>[2]) => {
  await generateMirror(at(name), environment, options);
  return at(name);
};
/** The order of keys in an index's record of opencv. */
const keysInIndex = (name: string) => {
  const [key] = [...documents(name).keys()].filter((each) => each.endsWith('index/index.manifest.json'));
  const digest = JSON.parse(readFileSync(join(at(name), key ?? ''), 'utf8')).data[0].checksum;
  const text = readFileSync(join(at(name), 'blobs/sha256', digest.slice(0, 2), digest), 'utf8');
  const record = text.slice(text.indexOf(`"${opencv.hash}":{"spec"`));
  return /"parameters":\{("1394":true,"build_system")/.exec(record)?.[1];
};

describe('a lockfile with a variant 1394', () => {
  it('is checked, in full', async () => {
    const ran = await run('check', '-m', at('mirror'), '--json', '-o', at('rebuild.json'));
    expect(ran).toMatchObject({ code: 0, err: '' });
    await copy('lacking', { present: (node) => node !== opencv });
    const found = await run('check', '-m', at('lacking'), '-o', at('rebuild.json'), '--verify', 'blobs');
    expect(found.code).toBe(1);
    const [mirror] = Object.values(JSON.parse(readFileSync(at('rebuild.json'), 'utf8'))) as [
      { rebuildSpecs: { short_spec: string; hash: string }[] },
    ];
    expect(mirror.rebuildSpecs).toMatchObject([
      {
        hash: opencv.hash,
        short_spec: expect.stringMatching(/^\S+@[\d.]+\+1394\S* build_system=/),
      },
    ]);
  });

  it.each(['+1394', '1394=true', '1394=*', `${opencv.name}+1394`])('is asked for %s', async (query) => {
    for (const index of [true, false]) {
      const mirror = await copy(`listed-${index}`, { index });
      const ran = await run('list', '-a', '-m', mirror, '--json', query);
      expect(ran).toMatchObject({ code: 0, err: '' });
      expect(ran.out).toContain(opencv.hash);
      expect(ran.out).not.toContain(unrelated.hash);
    }
  });

  it('has none that is ~1394', async () => {
    expect((await run('list', '-a', '-m', at('mirror'), '~1394')).out).not.toContain(opencv.hash.slice(0, 7));
  });
});

describe('an install tree with a variant 1394', () => {
  it('is pushed: what has nothing to do with it, and all of it', async () => {
    const push = (...args: string[]) =>
      run('push', at('pushed'), '--unsigned', '--store', at('store'), '--update-index', ...args);
    const one = await push('--only', 'package', `/${unrelated.hash}`);
    expect(one).toMatchObject({ code: 0, out: expect.stringContaining('1 pushed') });
    expect(publishedHashes(documents('pushed'))).toEqual(new Set([unrelated.hash]));
    const all = await push();
    expect(all).toMatchObject({ code: 0, out: expect.stringContaining('1 already there') });
    expect(listedHashes(documents('pushed'))).toEqual(hashes);
    assertSound(documents('pushed'));
    expect(keysInIndex('pushed')).toBeDefined();
  });

  it('is recorded, and autopushed', async () => {
    expect(await run('autopush', '--record', 'before.json', '--store', at('store'))).toMatchObject({
      code: 0,
    });
    const ran = await run('autopush', '--store', at('store'));
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining(`${built.length} pushed`) });
    expect(listedHashes(documents('autopushed'))).toEqual(hashes);
    assertSound(documents('autopushed'));
  });
});

describe('a mirror with a variant 1394', () => {
  it.each([[], ['--full']])('is indexed anew, its keys as they were %s', async (...full) => {
    const mirror = await copy('anew');
    const before = indexOf(documents('anew'));
    rmSync(join(mirror, 'v3/manifests/index'), { recursive: true });
    expect(await run('update-index', mirror, ...full)).toMatchObject({ code: 0, err: '' });
    expect(indexOf(documents('anew'))).toEqual(before);
    expect(keysInIndex('anew')).toBeDefined();
    expect((await run('update-index', mirror, ...full)).out).toContain('was right already');
  });

  it('is repaired without losing an entry', async () => {
    const mirror = await copy('repaired', { index: false });
    const ran = await run('check-index', mirror, '--unsigned', '--verify', 'all', '--repair', '--json');
    expect(JSON.parse(ran.out)).toMatchObject({
      exit_code: 0,
      right: true,
      problems: [],
      repair: { removed: [], problems: [] },
    });
    expect(publishedHashes(documents('repaired'))).toEqual(hashes);
    expect(listedHashes(documents('repaired'))).toEqual(hashes);
  });

  it('is pruned of what is not needed only', async () => {
    const mirror = await copy('pruned');
    writeFileSync(at('keep'), `${opencv.hash}\n`);
    const ran = await run(
      'prune',
      mirror,
      '-k',
      at('keep'),
      '--yes',
      '--grace',
      '0d',
      '--nobody-pushes',
      '--json',
    );
    const needed = preOrder(environment.nodes, opencv.hash).filter(({ external }) => external === undefined);
    expect(JSON.parse(ran.out)).toMatchObject({ problems: [] });
    expect(publishedHashes(documents('pruned'))).toEqual(new Set(needed.map(({ hash }) => hash)));
    assertSound(documents('pruned'));
  });

  it('is copied to another', async () => {
    const ran = await run('sync', '--all', '--unsigned', at('mirror'), at('synced'));
    expect(ran).toMatchObject({ code: 0 });
    expect(listedHashes(documents('synced'))).toEqual(hashes);
    assertSound(documents('synced'));
    expect(keysInIndex('synced')).toBeDefined();
  });

  it('is installed, and what was installed can be pushed', async () => {
    const from = ['--store', root, '-m', at('mirror'), '--unsigned', '--otherarch', '--no-lock'];
    const ran = await run('install', ...from, `/${opencv.hash}`);
    expect(ran).toMatchObject({ code: 0, out: expect.stringMatching(/ installed/) });
    const database = readFileSync(join(root, '.spack-db/index.json'), 'utf8');
    expect(database).toContain('"parameters":{"1394":true,"build_system"');
    // A second install reads and writes the database that has it.
    expect(await run('install', ...from, `/${unrelated.hash}`)).toMatchObject({ code: 0 });
    expect(readFileSync(join(root, '.spack-db/index.json'), 'utf8')).toContain(
      '"parameters":{"1394":true,"build_system"',
    );
  });
});

describe('a registry with a variant 1394', () => {
  it('is pushed to, indexed, checked, repaired and copied from', async () => {
    await using server = await startRegistry();
    const url = `oci+http://${server.host}/toy/cache`;
    const ran = await run('push', url, '--unsigned', '--store', at('store'), '--update-index');
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining(`${built.length} pushed`) });
    expect(await run('update-index', url, '--full')).toMatchObject({ code: 0, err: '' });
    expect(await run('check', '-m', url, '--verify', 'manifests')).toMatchObject({ code: 0 });
    const repair = ['--unsigned', '--verify', 'all', '--repair', '--json'];
    expect(JSON.parse((await run('check-index', url, ...repair)).out)).toMatchObject({
      right: true,
      entries: built.length,
      repair: { removed: [] },
    });
    expect((await run('list', '-a', '-m', url, '+1394')).out).toContain(`${opencv.name}@`);
    expect(await run('sync', '--all', '--unsigned', url, at('from-registry'))).toMatchObject({ code: 0 });
    expect(listedHashes(documents('from-registry'))).toEqual(hashes);
    assertSound(documents('from-registry'));
  });
});
