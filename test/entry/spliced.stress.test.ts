/** Spliced specs, made and installed and pushed by Spack 1.3, through the command line. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../src/core/digest.ts';
import {
  assertSound,
  blobOf,
  folderDocuments,
  indexOf,
  listedHashes,
  manifestRecords,
  publishedHashes,
} from '../cache/mirror-state.ts';
import { treeContents, withoutHooked } from '../commands/install-toy.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { FIXTURES } from './command-line.ts';
import { runVerb } from './run-verb.ts';

const SPLICED = join(FIXTURES, 'spack-1.3/spliced');
const MIRROR = join(SPLICED, 'mirror-with-spliced');
const read = (file: string) => JSON.parse(readFileSync(join(SPLICED, file), 'utf8'));

/** Spliced, and what it was built as. */
const TOYAPP = { hash: 'gisp2ouk7mgww7y5ce76chs63wga5jz2', built: 'e5gsqvjcrlpv6547ytc3lxqxsuxp6wmg' };
const TOYPY = { hash: 'qffhfriscy2op5jidfbba3r74p74qliy', built: 'nqmmpbajioy2vgi5xzgwqqkvwp74qliy' };
const LIBTOY = { hash: 'os35r6vnlrkkwsg56mq22vjba242cphq', built: '2qpxivof4q2qmhn5ubiihmnsq242cphq' };
const ENVIRONMENTS = ['env-toyapp', 'env-libtoy'] as const;

let dir: TempDir;
let mirror: string;
beforeEach(async () => {
  dir = await tempDir();
  mirror = join(dir.path, 'mirror');
  cpSync(MIRROR, mirror, { recursive: true });
});
afterEach(() => dir[Symbol.asyncDispose]());

const run = async (verb: string, ...args: string[]) => await runVerb([verb, ...args], dir.path);

/** Removes entries, and the index, which would still list them. */
function withoutEntries(...hashes: string[]): void {
  rmSync(join(mirror, 'v3/manifests/index'), { recursive: true, force: true });
  for (const name of readdirSync(mirror, { recursive: true, encoding: 'utf8' })) {
    if (hashes.some((hash) => name.endsWith(`-${hash}.spec.manifest.json`))) rmSync(join(mirror, name));
  }
}

/** @returns what a manifest says of it */
function putBlob(bytes: Buffer): { readonly checksum: string; readonly contentLength: number } {
  const checksum = sha256(bytes);
  const folder = join(mirror, 'blobs/sha256', checksum.slice(0, 2));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, checksum), bytes);
  return { checksum, contentLength: bytes.length };
}

const OWN = [TOYAPP, TOYPY, LIBTOY].map(({ hash }) => hash);
const environment = (name: string) => join(SPLICED, name);

/** A lockfile of the fixtures', changed. */
function changed(change: (nodes: Record<string, Record<string, unknown>>) => void): string {
  const lock = read('env-toyapp/spack.lock');
  change(lock.concrete_specs);
  const folder = mkdtempSync(join(dir.path, 'env-'));
  writeFileSync(join(folder, 'spack.lock'), JSON.stringify(lock));
  return folder;
}

describe('check', () => {
  test.each(ENVIRONMENTS)(
    '%s: all is there, with and without the index and the spliced entries',
    async (name) => {
      const check = async () => (await run('check', '-e', environment(name), '-m', mirror)).code;
      expect(await check()).toBe(0);
      withoutEntries(...OWN);
      expect(await check()).toBe(0);
    },
  );

  test('a spliced spec is missing where its build spec is, whether or not it has an entry of its own', async () => {
    withoutEntries(TOYAPP.built);
    const manifest = join(dir.path, 'rebuild.json');
    const args = ['-e', environment('env-toyapp'), '-m', mirror];
    const { code, out } = await run('check', ...args, '--json', '-o', manifest);
    const { specs, counts } = JSON.parse(out);
    expect([code, counts.rebuild]).toEqual([1, 1]);
    expect(specs.find((spec: { hash: string }) => spec.hash === TOYAPP.hash)).toMatchObject({
      decision: 'rebuild',
      build_spec: { name: 'toyapp', hash: TOYAPP.built },
      mirrors: {
        additionalMirrorUrl: {
          state: 'missing',
          reason: 'it comes from build spec toyapp@1.0/e5gsqvj, which is missing',
        },
      },
    });
    // By this hash Spack knows it: asked to install it, it builds the build spec and splices that.
    const [{ rebuildSpecs }] = Object.values(JSON.parse(readFileSync(manifest, 'utf8'))) as [
      { rebuildSpecs: { hash: string }[] },
    ];
    expect(rebuildSpecs.map(({ hash }) => hash)).toEqual([TOYAPP.hash]);
    expect((await run('check', ...args)).out).toContain('/gisp2ou  from build spec toyapp@1.0/e5gsqvj');
  });

  test('a copy-list of what is present names the entry that is', async () => {
    const list = join(dir.path, 'copy.json');
    const to = join(dir.path, 'to');
    mkdirSync(to);
    await run('check', '-e', environment('env-libtoy'), '-m', mirror, '--copy-to', to, '--copy-list', list);
    const { code, err } = await run('sync', '--manifest-glob', list, '--unsigned', '--allow-other-hosts');
    expect(code, err).toBe(0);
    const there = publishedHashes(folderDocuments(to));
    expect([there.has(LIBTOY.built), there.has(LIBTOY.hash)]).toEqual([true, false]);
    expect((await run('check', '-e', environment('env-libtoy'), '-m', to)).code).toBe(0);
  });
});

describe('install', () => {
  const ROOT = '/opt/s13/store';
  let root: string;
  beforeEach(() => {
    // As long as the one that Spack installed to.
    root = mkdtempSync('/tmp/bc-');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const install = (...args: string[]) =>
    run('install', '--otherarch', '-u', '--no-lock', '--store', root, '-m', mirror, ...args);
  const isNewManifest = (path: string) =>
    OWN.some((hash) => path.endsWith(`-${hash}/.spack/install_manifest.json`));

  test("from the build specs' entries: files and records as Spack's", async () => {
    withoutEntries(...OWN);
    for (const name of ENVIRONMENTS) expect((await install('-e', environment(name))).code).toBe(0);
    const [ours, theirs] = [treeContents(root, ROOT), read('relocated-opt-s13-store.json')].map((contents) =>
      Object.entries(withoutHooked(contents)).filter(([path]) => !isNewManifest(path)),
    );
    expect(Object.fromEntries(ours ?? [])).toEqual(Object.fromEntries(theirs ?? []));

    const text = readFileSync(join(root, '.spack-db/index.json'), 'utf8').replaceAll(root, ROOT);
    const records = (database: string) =>
      Object.entries(JSON.parse(database).database.installs).map(([hash, record]) => [
        hash,
        { ...(record as object), installation_time: 0, explicit: false },
      ]);
    expect(records(text)).toEqual(records(readFileSync(join(SPLICED, 'database.json'), 'utf8')));
  });

  test('the manifest that `spack verify` reads is of what is there, not of what was built', async () => {
    await install('-e', environment('env-toyapp'));
    const prefix = join(root, `linux-x86_64_v3/toyapp-1.0-${TOYAPP.hash}`);
    const manifest = JSON.parse(readFileSync(join(prefix, '.spack/install_manifest.json'), 'utf8'));
    const files = readdirSync(prefix, { recursive: true, encoding: 'utf8' }).map((name) =>
      join(prefix, name),
    );
    expect(Object.keys(manifest).sort()).toEqual(
      [prefix, ...files].filter((name) => !name.endsWith('install_manifest.json')).sort(),
    );
  });

  test('named as in the environment, where its build spec has the same name', async () => {
    const { code, err } = await install('-e', environment('env-toyapp'), 'toypy');
    expect(code, err).toBe(0);
    const prefixes = readdirSync(join(root, 'linux-x86_64_v3')).filter((name) => name.startsWith('toypy-'));
    expect(prefixes).toEqual([`toypy-0.9-rc1-${TOYPY.hash}`]);
  });

  test('named by its hash, out of a mirror that lists it', async () => {
    const { code, err } = await install(`/${TOYPY.hash}`);
    expect(code, err).toBe(0);
    expect(readdirSync(join(root, 'linux-x86_64_v3'))).toContain(`toypy-0.9-rc1-${TOYPY.hash}`);
  });

  test('an entry of its own is no way round a build spec that is not there', async () => {
    withoutEntries(TOYAPP.built);
    const { code, out } = await install('-e', environment('env-toyapp'));
    expect(code).toBe(1);
    expect(out).toContain('no mirror has its build spec toyapp@1.0/e5gsqvj, which it is installed from');
  });

  test('the tarball must be the one of the build spec', async () => {
    // Two entries change places, each a whole one.
    const at = (hash: string) =>
      join(mirror, `v3/manifests/spec/toyapp/toyapp-1.0-${hash}.spec.manifest.json`);
    writeFileSync(at(TOYAPP.built), readFileSync(at(TOYAPP.hash)));
    const { code, out } = await install('-e', environment('env-toyapp'));
    expect(code).toBe(1);
    expect(out).toContain('this is the entry of another spec');
  });

  test('what was installed so is pushed as Spack pushes it, with a word about the build specs', async () => {
    for (const name of ENVIRONMENTS) await install('-e', environment(name));
    const to = join(dir.path, 'to');
    const push = async (name: string) =>
      await run('push', to, '-e', environment(name), '--store', root, '-u', '--update-index');
    const said = await push('env-toyapp');
    expect(said.code, said.err).toBe(0);
    expect(said.err).toContain(
      'toyapp/gisp2ou is spliced, and is installed from its build spec toyapp@1.0/e5gsqvj',
    );
    const [ours, theirs] = [folderDocuments(to), folderDocuments(MIRROR)];
    assertSound(ours);
    const key = `v3/manifests/spec/toyapp/toyapp-1.0-${TOYAPP.hash}.spec.manifest.json`;
    const specFile = (documents: typeof ours) => {
      const [, record] = manifestRecords(documents.get(key) ?? Buffer.alloc(0));
      return record && blobOf(documents, record).toString('utf8');
    };
    expect(specFile(ours)).toBe(specFile(theirs));
    const records = indexOf(ours);
    expect(records?.get(TOYAPP.built)).toMatchObject({ in_buildcache: false });
    expect(records?.get(TOYAPP.hash)).toEqual(indexOf(theirs)?.get(TOYAPP.hash));
    expect((await run('check', '-e', environment('env-toyapp'), '-m', to)).code).toBe(1);
  });

  test('a build spec that is installed goes along, and then check finds what push has sent', async () => {
    for (const hash of [TOYAPP.hash, TOYAPP.built, LIBTOY.built]) await install('--multiple', `/${hash}`);
    const to = join(dir.path, 'to');
    const args = ['-e', environment('env-toyapp'), '--store', root, '-u', '--allow-missing'];
    await run('push', to, ...args);
    const there = publishedHashes(folderDocuments(to));
    expect([TOYAPP.hash, TOYAPP.built, LIBTOY.built].every((hash) => there.has(hash))).toBe(true);
    const { code, out } = await run('check', '-e', environment('env-toyapp'), '-m', to, `/${TOYAPP.hash}`);
    expect(code, out).toBe(0);
  });
});

describe('mirrors', () => {
  test.each(['made anew', 'made of the old one'])(
    "update-index: Spack's index, record for record, %s",
    async (how) => {
      if (how === 'made anew') rmSync(join(mirror, 'v3/manifests/index'), { recursive: true });
      expect((await run('update-index', mirror)).code).toBe(0);
      const sorted = (folder: string) => [...(indexOf(folderDocuments(folder)) ?? [])].sort();
      expect(sorted(mirror)).toEqual(sorted(MIRROR));
    },
  );

  test("without a build spec's entry, its record says so", async () => {
    withoutEntries(TOYAPP.built);
    await run('update-index', mirror);
    const documents = folderDocuments(mirror);
    expect(indexOf(documents)?.get(TOYAPP.built)).toMatchObject({ ref_count: 0, in_buildcache: false });
    expect(listedHashes(documents)).toContain(TOYAPP.hash);
  });

  test('list has what the mirror has, from the index and without it', async () => {
    const list = async () => (await run('list', '-a', '-L', '-m', mirror)).out;
    const indexed = await list();
    for (const { hash, built } of [TOYAPP, TOYPY, LIBTOY]) {
      expect(indexed).toContain(hash);
      expect(indexed).toContain(built);
    }
    withoutEntries();
    expect(await list()).toBe(indexed);
  });

  test('download and preview look at the build spec, and say so', async () => {
    const args = ['-e', environment('env-toyapp'), '-m', mirror, '-u'];
    const { code, out, err } = await run('download', ...args, '-s', 'toyapp', '-p', 'here', '--json');
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ hash: TOYAPP.hash, build_spec: { hash: TOYAPP.built } });
    expect(readdirSync(join(dir.path, 'here')).sort()).toEqual(
      ['spack', 'spec.json'].map((end) => `toyapp-1.0-${TOYAPP.built}.${end}`),
    );
    expect(err).toContain('toyapp/gisp2ou is installed from its build spec toyapp@1.0/e5gsqvj');
    withoutEntries(...OWN);
    const preview = await run('preview', 'toyapp', ...args);
    expect(preview.code, preview.err).toBe(0);
    expect(preview.out).toContain('toyapp@1.0');
  });

  test.each([
    ['an environment', ['-e', environment('env-toyapp')]],
    ['a hash of the mirror', ['/gisp2ou']],
  ])('sync of %s copies what a spliced spec is installed from, and what lists it', async (_, args) => {
    const to = join(dir.path, 'to');
    const { code, err } = await run('sync', mirror, to, '--unsigned', ...args);
    expect(code, err).toBe(0);
    const documents = folderDocuments(to);
    assertSound(documents);
    expect([...listedHashes(documents)]).toEqual(expect.arrayContaining([TOYAPP.hash, TOYAPP.built]));
    for (const [hash, record] of indexOf(documents) ?? []) {
      const built = (record as { spec: { build_spec?: { hash: string } } }).spec.build_spec?.hash;
      expect([hash, built === undefined || indexOf(documents)?.has(built)]).toEqual([hash, true]);
    }
  });

  test('sync of an environment whose spliced specs have no entries of their own', async () => {
    withoutEntries(...OWN);
    const to = join(dir.path, 'to');
    expect((await run('sync', mirror, to, '--unsigned', '-e', environment('env-toyapp'))).code).toBe(0);
    expect((await run('check', '-e', environment('env-toyapp'), '-m', to)).code).toBe(0);
  });

  test.each(['the environment', 'a list of the root'])('prune by %s keeps build specs', async (how) => {
    makeOld();
    const list = join(dir.path, 'keep');
    writeFileSync(list, `${TOYAPP.hash}\n`);
    const keep = how === 'the environment' ? ['--keep-environment', environment('env-toyapp')] : ['-k', list];
    const { code, out } = await run('prune', mirror, ...keep, '--yes');
    expect(code, out).toBe(0);
    expect(publishedHashes(folderDocuments(mirror)).has(LIBTOY.hash)).toBe(false);
    const store = mkdtempSync('/tmp/bc-');
    const args = ['-u', '--otherarch', '--no-lock', '--store', store, '-m', mirror];
    expect((await run('install', '-e', environment('env-toyapp'), ...args)).code).toBe(0);
    rmSync(store, { recursive: true });
  });

  /** Beyond prune's grace. */
  function makeOld(): void {
    const past = new Date(Date.now() - 90 * 24 * 3_600_000);
    for (const key of folderDocuments(mirror).keys()) utimesSync(join(mirror, key), past, past);
  }

  test('prune by a list keeps a build spec whose spliced spec has no entry, but a record in the index', async () => {
    // The record is there for toyapp, which needs it.
    withoutEntries(TOYPY.hash);
    await run('update-index', mirror);
    makeOld();
    const list = join(dir.path, 'keep');
    writeFileSync(list, `${TOYPY.hash}\n${LIBTOY.hash}\n`);
    expect((await run('prune', mirror, '-k', list, '--yes')).code).toBe(0);
    expect(publishedHashes(folderDocuments(mirror)).has(TOYPY.built)).toBe(true);
  });

  test('check-index has nothing against a spliced entry, and --repair removes none', async () => {
    const before = publishedHashes(folderDocuments(mirror));
    const { out } = await run('check-index', mirror, '--verify', 'all', '--json', '-u', '--repair');
    expect(JSON.parse(out)).toMatchObject({ problems: [], repair: { removed: [], problems: [] } });
    expect(publishedHashes(folderDocuments(mirror))).toEqual(before);
  });

  test('an index that lacks the record of a build spec is one to repair', async () => {
    const records = indexOf(folderDocuments(mirror));
    records?.delete(TOYPY.built);
    records?.delete(TOYAPP.built);
    replaceIndex(records ?? new Map());
    const { code, out } = await run('check-index', mirror);
    expect(code).toBe(1);
    expect(out).toContain('Spack 1.2 and newer refuse the whole index; run `buildcache update-index');
    await run('check-index', mirror, '--repair');
    expect((await run('check-index', mirror)).out).not.toContain('refuse');
    expect(indexOf(folderDocuments(mirror))?.has(TOYAPP.built)).toBe(true);
  });

  function replaceIndex(records: ReadonlyMap<string, unknown>): void {
    const database = { version: '8', installs: Object.fromEntries(records) };
    const file = join(mirror, 'v3/manifests/index/index.manifest.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    const blob = putBlob(Buffer.from(JSON.stringify({ database })));
    Object.assign(manifest.data[0], { ...blob, compression: 'none' });
    writeFileSync(file, JSON.stringify(manifest));
  }
});

describe('what no splice makes is refused, with its file', () => {
  type Nodes = Record<string, Record<string, unknown>>;
  const buildSpec = (nodes: Nodes, { hash }: { hash: string }, change: object) => {
    const node = nodes[hash];
    if (node !== undefined) node['build_spec'] = { ...(node['build_spec'] as object), ...change };
  };
  const CASES: [string, RegExp, (nodes: Nodes) => void][] = [
    [
      'a build spec that is not there',
      /toyapp\/gisp2\w+ was built as toyapp\/e5gsq\w+; .*no such spec/,
      (nodes) => delete nodes[TOYAPP.built],
    ],
    [
      'a build spec of another name',
      /build_spec\.name.*the same package, toyapp.*libtoy/,
      (nodes) => buildSpec(nodes, TOYAPP, { name: 'libtoy' }),
    ],
    [
      "another package's hash",
      /was built as toyapp\/2qpx.*libtoy under that hash/,
      (nodes) => buildSpec(nodes, TOYAPP, { hash: LIBTOY.built }),
    ],
    [
      'itself',
      /build_spec\.hash.*another spec than itself/,
      (nodes) => buildSpec(nodes, TOYAPP, { hash: TOYAPP.hash }),
    ],
    [
      'a circle',
      /go round in a circle: toyapp -> toyapp -> toyapp/,
      (nodes) => {
        const built = nodes[TOYAPP.built];
        if (built !== undefined) built['build_spec'] = { name: 'toyapp', hash: TOYAPP.hash };
      },
    ],
    ['no object', /build_spec is malformed.*an object/, (nodes) => buildSpecText(nodes)],
  ];
  const buildSpecText = (nodes: Nodes) => {
    const node = nodes[TOYAPP.hash];
    if (node !== undefined) node['build_spec'] = 'toyapp';
  };

  test.each(CASES)('%s, in a lockfile', async (_, message, change) => {
    const { code, err, out } = await run('check', '-e', changed(change), '-m', mirror);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err).toContain('spack.lock');
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  /** Puts another spec file into an entry: its digest is right, so that only what it says can be wrong. */
  function changeEntry({ hash }: { hash: string }, change: (nodes: Record<string, unknown>[]) => void): void {
    const documents = folderDocuments(mirror);
    const key = [...documents.keys()].find((each) => each.endsWith(`-${hash}.spec.manifest.json`)) ?? '';
    const manifest = JSON.parse(documents.get(key)?.toString('utf8') ?? '');
    const document = JSON.parse(blobOf(documents, manifest.data[1]).toString('utf8'));
    change(document.spec.nodes);
    Object.assign(manifest.data[1], putBlob(gzipSync(JSON.stringify(document))));
    writeFileSync(join(mirror, key), JSON.stringify(manifest));
  }

  const ENTRY_CASES: [string, (nodes: Record<string, unknown>[]) => unknown][] = [
    ['itself', ([root = {}]) => Object.assign(root, { build_spec: { name: 'toyapp', hash: TOYAPP.hash } })],
    [
      'another name',
      ([root = {}]) => Object.assign(root, { build_spec: { name: 'toypy', hash: TOYPY.built } }),
    ],
    [
      'one that is not there',
      (nodes) =>
        nodes.splice(
          nodes.findIndex((node) => node['hash'] === TOYAPP.built),
          1,
        ),
    ],
  ];
  test.each(ENTRY_CASES)(
    'built as %s, in an entry: left out of the index, said, and left alone',
    async (_, change) => {
      withoutEntries();
      changeEntry(TOYAPP, change);
      const updated = await run('update-index', mirror);
      expect(updated.err).toMatch(/left out of the index: .*toyapp-1\.0-gisp2/);
      const { out } = await run('check-index', mirror, '--verify', 'all', '--repair', '--json', '-u');
      expect(JSON.parse(out).repair.removed).toEqual([]);
      expect(publishedHashes(folderDocuments(mirror)).has(TOYAPP.hash)).toBe(true);
      // Nobody installs from that entry, so that the environment is no worse for it.
      expect((await run('check', '-e', environment('env-toyapp'), '-m', mirror)).code).toBe(0);
    },
  );

  test('an install tree that lacks the record of a build spec pushes what it can, and says what it cannot', async () => {
    const store = mkdtempSync('/tmp/bc-');
    const args = ['-u', '--otherarch', '--no-lock', '--store', store, '-m', mirror];
    await run('install', '-e', environment('env-toyapp'), ...args);
    const file = join(store, '.spack-db/index.json');
    const database = JSON.parse(readFileSync(file, 'utf8'));
    delete database.database.installs[TOYPY.built];
    writeFileSync(file, JSON.stringify(database));
    const to = join(dir.path, 'to');
    const { code, out } = await run('push', to, '-u', '--store', store, `/${TOYPY.hash}`);
    expect(code).toBe(1);
    expect(out).toMatch(/toypy.*needs is in neither the install database nor the environment.*nqmmpb/);
    expect(publishedHashes(folderDocuments(to)).size).toBeGreaterThan(0);
    rmSync(store, { recursive: true });
  });

  test('spliced of spliced is installed from the one it was built as, a step back', async () => {
    const twice = 'bcdefgh'.padStart(32, 'a');
    const folder = changed((nodes) => {
      const again = { ...nodes[TOYAPP.hash], hash: twice, build_spec: { name: 'toyapp', hash: TOYAPP.hash } };
      nodes[twice] = again;
    });
    const lock = JSON.parse(readFileSync(join(folder, 'spack.lock'), 'utf8'));
    lock.roots = [{ hash: twice, spec: 'toyapp' }];
    writeFileSync(join(folder, 'spack.lock'), JSON.stringify(lock));
    const store = mkdtempSync('/tmp/bc-');
    const args = ['-u', '--otherarch', '--no-lock', '--store', store, '-m', mirror];
    const { code, out } = await run('install', '-e', folder, ...args);
    expect(code, out).toBe(0);
    const { installs } = JSON.parse(readFileSync(join(store, '.spack-db/index.json'), 'utf8')).database;
    expect([twice, TOYAPP.hash, TOYAPP.built].map((hash) => installs[hash].installed)).toEqual([
      true,
      false,
      false,
    ]);
    rmSync(store, { recursive: true });
  });

  test('a spec that is not spliced must still give its hash', async () => {
    const folder = changed((nodes) => Object.assign(nodes[TOYAPP.built] ?? {}, { version: '1.1' }));
    const { code, err } = await run('check', '-e', folder, '-m', mirror);
    expect(code).toBe(2);
    expect(err).toContain('does not give its DAG hash');
  });
});
