import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from './harness/temp-dir.ts';

interface Place {
  /** Of the bundle; none where this is empty. */
  readonly bundle?: string;
  /** The launcher, from the folder above it; absolute when not given. */
  readonly typed?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `bin/buildcache` where `node` is a script, which says that it is of this version. */
async function launch(version: string, { bundle = 'dist', typed, env = {} }: Place = {}) {
  await using dir = await tempDir();
  for (const folder of ['bin', 'path', 'elsewhere/bin'])
    mkdirSync(join(dir.path, folder), { recursive: true });
  cpSync(new URL('../bin/buildcache', import.meta.url), join(dir.path, 'bin/buildcache'));
  if (bundle !== '') {
    mkdirSync(join(dir.path, bundle));
    writeFileSync(join(dir.path, bundle, 'cli.js'), '');
  }
  const node = `#!/bin/sh
case $1 in
  --version) echo "${version}" ;;
  -e) [ "$NODE_OPTIONS" != '-r missing' ] ;;
  *) echo "$@" ;;
esac
`;
  writeFileSync(join(dir.path, 'path/node'), node, { mode: 0o755 });
  const { status, stdout, stderr } = spawnSync(typed ?? join(dir.path, 'bin/buildcache'), ['check', 'a b'], {
    cwd: dir.path,
    env: { ...env, PATH: `${join(dir.path, 'path')}:${process.env['PATH']}` },
    encoding: 'utf8',
  });
  const [shownOut = '', shownErr = ''] = [stdout, stderr].map((text) => text.replaceAll(dir.path, ''));
  return { status, stdout: shownOut, stderr: shownErr };
}

test.each(['v20.19.0', 'v20.20.2', 'v22.0.0', 'v24.0.0-nightly20250101', 'v100.1.2'])(
  'the launcher takes Node %s',
  async (version) => {
    expect(await launch(version)).toEqual({ status: 0, stdout: '/dist/cli.js check a b\n', stderr: '' });
  },
);

test.each(['v20.18.9', 'v18.20.1', 'v0.10.48', 'v21', 'no version', ''])(
  'the launcher refuses Node "%s", in one line',
  async (version) => {
    const { status, stdout, stderr } = await launch(version);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: buildcache needs Node\.js 20\.19 or newer, found .+ at \/.*\/node\n$/);
  },
);

test.each(['.', 'elsewhere', '/nowhere:.'])(
  'the launcher runs its own bundle with CDPATH=%s',
  async (CDPATH) => {
    expect(await launch('v24.0.0', { typed: 'bin/buildcache', env: { CDPATH } })).toEqual({
      status: 0,
      stdout: '/dist/cli.js check a b\n',
      stderr: '',
    });
  },
);

test.each([
  ['--use-openssl-ca', 0, ''],
  ['-r missing', 2, 'error: /path/node does not run with NODE_OPTIONS=-r missing\n'],
])('with NODE_OPTIONS=%s the launcher ends with %i', async (NODE_OPTIONS, status, stderr) => {
  expect(await launch('v24.0.0', { env: { NODE_OPTIONS } })).toMatchObject({ status, stderr });
});

test('a launcher without its bundle gives no answer: 1 would say that something is missing', async () => {
  const { status, stdout, stderr } = await launch('v24.0.0', { bundle: '' });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toBe('error: /dist/cli.js is not there: copy or clone all of buildcache-action\n');
});
