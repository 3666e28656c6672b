/**
 * Registry to registry over Debian's docker-registry, which mounts and knows no referrers API; skopeo reads the result.
 * Wants docker-registry and skopeo.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { specTag } from '../../src/cache/oci/tags.ts';
import { openOciWriter } from '../../src/cache/oci/writer.ts';
import { openSigner } from '../../src/cache/trust/signing.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import type { InstallTree } from '../../src/tree/install-tree.ts';
import { makeKey } from '../cache/keys.ts';
import { REGISTRY_FOLDER, spackManifest } from '../cache/registry-fixture.ts';
import { NO_OPTIONS } from '../cache/registry-place.ts';
import { runVerb } from '../entry/run-verb.ts';
import {
  type DockerRegistry,
  type DockerRegistryOptions,
  startDockerRegistry,
  DOCKER_REGISTRY_USER as USER,
} from '../harness/docker-registry.ts';
import { openTestRegistry } from '../harness/registry-client.ts';
import { sha256Of } from '../harness/registry-store.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { EXPECTED, pushable, TOY_ENVIRONMENT, unpackToyStore } from '../tree/toy-store.ts';
import { kinds, pushToy } from './push-toy.ts';

let dir: TempDir;
let tree: InstallTree;
let specs: SpecNode[];
beforeAll(async () => {
  dir = await tempDir();
  tree = await unpackToyStore(join(dir.path, 'store'));
  specs = pushable(tree);
});
afterAll(() => dir[Symbol.asyncDispose]());

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function registry(options: DockerRegistryOptions = {}): Promise<DockerRegistry> {
  const started = await startDockerRegistry(options);
  closing.push(started.stop);
  return started;
}

/** A home whose docker has logged in at these. */
function loggedIn(...hosts: string[]): string {
  const home = join(dir.path, `home-${hosts.join('-').replaceAll(':', '_')}`);
  mkdirSync(join(home, '.docker'), { recursive: true });
  const auth = Buffer.from(`${USER.username}:${USER.password}`).toString('base64');
  const auths = Object.fromEntries(hosts.map((host) => [host, { auth }]));
  writeFileSync(join(home, '.docker/config.json'), JSON.stringify({ auths }));
  return home;
}

async function sync(home: string, ...args: string[]) {
  const { code, out, err } = await runVerb(['sync', ...args, '--json'], home);
  expect(code, err + out).toBe(0);
  const [mirror] = JSON.parse(out).mirrors;
  const items: { bytes?: number; bytes_through_us?: number; signature?: string }[] = mirror.specs;
  const total = (key: 'bytes' | 'bytes_through_us') => items.reduce((sum, item) => sum + (item[key] ?? 0), 0);
  return { mirror, items, bytes: total('bytes'), through: total('bytes_through_us') };
}

/** What skopeo sees of a repository is what Spack pushed. */
function expectSpacksImages({ host }: DockerRegistry, name: string): void {
  const skopeo = ['--tls-verify=false', `--creds=${USER.username}:${USER.password}`];
  for (const spec of specs) {
    const image = `docker://${host}/${name}:${specTag(spec)}`;
    const run = (...how: string[]) =>
      execFileSync('skopeo', ['inspect', ...how, ...skopeo, image], { encoding: 'utf8', stdio: 'pipe' });
    expect(sha256Of(Buffer.from(run('--raw')))).toBe(sha256Of(spackManifest(specTag(spec))));
    const { rootfs } = JSON.parse(run('--config'));
    expect(rootfs.diff_ids.at(-1)).toBe(`sha256:${EXPECTED.get(spec.hash)?.tar_sha256}`);
    const layout = join(dir.path, 'layout');
    const copy = ['copy', '--src-tls-verify=false', `--src-creds=${USER.username}:${USER.password}`];
    execFileSync('skopeo', [...copy, image, `oci:${layout}:x`], { stdio: 'pipe' });
    rmSync(layout, { recursive: true });
  }
}

it('mounts what Spack pushed beside it, sends it elsewhere, and the second time nothing', async () => {
  const password = true;
  const [here, there] = [
    await registry({ password, content: REGISTRY_FOLDER }),
    await registry({ password }),
  ];
  const home = loggedIn(here.host, there.host);
  const from = `${here.url}toy/cache`;
  for (const [target, isNear] of [
    [here, true],
    [there, false],
  ] as const) {
    const to = `${target.url}toy/release`;
    const first = await sync(home, '--all', from, to);
    expect(first.mirror.counts).toMatchObject({ copied: 6 });
    expect(first.through).toBe(isNear ? 0 : first.bytes);
    expect(first.bytes).toBeGreaterThan(0);
    expectSpacksImages(target, 'toy/release');
    const second = await sync(home, '--all', from, to);
    expect(second.mirror).toMatchObject({ counts: { present: 6 }, index: { changed: false } });
    const check = ['check', '-e', TOY_ENVIRONMENT, '-m', to, '--verify', 'blobs'];
    expect(await runVerb(check, home)).toMatchObject({ code: 0 });
    expect(await runVerb(['check-index', to, '--verify', 'all'], home)).toMatchObject({ code: 0 });
    const list = await runVerb(['list', '-a', '-L', '-m', to], home);
    for (const { hash } of specs) expect(list.out).toContain(hash);
  }
});

it('takes signatures along, and installs what they are on', async () => {
  const [here, there] = [await registry(), await registry()];
  const { privateKey, publicKey } = await makeKey({ name: 'Builder' });
  const key = { secretKeys: privateKey, passphrase: undefined, choose: undefined };
  const signer = await openSigner({ ...key, source: 'k', mirror: 'm' });
  const cache = openOciWriter(await openTestRegistry(`${here.url}toy/builds`), NO_OPTIONS);
  closing.push(() => cache.close());
  const result = await pushToy(tree, [{ name: 'm', cache, signer, elsewhere: new Map() }]);
  expect(kinds(result)).toEqual(Array(6).fill('pushed'));

  const home = loggedIn();
  const file = join(home, 'key.asc');
  writeFileSync(file, publicKey);
  const signedMirror = (url: string) => `{url: '${url}', signed: true}`;
  const mirrors = join(home, 'mirrors.yaml');
  const [near, far] = [`${here.url}toy/release`, `${there.url}toy/release`];
  for (const to of [near, far]) {
    const text = `mirrors:\n  builds: ${signedMirror(`${here.url}toy/builds`)}\n  release: ${signedMirror(to)}\n`;
    writeFileSync(mirrors, text);
    const how = ['--mirrors', mirrors, '--trusted-keys', file];
    const first = await sync(home, '--all', 'builds', 'release', ...how);
    expect(first.items.map(({ signature }) => signature)).toEqual(Array(6).fill('kept'));
    expect(first.through).toBe(to === near ? 0 : first.bytes);
    expect((await sync(home, '--all', 'builds', 'release', ...how)).mirror.counts).toMatchObject({
      present: 6,
    });

    writeFileSync(mirrors, `mirrors:\n  release: ${signedMirror(to)}\n`);
    const store = join(dir.path, to === near ? 'n' : 'f');
    const install = ['install', '-o', '-e', TOY_ENVIRONMENT, ...how, '--store', store, 'toymake'];
    const ran = await runVerb(install, home);
    expect(ran, ran.err).toMatchObject({ code: 0 });
    expect(readFileSync(join(store, '.spack-db/index.json'), 'utf8')).toContain('toymake');
  }
});
