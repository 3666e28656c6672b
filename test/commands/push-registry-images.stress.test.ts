import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseImageManifest } from '../../src/cache/oci/image.ts';
import { INDEX_TAG, specTag } from '../../src/cache/oci/tags.ts';
import { openOciWriter } from '../../src/cache/oci/writer.ts';
import { sha256 } from '../../src/core/digest.ts';
import { pushExitCode } from '../../src/plan/push-result.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import type { InstallTree } from '../../src/tree/install-tree.ts';
import { spackBlob, spackManifest, spackTags } from '../cache/registry-fixture.ts';
import {
  type ConfigDocument,
  forgeImage,
  imageOf,
  NO_OPTIONS,
  registryPlace,
} from '../cache/registry-place.ts';
import type { TestRegistryOptions } from '../harness/registry.ts';
import { openTestRegistry } from '../harness/registry-client.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { EXPECTED, pushable, unpackToyStore } from '../tree/toy-store.ts';
import { kinds, pushToy } from './push-toy.ts';

let dir: TempDir;
let tree: InstallTree;
beforeAll(async () => {
  dir = await tempDir();
  tree = await unpackToyStore(`${dir.path}/store`);
});
afterAll(() => dir[Symbol.asyncDispose]());

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function place(options?: TestRegistryOptions, more?: Parameters<typeof registryPlace>[1]) {
  const made = await registryPlace(options, more);
  closing.push(made.close);
  const target = { name: 'mirror', cache: made.writer, signer: undefined, elsewhere: new Map() };
  return { ...made, repository: made.server.repository('toy/cache'), target };
}

function named(name: string): SpecNode {
  const found = pushable(tree).find((spec) => spec.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

/** Without what this machine's own /usr adds, and what recipes add again. */
function ownFolders(env: readonly string[]): string[] {
  return env
    .map((entry) => {
      const [name = '', value = ''] = entry.split('=');
      return `${name}=${value
        .split(':')
        .filter((folder, i, all) => !folder.startsWith('/usr/') && all.indexOf(folder) === i)
        .join(':')}`;
    })
    .filter((entry) => !entry.endsWith('='));
}

describe('push to a registry', () => {
  it('leaves what Spack leaves, and the second time nothing', async () => {
    const { target, repository, server } = await place();
    const result = await pushToy(tree, [target]);
    expect(kinds(result)).toEqual(Array(6).fill('pushed'));
    expect(pushExitCode(result)).toBe(0);
    expect([...repository.tags.keys()].sort()).toEqual(spackTags().sort());
    for (const spec of pushable(tree)) {
      const tag = specTag(spec);
      const theirs = parseImageManifest(
        { bytes: spackManifest(tag), mediaType: 'application/vnd.oci.image.manifest.v1+json' },
        tag,
      );
      const theirConfig = JSON.parse(spackBlob(theirs.config.digest).toString()) as ConfigDocument;
      const { manifest, config } = imageOf(repository, tag);
      expect(config.rootfs).toEqual(theirConfig.rootfs);
      expect(Object.keys(config)).toEqual(Object.keys(theirConfig));
      expect(config['spec']).toEqual(theirConfig['spec']);
      expect(ownFolders(config.config.Env)).toEqual(ownFolders(theirConfig.config.Env));
      expect(Object.keys(manifest)).toEqual(Object.keys(theirs.dict));
      expect(manifest.annotations).toEqual(theirs.dict['annotations']);
      for (const [i, layer] of manifest.layers.entries()) {
        const bytes = repository.blobs.get(layer.digest) ?? Buffer.alloc(0);
        expect(bytes.length).toBe(layer.size);
        expect(`sha256:${sha256(gunzipSync(bytes))}`).toBe(config.rootfs.diff_ids[i]);
      }
    }
    const index = (digest: string, blob: (digest: string) => Buffer) => JSON.parse(blob(digest).toString());
    const theirIndex = parseImageManifest(
      { bytes: spackManifest(INDEX_TAG), mediaType: 'application/vnd.oci.image.manifest.v1+json' },
      '',
    );
    const ours = imageOf(repository, INDEX_TAG).manifest.layers[0]?.digest ?? '';
    expect(index(ours, (digest) => repository.blobs.get(digest) ?? Buffer.alloc(0))).toEqual(
      index(theirIndex.layers[0]?.digest ?? '', spackBlob),
    );

    const before = new Map(repository.tags);
    const sent = server.requests.length;
    expect(kinds(await pushToy(tree, [target]))).toEqual(Array(6).fill('present'));
    expect(repository.tags).toEqual(before);
    expect(server.requests.slice(sent).filter(({ method }) => method === 'PUT')).toEqual([]);
  });

  it('names the images of what was asked for', async () => {
    const { target, server } = await place();
    const app = named('toyapp');
    const result = await pushToy(tree, [target], { roots: new Set([app.hash]) });
    expect(result.mirrors[0]?.images).toEqual([`${server.host}/toy/cache:${specTag(app)}`]);
  });

  it('uses the layers of dependencies that are there already, and packs only what is not', async () => {
    const { target, repository, url } = await place();
    const app = named('toyapp');
    await pushToy(tree, [target], { specs: pushable(tree).filter(({ hash }) => hash !== app.hash) });
    const blobs = new Set(repository.blobs.keys());
    // Another run, which knows nothing of the first.
    const again = openOciWriter(await openTestRegistry(url), NO_OPTIONS);
    closing.push(() => again.close());
    const result = await pushToy(tree, [{ ...target, cache: again }], { specs: [app], updateIndex: false });
    expect(kinds(result)).toEqual(['pushed']);
    expect([...repository.blobs.keys()].filter((digest) => !blobs.has(digest)).length).toBe(2);
    expect(imageOf(repository, specTag(app)).config.rootfs.diff_ids.length).toBe(5);
  });

  it('refuses an image that would lack what it runs with, and says what that is', async () => {
    const { target, repository } = await place();
    const lone = { specs: [named('libtoy')], updateIndex: false };
    const result = await pushToy(tree, [target], lone);
    const [outcome] = result.mirrors[0]?.outcomes.values() ?? [];
    expect(outcome).toMatchObject({ kind: 'failed', code: 'not-found' });
    expect(outcome?.kind === 'failed' && outcome.reason).toMatch(
      /gcc-runtime@12.2.0\/n7wlr2i, zlib-toy@1.3.1/,
    );
    expect(repository.tags.size).toBe(0);
    expect(kinds(await pushToy(tree, [target], { ...lone, allowMissing: true }))).toEqual(['pushed']);
    expect(imageOf(repository, specTag(named('libtoy'))).manifest.layers.length).toBe(1);
  });

  it('fails for what depends on what failed, and pushes the rest', async () => {
    const broken = named('zlib-toy');
    const { target } = await place({
      fault: ({ method, path }) =>
        method === 'PUT' && path.includes('/manifests/zlib-toy') ? { status: 400 } : undefined,
    });
    const { outcomes } = (await pushToy(tree, [target])).mirrors[0] ?? { outcomes: new Map() };
    // Its layer is there, so that images with it can be; only its own is not.
    expect(outcomes.get(broken.hash)?.kind).toBe('failed');
    expect([...outcomes.values()].filter(({ kind }) => kind === 'pushed').length).toBe(5);
  });

  it('waits for layers that are on their way, whatever the order of the specs', async () => {
    const { target, repository } = await place({
      fault: ({ attempt, method, path }) =>
        method === 'POST' && path.includes('/blobs/uploads/') && attempt <= 2 ? 'reset' : undefined,
    });
    const specs = pushable(tree).sort((a, b) => (a.name < b.name ? 1 : -1));
    expect(kinds(await pushToy(tree, [target], { specs, jobs: 2 }))).toEqual(Array(6).fill('pushed'));
    expect(imageOf(repository, specTag(named('toyapp'))).manifest.layers.length).toBe(5);
  });

  it('pushes again what stands under the tag of another spec, and makes no image of it', async () => {
    const { target, repository } = await place();
    await pushToy(tree, [target]);
    const [zlib, make, app] = [named('zlib-toy'), named('toymake'), named('toyapp')];
    const right = imageOf(repository, specTag(zlib)).manifest.layers.at(-1)?.digest;
    repository.tags.set(specTag(zlib), repository.tags.get(specTag(make)) ?? '');
    // Another run, which knows nothing of the first.
    const cache = openOciWriter(await openTestRegistry(target.cache.reader.storage.url), NO_OPTIONS);
    closing.push(() => cache.close());
    const lone = { specs: [app], force: true, updateIndex: false };
    const [outcome] = (await pushToy(tree, [{ ...target, cache }], lone)).mirrors[0]?.outcomes.values() ?? [];
    expect(outcome).toMatchObject({ kind: 'failed', code: 'corrupt' });
    expect(kinds(await pushToy(tree, [target]))).toEqual([...Array(5).fill('present'), 'pushed']);
    expect(imageOf(repository, specTag(zlib)).manifest.layers.at(-1)?.digest).toBe(right);
  });

  it('makes no image of a layer that it was to replace and could not', async () => {
    let refused = '';
    const { target, repository } = await place({
      fault: ({ method, path }) =>
        method === 'PUT' && refused !== '' && decodeURIComponent(path).includes(refused)
          ? { status: 403 }
          : undefined,
    });
    await pushToy(tree, [target]);
    const [zlib, app] = [named('zlib-toy'), named('toyapp')];
    refused = imageOf(repository, specTag(zlib)).manifest.layers.at(-1)?.digest ?? '';
    const evil = forgeImage(repository, specTag(zlib));
    repository.blobs.delete(refused);
    // Another run, which knows nothing of the first.
    const cache = openOciWriter(await openTestRegistry(target.cache.reader.storage.url), NO_OPTIONS);
    closing.push(() => cache.close());
    const options = { force: true, updateIndex: false, roots: new Set([app.hash]), imageTag: 'dev' };
    const result = await pushToy(tree, [{ ...target, cache }], options);
    expect(kinds(result)).toEqual([...Array(4).fill('failed'), ...Array(2).fill('pushed')]);
    expect(result.mirrors[0]?.tagged).toMatchObject({ failed: expect.stringContaining('zlib-toy@1.3.1') });
    expect(repository.tags.has('dev')).toBe(false);
    const { manifest } = imageOf(repository, specTag(app));
    expect(manifest.layers.map(({ digest }) => digest)).not.toContain(evil);
  });

  it('pushes again a layer of which the registry has a part', async () => {
    const { target, repository } = await place();
    await pushToy(tree, [target]);
    const layer = imageOf(repository, specTag(named('toymake'))).manifest.layers.at(-1);
    repository.blobs.set(layer?.digest ?? '', Buffer.alloc(10));
    const result = await pushToy(tree, [target], { specs: [named('toymake')], updateIndex: false });
    expect(kinds(result)).toEqual(['pushed']);
    expect(repository.blobs.get(layer?.digest ?? '')?.length).toBe(layer?.size);
  });

  it('replaces with force, and pushes again what is damaged', async () => {
    const { target, repository } = await place();
    await pushToy(tree, [target]);
    const spec = named('toymake');
    const before = imageOf(repository, specTag(spec));
    repository.blobs.delete(before.manifest.config.digest);
    expect(kinds(await pushToy(tree, [target])).filter((kind) => kind === 'pushed').length).toBe(1);
    const mended = imageOf(repository, specTag(spec));
    await sleep(5);
    expect(kinds(await pushToy(tree, [target], { force: true }))).toEqual(Array(6).fill('pushed'));
    // Of the same layers: only the time is another.
    const after = imageOf(repository, specTag(spec));
    expect(after.manifest.layers).toEqual(before.manifest.layers);
    expect(after.digest).not.toBe(mended.digest);
  });

  it('says where the package is from, so that ghcr.io links it', async () => {
    const source = 'https://github.com/o/r';
    const { target, repository } = await place({}, { source });
    await pushToy(tree, [target]);
    const { manifest, config } = imageOf(repository, specTag(named('toymake')));
    expect(manifest.annotations).toMatchObject({ 'org.opencontainers.image.source': source });
    expect(config.config.Labels).toEqual({ 'org.opencontainers.image.source': source });
  });

  it('makes one image of all roots', async () => {
    const { target, repository, server } = await place();
    const roots = new Set([named('toyapp').hash, named('toymake').hash]);
    const result = await pushToy(tree, [target], { roots, imageTag: 'dev' });
    expect(result.mirrors[0]?.tagged).toEqual({ name: `${server.host}/toy/cache:dev` });
    const { manifest, config } = imageOf(repository, 'dev');
    const all = pushable(tree).map(({ hash }) => `sha256:${EXPECTED.get(hash)?.tar_sha256}`);
    expect([...config.rootfs.diff_ids].sort()).toEqual(all.sort());
    expect(manifest.layers.length).toBe(6);
    expect(config['spec']).toBeUndefined();
    expect(config.config.Env[0]).toMatch(/^PATH=.*toyapp-1.0-.*\/bin:.*toymake-4.4-.*\/bin:/);
    // Once more, when nothing is pushed.
    expect((await pushToy(tree, [target], { roots, imageTag: 'dev2' })).mirrors[0]?.tagged).toHaveProperty(
      'name',
    );
  });

  it('fails where an image of all is not whole', async () => {
    const { target } = await place();
    const options = { specs: [named('libtoy')], roots: new Set([named('libtoy').hash]), allowMissing: true };
    const result = await pushToy(tree, [target], { ...options, updateIndex: false, imageTag: 'dev' });
    expect(result.mirrors[0]?.tagged).toMatchObject({ failed: expect.stringContaining('zlib-toy@1.3.1') });
    expect(pushExitCode(result)).toBe(1);
  });

  it('to one that cannot be written to fails before anything is packed', async () => {
    const { target, server } = await place({ auth: { kind: 'basic', username: 'u', password: 'p' } });
    await expect(pushToy(tree, [target])).rejects.toThrow(expect.objectContaining({ code: 'denied' }));
    expect(server.requests.filter(({ method }) => method === 'PUT')).toEqual([]);
  });
});
