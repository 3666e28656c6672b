import { expect, test } from 'vitest';
import { DEFAULT_RETRY } from '../../../src/core/retry.ts';
import { openHttpClient } from '../../../src/storage/http/client.ts';
import { openHttpStorage, redirectTarget } from '../../../src/storage/http/http.ts';
import { innerKind, lookupOutside } from '../../../src/storage/http/inner-address.ts';
import { startHttpServer } from '../../harness/http-server.ts';

test.each([
  ['localhost', 'loopback'],
  ['LOCALHOST.', 'loopback'],
  ['x.localhost', 'loopback'],
  ['127.0.0.1', 'loopback'],
  ['127.9.9.9', 'loopback'],
  ['0.0.0.0', 'loopback'],
  ['[::1]', 'loopback'],
  ['[::]', 'loopback'],
  ['[::ffff:127.0.0.1]', 'loopback'],
  ['[::127.0.0.1]', 'loopback'],
  ['169.254.169.254', 'link-local'],
  ['[::ffff:a9fe:a9fe]', 'link-local'],
  ['[fe80::1]', 'link-local'],
  ['[fd00:ec2::254]', 'link-local'],
  ['100.100.100.200', 'link-local'],
  ['168.63.129.16', 'link-local'],
  ['metadata.google.internal', 'link-local'],
  ['10.0.0.1', undefined],
  ['example.org', undefined],
  ['notlocalhost', undefined],
  ['[2001:db8::1]', undefined],
])('%s is %s', (host, kind) => {
  expect(innerKind(new URL(`http://${host}/`).hostname)).toBe(kind);
});

test.each(['http://2130706433/', 'http://0x7f.1/', 'http://017700000001/'])(
  '%s is this machine, too',
  (url) => {
    expect(innerKind(new URL(url).hostname)).toBe('loopback');
  },
);

test('a redirect leads to this machine only from this machine', () => {
  const from = new URL('http://mirror.example/x');
  for (const to of ['http://127.0.0.1/', 'http://169.254.169.254/', 'http://localhost:80/', '//[::1]/']) {
    expect(() => redirectTarget(to, from)).toThrow(/leads to an address of this machine/);
  }
  expect(redirectTarget('http://10.0.0.1/x', from).href).toBe('http://10.0.0.1/x');
  const here = new URL('http://127.0.0.1:1/x');
  expect(redirectTarget('http://localhost:2/', here).port).toBe('2');
  expect(() => redirectTarget('http://169.254.169.254/', here)).toThrow(/leads to an address/);
});

test('a name that leads to this machine is refused where somebody else named it', async () => {
  await using server = await startHttpServer();
  const { port } = new URL(server.url);
  const options = { timeoutMs: 2000, connections: 1, verifyTls: true, ca: undefined, env: {} };
  const client = await openHttpClient({ ...options, outside: true });
  try {
    const url = new URL(`http://localhost:${port}/x`);
    await expect(client.request({ method: 'GET', url })).rejects.toMatchObject({ code: 'protocol' });
    const failure = await new Promise((resolve) => lookupOutside('localhost', {}, (error) => resolve(error)));
    expect(failure).toMatchObject({ code: 'protocol' });
  } finally {
    await client.close();
  }
  expect(server.requests).toEqual([]);
});

test('what a mirror on this machine is configured for still works', async () => {
  await using server = await startHttpServer({
    fault: ({ path }) =>
      path === '/x' ? { status: 302, headers: { location: '/y' } } : { status: 200, body: 'y' },
  });
  const client = await openHttpClient({
    timeoutMs: 2000,
    connections: 1,
    verifyTls: true,
    ca: undefined,
    env: {},
  });
  const storage = openHttpStorage(client, { url: server.url, retry: { ...DEFAULT_RETRY, retries: 0 } });
  expect(await storage.get('x')).toMatchObject({ size: 1 });
  await storage.close();
});
