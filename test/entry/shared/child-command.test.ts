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
    PATH: process.env['PATH'],
  };
  const command = ['sh', '-c', 'env >seen; exit 3'];
  const code = await runCommand(command, { env, cwd: dir.path, signal: new AbortController().signal });
  expect(code).toBe(3);
  const seen = readFileSync(join(dir.path, 'seen'), 'utf8');
  expect(seen).toContain('AWS_ACCESS_KEY_ID=id');
  expect(seen).not.toContain('secret');
});
