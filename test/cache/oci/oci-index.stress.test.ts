/** The contract of indices, in a registry. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { INDEX_TAG, specTag } from '../../../src/cache/oci/tags.ts';
import { openOciWriter } from '../../../src/cache/oci/writer.ts';
import type { CacheWriter } from '../../../src/cache/writing/cache-writer.ts';
import { failedIfGone } from '../../../src/cache/writing/gone-meanwhile.ts';
import { addToIndex, type IndexUpdateOptions, remakeIndex } from '../../../src/cache/writing/update-index.ts';
import { specEmitter } from '../../../src/spec/emit-spec.ts';
import type { SpecNode } from '../../../src/spec/node.ts';
import { digestOf } from '../../../src/storage/registry/reference.ts';
import type { Registry } from '../../../src/storage/registry/registry.ts';
import type { InstallTree } from '../../../src/tree/install-tree.ts';
import { pushToy } from '../../commands/push-toy.ts';
import { openTestRegistry } from '../../harness/registry-client.ts';
import { sha256Of, type TestRepository } from '../../harness/registry-store.ts';
import { type TempDir, tempDir } from '../../harness/temp-dir.ts';
import { pushable, unpackToyStore } from '../../tree/toy-store.ts';
import {
  assertSoundRegistry,
  listedInRegistry,
  NO_OPTIONS,
  registryIndex,
  registryPlace,
} from '../registry-place.ts';

let dir: TempDir;
let tree: InstallTree;
let specs: SpecNode[];
let template: TestRepository;
beforeAll(async () => {
  dir = await tempDir();
  tree = await unpackToyStore(`${dir.path}/store`);
  specs = pushable(tree);
  const place = await registryPlace();
  const target = { name: 'mirror', cache: place.writer, signer: undefined, elsewhere: new Map() };
  await pushToy(tree, [target]);
  template = place.server.repository('toy/cache');
  await place.close();
});
afterAll(() => dir[Symbol.asyncDispose]());

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A registry with all specs, and with or without its index. */
async function pushed(withIndex: boolean) {
  const place = await registryPlace();
  closing.push(place.close);
  const repository = place.server.repository('toy/cache');
  for (const name of ['blobs', 'manifests', 'tags'] as const) {
    for (const [key, value] of template[name]) (repository[name] as Map<string, unknown>).set(key, value);
  }
  if (!withIndex) repository.tags.delete(INDEX_TAG);
  return { ...place, repository };
}

function additions(hashes: Iterable<string>) {
  return { graph: tree, emitter: specEmitter(tree), hashes: new Set(hashes) };
}

/** Puts an index that lists nothing. @returns its digest */
async function emptyIndex(registry: Registry): Promise<string> {
  const blob = async (text: string) => {
    const bytes = Buffer.from(text);
    await registry.putBlob(bytes, digestOf(bytes));
    return { digest: digestOf(bytes), size: bytes.length };
  };
  const index = await blob('{"database":{"version":"8","installs":{}}}');
  const mediaType = 'application/vnd.oci.image.layer.v1.tar+gzip';
  const config = { mediaType: 'application/vnd.oci.image.config.v1+json', ...(await blob('{}')) };
  const manifest = { schemaVersion: 2, mediaType: MANIFEST, config, layers: [{ mediaType, ...index }] };
  return await registry.putManifest(INDEX_TAG, Buffer.from(JSON.stringify(manifest)), MANIFEST);
}

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

function options(): IndexUpdateOptions & { readonly problems: string[] } {
  const problems: string[] = [];
  return { jobs: 4, onProblem: (text) => void problems.push(text), problems };
}

describe('the index of a registry', () => {
  it('is the same one by one, in any order, as all at once', async () => {
    const whole = await pushed(true);
    const parts = await pushed(false);
    parts.repository.tags.clear();
    for (const group of [specs.slice(4), specs.slice(2, 4), specs.slice(0, 2)]) {
      const hashes = group.map(({ hash }) => hash);
      for (const [tag, digest] of whole.repository.tags) {
        if (hashes.some((hash) => tag.includes(hash))) parts.repository.tags.set(tag, digest);
      }
      await addToIndex(parts.writer, additions(hashes), options());
    }
    expect(registryIndex(parts.repository)).toEqual(registryIndex(whole.repository));
  });

  it.each([1, -1])('is written at once, whichever way the time of day jumps meanwhile (%i)', async (way) => {
    const { writer, repository } = await pushed(true);
    const expected = registryIndex(repository);
    repository.tags.delete(INDEX_TAG);
    let jumps = 0;
    const { now } = Date;
    const jumping = vi.spyOn(Date, 'now').mockImplementation(() => now() + way * jumps++ * 3_600_000);
    closing.push(async () => jumping.mockRestore());
    await remakeIndex(writer, { ...options(), full: false });
    expect(registryIndex(repository)).toEqual(expected);
  });

  it('is not written when there is nothing to say', async () => {
    const { writer, server } = await pushed(true);
    const before = server.requests.length;
    const update = await addToIndex(writer, additions([specs[0]?.hash ?? '']), options());
    expect(update).toMatchObject({ changed: false, read: 0 });
    expect(server.requests.slice(before).filter(({ method }) => method === 'PUT')).toEqual([]);
  });

  it.each<[string, (place: Awaited<ReturnType<typeof pushed>>) => void]>([
    ['is not there', ({ repository }) => void repository.tags.delete(INDEX_TAG)],
    [
      'is no image',
      ({ repository }) => {
        const bytes = Buffer.from('{"schemaVersion":2,"layers":3}');
        const mediaType = 'application/vnd.oci.image.manifest.v1+json';
        repository.manifests.set(sha256Of(bytes), { bytes, mediaType });
        repository.tags.set(INDEX_TAG, sha256Of(bytes));
      },
    ],
    [
      'has lost its document',
      ({ repository }) => {
        const digest = JSON.parse(
          repository.manifests.get(repository.tags.get(INDEX_TAG) ?? '')?.bytes.toString() ?? '',
        ).layers[0].digest;
        repository.blobs.delete(digest);
      },
    ],
  ])('is made again from all there is where it %s', async (_, damage) => {
    const place = await pushed(true);
    const expected = registryIndex(place.repository);
    damage(place);
    await addToIndex(place.writer, additions([specs[0]?.hash ?? '']), options());
    expect(registryIndex(place.repository)).toEqual(expected);
    assertSoundRegistry(place.repository);
  });

  it.each<[string, (writer: CacheWriter) => Promise<unknown>]>([
    ['adds to it', (writer) => addToIndex(writer, additions([specs[0]?.hash ?? '']), options())],
    ['makes it anew', (writer) => remakeIndex(writer, { ...options(), full: true })],
    ['removes entries', (writer) => writer.listIndices()],
  ])('is left alone in a form that only a newer program may read, by who %s', async (_, write) => {
    const { repository, writer } = await pushed(true);
    const before = repository.tags.get(INDEX_TAG) ?? '';
    const mediaType = 'application/vnd.oci.image.index.v1+json';
    const manifests = [
      { mediaType: MANIFEST, digest: before, size: repository.manifests.get(before)?.bytes.length },
    ];
    const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, manifests }));
    repository.manifests.set(sha256Of(bytes), { bytes, mediaType });
    repository.tags.set(INDEX_TAG, sha256Of(bytes));
    await expect(write(writer)).rejects.toMatchObject({ code: 'unsupported' });
    expect(repository.tags.get(INDEX_TAG)).toBe(sha256Of(bytes));
  });

  it('is remade from the images, reading only what is new', async () => {
    const { writer, repository } = await pushed(true);
    const expected = registryIndex(repository);
    expect(await remakeIndex(writer, { ...options(), full: true })).toMatchObject({ read: 6 });
    expect(registryIndex(repository)).toEqual(expected);
    expect(await remakeIndex(writer, { ...options(), full: false })).toMatchObject({
      changed: false,
      read: 0,
    });
    repository.tags.delete(INDEX_TAG);
    await addToIndex(writer, additions(specs.slice(1).map(({ hash }) => hash)), options());
    expect(await remakeIndex(writer, { ...options(), full: false })).toMatchObject({ read: 0 });
    expect(registryIndex(repository)).toEqual(expected);
  });

  it('leaves out, and names, images that are broken or tagged as another spec', async () => {
    const { writer, repository } = await pushed(false);
    const [a, b] = specs;
    if (a === undefined || b === undefined) throw new Error('too few specs');
    repository.tags.set(specTag(a), repository.tags.get(specTag(b)) ?? '');
    const how = { ...options(), full: true };
    await remakeIndex(writer, how);
    expect(how.problems.length).toBe(1);
    expect(how.problems[0]).toContain(specTag(a));
    expect(listedInRegistry(repository)).toEqual(new Set(specs.slice(1).map(({ hash }) => hash)));
  });

  it('loses nothing to writers at the same time', async () => {
    const place = await pushed(false);
    await Promise.all(
      specs.map(async ({ hash }) => {
        const writer = openOciWriter(await openTestRegistry(place.url), NO_OPTIONS);
        try {
          await addToIndex(writer, additions([hash]), options());
        } finally {
          await writer.close();
        }
      }),
    );
    expect(listedInRegistry(place.repository).size).toBe(6);
    assertSoundRegistry(place.repository);
  });

  it.each([
    ['published', false],
    ['found', true],
  ])('does not list an image that was %s, and whose tag a removal took along', async (_, isFound) => {
    const { repository, url } = await pushed(false);
    const [lost, kept] = specs;
    if (lost === undefined || kept === undefined) throw new Error('too few specs');
    const registry = await openTestRegistry(url);
    // The registry had looked up before which tags the old image has, and ends the removal now.
    const putManifest: typeof registry.putManifest = async (reference, ...rest) => {
      if (reference === INDEX_TAG) repository.tags.delete(specTag(lost));
      return await registry.putManifest(reference, ...rest);
    };
    const writer = openOciWriter({ ...registry, putManifest }, NO_OPTIONS);
    closing.push(() => writer.close());
    const both = new Set([lost.hash, kept.hash]);
    repository.tags.set(INDEX_TAG, await emptyIndex(registry));
    const update = await addToIndex(
      writer,
      { ...additions(both), ...(isFound && { found: both }) },
      options(),
    );
    expect([...(update.gone ?? [])]).toEqual([lost.hash]);
    expect(failedIfGone(update)).toMatchObject({ failed: expect.stringContaining('removed') });
    expect(listedInRegistry(repository)).not.toContain(lost.hash);
    expect(listedInRegistry(repository)).toContain(kept.hash);
    assertSoundRegistry(repository);
  });

  it('goes again when somebody else was faster', async () => {
    const { repository, url, writer } = await pushed(false);
    const [a = '', ...others] = specs.map(({ hash }) => hash);
    const [own] = [...repository.tags].filter(([tag]) => tag.includes(a));
    if (own === undefined) throw new Error('no tag');
    repository.tags.delete(own[0]);
    await addToIndex(writer, additions(others), options());
    repository.tags.set(...own);
    const before = repository.tags.get(INDEX_TAG) ?? '';
    const registry = await openTestRegistry(url);
    let isLate = true;
    // Between our writing and our looking again, somebody who began earlier puts his own in its place.
    const putManifest: typeof registry.putManifest = async (reference, ...rest) => {
      const digest = await registry.putManifest(reference, ...rest);
      if (reference === INDEX_TAG && isLate) repository.tags.set(INDEX_TAG, before);
      isLate = false;
      return digest;
    };
    const beaten = openOciWriter({ ...registry, putManifest }, NO_OPTIONS);
    closing.push(() => beaten.close());
    expect(await addToIndex(beaten, additions([a]), options())).toMatchObject({ changed: true, retries: 1 });
    expect(listedInRegistry(repository).size).toBe(6);
  });
});
