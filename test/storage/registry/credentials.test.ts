import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeError } from '../../../src/core/errors.ts';
import { credentialFinder } from '../../../src/storage/registry/credentials.ts';
import { type TempDir, tempDir } from '../../harness/temp-dir.ts';

const auth = (id: string, secret: string) => Buffer.from(`${id}:${secret}`).toString('base64');
const pair = (id: string, secret: string) => ({ kind: 'pair', id, secret });

/** A home with these files: docker's, podman's, and credential helpers by their names. */
async function home(files: {
  docker?: unknown;
  podman?: unknown;
  helpers?: Readonly<Record<string, string>>;
}): Promise<TempDir & { readonly env: Record<string, string> }> {
  const dir = await tempDir();
  const at = (...parts: string[]) => join(dir.path, ...parts);
  for (const folder of ['.docker', 'run/containers', 'bin']) await mkdir(at(folder), { recursive: true });
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  if (files.docker !== undefined) await writeFile(at('.docker/config.json'), text(files.docker));
  if (files.podman !== undefined) await writeFile(at('run/containers/auth.json'), text(files.podman));
  for (const [name, script] of Object.entries(files.helpers ?? {})) {
    await writeFile(at('bin', `docker-credential-${name}`), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  const env = { HOME: dir.path, XDG_RUNTIME_DIR: at('run'), PATH: `${at('bin')}:/usr/bin:/bin` };
  return { ...dir, env };
}

const find = async (
  env: Readonly<Record<string, string>>,
  host: string,
  name = '',
  more: Omit<Parameters<typeof credentialFinder>[0], 'env'> = {},
) => await credentialFinder({ env, ...more })({ host, name }, undefined);

describe('the order of sources', () => {
  it('is the mirror, a log-in, the job', async () => {
    await using place = await home({ docker: { auths: { 'ghcr.io': { auth: auth('me', 'pat') } } } });
    await using nowhere = await home({});
    const own = { host: 'ghcr.io', credentials: { kind: 'pair', id: 'a', secret: 'b' } } as const;
    const githubToken = 'ghs_1';
    expect(await find(place.env, 'ghcr.io', 'o/c', { own, githubToken })).toMatchObject({
      credentials: pair('a', 'b'),
      source: "the mirror's configuration",
    });
    expect(await find(place.env, 'ghcr.io', 'o/c', { githubToken })).toMatchObject({
      credentials: pair('me', 'pat'),
      source: "docker's config.json",
    });
    expect(await find(nowhere.env, 'ghcr.io', 'o/c', { githubToken })).toMatchObject({
      credentials: pair('token', 'ghs_1'),
      source: 'github-token',
    });
  });

  it.each([
    ['https://ghes.example.com', /github-token is one of ghes\.example\.com/],
    ['https://gitea.example.com', /one of gitea/],
    ['https://us.ghe.com', /one of us/],
    ['https://github.com.evil.example', /one of github\.com\.evil/],
    ['no URL', /another server/],
  ])('gives ghcr.io no token of %s, and says so', async (server, remark) => {
    await using nowhere = await home({ docker: { auths: { 'ghcr.io': { auth: auth('me', 'pat') } } } });
    const [env, loggedIn] = [{ GITHUB_SERVER_URL: server }, { ...nowhere.env, GITHUB_SERVER_URL: server }];
    const found = await find(env, 'ghcr.io', 'o/c', { githubToken: 'of that server' });
    expect(found).toMatchObject({ credentials: undefined, remarks: [expect.stringMatching(remark)] });
    const deliberate = await find(loggedIn, 'ghcr.io', 'o/c', { githubToken: 'of that server' });
    expect(deliberate.credentials).toEqual(pair('me', 'pat'));
  });

  it.each(['https://github.com', ''])('gives ghcr.io the token of a job of %o', async (server) => {
    const found = await find({ GITHUB_SERVER_URL: server }, 'ghcr.io', 'o/c', { githubToken: 'ghs_1' });
    expect(found).toMatchObject({ credentials: pair('token', 'ghs_1'), isAmbient: true });
  });

  it('gives no host what is for another', async () => {
    await using nowhere = await home({});
    const own = { host: 'ghcr.io', credentials: { kind: 'token', token: 't' } } as const;
    for (const host of ['quay.io', 'ghcr.io.evil.com', 'ghcr.io:8080', 'evil-ghcr.io']) {
      const { credentials } = await find(nowhere.env, host, '', { own, githubToken: 'ghs_1' });
      expect(credentials).toBeUndefined();
    }
  });

  it.each([
    ['quay.io', '$oauthtoken'],
    ['europe-docker.pkg.dev', 'oauth2accesstoken'],
    ['gcr.io', 'oauth2accesstoken'],
    ['registry.gitlab.com', 'token'],
  ])('a token for %s goes with the user %s', async (host, user) => {
    const own = { host, credentials: { kind: 'token', token: 't' } } as const;
    expect((await find({}, host, '', { own })).credentials).toEqual(pair(user, 't'));
  });
});

describe("docker's config.json", () => {
  it.each([
    ['quay.io', 'quay.io', { auth: auth('a', 'b:c') }, pair('a', 'b:c')],
    ['https://quay.io', 'quay.io', { auth: auth('a', 'ü') }, pair('a', 'ü')],
    ['https://quay.io/v2/', 'quay.io', { username: 'a', password: 'b' }, pair('a', 'b')],
    ['https://index.docker.io/v1/', 'index.docker.io', { auth: auth('a', 'b') }, pair('a', 'b')],
    ['docker.io', 'index.docker.io', { auth: auth('a', 'b') }, pair('a', 'b')],
    [
      'me.azurecr.io',
      'me.azurecr.io',
      { auth: auth('0000', ''), identitytoken: 'r' },
      { kind: 'identity', token: 'r' },
    ],
    ['quay.io:443', 'quay.io', { auth: auth('a', 'b') }, undefined],
    ['quay.io', 'quay.io', {}, undefined],
    ['quay.io', 'quay.io', { auth: 'no colon in it' }, undefined],
    ['quay.io', 'quay.io', 'nonsense', undefined],
    ['__proto__', 'quay.io', { auth: auth('a', 'b') }, undefined],
  ])('%s is for %s', async (key, host, entry, expected) => {
    await using place = await home({ docker: { auths: { [key]: entry } } });
    expect((await find(place.env, host)).credentials).toEqual(expected);
  });

  it('is where DOCKER_CONFIG says', async () => {
    await using place = await home({ docker: { auths: { 'quay.io': { auth: auth('a', 'b') } } } });
    const env = { HOME: '/nonexistent', DOCKER_CONFIG: join(place.path, '.docker') };
    expect((await find(env, 'quay.io')).credentials).toEqual(pair('a', 'b'));
    expect((await find({ HOME: '/nonexistent' }, 'quay.io')).credentials).toBeUndefined();
  });

  it("comes before podman's, whose keys have paths, the longest first", async () => {
    const podman = {
      auths: {
        'quay.io': { auth: auth('all', 'x') },
        'quay.io/org': { auth: auth('org', 'x') },
        'quay.io/org/cache': { auth: auth('cache', 'x') },
      },
    };
    await using place = await home({ docker: { auths: { 'ghcr.io': { auth: auth('d', 'x') } } }, podman });
    for (const [host, name, id] of [
      ['quay.io', 'org/cache', 'cache'],
      ['quay.io', 'org/cache2', 'org'],
      ['quay.io', 'organ/cache', 'all'],
      ['ghcr.io', 'org/cache', 'd'],
    ] as const) {
      expect((await find(place.env, host, name)).credentials).toEqual(pair(id, 'x'));
    }
    expect((await find(place.env, 'quay.io', 'a')).source).toBe("podman's auth.json");
  });

  it.each(['{"auths": {"ghcr.io": {"auth": "c2VjcmV0', '["c2VjcmV0"]'])(
    'malformed is said to be: %s',
    async (docker) => {
      await using place = await home({ docker });
      const error = await find(place.env, 'ghcr.io').catch((failure: unknown) => failure);
      expect(error).toMatchObject({
        code: 'bad-input',
        facts: { file: join(place.path, '.docker/config.json') },
      });
      expect(describeError(error)).not.toContain('c2Vj');
    },
  );
});

describe('credential helpers', () => {
  it('are asked for their host, on stdin, and give a pair or an identity token', async () => {
    const helpers = {
      'ecr-login': `[ "$1" = get ] && read -r host && printf '{"ServerURL":"%s","Username":"AWS","Secret":"%s"}' "$host" "for $host"`,
      acr: `cat >/dev/null; echo '{"Username":"<token>","Secret":"refresh"}'`,
    };
    const credHelpers = { '1.dkr.ecr.x.amazonaws.com': 'ecr-login', 'me.azurecr.io': 'acr' };
    await using place = await home({ docker: { credHelpers }, helpers });
    const { credentials } = await find(place.env, '1.dkr.ecr.x.amazonaws.com', 'cache');
    expect(credentials).toEqual(pair('AWS', 'for 1.dkr.ecr.x.amazonaws.com'));
    expect((await find(place.env, 'me.azurecr.io')).credentials).toEqual({
      kind: 'identity',
      token: 'refresh',
    });
    expect((await find(place.env, 'quay.io')).credentials).toBeUndefined();
  });

  it('for all hosts know those docker has put there', async () => {
    const helpers = {
      store: `read -r key; case "$key" in https://index.docker.io/v1/) echo '{"Username":"a","Secret":"b"}';; *) echo "credentials not found in native keychain"; exit 1;; esac`,
    };
    const docker = { credsStore: 'store', auths: { 'https://index.docker.io/v1/': {}, 'quay.io': {} } };
    await using place = await home({ docker, helpers });
    expect((await find(place.env, 'index.docker.io')).credentials).toEqual(pair('a', 'b'));
    expect(await find(place.env, 'quay.io')).toEqual({
      credentials: undefined,
      source: 'nowhere',
      remarks: [],
    });
  });

  it.each([
    ['missing', undefined, 'docker-credential-missing failed (it is not on the PATH)'],
    ['fails', 'echo secret; exit 3', 'docker-credential-fails failed (it exited with 3)'],
    ['babbles', 'echo secret', 'docker-credential-babbles answered with no credentials'],
    ['empty', 'echo "{}"', 'docker-credential-empty answered with no credentials'],
    ['../evil', undefined, 'a credential helper of a name that is none: "../evil"'],
    ['x; touch /tmp/x', undefined, 'a credential helper of a name that is none: "x; touch /tmp/x"'],
  ])('%s: no credentials, and why', async (name, script, remark) => {
    await using place = await home({
      docker: { credsStore: name },
      helpers: script === undefined ? {} : { [name]: script },
    });
    const found = await find(place.env, 'quay.io', '', { githubToken: 'x' });
    expect(found).toEqual({ credentials: undefined, source: 'nowhere', remarks: [remark] });
  });

  it('stop when they are told to', async () => {
    await using place = await home({ docker: { credsStore: 'slow' }, helpers: { slow: 'exec sleep 60' } });
    const signal = AbortSignal.timeout(100);
    await expect(
      credentialFinder({ env: place.env })({ host: 'quay.io', name: '' }, signal),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });
});
