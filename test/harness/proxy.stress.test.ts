import { writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ProxyAgent, request } from 'undici';
import { expect, it } from 'vitest';
import { startHttpServer } from './http-server.ts';
import { startProxy } from './proxy.ts';
import { tempDir } from './temp-dir.ts';

it('tunnels with CONNECT, TLS end to end', async () => {
  await using dir = await tempDir();
  await writeFile(join(dir.path, 'file'), 'content');
  await using server = await startHttpServer({ root: dir.path, tls: true });
  await using proxy = await startProxy();
  const agent = new ProxyAgent({ uri: proxy.url, requestTls: { ca: server.ca } });
  const answer = await request(`${server.url}/file`, { dispatcher: agent });
  expect(await answer.body.text()).toBe('content');
  await agent.close();
  expect(proxy.requests.map((r) => [r.method, r.target])).toEqual([['CONNECT', new URL(server.url).host]]);
});

it('forwards absolute-form requests, to hosts that do not exist, without its own credentials', async () => {
  await using dir = await tempDir();
  await writeFile(join(dir.path, 'file'), 'content');
  await using server = await startHttpServer({ root: dir.path });
  await using proxy = await startProxy({
    auth: { username: 'u', password: 'p' },
    hosts: { 'mirror.invalid:80': new URL(server.url).host },
  });
  const through = (headers: Record<string, string>) =>
    new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const { hostname: host, port } = new URL(proxy.url);
      get({ host, port, path: 'http://mirror.invalid/file', headers, agent: false }, async (answer) => {
        resolve({ status: answer.statusCode, body: await text(answer) });
      }).on('error', reject);
    });
  expect((await through({})).status).toBe(407);
  const credentials = `Basic ${Buffer.from('u:p').toString('base64')}`;
  expect(await through({ 'proxy-authorization': credentials })).toEqual({ status: 200, body: 'content' });
  expect(proxy.requests.map((r) => r.target)).toEqual(Array(2).fill('http://mirror.invalid/file'));
  expect(server.requests).toHaveLength(1);
  expect(server.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
});

it('says 502 where nobody listens', async () => {
  await using proxy = await startProxy({ hosts: { 'mirror.invalid:80': '127.0.0.1:1' } });
  const { hostname: host, port } = new URL(proxy.url);
  const status = await new Promise((resolve) => {
    get({ host, port, path: 'http://mirror.invalid/', agent: false }, (answer) => resolve(answer.statusCode));
  });
  expect(status).toBe(502);
});
