/** `prune oci://ghcr.io/…` as a user runs it: names lead to local servers by way of a proxy. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fillFromSpack } from '../cache/registry-fixture.ts';
import {
  PACKAGES_TOKEN,
  type PackagesServer,
  startGitHubPackages,
  storeInMemory,
} from '../harness/github-packages.ts';
import { startProxy, type Proxy as TestProxy } from '../harness/proxy.ts';
import { startRegistry, type TestRegistry } from '../harness/registry.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { buildcache } from './command-line.ts';

const hashIn = (tag: string) => /-([a-z2-7]{32})\.spack$/.exec(tag)?.[1] ?? '';

let dir: TempDir;
let server: TestRegistry;
let github: PackagesServer;
let proxy: TestProxy;
const tags = () => server.repository('org/cache').tags;

beforeEach(async () => {
  dir = await tempDir();
});
afterEach(async () => {
  for (const each of [proxy, github, server]) await each.close();
  await dir[Symbol.asyncDispose]();
});

async function start(host: string, api: string): Promise<void> {
  server = await startRegistry({
    tls: true,
    deletes: 'none',
    referrers: false,
    auth: { kind: 'bearer', username: 'token', password: PACKAGES_TOKEN, realm: `https://${host}/token` },
  });
  const repository = server.repository('org/cache');
  fillFromSpack(repository);
  github = await startGitHubPackages({
    store: storeInMemory(repository),
    name: 'org/cache',
    tls: true,
    live: true,
  });
  // A second passes between two deletions, so there is one: the index that is replaced is young.
  for (const [tag, digest] of repository.tags)
    if (hashIn(tag) !== '') github.times.set(digest, new Date('2026-01-01T00:00:00Z'));
  const hosts = { [`${host}:443`]: server.host, [`${api}:443`]: new URL(github.url).host };
  proxy = await startProxy({ hosts });
}

/** Keeps all but one spec. */
async function prune(host: string, env: Record<string, string>) {
  const [first = '', ...others] = [...tags().keys()]
    .filter((tag) => tag.startsWith('toymake-'))
    .concat([...tags().keys()].filter((tag) => !tag.startsWith('toymake-') && hashIn(tag) !== ''));
  writeFileSync(join(dir.path, 'keep'), others.map(hashIn).join('\n'));
  const ran = await buildcache(
    ['prune', `oci://${host}/org/cache`, '-k', 'keep', '--yes', '--insecure', '--retries', '0', '--json'],
    { cwd: dir.path, env: { HTTPS_PROXY: proxy.url, ...env } },
  );
  return { ...ran, gone: first };
}

describe('prune', () => {
  it("removes from ghcr.io with the job's token, which goes to GitHub's API and to nobody else", async () => {
    await start('ghcr.io', 'api.github.com');
    const { code, stdout, gone } = await prune('ghcr.io', { GITHUB_TOKEN: PACKAGES_TOKEN });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).removed).toEqual([{ hash: hashIn(gone), key: gone }]);
    expect(tags().has(gone)).toBe(false);
    expect(tags().size).toBe(6);
    expect(new Set(github.requests.map(({ token }) => token))).toEqual(new Set([PACKAGES_TOKEN]));
    const targets = new Set(proxy.requests.map(({ target }) => target));
    expect(targets).toEqual(new Set(['ghcr.io:443', 'api.github.com:443']));
    // The registry itself gets no more of it than its token endpoint.
    expect(server.requests.filter(({ headers }) => headers.authorization?.includes(PACKAGES_TOKEN))).toEqual(
      [],
    );
  });

  it("asks another host's API only where that is the server of the job", async () => {
    await start('containers.git.example.com', 'git.example.com');
    const config = {
      auths: {
        'containers.git.example.com': { auth: Buffer.from(`token:${PACKAGES_TOKEN}`).toString('base64') },
      },
    };
    writeFileSync(join(dir.path, 'config.json'), JSON.stringify(config));
    const env = { DOCKER_CONFIG: dir.path };
    const stranger = await prune('containers.git.example.com', env);
    expect(stranger.code).toBe(1);
    expect(github.requests).toEqual([]);
    await prune('containers.git.example.com', { ...env, GITHUB_SERVER_URL: 'https://git.example.com' });
    expect(github.requests[0]?.path).toMatch(/^\/api\/v3\/users\/org/);
  });

  it('says how to get a token where there is none', async () => {
    await start('ghcr.io', 'api.github.com');
    const { code, stderr } = await prune('ghcr.io', {});
    expect(code).toBe(2);
    expect(stderr).toMatch(/github-token|docker login/);
    expect(tags().size).toBe(7);
  });
});
