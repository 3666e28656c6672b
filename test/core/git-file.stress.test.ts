import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorCode } from '../../src/core/errors.ts';
import { parseGitFile, readGitFile } from '../../src/core/git-file.ts';
import { tempDir } from '../harness/temp-dir.ts';

describe('parseGitFile', () => {
  test('takes what is before the second colon for the revision', () => {
    expect(parseGitFile('git:HEAD~1:env/spack.lock')).toEqual({ revision: 'HEAD~1', path: 'env/spack.lock' });
    expect(parseGitFile('git:v1:a:b')).toEqual({ revision: 'v1', path: 'a:b' });
  });

  test('leaves other text to others', () => {
    expect(parseGitFile('env/spack.lock')).toBeUndefined();
    expect(parseGitFile('gitlab/env')).toBeUndefined();
  });

  test.each(['git:', 'git:HEAD', 'git:HEAD:', 'git::x', 'git:--exec=x:y', 'git:-:y', 'git:a:b\0c'])(
    '%j is refused',
    (text) => {
      expect(() => parseGitFile(text)).toThrow(expect.objectContaining({ code: 'usage' }));
    },
  );
});

describe('readGitFile', () => {
  async function repository() {
    const dir = await tempDir();
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
        cwd: dir.path,
      });
    git('init', '-q');
    mkdirSync(join(dir.path, 'env'));
    writeFileSync(join(dir.path, 'env', 'spack.lock'), 'first');
    git('add', '.');
    git('commit', '-qm', 'first');
    writeFileSync(join(dir.path, 'env', 'spack.lock'), 'second');
    git('commit', '-qam', 'second');
    const env = { PATH: process.env['PATH'] };
    const read = (revision: string, path: string, folder = '.') =>
      readGitFile({ revision, path }, 'spack.lock', join(dir.path, folder), env);
    return { ...dir, git, read };
  }

  test('reads a file as it was, also by its folder, and from a folder', async () => {
    await using repo = await repository();
    expect(await repo.read('HEAD~1', 'env/spack.lock')).toBe('first');
    expect(await repo.read('HEAD', 'env')).toBe('second');
    expect(await repo.read('HEAD', 'env/')).toBe('second');
    expect(await repo.read('HEAD', './spack.lock', 'env')).toBe('second');
  });

  test.each([
    ['nope', 'env', /no revision "nope".*/],
    ['HEAD', 'other', /no other in revision "HEAD"/],
    ['HEAD', '../etc/passwd', /no \.\.\/etc\/passwd in revision/],
    ['HEAD', '--help', /no --help in revision/],
  ])('%s:%s is not there', async (revision, path, expected) => {
    await using repo = await repository();
    await expect(repo.read(revision, path)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringMatching(expected),
    });
  });

  test('a text that git would take for an option does nothing', async () => {
    await using repo = await repository();
    await expect(repo.read('--output=made', 'env')).rejects.toMatchObject({ code: 'not-found' });
    expect(() => execFileSync('ls', ['made'], { cwd: repo.path, stdio: 'pipe' })).toThrow();
  });

  test('no program of the repository is run', async () => {
    await using repo = await repository();
    const touch = join(repo.path, 'ran');
    repo.git('config', 'core.fsmonitor', `touch ${touch}`);
    repo.git('config', 'diff.external', `touch ${touch}`);
    repo.git('config', 'filter.x.smudge', `touch ${touch}; cat`);
    expect(await repo.read('HEAD', 'env')).toBe('second');
    expect(() => execFileSync('ls', [touch], { stdio: 'pipe' })).toThrow();
  });

  test('a git that knows no GIT_NO_LAZY_FETCH runs none either to fetch a missing file', async () => {
    await using repo = await repository();
    const touch = join(repo.path, 'ran');
    const blob = String(repo.git('rev-parse', 'HEAD:env/spack.lock')).trim();
    rmSync(join(repo.path, '.git', 'objects', blob.slice(0, 2), blob.slice(2)));
    repo.git('config', 'core.repositoryFormatVersion', '1');
    repo.git('config', 'extensions.partialClone', 'origin');
    repo.git('config', 'remote.origin.url', repo.path);
    repo.git('config', 'remote.origin.uploadpack', `touch ${touch}; git-upload-pack`);
    repo.git('config', 'protocol.allow', 'always');
    repo.git('config', 'protocol.file.allow', 'always');
    const bin = join(repo.path, 'bin');
    mkdirSync(bin);
    const older = `unset GIT_NO_LAZY_FETCH; PATH='${process.env['PATH']}'; exec git "$@"`;
    writeFileSync(join(bin, 'git'), `#!/bin/sh\n${older}\n`, { mode: 0o755 });
    const env = { PATH: `${bin}:${process.env['PATH']}` };
    const read = readGitFile({ revision: 'HEAD', path: 'env' }, 'spack.lock', repo.path, env);
    await expect(read).rejects.toMatchObject({ code: 'not-found' });
    expect(existsSync(touch)).toBe(false);
  });

  test('without a repository, and without git, each is said', async () => {
    await using dir = await tempDir();
    const file = { revision: 'HEAD', path: 'env' };
    const ceiling = { PATH: process.env['PATH'] };
    await expect(readGitFile(file, 'spack.lock', dir.path, ceiling)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringMatching(/not a git repository/),
    });
    const none = readGitFile(file, 'spack.lock', dir.path, { PATH: dir.path });
    expect(errorCode(await none.catch((error: unknown) => error))).toBe('not-found');
    await expect(none).rejects.toThrow(/git could not be run/);
  });
});
