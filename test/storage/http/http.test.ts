import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type HttpClientOptions, openHttpClient } from '../../../src/storage/http/client.ts';
import { openHttpStorage } from '../../../src/storage/http/http.ts';
import { readAll } from '../../../src/storage/read.ts';
import type { GetOptions, StorageReader } from '../../../src/storage/storage.ts';
import { cleanupsAfterEach } from '../../harness/cleanups.ts';
import { type HttpServer, startHttpServer } from '../../harness/http-server.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const cleanups = cleanupsAfterEach();

async function serve(options: Parameters<typeof startHttpServer>[0] = {}): Promise<HttpServer> {
  const dir = await tempDir();
  mkdirSync(join(dir.path, 'a'));
  writeFileSync(join(dir.path, 'a/b+c d.txt'), '0123456789');
  const server = await startHttpServer({ root: dir.path, ...options });
  cleanups.push(
    async () => await dir[Symbol.asyncDispose](),
    () => server.close(),
  );
  return server;
}

interface Opened {
  readonly client?: Partial<HttpClientOptions>;
  readonly authorization?: string;
  readonly retries?: number;
}

async function open(
  url: string,
  { client, authorization, retries = 0 }: Opened = {},
): Promise<StorageReader> {
  const opened = await openHttpClient({
    timeoutMs: 2000,
    connections: 4,
    verifyTls: true,
    ca: undefined,
    env: {},
    ...client,
  });
  const storage = openHttpStorage(opened, {
    url,
    authorization,
    retry: { retries, baseDelayMs: 1, maxDelayMs: 50 },
  });
  cleanups.push(() => storage.close());
  return storage;
}

const KEY = 'a/b+c d.txt';

async function text(storage: StorageReader, key = KEY, options: GetOptions = {}): Promise<string> {
  const object = await storage.get(key, options);
  if (object === undefined || object === 'not-modified') return String(object);
  return (await readAll(object, { maxBytes: 1000, what: 'it', url: 'x:' })).toString();
}

describe('reading', () => {
  test('get, head, ranges, conditions, absence', async () => {
    const server = await serve();
    const storage = await open(`${server.url}/?token=secret`);
    expect(storage.url).not.toContain('secret');
    expect(await text(storage)).toBe('0123456789');
    expect(server.requests[0]?.path).toBe('/a/b%2Bc%20d.txt?token=secret');
    const head = await storage.head(KEY);
    expect(head).toMatchObject({ key: KEY, size: 10, etag: expect.any(String), modified: expect.any(Date) });
    expect(await text(storage, KEY, { ifNoneMatch: head?.etag })).toBe('not-modified');
    const part = await storage.get(KEY, { range: { start: 3, end: 5 } });
    if (part === undefined || part === 'not-modified') return expect.unreachable();
    expect(part).toMatchObject({ offset: 3, size: 10 });
    expect((await readAll(part, { maxBytes: 10, what: 'it', url: 'x:' })).toString()).toBe('345');
    expect(await text(storage, 'absent')).toBe('undefined');
    expect(await storage.head('absent')).toBeUndefined();
    expect(await text(await open((await serve({ fault: () => ({ status: 410 }) })).url))).toBe('undefined');
  });

  test('a connection serves many requests, also after absent keys', async () => {
    const server = await serve();
    const storage = await open(server.url);
    for (let i = 0; i < 10; i++) await text(storage, i % 2 === 0 ? KEY : 'absent');
    // A second one where the first has not quite finished when it is needed again.
    expect(server.connections()).toBeLessThanOrEqual(2);
  });

  test.each(['../x', 'a//b', '/a', ''])('the key %j never leaves', async (key) => {
    const server = await serve();
    await expect((async () => await (await open(server.url)).get(key))()).rejects.toMatchObject({
      code: 'bad-input',
    });
    expect(server.requests).toEqual([]);
  });

  test.each([
    [400, 'protocol', 1],
    [401, 'denied', 1],
    [403, 'denied', 1],
    [304, 'protocol', 1],
    [408, 'server-error', 3],
    [429, 'throttled', 3],
    [500, 'server-error', 3],
    [501, 'protocol', 1],
  ])('%d is %s after %d requests', async (status, code, requests) => {
    const server = await serve({ fault: () => ({ status }) });
    const storage = await open(server.url, { retries: 2 });
    await expect(storage.get(KEY)).rejects.toMatchObject({ code, facts: { status } });
    expect(server.requests).toHaveLength(requests);
  });

  test.each(['truncate', 'stall-body'] as const)('%s fails whoever reads', async (fault) => {
    const storage = await open((await serve({ fault: () => fault })).url, { client: { timeoutMs: 150 } });
    await expect(text(storage)).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('the signal ends a request, as a cancellation', async () => {
    const storage = await open((await serve({ fault: () => 'stall' })).url, { retries: 3 });
    await expect(storage.get(KEY, { signal: AbortSignal.timeout(30) })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('credentials', () => {
  test('from the URL, stray percent signs and empty names too', async () => {
    const server = await serve({ auth: { username: 'us%er', password: 'p@ss' } });
    const url = new URL(server.url);
    const storage = await open(`http://us%er:p%40ss@${url.host}`);
    expect(storage.url).toBe(server.url);
    expect(await text(storage)).toBe('0123456789');
    const nameless = await serve({ auth: { username: '', password: 'pw' } });
    expect(await text(await open(`http://:pw@${new URL(nameless.url).host}`))).toBe('0123456789');
    await expect(text(await open(server.url))).rejects.toMatchObject({
      code: 'denied',
      facts: { status: 401 },
    });
  });

  test('they follow a redirect within the origin and never leave it', async () => {
    const other = await serve();
    const server = await serve({
      auth: { token: 'secret' },
      fault: ({ path }) =>
        path === '/there'
          ? { status: 302, headers: { location: `${other.url}/a/b%2Bc%20d.txt` } }
          : path === '/here'
            ? { status: 307, headers: { location: 'a/b%2Bc%20d.txt' } }
            : undefined,
    });
    const storage = await open(server.url, { authorization: 'Bearer secret' });
    expect(await text(storage, 'here')).toBe('0123456789');
    expect(await text(storage, 'there')).toBe('0123456789');
    expect(other.requests).toHaveLength(1);
    expect(other.requests[0]?.headers.authorization).toBeUndefined();
  });

  test.each(['file:///etc/passwd', 'ftp://x/y', 'http://'])(
    'a redirect to %s is not followed',
    async (location) => {
      const server = await serve({ fault: () => ({ status: 302, headers: { location } }) });
      await expect((await open(server.url)).get(KEY)).rejects.toMatchObject({ code: 'protocol' });
    },
  );
});

describe('TLS', () => {
  test('trusted with its authority, refused without, taken where checks are off', async () => {
    const server = await serve({ tls: true });
    expect(await text(await open(server.url, { client: { ca: server.ca } }))).toBe('0123456789');
    expect(await text(await open(server.url, { client: { verifyTls: false } }))).toBe('0123456789');
    await expect(text(await open(server.url))).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('certificate'),
    });
  });

  test('a redirect from https to http is not followed', async () => {
    const plain = await serve();
    const server = await serve({
      tls: true,
      fault: () => ({ status: 302, headers: { location: plain.url } }),
    });
    await expect(text(await open(server.url, { client: { ca: server.ca } }))).rejects.toMatchObject({
      code: 'protocol',
    });
    expect(plain.requests).toEqual([]);
  });
});
