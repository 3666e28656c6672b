import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { specTag } from '../../src/cache/oci/tags.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import { parseImageReference } from '../../src/storage/registry/reference.ts';
import type { InstallTree } from '../../src/tree/install-tree.ts';
import { imageOf, registryPlace } from '../cache/registry-place.ts';
import { startRegistry, type TestRegistry, type TestRegistryOptions } from '../harness/registry.ts';
import { openTestReader } from '../harness/registry-client.ts';
import { sha256Of, type TestRepository } from '../harness/registry-store.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { pushable, unpackToyStore } from '../tree/toy-store.ts';
import { kinds, pushToy } from './push-toy.ts';

const OCI = 'application/vnd.oci.image.';
const DOCKER = 'application/vnd.docker.';
const OCI_TYPES = {
  manifest: `${OCI}manifest.v1+json`,
  index: `${OCI}index.v1+json`,
  config: `${OCI}config.v1+json`,
  layer: `${OCI}layer.v1.tar+gzip`,
};
const DOCKER_TYPES = {
  manifest: `${DOCKER}distribution.manifest.v2+json`,
  index: `${DOCKER}distribution.manifest.list.v2+json`,
  config: `${DOCKER}container.image.v1+json`,
  layer: `${DOCKER}image.rootfs.diff.tar.gzip`,
};
type Types = typeof OCI_TYPES;

let dir: TempDir;
let tree: InstallTree;
let specs: SpecNode[];
beforeAll(async () => {
  dir = await tempDir();
  tree = await unpackToyStore(`${dir.path}/store`);
  specs = pushable(tree).filter(({ name }) => name === 'gcc-runtime' || name === 'toymake');
});
afterAll(() => dir[Symbol.asyncDispose]());

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function putBlob({ blobs }: TestRepository, bytes: Buffer, mediaType: string) {
  blobs.set(sha256Of(bytes), bytes);
  return { mediaType, digest: sha256Of(bytes), size: bytes.length };
}

function putManifest(
  { manifests, tags }: TestRepository,
  tag: string | undefined,
  dict: { mediaType: string },
) {
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, ...dict }));
  const digest = sha256Of(bytes);
  manifests.set(digest, { bytes, mediaType: dict.mediaType });
  if (tag !== undefined) tags.set(tag, digest);
  return { mediaType: dict.mediaType, digest, size: bytes.length };
}

const LAYER = Buffer.from('the layer of a base image, whatever is in it');
const DIFF_ID = sha256Of(Buffer.from('uncompressed'));

function putImage(repository: TestRepository, tag: string | undefined, types: Types, more: object = {}) {
  const dict = {
    architecture: 'amd64',
    os: 'linux',
    config: { Env: ['PATH=/usr/sbin:/bin', 'LANG=C'], Cmd: ['/bin/sh'] },
    rootfs: { type: 'layers', diff_ids: [DIFF_ID] },
    history: [{ created_by: 'umoci' }],
    ...more,
  };
  const config = putBlob(repository, Buffer.from(JSON.stringify(dict)), types.config);
  const layers = [putBlob(repository, LAYER, types.layer)];
  return putManifest(repository, tag, { mediaType: types.manifest, config, layers } as { mediaType: string });
}

function putIndex(
  repository: TestRepository,
  tag: string | undefined,
  types: Types,
  manifests: readonly object[],
) {
  return putManifest(repository, tag, { mediaType: types.index, manifests } as { mediaType: string });
}

async function pushOnto(
  server: TestRegistry,
  prepare: (repository: TestRepository) => void,
  options: TestRegistryOptions = {},
) {
  prepare(server.repository('base/os'));
  const base = {
    registry: await openTestReader(`${server.url}base/os`),
    reference: parseImageReference(`oci+http://${server.host}/base/os:1`),
  };
  const place = await registryPlace(options, { base });
  closing.push(place.close);
  const target = { name: 'mirror', cache: place.writer, signer: undefined, elsewhere: new Map() };
  const result = await pushToy(tree, [target], { specs, updateIndex: false });
  return { ...place, repository: place.server.repository('toy/cache'), result };
}

/** An image that says something else of its layer. */
function resizeLayer(base: TestRepository, size: number): void {
  putImage(base, '1', OCI_TYPES);
  const { manifest } = imageOf(base, '1');
  const changed = { ...manifest, layers: manifest.layers.map((layer) => ({ ...layer, size })) };
  putManifest(base, '1', changed);
}

async function baseServer(): Promise<TestRegistry> {
  const server = await startRegistry();
  closing.push(server.close);
  return server;
}

function reasons(result: Awaited<ReturnType<typeof pushOnto>>['result']): string[] {
  return [...(result.mirrors[0]?.outcomes.values() ?? [])].map((outcome) =>
    outcome.kind === 'failed' ? `${outcome.code}: ${outcome.reason}` : outcome.kind,
  );
}

describe('a push onto a base image', () => {
  it.each([
    ['OCI', OCI_TYPES],
    ['Docker', DOCKER_TYPES],
  ])('of %s’s types copies its layers and speaks its language', async (kind, types) => {
    const server = await baseServer();
    const { repository, result } = await pushOnto(server, (base) => void putImage(base, '1', types));
    expect(kinds(result)).toEqual(['pushed', 'pushed']);
    expect(repository.blobs.get(sha256Of(LAYER))).toEqual(LAYER);
    const spec = specs.find(({ name }) => name === 'toymake') as SpecNode;
    const { manifest, config } = imageOf(repository, specTag(spec));
    expect(manifest.mediaType).toBe(types.manifest);
    expect(manifest.config.mediaType).toBe(types.config);
    expect(manifest.layers.map(({ mediaType }) => mediaType)).toEqual(Array(3).fill(types.layer));
    expect(manifest.layers[0]?.digest).toBe(sha256Of(LAYER));
    expect(config.rootfs.diff_ids).toEqual([DIFF_ID, ...config.rootfs.diff_ids.slice(1)]);
    expect(config.config).toMatchObject({ Cmd: ['/bin/sh'] });
    expect(config.config.Env.slice(0, 2)).toEqual([
      expect.stringMatching(/^PATH=\/opt\/toy\/store\/.*toymake.*\/bin:\/usr\/sbin:\/bin$/),
      'LANG=C',
    ]);
    // Apptainer refuses a mix.
    expect('annotations' in manifest).toBe(kind === 'OCI');
  });

  it('keeps layers of other compressions as they are', async () => {
    const zstd = `${OCI}layer.v1.tar+zstd`;
    const server = await baseServer();
    const { repository, result } = await pushOnto(
      server,
      (base) => void putImage(base, '1', { ...OCI_TYPES, layer: zstd }),
    );
    expect(kinds(result)).toEqual(['pushed', 'pushed']);
    const [tag = ''] = repository.tags.keys();
    const [first, ...own] = imageOf(repository, tag).manifest.layers.map(({ mediaType }) => mediaType);
    expect([first, new Set(own)]).toEqual([zstd, new Set([OCI_TYPES.layer])]);
  });

  it('that is an index takes the image for the architecture', async () => {
    const server = await baseServer();
    const { result } = await pushOnto(server, (base) => {
      const arm = putImage(base, undefined, OCI_TYPES, { architecture: 'arm64' });
      const unknown = { ...arm, platform: { architecture: 'unknown', os: 'unknown' } };
      const windows = { ...arm, platform: { architecture: 'amd64', os: 'windows' } };
      const own = {
        ...putImage(base, undefined, OCI_TYPES),
        platform: { architecture: 'amd64', os: 'linux' },
      };
      const inner = putIndex(base, undefined, DOCKER_TYPES, [
        unknown,
        windows,
        { ...arm, platform: { architecture: 'arm64', os: 'linux' } },
        own,
      ]);
      putIndex(base, '1', OCI_TYPES, [inner]);
    });
    expect(kinds(result)).toEqual(['pushed', 'pushed']);
  });

  it('in the same registry moves no bytes where it can be mounted', async () => {
    for (const mounts of [true, false]) {
      const place = await registryPlace({ mounts });
      closing.push(place.close);
      putImage(place.server.repository('base/os'), '1', OCI_TYPES);
      const base = {
        registry: await openTestReader(`${place.server.url}base/os`),
        reference: parseImageReference(`oci+http://${place.server.host}/base/os:1`),
      };
      const { openOciWriter } = await import('../../src/cache/oci/writer.ts');
      const { openTestRegistry } = await import('../harness/registry-client.ts');
      const cache = openOciWriter(await openTestRegistry(place.url), {
        base,
        source: undefined,
        signed: false,
      });
      closing.push(() => cache.close());
      const target = { name: 'mirror', cache, signer: undefined, elsewhere: new Map() };
      expect(kinds(await pushToy(tree, [target], { specs, updateIndex: false }))).toEqual([
        'pushed',
        'pushed',
      ]);
      expect(place.repository.blobs.get(sha256Of(LAYER))).toEqual(LAYER);
      const read = place.server.requests.filter(
        ({ method, path }) => method === 'GET' && path.includes(`base/os/blobs/${sha256Of(LAYER)}`),
      );
      expect(read.length).toBe(mounts ? 0 : 1);
    }
  });

  it.each<[string, RegExp, (base: TestRepository) => void]>([
    ['that is not there', /^not-found: .*there is no such base image/, () => undefined],
    [
      'for another architecture',
      /^not-found: .*another architecture; expected amd64, found arm64/,
      (base) => void putImage(base, '1', OCI_TYPES, { architecture: 'arm64' }),
    ],
    [
      'in an index without the architecture',
      /^not-found: .*expected linux\/amd64, found linux\/arm64, linux\/s390x/,
      (base) => {
        const image = putImage(base, undefined, OCI_TYPES);
        const of = (architecture: string) => ({ ...image, platform: { architecture, os: 'linux' } });
        putIndex(base, '1', OCI_TYPES, [of('arm64'), of('s390x')]);
      },
    ],
    [
      'in an index within an index for ever',
      /^bad-input: .*an index within an index/,
      (base) => {
        const image = putImage(base, undefined, OCI_TYPES);
        const platform = { architecture: 'amd64', os: 'linux' };
        const deepest = putIndex(base, undefined, OCI_TYPES, [{ ...image, platform }]);
        let inner = deepest;
        for (let depth = 0; depth < 5; depth++) {
          inner = putIndex(base, depth === 4 ? '1' : undefined, OCI_TYPES, [{ ...inner, platform }]);
        }
      },
    ],
    [
      'whose configuration is damaged',
      /^corrupt: /,
      (base) => {
        putImage(base, '1', OCI_TYPES);
        const { config } = imageOf(base, '1').manifest;
        base.blobs.set(config.digest, Buffer.alloc(config.size));
      },
    ],
    [
      'with more layers than diff_ids',
      /^bad-input: .*diff_ids/,
      (base) => void putImage(base, '1', OCI_TYPES, { rootfs: { type: 'layers', diff_ids: [] } }),
    ],
    [
      'whose configuration is too deep to be written again',
      /^bad-input: .*\/base\/os\/1.*nested deeper/,
      (base) => {
        putImage(base, '1', OCI_TYPES);
        const { manifest, config } = imageOf(base, '1');
        const deep = `${'['.repeat(9_000)}${']'.repeat(9_000)}`;
        const text = Buffer.from(JSON.stringify(config).replace('{', `{"deep":${deep},`));
        putManifest(base, '1', { ...manifest, config: putBlob(base, text, OCI_TYPES.config) } as never);
      },
    ],
    [
      'of schema 1',
      /^(?:unsupported|not-found): .*(?:not an image manifest|no such base image)/,
      ({ manifests, tags }) => {
        const bytes = Buffer.from('{"schemaVersion":1,"fsLayers":[],"history":[]}');
        const mediaType = 'application/vnd.docker.distribution.manifest.v1+prettyjws';
        manifests.set(sha256Of(bytes), { bytes, mediaType });
        tags.set('1', sha256Of(bytes));
      },
    ],
    [
      'with layers that are elsewhere',
      /^not-found: .*take another base image/i,
      (base) => {
        const type = `${DOCKER}image.rootfs.foreign.diff.tar.gzip`;
        putImage(base, '1', { ...DOCKER_TYPES, layer: type });
        base.blobs.delete(sha256Of(LAYER));
      },
    ],
    ['whose sizes are too small', /^corrupt: /, (base) => resizeLayer(base, LAYER.length - 5)],
    [
      'whose sizes are too large',
      /^(?:io|unreachable|corrupt): /,
      (base) => resizeLayer(base, LAYER.length + 5),
    ],
    [
      'whose layer is gone',
      /^not-found: .*its layer sha256:.*take another base image/i,
      (base) => {
        putImage(base, '1', OCI_TYPES);
        base.blobs.delete(sha256Of(LAYER));
      },
    ],
  ])('%s fails, and nothing is tagged', async (_, reason, prepare) => {
    const { result, repository } = await pushOnto(await baseServer(), prepare);
    for (const text of reasons(result)) expect(text).toMatch(reason);
    expect(repository.tags.size).toBe(0);
  });

  it.each([
    [125, undefined],
    [126, expect.stringContaining('Docker cannot run: it has 128 layers')],
  ])('of %i layers counts with what is on top of it', async (below, note) => {
    const server = await baseServer();
    const images = server.repository('base/os');
    putImage(images, 'one', OCI_TYPES, { rootfs: { diff_ids: Array(below).fill(DIFF_ID) } });
    const { manifest } = imageOf(images, 'one');
    putManifest(images, '1', { ...manifest, layers: Array(below).fill(manifest.layers[0]) } as never);
    const base = {
      registry: await openTestReader(`${server.url}base/os`),
      reference: parseImageReference(`oci+http://${server.host}/base/os:1`),
    };
    const onBase = await registryPlace({}, { base });
    closing.push(onBase.close);
    const target = { name: 'mirror', cache: onBase.writer, signer: undefined, elsewhere: new Map() };
    const roots = new Set(specs.map(({ hash }) => hash));
    const result = await pushToy(tree, [target], { specs, roots, imageTag: 'all', updateIndex: false });
    expect(result.mirrors[0]?.tagged).toEqual({ name: expect.stringContaining(':all'), note });
  });

  it('copies a layer whose connection breaks', async () => {
    let cut = 0;
    const server = await startRegistry({
      fault: ({ path, method }) =>
        method === 'GET' && path.includes(sha256Of(LAYER)) && cut++ < 2 ? { truncateAt: 5 } : undefined,
    });
    closing.push(server.close);
    const { repository, result } = await pushOnto(server, (base) => void putImage(base, '1', OCI_TYPES));
    expect(reasons(result)).toEqual(['pushed', 'pushed']);
    expect(repository.blobs.get(sha256Of(LAYER))).toEqual(LAYER);
  });
});
