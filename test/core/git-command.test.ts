import { execFileSync, spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { describeError } from '../../src/core/errors.ts';
import { gitTrouble } from '../../src/core/git-command.ts';
import { tempDir } from '../harness/temp-dir.ts';

it("says how to read a clone of another user's, as in a container", async () => {
  await using dir = await tempDir();
  execFileSync('git', ['init', '-q', dir.path]);
  const env = {
    PATH: process.env['PATH'],
    HOME: dir.path,
    LC_ALL: 'C',
    GIT_TEST_ASSUME_DIFFERENT_OWNER: '1',
  };
  const { stderr } = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: dir.path, env, encoding: 'utf8' });
  const text = describeError(gitTrouble(stderr, dir.path));
  expect(text).toMatch(/dubious ownership.*git config --global --add safe\.directory '\/.+'/);
  expect(describeError(gitTrouble('fatal: bad object HEAD\n', dir.path))).not.toContain('safe.directory');
});
