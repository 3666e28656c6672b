import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseImageManifest } from '../../src/cache/oci-image.ts';
import { INDEX_TAG, specTag } from '../../src/cache/oci-tags.ts';
import { sha256 } from '../../src/core/digest.ts';
import { pushExitCode } from '../../src/plan/push-result.ts';
import type { InstallTree } from '../../src/tree/install-tree.ts';
import { spackBlob, spackManifest, spackTags } from '../cache/registry-fixture.ts';
import { type ConfigDocument, imageOf, registryPlace } from '../cache/registry-place.ts';
import type { TestRegistryOptions } from '../harness/registry.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { pushable, unpackToyStore } from '../tree/toy-store.ts';
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
});
