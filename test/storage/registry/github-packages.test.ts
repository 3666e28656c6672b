import { afterEach, describe, expect, it } from 'vitest';
import { openHttpClient } from '../../../src/storage/http/client.ts';
import { openGitHubPackages } from '../../../src/storage/registry/github-packages.ts';
import type { Digest } from '../../../src/storage/registry/reference.ts';
import {
  PACKAGES_TOKEN,
  type PackagesOptions,
  startGitHubPackages,
  storeInMemory,
} from '../../harness/github-packages.ts';
import {
  acceptManifest,
  emptyRepository,
  sha256Of,
  type TestRepository,
} from '../../harness/registry-store.ts';

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const TYPE = 'application/vnd.oci.image.manifest.v1+json';

/** An image like no other, under these tags. */
function put(repository: TestRepository, text: string, ...tags: readonly string[]): Digest {
  const blob = Buffer.from(text);
  repository.blobs.set(sha256Of(blob), blob);
  const descriptor = { mediaType: 'application/x', digest: sha256Of(blob), size: blob.length };
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, config: descriptor, layers: [] }));
  const [first = sha256Of(bytes), ...others] = tags;
  const { digest } = acceptManifest(repository, first, { bytes, mediaType: TYPE });
  for (const tag of others) repository.tags.set(tag, digest);
  return digest as Digest;
}

async function open(
  options: Partial<PackagesOptions> & { readonly token?: string; readonly retries?: number } = {},
) {
  const { token = PACKAGES_TOKEN, retries = 2, name = 'org/cache', ...others } = options;
  const repository = emptyRepository();
  const server = await startGitHubPackages({ store: storeInMemory(repository), name, ...others });
  const client = await openHttpClient({
    timeoutMs: 5_000,
    connections: 4,
    verifyTls: true,
    ca: undefined,
    env: {},
  });
  closing.push(server.close, () => client.close());
  const deletion = openGitHubPackages({
    client,
    api: { url: new URL(server.url), pauseMs: 0 },
    repository: { scheme: 'https', host: 'ghcr.io', name },
    credentials: async () => ({
      credentials: token === '' ? undefined : { kind: 'pair', id: 'token', secret: token },
      source: 'test',
      remarks: [],
    }),
    retry: { retries, baseDelayMs: 1, maxDelayMs: 10 },
  });
  const versions = async () => (await deletion.versions?.(undefined)) ?? [];
  return { repository, server, deletion, versions };
}

describe('versions of a package on GitHub', () => {
  it.each(['Organization', 'User'] as const)(
    'are listed with tags and times, page by page, of an owner that is %s',
    async (ownerType) => {
      const { repository, server, versions } = await open({ ownerType, name: 'org/some/cache' });
      for (let i = 0; i < 250; i++) put(repository, `${i}`, `tag-${i}`);
      const both = put(repository, 'both', 'one', 'two');
      const untagged = put(repository, 'untagged');
      server.times.set(both, new Date('2026-11-01T00:00:00Z'));
      const all = await versions();
      expect(all).toHaveLength(252);
      const of = (digest: Digest) => all.find((each) => each.digest === digest);
      expect(of(both)).toMatchObject({ tags: ['one', 'two'], written: new Date('2026-11-01T00:00:00Z') });
      expect(of(untagged)).toMatchObject({ tags: [] });
      // The owner, and three pages.
      expect(server.requests).toHaveLength(4);
    },
  );

  it.each([
    [
      'a page for ever',
      (page: unknown[], link: string | undefined) => ({ page, link: link ?? '</x?page=1>; rel="next"' }),
    ],
    [
      'itself as the next page',
      (_: unknown[], __: unknown, { path }: { path: string }) => ({ link: `<${path}>; rel="next"` }),
    ],
    [
      'pages that repeat',
      (page: unknown[], __: unknown, { attempt }: { attempt: number }) => ({
        page,
        link: `</orgs/org/packages/container/cache/versions?per_page=100&state=active&n=${attempt}>; rel="next"`,
      }),
    ],
    ['another host', () => ({ link: '<https://elsewhere.example/versions>; rel="next"' })],
    ['no list', () => ({ page: { message: 'hello' } })],
    [
      'versions without tags',
      () => ({
        page: [{ id: 1, name: `sha256:${'0'.repeat(64)}`, updated_at: '2026-01-01T00:00:00Z', metadata: {} }],
      }),
    ],
    [
      'versions without times',
      () => ({
        page: [
          {
            id: 1,
            name: `sha256:${'0'.repeat(64)}`,
            updated_at: 'soon',
            metadata: { container: { tags: [] } },
          },
        ],
      }),
    ],
    [
      'ids that are none',
      () => ({
        page: [
          {
            id: '../..',
            name: `sha256:${'0'.repeat(64)}`,
            updated_at: '2026-01-01T00:00:00Z',
            metadata: { container: { tags: [] } },
          },
        ],
      }),
    ],
  ])('are not taken from an API that lists %s', async (_, lie) => {
    const { repository, versions, server } = await open({ lie });
    for (let i = 0; i < 150; i++) put(repository, `${i}`, `tag-${i}`);
    await expect(versions()).rejects.toMatchObject({ code: expect.stringMatching(/protocol|denied/) });
    expect(server.requests.length).toBeLessThan(6);
  });

  it('are asked for again after a limit that is short', async () => {
    const { repository, versions, server } = await open({
      before: ({ attempt }) =>
        attempt === 2
          ? { status: 403, headers: { 'retry-after': '0' }, body: { message: 'secondary rate limit' } }
          : undefined,
    });
    put(repository, 'one', 'tag');
    expect(await versions()).toHaveLength(1);
    expect(server.requests).toHaveLength(3);
  });

  it('say how to get rights to a package that is not linked to the repository', async () => {
    const { versions } = await open({ rights: 'none' });
    await expect(versions()).rejects.toMatchObject({
      code: 'denied',
      facts: {
        hint: expect.stringContaining('Manage Actions access -> add this repository with role Admin'),
      },
    });
  });

  it('need a token', async () => {
    await expect((await open({ token: '' })).versions()).rejects.toMatchObject({
      code: 'denied',
      facts: { hint: expect.stringContaining('delete:packages') },
    });
    await expect((await open({ token: 'wrong' })).versions()).rejects.toMatchObject({
      code: 'denied',
      message: 'GitHub refuses the token',
    });
  });
});

describe('deleting a version on GitHub', () => {
  it('takes a manifest with its tags, and says where it is gone', async () => {
    const { repository, deletion, server } = await open();
    const [gone, stays] = [put(repository, 'one', 'one'), put(repository, 'two', 'two')];
    expect(await deletion.delete(gone, ['one'], undefined)).toBe(true);
    expect(await deletion.delete(gone, ['one'], undefined)).toBe(false);
    expect([...repository.manifests.keys()]).toEqual([stays]);
    expect(server.deleted).toEqual([gone]);
  });

  it('takes none that has got another tag since it was listed', async () => {
    const { repository, deletion, versions } = await open();
    const digest = put(repository, 'one', 'one');
    await versions();
    repository.tags.set('latest', digest);
    await expect(deletion.delete(digest, ['one'], undefined)).rejects.toMatchObject({
      code: 'conflict',
      facts: { found: 'latest' },
    });
    expect(repository.manifests.has(digest)).toBe(true);
  });

  it('takes none whose id is of another manifest by now', async () => {
    const { repository, deletion, versions } = await open({
      before: ({ path }) =>
        /versions\/\d+$/.test(path)
          ? {
              status: 200,
              body: {
                id: 1000,
                name: `sha256:${'1'.repeat(64)}`,
                updated_at: '2026-01-01T00:00:00Z',
                metadata: { container: { tags: ['one'] } },
              },
            }
          : undefined,
    });
    const digest = put(repository, 'one', 'one');
    await versions();
    await expect(deletion.delete(digest, ['one'], undefined)).rejects.toMatchObject({ code: 'protocol' });
    expect(repository.manifests.has(digest)).toBe(true);
  });

  it('counts a delete whose answer is lost', async () => {
    let isLost = false;
    const repository = emptyRepository();
    const store = storeInMemory(repository);
    const digest = put(repository, 'one', 'one');
    const { deletion } = await open({
      store,
      before({ method }) {
        if (method !== 'DELETE' || isLost) return undefined;
        isLost = true;
        store.delete(digest, ['one']);
        return { status: 502, body: '<html>' };
      },
    });
    expect(await deletion.delete(digest, ['one'], undefined)).toBe(true);
  });

  it.each([
    ['the hourly limit', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '4102444800' }],
    ['a long wait', { 'retry-after': '3600' }],
  ])('stops at %s, and asks no more', async (_, headers) => {
    const { repository, deletion, server } = await open({
      before: ({ method, attempt }) =>
        method === 'DELETE' && attempt > 1
          ? { status: 403, headers, body: { message: 'API rate limit exceeded' } }
          : undefined,
    });
    const digests = Array.from({ length: 5 }, (_each, i) => put(repository, `${i}`, `${i}`));
    const results = await Promise.allSettled(
      digests.map((digest, i) => deletion.delete(digest, [`${i}`], undefined)),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', ...Array(4).fill('rejected')]);
    for (const result of results.slice(1)) {
      expect(result).toMatchObject({
        reason: {
          code: 'throttled',
          facts: { hint: expect.stringMatching(/run it again after \d\d:\d\d UTC/) },
        },
      });
    }
    expect(repository.manifests.size).toBe(4);
    expect(server.requests.filter(({ method }) => method === 'DELETE')).toHaveLength(2);
  });

  it('says how to link a package that may only be read, once', async () => {
    const { repository, deletion, server } = await open({ rights: 'read' });
    const digests = [put(repository, '0', '0'), put(repository, '1', '1')];
    for (const [i, digest] of digests.entries()) {
      await expect(deletion.delete(digest, [`${i}`], undefined)).rejects.toMatchObject({
        code: 'denied',
        facts: { hint: expect.stringContaining('role Admin') },
      });
    }
    expect(server.requests.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  });

  it("gives GitHub's words for a version that it keeps", async () => {
    const message = 'Publicly visible package versions with more than 5000 downloads cannot be deleted.';
    const { repository, deletion } = await open({
      before: ({ method }) => (method === 'DELETE' ? { status: 400, body: { message } } : undefined),
    });
    const digest = put(repository, 'one', 'one');
    await expect(deletion.delete(digest, ['one'], undefined)).rejects.toMatchObject({
      code: 'unsupported',
      facts: { found: message },
    });
  });

  it('does not take a tag without its image', async () => {
    const { deletion } = await open();
    await expect(deletion.deleteTag('one', undefined)).rejects.toMatchObject({ code: 'unsupported' });
  });
});
