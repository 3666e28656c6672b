/**
 * Images as others see them: Debian's docker-registry, with and without a password, skopeo, and umoci, whose root file
 * systems run under chroot. Wants docker-registry, apache2-utils, skopeo, umoci, and root.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { specTag } from '../../src/cache/oci/tags.ts';
import { DEFAULT_RETRY } from '../../src/core/retry.ts';
import { parseMirrors } from '../../src/mirrors/config.ts';
import type { Connection } from '../../src/mirrors/open.ts';
import { type ImageOptions, openPushMirror } from '../../src/mirrors/open-target.ts';
import type { PushResult } from '../../src/plan/push-result.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import type { InstallTree } from '../../src/tree/install-tree.ts';
import { REGISTRY_FOLDER } from '../cache/registry-fixture.ts';
import type { ImageDocument } from '../cache/registry-place.ts';
import { runVerb } from '../entry/run-verb.ts';
import {
  DOCKER_REGISTRY_USER,
  type DockerRegistry,
  startDockerRegistry,
} from '../harness/docker-registry.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { EXPECTED, pushable, TOY_ENVIRONMENT, unpackToyStore } from '../tree/toy-store.ts';
import { kinds, pushToy } from './push-toy.ts';

let dir: TempDir;
let tree: InstallTree;
beforeAll(async () => {
  dir = await tempDir();
  tree = await unpackToyStore(join(dir.path, 'store'));
});
afterAll(() => dir[Symbol.asyncDispose]());

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function named(name: string): SpecNode {
  const found = pushable(tree).find((spec) => spec.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The toy store in a repository of a registry, pushed as somebody who has logged in with docker. */
async function pushTo(
  registry: DockerRegistry,
  home: string,
  images: ImageOptions = {},
): Promise<PushResult> {
  const env = { HOME: home };
  const connection: Connection = {
    ...{ timeoutMs: 10_000, retry: DEFAULT_RETRY, jobs: 8, verifyTls: true, caFile: undefined, env },
  };
  const context = { base: home, environment: undefined, env };
  const [mirror] = parseMirrors({ mirror: `${registry.url}Toy/Cache` }, 'mirrors.yaml', context).mirrors;
  if (mirror === undefined) throw new Error('no mirror');
  const cache = await openPushMirror(mirror, connection, undefined, images);
  const roots = new Set([named('toyapp').hash, named('toymake').hash]);
  try {
    const target = { name: 'mirror', cache, signer: undefined, elsewhere: new Map() };
    const result = await pushToy(tree, [target], { roots, imageTag: images.tag });
    expect(kinds(result)).toEqual(Array(6).fill('pushed'));
    expect(result.mirrors[0]?.index).toMatchObject({ changed: true });
    return result;
  } finally {
    await cache.close();
  }
}

/** A home whose docker has logged in. */
function loggedIn(name: string, host: string): string {
  const home = join(dir.path, name);
  mkdirSync(join(home, '.docker'), { recursive: true });
  const auth = Buffer.from(`${DOCKER_REGISTRY_USER.username}:${DOCKER_REGISTRY_USER.password}`).toString(
    'base64',
  );
  writeFileSync(join(home, '.docker/config.json'), JSON.stringify({ auths: { [host]: { auth } } }));
  return home;
}

describe.each([
  ['without a password', undefined],
  ['with a password', DOCKER_REGISTRY_USER],
])("a push to Debian's docker-registry %s", (_, user) => {
  it('is what skopeo, check, list and install understand', async () => {
    const registry = await startDockerRegistry({ password: user !== undefined });
    closing.push(registry.stop);
    const home = user === undefined ? join(dir.path, 'nobody') : loggedIn('somebody', registry.host);
    mkdirSync(home, { recursive: true });
    const [mirror] = (await pushTo(registry, home, { tag: 'all' })).mirrors;
    expect(mirror?.tagged).toEqual({ name: `${registry.host}/toy/cache:all` });

    const skopeo = [
      '--tls-verify=false',
      ...(user === undefined ? [] : [`--creds=${user.username}:${user.password}`]),
    ];
    for (const spec of pushable(tree)) {
      const image = `docker://${registry.host}/toy/cache:${specTag(spec)}`;
      const config = JSON.parse(run('skopeo', 'inspect', '--config', ...skopeo, image));
      expect(config.rootfs.diff_ids.at(-1)).toBe(`sha256:${EXPECTED.get(spec.hash)?.tar_sha256}`);
    }
    const layout = join(dir.path, `layout-${user === undefined}`);
    const source = user === undefined ? [] : [`--src-creds=${user.username}:${user.password}`];
    const copy = ['copy', '--src-tls-verify=false', ...source];
    run('skopeo', ...copy, `docker://${registry.host}/toy/cache:all`, `oci:${layout}:all`);
    const index = JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8'));
    const digest: string = index.manifests[0].digest;
    const manifest = JSON.parse(
      readFileSync(join(layout, 'blobs/sha256', digest.replace('sha256:', '')), 'utf8'),
    ) as ImageDocument;
    expect(manifest.layers.length).toBe(6);

    const url = `${registry.url}toy/cache`;
    const check = await runVerb(['check', '-e', TOY_ENVIRONMENT, '-m', url], home);
    expect(check).toMatchObject({ code: 0 });
    const list = await runVerb(['list', '-a', '-L', '-m', url], home);
    for (const { hash } of pushable(tree)) expect(list.out).toContain(hash);
    if (user === undefined) return;
    const stranger = await runVerb(['check', '-e', TOY_ENVIRONMENT, '-m', url], join(dir.path, 'nobody'));
    expect(stranger.code).toBe(2);
    expect(stranger.out + stranger.err).toMatch(/unknown/);
    expect(stranger.out + stranger.err).not.toMatch(/\bmissing\b.*toyapp/);
  });
});

it('reads, installs from and indexes again what Spack pushed', async () => {
  const registry = await startDockerRegistry({ content: REGISTRY_FOLDER });
  closing.push(registry.stop);
  const home = join(dir.path, 'reader');
  mkdirSync(home, { recursive: true });
  const url = `${registry.url}toy/cache`;
  expect(await runVerb(['check', '-e', TOY_ENVIRONMENT, '-m', url], home)).toMatchObject({ code: 0 });
  const list = await runVerb(['list', '-a', '-L', '-m', url], home);
  for (const { hash } of pushable(tree)) expect(list.out).toContain(hash);
  expect(await runVerb(['update-index', url, '--json'], home)).toMatchObject({ code: 0 });
  expect((await runVerb(['list', '-a', '-L', '-m', url], home)).out).toBe(list.out);

  // No longer than where it was built.
  const store = mkdtempSync('/tmp/o-');
  closing.push(async () => rmSync(store, { recursive: true }));
  const install = await runVerb(['install', '-o', '-e', TOY_ENVIRONMENT, '-m', url, '--store', store], home);
  expect(install.code, install.err + install.out).toBe(0);
  const app = join(store, 'linux-x86_64_v3', `toyapp-1.0-${named('toyapp').hash}`, 'bin/toyapp');
  expect(run(app)).toContain('toy');
});

/** A base image with the host's shell and C library, in a repository; Docker's types or OCI's. */
function pushBase(registry: DockerRegistry, format: 'oci' | 'v2s2'): string {
  const layout = join(dir.path, `base-${format}`);
  const bundle = join(dir.path, `bundle-${format}`);
  run('umoci', 'init', '--layout', layout);
  run('umoci', 'new', '--image', `${layout}:1`);
  run('umoci', 'unpack', '--image', `${layout}:1`, bundle);
  const files = ['/bin/sh', '/bin/echo', ...libraries('/bin/sh')];
  for (const file of files) {
    const to = join(bundle, 'rootfs', file);
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(file, to);
  }
  run('umoci', 'repack', '--image', `${layout}:1`, bundle);
  run('umoci', 'config', '--image', `${layout}:1`, '--config.env', 'LANG=C');
  const to = `docker://${registry.host}/base/os:1`;
  run('skopeo', 'copy', '--dest-tls-verify=false', '--format', format, `oci:${layout}:1`, to);
  return `oci+http://${registry.host}/base/os:1`;
}

function libraries(program: string): string[] {
  return [...run('ldd', program).matchAll(/(?:=> )?(\/\S+) \(0x/g)].map(([, file = '']) => file);
}

describe.each(['oci', 'v2s2'] as const)('images on a base of type %s', (format) => {
  it('run: of one spec, and of all roots', async () => {
    const registry = await startDockerRegistry();
    closing.push(registry.stop);
    const baseImage = pushBase(registry, format);
    const home = join(dir.path, `runner-${format}`);
    mkdirSync(home, { recursive: true });
    await pushTo(registry, home, { baseImage, tag: 'all' });

    const unpack = (tag: string): string => {
      const layout = join(dir.path, `run-${format}`);
      const image = `docker://${registry.host}/toy/cache:${tag}`;
      run('skopeo', 'copy', '--src-tls-verify=false', image, `oci:${layout}:${tag}`);
      const bundle = join(dir.path, `run-${format}-${tag.slice(0, 8)}`);
      run('umoci', 'unpack', '--image', `${layout}:${tag}`, bundle);
      return bundle;
    };
    const runIn = (bundle: string, program: string): string => {
      const { process } = JSON.parse(readFileSync(join(bundle, 'config.json'), 'utf8')) as {
        process: { env: string[] };
      };
      expect(process.env).toContain('LANG=C');
      const args = ['-i', ...process.env, 'chroot', join(bundle, 'rootfs'), '/bin/sh', '-c', program];
      return run('/usr/bin/env', ...args.slice(0, -5), '/usr/sbin/chroot', ...args.slice(-4));
    };
    const app = unpack(specTag(named('toyapp')));
    expect(runIn(app, 'toyapp')).toContain('toy');
    const all = unpack('all');
    expect(runIn(all, 'toyapp')).toContain('toy');
    expect(runIn(all, 'toymake')).toContain('toymake from /opt/toy/store');

    const image = `docker://${registry.host}/toy/cache:${specTag(named('toyapp'))}`;
    const raw = JSON.parse(run('skopeo', 'inspect', '--raw', '--tls-verify=false', image)) as ImageDocument;
    const types = new Set(raw.layers.map(({ mediaType }) => mediaType.includes('docker')));
    expect([...types]).toEqual([format === 'v2s2']);
    expect(raw.mediaType.includes('docker')).toBe(format === 'v2s2');
    expect(raw.annotations === undefined).toBe(format === 'v2s2');
  });
});
