import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeError } from '../../src/core/errors.ts';
import { gitHistory } from '../../src/core/git-history.ts';
import { tempDir } from '../harness/temp-dir.ts';

const env = { PATH: process.env['PATH'] };

/** Six commits: without a lockfile, then a, b, b with another file, c; the last but one is tagged, a branch has d. */
async function repository() {
  const dir = await tempDir();
  const work = join(dir.path, 'work');
  mkdirSync(work);
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      cwd: work,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const commit = (files: Readonly<Record<string, string>>, message: string) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(work, name, '..'), { recursive: true });
      writeFileSync(join(work, name), text);
    }
    git('add', '-A');
    git('commit', '-qm', message);
  };
  git('init', '-q', '-b', 'main');
  git('config', 'uploadpack.allowFilter', 'true');
  commit({ readme: 'x' }, 'no lockfile');
  commit({ 'env/spack.lock': 'a' }, 'a');
  commit({ 'env/spack.lock': 'b' }, 'b');
  commit({ readme: 'y' }, 'still b');
  git('tag', '-a', '-m', 'first', 'v1');
  commit({ 'env/spack.lock': 'c' }, 'c');
  git('checkout', '-qb', 'side', 'HEAD~3');
  commit({ 'env/spack.lock': 'd' }, 'd');
  git('tag', 'group/v2');
  git('checkout', '-q', 'main');
  const read = async (range: string, paths: readonly string[] = ['env'], cwd = work) => {
    const { commits, files } = await gitHistory(range, paths, 'spack.lock', cwd, env);
    return { commits, texts: (await Promise.all(files.map((file) => file.read()))).sort().join('') };
  };
  const clone = (name: string, ...args: readonly string[]) => {
    execFileSync('git', ['clone', '-q', ...args, `file://${work}`, join(dir.path, name)], {
      stdio: 'ignore',
    });
    return join(dir.path, name);
  };
  return { ...dir, work, git, commit, read, clone };
}

let repo: Awaited<ReturnType<typeof repository>>;
beforeAll(async () => {
  repo = await repository();
});
afterAll(() => repo[Symbol.asyncDispose]());

async function expectRefused(history: Promise<unknown>, message: RegExp): Promise<void> {
  expect(describeError(await history.catch((error: unknown) => error))).toMatch(message);
}

describe('gitHistory', () => {
  test('reads each content of a range once, of refs that match, and of one revision', async () => {
    expect(await repo.read('main~4..main')).toEqual({ commits: 4, texts: 'abc' });
    expect(await repo.read('HEAD~2..')).toEqual({ commits: 2, texts: 'bc' });
    expect(await repo.read('main..side')).toEqual({ commits: 1, texts: 'd' });
    expect(await repo.read('refs/tags/*')).toEqual({ commits: 2, texts: 'bd' });
    expect(await repo.read('refs/tags/v*')).toEqual({ commits: 1, texts: 'b' });
    expect(await repo.read('v1')).toEqual({ commits: 1, texts: 'b' });
  });

  test('names each by commit and path, for whoever cannot read it', async () => {
    const hash = repo.git('rev-parse', 'HEAD').slice(0, 12);
    const { files } = await gitHistory('HEAD', ['env'], 'spack.lock', repo.work, env);
    expect(files.map(({ name }) => name)).toEqual([`git:${hash}:env`]);
  });

  test('finds a lockfile where it was before it moved, and from a folder', async () => {
    repo.git('checkout', '-q', '-b', 'moving', 'main');
    repo.git('mv', 'env', 'new');
    repo.commit({ 'new/spack.lock': 'e' }, 'moved');
    expect(await repo.read('moving~2..', ['env/spack.lock', 'new/'])).toEqual({ commits: 2, texts: 'ce' });
    expect(await repo.read('HEAD', ['./spack.lock'], join(repo.work, 'new'))).toEqual({
      commits: 1,
      texts: 'e',
    });
    expect(await repo.read('HEAD', ['../new'], join(repo.work, 'new'))).toEqual({ commits: 1, texts: 'e' });
    repo.git('checkout', '-q', 'main');
  });

  test.each([
    ['main..main', /there is no commit in "main\.\.main"/],
    ['main..v1', /there is no commit in "main\.\.v1"/],
    ['refs/tags/x*', /no ref matches "refs\/tags\/x\*"/],
    ['main~9..main', /no revision "main~9".*fetch-depth: 0/],
    ['nope', /no revision "nope"/],
    ['v1^{tree}', /no revision/],
    ['--all', /not a range/],
    ['main..--all', /no revision "--all"/],
    ['a...b', /not a range.*A\.\.B/],
    ['main~4..main~2..main', /not a range.*A\.\.B/],
    ['^main', /no revision "\^main"/],
    ['main~2..^main', /no revision "\^main"/],
    ['^main~2..main', /no revision "\^main~2"/],
    ['', /not a range/],
    ['a b', /not a range/],
    ['main~4', /no commit of "main~4" has env/],
  ])('refuses %j, and takes none of it for a history that keeps nothing', async (range, message) => {
    await expectRefused(repo.read(range), message);
  });

  test('takes no name that somebody else has given to another commit, and says how to name the one that is meant', async () => {
    const at = repo.clone('names', '--no-single-branch');
    const git = (...args: readonly string[]) =>
      execFileSync('git', args, { cwd: at, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    git('branch', 'side', 'origin/side');
    const short = git('rev-parse', '--short', 'main');
    const ranges = [
      'main~2..main',
      'main',
      'main^0',
      'side',
      'side..main',
      'origin/main',
      'v1',
      'v1..main',
      short,
    ];
    const before = new Map<string, unknown>();
    for (const range of ranges) before.set(range, await repo.read(range, ['env'], at));
    for (const name of ['main', 'origin/main', 'side', short]) git('tag', name, 'group/v2~0');
    git('branch', 'v1', 'origin/side');
    for (const range of ranges)
      await expectRefused(
        repo.read(range, ['env'], at),
        /more than one meaning.*refs\/tags\/.*refs\/heads\/main/,
      );
    for (const [meant, range] of [
      ['refs/heads/main~2..refs/heads/main', 'main~2..main'],
      ['refs/remotes/origin/main', 'origin/main'],
      ['refs/tags/v1', 'v1'],
      [git('rev-parse', 'refs/heads/main'), 'main'],
    ] as const) {
      expect(await repo.read(meant, ['env'], at)).toEqual(before.get(range));
    }
    git('tag', 'HEAD', 'group/v2');
    expect(await repo.read('HEAD', ['env'], at)).toEqual(before.get('main'));
    expect(await repo.read('@~0', ['env'], at)).toEqual(before.get('main'));
  });

  test('takes no name that git describes another commit by, but one that the hash of a file begins with', async () => {
    const at = repo.clone('described', '--no-single-branch');
    const git = (...args: readonly string[]) =>
      execFileSync('git', args, { cwd: at, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    const described = `v1-1-g${git('rev-parse', '--short', 'main')}`;
    const meant = await repo.read(described, ['env'], at);
    git('branch', described, 'origin/side');
    await expectRefused(repo.read(described, ['env'], at), /more than one meaning/);
    for (const object of ['main:readme', 'main^{tree}']) {
      const name = git('rev-parse', '--short=4', object);
      git('branch', name, 'main');
      expect(await repo.read(name, ['env'], at)).toEqual(meant);
    }
  });

  test('refuses a lockfile that is none: a link, a folder', async () => {
    repo.git('checkout', '-q', '-b', 'linking', 'main');
    rmSync(join(repo.work, 'env/spack.lock'));
    symlinkSync('../readme', join(repo.work, 'env/spack.lock'));
    repo.git('add', '-A');
    repo.git('commit', '-qm', 'link');
    await expectRefused(repo.read('HEAD'), /no file in commit.*a symbolic link/);
    repo.commit({ 'other/spack.lock/x': '' }, 'folder');
    await expectRefused(repo.read('HEAD', ['other']), /no file in commit.*tree/);
    repo.git('checkout', '-q', 'main');
  });

  test('cannot tell what a shallow clone lacks, unless it ends before the range', async () => {
    const shallow = repo.clone('shallow', '--depth', '2');
    await expectRefused(repo.read('main~4..main', ['env'], shallow), /no revision "main~4"/);
    expect(await repo.read('main~1..main', ['env'], shallow)).toEqual({ commits: 1, texts: 'c' });
    // A tag that was fetched by itself: what is between it and main is not there.
    execFileSync('git', ['fetch', '-q', '--depth', '1', 'origin', 'refs/tags/group/v2:refs/tags/old'], {
      cwd: shallow,
      stdio: 'ignore',
    });
    await expectRefused(repo.read('old..main', ['env'], shallow), /shallow and ends within "old\.\.main"/);
    await expectRefused(repo.read('refs/tags/*', ['env'], shallow), /shallow, and may lack refs/);
  });

  test('fetches nothing that a clone with a filter lacks', async () => {
    for (const [filter, message] of [
      ['blob:none', /git:[0-9a-f]{12}:env is not in this clone/],
      ['tree:0', /git:/],
    ] as const) {
      const partial = repo.clone(filter.replace(':', '-'), '--no-checkout', '--filter', filter);
      await expectRefused(repo.read('main~3..main', ['env'], partial), message);
    }
  });

  test('says so where there is no repository', async () => {
    await using dir = await tempDir();
    await expectRefused(
      gitHistory('HEAD', ['x'], 'spack.lock', dir.path, env),
      /not a git repository|revision/,
    );
  });
});
