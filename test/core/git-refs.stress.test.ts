import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeError } from '../../src/core/errors.ts';
import { gitHistory } from '../../src/core/git-history.ts';
import { tempDir } from '../harness/temp-dir.ts';

const env = { PATH: process.env['PATH'] };

function run(cwd: string, ...args: readonly string[]): void {
  const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.org'];
  execFileSync('git', [...who, ...args], { cwd, stdio: ['ignore', 'pipe', 'ignore'] });
}

/** Three branches, each with a lockfile of its own; the one that is out is main. */
async function origin() {
  const dir = await tempDir();
  const work = join(dir.path, 'work');
  mkdirSync(join(work, 'env'), { recursive: true });
  run(work, 'init', '-q', '-b', 'main');
  for (const branch of ['main', 'release/1', 'release/2']) {
    if (branch !== 'main') run(work, 'checkout', '-q', '-b', branch, 'main');
    writeFileSync(join(work, 'env/spack.lock'), branch);
    run(work, 'add', '-A');
    run(work, 'commit', '-qm', branch);
  }
  run(work, 'tag', 'v1', 'main');
  run(work, 'checkout', '-q', 'main');
  const clone = (name: string, ...args: readonly string[]) => {
    run(dir.path, 'clone', '-q', ...args, `file://${work}`, name);
    return join(dir.path, name);
  };
  return { ...dir, work, url: `file://${work}`, clone };
}

let from: Awaited<ReturnType<typeof origin>>;
beforeAll(async () => {
  from = await origin();
});
afterAll(() => from[Symbol.asyncDispose]());

/** How many lockfiles the pattern keeps, or why none. */
async function kept(pattern: string, cwd: string): Promise<number | string> {
  return await gitHistory(pattern, ['env/spack.lock'], 'spack.lock', cwd, env).then(
    ({ files }) => files.length,
    (error: unknown) => describeError(error),
  );
}

test('branches that only the remote has are not left out, as in what actions/checkout makes', async () => {
  const at = join(from.path, 'job');
  mkdirSync(at);
  run(at, 'init', '-q');
  run(at, 'remote', 'add', 'origin', from.url);
  run(at, 'fetch', '-q', 'origin', '+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*');
  run(at, 'checkout', '-q', '--force', '-B', 'main', 'refs/remotes/origin/main');
  for (const [pattern, instead] of [
    ['refs/heads/*', 'refs/remotes/origin/*'],
    ['heads/*', 'refs/remotes/origin/*'],
    ['refs/heads/release/*', 'refs/remotes/origin/release/*'],
  ] as const)
    expect(await kept(pattern, at)).toMatch(
      `origin has branches that "${pattern}" does not mean here, since they were not checked out; ` +
        `found release/1, release/2. Say "${instead}"`,
    );
  for (const [pattern, count] of [
    ['refs/remotes/origin/*', 3],
    ['refs/remotes/origin/release/*', 2],
    ['refs/remotes/*', 3],
    ['refs/*', 3],
    ['refs/tags/*', 1],
    ['refs/heads/m*', 1],
  ] as const)
    expect([pattern, await kept(pattern, at)]).toEqual([pattern, count]);
  for (const branch of ['release/1', 'release/2']) run(at, 'branch', branch, `origin/${branch}`);
  expect(await kept('refs/heads/*', at)).toBe(3);
});

test.each([
  ['shallow', ['--depth', '1', '--branch', 'main'], /is shallow, and may lack/],
  ['single', ['--single-branch'], /does not fetch all branches of origin, and may lack/],
] as const)(
  'a clone of one branch is refused, and what the refusal says makes it whole: %s',
  async (name, how, why) => {
    const at = from.clone(name, ...how);
    for (const pattern of ['refs/remotes/origin/*', 'refs/heads/*', 'refs/remotes/*/release/*', 'refs/*'])
      expect(await kept(pattern, at)).toMatch(why);
    if (name === 'shallow') {
      // What is fetched so is all of one branch.
      run(at, 'fetch', '-q', '--unshallow', '--tags');
      expect(await kept('refs/remotes/origin/*', at)).toMatch(/does not fetch all branches of origin/);
      run(from.path, 'clone', '-q', '--depth', '1', from.url, 'again');
    }
    const place = name === 'shallow' ? join(from.path, 'again') : at;
    const said = [...String(await kept('refs/remotes/origin/*', place)).matchAll(/`git ([^`]+)`/g)];
    expect(said).toHaveLength(2);
    for (const [, words = ''] of said) run(place, ...words.replaceAll("'", '').split(' '));
    expect(await kept('refs/remotes/origin/*', place)).toBe(3);
    expect(await kept('refs/tags/*', place)).toBe(1);
  },
);

test('what is fetched is enough for a pattern that asks for no more', async () => {
  const at = from.clone('narrow', '--single-branch');
  run(at, 'config', 'remote.origin.fetch', '+refs/heads/release/*:refs/remotes/origin/release/*');
  run(at, 'fetch', '-q', 'origin');
  expect(await kept('refs/remotes/origin/release/*', at)).toBe(2);
  expect(await kept('refs/remotes/origin/*', at)).toMatch(/does not fetch all branches/);
});

test.each([['--bare'], ['--mirror']])('a copy of all has all its branches: %s', async (how) => {
  expect(await kept('refs/heads/*', from.clone(`all${how}`, how))).toBe(3);
  expect(await kept('refs/heads/*', from.work)).toBe(3);
});
