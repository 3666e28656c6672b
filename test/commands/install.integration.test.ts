/** Installs to the roots that the fixtures' expectations were made at, runs what is there, and asks other programs. */
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { buildcache } from '../entry/command-line.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { expectedContents, KEY_FILE, SIGNED, treeContents, withoutHooked } from './install-toy.ts';

const made: string[] = [];
afterEach(() => {
  for (const root of made.splice(0)) rmSync(root, { recursive: true, force: true });
});

/** Of /opt and what is below it, only what was not there is ours to remove. */
function claim(root: string): string {
  if (existsSync(root)) throw new Error(`${root} is there already: this test would change it`);
  const parent = dirname(root);
  made.push(existsSync(parent) ? root : parent);
  return root;
}

async function install(root: string, specs: readonly string[], extra: readonly string[] = []) {
  return await buildcache([
    ...['install', '--otherarch', '-m', SIGNED, '--trusted-keys', KEY_FILE, '--store', root],
    ...extra,
    ...specs,
  ]);
}

test.each([
  ['/opt/t', 'relocated-opt-t.json'],
  ['/opt/toy/stor2', 'relocated-opt-toy-stor2.json'],
])('%s: byte for byte what Spack leaves, and it runs', async (root, file) => {
  claim(root);
  const { code, stderr } = await install(root, ['toyapp', 'toymake']);
  expect([code, stderr.includes('error')]).toEqual([0, false]);
  expect(withoutHooked(treeContents(root))).toEqual(expectedContents(file));
  const { stdout } = await install(root, ['toyapp', 'toymake'], ['--sh', '-q']);
  const said = execFileSync('/bin/sh', ['-c', `${stdout}\ntoyapp; toymake`], { encoding: 'utf8' });
  expect(said).toContain(`${root}/linux-x86_64_v3/`);
  expect(said).not.toContain('/opt/toy/store');
});

test('a longer root, with patchelf: what has no string in the way runs', async () => {
  await using dir = await tempDir();
  const root = join(dir.path, 'a-much-longer-root-than-the-old-one');
  const { code, stdout } = await install(root, ['toymake', 'toyapp']);
  expect(code).toBe(1);
  expect(stdout).toMatch(/failed zlib-toy@1\.3\.1.*no room for the longer new prefix/);
  const [prefix = ''] = execFileSync('sh', ['-c', `ls -d ${root}/linux-x86_64_v3/toymake-*`], {
    encoding: 'utf8',
  }).split('\n');
  expect(execFileSync(join(prefix, 'bin/toymake'), { encoding: 'utf8' })).toContain(prefix);
});
