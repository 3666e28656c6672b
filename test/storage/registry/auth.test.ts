import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { describeError } from '../../../src/core/errors.ts';
import { sameOwner } from '../../../src/storage/registry/auth.ts';
import type { FindCredentials, RegistryCredentials } from '../../../src/storage/registry/credentials.ts';
import { digestOf } from '../../../src/storage/registry/reference.ts';
import { startHttpServer } from '../../harness/http-server.ts';
import { startRegistry } from '../../harness/registry.ts';
import { openTestReader, openTestRegistry } from '../../harness/registry-client.ts';
import { pushImage, tagsOf } from '../registry-contract.ts';

const USER = { username: 'toy', password: 'hunter2' };
const BEARER = { kind: 'bearer', ...USER } as const;
const DENIED = { code: 'denied' };
const SAME: Awaited<ReturnType<FindCredentials>> = {
  credentials: { kind: 'pair', id: USER.username, secret: USER.password },
  source: 'a test',
  remarks: [],
};

describe('tokens', () => {
  it('are fetched once for all who wait, with the rights that are needed and no more', async () => {
    await using server = await startRegistry({ auth: BEARER });
    const registry = await openTestRegistry(`${server.url}toy/cache`, { user: USER });
    await Promise.all(Array.from({ length: 8 }, (_, i) => registry.manifest(`tag-${i}`)));
    await pushImage(registry, 'one');
    expect(server.tokens.requests).toMatchObject([
      { method: 'GET', scopes: ['repository:toy/cache:pull,push'], service: 'test-registry' },
    ]);
    await registry.close();

    const reader = await openTestReader(`${server.url}toy/cache`, { user: USER });
    expect(await tagsOf(reader)).toEqual(['one']);
    expect(server.tokens.requests[1]).toMatchObject({ scopes: ['repository:toy/cache:pull'] });
    await reader.close();
  });

  it('cover deletes and mounts when these are asked for', async () => {
    await using server = await startRegistry({ auth: BEARER });
    const registry = await openTestRegistry(`${server.url}toy/cache`, { user: USER });
    const { digest } = await pushImage(registry, 'one');
    expect(await (await registry.deletion()).delete(digest, [], undefined)).toBe(true);
    expect(await registry.mountBlob(digest, 'toy/other')).toBe(false);
    expect(server.tokens.requests.map(({ scopes }) => scopes.slice(1))).toEqual([
      [],
      ['repository:toy/cache:delete'],
      ['repository:toy/other:pull'],
    ]);
    await registry.close();
  });

  it('are renewed before they end, and when the registry has forgotten them', async () => {
    await using server = await startRegistry({ auth: { ...BEARER, expiresIn: 0.4 } });
    const registry = await openTestRegistry(`${server.url}toy/cache`, { user: USER });
    await pushImage(registry, 'one');
    await sleep(450);
    expect(await registry.headManifest('one')).toBeDefined();
    expect(server.requests.filter(({ status }) => status === 401)).toHaveLength(1); // the very first
    server.tokens.forget();
    const before = server.tokens.requests.length;
    await Promise.all([1, 2, 3, 4].map(() => registry.headManifest('one')));
    expect(server.tokens.requests).toHaveLength(before + 1);
    await registry.close();
  });

  it('come by POST where the endpoint takes nothing else', async () => {
    await using server = await startRegistry({ auth: { ...BEARER, methods: ['POST'] } });
    const registry = await openTestRegistry(`${server.url}toy/cache`, { user: USER });
    await pushImage(registry, 'one');
    expect(server.tokens.requests.map(({ method }) => method)).toEqual(['GET', 'POST']);
    await registry.close();
  });

  it('come by POST for an identity token', async () => {
    await using server = await startRegistry({ auth: { ...BEARER, identityToken: 'refresh-me' } });
    const credentials = given(server.host, { kind: 'identity', token: 'refresh-me' });
    const registry = await openTestRegistry(`${server.url}toy/cache`, { credentials });
    await pushImage(registry, 'one');
    expect(server.tokens.requests).toMatchObject([{ method: 'POST', authorization: undefined }]);
    expect(server.tokens.requests[0]?.form?.get('grant_type')).toBe('refresh_token');
    await registry.close();
  });

  it('let anybody read what is public, and tell who pushes what is missing', async () => {
    await using server = await startRegistry({ auth: { ...BEARER, publicPull: true } });
    server.repository('toy/cache').tags.set('one', 'sha256:0');
    const reader = await openTestReader(`${server.url}toy/cache`);
    expect(await tagsOf(reader)).toEqual(['one']);
    await reader.close();
    const registry = await openTestRegistry(`${server.url}toy/cache`);
    await expect(pushImage(registry, 'two')).rejects.toMatchObject({
      ...DENIED,
      message: `the registry wants credentials, and there are none for ${server.host}`,
      facts: { hint: `set access_pair of the mirror, or log in with "docker login ${server.host}"` },
    });
    await registry.close();
  });

  it('are asked for again while their endpoint fails', async () => {
    const answers = [{ status: 503 }, { status: 429, headers: { 'retry-after': '0' } }];
    await using endpoint = await startHttpServer({
      fault: ({ attempt }) =>
        answers[attempt - 1] ?? { status: 200, body: '{"token": "t", "expires_in": 60}' },
    });
    await using server = await startRegistry({ auth: { ...BEARER, realm: `${endpoint.url}/t?keep=me` } });
    const reader = await openTestReader(`${server.url}toy/cache`, { user: USER });
    // This token is none of the registry's: asked for anew once, then believed.
    await expect(reader.manifest('x')).rejects.toMatchObject({ ...DENIED, facts: { status: 401 } });
    expect(endpoint.requests.map(({ status }) => status)).toEqual([503, 429, 200, 200]);
    expect(endpoint.requests[0]?.path).toBe(
      '/t?keep=me&service=test-registry&scope=repository%3Atoy%2Fcache%3Apull',
    );
    await reader.close();
  });

  it.each([
    ['a page', { status: 200, body: '<html>secret</html>' }],
    ['no token', { status: 200, body: '{"expires_in": 60}' }],
    ['a header and more', { status: 200, body: '{"token": "secret\\r\\nx-evil: 1"}' }],
    ['a redirect', { status: 302, headers: { location: 'http://localhost:1/' } }],
    ['more than anybody reads', { status: 200, body: `"${'secret'.repeat(100_000)}"` }],
  ])('are not made of %s', async (_name, answer) => {
    await using endpoint = await startHttpServer({ fault: () => answer });
    await using server = await startRegistry({ auth: { ...BEARER, realm: `${endpoint.url}/t` } });
    const reader = await openTestReader(`${server.url}toy/cache`, { user: USER });
    const error = await reader.manifest('x').catch((failure: unknown) => failure);
    expect(error).toMatchObject({ code: expect.stringMatching(/^(?:protocol|too-large)$/) });
    expect(describeError(error)).not.toMatch(/secret|hunter2/);
    expect(endpoint.requests).toHaveLength(1);
    await reader.close();
  });
});

describe('credentials', () => {
  it('that are wrong are said to be, and where they are from; and nothing of them is shown', async () => {
    for (const auth of [BEARER, { kind: 'basic', ...USER } as const]) {
      await using server = await startRegistry({ auth });
      const reader = await openTestReader(`${server.url}toy/cache`, { user: { ...USER, password: 'gu3ss' } });
      const error = await reader.manifest('x').catch((failure: unknown) => failure);
      expect(error).toMatchObject(DENIED);
      expect(describeError(error)).toMatch(
        /refuses access with the credentials from the mirror's configuration/,
      );
      expect(describeError(error)).not.toContain('gu3ss');
      await reader.close();
    }
  });

  it('that nobody meant for it do not keep us from what is public, and do not push', async () => {
    for (const isAmbient of [true, false]) {
      await using server = await startRegistry({ auth: { ...BEARER, publicPull: true } });
      server.repository('toy/cache').tags.set('one', 'sha256:0');
      const stale = { kind: 'pair', id: 'token', secret: 'of another server' } as const;
      const credentials: FindCredentials = async (target, signal) => ({
        ...(await given(server.host, stale)(target, signal)),
        isAmbient,
      });
      const reader = await openTestReader(`${server.url}toy/cache`, { credentials });
      if (isAmbient) expect(await tagsOf(reader)).toEqual(['one']);
      else await expect(tagsOf(reader)).rejects.toMatchObject(DENIED);
      await reader.close();
      const registry = await openTestRegistry(`${server.url}toy/cache`, { credentials });
      const error = await pushImage(registry, 'two').catch((failure: unknown) => failure);
      expect(error).toMatchObject(DENIED);
      expect(describeError(error)).toContain('refuses access with the credentials from a test');
      await registry.close();
      expect(server.tokens.requests.length).toBeLessThan(8);
    }
  });

  it('go to a token endpoint on another port of the host', async () => {
    await using server = await startRegistry({ auth: { ...BEARER, endpoint: 'port' } });
    const registry = await openTestRegistry(`${server.url}toy/cache`, { user: USER });
    await pushImage(registry, 'one');
    await registry.close();
  });

  it('do not go to a token endpoint on another host', async () => {
    await using server = await startRegistry({ auth: { ...BEARER, endpoint: 'host', publicPull: true } });
    const registry = await openTestRegistry(`${server.url}toy/cache`, { user: USER });
    await expect(registry.manifest('x')).rejects.toMatchObject({
      ...DENIED,
      message: 'the registry asks for its credentials to be sent to another host',
      facts: {
        hint: expect.stringMatching(
          /^if it is to be trusted, add the same credentials for localhost:\d+ to docker's config/,
        ),
      },
    });
    expect(server.tokens.requests).toEqual([]);
    await registry.close();

    // Who has none has nothing to lose.
    const reader = await openTestReader(`${server.url}toy/cache`);
    expect(await reader.manifest('x')).toBeUndefined();
    await reader.close();
    // Whose are known to be that host's too loses nothing by it.
    const trusting = await openTestRegistry(`${server.url}toy/cache`, { credentials: async () => SAME });
    await pushImage(trusting, 'one');
    await trusting.close();
  });

  it('of another registry get no token for one that names its token endpoint', async () => {
    // A victim is logged in to one registry; a base image, say, is in another that is after its token.
    await using victim = await startRegistry({ auth: BEARER });
    const realm = `http://localhost:${victim.host.split(':')[1]}/token`;
    const scope = 'repository:secret/stuff:pull,push';
    const challenge = `Bearer realm="${realm}",service="test-registry",scope="${scope}"`;
    const stolen: unknown[] = [];
    await using thief = await startHttpServer({
      fault: ({ headers: { authorization } }) => {
        if (authorization !== undefined) stolen.push(authorization);
        return { status: 401, headers: { 'www-authenticate': challenge } };
      },
    });
    for (const own of [undefined, { kind: 'pair', id: 'me', secret: 'at the thief' } as const]) {
      const credentials: FindCredentials = async ({ host }) => {
        if (host.startsWith('localhost:')) return SAME;
        return { credentials: own, source: 'a test', remarks: [] };
      };
      const reader = await openTestReader(`${thief.url.replace('http', 'oci+http')}/toy/base`, {
        credentials,
      });
      await expect(reader.manifest('x')).rejects.toMatchObject(DENIED);
      await reader.close();
    }
    expect(stolen).toEqual([]);
    expect(victim.tokens.requests.filter(({ authorization, form }) => authorization ?? form)).toEqual([]);
  });

  it('do not go over plain HTTP for a registry that is not', async () => {
    for (const realm of ['http://127.0.0.1:1/token', 'file:///etc/passwd', '/token', 'nonsense']) {
      await using server = await startRegistry({ tls: true, auth: { ...BEARER, realm } });
      const reader = await openTestReader(`${server.url}toy/cache`, { user: USER, ca: server.ca });
      await expect(reader.manifest('x')).rejects.toMatchObject({
        code: 'protocol',
        message: 'the registry names an invalid token endpoint',
      });
      await reader.close();
    }
  });

  it('do not go to where a redirect leads, nor does the token', async () => {
    for (const auth of [BEARER, { kind: 'basic', ...USER } as const]) {
      await using server = await startRegistry({ auth, blobRedirects: true });
      const registry = await openTestRegistry(`${server.url}toy/cache`, { user: USER });
      const bytes = Buffer.from('redirected');
      await registry.putBlob(bytes, digestOf(bytes));
      const blob = await registry.blob(digestOf(bytes));
      expect(Buffer.concat((await blob?.body.toArray()) ?? []).toString()).toBe('redirected');
      expect(server.redirected).toEqual([undefined]);
      await registry.close();
    }
  });

  it('are not asked for by a host that a redirect leads to', async () => {
    await using thief = await startHttpServer({
      fault: () => ({ status: 401, headers: { 'www-authenticate': 'Basic realm="give me"' } }),
    });
    const location = `${thief.url.replace('127.0.0.1', 'localhost')}/`;
    await using server = await startRegistry({ fault: () => ({ status: 307, headers: { location } }) });
    const reader = await openTestReader(`${server.url}toy/cache`, { user: USER });
    await expect(reader.manifest('x')).rejects.toMatchObject(DENIED);
    expect(thief.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    await reader.close();
  });

  it('are looked for once, when the registry asks', async () => {
    for (const auth of [undefined, BEARER, { kind: 'basic', ...USER } as const]) {
      await using server = await startRegistry(auth === undefined ? {} : { auth });
      let asked = 0;
      const credentials: FindCredentials = async () => {
        asked++;
        await sleep(20);
        const pair = { kind: 'pair', id: USER.username, secret: USER.password } as const;
        return { credentials: pair, source: 'a test', remarks: [] };
      };
      const reader = await openTestReader(`${server.url}toy/cache`, { credentials });
      await Promise.all([1, 2, 3, 4].map(() => reader.manifest('x')));
      expect(asked).toBe(auth === undefined ? 0 : 1);
      await reader.close();
    }
  });

  it('are not looked for where a registry refuses without asking', async () => {
    await using server = await startRegistry({ fault: () => ({ status: 403 }) });
    const credentials: FindCredentials = () => Promise.reject(new Error('nobody asked'));
    const reader = await openTestReader(`${server.url}toy/cache`, { credentials });
    await expect(reader.manifest('x')).rejects.toMatchObject({ ...DENIED, facts: { status: 403 } });
    await reader.close();
  });

  it('that are not asked for in a way we know stay where they are', async () => {
    await using server = await startRegistry({
      fault: () => ({ status: 401, headers: { 'www-authenticate': 'Negotiate, NTLM' } }),
    });
    const reader = await openTestReader(`${server.url}toy/cache`, { user: USER });
    await expect(reader.manifest('x')).rejects.toMatchObject({
      ...DENIED,
      facts: { found: 'negotiate, ntlm' },
    });
    await reader.close();
  });

  it('are taken out of what the registry says', async () => {
    await using server = await startRegistry({
      fault: ({ headers: { authorization } }) => {
        if (authorization === undefined)
          return { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } };
        const [, encoded = ''] = authorization.split(' ');
        const message = `no ${encoded} is ${Buffer.from(encoded, 'base64').toString()}\u001b[31m`;
        return { status: 400, body: JSON.stringify({ errors: [{ code: 'MANIFEST_INVALID', message }] }) };
      },
    });
    const reader = await openTestReader(`${server.url}toy/cache`, { user: USER });
    await expect(reader.manifest('x')).rejects.toMatchObject({
      code: 'protocol',
      facts: { found: 'HTTP 400 MANIFEST_INVALID: no *** is toy:***\\x1b[31m' },
    });
    await reader.close();
  });
});

it.each([
  ['ghcr.io', 'ghcr.io', true],
  ['registry.example:5000', 'registry.example', true],
  ['index.docker.io', 'auth.docker.io', true],
  ['registry.gitlab.com', 'gitlab.com', true],
  ['registry.gitlab.example.org', 'gitlab.example.org', true],
  ['registry.digitalocean.com', 'api.digitalocean.com', true],
  ['registry.uni.ac.uk', 'auth.uni.ac.uk', true],
  ['registry.uni.ac.uk', 'auth.other.ac.uk', false],
  ['ghcr.io', 'evil.io', false],
  ['ghcr.io', 'ghcr.io.evil.com', false],
  ['mine.azurecr.io', 'evil.azurecr.io', false],
  ['1.dkr.ecr.eu-west-1.amazonaws.com', 'evil.s3.amazonaws.com', false],
  ['10.0.0.1', '10.1.0.1', false],
  ['10.0.0.1:5000', '10.0.0.1:5001', true],
  ['localhost', 'evil', false],
  ['[::1]:5000', '[::2]:5000', false],
])('%s trusts %s: %s', (registry, realm, trusted) => {
  expect(sameOwner(registry, realm)).toBe(trusted);
});

function given(host: string, credentials: RegistryCredentials): FindCredentials {
  return async (target) => ({
    credentials: target.host === host ? credentials : undefined,
    source: 'a test',
    remarks: [],
  });
}
