/**
 * Images of environments as others see them: skopeo, umoci, whose root file systems run under chroot, buildah, and Debian's
 * docker-registry. Wants these, and root.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { environmentOf } from '../entry/command-line.ts';
import { runVerb } from '../entry/run-verb.ts';
import { type DockerRegistry, startDockerRegistry } from '../harness/docker-registry.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import {
  type LayerDescriptor,
  placeEnvironment,
  readLayout,
  type SmallPackage,
  smallEnvironment,
} from './image-fixture.ts';
import { KEY_FILE, SIGNED } from './install-toy.ts';

/** 200 packages: a base that all need, stacks on it, and programs on top. */
const PACKAGES: readonly SmallPackage[] = Array.from({ length: 200 }, (_, i) => ({
  name: `p${i}`,
  below: i === 0 ? [] : [...new Set([0, Math.floor(i / 2), Math.max(0, i - 20)])].map((n) => `p${n}`),
}));
/** A root: nothing needs it. */
const LEAF = 'p190';

let dir: TempDir;
let env: string;
let other: string;
let registry: DockerRegistry;
let base: string;
beforeAll(async () => {
  dir = await tempDir();
  env = await placeEnvironment(join(dir.path, 'env'), smallEnvironment(PACKAGES));
  const changed = PACKAGES.map((each) =>
    each.name === LEAF ? { ...each, change: { version: '2.0' } } : each,
  );
  other = await placeEnvironment(join(dir.path, 'other'), smallEnvironment(changed));
  registry = await startDockerRegistry();
  base = pushBase();
});
afterAll(async () => {
  await registry.stop();
  await dir[Symbol.asyncDispose]();
});

const undoing: Array<() => void> = [];
afterEach(() => {
  for (const undo of undoing.splice(0)) undo();
});

function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

async function image(folder: string, ...args: string[]) {
  const from = ['-e', folder, '-m', join(folder, 'mirror'), '-u', '--json', ...args];
  const made = await runVerb(['image', ...from], dir.path);
  expect(made.code, made.err).toBe(0);
  return JSON.parse(made.out);
}

/** A base image with this machine's shell, echo and C library. @returns its name */
function pushBase(): string {
  const layout = join(dir.path, 'base');
  const bundle = join(dir.path, 'base-bundle');
  run('umoci', 'init', '--layout', layout);
  run('umoci', 'new', '--image', `${layout}:1`);
  run('umoci', 'unpack', '--image', `${layout}:1`, bundle);
  const libraries = [...run('ldd', '/bin/sh').matchAll(/(?:=> )?(\/\S+) \(0x/g)].map(([, file = '']) => file);
  for (const file of ['/bin/sh', '/bin/echo', ...libraries]) {
    mkdirSync(dirname(join(bundle, 'rootfs', file)), { recursive: true });
    copyFileSync(file, join(bundle, 'rootfs', file));
  }
  run('umoci', 'repack', '--image', `${layout}:1`, bundle);
  const to = `docker://${registry.host}/base/os:1`;
  run('skopeo', 'copy', '--dest-tls-verify=false', `oci:${layout}:1`, to);
  return `oci+http://${registry.host}/base/os:1`;
}

it('200 packages are an image of at most 100 layers, which skopeo knows and umoci unpacks, and whose programs run', async () => {
  const layout = join(dir.path, 'images');
  const made = await image(env, '--base-image', base, '--layout', layout, '--name', 'tools:1');
  const told = JSON.parse(run('skopeo', 'inspect', `oci:${layout}:1`));
  expect(told).toMatchObject({ Digest: made.digest, Architecture: 'amd64', Os: 'linux' });
  expect(told.Layers.length).toBeLessThanOrEqual(101); // one is the base's
  expect(told.Layers.length).toBeGreaterThan(90);

  const bundle = join(dir.path, 'bundle');
  run('umoci', 'unpack', '--image', `${layout}:1`, bundle);
  const { process } = JSON.parse(readFileSync(join(bundle, 'config.json'), 'utf8')) as {
    process: { env: string[] };
  };
  const inside = ['/usr/sbin/chroot', join(bundle, 'rootfs'), '/bin/sh', '-c'];
  for (const { name } of PACKAGES) {
    expect(run('/usr/bin/env', '-i', ...process.env, ...inside, `say-${name}`)).toBe(`${name}\n`);
  }
});

it('programs that real Spack built run where they were relocated to', async () => {
  const layout = join(dir.path, 'toys');
  const from = ['-e', environmentOf('1.2'), '-m', SIGNED, '--trusted-keys', KEY_FILE, '--root', '/opt/toys'];
  const made = await runVerb(['image', ...from, '--base-image', base, '--layout', layout], dir.path);
  expect(made.code, made.err).toBe(0);
  const bundle = join(dir.path, 'toys-bundle');
  run('umoci', 'unpack', '--image', `${layout}:latest`, bundle);
  const { process } = JSON.parse(readFileSync(join(bundle, 'config.json'), 'utf8')) as {
    process: { env: string[] };
  };
  const inside = ['/usr/sbin/chroot', join(bundle, 'rootfs'), '/bin/sh', '-c'];
  expect(run('/usr/bin/env', '-i', ...process.env, ...inside, 'toyapp')).toContain(
    '/opt/toys/linux-x86_64_v3/',
  );
  expect(run('/usr/bin/env', '-i', ...process.env, ...inside, 'toymake')).toContain('toymake from /opt/toys');
});

it('two images that differ in one package share most bytes, and an image that is made again is the same', async () => {
  const layout = join(dir.path, 'shared');
  const one = await image(env, '--layout', layout, '--name', 'tools:1');
  const two = await image(other, '--layout', layout, '--name', 'tools:2');
  const { index, json } = readLayout(layout);
  const layersOf = (i: number): LayerDescriptor[] => json(index.manifests[i].digest).layers;
  const known = new Set(layersOf(0).map(({ digest }) => digest));
  const bytes = (layers: readonly LayerDescriptor[]) => layers.reduce((sum, { size }) => sum + size, 0);
  const fresh = layersOf(1).filter(({ digest }) => !known.has(digest));
  expect(bytes(fresh)).toBe(two.sent_bytes);
  expect(fresh.length).toBeLessThanOrEqual(4);
  expect(bytes(fresh) / bytes(layersOf(1))).toBeLessThan(0.1);
  const again = await image(env, '--layout', join(dir.path, 'again'), '--name', 'tools:1', '-j', '1');
  expect([again.digest, again.sent_bytes]).toEqual([one.digest, one.sent_bytes]);
});

it("an image in Debian's docker-registry is what skopeo copies, and a second one sends what differs", async () => {
  const tag = `${registry.url}you/tools`;
  const one = await image(env, '--base-image', base, '--tag', `${tag}:1`);
  const two = await image(other, '--base-image', base, '--tag', `${tag}:2`);
  expect(two.sent_bytes / one.sent_bytes).toBeLessThan(0.1);
  expect((await image(env, '--base-image', base, '--tag', `${tag}:1`)).sent_bytes).toBe(0);
  const source = `docker://${registry.host}/you/tools:1`;
  run('skopeo', 'copy', '--src-tls-verify=false', source, `docker-archive:${dir.path}/copy.tar`);
  const told = JSON.parse(run('skopeo', 'inspect', '--tls-verify=false', source));
  expect(told.Digest).toBe(one.digest);
});

it('skopeo reads the file as an OCI archive and as what docker saves, and buildah, which loads as podman does, under its name', async () => {
  const file = join(dir.path, 'image.tar');
  const { digest } = await image(
    env,
    '--base-image',
    base,
    '-o',
    file,
    '--name',
    'you/tools:1.0',
    '--max-layers',
    '3',
  );
  expect(JSON.parse(run('skopeo', 'inspect', `oci-archive:${file}`)).Digest).toBe(digest);
  const layers = JSON.parse(run('skopeo', 'inspect', `docker-archive:${file}`)).Layers;
  expect(layers.length).toBeLessThanOrEqual(4);
  const place = [
    '--root',
    join(dir.path, 'pods'),
    '--runroot',
    join(dir.path, 'podrun'),
    '--storage-driver',
    'vfs',
  ];
  const buildah = (...args: string[]) => run('buildah', ...place, ...args).trim();
  expect(buildah('pull', '--quiet', `docker-archive:${file}`)).toMatch(/^[0-9a-f]{64}$/);
  const container = buildah('from', '--pull-never', 'docker.io/you/tools:1.0');
  const root = buildah('mount', container);
  undoing.push(() => buildah('umount', '--all'));
  const { OCIv1 } = JSON.parse(buildah('inspect', '--type', 'image', 'docker.io/you/tools:1.0'));
  expect(
    run('/usr/bin/env', '-i', ...OCIv1.config.Env, '/usr/sbin/chroot', root, '/bin/sh', '-c', `say-${LEAF}`),
  ).toBe(`${LEAF}\n`);
});
