import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { specManifestKey } from '../../src/cache/layouts/layout3.ts';
import { specTag } from '../../src/cache/oci/tags.ts';
import { replaceTarball } from '../cache/change-entry.ts';
import { built, copyMirror, fixtureGraph } from '../cache/mirror-fixture.ts';
import { assertSoundRegistry, imageOf } from '../cache/registry-place.ts';
import { startRegistry, type TestRegistry } from '../harness/registry.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { buildInfo, infoEntry, parents } from '../package/make-package.ts';
import { entry, pax, tgz } from '../package/make-tar.ts';
import { environmentOf, FIXTURES, mirrorOf } from './command-line.ts';
import { runVerb } from './run-verb.ts';

const KEY = ['--trusted-keys', join(FIXTURES, 'toy-ci.pub.asc')];

let dir: TempDir;
let server: TestRegistry;
let url: string;
beforeEach(async () => {
  dir = await tempDir();
  server = await startRegistry();
  url = `${server.url}toy/cache`;
});
afterEach(async () => {
  await server.close();
  await dir[Symbol.asyncDispose]();
});

const run = (...args: string[]) => runVerb(args, dir.path);

describe('sync to a registry, on the command line', () => {
  it('of an environment, with its own prefix inspections; checked, and the second time nothing', async () => {
    const env = join(dir.path, 'env');
    cpSync(environmentOf('1.2'), env, { recursive: true });
    writeFileSync(
      join(env, 'spack.yaml'),
      'spack:\n  specs: [toyapp, toymake]\n  modules:\n    prefix_inspections:\n      ./etc: [TOY_CONFIG]\n',
    );
    const sync = () => run('sync', '-e', env, mirrorOf('1.2', 'signed'), url, ...KEY);
    expect(await sync()).toMatchObject({ code: 0, out: expect.stringMatching(/: 6 copied/) });
    expect(await run('check', '-e', env, '-m', url, '--verify', 'blobs')).toMatchObject({ code: 0 });
    expect(await run('check-index', url, '--verify', 'all')).toMatchObject({ code: 0 });
    const app = built(fixtureGraph('1.2')).find(({ name }) => name === 'toyapp');
    const { config } = imageOf(server.repository('toy/cache'), app === undefined ? '' : specTag(app));
    expect(config.config.Env).toContainEqual(expect.stringMatching(/^TOY_CONFIG=.*toyapp-1.0-.*\/etc$/));
    expect(await sync()).toMatchObject({
      code: 0,
      out: expect.stringMatching(/: 0 copied, 6 already there/),
    });
  });

  it('of a whole mirror of layout 2, which is then installed from', async () => {
    const synced = await run('sync', '--all', mirrorOf('0.23', 'signed'), url, ...KEY);
    expect(synced).toMatchObject({ code: 0, out: expect.stringMatching(/: 5 copied/) });
    assertSoundRegistry(server.repository('toy/cache'));
    // No longer than the one the packages were built in.
    const root = mkdtempSync('/tmp/t');
    const installed = await run(
      'install',
      '--store',
      root,
      '-e',
      environmentOf('0.23'),
      '-m',
      url,
      '-u',
      '--otherarch',
      '--no-lock',
    );
    rmSync(root, { recursive: true });
    expect(installed).toMatchObject({ code: 0, out: expect.stringMatching(/^5 installed/) });
  });

  it('of some specs says what else there has to be', async () => {
    const failed = await run(
      'sync',
      '-e',
      environmentOf('1.2'),
      mirrorOf('1.2', 'signed'),
      url,
      ...KEY,
      'toyapp',
    );
    expect(failed.code).toBe(1);
    expect(failed.out).toMatch(
      /toyapp@1\.0\/e5gsqvj: .*would lack what it runs with: .*libtoy@2\.0\.0.*Copy it too/,
    );
  });

  it('makes no image in which one package lies over another', async () => {
    const mirror = join(dir.path, 'mirror');
    copyMirror('1.2', 'unsigned', mirror);
    const nodeOf = (name: string) => built(fixtureGraph('1.2')).find((node) => node.name === name);
    const [zlib, libtoy] = [nodeOf('zlib-toy'), nodeOf('libtoy')];
    if (zlib === undefined || libtoy === undefined) throw new Error('no such specs');
    const root = '/opt/toy/store/linux-x86_64_v3';
    const prefix = `${root}/libtoy-${libtoy.version}-${libtoy.hash}`;
    const place = { buildpath: root, relative_prefix: prefix.slice(root.length + 1) };
    const info = buildInfo({}, { ...place, hash_to_prefix: { [zlib.hash]: prefix } });
    const packed = prefix.slice(1);
    // The name does not fit a header.
    const named = pax({ path: `${packed}/.spack/binary_distribution` });
    const evil = entry({ name: `${packed}/evil`, body: 'x' });
    const tarball = tgz(parents(packed), evil, named, infoEntry(info, 'x'));
    replaceTarball(mirror, specManifestKey(zlib), tarball);
    const mirrors = join(dir.path, 'm.yaml');
    writeFileSync(mirrors, JSON.stringify({ from: { url: mirror, signed: false }, to: url }));
    const synced = await run('sync', '--all', '--mirrors', mirrors, 'from', 'to');
    expect(synced).toMatchObject({ code: 1 });
    expect(synced.out).toMatch(
      /libtoy@2.0.0\/\w+.*: two packages of one image are in one prefix: (?:zlib-toy|libtoy)@/,
    );
    const { tags } = server.repository('toy/cache');
    expect([...tags.keys()].some((tag) => tag.startsWith('libtoy-'))).toBe(false);
  });
});
