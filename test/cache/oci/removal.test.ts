import { afterEach, describe, expect, it } from 'vitest';
import { openOci } from '../../../src/cache/oci/reader.ts';
import { ociRemoval } from '../../../src/cache/oci/removal.ts';
import { specTag } from '../../../src/cache/oci/tags.ts';
import { type Digest, digestOf as digestSum } from '../../../src/storage/registry/reference.ts';
import type { Registry } from '../../../src/storage/registry/registry.ts';
import { PACKAGES_TOKEN, startGitHubPackages, storeInMemory } from '../../harness/github-packages.ts';
import { startRegistry, type TestRegistryOptions } from '../../harness/registry.ts';
import { openTestRegistry } from '../../harness/registry-client.ts';
import type { TestRepository } from '../../harness/registry-store.ts';
import { built, fixtureGraph } from '../mirror-fixture.ts';
import { fillFromSpack } from '../registry-fixture.ts';

const specs = built(fixtureGraph('1.2'));
const tagOf = (name: string) => {
  const spec = specs.find((each) => each.name === name);
  if (spec === undefined) throw new Error(`no ${name}`);
  return specTag(spec);
};
const entryOf = (name: string) => ({
  key: tagOf(name),
  hash: specs.find((each) => each.name === name)?.hash ?? '',
  modified: undefined,
});

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';

/** What Spack pushed, in a registry that deletes itself, or by GitHub's API. */
async function open(kind: 'specification' | 'github', options: TestRegistryOptions = {}) {
  const deletes = kind === 'github' ? 'none' : 'digests';
  const server = await startRegistry({ deletes, ...options });
  const repository = server.repository('toy/cache');
  fillFromSpack(repository);
  const store = storeInMemory(repository);
  const github = await startGitHubPackages({ store, name: 'toy/cache' });
  const registry = await openTestRegistry(`${server.url}toy/cache`, {
    ...(kind === 'github' ? { packagesApi: { url: new URL(github.url), pauseMs: 0 } } : {}),
    credentials: async () => ({
      credentials: { kind: 'pair', id: 'token', secret: PACKAGES_TOKEN },
      source: 'test',
      remarks: [],
    }),
  });
  closing.push(server.close, github.close, () => registry.close());
  const removal = ociRemoval(registry, openOci(registry, { signed: false }));
  return { repository, registry, removal, server, github };
}

function digestOf({ tags }: TestRepository, tag: string): Digest {
  return (tags.get(tag) ?? '') as Digest;
}

/** An artifact that refers to a manifest, as signatures and provenance do. */
async function attach(registry: Registry, subject: Digest, what: string): Promise<Digest> {
  const blob = Buffer.from(what);
  await registry.putBlob(blob, digestSum(blob));
  const named = { mediaType: 'text/plain', digest: digestSum(blob), size: blob.length };
  const bytes = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST,
      artifactType: 'application/test',
      config: named,
      layers: [named],
      subject: { mediaType: MANIFEST, digest: subject, size: 1 },
    }),
  );
  return await registry.putManifest(digestSum(bytes), bytes, MANIFEST);
}

async function putIndex(registry: Registry, reference: string, digests: readonly Digest[], type = MANIFEST) {
  const manifests = await Promise.all(
    digests.map(async (digest) => ({
      mediaType: type,
      digest,
      size: (await registry.headManifest(digest))?.size,
    })),
  );
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests }));
  return await registry.putManifest(reference === '' ? digestSum(bytes) : reference, bytes, INDEX);
}

describe.each(['specification', 'github'] as const)('removing images, deletes by %s', (kind) => {
  it('takes an image with its tag', async () => {
    const { removal, repository } = await open(kind);
    const digest = digestOf(repository, tagOf('toypy'));
    expect(await removal.heldBy([entryOf('toypy')])).toEqual(new Map());
    expect(await removal.remove(entryOf('toypy'))).toBe(true);
    expect(repository.manifests.has(digest)).toBe(false);
    expect(repository.tags.has(tagOf('toypy'))).toBe(false);
    expect(await removal.remove(entryOf('toypy'))).toBe(false);
  });

  it('leaves alone a tag that was moved since it was looked at', async () => {
    const { removal, repository } = await open(kind);
    await removal.heldBy([entryOf('toypy')]);
    repository.tags.set(tagOf('toypy'), digestOf(repository, tagOf('toymake')));
    const before = new Map(repository.tags);
    expect(await removal.heldBy([entryOf('toypy')])).toEqual(
      new Map([[tagOf('toypy'), 'what was pushed meanwhile']]),
    );
    expect(await removal.remove(entryOf('toypy'))).toBe(false);
    expect(repository.tags).toEqual(before);
    expect(repository.manifests.has(digestOf(repository, tagOf('toymake')))).toBe(true);
  });

  it('leaves alone a tag that was not there when it was looked at', async () => {
    const { removal, repository } = await open(kind);
    const digest = digestOf(repository, tagOf('toypy'));
    repository.tags.delete(tagOf('toypy'));
    expect(await removal.heldBy([entryOf('toypy')])).toEqual(new Map());
    repository.tags.set(tagOf('toypy'), digest);
    expect(await removal.remove(entryOf('toypy'))).toBe(false);
    expect(repository.manifests.has(digest)).toBe(true);
    expect(await removal.heldBy([entryOf('toypy')])).toEqual(
      new Map([[tagOf('toypy'), 'what was pushed meanwhile']]),
    );
  });

  it('leaves the image of another spec, though the tag it was filed under is put right just now', async () => {
    let asked = 0;
    const putRight = () => void repository.tags.set(tagOf('toypy'), right);
    const { removal, repository } = await open(kind, {
      fault: ({ path }) => {
        if (path.endsWith(`/manifests/${tagOf('toypy')}`) && ++asked === 2) putRight();
        return undefined;
      },
    });
    const right = digestOf(repository, tagOf('toypy'));
    const another = digestOf(repository, tagOf('toymake'));
    repository.tags.set(tagOf('toypy'), another);
    expect(await removal.remove(entryOf('toypy'))).toBe(false);
    expect(repository.tags.get(tagOf('toypy'))).toBe(right);
    for (const digest of [right, another]) expect(repository.manifests.has(digest)).toBe(true);
  });

  it.each(['toymake', 'latest'])(
    'leaves %s, to which a tag leads that should be a list of referrers',
    async (other) => {
      const { removal, repository, registry } = await open(kind, { referrers: false });
      if (other === 'latest') await putIndex(registry, 'latest', [digestOf(repository, tagOf('libtoy'))]);
      const meant = digestOf(repository, other === 'latest' ? 'latest' : tagOf(other));
      const tag = `sha256-${digestOf(repository, tagOf('toypy')).slice('sha256:'.length)}`;
      repository.tags.set(tag, meant);
      repository.manifests.delete(digestOf(repository, tagOf('libtoy')));
      await removal.heldBy([entryOf('toypy')]);
      expect(await removal.remove(entryOf('toypy'))).toBe(true);
      expect(repository.manifests.has(meant)).toBe(true);
    },
  );

  it('holds an image that has another tag, and parts of an index that has one, however deep', async () => {
    const { removal, repository, registry } = await open(kind);
    repository.tags.set('latest', digestOf(repository, tagOf('toypy')));
    const inner = await putIndex(registry, '', [digestOf(repository, tagOf('libtoy'))]);
    await putIndex(registry, 'stack', [inner], INDEX);
    const held = await removal.heldBy(['toypy', 'libtoy', 'toymake'].map(entryOf));
    expect(held).toEqual(
      new Map([
        [tagOf('toypy'), 'the image latest'],
        [tagOf('libtoy'), 'the image stack'],
      ]),
    );
    for (const name of ['toypy', 'libtoy']) {
      await expect(removal.remove(entryOf(name))).rejects.toMatchObject({ code: 'conflict' });
      expect(repository.tags.has(tagOf(name))).toBe(true);
    }
  });

  it('holds them also where nobody has looked before', async () => {
    const { removal, repository } = await open(kind);
    repository.tags.set('latest', digestOf(repository, tagOf('toypy')));
    await expect(removal.remove(entryOf('toypy'))).rejects.toMatchObject({ code: 'conflict' });
  });

  it('holds all where an index cannot be read: it may mean any image', async () => {
    const { removal, repository } = await open(kind);
    const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: 'none' }));
    repository.manifests.set('sha256:'.padEnd(71, '0'), { bytes, mediaType: INDEX });
    repository.tags.set('strange', 'sha256:'.padEnd(71, '0'));
    await expect(removal.heldBy([entryOf('toypy')])).rejects.toThrow();
    await expect(removal.remove(entryOf('toypy'))).rejects.toThrow();
    expect(repository.tags.has(tagOf('toypy'))).toBe(true);
  });

  it.each([true, false])(
    'takes what refers to a removed image, and nothing of others (API for it: %s)',
    async (referrers) => {
      const { removal, repository, registry } = await open(kind, { referrers });
      const [gone, stays] = [digestOf(repository, tagOf('toypy')), digestOf(repository, tagOf('toymake'))];
      const signature = await attach(registry, gone, 'signature');
      const ofSignature = await attach(registry, signature, 'signature of the signature');
      const provenance = await attach(registry, gone, 'provenance');
      const kept = await attach(registry, stays, 'signature');
      expect(await removal.remove(entryOf('toypy'))).toBe(true);
      for (const digest of [gone, signature, ofSignature, provenance]) {
        expect(repository.manifests.has(digest)).toBe(false);
      }
      for (const digest of [stays, kept]) expect(repository.manifests.has(digest)).toBe(true);
      const lists = [...repository.tags.keys()].filter((tag) => tag.startsWith('sha256-'));
      expect(lists).toEqual(referrers ? [] : [`sha256-${stays.slice(7)}`]);
      expect(repository.tags.has('index.spack')).toBe(true);
    },
  );

  it('takes nothing on the word of a list: neither images of specs nor what is about others', async () => {
    const { removal, repository, registry } = await open(kind, { referrers: false });
    const subject = digestOf(repository, tagOf('toypy'));
    const [other, stays] = [digestOf(repository, tagOf('libtoy')), digestOf(repository, tagOf('toymake'))];
    const ofOther = await attach(registry, stays, 'signature of another');
    // An untagged image of a spec with a subject, as nobody should make it.
    const image = JSON.parse(repository.manifests.get(other)?.bytes.toString() ?? '');
    const about = { mediaType: MANIFEST, digest: subject, size: 1 };
    const bytes = Buffer.from(JSON.stringify({ ...image, subject: about }));
    const attached = await registry.putManifest(digestSum(bytes), bytes, MANIFEST);
    // The image of a spec that calls itself an artifact.
    const said = Buffer.from(JSON.stringify({ ...image, artifactType: 'application/test', subject: about }));
    const posing = await registry.putManifest(tagOf('libtoy'), said, MANIFEST);
    await putIndex(registry, `sha256-${subject.slice(7)}`, [other, stays, ofOther, attached, posing]);
    expect(await removal.remove(entryOf('toypy'))).toBe(true);
    for (const digest of [other, stays, ofOther, attached, posing])
      expect(repository.manifests.has(digest)).toBe(true);
    expect(repository.tags.get(tagOf('libtoy'))).toBe(posing);
  });

  it('leaves what refers to a removed image if it has a tag of its own', async () => {
    const { removal, repository, registry } = await open(kind, { referrers: false });
    const subject = digestOf(repository, tagOf('toypy'));
    const report = await attach(registry, subject, 'report');
    repository.tags.set('report', report);
    expect(await removal.remove(entryOf('toypy'))).toBe(true);
    expect(repository.manifests.has(report)).toBe(true);
    // And so does the list that names it.
    expect(repository.tags.has(`sha256-${subject.slice(7)}`)).toBe(true);
  });
});

describe('listing to remove', () => {
  it("has GitHub's times; what GitHub does not list yet is new", async () => {
    const { removal, repository, github } = await open('github');
    const digest = digestOf(repository, tagOf('toypy'));
    github.times.set(digest, new Date('2026-11-01T00:00:00Z'));
    const started = Date.now();
    const listed = new Map<string, Date | undefined>();
    // Not in the API's list, and in the registry's.
    const { manifests } = repository;
    const late = digestOf(repository, tagOf('toymake'));
    const saved = manifests.get(late);
    manifests.delete(late);
    for await (const { key, modified } of removal.list()) listed.set(key, modified);
    if (saved !== undefined) manifests.set(late, saved);
    expect(listed.get(tagOf('toypy'))).toEqual(new Date('2026-11-01T00:00:00Z'));
    expect(listed.get(tagOf('toymake'))?.getTime()).toBeGreaterThanOrEqual(started);
    expect(listed.size).toBe(6);
  });

  it('has no times in other registries', async () => {
    const { removal } = await open('specification');
    for await (const { modified } of removal.list()) expect(modified).toBeUndefined();
  });
});
