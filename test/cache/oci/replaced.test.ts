import { afterEach, describe, expect, it } from 'vitest';
import { removeReplaced } from '../../../src/cache/oci/replaced.ts';
import type { Digest } from '../../../src/storage/registry/reference.ts';
import { digestOf } from '../../../src/storage/registry/reference.ts';
import { PACKAGES_TOKEN, startGitHubPackages, storeInMemory } from '../../harness/github-packages.ts';
import { startRegistry } from '../../harness/registry.ts';
import { openTestRegistry } from '../../harness/registry-client.ts';
import { built, fixtureGraph } from '../mirror-fixture.ts';
import { fillFromSpack } from '../registry-fixture.ts';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const names = new Set(built(fixtureGraph('1.2')).map(({ name }) => name));

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** What Spack pushed to GitHub's registry, long ago. */
async function open(isGitHub = true) {
  const server = await startRegistry({ deletes: isGitHub ? 'none' : 'all', referrers: false });
  const repository = server.repository('toy/cache');
  fillFromSpack(repository);
  const github = await startGitHubPackages({ store: storeInMemory(repository), name: 'toy/cache' });
  const registry = await openTestRegistry(`${server.url}toy/cache`, {
    ...(isGitHub ? { packagesApi: { url: new URL(github.url), pauseMs: 0 } } : {}),
    user: { username: 'token', password: PACKAGES_TOKEN },
  });
  closing.push(server.close, github.close, () => registry.close());
  const tagOf = (name: string) => [...repository.tags.keys()].find((tag) => tag.startsWith(`${name}-`)) ?? '';
  const digest = (tag: string) => (repository.tags.get(tag) ?? '') as Digest;
  const bytesOf = (tag: string) => repository.manifests.get(digest(tag))?.bytes ?? Buffer.alloc(0);
  /** Another manifest under the tag, which says the same. */
  const replace = async (tag: string): Promise<Digest> => {
    const before = digest(tag);
    await registry.putManifest(tag, Buffer.from(`${bytesOf(tag).toString()} `), MANIFEST);
    return before;
  };
  const put = async (document: object, tag?: string, type = MANIFEST): Promise<Digest> => {
    const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: type, ...document }));
    return await registry.putManifest(tag ?? digestOf(bytes), bytes, type);
  };
  const blob = async (text: string) => {
    const bytes = Buffer.from(text);
    await registry.putBlob(bytes, digestOf(bytes));
    return { mediaType: 'text/plain', digest: digestOf(bytes), size: bytes.length };
  };
  const problems: string[] = [];
  const run = (more: { graceMs?: number; dryRun?: boolean } = {}) =>
    removeReplaced(registry, {
      ...{ graceMs: 3_600_000, dryRun: false, signal: undefined, ...more },
      onProblem: (text) => problems.push(text),
    });
  return { repository, github, registry, tagOf, digest, replace, put, blob, run, problems };
}

describe('what no tag leads to any more', () => {
  it('goes: older indices, and images that were pushed again', async () => {
    const { replace, run, tagOf, repository, problems } = await open();
    expect(names.size).toBeGreaterThan(3);
    const tags = new Map(repository.tags);
    const old = [await replace('index.spack'), await replace(tagOf('toypy'))];
    expect(await run({ dryRun: true })).toEqual({ removed: 2, left: 0 });
    expect(old.every((digest) => repository.manifests.has(digest))).toBe(true);
    expect(await run()).toEqual({ removed: 2, left: 0 });
    expect(old.some((digest) => repository.manifests.has(digest))).toBe(false);
    expect([...repository.tags.keys()].sort()).toEqual([...tags.keys()].sort());
    expect(await run()).toEqual({ removed: 0, left: 0 });
    expect(problems).toEqual([]);
  });

  it('stays while it is young', async () => {
    const { replace, run, github } = await open();
    github.times.set(await replace('index.spack'), new Date(Date.now() - 60_000));
    expect(await run()).toEqual({ removed: 0, left: 0 });
  });

  it('stays where it is not one of ours: somebody may use it by its digest', async () => {
    const { put, blob, run, repository } = await open();
    const config = await blob('{"architecture":"amd64","rootfs":{"type":"layers","diff_ids":[]}}');
    const image = await put({ config, layers: [] });
    const artifact = await put({ config, layers: [config], artifactType: 'application/other' });
    const empty = { ...(await blob('{}')), mediaType: 'application/vnd.unknown.config.v1+json' };
    const older = await put({ config: empty, layers: [config] });
    const index = await put({ manifests: [] }, undefined, INDEX);
    // The tag is that of a list about an image that is gone.
    const tagged = await put({ config, layers: [], annotations: {} }, `sha256-${'5'.repeat(64)}`);
    expect(await run()).toEqual({ removed: 0, left: 0 });
    for (const digest of [image, artifact, older, index, tagged])
      expect(repository.manifests.has(digest)).toBe(true);
  });

  it('stays where an index has it, with a tag or without one', async () => {
    const { put, replace, registry, run, tagOf, repository } = await open();
    const [one, two] = [await replace(tagOf('toypy')), await replace(tagOf('libtoy'))];
    const describeIt = async (digest: Digest) => ({ ...(await registry.headManifest(digest)) });
    await put({ manifests: [await describeIt(one)] }, 'latest', INDEX);
    await put({ manifests: [await describeIt(two)] }, undefined, INDEX);
    expect(await run()).toEqual({ removed: 0, left: 0 });
    for (const digest of [one, two]) expect(repository.manifests.has(digest)).toBe(true);
  });

  it('goes where it is about an image that is gone; signatures of images that stay stay', async () => {
    const { put, blob, digest, run, tagOf, repository } = await open();
    const layer = await blob('signature');
    const about = (subject: Digest) => ({
      ...{ config: layer, layers: [layer], artifactType: 'application/test' },
      subject: { mediaType: MANIFEST, digest: subject, size: 1 },
    });
    const gone = `sha256:${'5'.repeat(64)}` as Digest;
    const dangling = await put(about(gone));
    const signature = await put(about(digest(tagOf('toypy'))));
    expect(repository.tags.has(`sha256-${'5'.repeat(64)}`)).toBe(true);
    await run();
    await run();
    expect(repository.manifests.has(dangling)).toBe(false);
    expect(repository.tags.has(`sha256-${'5'.repeat(64)}`)).toBe(false);
    expect(repository.manifests.has(signature)).toBe(true);
    expect(repository.tags.has(`sha256-${digest(tagOf('toypy')).slice(7)}`)).toBe(true);
  });

  it('is left to a registry that does not list it', async () => {
    const { replace, run, repository } = await open(false);
    const old = await replace('index.spack');
    expect(await run()).toBeUndefined();
    expect(repository.manifests.has(old)).toBe(true);
  });
});
