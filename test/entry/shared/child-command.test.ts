import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from '../../../src/entry/shared/child-command.ts';
import { tempDir } from '../../harness/temp-dir.ts';

test("a build gets the variables of its mirrors, and none of the job's own secrets", async () => {
  await using dir = await tempDir();
  const secrets = [
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'ACTIONS_RUNTIME_TOKEN',
    'BUILDCACHE_SIGNING_KEY',
    'BUILDCACHE_SIGNING_PASSPHRASE',
    'INPUT_SIGNING-KEY',
    'SPACK_SIGNING_KEY',
  ];
  const env = {
    ...Object.fromEntries(secrets.map((name) => [name, 'secret'])),
    AWS_ACCESS_KEY_ID: 'id',
    GITHUB_ACTIONS: 'true',
    PATH: process.env['PATH'],
  };
  const command = ['sh', '-c', 'env >seen; exit 3'];
  const code = await runCommand(command, { env, cwd: dir.path, signal: new AbortController().signal });
  expect(code).toBe(3);
  const seen = readFileSync(join(dir.path, 'seen'), 'utf8');
  expect(seen).toContain('AWS_ACCESS_KEY_ID=id');
  expect(seen).not.toContain('secret');
});

test('outside GitHub a build gets all variables but those of our signing key and of a job', async () => {
  await using dir = await tempDir();
  const env = {
    INPUT_DIR: 'in',
    STATE_DIR: 'state',
    ACTIONS_RUNTIME_TOKEN: 'secret',
    BUILDCACHE_SIGNING_KEY: 'secret',
    PATH: process.env['PATH'],
  };
  const signal = new AbortController().signal;
  await runCommand(['sh', '-c', 'env >seen'], { env, cwd: dir.path, signal });
  const seen = readFileSync(join(dir.path, 'seen'), 'utf8');
  expect(seen).toContain('INPUT_DIR=in\n');
  expect(seen).toContain('STATE_DIR=state\n');
  expect(seen).not.toContain('secret');
});
