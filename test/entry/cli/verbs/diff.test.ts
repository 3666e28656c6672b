import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { copyMirror } from '../../../cache/mirror-fixture.ts';
import { developSite } from '../../../harness/develop-site.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { edge, lockfile, node } from '../../../spec/node-fixture.ts';
import { readFixture } from '../../../spec/spec-nodes.ts';
import { runVerb } from '../../run-verb.ts';

const zlib = node('zlib', { version: '1.3' });
const newZlib = node('zlib', { version: '1.3.1' });
const cmake = node('cmake');
const ninja = node('ninja');
const OLD = [node('hdf5', { dependencies: [edge(cmake, ['build']), edge(zlib)] }), zlib, cmake];
const NEW = [node('hdf5', { dependencies: [edge(ninja, ['build']), edge(newZlib)] }), newZlib, ninja];

async function folder() {
  const dir = await tempDir();
  writeFileSync(join(dir.path, 'old.lock'), lockfile(OLD));
  mkdirSync(join(dir.path, 'env'));
  writeFileSync(join(dir.path, 'env', 'spack.lock'), lockfile(NEW));
  return {
    ...dir,
    diff: (...args: readonly string[]) =>
      runVerb(['diff', ...args], dir.path, { PATH: process.env['PATH'] ?? '' }),
  };
}

const rootsOf = (...nodes: readonly { readonly hash: string }[]) =>
  nodes.map(({ hash }) => ({ hash, spec: 'a root' }));

const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

describe('two environments', () => {
  test('what was added, removed and updated, and why', async () => {
    await using dir = await folder();
    const { code, out } = await dir.diff('old.lock', 'env', '--json');
    const json = JSON.parse(out);
    expect([code, json.exit_code]).toEqual([0, 0]);
    expect(names(json.added)).toEqual(['ninja']);
    expect(names(json.removed)).toEqual(['cmake']);
    expect(names(json.updated)).toEqual(['zlib', 'hdf5']);
    expect(json.counts).toEqual({ total: 3, added: 1, removed: 1, updated: 2, rebuilt: 0, build: 3 });
    const kinds = json.causes.flatMap(({ changes }: { changes: { kind: string }[] }) =>
      changes.map(({ kind }) => kind),
    );
    expect(kinds.sort()).toEqual(['dependency', 'dependency', 'version']);
  });

  test('what is only built anew over a change is neither added nor updated', async () => {
    await using dir = await folder();
    const rebuilt = [node('hdf5', { dependencies: [edge(cmake, ['build']), edge(newZlib)] }), newZlib, cmake];
    writeFileSync(join(dir.path, 'new.lock'), lockfile(rebuilt));
    const { out } = await dir.diff('old.lock', 'new.lock');
    expect(out).toContain('1 updated, 1 rebuilt over what changed.\n');
    expect(out).toContain('\nUpdated:\n  ~ zlib: version 1.3 → 1.3.1\n');
    expect(out).toContain('\nBecause:\n    2  zlib: version 1.3 → 1.3.1\n');
    expect(out).toContain('All 2 are proven');
  });

  test('a spec that no root needs any more is gone, also if the lockfile still has it, and may come again', async () => {
    await using dir = await folder();
    writeFileSync(join(dir.path, 'less.lock'), lockfile([cmake, zlib]));
    writeFileSync(join(dir.path, 'more.lock'), lockfile([cmake, zlib], { roots: rootsOf(cmake, zlib) }));
    const gone = await dir.diff('more.lock', 'less.lock', '--exit-code', '--json');
    expect([gone.code, names(JSON.parse(gone.out).removed)]).toEqual([1, ['zlib']]);
    const come = await dir.diff('less.lock', 'more.lock', '--exit-code', '--json');
    expect([come.code, names(JSON.parse(come.out).added)]).toEqual([1, ['zlib']]);
  });

  test('the same twice is no difference', async () => {
    await using dir = await folder();
    const { code, out } = await dir.diff('env', 'env', '--exit-code');
    expect([code, out]).toEqual([0, 'No difference.\n']);
  });

  test('with --exit-code a difference is 1, as it is for git', async () => {
    await using dir = await folder();
    expect((await dir.diff('old.lock', 'env', '--exit-code')).code).toBe(1);
    expect((await dir.diff('old.lock', 'env')).code).toBe(0);
  });

  test('as Markdown, with lists that fold away', async () => {
    await using dir = await folder();
    const { out } = await dir.diff('old.lock', 'env', '--markdown');
    expect(out).toContain('### What changed from `old.lock` to `env`');
    expect(out).toContain('<details><summary>1 added</summary>');
    expect(out).toContain('| 2 | 2 | zlib&#58; version 1.3 → 1.3.1 |');
  });
});

test('another external is a difference, and nothing to build', async () => {
  await using dir = await folder();
  const glibc = (version: string) =>
    node('glibc', { version, external: { path: '/usr', module: null, extra_attributes: {} } });
  writeFileSync(join(dir.path, 'one.lock'), lockfile([glibc('2.36')]));
  writeFileSync(join(dir.path, 'two.lock'), lockfile([glibc('2.41')]));
  const { code, out } = await dir.diff('one.lock', 'two.lock', '--json', '--exit-code');
  expect([code, JSON.parse(out).counts]).toMatchObject([1, { total: 0, updated: 1, build: 0 }]);
});

test('a git revision beside the working copy', async () => {
  await using dir = await folder();
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: dir.path });
  git('init', '-q');
  git('add', 'env');
  git('commit', '-qm', 'new');
  const { code, out } = await dir.diff('git:HEAD:env', 'old.lock', '--json');
  expect([code, names(JSON.parse(out).removed)]).toEqual([0, ['ninja']]);
});

test('with mirrors, what would have to be built and how much is cached', async () => {
  await using dir = await folder();
  copyMirror('1.2', 'unsigned', join(dir.path, 'mirror'));
  writeFileSync(join(dir.path, 'fixture.lock'), readFixture('spack-1.2/env/spack.lock'));
  const mirror = pathToFileURL(join(dir.path, 'mirror')).href;
  const cached = await dir.diff('old.lock', 'fixture.lock', '-m', mirror, '--json');
  expect(JSON.parse(cached.out).counts).toMatchObject({ total: 6, build: 0, cached: 6, unknown: 0 });
  const { code, out } = await dir.diff('fixture.lock', 'env', '-m', mirror);
  expect(code).toBe(0);
  expect(out).toContain('3 of 3 specs are missing and would have to be built, 0 are present.\n');
});

test('what is of local source would have to be built, whatever the mirrors have', async () => {
  await using dir = await tempDir();
  developSite(dir.path);
  const { out } = await runVerb(['diff', 'env', 'env', '-m', './mirror'], dir.path);
  expect(out).toBe(
    'No difference.\n2 of 4 specs are missing and would have to be built (2 of local source), 2 are present.\n',
  );
});

test('a mirror that gives no answer is exit code 2', async () => {
  await using dir = await folder();
  const { code, out } = await dir.diff('old.lock', 'env', '-m', 'http://127.0.0.1:9/x', '--retries', '0');
  expect([code, out]).toEqual([2, expect.stringContaining('3 are unknown')]);
});

test.each([
  [['nowhere', 'env'], /no such file/],
  [['git:HEAD:env', 'env'], /not a git repository/],
  [['git:HEAD', 'env'], /not a file of a git revision/],
])('%j is one clear error', async (args, expected) => {
  await using dir = await folder();
  const { code, out, err } = await dir.diff(...args);
  expect([code, out, err.trim().split('\n')]).toEqual([2, '', [expect.stringMatching(expected)]]);
});
