import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../src/core/digest.ts';
import { specEmitter } from '../../src/spec/emit-spec.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import { openLocks } from '../../src/tree/database-lock.ts';
import { type InstallPackageOptions, installPackage } from '../../src/tree/install-package.ts';
import { type InstallSettings, readInstallSettings } from '../../src/tree/install-settings.ts';
import { installPrefix } from '../../src/tree/projection.ts';
import { tempDir } from '../harness/temp-dir.ts';
import {
  buildInfo,
  HASH,
  infoEntry,
  OLD_PREFIX,
  OLD_ROOT,
  PACKED,
  parents,
} from '../package/make-package.ts';
import { entry, tgz } from '../package/make-tar.ts';
import { toyPackages } from './toy-mirror.ts';

const toys = toyPackages();
const EXPECTED = JSON.parse(
  readFileSync(
    fileURLToPath(new URL('../fixtures/spack-1.2/expected/relocated-opt-t.json', import.meta.url)),
    'utf8',
  ),
) as Record<string, { type: string; sha256?: string; exec?: boolean }>;

function settingsFor(root: string, config: object = {}, packages: object = {}): InstallSettings {
  return readInstallSettings({ config, packages, file: 'spack.yaml' }, { root, expand: (text) => text });
}

function toyOptions(name: string, settings: InstallSettings): InstallPackageOptions {
  const toy = toys.get(name);
  if (toy === undefined) throw new Error(`no ${name}`);
  const { graph, node } = toy;
  const prefixOf = (hash: string) => {
    const found = graph.nodes.get(hash);
    return (found && installPrefix(found, graph, settings)) ?? '';
  };
  return { settings, node, graph, prefixOf, tarball: toy.tarball(), lock: undefined };
}

/** A package of one node, as its own graph, with these entries in its tarball. */
function madeOptions(
  settings: InstallSettings,
  entries: readonly Buffer[],
  info: string,
  more: Partial<InstallPackageOptions> = {},
): InstallPackageOptions {
  const node = madeNode(HASH);
  return {
    settings,
    node,
    graph: { nodes: new Map([[HASH, node]]) },
    prefixOf: () => join(settings.root, 'linux', 'pkg'),
    tarball: Readable.from([tgz(parents(), ...entries, infoEntry(info))]),
    lock: undefined,
    ...more,
  };
}

function madeNode(hash: string): SpecNode {
  const [gccRuntime] = [...toys.values()]
    .map(({ node }) => node)
    .filter(({ name }) => name === 'gcc-runtime');
  if (gccRuntime === undefined) throw new Error('no gcc-runtime');
  return { ...gccRuntime, hash, dependencies: [] };
}

const file = (name: string, body: string, mode = 0o644) => entry({ name: `${PACKED}/${name}`, body, mode });
const specFile = (hash: string) => file('.spack/spec.json', JSON.stringify({ spec: { nodes: [{ hash }] } }));

/**
 * No longer than the root that the packages were built in, which is all that fits into binaries without patchelf.
 * The longer ones are in `install.integration.test.ts`.
 */
async function shortDir() {
  const path = await mkdtemp('/tmp/t-');
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

describe('the toy packages', () => {
  test('leave the tree that Spack leaves', async () => {
    await using dir = await shortDir();
    const settings = settingsFor(dir.path);
    for (const name of toys.keys()) await installPackage(toyOptions(name, settings));
    const found = readdirSync(dir.path, { recursive: true, encoding: 'utf8' }).sort();
    // The fixture leaves the store's own script out.
    expect(found).toEqual(['bin', 'bin/sbang', ...Object.keys(EXPECTED).sort()]);
    for (const [name, expected] of Object.entries(EXPECTED)) {
      if (expected.type !== 'file') continue;
      const at = join(dir.path, name);
      expect([name, (statSync(at).mode & 0o111) !== 0]).toEqual([name, expected.exec]);
      // Metadata is left as it was packed.
      if (name.includes('/.spack/')) expect(sha256(readFileSync(at))).toBe(expected.sha256);
    }
  });

  test('refer to where they are now', async () => {
    await using dir = await shortDir();
    const settings = settingsFor(dir.path);
    const options = toyOptions('libtoy', settings);
    const { prefix, files, relocated, warnings } = await installPackage(options);
    const zlib = [...options.graph.nodes.values()].find(({ name }) => name === 'zlib-toy')?.hash ?? '';
    expect(readlinkSync(join(prefix, 'lib64/libztoy-abs.so'))).toBe(
      join(options.prefixOf(zlib), 'lib/libztoy.so'),
    );
    expect({ files, relocated, warnings }).toEqual({
      files: 8,
      relocated: { text: 1, binaries: 1, links: 1 },
      warnings: [],
    });
  });
});

test('permissions are those of the package, directories pass a group on, and those above are like the root', async () => {
  await using dir = await shortDir();
  chmodSync(dir.path, 0o750);
  const packages = { all: { permissions: { read: 'group' } }, libtoy: { permissions: { write: 'group' } } };
  const settings = settingsFor(dir.path, {}, packages);
  const { prefix } = await installPackage(toyOptions('libtoy', settings));
  const modes = ['.', '..', 'lib64', 'lib64/libtoy.so', 'include/toy.h', '.spack/spec.json'].map((name) =>
    (statSync(join(prefix, name)).mode & 0o7777).toString(8),
  );
  expect(modes).toEqual(['2770', '750', '2770', '770', '660', '660']);
});

test('a script whose line becomes too long names sbang, which runs it', async () => {
  await using dir = await tempDir();
  const root = join(dir.path, 'x'.repeat(70));
  // What an interpreter gets, be it from the system or by way of sbang.
  const interpreter = '#!/bin/sh\necho "ran: $@"\n';
  const script = `#!${OLD_PREFIX}/bin/interpreter --flag\nrest of it\n`;
  const { prefix } = await installPackage({
    ...madeOptions(
      settingsFor(root),
      [specFile(HASH), file('bin/interpreter', interpreter, 0o755), file('bin/script', script, 0o755)],
      buildInfo({ text: ['bin/script'] }),
    ),
    prefixOf: () => join(root, 'linux', `pkg-1.0-${HASH}`),
  });
  expect(readFileSync(join(prefix, 'bin/script'), 'utf8')).toBe(
    `#!/bin/sh ${root}/bin/sbang\n#!${prefix}/bin/interpreter --flag\nrest of it\n`,
  );
  const out = execFileSync(join(prefix, 'bin/script'), ['a b', 'c'], { encoding: 'utf8' });
  expect(out).toBe(`ran: --flag ${prefix}/bin/script a b c\n`);
});

describe('metadata', () => {
  test("a manifest that did not come along is written, with Spack's digests", async () => {
    await using dir = await tempDir();
    const link = entry({ name: `${PACKED}/link`, type: '2', target: 'data' });
    const options = madeOptions(
      settingsFor(dir.path),
      [specFile(HASH), file('data', 'abc'), link],
      buildInfo(),
    );
    const { prefix } = await installPackage(options);
    const manifest = JSON.parse(readFileSync(join(prefix, '.spack/install_manifest.json'), 'utf8')) as Record<
      string,
      Record<string, unknown>
    >;
    expect(Object.keys(manifest).sort()).toEqual(
      ['', '/.spack', '/.spack/binary_distribution', '/.spack/spec.json', '/data', '/link'].map(
        (name) => `${prefix}${name}`,
      ),
    );
    const { mode, mtimeMs, uid, gid } = statSync(join(prefix, 'data'));
    expect(manifest[`${prefix}/data`]).toEqual({
      mode,
      owner: uid,
      group: gid,
      hash: 'VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5', // the well-known SHA-1 of "abc", in base32
      time: mtimeMs / 1000,
      size: 3,
    });
    expect(manifest[`${prefix}/link`]).toMatchObject({ dest: 'data' });
  });

  test('of very old packages, a spec file is written; of another spec, it is refused', async () => {
    await using dir = await tempDir();
    const settings = settingsFor(dir.path);
    const { prefix } = await installPackage(madeOptions(settings, [], buildInfo()));
    expect(JSON.parse(readFileSync(join(prefix, '.spack/spec.json'), 'utf8'))).toMatchObject({
      spec: { _meta: { version: 5 }, nodes: [{ name: 'gcc-runtime' }] },
    });
    const other = settingsFor(join(dir.path, 'other'));
    for (const spec of [specFile('a'.repeat(32)), file('.spack/spec.json', '{')]) {
      const failed = installPackage(madeOptions(other, [spec], buildInfo()));
      await expect(failed).rejects.toMatchObject({ code: 'corrupt' });
      expect(readdirSync(other.root)).toEqual(['bin']);
    }
  });

  test('a spliced spec becomes itself: its spec file, and its dependency where the built one had another', async () => {
    await using dir = await tempDir();
    const [newHash, oldLib, newLib] = ['a', 'b', 'c'].map((c) => c.repeat(32)) as [string, string, string];
    const edge = (name: string, hash: string) => ({
      name,
      hash,
      deptypes: ['link' as const],
      virtuals: ['api'],
      direct: true,
    });
    const built = { ...madeNode(HASH), dependencies: [edge('old-lib', oldLib)] };
    const spliced: SpecNode = {
      ...madeNode(newHash),
      buildSpec: { name: built.name, hash: HASH },
      dependencies: [edge('new-lib', newLib)],
    };
    const libs = [
      { ...madeNode(oldLib), name: 'old-lib' },
      { ...madeNode(newLib), name: 'new-lib' },
    ];
    const nodes = new Map([spliced, built, ...libs].map((node) => [node.hash, node]));
    const info = buildInfo(
      { text: ['data'] },
      { hash_to_prefix: { [HASH]: OLD_PREFIX, [oldLib]: `${OLD_ROOT}/l/old-lib` } },
    );
    const { prefix } = await installPackage(
      madeOptions(
        settingsFor(dir.path),
        [specFile(HASH), file('data', `${OLD_PREFIX} ${OLD_ROOT}/l/old-lib/x\n`)],
        info,
        { node: spliced, graph: { nodes }, prefixOf: (hash) => join(dir.path, 'l', hash.slice(0, 3)) },
      ),
    );
    expect(readFileSync(join(prefix, 'data'), 'utf8')).toBe(`${dir.path}/l/aaa ${dir.path}/l/ccc/x\n`);
    const { spec } = JSON.parse(readFileSync(join(prefix, '.spack/spec.json'), 'utf8')) as {
      spec: { nodes: { hash: string }[] };
    };
    expect(spec.nodes.map(({ hash }) => hash).sort()).toEqual([...nodes.keys()].sort());
  });
});

describe('failing', () => {
  test('leaves nothing, and what was there', async () => {
    await using dir = await shortDir();
    const settings = settingsFor(dir.path);
    const broken = () => Readable.from([tgz(parents()).subarray(0, 60)]);
    const options = { ...toyOptions('libtoy', settings), tarball: broken() };
    await expect(installPackage(options)).rejects.toMatchObject({ code: 'corrupt' });
    expect(readdirSync(dir.path)).toEqual(['bin']);
    const { prefix } = await installPackage(toyOptions('libtoy', settings));
    await expect(installPackage(toyOptions('libtoy', settings))).rejects.toMatchObject({ code: 'conflict' });
    const again = { ...toyOptions('libtoy', settings), tarball: broken(), replace: true };
    await expect(installPackage(again)).rejects.toMatchObject({ code: 'corrupt' });
    expect(existsSync(join(prefix, 'include/toy.h'))).toBe(true);
    writeFileSync(join(prefix, 'stray'), '');
    await installPackage({ ...toyOptions('libtoy', settings), replace: true });
    expect(existsSync(join(prefix, 'stray'))).toBe(false);
    expect(readdirSync(dirname(prefix))).toHaveLength(1);
  });

  test('never replaces another spec', async () => {
    await using dir = await tempDir();
    const settings = settingsFor(dir.path, { install_tree: { projections: { all: 'one/place' } } });
    await installPackage(toyOptions('libtoy', settings));
    const failed = installPackage({ ...toyOptions('zlib-toy', settings), replace: true });
    await expect(failed).rejects.toMatchObject({
      code: 'conflict',
      facts: { file: join(dir.path, 'one/place') },
    });
  });

  test('never replaces what no install has left, wherever a checked-out file says that it goes', async () => {
    await using dir = await tempDir();
    const prefix = join(dir.path, 'docs');
    const settings = settingsFor(dir.path, { install_tree: { projections: { all: 'docs' } } });
    const installing = () => installPackage({ ...toyOptions('libtoy', settings), replace: true });
    const ownThings: (() => void)[] = [
      () => writeFileSync(prefix, 'mine'),
      () => symlinkSync(join(dir.path, 'elsewhere'), prefix),
      () => {
        mkdirSync(join(prefix, '.spack'), { recursive: true });
        writeFileSync(join(prefix, 'thesis'), 'mine');
      },
    ];
    for (const put of ownThings) {
      rmSync(prefix, { recursive: true, force: true });
      put();
      await expect(installing()).rejects.toMatchObject({ code: 'conflict', facts: { file: prefix } });
    }
    expect(readFileSync(join(prefix, 'thesis'), 'utf8')).toBe('mine');
    rmSync(prefix, { recursive: true });
    mkdirSync(prefix);
    await installing();
    expect(readdirSync(prefix)).toContain('include');
  });

  test('never replaces what a link, a spec file or the name of a checkout makes look like an install', async () => {
    await using dir = await tempDir();
    const [co, own] = [join(dir.path, 'co'), join(dir.path, 'own')];
    const { node, graph } = toyOptions('zlib-toy', settingsFor(own));
    const short = node.hash.slice(0, 7);
    const files = ['docs/thesis', `${short}s/thesis`, 'clone/.git/HEAD', 'store/.spack-db/index.json'];
    const spec = specEmitter(graph).installedDocument(node.hash);
    const specFiles = [`store/linux/p-${node.hash}`, 'clone', 'clone/results'].map(
      (at) => `${at}/.spack/spec.json`,
    );
    for (const file of [...files, ...specFiles]) {
      mkdirSync(join(own, dirname(file)), { recursive: true });
      writeFileSync(join(own, file), file.endsWith('spec.json') ? spec : 'mine');
    }
    mkdirSync(co);
    symlinkSync(own, join(co, `x-${node.hash}`));
    symlinkSync(join(own, 'store/linux'), join(co, 'x'));
    const hostile: [root: string, projection: string][] = [
      [co, `x-${node.hash}/docs`],
      [own, `${short}s`],
      [own, 'clone'],
      [join(own, 'clone'), 'results'],
      [co, 'x/p-{hash}'],
      [join(own, 'store/linux'), 'p-{hash}'],
      [own, 'store/linux/p-{hash}'],
    ];
    for (const [root, all] of hostile) {
      const settings = settingsFor(root, { install_tree: { projections: { all } } });
      const installing = installPackage({ ...toyOptions('zlib-toy', settings), replace: true });
      await expect(installing, all).rejects.toMatchObject({ code: 'conflict' });
    }
    for (const file of files) expect(readFileSync(join(own, file), 'utf8')).toBe('mine');
    for (const file of specFiles) expect(readFileSync(join(own, file), 'utf8')).toBe(spec);
  });

  test('of a tree that this one lies in, replaces only what that one does not list', async () => {
    await using dir = await shortDir();
    const root = join(dir.path, 'l');
    const installing = () =>
      installPackage({
        ...toyOptions('libtoy', settingsFor(root, { install_tree: { projections: { all: 'p-{hash}' } } })),
        replace: true,
      });
    const { prefix } = await installing();
    const database = join(dir.path, '.spack-db/index.json');
    mkdirSync(dirname(database));
    await installing(); // no database yet
    const { node } = toyOptions('libtoy', settingsFor(root));
    const record = { spec: node.dict, path: prefix, installed: true, explicit: true, ref_count: 0 };
    const write = (installs: object) => {
      rmSync(database, { force: true });
      writeFileSync(database, JSON.stringify({ database: { version: '8', installs } }));
    };
    write({});
    await installing();
    write({ [node.hash]: { ...record, path: `${prefix}-elsewhere` } });
    await installing();
    write({ [node.hash]: record });
    await expect(installing()).rejects.toMatchObject({
      code: 'conflict',
      facts: { found: `a place in ${dir.path}` },
    });
  });

  test('does not take for its own what has seven characters of its hash, or brings its spec file and is in use', async () => {
    await using dir = await tempDir();
    const short = toyOptions('libtoy', settingsFor(dir.path)).node.hash.slice(0, 7);
    const at = (all: string, inUse: readonly string[] = []) => {
      const settings = settingsFor(dir.path, { install_tree: { projections: { all } } });
      return installPackage({ ...toyOptions('libtoy', { ...settings, inUse }), replace: true });
    };
    const prefix = join(dir.path, `my-${short}`);
    mkdirSync(prefix);
    writeFileSync(join(prefix, 'thesis'), 'mine');
    await expect(at(`my-${short}`)).rejects.toMatchObject({ code: 'conflict', facts: { file: prefix } });
    // What Spack leaves when it is killed.
    mkdirSync(join(prefix, '.spack'));
    await at(`my-${short}`);
    expect(readdirSync(prefix)).toContain('include');

    const checkout = join(dir.path, 'checkout');
    await at('checkout');
    for (const folder of [checkout, join(checkout, 'env')]) {
      await expect(at('checkout', [folder])).rejects.toMatchObject({
        code: 'conflict',
        facts: { found: folder },
      });
    }
    await at('checkout', [dir.path, `${checkout}2`]);
    await at(`{hash}`);
    await at(`{hash}`, [join(dir.path, toyOptions('libtoy', settingsFor(dir.path)).node.hash)]);
  });

  test('when the download does is that error, also before it is read', async () => {
    await using dir = await tempDir();
    const tarball = new Readable({ read: () => undefined });
    tarball.destroy(new Error('reset'));
    const options = { ...toyOptions('libtoy', settingsFor(dir.path)), tarball };
    await expect(installPackage(options)).rejects.toThrow(/reset/);
    expect(readdirSync(dir.path)).toEqual(['bin']);
  });
});

test('what a killed install left is swept by whoever has the lock on that prefix', async () => {
  await using dir = await shortDir();
  const settings = settingsFor(dir.path);
  const options = toyOptions('libtoy', settings);
  const prefix = options.prefixOf(options.node.hash);
  const other = options.prefixOf(
    [...options.graph.nodes.values()].find(({ name }) => name === 'zlib-toy')?.hash ?? '',
  );
  const leftOf = (of: string) => join(dirname(of), `.unpack-${sha256(of).slice(0, 12)}-abcdef`);
  for (const left of [leftOf(prefix), leftOf(other)]) mkdirSync(join(left, 'tree'), { recursive: true });
  const locks = await openLocks(dir.path, { interpreters: ['perl'] });
  await installPackage({ ...options, lock: await locks.prefix(options.node.hash) });
  await locks.close();
  expect(existsSync(leftOf(prefix))).toBe(false);
  expect(existsSync(leftOf(other))).toBe(true);
});
