/**
 * Specs of format 6 through the command line: from an install tree to a mirror, to another, into a tree, and all that is
 * done with the mirror meanwhile. No Spack that writes them is released: the documents of the format are what these are
 * made to.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readDatabase } from '../../src/spec/database.ts';
import { assertSound, blobOf, folderDocuments, manifestRecords } from '../cache/mirror-state.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { inFormat6 } from '../harness/generate-format6.ts';
import { generateStore } from '../harness/generate-store.ts';
import { startRegistry } from '../harness/registry.ts';
import type { TestRepository } from '../harness/registry-store.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { type Ran, runVerb } from './run-verb.ts';

const INDEX = 'v3/manifests/index/index.manifest.json';
const generated = generateEnvironment({ specs: 14, seed: 8 });
const old = [...generated.nodes.values()].filter(({ external }) => external === undefined).slice(-2);
const environment = inFormat6(
  generated,
  old.map(({ hash }) => hash),
);
const built = [...environment.nodes.values()].filter(({ external }) => external === undefined);
const formatOf = ({ annotations }: (typeof built)[number]) => annotations.original_specfile_version;
const older = built.filter((node) => formatOf(node) === 5).map(({ hash }) => hash);
const newest = environment.nodes.get(environment.roots.find(({ hash }) => !older.includes(hash))?.hash ?? '');

let dir: TempDir;
let env: string;
let store: string;
let mirror: string;
beforeAll(async () => {
  dir = await tempDir();
  env = join(dir.path, 'spack.lock');
  writeFileSync(env, environment.lockfile);
  store = mkdtempSync('/tmp/bc-store-of-format-6-');
  generateStore(store, environment, 0, '9');
  mirror = join(dir.path, 'mirror');
  const ran = await run('push', mirror, '--store', store, '-u', '--update-index', '-e', env);
  if (ran.code !== 0) throw new Error(ran.err);
});
afterAll(async () => {
  rmSync(store, { recursive: true, force: true });
  await dir[Symbol.asyncDispose]();
});

const run = (...args: string[]): Promise<Ran> => runVerb(args, dir.path);
const check = (at: string) => run('check', '-e', env, '-m', at, '--verify', 'blobs', '--no-build-deps');
const typesIn = (folder: string) =>
  manifestRecords(folderDocuments(folder).get(INDEX) ?? Buffer.from('')).map(({ mediaType }) => mediaType);

const BOTH = ['application/vnd.spack.db.v8+json', 'application/vnd.spack.db.v9+json'];

describe('a mirror', () => {
  it('has an index for each Spack, and is all there', async () => {
    expect(typesIn(mirror)).toEqual(BOTH);
    expect(await check(mirror)).toMatchObject({ code: 0 });
    assertSound(folderDocuments(mirror));
  });

  it('is checked and upheld, the index that a newer program has put there as well', async () => {
    const manifest = JSON.parse(readFileSync(join(mirror, INDEX), 'utf8'));
    const [first] = manifest.data;
    const later = { ...first, mediaType: 'application/vnd.spack.db.v10+json' };
    writeFileSync(join(mirror, INDEX), JSON.stringify({ ...manifest, data: [...manifest.data, later] }));
    expect(await run('check-index', mirror, '--unsigned', '--verify', 'all')).toMatchObject({ code: 0 });
    const before = folderDocuments(mirror);
    for (const verb of [
      ['check-index', mirror, '--unsigned', '--verify', 'all', '--repair'],
      ['update-index', mirror],
      ['prune', mirror, '--yes', '--nobody-pushes', '--grace', '0h'],
    ]) {
      const { code, err } = await run(...verb);
      expect({ code, err }).toMatchObject({ code: 0 });
    }
    expect(typesIn(mirror)).toEqual([...BOTH, later.mediaType]);
    for (const record of manifestRecords(folderDocuments(mirror).get(INDEX) ?? Buffer.from('')))
      expect(blobOf(folderDocuments(mirror), record).length).toBeGreaterThan(0);
    expect([...folderDocuments(mirror).keys()].filter((key) => key.includes('/spec/')).length).toBe(
      [...before.keys()].filter((key) => key.includes('/spec/')).length,
    );
  });

  it('each of its indices is held against what is there, and made again', async () => {
    const copy = join(dir.path, 'damaged');
    cpSync(mirror, copy, { recursive: true });
    const inspect = (...args: string[]) => run('check-index', copy, '--unsigned', '--json', ...args);
    const [eight] = manifestRecords(folderDocuments(copy).get(INDEX) ?? Buffer.from(''));
    const blob = join(copy, 'blobs/sha256', eight?.checksum.slice(0, 2) ?? '', eight?.checksum ?? '');
    const text = readFileSync(blob, 'utf8');
    writeFileSync(blob, text.replace(/^./, ' '));
    const damaged = await inspect();
    expect(damaged.code).toBe(1);
    expect(JSON.parse(damaged.out).index).toMatchObject({ kind: 'broken' });
    expect(await inspect('--repair')).toMatchObject({ code: 0 });
    expect(typesIn(copy).slice(0, 2)).toEqual(BOTH);
    assertSound(folderDocuments(copy));
    // What only the older one lists, somebody is told of.
    const gone = older.at(-1) ?? '';
    for (const key of folderDocuments(copy).keys())
      if (key.includes(`-${gone}.spec`)) rmSync(join(copy, key));
    const manifest = JSON.parse(readFileSync(join(copy, INDEX), 'utf8'));
    const nine = await run('update-index', copy);
    expect(nine.code).toBe(0);
    const [, newer] = JSON.parse(readFileSync(join(copy, INDEX), 'utf8')).data;
    writeFileSync(join(copy, INDEX), JSON.stringify({ ...manifest, data: [manifest.data[0], newer] }));
    expect(JSON.parse((await inspect()).out).missing).toEqual([gone]);
  });

  it('lists who provides a virtual package, whether or not anything uses it for that', async () => {
    const provider = built.find(({ provided_virtuals: provided }) => provided !== undefined);
    const virtual = provider?.provided_virtuals?.[0]?.replace(/@.*/, '') ?? '';
    const ran = await run('list', '-m', mirror, '--allarch', '--json', virtual);
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out).map(({ name }: { name: string }) => name)).toEqual([provider?.name]);
  });

  it('is copied, to a folder and to a registry', async () => {
    const copy = join(dir.path, 'copy');
    expect(await run('sync', '-e', env, '--unsigned', mirror, copy)).toMatchObject({ code: 0 });
    expect(typesIn(copy)).toEqual(BOTH);
    expect(await check(copy)).toMatchObject({ code: 0 });
    await using server = await startRegistry();
    const registry = `oci+http://${server.host}/format/six`;
    expect(await run('sync', '-e', env, '--unsigned', mirror, registry)).toMatchObject({ code: 0 });
    expect(await check(registry)).toMatchObject({ code: 0 });
    expect(await run('check-index', registry)).toMatchObject({ code: 0 });
    expect(await run('update-index', registry)).toMatchObject({ code: 0 });
    expect(await check(registry)).toMatchObject({ code: 0 });
  });
});

describe('a registry', () => {
  it('has one index, of version 9 from when it has to be', async () => {
    await using server = await startRegistry();
    const to = `oci+http://${server.host}/format/six`;
    const push = (...args: string[]) =>
      run('push', to, '--store', store, '-u', '--update-index', '-e', env, ...args);
    const versions: string[] = [];
    for (const args of [[`/${older.at(-1)}`], [`/${newest?.hash}`], []]) {
      expect(await push(...args)).toMatchObject({ code: 0 });
      expect(await run('check-index', to)).toMatchObject({ code: 0 });
      versions.push(indexVersionOf(server.repository('format/six')));
    }
    expect(versions).toEqual(['8', '9', '9']);
    expect(await check(to)).toMatchObject({ code: 0 });
  });
});

/** As it says itself. */
function indexVersionOf({ blobs, manifests, tags }: TestRepository): string {
  const manifest = manifests.get(tags.get('index.spack') ?? '');
  const [{ digest }] = JSON.parse(String(manifest?.bytes)).layers;
  return JSON.parse(String(blobs.get(digest))).database.version;
}

describe('install', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync('/tmp/bc-');
    return () => rmSync(root, { recursive: true, force: true });
  });
  const install = (...args: string[]) =>
    run('install', '--store', root, '-m', mirror, '--unsigned', '--otherarch', '--no-lock', ...args);
  const database = () => readFileSync(join(root, '.spack-db/index.json'), 'utf8');

  it('makes a database of version 9, which says of each spec what the environment says', async () => {
    expect(await install('-e', env)).toMatchObject({ code: 0 });
    const { version, records } = readDatabase(database(), 'index.json');
    expect(version).toBe(9);
    for (const [hash, { node, installed, path }] of records) {
      expect(node.dict).toEqual(environment.nodes.get(hash));
      if (!installed || node.external !== undefined) continue;
      const file = JSON.parse(readFileSync(join(path ?? '', '.spack/spec.json'), 'utf8'));
      expect(file.spec._meta).toEqual({ version: older.includes(hash) ? 5 : 6 });
    }
  });

  it('an older spec goes into a database of version 8; a newer one not, and nothing is touched', async () => {
    expect(await install('-e', env, `/${older.at(-1)}`)).toMatchObject({ code: 0 });
    const before = database();
    expect(readDatabase(before, 'index.json').version).toBe(8);
    expect(await install('-e', env, `/${newest?.hash}`)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^error: \S+index\.json: .*version 8 cannot hold \S+.*spack reindex.*\n$/m),
    });
    expect(database()).toBe(before);
  });
});
