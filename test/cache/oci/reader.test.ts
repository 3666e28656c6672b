import { afterEach, describe, expect, it } from 'vitest';
import { openIndexStore } from '../../../src/cache/index/store.ts';
import { openOci } from '../../../src/cache/oci/reader.ts';
import { INDEX_TAG, specTag } from '../../../src/cache/oci/tags.ts';
import { openDownloadCache } from '../../../src/cache/reading/download-cache.ts';
import { entrySpecs } from '../../../src/cache/reading/entry-specs.ts';
import { obtain } from '../../../src/cache/reading/obtain.ts';
import { findPresence, type Presence } from '../../../src/cache/reading/presence.ts';
import { readVerifiedEntry } from '../../../src/cache/reading/verified-entry.ts';
import type { BuildcacheError } from '../../../src/core/errors.ts';
import { ANYTHING } from '../../../src/spec/constraint/constraint.ts';
import type { SpecNode } from '../../../src/spec/node.ts';
import { type RegistryFault, startRegistry, type TestRegistryOptions } from '../../harness/registry.ts';
import { openTestReader } from '../../harness/registry-client.ts';
import { sha256Of } from '../../harness/registry-store.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { built, fixtureGraph } from '../mirror-fixture.ts';
import { NO_INDEX_STORE } from '../no-index-store.ts';
import { fillFromSpack, SPACK_SAYS } from '../registry-fixture.ts';
import { imageOf } from '../registry-place.ts';

const specs = built(fixtureGraph('1.2'));
const named = (name: string): SpecNode => {
  const found = specs.find((spec) => spec.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};
/** Specs of no registry. */
const absent = specs.map((spec, i) => ({ ...spec, hash: `${i}`.padStart(32, 'a').replace(/\d/, 'b') }));

const PAGE = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Log in</html>' };

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(options: TestRegistryOptions = {}, name = 'toy/cache', retries = 3) {
  const server = await startRegistry(options);
  closing.push(server.close);
  const repository = server.repository('toy/cache');
  fillFromSpack(repository);
  const retry = { retries, baseDelayMs: 1, maxDelayMs: 50 };
  const registry = await openTestReader(`${server.url}${name}`, { retry });
  closing.push(() => registry.close());
  return { server, repository, reader: openOci(registry, { signed: false }) };
}

async function ask(
  reader: ReturnType<typeof openOci>,
  asked: readonly SpecNode[],
  verify: 'exists' | 'manifests' | 'blobs' = 'exists',
): Promise<Presence> {
  const how = { verify, forbidden: 'auto', jobs: 4, store: NO_INDEX_STORE, ttlMs: 0 } as const;
  return await findPresence([reader], asked, how);
}

function states({ states: found }: Presence): string[] {
  return [...new Set([...found.values()].map(({ state }) => state))];
}

describe('check of a registry that Spack filled', () => {
  it('believes the index: two requests, and one where there is a copy of it', async () => {
    await using dir = await tempDir();
    const { reader, server } = await open();
    const store = openIndexStore(dir.path);
    const how = { verify: 'exists', forbidden: 'auto', jobs: 4, store, ttlMs: 0 } as const;
    const first = await findPresence([reader], specs, how);
    expect([...first.states.values()]).toEqual(
      specs.map(() => ({ state: 'present', by: 'index', layout: 'oci' })),
    );
    expect(server.requests.length).toBe(2);
    const second = await findPresence([reader], specs, how);
    expect(second.index).toBe('local copy');
    expect(server.requests.length).toBe(3);
  });

  it('asks the tags for what the index lacks, and for what they lack once each', async () => {
    const { reader, server, repository } = await open();
    repository.tags.delete(INDEX_TAG);
    expect(states(await ask(reader, specs))).toEqual(['present']);
    // The index that is not there, and one page of tags.
    expect(server.requests.length).toBe(2);
    expect(states(await ask(reader, absent))).toEqual(['missing']);
    expect(server.requests.length).toBe(2 + 1 + absent.length);
  });

  it('asks for each where the registry lists no tags', async () => {
    const fault = ({ path }: { path: string }): RegistryFault =>
      path.includes('/tags/list') ? { status: 405 } : undefined;
    const { reader, repository } = await open({ fault });
    repository.tags.delete(INDEX_TAG);
    expect(states(await ask(reader, specs))).toEqual(['present']);
    expect(states(await ask(reader, absent))).toEqual(['missing']);
  });

  it.each(['manifests', 'blobs'] as const)('with --verify %s misses what is damaged', async (verify) => {
    const { reader, repository } = await open();
    expect(states(await ask(reader, specs, verify))).toEqual(['present']);
    const spec = named('toyapp');
    if (verify === 'manifests') repository.tags.delete(specTag(spec));
    else {
      const tarball = imageOf(repository, specTag(spec)).manifest.layers.at(-1);
      repository.blobs.delete(tarball?.digest ?? '');
    }
    const found = await ask(reader, specs, verify);
    expect(found.states.get(spec.hash)?.state).toBe('missing');
    expect([...found.states.values()].filter(({ state }) => state === 'present').length).toBe(
      specs.length - 1,
    );
  });

  it.each<[string, TestRegistryOptions, string, RegExp]>([
    ['a repository that is not there', {}, 'no/such', /not-found/],
    ['no credentials', { auth: { kind: 'basic', username: 'u', password: 'p' } }, 'toy/cache', /denied/],
    ['a registry that is broken', { fault: () => ({ status: 503 }) }, 'toy/cache', /server-error/],
    ['connections that break', { fault: () => 'reset' }, 'toy/cache', /unreachable/],
    [
      'tags that are no list',
      {
        fault: ({ path }) =>
          path.includes('/tags/')
            ? 'reset'
            : path.includes('index.spack')
              ? { status: 404, body: '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}' }
              : undefined,
      },
      'toy/cache',
      /unreachable/,
    ],
    [
      'no rights to what the index does not list',
      {
        fault: ({ path }) =>
          path.includes('index.spack') || path.includes('/blobs/') ? undefined : { status: 403 },
      },
      'toy/cache',
      /denied/,
    ],
    [
      'no rights where there is no index',
      {
        fault: ({ path }) =>
          path.includes('index.spack')
            ? { status: 404, body: '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}' }
            : { status: 403 },
      },
      'toy/cache',
      /denied/,
    ],
    ['pages for everything', { fault: () => PAGE }, 'toy/cache', /protocol/],
    ['pages that say 404', { fault: () => ({ ...PAGE, status: 404 }) }, 'toy/cache', /protocol/],
    [
      'a token endpoint that is down',
      { auth: { kind: 'bearer', username: 'u', password: 'p', realm: 'http://127.0.0.1:1/token' } },
      'toy/cache',
      /unreachable/,
    ],
    [
      'a token endpoint that knows nobody',
      { auth: { kind: 'bearer', username: 'u', password: 'p' } },
      'toy/cache',
      /denied/,
    ],
    [
      'a wait of years',
      { fault: () => ({ status: 429, headers: { 'retry-after': '999999999' } }) },
      'toy/cache',
      /throttled/,
    ],
    [
      'tags that go on elsewhere',
      {
        fault: ({ path }) =>
          path.includes('/tags/')
            ? { status: 200, headers: { link: '<http://localhost:1/v2/x>; rel="next"' }, body: '{"tags":[]}' }
            : path.includes('index.spack')
              ? { status: 404, body: '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}' }
              : { status: 502 },
      },
      'toy/cache',
      /server-error/,
    ],
  ])('does not know with %s, and never says missing', async (_, options, name, code) => {
    const { reader } = await open(options, name, 1);
    const found = await ask(reader, absent);
    expect(states(found)).toEqual(['unknown']);
    const [state] = found.states.values();
    expect(state?.state === 'unknown' && state.code).toMatch(code);
  });

  it('does not know what a tag of another kind is', async () => {
    const { reader, repository } = await open();
    repository.tags.clear();
    const bytes = Buffer.from('{"schemaVersion":2,"manifests":[]}');
    const mediaType = 'application/vnd.oci.image.index.v1+json';
    repository.manifests.set(sha256Of(bytes), { bytes, mediaType });
    repository.tags.set(specTag(named('toyapp')), sha256Of(bytes));
    const found = await ask(reader, [named('toyapp')], 'manifests');
    expect([...found.states.values()]).toEqual([
      expect.objectContaining({ state: 'unknown', code: 'unsupported' }),
    ]);
  });
});

describe('what a registry holds', () => {
  it('is read entry by entry where there is no index', async () => {
    const { reader } = await open();
    const bad: BuildcacheError[] = [];
    const source = await entrySpecs(reader, {
      asked: [ANYTHING],
      jobs: 4,
      onBad: (error) => bad.push(error),
    });
    const found: string[] = [];
    for await (const node of source?.candidates(ANYTHING) ?? []) found.push(node.hash);
    expect(found.sort()).toEqual(specs.map(({ hash }) => hash).sort());
    expect(bad).toEqual([]);
  });

  it('is verified: spec, tarball and whose they are', async () => {
    const { reader } = await open();
    for (const spec of specs) {
      const found = await readVerifiedEntry(reader, spec, undefined);
      expect(found?.document.root.hash).toBe(spec.hash);
      expect(found?.entry.tarball.size).toBeGreaterThan(1000);
      expect(SPACK_SAYS[spec.hash]?.tar_sha256).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(await readVerifiedEntry(reader, absent[0] as SpecNode, undefined)).toBeUndefined();
  });

  it.each<
    [string, string, (repository: Awaited<ReturnType<typeof open>>['repository'], tag: string) => void]
  >([
    [
      'a configuration that is not what its digest says',
      'corrupt',
      ({ blobs, ...rest }, tag) => {
        const { config } = imageOf({ blobs, ...rest }, tag).manifest;
        const bytes = Buffer.from(blobs.get(config.digest) ?? '');
        bytes[bytes.length - 3] = 0x20;
        blobs.set(config.digest, bytes);
      },
    ],
    [
      'a configuration without a spec',
      'bad-input',
      (repository, tag) => replaceConfig(repository, tag, ({ spec: _, ...rest }) => rest),
    ],
    [
      "another spec's tarball",
      'corrupt',
      (repository, tag) =>
        replaceConfig(repository, tag, (config) => ({
          ...config,
          binary_cache_checksum: { hash_algorithm: 'sha256', hash: '0'.repeat(64) },
        })),
    ],
    [
      "another spec's image",
      'corrupt',
      ({ tags }, tag) => void tags.set(tag, tags.get(specTag(named('zlib-toy'))) ?? ''),
    ],
    [
      'a configuration that is gone',
      'bad-input',
      (repository, tag) => void repository.blobs.delete(imageOf(repository, tag).manifest.config.digest),
    ],
    [
      'no layers',
      'bad-input',
      (repository, tag) => replaceManifest(repository, tag, (manifest) => ({ ...manifest, layers: [] })),
    ],
  ])('is refused when it is %s', async (_, code, change) => {
    const { reader, repository } = await open();
    const spec = named('toyapp');
    const mirrors = [{ name: 'm', readers: [reader], trust: undefined }];
    const cache = openDownloadCache(undefined);
    const take = async (use: () => Promise<string>) =>
      await obtain(spec, { mirrors, cache }, use, { upTo: 1e6, use });
    // Its nodes are known from then on.
    expect(await take(async () => 'used')).toMatchObject({ value: 'used' });
    change(repository, specTag(spec));
    const refusal = expect.objectContaining({ code, name: 'BuildcacheError' });
    await expect(readVerifiedEntry(reader, spec, undefined)).rejects.toThrow(refusal);
    await expect(take(() => expect.unreachable())).rejects.toThrow(refusal);
  });
});

type Repository = Awaited<ReturnType<typeof open>>['repository'];

function replaceManifest(
  { manifests, tags }: Repository,
  tag: string,
  change: (manifest: Record<string, unknown>) => unknown,
): void {
  const old = manifests.get(tags.get(tag) ?? '');
  const bytes = Buffer.from(JSON.stringify(change(JSON.parse(old?.bytes.toString() ?? '{}'))));
  manifests.set(sha256Of(bytes), { bytes, mediaType: old?.mediaType ?? '' });
  tags.set(tag, sha256Of(bytes));
}

function replaceConfig(
  repository: Repository,
  tag: string,
  change: (config: Record<string, unknown>) => unknown,
): void {
  const bytes = Buffer.from(JSON.stringify(change(imageOf(repository, tag).config)));
  repository.blobs.set(sha256Of(bytes), bytes);
  replaceManifest(repository, tag, (manifest) => ({
    ...manifest,
    config: { ...(manifest['config'] as object), digest: sha256Of(bytes), size: bytes.length },
  }));
}
