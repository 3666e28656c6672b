/**
 * A prune of a thousand versions as on ghcr.io: Debian's registry, which answers DELETE with 405, and beside it GitHub's API
 * for packages. Then the registry collects its garbage, and what stays is whole to the last layer. Wants docker-registry.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openOciWriter } from '../../src/cache/oci/writer.ts';
import { prune } from '../../src/commands/prune.ts';
import { type Digest, digestOf } from '../../src/storage/registry/reference.ts';
import type { Registry } from '../../src/storage/registry/registry.ts';
import { NO_OPTIONS } from '../cache/registry-place.ts';
import { startDockerRegistry } from '../harness/docker-registry.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { generateRegistry } from '../harness/generate-registry.ts';
import { PACKAGES_TOKEN, startGitHubPackages, storeInFolder } from '../harness/github-packages.ts';
import { openTestRegistry } from '../harness/registry-client.ts';
import { emptyRepository, type TestRepository } from '../harness/registry-store.ts';

const NAME = 'org/cache';
const VERSIONS = 1_000;
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';

/** As Debian's registry keeps it. */
function writeFolder(folder: string, { blobs, manifests, tags }: TestRepository): void {
  const root = join(folder, 'docker/registry/v2');
  const put = (file: string, content: string | Buffer) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  const hex = (digest: string) => digest.replace('sha256:', '');
  const repository = join(root, 'repositories', NAME);
  const blob = (digest: string, bytes: Buffer) =>
    put(join(root, 'blobs/sha256', hex(digest).slice(0, 2), hex(digest), 'data'), bytes);
  for (const [digest, bytes] of blobs) {
    blob(digest, bytes);
    put(join(repository, '_layers/sha256', hex(digest), 'link'), digest);
  }
  for (const [digest, { bytes }] of manifests) {
    blob(digest, bytes);
    put(join(repository, '_manifests/revisions/sha256', hex(digest), 'link'), digest);
  }
  for (const [tag, digest] of tags) {
    put(join(repository, '_manifests/tags', tag, 'current/link'), digest);
    put(join(repository, '_manifests/tags', tag, 'index/sha256', hex(digest), 'link'), digest);
  }
}

async function attach(registry: Registry, subject: Digest): Promise<Digest> {
  const blob = Buffer.from(`signature of ${subject}`);
  await registry.putBlob(blob, digestOf(blob));
  const named = { mediaType: 'text/plain', digest: digestOf(blob), size: blob.length };
  const about = { mediaType: MANIFEST, digest: subject, size: 1 };
  const artifact = { schemaVersion: 2, mediaType: MANIFEST, artifactType: 'application/test' };
  const bytes = Buffer.from(JSON.stringify({ ...artifact, config: named, layers: [named], subject: about }));
  return await registry.putManifest(digestOf(bytes), bytes, MANIFEST);
}

describe(`a prune on ghcr.io of ${VERSIONS} versions`, () => {
  it('removes what is not needed, with what refers to it, and loses nothing that stays', async () => {
    const environment = generateEnvironment({ specs: VERSIONS, seed: 20 });
    const generated = emptyRepository();
    await generateRegistry(generated, environment);
    const tagOfHash = (hash: string) =>
      [...generated.tags.keys()].find((tag) => tag.endsWith(`-${hash}.spack`)) ?? '';
    const digestOfHash = (hash: string) => (generated.tags.get(tagOfHash(hash)) ?? '') as Digest;
    /** Nothing needs them. */
    const roots = environment.roots.map(({ hash }) => hash);

    await using docker = await startDockerRegistry({ deletes: false });
    writeFolder(docker.folder, generated);
    const store = storeInFolder(docker.folder, NAME);
    await using github = await startGitHubPackages({ store, name: NAME, live: true });
    for (const digest of generated.manifests.keys())
      github.times.set(digest, new Date('2026-01-01T00:00:00Z'));
    const registry = await openTestRegistry(`${docker.url}${NAME}`, {
      packagesApi: { url: new URL(github.url), pauseMs: 0 },
      credentials: async () => ({
        credentials: { kind: 'pair', id: 'token', secret: PACKAGES_TOKEN },
        source: 'test',
        remarks: [],
      }),
    });
    await using cache = {
      ...openOciWriter(registry, NO_OPTIONS),
      [Symbol.asyncDispose]: () => registry.close(),
    };

    const [tagged = '', part = '', young = '', signed = '', kept = ''] = roots;
    const condemned = new Set(roots.slice(0, 4));
    // Enough others, from the top down: what nothing that stays needs.
    for (const [hash, node] of environment.nodes) {
      if (condemned.size === 63) break;
      if (node.external !== undefined || hash === kept) continue;
      const users = [...environment.nodes.values()].filter(({ dependencies = [] }) =>
        dependencies.some((dependency) => dependency.hash === hash),
      );
      if (users.every((user) => condemned.has(user.hash) && ![tagged, part, young].includes(user.hash)))
        condemned.add(hash);
    }
    expect(condemned.size).toBe(63);

    const latest = await registry.manifest(tagOfHash(tagged));
    await registry.putManifest('latest', latest?.bytes ?? Buffer.alloc(0), MANIFEST);
    const child = await registry.headManifest(digestOfHash(part));
    const index = { schemaVersion: 2, mediaType: INDEX, manifests: [child] };
    await registry.putManifest('stack', Buffer.from(JSON.stringify(index)), INDEX);
    github.times.set(digestOfHash(young), new Date());
    const gone = await attach(registry, digestOfHash(signed));
    const stays = await attach(registry, digestOfHash(kept));
    const before = store.manifests();
    expect(before.size).toBeGreaterThanOrEqual(VERSIONS);

    const listed = [...environment.nodes.keys()].filter((hash) => !condemned.has(hash));
    const { removed, problems, plan } = await prune({
      cache,
      lists: [{ by: 'list', hashes: new Set(listed) }],
      roots: [],
      pins: [],
      olderThanMs: undefined,
      maxBytes: undefined,
      graceMs: 3_600_000,
      mayRemoveAll: false,
      dryRun: false,
      jobs: 8,
      signal: AbortSignal.timeout(100_000),
    });
    expect(problems).toEqual([]);
    expect(removed).toHaveLength(60);
    const reasonOf = (hash: string) => plan.entries.find(({ entry }) => entry.hash === hash)?.reason;
    expect(reasonOf(tagged)).toEqual({ kind: 'named', by: 'the image latest' });
    expect(reasonOf(part)).toEqual({ kind: 'named', by: 'the image stack' });
    expect(reasonOf(young)).toEqual({ kind: 'young' });

    // The images, a signature, its list; and the index, which was written again.
    const index0 = generated.tags.get('index.spack') ?? '';
    const after = store.manifests();
    const images = new Set(removed.map(({ hash }) => digestOfHash(hash)));
    const list = [...before].find(([, tags]) =>
      tags.includes(`sha256-${digestOfHash(signed).slice(7)}`),
    )?.[0];
    expect(new Set(github.deleted)).toEqual(new Set([...images, gone, list, index0]));
    for (const digest of before.keys()) {
      const isGone = images.has(digest as Digest) || [gone, list, index0].includes(digest);
      expect(after.has(digest)).toBe(!isGone);
    }
    expect(after.has(stays)).toBe(true);
    expect([...after.values()].flat()).toContain('index.spack');

    // Nothing that stays lacks a layer when the registry has collected its garbage.
    const config = join(dirname(docker.folder), 'config.yml');
    execFileSync('docker-registry', ['garbage-collect', config], { stdio: 'ignore' });
    const blobFile = (digest: string) =>
      join(docker.folder, 'docker/registry/v2/blobs/sha256', digest.slice(7, 9), digest.slice(7), 'data');
    const named = [...after.keys()].flatMap((digest) => {
      const { config: own, layers, manifests } = JSON.parse(readFileSync(blobFile(digest), 'utf8'));
      return [own, layers, manifests].flat().filter((each) => each !== undefined);
    });
    const digests = new Set(named.map(({ digest }) => digest));
    expect(digests.size).toBeGreaterThan(VERSIONS);
    expect([...digests].filter((digest) => !existsSync(blobFile(digest)))).toEqual([]);
    // And what only the removed ones had is gone.
    expect([...images].filter((digest) => existsSync(blobFile(digest)))).toEqual([]);
  });
});
