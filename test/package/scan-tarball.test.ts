import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sha256 } from '../../src/core/digest.ts';
import { BuildcacheError } from '../../src/core/errors.ts';
import { type ScannedTarball, type ScanOptions, scanTarball } from '../../src/package/scan-tarball.ts';
import { defaultInspections } from '../../src/tree/run-environment.ts';
import { runs } from '../harness/runs.ts';
import { harmless, refused } from './hostile-arena.ts';
import {
  buildInfo,
  HASH,
  infoEntry,
  OLD_PREFIX,
  OLD_ROOT,
  PACKED,
  packageTarball,
  parents,
} from './make-package.ts';
import { entry, pax, tar, tgz } from './make-tar.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url));
const FOLDERS = ['./', './bin', './man', './share/man', './lib/pkgconfig'];

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'scan-test-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function scan(tarball: Buffer, options: Partial<ScanOptions> = {}): Promise<ScannedTarball> {
  const file = join(root, 'tarball');
  writeFileSync(file, tarball);
  return await scanTarball(file, { hash: HASH, folders: FOLDERS, ...options });
}

async function outcome(tarball: Buffer, options?: Partial<ScanOptions>): Promise<string> {
  try {
    await scan(tarball, options);
    return 'accepted';
  } catch (error) {
    if (error instanceof BuildcacheError) return error.code;
    throw error;
  }
}

const at = (name: string) => `${PACKED}/${name}`;
const folder = (name: string) => entry({ name: `${at(name)}/`, type: '5' });
const link = (name: string, target: string) => entry({ name: at(name), type: '2', target });
const file = (name: string) => entry({ name: at(name), body: 'x' });

/** Below the prefix. */
async function found(...entries: readonly Buffer[]): Promise<string[]> {
  const { folders } = await scan(packageTarball(entries));
  return [...folders].map((each) => each.slice(OLD_PREFIX.length + 1));
}

test('says the digest of the archive, where the package is, and what it was packed with', async () => {
  const tarball = packageTarball([folder('bin'), file('bin/x')]);
  const { info, ...rest } = await scan(tarball);
  expect(rest).toEqual({
    tarSha256: sha256(gunzipSync(tarball)),
    prefix: OLD_PREFIX,
    folders: new Set([OLD_PREFIX, `${OLD_PREFIX}/bin`]),
  });
  expect(info.hashToPrefix).toEqual(new Map([[HASH, OLD_PREFIX]]));
});

test('finds folders as `stat` does, through links and where they are only implied', async () => {
  expect(await found()).toEqual(['']);
  expect(await found(file('bin/x'))).toEqual(['', 'bin']);
  expect(await found(file('bin'))).toEqual(['']);
  expect(await found(file('deep/bin/x'), file('binary/x'))).toEqual(['']);
  expect(await found(folder('share/man'), link('man', 'share/man'))).toEqual(['', 'man', 'share/man']);
  expect(await found(file('lib64/pkgconfig/x'), link('lib', 'lib64'))).toEqual(['', 'lib/pkgconfig']);
  expect(await found(file('b/x'), link('bin', `${OLD_PREFIX}/c/../b/`), folder('c'))).toEqual(['', 'bin']);
  expect(await found(file('x'), link('bin', 'x'))).toEqual(['']);
  expect(await found(link('bin', 'gone'))).toEqual(['']);
  expect(await found(link('bin', 'man'), link('man', 'bin'))).toEqual(['']);
  expect(await found(link('bin', '/opt/another/bin'))).toEqual(['', 'bin']);
});

test('of an older tarball, which was packed from inside of the tree', async () => {
  const packed = `pkg-1.0-${HASH}`;
  const { prefix, folders } = await scan(
    tgz(
      entry({ name: `${packed}/`, type: '5' }),
      entry({ name: `${packed}/bin/x` }),
      infoEntry(buildInfo(), packed),
    ),
  );
  expect([prefix, folders]).toEqual([`/${packed}`, new Set([`/${packed}`, `/${packed}/bin`])]);
});

test.each(['spack-1.2', 'spack-0.23'])(
  'agrees with the file system on what %s has packed',
  async (fixture) => {
    const mirror = join(FIXTURES, fixture, 'mirror-unsigned');
    const files = readdirSync(mirror, { recursive: true, encoding: 'utf8' }).map((name) =>
      join(mirror, name),
    );
    let scanned = 0;
    for (const tarball of files.filter((name) => statSync(name).isFile())) {
      const into = mkdtempSync(join(root, 'unpacked-'));
      try {
        execFileSync('tar', ['-xzf', tarball, '-C', into], { stdio: 'ignore' });
      } catch {
        continue; // not a tarball
      }
      const infos = readdirSync(into, { recursive: true, encoding: 'utf8' }).filter((name) =>
        name.endsWith('.spack/binary_distribution'),
      );
      const prefix = `/${(infos[0] ?? '').replace('/.spack/binary_distribution', '')}`;
      const folders = [...defaultInspections('linux').keys(), './lib64', './share/empty-dir', './lib/x'];
      const expected = folders.filter((name) =>
        statSync(join(into, prefix, name), { throwIfNoEntry: false })?.isDirectory(),
      );
      const found = await scanTarball(tarball, { hash: prefix.slice(-32), folders });
      expect([found.prefix, found.info.prefix]).toEqual([prefix, prefix]);
      expect([...found.folders]).toEqual(expected.map((name) => join(prefix, name).replace(/\/$/, '')));
      scanned++;
    }
    expect(scanned).toBe(fixture === 'spack-1.2' ? 6 : 5);
  },
);

const infoAt = (prefix: string, root = OLD_ROOT) =>
  buildInfo(
    {},
    { buildpath: root, relative_prefix: prefix.slice(root.length + 1), hash_to_prefix: { [HASH]: prefix } },
  );
const packedAt = (prefix: string, info: string) =>
  tgz(
    parents(prefix.slice(1)),
    entry({ name: `${prefix.slice(1)}/passwd`, body: 'x' }),
    infoEntry(info, prefix.slice(1)),
  );

test.each([
  ["the system's folder", packedAt('/etc', infoAt(OLD_PREFIX)), 'elsewhere than its build info says'],
  [
    "the system's folder, and it says so",
    packedAt('/etc', infoAt('/etc', '/opt')),
    'another package|folder of the system',
  ],
  ['below it', packedAt('/usr/bin/x', infoAt('/usr/bin/x', '/usr/bin')), 'folder of the system'],
  [
    'what comes first on its search path',
    packedAt('/usr/local/bin', infoAt('/usr/local/bin', '/usr/local')),
    'folder of the system',
  ],
  [
    'all of a user',
    packedAt(
      '/root',
      buildInfo({}, { buildpath: '/x', relative_prefix: '../root', hash_to_prefix: { [HASH]: '/root' } }),
    ),
    'another package|folder of the system',
  ],
  [
    "another package's prefix",
    packedAt(`${OLD_ROOT}/other`, infoAt(OLD_PREFIX)),
    'elsewhere than its build info says',
  ],
  ['a folder of no tree', packedAt('/other', infoAt(OLD_PREFIX)), 'elsewhere than its build info says'],
])('refuses a layer for %s', async (_, tarball, said) => {
  const failure: unknown = await scan(tarball).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'corrupt', message: expect.stringMatching(said) });
});

test('takes the prefix of any install tree', async () => {
  for (const prefix of [
    '/usr/local/spack/x-1',
    '/home/me/x-1',
    '/root/x-1',
    '/var/store/x-1',
    '/srv/etc/x-1',
  ]) {
    const at = prefix.slice(0, prefix.lastIndexOf('/'));
    expect(await scan(packedAt(prefix, infoAt(prefix, at)))).toMatchObject({ prefix });
  }
});

const [, ...below] = PACKED.split('/');
const withParent = (parent: Buffer) => tgz(parent, ...[parents()], file('x'), infoEntry());
const owned = (at: number, text: string) => (header: Buffer) => {
  header.write(text, at, 'latin1');
  return undefined;
};

const ownedBy = (type: string, field: number, text: string) =>
  entry({ name: at('x'), type, target: type === '2' ? 'y' : '', tamper: owned(field, text) });

test.each<[string, Buffer]>([
  ['a capability', packageTarball([pax({ 'SCHILY.xattr.security.capability': 'x' }), file('x')])],
  ['a capability of all', packageTarball([pax({ 'SCHILY.xattr.security.capability': 'x' }, 'g'), file('x')])],
  [
    "libarchive's way to say so",
    packageTarball([pax({ 'LIBARCHIVE.xattr.security.capability': 'eA' }), file('x')]),
  ],
  ['an access list', packageTarball([pax({ 'SCHILY.acl.access': 'user::rwx' }), file('x')])],
  ['an owner', packageTarball([pax({ uid: '1000' }), file('x')])],
  ['an owner in the header of a file', packageTarball([ownedBy('0', 108, '0001750')])],
  ['a group in the header of a folder', packageTarball([ownedBy('5', 116, '0001750')])],
  ['a name for an owner of a link', packageTarball([ownedBy('2', 265, 'me')])],
  ...[0o4755, 0o2755, 0o6755].map((mode): [string, Buffer] => [
    `a hard link that gives its file the mode ${mode.toString(8)}`,
    packageTarball([file('x'), entry({ name: at('y'), type: '1', target: at('x'), mode })]),
  ]),
  ['a name that removes a file', packageTarball([file('.wh.x')])],
  ['a name that removes all of a folder', packageTarball([file('lib/.wh..wh..opq')])],
  ['a folder that removes another', packageTarball([folder('.wh.lib'), file('.wh.lib/x')])],
  ['a prefix that removes another', packedAt(`${OLD_ROOT}/.wh.x-1`, infoAt(`${OLD_ROOT}/.wh.x-1`))],
  ['a tree that removes another', packedAt('/opt/.wh.store', infoAt('/opt/.wh.store', '/opt'))],
  ["an owner's name", packageTarball([pax({ uname: 'me' }), file('x')])],
  ['a parent that all may write to', withParent(entry({ name: 'opt/', type: '5', mode: 0o777 }))],
  ['a parent that nobody may enter', withParent(entry({ name: 'opt/', type: '5', mode: 0o700 }))],
  ['a sticky parent', withParent(entry({ name: `opt/${below[0]}/`, type: '5', mode: 0o1755 }))],
  ["a parent of a user's", withParent(entry({ name: 'opt/', type: '5', tamper: owned(108, '0001750') }))],
  ["a parent of a group's", withParent(entry({ name: 'opt/', type: '5', tamper: owned(116, '0001750') }))],
  [
    'a parent with a name for an owner',
    withParent(entry({ name: 'opt/', type: '5', tamper: owned(265, 'me') })),
  ],
])('refuses for an image what an install leaves out: %s', async (_, tarball) => {
  expect(await outcome(tarball)).toBe('unsupported');
});

/** What an install refuses, and who unpacks layers keeps within the package, or fails over. */
const WITHIN = /^a file twice|^a symlink over a file|^a file below a file/;
/** What an install disarms, and nobody does in a layer. */
const ARMED = 'bits that make root of everybody';
/** What is to be relocated is no matter for a layer. */
const LISTS = /\blist\b/;

test('refuses what could reach out of the prefix', async () => {
  for (const [name, trick] of Object.entries(refused('/outside'))) {
    const got = await outcome(packageTarball(trick.entries, buildInfo(trick.lists)));
    const expected =
      WITHIN.test(name) || LISTS.test(name) ? /^accepted$/ : /^(?:corrupt|unsupported|too-large)$/;
    expect([name, got]).toEqual([name, expect.stringMatching(expected)]);
  }
  for (const [name, trick] of Object.entries(harmless('/outside'))) {
    const expected = name === ARMED ? 'unsupported' : 'accepted';
    expect([name, await outcome(packageTarball(trick.entries))]).toEqual([name, expected]);
  }
});

test('takes hard links to earlier files and links, and to nothing else', async () => {
  const hard = (name: string, target: string) => entry({ name: at(name), type: '1', target: at(target) });
  expect(await outcome(packageTarball([file('a'), hard('b', 'a'), hard('c', 'b')]))).toBe('accepted');
  expect(await outcome(packageTarball([link('a', 'x'), hard('b', 'a'), hard('c', 'b')]))).toBe('accepted');
  for (const entries of [[hard('b', 'a'), file('a')], [folder('a'), hard('b', 'a')], [hard('a', 'a')]]) {
    expect(await outcome(packageTarball(entries))).toBe('corrupt');
  }
});

test('keeps hard links in the prefix, whatever the fingerprints of names', async () => {
  // It has that of the file.
  const hard = entry({ name: at('b'), type: '1', target: 'etc/bludoc1' });
  expect(await outcome(packageTarball([file('a'), hard]))).toBe('corrupt');
});

test('refuses set-id programs, which an install would disarm', async () => {
  for (const mode of [0o4755, 0o2755, 0o6711]) {
    const program = entry({ name: at('bin/su'), body: 'x', mode });
    expect(await outcome(packageTarball([program]))).toBe('unsupported');
  }
  const shared = entry({ name: `${at('share')}/`, type: '5', mode: 0o2775 });
  expect(await outcome(packageTarball([shared, entry({ name: at('x'), body: 'x', mode: 0o1755 })]))).toBe(
    'accepted',
  );
});

test('refuses another package, and what is none', async () => {
  const tarball = packageTarball([]);
  expect(await outcome(tarball, { hash: 'e5gsqvjcrlpv6547ytc3lxqxsuxp6wmg' })).toBe('corrupt');
  expect(await outcome(packageTarball([], 'no: [yaml'))).toBe('bad-input');
  expect(await outcome(tgz(parents(), file('a')))).toBe('corrupt');
  expect(await outcome(tgz(entry({ name: `${PACKED}/.spack/`, type: '5' }), infoEntry()))).toBe('corrupt');
  expect(await outcome(tarball.subarray(0, -20))).toBe('corrupt');
  expect(await outcome(Buffer.concat([tarball, Buffer.from('more')]))).toBe('corrupt');
  expect(await outcome(Buffer.from('not gzip'))).toBe('corrupt');
  expect(await outcome(Buffer.alloc(0))).toBe('corrupt');
});

test('is bounded', async () => {
  const bomb = packageTarball([entry({ name: at('zeros'), body: Buffer.alloc(2_000_000) })]);
  expect(await outcome(bomb, { limits: { maxBytes: 1_000_000 } })).toBe('too-large');
  expect(await outcome(bomb, { limits: { maxRatio: 100, ratioFrom: 1_000_000 } })).toBe('too-large');
  expect(await outcome(packageTarball([file('a'), file('b')]), { limits: { maxEntries: 8 } })).toBe(
    'too-large',
  );
  const long = Array.from({ length: 40 }, (_, i) =>
    Buffer.concat([pax({ path: at(`${i}/${'d/'.repeat(1000)}x`) }), file('x')]),
  );
  expect(await outcome(packageTarball(long))).toBe('too-large');
});

test('is cancelled, and says so', async () => {
  expect(await outcome(packageTarball([]), { signal: AbortSignal.abort() })).toBe('cancelled');
});

test('a file that is not there', async () => {
  await expect(scanTarball(join(root, 'gone'), { hash: HASH, folders: [] })).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('mutated archives are scanned or refused', async () => {
  const archive = tar(parents(), folder('bin'), link('man', 'share/man'), file('share/man/x'), infoEntry());
  await fc.assert(
    fc.asyncProperty(fc.nat(archive.length - 1), fc.integer({ min: 0, max: 255 }), async (place, byte) => {
      const mutated = Buffer.from(archive);
      mutated[place] = byte;
      expect(await outcome(gzipSync(mutated, { level: 0 }))).toMatch(/^[a-z-]+$/);
    }),
    { numRuns: runs(500) },
  );
});

test('takes no file that is another by now than the one that was verified', async () => {
  const tarball = packageTarball([file('a')]);
  expect(await outcome(tarball, { sha256: sha256(tarball) })).toBe('accepted');
  expect(await outcome(tarball, { sha256: sha256(packageTarball([file('b')])) })).toBe('corrupt');
});
