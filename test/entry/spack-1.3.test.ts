/** What Spack 1.3-dev has made, through the command line: an environment with groups, its mirrors, its install tree. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readDatabase } from '../../src/spec/database.ts';
import { folderDocuments, indexOf, listedHashes } from '../cache/mirror-state.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { environmentOf, FIXTURES, mirrorOf } from './command-line.ts';
import { type Ran, runVerb } from './run-verb.ts';

const ENV = environmentOf('1.3');
const SIGNED = mirrorOf('1.3', 'signed');
const UNSIGNED = mirrorOf('1.3', 'unsigned');
const KEY = ['--trusted-keys', join(FIXTURES, 'spack-1.3/interop-13.pub.asc')];

let dir: TempDir;
beforeEach(async () => {
  dir = await tempDir();
});
afterEach(() => dir[Symbol.asyncDispose]());

const run = (...args: string[]): Promise<Ran> => runVerb(args, dir.path);

/** The environment, its lockfile and manifest changed. */
function environmentWith(change: (text: string) => string, manifest = (text: string) => text): string {
  const folder = join(dir.path, 'env');
  cpSync(ENV, folder, { recursive: true });
  for (const [name, edit] of [
    ['spack.lock', change],
    ['spack.yaml', manifest],
  ] as const) {
    writeFileSync(join(folder, name), edit(readFileSync(join(ENV, name), 'utf8')));
  }
  return folder;
}

function namesIn(ran: Ran): string[] {
  return (JSON.parse(ran.out).specs as { name: string }[]).map(({ name }) => name).sort();
}

describe('check', () => {
  it('finds all of it, and says so of each group', async () => {
    expect(await run('check', '-e', ENV, '-m', SIGNED, '--verify', 'blobs')).toMatchObject({ code: 0 });
    const check = (...args: string[]) => run('check', '-e', ENV, '-m', UNSIGNED, '--json', ...args);
    expect(namesIn(await check())).toHaveLength(6);
    expect(namesIn(await check('--group', 'tools'))).toEqual(['gcc-runtime', 'toymake']);
    expect(namesIn(await check('--group', 'tools', '--roots-only'))).toEqual(['toymake']);
    expect(namesIn(await check('--group', 'default', '--group', 'apps', '--roots-only'))).toEqual([
      ...['toyapp', 'toymake', 'toypy'],
    ]);
    expect(namesIn(await check('--group', 'apps', 'lib*'))).toEqual(['libtoy']);
  });

  it('a group that there is not', async () => {
    expect(await run('check', '-e', ENV, '-m', UNSIGNED, '--group', 'tool')).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /^error: the environment has no group "tool" with roots; expected one of: default, tools, apps. Did you mean tools\?\n$/,
      ),
    });
    const older = environmentWith((text) => text.replaceAll(/,\s*"group": ?"\w+"/g, ''));
    expect(await run('check', '-e', older, '-m', UNSIGNED, '--group', 'default')).toMatchObject({ code: 0 });
    expect((await run('check', '-e', older, '-m', UNSIGNED, '--group', 'apps')).code).toBe(2);
  });

  it('a lockfile of tomorrow, and an odd group', async () => {
    const check = (lock: string) => run('check', '-e', lock, '-m', UNSIGNED);
    const version = (to: string) => (text: string) => text.replace(/("lockfile-version": ?)7/, `$1${to}`);
    expect(await check(environmentWith(version('9')))).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^error: \S+spack\.lock: lockfile version 9 is not.*update.*\n$/),
    });
    const odd = environmentWith((text) => text.replace(/"group": ?"tools"/, '"group": ["tools"]'));
    expect(await check(odd)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^error: \S+spack\.lock: roots\[1\]\.group is malformed.*\n$/),
    });
    expect(await check(environmentWith(version('3')))).toMatchObject({
      code: 2,
      err: expect.stringMatching(/lockfile version 3 .*concretize/),
    });
  });
});

describe('install', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync('/tmp/bc-'); // no longer than what the packages were built with
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const install = (env: string, ...args: string[]) =>
    run('install', '--store', root, '-e', env, '-m', SIGNED, ...KEY, '--otherarch', '--no-lock', ...args);
  function explicit(): string[] {
    const { records } = readDatabase(readFileSync(join(root, '.spack-db/index.json'), 'utf8'), 'index.json');
    return [...records.values()].flatMap(({ node, explicit: is }) => (is ? [node.name] : [])).sort();
  }

  it('marks what is a root of an explicit group, whatever other group it is in', async () => {
    expect(await install(ENV)).toMatchObject({ code: 0 });
    expect(explicit()).toEqual(['toyapp', 'toymake', 'toypy']);
  });

  it('does not mark what only groups with explicit: false have, and marks it when it is asked for', async () => {
    const env = environmentWith((text) => {
      const lock = JSON.parse(text) as { roots: { group: string; spec: string }[] };
      return JSON.stringify({ ...lock, roots: lock.roots.filter(({ spec }) => spec !== 'toymake') });
    });
    expect(await install(env)).toMatchObject({ code: 0 });
    expect(explicit()).toEqual(['toyapp', 'toypy']);
    expect(await install(env)).toMatchObject({ code: 0 });
    expect(explicit()).toEqual(['toyapp', 'toypy']);
    expect(await install(env, 'toymake')).toMatchObject({ code: 0 });
    expect(explicit()).toEqual(['toyapp', 'toymake', 'toypy']);
  });

  it('refuses a group that is neither explicit nor not, before anything is installed', async () => {
    const env = environmentWith(
      (text) => text,
      (text) => text.replace('explicit: false', 'explicit: perhaps'),
    );
    expect(await install(env)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/spack\.yaml: specs\[1\] is malformed; expected .*true or false.*\n$/),
    });
    expect(() => readFileSync(join(root, '.spack-db/index.json'))).toThrow();
  });
});

describe('push and sync', () => {
  let store: TempDir;
  beforeAll(async () => {
    store = await tempDir();
    execFileSync('tar', ['-xzf', join(FIXTURES, 'spack-1.3/store.tar.gz'), '-C', store.path]);
    const database = join(store.path, '.spack-db/index.json');
    const text = readFileSync(database, 'utf8').replaceAll('/opt/toy13/store/', `${store.path}/`);
    writeFileSync(database, text);
  });
  afterAll(() => store[Symbol.asyncDispose]());
  const push = (to: string, ...args: string[]) =>
    run('push', to, '--store', store.path, '-u', '--update-index', '-e', ENV, ...args);

  it('pushes the environment with the index that Spack has made of it', async () => {
    const mirror = join(dir.path, 'mirror');
    expect(await push(mirror)).toMatchObject({ code: 0 });
    expect(indexOf(folderDocuments(mirror))).toEqual(indexOf(folderDocuments(UNSIGNED)));
    expect(await run('check', '-e', ENV, '-m', mirror, '--verify', 'blobs')).toMatchObject({ code: 0 });
  });

  it('pushes one group, with what it needs', async () => {
    const mirror = join(dir.path, 'mirror');
    expect(await push(mirror, '--group', 'tools')).toMatchObject({ code: 0 });
    expect(listedHashes(folderDocuments(mirror)).size).toBe(2);
    expect(await push(mirror, '--group', 'nobody')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/no group "nobody".*default, tools, apps/),
    });
    expect(await push(mirror, 'toyapp', '--group', 'tools')).toMatchObject({ code: 2 });
    expect(listedHashes(folderDocuments(mirror)).size).toBe(2);
  });

  it('a group where there is no environment', async () => {
    mkdirSync(join(dir.path, 'empty'));
    const ran = await runVerb(
      ['push', join(dir.path, 'mirror'), '--store', store.path, '-u', '--group', 'tools'],
      join(dir.path, 'empty'),
    );
    expect(ran).toMatchObject({ code: 2, err: expect.stringMatching(/no environment/) });
  });

  it('copies its signed mirror', async () => {
    const to = join(dir.path, 'copy');
    expect(await run('sync', '-e', ENV, SIGNED, to, ...KEY)).toMatchObject({ code: 0 });
    expect(indexOf(folderDocuments(to))).toEqual(indexOf(folderDocuments(SIGNED)));
    expect(await run('check', '-e', ENV, '-m', to, '--verify', 'blobs')).toMatchObject({ code: 0 });
  });
});
