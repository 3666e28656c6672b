import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type LayerDescriptor,
  PACKAGES,
  placeEnvironment,
  readLayout,
  smallEnvironment,
  unpackArchive,
} from '../../../commands/image-fixture.ts';
import { generateStore } from '../../../harness/generate-store.ts';
import { startRegistry, type TestRegistry, type TestRegistryOptions } from '../../../harness/registry.ts';
import { sha256Of, type TestRepository } from '../../../harness/registry-store.ts';
import { type TempDir, tempDir } from '../../../harness/temp-dir.ts';
import { runVerb } from '../../run-verb.ts';

let fixtures: TempDir;
let env: string;
let arm: string;
beforeAll(async () => {
  fixtures = await tempDir();
  env = await placeEnvironment(join(fixtures.path, 'env'), smallEnvironment(PACKAGES));
  arm = await placeEnvironment(join(fixtures.path, 'arm'), smallEnvironment(PACKAGES, 'aarch64'));
});
afterAll(() => fixtures[Symbol.asyncDispose]());

let dir: TempDir;
beforeEach(async () => {
  dir = await tempDir();
});
const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await dir[Symbol.asyncDispose]();
});

const image = (args: readonly string[], variables: Record<string, string> = {}) =>
  runVerb(['image', ...args], dir.path, variables);
const from = (folder: string) => ['-e', folder, '-m', join(folder, 'mirror'), '-u'];
const left = () => readdirSync(dir.path).filter((name) => name !== '.cache');

async function registry(options: TestRegistryOptions = {}): Promise<TestRegistry> {
  const server = await startRegistry(options);
  closing.push(() => server.close());
  return server;
}

describe('an image in a registry', () => {
  it('is there under its tag, and moves nothing when it is made again', async () => {
    const server = await registry();
    const tag = `${server.url}you/tools:1.0`;
    const made = await image([...from(env), '--tag', tag], {
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'you/env',
      GITHUB_SHA: 'abc',
      SOURCE_DATE_EPOCH: '1700000000',
    });
    expect(made).toMatchObject({
      code: 0,
      out: expect.stringContaining(`${server.host}/you/tools:1.0  linux/amd64: 4 packages in 4 layers`),
    });
    const { tags, manifests, blobs } = server.repository('you/tools');
    const manifest = JSON.parse(manifests.get(tags.get('1.0') ?? '')?.bytes.toString() ?? '');
    const labels = {
      'org.opencontainers.image.source': 'https://github.com/you/env',
      'org.opencontainers.image.revision': 'abc',
      'org.opencontainers.image.title': 'tools',
    };
    const created = '2023-11-14T22:13:20Z';
    expect(manifest.annotations).toEqual({ ...labels, 'org.opencontainers.image.created': created });
    const config = JSON.parse(blobs.get(manifest.config.digest)?.toString() ?? '');
    expect(config).toMatchObject({
      created,
      config: { Labels: labels },
      history: [{ created }, {}, {}, {}, {}],
    });
    const again = await image([...from(env), '--tag', tag, '--json']);
    expect(JSON.parse(again.out)).toMatchObject({ sent_bytes: 0 });
    const bad = await image([...from(env), '--tag', tag], { SOURCE_DATE_EPOCH: 'now' });
    expect(bad).toMatchObject({ code: 2, err: expect.stringContaining('SOURCE_DATE_EPOCH is no time') });
  });

  it('is an index where there are environments for several architectures', async () => {
    const server = await registry();
    const mirrors = ['-m', join(env, 'mirror'), '-m', join(arm, 'mirror'), '-u'];
    const args = ['-e', env, '--also', join(arm, 'spack.lock'), ...mirrors];
    const made = await image([...args, '--tag', `${server.url}you/tools:all`, '--json']);
    expect(made.code, made.err).toBe(0);
    const { tags, manifests } = server.repository('you/tools');
    const index = JSON.parse(manifests.get(tags.get('all') ?? '')?.bytes.toString() ?? '');
    expect(index.mediaType).toBe('application/vnd.oci.image.index.v1+json');
    expect(index.manifests.map(({ platform }: { platform: object }) => platform)).toEqual([
      { architecture: 'amd64', os: 'linux' },
      { architecture: 'arm64', os: 'linux' },
    ]);
    const { platforms, digest } = JSON.parse(made.out);
    expect(digest).toBe(tags.get('all'));
    expect(platforms.map((each: { digest: string }) => each.digest)).toEqual(
      index.manifests.map((each: { digest: string }) => each.digest),
    );
    expect((await image([...args, '-o', 'both.tar', '--name', 'tools:all'])).code).toBe(0);
    const layout = unpackArchive(join(dir.path, 'both.tar'), join(dir.path, 'both'));
    expect(readdirSync(layout).sort()).toEqual(['blobs', 'index.json', 'oci-layout']);
    expect(readLayout(layout).index.manifests).toMatchObject([{ digest }]);
  });

  it.each([
    ['is cancelled in the middle', (stop: AbortController) => stop.abort(), 'cancelled'],
    ['cannot send a layer', () => undefined, '403'],
  ])('that %s has no tag, and leaves no layers on this machine', async (_, act, says) => {
    const stop = new AbortController();
    let uploads = 0;
    const server = await registry({
      fault({ method }) {
        if (method !== 'PUT' || ++uploads < 3) return undefined;
        act(stop);
        return { status: 403, body: '{}' };
      },
    });
    const folder = join(dir.path, 'tmp');
    mkdirSync(folder);
    vi.stubEnv('TMPDIR', folder);
    const args = ['image', ...from(env), '--tag', `${server.url}you/tools:1.0`];
    const made = await runVerb(args, dir.path, {}, { signal: stop.signal });
    expect(made).toMatchObject({ code: 2, out: '', err: expect.stringContaining(says) });
    expect(server.repository('you/tools').tags.size).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('does not take a tag that another job has moved meanwhile, and says where it is', async () => {
    let repository: TestRepository | undefined;
    const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: [] }));
    const server = await registry({
      fault({ method, path }) {
        if (method === 'POST' && path.includes('/blobs/uploads')) {
          const mediaType = 'application/vnd.oci.image.index.v1+json';
          repository?.manifests.set(sha256Of(bytes), { bytes, mediaType });
          repository?.tags.set('1.0', sha256Of(bytes));
        }
        return undefined;
      },
    });
    repository = server.repository('you/tools');
    const made = await image([...from(env), '--tag', `${server.url}you/tools:1.0`]);
    expect(made).toMatchObject({ code: 2, out: '' });
    expect(made.err).toMatch(
      /another job has moved the tag meanwhile, so it was left alone; expected no such tag, found sha256:\w{12}\. The image itself is there, as \S+@sha256:\w{64}/,
    );
    expect(repository.tags.get('1.0')).toBe(sha256Of(bytes));
    const digest = /@(sha256:\w{64})/.exec(made.err)?.[1] ?? '';
    expect(repository.manifests.has(digest)).toBe(true);
  });
});

const BASE_LAYER = Buffer.from('whatever is in it');

/** @param layers how many, all the same */
function putBase(
  { blobs, manifests, tags }: TestRepository,
  tag: string,
  layers: number,
  architecture = 'amd64',
) {
  const types = {
    manifest: 'application/vnd.docker.distribution.manifest.v2+json',
    config: 'application/vnd.docker.container.image.v1+json',
    layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  };
  const put = (bytes: Buffer, mediaType: string) => {
    blobs.set(sha256Of(bytes), bytes);
    return { mediaType, digest: sha256Of(bytes), size: bytes.length };
  };
  const config = {
    architecture,
    os: 'linux',
    created: '2020-01-01T00:00:00Z',
    config: { Env: ['PATH=/usr/bin:/bin', 'LANG=C'], Cmd: ['sh'], Labels: { base: 'yes' } },
    rootfs: { type: 'layers', diff_ids: Array(layers).fill(sha256Of(BASE_LAYER)) },
    history: Array(layers).fill({ created_by: 'somebody' }),
  };
  const bytes = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: types.manifest,
      config: put(Buffer.from(JSON.stringify(config)), types.config),
      layers: Array(layers).fill(put(BASE_LAYER, types.layer)),
    }),
  );
  manifests.set(sha256Of(bytes), { bytes, mediaType: types.manifest });
  tags.set(tag, sha256Of(bytes));
}

describe('a base image', () => {
  it('is below the packages, with its variables and history, in types of OCI', async () => {
    const server = await registry();
    putBase(server.repository('base/os'), '1', 2);
    const base = ['--base-image', `${server.url}base/os:1`];
    expect(await image([...from(env), ...base, '--layout', 'images'])).toMatchObject({ code: 0 });
    const { index, json, blob } = readLayout(join(dir.path, 'images'));
    const manifest = json(index.manifests[0].digest);
    expect(new Set(manifest.layers.map((layer: LayerDescriptor) => layer.mediaType))).toEqual(
      new Set(['application/vnd.oci.image.layer.v1.tar+gzip']),
    );
    expect(blob(manifest.layers[1].digest)).toEqual(BASE_LAYER);
    const config = json(manifest.config.digest);
    expect(config.config).toMatchObject({ Cmd: ['sh'], Labels: { base: 'yes' } });
    expect(config.config.Env).toContain('LANG=C');
    expect(config.config.Env[0]).toMatch(/^PATH=\/opt\/spack\/.*:\/usr\/bin:\/bin$/);
    expect(config.history).toHaveLength(7);
    expect(config).not.toHaveProperty('created');

    await image([...from(env), ...base, '--tag', `${server.url}you/tools:1`]);
    const mounted = server.requests.filter(({ path }) => path.includes('mount='));
    expect(mounted.map(({ status }) => status)).toEqual([201]);
  });

  it('is taken over in pieces where the connection breaks', async () => {
    let breaks = 0;
    const server = await registry({
      fault({ method, path }) {
        const isLayer = method === 'GET' && path.endsWith(sha256Of(BASE_LAYER));
        return isLayer && ++breaks <= 2 ? { truncateAt: 5 } : undefined;
      },
    });
    putBase(server.repository('base/os'), '1', 1);
    const made = await image([...from(env), '--base-image', `${server.url}base/os:1`, '--layout', 'images']);
    expect(made.code, made.err).toBe(0);
    expect(breaks).toBe(3);
    expect(readLayout(join(dir.path, 'images')).blob(sha256Of(BASE_LAYER))).toEqual(BASE_LAYER);
  });

  it('that is not there, is for another platform, or leaves too few layers, is said before anything is made', async () => {
    const server = await registry();
    putBase(server.repository('base/os'), 'arm', 1, 'arm64');
    putBase(server.repository('base/os'), 'high', 124);
    const on = (tag: string) =>
      image([...from(env), '--base-image', `${server.url}base/os:${tag}`, '-o', 'a.tar']);
    expect(await on('none')).toMatchObject({
      code: 2,
      err: expect.stringContaining('there is no such base image'),
    });
    expect(await on('arm')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/another architecture; expected amd64, found arm64/),
    });
    expect(await on('high')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/at most 127, found 129, 124 of them of the base image\. .*--max-layers 3/),
    });
    expect(left()).toEqual([]);
    const layer = sha256Of(BASE_LAYER);
    expect(server.requests.filter(({ path }) => path.endsWith(layer))).toEqual([]);
    const lower = await image([
      ...from(env),
      '--base-image',
      `${server.url}base/os:high`,
      '-o',
      'a.tar',
      '--max-layers',
      '3',
    ]);
    expect(lower.code, lower.err).toBe(0);
  });
});

it('push --tag says where an image has more layers than Docker takes', async () => {
  const server = await registry();
  for (const [count, says] of [
    [127, /image of all: \S+:all\n/],
    [128, /image of all: \S+:all, which Docker cannot run: it has 128 layers, and 127 are the most/],
  ] as const) {
    const packages = Array.from({ length: count }, (_, i) => ({
      name: `p${i}`,
      below: i === 0 ? [] : ['p0'],
    }));
    const environment = smallEnvironment(packages);
    const store = join(dir.path, `store-${count}`);
    generateStore(store, environment);
    const folder = join(dir.path, `env-${count}`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'spack.lock'), environment.lockfile);
    const args = ['-e', folder, '--store', store, '--unsigned', '--tag', 'all', `${server.url}you/many`];
    const pushed = await runVerb(['push', ...args], dir.path);
    expect(pushed).toMatchObject({ code: 0, out: expect.stringMatching(says) });
  }
});
