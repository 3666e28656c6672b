import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyMode, makeParents, type PackagePermissions, prefixMode } from '../../src/tree/permissions.ts';
import { tempDir } from '../harness/temp-dir.ts';

function mode(own: Partial<PackagePermissions>, all?: Partial<PackagePermissions>, allowSetgid = true) {
  const none = { read: undefined, write: undefined, group: undefined };
  const byPackage = new Map([['zlib', { ...none, ...own }]]);
  if (all !== undefined) byPackage.set('all', { ...none, ...all });
  return prefixMode('zlib', { byPackage, allowSetgid });
}

// As Spack 1.2's `get_package_permissions` and `get_package_dir_permissions` have them.
test.each([
  [{ read: 'world' as const }, undefined, 0o755, 0o2755],
  [{ read: 'group' as const }, undefined, 0o750, 0o2750],
  [{ read: 'user' as const }, undefined, 0o700, 0o700],
  [{ write: 'group' as const }, undefined, 0o775, 0o2775],
  [{ write: 'group' as const }, { read: 'group' as const, write: 'user' as const }, 0o770, 0o2770],
  [{}, { read: 'user' as const }, 0o700, 0o700],
])('%j over %j', async (own, all, file, directory) => {
  expect(await mode(own, all)).toEqual({ file, directory, gid: undefined });
});

test('nothing configured is nothing to do', async () => {
  expect(await mode({})).toBeUndefined();
});

test('groups by number and by name', async () => {
  expect((await mode({ group: '1234' }))?.gid).toBe(1234);
  const [name = '', , id] = readFileSync('/etc/group', 'utf8').split('\n')[1]?.split(':') ?? [];
  expect((await mode({}, { group: name }))?.gid).toBe(Number(id));
  await expect(mode({ group: 'no-such-group-here' })).rejects.toMatchObject({ code: 'bad-input' });
});

test('a directory service that does not answer is not an unknown group', async () => {
  await using dir = await tempDir();
  const path = process.env['PATH'];
  try {
    process.env['PATH'] = dir.path;
    const answered = (script: string) => {
      writeFileSync(join(dir.path, 'getent'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      return mode({ group: 'staff-of-the-site' });
    };
    expect((await answered('echo staff-of-the-site:x:4321:'))?.gid).toBe(4321);
    await expect(answered('exit 2')).rejects.toMatchObject({ code: 'bad-input' });
    await expect(answered('exit 1')).rejects.toMatchObject({ code: 'io' });
    await expect(answered('kill -9 $$')).rejects.toMatchObject({ code: 'io' });
    rmSync(join(dir.path, 'getent'));
    await expect(mode({ group: 'staff-of-the-site' })).rejects.toMatchObject({ code: 'bad-input' });
  } finally {
    process.env['PATH'] = path;
  }
});

test('who may write may read, and not everybody into a directory with a set group', async () => {
  await expect(mode({ read: 'user', write: 'group' })).rejects.toThrow(/more may write/);
  await expect(mode({ write: 'world' })).rejects.toThrow(/set group/);
  expect(await mode({ write: 'world' }, undefined, false)).toMatchObject({ file: 0o777, directory: 0o777 });
});

describe('on disk', () => {
  const modeOf = (file: string) => (statSync(file).mode & 0o7777).toString(8);

  test('all files and directories, and nothing that a symlink points to', async () => {
    await using dir = await tempDir();
    const prefix = join(dir.path, 'prefix');
    mkdirSync(join(prefix, 'bin'), { recursive: true });
    writeFileSync(join(prefix, 'bin/run'), '', { mode: 0o744 });
    writeFileSync(join(prefix, Buffer.from([0x66, 0xe9]).toString('latin1')), '', { mode: 0o600 });
    writeFileSync(join(dir.path, 'outside'), '', { mode: 0o600 });
    symlinkSync('../outside', join(prefix, 'link'));
    const gid = process.getgid?.();
    await applyMode(prefix, { file: 0o775, directory: 0o2775, gid });
    expect(['', 'bin', 'bin/run', 'fé'].map((name) => modeOf(join(prefix, name)))).toEqual([
      '2775',
      '2775',
      '775',
      '664',
    ]);
    expect(modeOf(join(dir.path, 'outside'))).toBe('600');
  });

  test('nothing of a folder that a link leads to which has taken the place of the package', async () => {
    await using dir = await tempDir();
    const theirs = join(dir.path, 'theirs');
    mkdirSync(theirs, { mode: 0o700 });
    writeFileSync(join(theirs, 'secret'), '', { mode: 0o600 });
    symlinkSync('theirs', join(dir.path, 'tree'));
    const whole = { file: 0o777, directory: 0o777, gid: undefined };
    await expect(applyMode(join(dir.path, 'tree'), whole)).rejects.toThrow();
    expect(['', 'secret'].map((name) => modeOf(join(theirs, name)))).toEqual(['700', '600']);
  });

  test('directories above a prefix are like the one they are made in, and go again', async () => {
    await using dir = await tempDir();
    const root = join(dir.path, 'store');
    mkdirSync(root);
    chmodSync(root, 0o2770);
    const undo = makeParents(root, join(root, 'a/b/prefix'));
    expect([modeOf(join(root, 'a')), modeOf(join(root, 'a/b'))]).toEqual(['2770', '2770']);
    undo();
    expect(() => statSync(join(root, 'a'))).toThrow();
    const keep = makeParents(root, join(root, 'a/b/prefix'));
    writeFileSync(join(root, 'a/file'), '');
    keep();
    expect(() => statSync(join(root, 'a/b'))).toThrow();
    expect(statSync(join(root, 'a/file')).isFile()).toBe(true);
  });
});
