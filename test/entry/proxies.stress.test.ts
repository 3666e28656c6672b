import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { cleanupsAfterEach } from '../harness/cleanups.ts';
import { startGcsServer } from '../harness/gcs-server.ts';
import { startHttpServer } from '../harness/http-server.ts';
import { type ProxyOptions, startProxy } from '../harness/proxy.ts';
import { startRegistry } from '../harness/registry.ts';
import { ACCESS_KEY, SECRET_KEY, startS3Server } from '../harness/s3-server.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { buildcache, environmentOf, FIXTURES, mirrorOf } from './command-line.ts';

const ENV = environmentOf('1.2');
const SIGNED = mirrorOf('1.2', 'signed');
const KEY = ['--trusted-keys', join(FIXTURES, 'toy-ci.pub.asc')];
const AUTH = { username: 'ci', password: '100% @home' };

const cleanups = cleanupsAfterEach();

async function closing<T extends AsyncDisposable | { close(): Promise<unknown> }>(
  started: Promise<T>,
): Promise<T> {
  const it = await started;
  cleanups.push(() => ('close' in it ? it.close() : it[Symbol.asyncDispose]()));
  return it;
}

async function caFile(pem: string | undefined): Promise<string> {
  const dir = await tempDir();
  cleanups.push(() => dir[Symbol.asyncDispose]());
  const file = join(dir.path, 'ca.pem');
  writeFileSync(file, pem ?? '');
  return file;
}

/** A proxy before a host that nobody can reach otherwise, and the variables that name it. */
async function proxied(
  server: string,
  options: ProxyOptions = {},
): Promise<{ proxy: Awaited<ReturnType<typeof startProxy>>; env: Record<string, string> }> {
  const proxy = await closing(
    startProxy({ hosts: { 'mirror.invalid:80': new URL(server).host }, ...options }),
  );
  const userInfo = options.auth === undefined ? '' : `${options.auth.username}:100%25%20%40home@`;
  return { proxy, env: { http_proxy: proxy.url.replace('://', `://${userInfo}`) } };
}

const check = (url: string, env: Record<string, string>, ...more: string[]) =>
  buildcache(['check', '-e', ENV, '-m', url, '--retries', '0', ...more], { env });

/** What a proxy may be like that plain requests go through. */
const PROXIES: readonly (readonly [string, ProxyOptions])[] = [
  ['that refuses CONNECT', { refuseConnect: 405 }],
  ['that wants a password', { auth: AUTH }],
];

describe.each(PROXIES)('through a proxy %s', (_, options) => {
  it('check asks a web server', async () => {
    const server = await closing(startHttpServer({ root: SIGNED }));
    const { proxy, env } = await proxied(server.url, options);
    expect(await check('http://mirror.invalid', env, '--verify', 'blobs')).toMatchObject({ code: 0 });
    expect(new Set(proxy.requests.map(({ target }) => new URL(target).origin))).toEqual(
      new Set(['http://mirror.invalid']),
    );
    expect(server.requests.some(({ headers }) => 'proxy-authorization' in headers)).toBe(false);
  });

  it('sync and check speak to S3, with signatures that hold', async () => {
    const server = await closing(startS3Server());
    const { proxy, env } = await proxied(server.url, options);
    const s3 = {
      ...env,
      S3_ENDPOINT_URL: 'http://mirror.invalid',
      ID: ACCESS_KEY,
      SECRET: SECRET_KEY,
    };
    await using dir = await tempDir();
    const mirrors = writeMirrors(dir.path, 's3://bucket/m');
    const sync = await buildcache(['sync', '-e', ENV, '--mirrors', mirrors, SIGNED, 'it', ...KEY], {
      env: s3,
    });
    expect(sync).toMatchObject({ code: 0, stdout: expect.stringContaining('6 copied') });
    const checked = await buildcache(['check', '-e', ENV, '--mirrors', mirrors, '--verify', 'blobs'], {
      env: s3,
    });
    expect(checked).toMatchObject({ code: 0 });
    expect(proxy.requests.map(({ method }) => method)).not.toContain('CONNECT');
    expect(server.requests.length).toBe(proxy.requests.length);
  });

  it('sync and check speak to a registry', async () => {
    const server = await closing(startRegistry());
    const { proxy, env } = await proxied(`http://${server.host}`, options);
    const url = 'oci+http://mirror.invalid/toy/cache';
    const sync = await buildcache(['sync', '-e', ENV, SIGNED, url, ...KEY], { env });
    expect(sync).toMatchObject({ code: 0, stdout: expect.stringContaining('6 copied') });
    expect(await check(url, env, '--verify', 'blobs')).toMatchObject({ code: 0 });
    expect(proxy.requests.length).toBe(server.requests.length);
  });

  it('check asks Google Cloud Storage', async () => {
    const server = await closing(startGcsServer());
    const { proxy, env } = await proxied(server.url, options);
    const checked = await check('gs://bucket/m', { ...env, STORAGE_EMULATOR_HOST: 'mirror.invalid' });
    expect(checked).toMatchObject({ code: 1 }); // there is nothing in it
    expect(proxy.requests.length).toBe(server.requests.length);
    expect(server.requests.length).toBeGreaterThan(0);
  });
});

describe('https', () => {
  it.each([false, true])('goes through a tunnel (TLS to the proxy as well: %s)', async (tls) => {
    const server = await closing(startHttpServer({ root: SIGNED, tls: true }));
    const { proxy } = await proxied(server.url, { auth: AUTH, tls });
    const ca = await caFile(server.ca);
    const https_proxy = proxy.url.replace('://', '://ci:100%25%20%40home@');
    const checked = await check(server.url, { https_proxy }, '--verify', 'blobs', '--ca-file', ca);
    expect(checked).toMatchObject({ code: 0 });
    expect(new Set(proxy.requests.map(({ method }) => method))).toEqual(new Set(['CONNECT']));
    expect(server.requests.some(({ headers }) => 'proxy-authorization' in headers)).toBe(false);
  });

  it('http goes to a proxy that speaks TLS', async () => {
    const server = await closing(startHttpServer({ root: SIGNED }));
    const { proxy } = await proxied(server.url, { tls: true });
    const ca = await caFile(proxy.ca);
    const checked = await check('http://mirror.invalid', { http_proxy: proxy.url }, '--ca-file', ca);
    expect(checked).toMatchObject({ code: 0 });
    expect(proxy.requests.length).toBe(server.requests.length);
  });
});

describe('a proxy that does not do it', () => {
  const failures = async (url: string, variable: string, value: string) => {
    const { code, stdout, stderr } = await check(url, { [variable]: value }, '--timeout', '1');
    expect(code).toBe(2);
    expect(stdout + stderr).not.toContain('secret');
    return stdout + stderr;
  };

  test.each(['http', 'https'])('wants a password (%s)', async (scheme) => {
    const proxy = await closing(startProxy({ auth: AUTH }));
    const name = `${scheme}_proxy`;
    const without = await failures(`${scheme}://mirror.invalid/`, name, proxy.url);
    expect(without).toContain(`the proxy ${proxy.url} (of ${name}) wants a user and a password (407)`);
    expect(without).toMatch(/Write them into https?_proxy, as http:\/\/user:password@host:port/);
    const wrong = proxy.url.replace('://', '://ci:secret@');
    const refused = await failures(`${scheme}://mirror.invalid/`, name, wrong);
    expect(refused).toContain(`the proxy ${proxy.url} (of ${name}) does not accept the user and password`);
  });

  test.each([403, 405, 503, 302])('answers CONNECT with %i', async (refuseConnect) => {
    const proxy = await closing(startProxy({ refuseConnect }));
    const said = await failures('https://mirror.invalid/', 'HTTPS_PROXY', proxy.url);
    expect(said).toContain(`the proxy ${proxy.url} (of HTTPS_PROXY) does not connect to it`);
    expect(said).toContain(`HTTP ${refuseConnect} to CONNECT`);
    expect(said).toMatch(/no_proxy/);
  });

  test.each([
    ['http', 'SSH-2.0-OpenSSH_9.2\r\n', 'the answer is no HTTP'],
    ['https', 'SSH-2.0-OpenSSH_9.2\r\n', 'the answer is no HTTP'],
    ['http', '', 'the connection was closed before'],
    ['https', '', 'the connection was closed before'],
  ])('%s: says %j', async (scheme, insteadOfHttp, reason) => {
    const proxy = await closing(startProxy({ insteadOfHttp }));
    const said = await failures(`${scheme}://mirror.invalid/`, 'ALL_PROXY', proxy.url);
    expect(said).toContain(`by way of the proxy ${proxy.url} (of ALL_PROXY): ${reason}`);
  });

  test.each(['http', 'https'])('is not there (%s)', async (scheme) => {
    const said = await failures(`${scheme}://mirror.invalid/`, 'ALL_PROXY', 'http://u:secret@127.0.0.1:1');
    expect(said).toContain(
      'by way of the proxy http://127.0.0.1:1 (of ALL_PROXY): the connection was refused',
    );
    expect(said).toContain('Check ALL_PROXY');
  });

  test.each([
    ['socks5://u:secret@127.0.0.1:1', 'of a kind not supported'],
    ['http://u:secret#@127.0.0.1:1', 'ALL_PROXY does not name a proxy'],
  ])('is %s', async (proxy, reason) => {
    expect(await failures('http://mirror.invalid/', 'ALL_PROXY', proxy)).toContain(reason);
  });

  test.each(['http', 'oci+http'])('does not let plain requests through (%s)', async (scheme) => {
    const proxy = await closing(
      startHttpServer({ fault: () => ({ status: 403, body: 'blocked by policy' }) }),
    );
    const said = await failures(`${scheme}://mirror.invalid/toy`, 'http_proxy', proxy.url);
    expect(said).toMatch(/refuses access/);
    expect(said).toContain(`through the proxy ${proxy.url} (of http_proxy)`);
  });

  it('sends plain requests elsewhere: the log-in page is not the mirror', async () => {
    const portal = await closing(
      startHttpServer({
        fault: ({ path }) =>
          path.endsWith('/login')
            ? 'html'
            : { status: 302, headers: { location: 'http://portal.invalid/login' } },
      }),
    );
    const said = await failures('http://mirror.invalid/', 'http_proxy', portal.url);
    expect(said).toMatch(/web page/);
  });
});

function writeMirrors(folder: string, url: string): string {
  const file = join(folder, 'mirrors.yaml');
  const side = `{url: "${url}", access_pair: {id_variable: ID, secret_variable: SECRET}}`;
  writeFileSync(file, `mirrors:\n  it: {signed: true, fetch: ${side}, push: ${side}}\n`);
  return file;
}
