import { afterEach, describe, expect, it } from 'vitest';
import { errorCode } from '../../../src/core/errors.ts';
import type { Digest } from '../../../src/storage/registry/reference.ts';
import { type RegistryFault, type RegistryRequestLog, startRegistry } from '../../harness/registry.ts';
import { openTestRegistry } from '../../harness/registry-client.ts';
import { sha256Of } from '../../harness/registry-store.ts';

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const USER = { username: 'gitlab-ci-token', password: 'secret-of-the-job' };
const HARBOR = { path: '/service/token', service: 'harbor-registry' };
const GITLAB = { path: '/jwt/auth', service: 'container_registry' };

interface Kind {
  readonly path: string;
  readonly service: string;
}

/** A registry that refuses deletes in this way, and has an API. */
async function open(
  kind: Kind,
  refuses: 'without rights' | 'with 405',
  api: (request: RegistryRequestLog) => RegistryFault,
  user = USER,
) {
  const auth = { kind: 'bearer' as const, ...USER, ...kind, noDelete: refuses === 'without rights' };
  const asked: RegistryRequestLog[] = [];
  const server = await startRegistry({
    auth: { ...auth, ...user },
    deletes: refuses === 'with 405' ? 'none' : 'all',
    fault(request) {
      if (!request.path.startsWith('/api/')) return undefined;
      asked.push(request);
      return api(request);
    },
  });
  const registry = await openTestRegistry(`${server.url}group/project/image`, { user });
  closing.push(server.close, () => registry.close());
  const bytes = Buffer.from('{}');
  await registry.putBlob(bytes, sha256Of(bytes) as Digest);
  const config = { mediaType: 'application/x', digest: sha256Of(bytes), size: 2 };
  const manifest = Buffer.from(JSON.stringify({ schemaVersion: 2, config, layers: [] }));
  const type = 'application/vnd.oci.image.manifest.v1+json';
  const digest = await registry.putManifest('a.tag', manifest, type);
  return { digest, asked, deletion: await registry.deletion() };
}

const json = (document: unknown): RegistryFault => ({ status: 200, body: JSON.stringify(document) });

describe.each(['without rights', 'with 405'] as const)('a registry that refuses DELETE %s', (refuses) => {
  it('and is Harbor deletes by its API, with the credentials for it', async () => {
    const { digest, asked, deletion } = await open(HARBOR, refuses, ({ attempt }) => ({
      status: attempt === 1 ? 200 : 404,
    }));
    expect(await deletion.delete(digest, ['a.tag'], undefined)).toBe(true);
    expect(await deletion.delete(digest, ['a.tag'], undefined)).toBe(false);
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(
      Array(2).fill(`DELETE /api/v2.0/projects/group/repositories/project%252Fimage/artifacts/${digest}`),
    );
    const basic = `Basic ${Buffer.from(`${USER.username}:${USER.password}`).toString('base64')}`;
    expect(asked[0]?.headers.authorization).toBe(basic);
    expect(await deletion.deleteTag('a.tag', undefined)).toBe(true);
    expect(asked.at(-1)?.path).toMatch(/\/artifacts\/a\.tag\/tags\/a\.tag$/);
  });

  it('and is GitLab deletes the tag by its API, if it still means the manifest', async () => {
    let meant = '';
    const { digest, asked, deletion } = await open(GITLAB, refuses, ({ method, path }) => {
      if (path.includes('/projects/group%2Fproject%2Fimage/')) return { status: 404 };
      if (/\/repositories\?per_page=100$/.test(path)) {
        return json([
          { id: 6, path: 'group/project' },
          { id: 7, path: 'group/project/image' },
        ]);
      }
      return method === 'GET' ? json({ name: 'a.tag', digest: meant }) : { status: 200 };
    });
    meant = sha256Of(Buffer.from('another'));
    expect(await deletion.delete(digest, ['a.tag'], undefined)).toBe(false);
    expect(asked.filter(({ method }) => method === 'DELETE')).toEqual([]);
    meant = digest;
    expect(await deletion.delete(digest, ['a.tag'], undefined)).toBe(true);
    expect(asked.at(-1)).toMatchObject({
      method: 'DELETE',
      path: '/api/v4/projects/group%2Fproject/registry/repositories/7/tags/a.tag',
      headers: { 'job-token': USER.password },
    });
    // What has no tag is collected by GitLab.
    expect(await deletion.delete(digest, [], undefined)).toBe(false);
  });

  it("and is another's says so, and gets no credentials in another way", async () => {
    const { digest, asked, deletion } = await open(
      { path: '/token', service: 'another' },
      refuses,
      () => undefined,
    );
    const code = refuses === 'with 405' ? 'unsupported' : 'denied';
    await expect(deletion.delete(digest, ['a.tag'], undefined)).rejects.toMatchObject({ code });
    expect(asked).toEqual([]);
  });
});

describe('the API of a registry', () => {
  it("gets a user's token of GitLab as such, and says what it needs", async () => {
    const user = { username: 'somebody', password: 'glpat-token' };
    const refuse = () => ({ status: 403, body: '{"message":"403 Forbidden"}' });
    const { digest, asked, deletion } = await open(GITLAB, 'with 405', refuse, user);
    await expect(deletion.delete(digest, ['a.tag'], undefined)).rejects.toMatchObject({
      code: 'denied',
      facts: { found: '403 Forbidden', hint: expect.stringContaining('scope api') },
    });
    expect(asked[0]?.headers).toMatchObject({ 'private-token': 'glpat-token' });
    expect(asked[0]?.headers['job-token']).toBeUndefined();
  });

  it.each<[string, readonly RegistryFault[], unknown]>([
    ['a page', [{ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }], 'protocol'],
    ['nothing, and then 404', ['lose-answer', { status: 404 }], true],
    ['404', [{ status: 404 }], false],
  ])('of Harbor that answers a DELETE with %s', async (_, answers, expected) => {
    const { digest, deletion } = await open(HARBOR, 'with 405', ({ attempt }) => answers[attempt - 1]);
    const found = await deletion.delete(digest, ['a.tag'], undefined).catch(errorCode);
    expect(found).toBe(expected);
  });

  it('of GitLab that shows no such repository is an error, and not a success', async () => {
    const { digest, deletion } = await open(GITLAB, 'with 405', () => json([]));
    await expect(deletion.delete(digest, ['a.tag'], undefined)).rejects.toMatchObject({ code: 'not-found' });
  });

  it.each([
    [
      'another host',
      { status: 200, headers: { link: '<http://elsewhere.example/x>; rel="next"' }, body: '[]' },
    ],
    ['no list', { status: 200, body: '{}' }],
    ['no JSON', { status: 200, body: '<html>' }],
  ])('of GitLab that answers with %s is not believed', async (_, answer) => {
    const { digest, deletion } = await open(GITLAB, 'with 405', () => answer);
    await expect(deletion.delete(digest, ['a.tag'], undefined)).rejects.toMatchObject({ code: 'protocol' });
  });

  it('of Harbor that keeps a part of an index is a conflict', async () => {
    const refuse = () => ({
      status: 412,
      body: '{"errors":[{"code":"PRECONDITION","message":"referenced by an index"}]}',
    });
    const { digest, deletion } = await open(HARBOR, 'with 405', refuse);
    await expect(deletion.delete(digest, ['a.tag'], undefined)).rejects.toMatchObject({
      code: 'conflict',
      facts: { found: 'referenced by an index' },
    });
  });
});
