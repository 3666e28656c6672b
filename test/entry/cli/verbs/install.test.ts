import { mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { KEY_FILE, SIGNED } from '../../../commands/install-toy.ts';
import { developSite } from '../../../harness/develop-site.ts';
import { type TempDir, tempDir } from '../../../harness/temp-dir.ts';
import { environmentOf, mirrorOf } from '../../command-line.ts';
import { runVerb } from '../../run-verb.ts';

let dir: TempDir;
let root: string;
beforeEach(async () => {
  dir = await tempDir();
  root = mkdtempSync('/tmp/bc-'); // no longer than what the packages were built with
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
  await dir[Symbol.asyncDispose]();
});

const TRUSTED = ['-m', SIGNED, '--trusted-keys', KEY_FILE, '--otherarch', '--no-lock'];
const install = (...args: string[]) => runVerb(['install', '--store', root, ...args], dir.path);

test('a line for each spec, the sum, and exit 0', async () => {
  const ran = await install(...TRUSTED, 'zlib-toy');
  expect(ran).toMatchObject({ code: 0, out: `2 installed, 1 external  ${root}\n` });
  expect(ran.err).toContain(`zlib-toy@1.3.1/ho3jsm3: installed from ${pathToFileURL(SIGNED)}\n`);
  expect(ran.err).not.toContain('(unsigned)');
});

test('--json: everything, with what the environment gets', async () => {
  const ran = await install(...TRUSTED, '--json', '-e', environmentOf('1.2'), 'toymake', 'toypy');
  const result = JSON.parse(ran.out);
  expect(result).toMatchObject({ version: 1, exit_code: 0, dry_run: false, root, counts: { installed: 5 } });
  expect(result.specs.at(-1)).toMatchObject({
    name: 'toypy',
    root: true,
    outcome: 'installed',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    signed_by: 'D2A327D9C4F3932CBDEF2BFC51C662332531F1F5',
  });
  expect(result.environment.PATH).toEqual([
    expect.stringContaining('/toymake-4.4-'),
    expect.stringContaining('/toypy-0.9-rc1-'),
  ]);
});

test('--sh prints what a shell can evaluate, and nothing else', async () => {
  const ran = await install(...TRUSTED, '--sh', 'toymake');
  for (const line of ran.out.trimEnd().split('\n')) expect(line).toMatch(/^export [A-Z_]+=\S+;$/);
  expect(ran.out).toMatch(/^export PATH=\S+toymake-4\.4-[a-z0-9]+\/bin/m);
});

test('exit 1 where part of it failed, 2 where nothing was tried; what is wrong is said, quiet or not', async () => {
  const unsigned = mirrorOf('1.2', 'unsigned');
  const quiet = ['-q', '-m', unsigned, '--otherarch', '--no-lock'];
  const failed = await install(...quiet, '-e', environmentOf('1.2'));
  expect([failed.code, failed.out]).toEqual([1, '']);
  expect(failed.err).toMatch(/gcc-runtime@12\.2\.0.*no signature/);
  expect((await install(...quiet, 'nosuch')).code).toBe(2);
  expect(await install(...TRUSTED)).toMatchObject({ code: 2, err: expect.stringContaining('--environment') });
  expect(await install(...TRUSTED, '--sha256', 'x', 'toypy')).toMatchObject({ code: 2 });
  expect(await install(...TRUSTED, '--sha256', '0'.repeat(64), 'toypy', 'toymake')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--sha256 is for one spec'),
  });
  expect(readdirSync(root)).toEqual([]);
  const loud = await install('-u', '-m', unsigned, '--otherarch', '--no-lock', 'toymake');
  expect(loud.err).toMatch(/warning: signatures are not verified/);
  expect(loud.err).toContain('(unsigned)');
  const nowhere = await runVerb(['install', ...TRUSTED, 'toypy'], dir.path);
  expect(nowhere).toMatchObject({ code: 2, err: expect.stringContaining('--store') });
});

test('preview: what relocation would touch, as text and as JSON', async () => {
  const args = ['preview', '-m', SIGNED, '--trusted-keys', KEY_FILE];
  const text = await runVerb([...args, 'libtoy', 'toymake'], dir.path);
  expect(text.code).toBe(0);
  expect(text.out).toMatch(/^libtoy@2\.0\.0.*\n {2}text {4}lib64\/cmake\/toy\.cmake: 2 paths\n {2}link/);
  expect(text.out).toContain('at most 14 bytes, and below a longer one with patchelf');
  expect(text.out).toMatch(/\n\ntoymake@4\.4[^\n]*\n[\s\S]*it fits below any root/);
  const { packages } = JSON.parse((await runVerb([...args, '--json', 'zlib-toy'], dir.path)).out);
  expect(packages).toMatchObject([
    { name: 'zlib-toy', built_in: '/opt/toy/store', max_root_length: 14, patchelf_helps: false },
  ]);
  expect(packages[0].files).toContainEqual({
    path: 'lib/pkgconfig/ztoy.pc',
    kind: 'text',
    paths: expect.any(Number),
  });
  expect((await runVerb([...args, 'nosuch'], dir.path)).code).toBe(2);
  for (const [store, name, line, does] of [
    ['/opt/s', 'zlib-toy', 'and so below /opt/s (6 bytes)', true],
    ['/opt/longer/store', 'zlib-toy', 'and so not below /opt/longer/store (17 bytes)', false],
    ['/opt/longer/store', 'libtoy', 'and so with patchelf only below /opt/longer/store (17 bytes)', false],
    ['/opt/longer/store', 'toymake', 'it fits below any root', true],
  ] as const) {
    const root = ['--store', store, name];
    expect((await runVerb([...args, ...root], dir.path)).out, line).toContain(`  ${line}\n`);
    const json = JSON.parse((await runVerb([...args, '--json', ...root], dir.path)).out);
    expect(json.packages).toMatchObject([{ install_tree: store, fits: does }]);
  }
  // Nothing but the index that it has read, and the secret that vouches for it.
  expect(readdirSync(dir.path).sort()).toEqual(['.cache', '.local']);
});

test('of what is built from local source, one warning that names it', async () => {
  developSite(dir.path);
  const args = ['-m', './mirror', '-u', '-e', 'env', '--otherarch', '--dry-run'];
  const ran = await install(...args, 'app', 'own');
  expect(ran.code).toBe(0);
  expect(ran.err.match(/^warning: .*local source.*$/gm)).toEqual([
    expect.stringMatching(
      /^warning: (?:app@1\.0\/\w{7}(?:, )?|own@1\.0\/\w{7}(?:, )?){2}: .* of older source$/,
    ),
  ]);
  expect((await install(...args, 'other')).err).not.toContain('local source');
});
