import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../src/core/digest.ts';
import type { InstallResult } from '../../src/plan/install-result.ts';
import { readDatabase } from '../../src/spec/database.ts';
import { readLockfile } from '../../src/spec/lockfile.ts';
import { openLocks, prefixOffset } from '../../src/tree/database-lock.ts';
import { startHttpServer } from '../harness/http-server.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { snapshot } from '../package/tree-snapshot.ts';
import { startLocker } from '../tree/locker.ts';
import {
  EQUAL_ROOT,
  expectedContents,
  FIXTURES,
  installToy,
  makeEqualRoot,
  mirrorAt,
  outcomes,
  SIGNED,
  treeContents,
  withoutHooked,
} from './install-toy.ts';

let root: string;
beforeEach(() => {
  root = makeEqualRoot();
});
afterEach(() => rm(root, { recursive: true, force: true }));

const DATABASE = () => join(root, '.spack-db/index.json');

function records() {
  const { records: all } = readDatabase(readFileSync(DATABASE(), 'utf8'), DATABASE());
  return new Map([...all.values()].map((record) => [record.node.name, record]));
}

const environment = () => {
  const file = join(FIXTURES, 'spack-1.2/env/spack.lock');
  return readLockfile(readFileSync(file, 'utf8'), file);
};

const reasonOf = (result: InstallResult, name: string) => {
  const outcome = result.specs.find(({ spec }) => spec.name === name)?.outcome;
  return outcome !== undefined && 'reason' in outcome ? outcome.reason : undefined;
};

/** Prefixes that are there, by package name. */
const prefixes = () =>
  existsSync(join(root, 'linux-x86_64_v3'))
    ? readdirSync(join(root, 'linux-x86_64_v3')).map((name) => /^(.*?)-[\d]/.exec(name)?.[1] ?? name)
    : [];

const ALL = {
  'gcc-runtime': 'installed',
  glibc: 'external',
  libtoy: 'installed',
  toyapp: 'installed',
  toymake: 'installed',
  toypy: 'installed',
  'zlib-toy': 'installed',
};

describe('from the signed mirror', () => {
  test('what is installed is byte for byte what Spack installs, and registered', async () => {
    const result = await installToy(root, { specs: ['toyapp', 'toymake'] });
    expect(outcomes(result)).toEqual(ALL);
    const asked = result.specs.filter((each) => each.root);
    expect(asked.map(({ spec }) => spec.name)).toEqual(['toyapp', 'toymake']);
    expect(withoutHooked(treeContents(root, EQUAL_ROOT))).toEqual(
      expectedContents('relocated-opt-toy-stor2.json'),
    );
    const database = records();
    expect([...database.keys()].sort()).toEqual([...Object.keys(ALL), 'gcc'].sort());
    for (const [name, record] of database) {
      expect([name, record.installed, record.explicit]).toEqual([name, true, /^toy(app|make)$/.test(name)]);
    }
    expect(existsSync(join(root, 'bin/sbang'))).toBe(true);
  });

  test('threads leave the same tree, and what fails in one is told as it is without', async () => {
    const result = await installToy(root, { specs: ['toyapp', 'toymake'], lock: true, threads: 2 });
    expect(outcomes(result)).toEqual(ALL);
    expect(withoutHooked(treeContents(root, EQUAL_ROOT))).toEqual(
      expectedContents('relocated-opt-toy-stor2.json'),
    );
    const reasons = [];
    for (const threads of [0, 2]) {
      const longer = `${root}-with-a-longer-name-than-there-is-room-for`;
      const failed = await installToy(longer, { specs: ['toyapp'], threads });
      reasons.push(failed.specs.map(({ spec }) => reasonOf(failed, spec.name)));
      await rm(longer, { recursive: true });
    }
    expect(reasons[0]?.some((reason) => reason !== undefined)).toBe(true);
    expect(reasons[1]).toEqual(reasons[0]);
  });

  test('a spec is fetched while what it needs is, and has no name before that has', async () => {
    const tarballOf = (name: string) => {
      const folder = join(SIGNED, 'v3/manifests/spec', name);
      const text = readFileSync(join(folder, readdirSync(folder)[0] ?? ''), 'utf8');
      return /install[^}]*"checksum":\s*"([0-9a-f]{64})"/.exec(text)?.[1] ?? name;
    };
    const [needed, other] = ['zlib-toy', 'libtoy'].map(tarballOf);
    let onOther = (): void => undefined;
    const otherIsFetched = new Promise<void>((resolve) => {
      onOther = resolve;
    });
    const seen: string[][] = [];
    await using server = await startHttpServer({
      root: SIGNED,
      async fault({ path }) {
        if (path.endsWith(other ?? '')) onOther();
        if (!path.endsWith(needed ?? '')) return;
        await otherIsFetched;
        await sleep(100);
        seen.push(prefixes());
      },
    });
    const result = await installToy(root, { specs: ['libtoy'], mirrors: [mirrorAt(server.url)] });
    expect(outcomes(result)).toMatchObject({ libtoy: 'installed', 'zlib-toy': 'installed' });
    expect(seen).toHaveLength(1);
    expect(seen[0]).not.toContain('libtoy');
  });

  test('what is there stays, and is marked as explicit once it is asked for', async () => {
    await installToy(root, { specs: ['libtoy'] });
    const before = records();
    expect(before.get('zlib-toy')?.explicit).toBe(false);
    const again = await installToy(root, { specs: ['zlib-toy', 'toypy'] });
    expect(outcomes(again)).toMatchObject({ libtoy: 'present', 'zlib-toy': 'present', toypy: 'installed' });
    const after = records();
    expect(after.get('zlib-toy')).toMatchObject({ explicit: true, installed: true });
    expect(after.get('zlib-toy')?.installationTime).toBe(before.get('zlib-toy')?.installationTime);
    expect(after.get('libtoy')).toEqual(before.get('libtoy'));
  });

  test('nothing to do writes nothing', async () => {
    await installToy(root, { specs: ['zlib-toy'] });
    const before = snapshot(root);
    expect(outcomes(await installToy(root, { specs: ['zlib-toy'] }))).toMatchObject({
      'zlib-toy': 'present',
    });
    expect(snapshot(root)).toEqual(before);
  });

  test('what the database has and nobody finds is installed again, asked for or needed', async () => {
    const { specs } = await installToy(root, { specs: ['libtoy'] });
    const gone = specs.filter(({ spec }) => /^(lib|zlib-)toy$/.test(spec.name));
    for (const { prefix = '' } of gone) rmSync(prefix, { recursive: true });
    const again = await installToy(root, { specs: ['zlib-toy', 'toypy'] });
    expect(outcomes(again)).toMatchObject({
      'gcc-runtime': 'present',
      'zlib-toy': 'installed',
      libtoy: 'installed',
      toypy: 'installed',
    });
    for (const { prefix = '' } of gone) expect(existsSync(join(prefix, '.spack/spec.json'))).toBe(true);
    expect(records().get('zlib-toy')?.explicit).toBe(true);
  });

  test('--force installs again what somebody has changed', async () => {
    const { specs } = await installToy(root, { specs: ['zlib-toy'] });
    const prefix = specs.at(-1)?.prefix ?? '';
    writeFileSync(join(prefix, 'include/ztoy.h'), 'broken');
    expect(outcomes(await installToy(root, { specs: ['zlib-toy'], force: true }))).toMatchObject({
      'zlib-toy': 'installed',
    });
    expect(readFileSync(join(prefix, 'include/ztoy.h'), 'utf8')).not.toBe('broken');
  });

  test('--no-deps installs one, and its record says what is missing', async () => {
    const result = await installToy(root, { specs: ['libtoy'], dependencies: false });
    expect(outcomes(result)).toEqual({ libtoy: 'installed' });
    expect(prefixes()).toEqual(['libtoy']);
    expect(records().get('zlib-toy')?.installed).toBe(false);
    expect(outcomes(await installToy(root, { specs: ['libtoy'] }))).toMatchObject({
      libtoy: 'present',
      'zlib-toy': 'installed',
    });
    expect(records().get('zlib-toy')).toMatchObject({ installed: true, explicit: false });
  });

  test('a dry run says what would be done and does nothing', async () => {
    const result = await installToy(root, { specs: ['libtoy'], dryRun: true });
    expect(outcomes(result)).toMatchObject({ libtoy: 'would-install', glibc: 'external' });
    expect(readdirSync(root)).toEqual([]);
  });

  test('projections and padding of the configuration', async () => {
    const tree = {
      root,
      padded_length: 60,
      projections: { all: '{name}/{version}-{hash:7}', toymake: 'make-{hash}' },
    };
    const result = await installToy(undefined, { specs: ['toymake'], config: { install_tree: tree } });
    const below = result.specs.map(({ spec, prefix = '' }) => [
      spec.name,
      prefix.slice(result.root.length + 1),
    ]);
    expect(result.root).toHaveLength(60);
    expect(Object.fromEntries(below)).toMatchObject({
      'gcc-runtime': 'gcc-runtime/12.2.0-n7wlr2i',
      toymake: expect.stringMatching(/^make-x5la2pd/),
    });
    expect(existsSync(join(result.root, '.spack-db/index.json'))).toBe(true);
    expect(existsSync(join(root, 'bin/sbang'))).toBe(true);
  });
});

describe('which spec is meant', () => {
  const whole = (name: string) =>
    [...environment().nodes.values()].find((node) => node.name === name)?.hash ?? '';

  test.each([
    ['a hash', [`/${whole('toypy').slice(0, 7)}`], ['toypy']],
    ['a constraint', ['libtoy@2 ^zlib-toy@1.3:', 'toymake'], ['libtoy', 'toymake']],
    ['words that Spack joins', ['libtoy', '@2.0.0', 'toymake'], ['libtoy', 'toymake']],
  ])('%s', async (_, specs, names) => {
    const { wanted, specs: found } = await installToy(root, { specs, dryRun: true });
    const rootNames = wanted.roots.map((hash) => found.find(({ spec }) => spec.hash === hash)?.spec.name);
    expect(rootNames).toEqual(names);
  });

  test('the roots of an environment, or what matches in it; a spec file without a mirror', async () => {
    const all = await installToy(root, { specs: [], environment: environment(), dryRun: true });
    expect(outcomes(all)).toMatchObject({ toyapp: 'would-install', toymake: 'would-install' });
    const one = await installToy(root, { specs: ['zlib-toy'], environment: environment(), dryRun: true });
    expect(one.wanted.holders.size).toBe(0);
    expect(outcomes(one)).toMatchObject({ 'zlib-toy': 'would-install' });
    await installToy(root, { specs: ['zlib-toy'] });
    const file = join(one.specs.at(-1)?.prefix ?? '', '.spack/spec.json');
    await using empty = await tempDir();
    const byFile = await installToy(root, { specs: [file], mirrors: [mirrorAt(empty.path)] });
    expect(outcomes(byFile)).toMatchObject({ 'zlib-toy': 'present' });
  });

  test('none, several, and what another machine runs', async () => {
    const fails = (specs: string[], change = {}) => installToy(root, { specs, dryRun: true, ...change });
    await expect(fails(['nosuch'])).rejects.toMatchObject({ code: 'not-found' });
    await expect(fails(['arch=linux-debian12-x86_64_v3'])).rejects.toMatchObject({
      code: 'usage',
      facts: {
        hint: expect.stringContaining('--multiple'),
        choices: expect.arrayContaining([expect.stringMatching(/^toypy@0.9-rc1/)]),
      },
    });
    expect((await fails(['arch=linux-debian12-x86_64_v3'], { multiple: true })).wanted.roots).toHaveLength(6);
    const host = { platform: 'linux', os: 'debian12', target: 'x86_64_v2' };
    await expect(fails(['toypy'], { host })).rejects.toMatchObject({
      code: 'not-found',
      facts: { hint: expect.stringContaining('--otherarch') },
    });
    for (const specs of [[`/${whole('toypy')}`], []]) {
      await expect(fails(specs, { host, environment: environment() })).rejects.toMatchObject({
        code: 'unsupported',
        facts: { expected: 'linux-debian12-x86_64_v2', found: 'linux-debian12-x86_64_v3' },
      });
    }
    const other = { platform: 'linux', os: 'ubuntu24.04', target: 'zen3' };
    expect((await fails([`/${whole('toypy')}`], { host: other })).notes.join()).toContain('ubuntu24.04');
    await expect(fails([])).rejects.toMatchObject({ code: 'usage' });
    await expect(fails(['toypy'], { mirrors: [] })).rejects.toMatchObject({ code: 'usage' });
  });

  test('a mirror that gives no answer is not one that lacks the spec', async () => {
    const down = mirrorAt('http://127.0.0.1:9/mirror', { name: 'down' });
    await expect(
      installToy(root, { specs: ['nosuch'], mirrors: [down, mirrorAt(SIGNED)] }),
    ).rejects.toMatchObject({
      code: 'unreachable',
    });
    const result = await installToy(root, { specs: ['toypy'], mirrors: [down, mirrorAt(SIGNED)] });
    expect(outcomes(result)).toMatchObject({ toypy: 'installed' });
    expect([...result.notes, ...result.wanted.notes].join('\n')).toContain('down');
  });
});

describe('what goes wrong', () => {
  /** A copy of the mirror with the tarballs of these packages damaged. */
  function damaged(folder: string, ...names: string[]): string {
    cpSync(SIGNED, folder, { recursive: true });
    for (const name of names) {
      const folderOf = join(folder, 'v3/manifests/spec', name);
      const manifest = readFileSync(join(folderOf, readdirSync(folderOf)[0] ?? ''), 'utf8');
      const digest = /install\.v2\.tar\+gzip"[^}]*"checksum":"([0-9a-f]{64})"/s.exec(manifest)?.[1] ?? '';
      const blob = join(folder, 'blobs/sha256', digest.slice(0, 2), digest);
      const bytes = readFileSync(blob);
      bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
      writeFileSync(blob, bytes);
    }
    return folder;
  }

  test('what needs a failed spec is not tried, the rest is there', async () => {
    await using dir = await tempDir();
    const mirror = mirrorAt(damaged(join(dir.path, 'm'), 'zlib-toy'));
    const result = await installToy(root, { specs: ['toyapp', 'toymake'], mirrors: [mirror] });
    expect(outcomes(result)).toEqual({
      ...ALL,
      'zlib-toy': 'failed',
      libtoy: 'not-tried',
      toypy: 'not-tried',
      toyapp: 'not-tried',
    });
    expect(reasonOf(result, 'libtoy')).toContain('zlib-toy');
    expect(prefixes().sort()).toEqual(['gcc-runtime', 'toymake']);
    expect(readdirSync(join(root, 'linux-x86_64_v3')).filter((name) => name.startsWith('.'))).toEqual([]);
    expect(records().has('libtoy')).toBe(false);
  });

  test('another mirror delivers what one cannot', async () => {
    await using dir = await tempDir();
    const first = mirrorAt(damaged(join(dir.path, 'm'), 'zlib-toy', 'libtoy'), { name: 'first' });
    const result = await installToy(root, {
      specs: ['libtoy'],
      mirrors: [first, mirrorAt(SIGNED, { name: 'second' })],
    });
    expect(outcomes(result)).toMatchObject({ 'zlib-toy': 'installed', libtoy: 'installed' });
    const from = result.specs.map(({ spec, outcome }) => [
      spec.name,
      outcome.kind === 'installed' ? outcome.mirror : '',
    ]);
    expect(Object.fromEntries(from)).toMatchObject({ 'gcc-runtime': 'first', libtoy: 'second' });
    expect(result.notes.join('\n')).toContain('first: ');
  });

  test('the mirror whose index lists a spec is asked before those that do not', async () => {
    await using dir = await tempDir();
    mkdirSync(join(dir.path, 'v3'), { recursive: true });
    writeFileSync(join(dir.path, 'v3/layout.json'), '{"signing": "gpg"}');
    const empty = mirrorAt(dir.path, { name: 'empty' });
    const result = await installToy(root, {
      specs: [],
      environment: environment(),
      mirrors: [empty, mirrorAt(SIGNED)],
    });
    expect(outcomes(result)).toEqual(ALL);
    expect(result.notes).toEqual([]);
  });

  test('nobody signed for it who is trusted; --unsigned does not ask', async () => {
    await using dir = await tempDir();
    const unsigned = join(FIXTURES, 'spack-1.2/mirror-unsigned');
    await expect(installToy(root, { specs: ['toypy'], mirrors: [mirrorAt(unsigned)] })).rejects.toMatchObject(
      {
        code: 'untrusted',
      },
    );
    const result = await installToy(root, {
      specs: [],
      environment: environment(),
      mirrors: [mirrorAt(unsigned)],
    });
    expect(outcomes(result)).toMatchObject({ toymake: 'not-tried', 'gcc-runtime': 'failed' });
    expect(readdirSync(root)).toEqual([]);
    const trusting = await installToy(join(dir.path, 't'), {
      specs: ['toypy'],
      mirrors: [mirrorAt(unsigned)],
      trust: 'none',
    });
    expect(outcomes(trusting)).toMatchObject({ 'gcc-runtime': 'installed' });
  });

  test('a pinned digest that is not the one', async () => {
    const result = await installToy(root, { specs: ['zlib-toy'], sha256: '0'.repeat(64) });
    expect(outcomes(result)).toMatchObject({ 'zlib-toy': 'failed', 'gcc-runtime': 'installed' });
    expect(reasonOf(result, 'zlib-toy')).toContain('pinned');
  });

  test('a longer root: what has a string that does not fit fails with the reason, the rest is there', async () => {
    await using dir = await tempDir();
    const long = join(dir.path, 'a-root-that-is-longer-than-the-old-one');
    const tools = { patchelf: '/nonexistent/patchelf', codesign: undefined };
    const result = await installToy(long, { specs: ['toyapp', 'toymake'], tools });
    expect(outcomes(result)).toMatchObject({ toypy: 'not-tried' });
    const failed = result.specs.filter(({ outcome }) => outcome.kind === 'failed');
    expect(failed.length).toBeGreaterThan(0);
    for (const { outcome } of failed) expect(outcome).toMatchObject({ code: 'unsupported' });
  });

  test('a database of another version, before anything is downloaded', async () => {
    mkdirSync(join(root, '.spack-db'));
    writeFileSync(DATABASE(), '{"database": {"version": "7", "installs": {}}}');
    const before = snapshot(root);
    await expect(installToy(root, { specs: ['toypy'] })).rejects.toMatchObject({
      code: 'unsupported',
      facts: { hint: expect.stringContaining('spack reindex') },
    });
    expect(snapshot(root)).toEqual(before);
  });

  test('a spec that is deprecated in the tree is not put where its replacement is', async () => {
    const { specs } = await installToy(root, { specs: ['zlib-toy'] });
    const { spec, prefix = '' } = specs.at(-1) ?? {};
    const database = JSON.parse(readFileSync(DATABASE(), 'utf8'));
    const replacement = 'abcdefghijklmnopqrstuvwxyz234567';
    Object.assign(database.database.installs[spec?.hash ?? ''], {
      installed: false,
      deprecated_for: replacement,
    });
    writeFileSync(DATABASE(), JSON.stringify(database));
    for (const force of [false, true]) {
      const again = await installToy(root, { specs: ['zlib-toy'], force });
      expect(again.specs.at(-1)?.outcome).toMatchObject({
        kind: 'failed',
        code: 'conflict',
        reason: expect.stringMatching(/deprecated.*in favour of \/abcdefg/),
      });
      expect(existsSync(prefix)).toBe(true);
    }
  });

  test('a projection that puts one spec above or at the place of another takes none away', async () => {
    const into = (projections: Record<string, string>) => ({
      config: { install_tree: { root, projections } },
    });
    const below = { all: 'zlib/{name}-{hash:7}' };
    const { specs } = await installToy(undefined, { specs: ['toymake'], ...into(below) });
    const above = await installToy(undefined, {
      specs: ['zlib-toy'],
      ...into({ ...below, 'zlib-toy': 'zlib' }),
    });
    expect(outcomes(above)).toMatchObject({ 'zlib-toy': 'failed', 'gcc-runtime': 'present' });
    expect(reasonOf(above, 'zlib-toy')).toContain('{hash}');
    for (const { spec, prefix = '' } of specs) {
      if (spec.external === undefined) expect(existsSync(join(prefix, '.spack/spec.json'))).toBe(true);
    }
    const same = await installToy(undefined, {
      specs: ['libtoy'],
      force: true,
      ...into({ 'zlib-toy': 'x', libtoy: 'x' }),
    });
    expect(outcomes(same)).toMatchObject({ 'zlib-toy': 'failed', 'gcc-runtime': 'installed' });
  });

  test('a projection that has no place for what is only registered, before anything is downloaded', async () => {
    const projections = { all: '{name}-{hash:7}', toymake: '{^nosuch.name}' };
    const config = { install_tree: { root, projections } };
    // With threads and locks, which are on their way by then: that they fail too must not be what ends the process.
    for (const more of [{}, { lock: true, threads: 2 }]) {
      await expect(installToy(undefined, { specs: ['libtoy'], config, ...more })).rejects.toMatchObject({
        code: 'bad-input',
      });
      expect(readdirSync(root)).toEqual([]);
    }
  });

  test('the rest of an install that was killed makes way', async () => {
    const { specs } = await installToy(root, { specs: ['zlib-toy'] });
    rmSync(DATABASE());
    const prefix = specs.at(-1)?.prefix ?? '';
    rmSync(join(prefix, '.spack'), { recursive: true });
    writeFileSync(join(prefix, 'rest'), '');
    const staging = join(dirname(prefix), `.unpack-${sha256(prefix).slice(0, 12)}-abcdef`);
    mkdirSync(join(staging, 'tree'), { recursive: true });
    const again = await installToy(root, { specs: ['zlib-toy'] });
    expect(outcomes(again)).toMatchObject({ 'zlib-toy': 'installed' });
    expect(existsSync(join(prefix, 'rest'))).toBe(false);
    expect(existsSync(staging)).toBe(false);
  });

  test('two at once: both end well, and nothing is lost', async () => {
    const [one, two] = await Promise.all([
      installToy(root, { specs: ['toyapp'], lock: true }),
      installToy(root, { specs: ['toymake', 'toypy'], lock: true }),
    ]);
    const kinds = new Set([...Object.values(outcomes(one)), ...Object.values(outcomes(two))]);
    expect([...kinds].sort().filter((kind) => kind !== 'present')).toEqual(['external', 'installed']);
    expect([...records().values()].every(({ installed }) => installed)).toBe(true);
    expect(records().get('toymake')?.explicit).toBe(true);
  });

  test('what another one installs meanwhile as a dependency is marked as explicit', async () => {
    const hash = [...environment().nodes.values()].find(({ name }) => name === 'zlib-toy')?.hash ?? '';
    const others = await openLocks(root);
    const building = await others.prefix(hash);
    const waiting = installToy(root, { specs: ['zlib-toy'], lock: true });
    await sleep(500);
    await installToy(root, { specs: ['libtoy'] });
    const before = records().get('zlib-toy');
    await others.close();
    await building.release();
    expect(outcomes(await waiting)).toMatchObject({ 'zlib-toy': 'present' });
    expect(records().get('zlib-toy')).toEqual({ ...before, explicit: true });
  });

  test('what a Spack has installed is there at once, though it keeps a lock on it while it goes on with others', async () => {
    const hash = [...environment().nodes.values()].find(({ name }) => name === 'zlib-toy')?.hash ?? '';
    const spack = startLocker('perl');
    expect(await spack.ask('hold', root, 'prefix_lock', prefixOffset(hash), 1)).toBe('done');
    const waiting = installToy(root, { specs: ['zlib-toy'], lock: true });
    await sleep(500);
    await installToy(root, { specs: ['libtoy'] });
    await spack.ask('share', root, 'prefix_lock', prefixOffset(hash), 1);
    expect(outcomes(await waiting)).toMatchObject({ 'zlib-toy': 'present' });
    expect(records().get('zlib-toy')).toMatchObject({ installed: true, explicit: true });
    spack.end();
  });

  test.each([
    ['is removing', false],
    ['has removed, though its record is still there,', true],
  ])('what a Spack %s is not taken for installed by what needs it', async (_, isGone) => {
    await installToy(root, { specs: ['zlib-toy'] });
    const { node, path } = records().get('zlib-toy') ?? {};
    const hash = node?.hash ?? '';
    const spack = startLocker('perl');
    expect(await spack.ask('hold', root, 'prefix_lock', prefixOffset(hash), 1)).toBe('done');
    // The spec waits for its own lock until all that it needs was found to be there.
    const libtoy = [...environment().nodes.values()].find(({ name }) => name === 'libtoy')?.hash ?? '';
    const gate = startLocker('perl');
    expect(await gate.ask('hold', root, 'prefix_lock', prefixOffset(libtoy), 1)).toBe('done');
    const waiting = installToy(root, { specs: ['libtoy'], lock: true });
    await sleep(600);
    if (isGone) rmSync(path ?? '', { recursive: true });
    gate.end();
    await Promise.race([waiting, sleep(600)]);
    expect(prefixes()).not.toContain('libtoy');
    // The files have gone, and now the record goes.
    const database = JSON.parse(readFileSync(DATABASE(), 'utf8'));
    database.database.installs[hash].installed = false;
    writeFileSync(DATABASE(), JSON.stringify(database));
    spack.end();
    expect(reasonOf(await waiting, 'libtoy')).toMatch('zlib-toy/ho3jsm3, which it needs, is not any more');
  });

  test('a program that holds the lock delays us', async () => {
    const locker = startLocker('perl');
    expect(await locker.ask('hold', root, 'lock', 0n, 0)).toBe('done');
    setTimeout(() => locker.end(), 800);
    const start = performance.now();
    const result = await installToy(root, { specs: ['gcc-runtime'], lock: true });
    expect(outcomes(result)).toMatchObject({ 'gcc-runtime': 'installed' });
    expect(performance.now() - start).toBeGreaterThan(700);
  });

  test('cancelled: what was placed is registered, the rest not tried', async () => {
    const controller = new AbortController();
    const result = await installToy(root, {
      specs: ['toyapp', 'toymake'],
      signal: controller.signal,
      onOutcome: ({ outcome }) => {
        if (outcome.kind === 'installed') controller.abort();
      },
    });
    expect(result.cancelled || !Object.values(outcomes(result)).includes('not-tried')).toBe(true);
    const there = result.specs.filter(({ outcome }) => outcome.kind === 'installed');
    for (const { spec } of there) expect(records().get(spec.name)?.installed).toBe(true);
    expect(prefixes().length).toBe(there.length);
  });
});

describe.each(['signed', 'unsigned'] as const)('layout 2, %s', (kind) => {
  test('from its index and from a lockfile', async () => {
    const mirrors = [mirrorAt(join(FIXTURES, `spack-0.23/mirror-${kind}`), { signed: kind === 'signed' })];
    const file = join(FIXTURES, 'spack-0.23/env/spack.lock');
    const old = readLockfile(readFileSync(file, 'utf8'), file);
    const byIndex = await installToy(root, { specs: ['libtoy'], mirrors });
    expect(outcomes(byIndex)).toMatchObject({ libtoy: 'installed', 'zlib-toy': 'installed' });
    const byLock = await installToy(root, { specs: [], environment: old, mirrors });
    expect(new Set(Object.values(outcomes(byLock)))).toEqual(new Set(['installed', 'present']));
    expect(
      execFileSync('grep', ['-rl', '/opt/toy/store', join(root, 'linux-x86_64_v3')]).length,
    ).toBeGreaterThan(0);
  });
});

describe('with an upstream', () => {
  /** Where libtoy and what it needs are installed, short enough for what is built against them. */
  async function upstream() {
    const up = makeEqualRoot();
    await installToy(up, { specs: ['libtoy'], environment: environment() });
    return { up, upstreams: { site: { install_tree: up } } };
  }

  test('what is there is not installed again, has no record, and is what the others are relocated to', async () => {
    const { up, upstreams } = await upstream();
    try {
      const result = await installToy(root, { specs: ['toyapp'], environment: environment(), upstreams });
      expect(outcomes(result)).toEqual({
        'gcc-runtime': 'present',
        glibc: 'external',
        libtoy: 'present',
        toyapp: 'installed',
        toypy: 'installed',
        'zlib-toy': 'present',
      });
      expect(result.notes).toEqual([]);
      // The same records as Spack writes: those of its own specs, and no counts for those of the upstream.
      expect(
        [...records()].map(([name, { installed, path }]) => [name, installed, path?.startsWith(root)]),
      ).toEqual([
        ['toypy', true, true],
        ['toyapp', true, true],
      ]);
      const [app] = result.specs.filter(({ spec }) => spec.name === 'toyapp');
      const conf = readFileSync(join(app?.prefix ?? '', 'etc/conf'), 'utf8');
      expect(conf).toContain(join(up, 'linux-x86_64_v3/libtoy-2.0.0'));
      expect(conf).not.toContain('/opt/toy/store');
      const [lib] = result.specs.filter(({ spec }) => spec.name === 'libtoy');
      expect(dirname(lib?.prefix ?? '')).toBe(join(up, 'linux-x86_64_v3'));
    } finally {
      await rm(up, { recursive: true, force: true });
    }
  });

  test('a root that is there is there, not marked, and not installed again by force', async () => {
    const { up, upstreams } = await upstream();
    try {
      const how = { specs: ['libtoy'], environment: environment(), upstreams };
      expect(outcomes(await installToy(root, how))['libtoy']).toBe('present');
      expect(existsSync(DATABASE())).toBe(false);
      const forced = await installToy(root, { ...how, force: true });
      expect(outcomes(forced)['libtoy']).toBe('present');
      expect(forced.notes).toContainEqual(
        expect.stringMatching(/^libtoy@.* is installed in an upstream, and not again$/),
      );
      expect(existsSync(DATABASE())).toBe(false);
    } finally {
      await rm(up, { recursive: true, force: true });
    }
  });

  test('what is gone from there is installed here, and so is all where there is no upstream', async () => {
    const { up, upstreams } = await upstream();
    try {
      const [zlib = ''] = readdirSync(join(up, 'linux-x86_64_v3')).filter((name) => name.startsWith('zlib'));
      rmSync(join(up, 'linux-x86_64_v3', zlib), { recursive: true });
      const how = { specs: ['toyapp'], environment: environment() };
      const result = await installToy(root, { ...how, upstreams });
      expect(outcomes(result)).toMatchObject({
        libtoy: 'present',
        'zlib-toy': 'installed',
        toyapp: 'installed',
      });
      expect(records().get('zlib-toy')).toMatchObject({
        path: join(root, 'linux-x86_64_v3', zlib),
        installed: true,
      });
      const none = { gone: { install_tree: join(up, 'none') } };
      const other = await installToy(join(root, 'other'), { ...how, upstreams: none, dryRun: true });
      expect(outcomes(other)).toMatchObject({ libtoy: 'would-install', toyapp: 'would-install' });
      expect(other.notes[0]).toMatch(/^the upstream gone is missing: no install database in /);
    } finally {
      await rm(up, { recursive: true, force: true });
    }
  });
});

test('through a link to the root, prefixes are below the root as the database has it', async () => {
  await installToy(root, { specs: ['zlib-toy'], environment: environment() });
  await using dir = await tempDir();
  const link = join(dir.path, 'link');
  symlinkSync(root, link);
  const result = await installToy(link, { specs: ['libtoy'], environment: environment() });
  expect(outcomes(result)).toMatchObject({ 'zlib-toy': 'present', libtoy: 'installed' });
  expect(result.root).toBe(root);
  for (const { path, node } of records().values()) {
    if (node.external === undefined) expect(path?.startsWith(`${root}/`), node.name).toBe(true);
  }
});

test('a root without its padding is where the padded tree is', async () => {
  const config = { install_tree: { root, padded_length: root.length + 40 } };
  const environmentOnly = { environment: environment(), tools: undefined };
  const padded = await installToy(undefined, { ...environmentOnly, specs: ['toymake'], config });
  expect(padded.root).toHaveLength(root.length + 40);
  const again = await installToy(root, { ...environmentOnly, specs: ['toymake'] });
  expect(again.root).toBe(padded.root);
  expect(outcomes(again)['toymake']).toBe('present');
});
