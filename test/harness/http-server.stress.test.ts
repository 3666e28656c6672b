import { writeFile } from 'node:fs/promises';
import { Agent, get, type IncomingMessage } from 'node:http';
import { request as requestTls } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { type Fault, type HttpServerOptions, startHttpServer } from './http-server.ts';
import { tempDir } from './temp-dir.ts';

const body = '0123456789';

async function serving(options: HttpServerOptions = {}) {
  const dir = await tempDir();
  await writeFile(join(dir.path, 'digits'), body);
  await writeFile(join(dir.path, 'a b.json'), '{}');
  await writeFile(join(dir.path, 'empty'), '');
  const server = await startHttpServer({ root: dir.path, ...options });
  return {
    server,
    file: join(dir.path, 'digits'),
    url: `${server.url}/digits`,
    async [Symbol.asyncDispose]() {
      await server.close();
      await dir[Symbol.asyncDispose]();
    },
  };
}

describe('a folder over HTTP', () => {
  it('answers GET and HEAD, and 404, 405 for the rest', async () => {
    await using s = await serving();
    const got = await fetch(s.url);
    expect([got.status, await got.text(), got.headers.get('content-length')]).toEqual([200, body, '10']);
    const head = await fetch(s.url, { method: 'HEAD' });
    expect([head.status, await head.text(), head.headers.get('content-length')]).toEqual([200, '', '10']);
    expect(await (await fetch(`${s.server.url}/empty`)).text()).toBe('');
    const escaped = await fetch(`${s.server.url}/a%20b.json?x=1`);
    expect([escaped.status, escaped.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect((await fetch(`${s.server.url}/none`)).status).toBe(404);
    expect((await fetch(`${s.server.url}/`)).status).toBe(404);
    expect((await fetch(s.url, { method: 'PUT', body: 'x' })).status).toBe(405);
    expect(s.server.requests.map((r) => [r.method, r.path, r.status])).toContainEqual([
      'PUT',
      '/digits',
      405,
    ]);
  });

  it('stays in its folder', async () => {
    await using s = await serving();
    for (const path of ['/..%2f..%2fetc%2fpasswd', '/%2e%2e/%2e%2e/etc/passwd', '/%00', '/%zz']) {
      expect((await fetch(s.server.url + path)).status, path).toBe(404);
    }
  });

  it.each([
    ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=8-99', 206, '89', 'bytes 8-9/10'],
    ['bytes=10-', 416, 'no such range\n', 'bytes */10'],
    ['bytes=-0', 416, 'no such range\n', 'bytes */10'],
    ['lines=1-2', 200, body, null],
  ])('range %s', async (range, status, expected, contentRange) => {
    await using s = await serving();
    const answer = await fetch(s.url, { headers: { range } });
    expect([answer.status, await answer.text()]).toEqual([status, expected]);
    expect(answer.headers.get('content-range')).toBe(contentRange);
  });

  it('validates with an ETag that changes with the file', async () => {
    await using s = await serving();
    const etag = (await fetch(s.url)).headers.get('etag') ?? '';
    const again = () => fetch(s.url, { headers: { 'if-none-match': `"x", ${etag}` } });
    const unchanged = await again();
    expect([unchanged.status, await unchanged.text(), unchanged.headers.get('etag')]).toEqual([
      304,
      '',
      etag,
    ]);
    await writeFile(s.file, 'abcdefghij');
    expect(await (await again()).text()).toBe('abcdefghij');
  });

  it('can do without ETags and ranges', async () => {
    await using s = await serving({ etags: false, ranges: false });
    const answer = await fetch(s.url, { headers: { range: 'bytes=2-4', 'if-none-match': '*' } });
    expect([answer.status, await answer.text(), answer.headers.get('etag')]).toEqual([200, body, null]);
  });

  it('keeps connections alive and counts them', async () => {
    await using s = await serving();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let i = 0; i < 3; i++) {
      const answer = await new Promise<IncomingMessage>((resolve) => get(s.url, { agent }, resolve));
      expect(await text(answer)).toBe(body);
    }
    agent.destroy();
    expect([s.server.requests.length, s.server.connections()]).toEqual([3, 1]);
  });

  it('asks for credentials', async () => {
    await using basic = await serving({ auth: { username: 'u', password: 'p:w' } });
    const refused = await fetch(basic.url);
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="test"']);
    const header = { authorization: `Basic ${Buffer.from('u:p:w').toString('base64')}` };
    expect((await fetch(basic.url, { headers: header })).status).toBe(200);
    await using bearer = await serving({ auth: { token: 't' } });
    expect((await fetch(bearer.url, { headers: header })).status).toBe(401);
    expect((await fetch(bearer.url, { headers: { authorization: 'Bearer t' } })).status).toBe(200);
  });

  it('is as slow as asked', async () => {
    await using s = await serving({ latency: (r) => (r.method === 'HEAD' ? 0 : 60) });
    const started = performance.now();
    await (await fetch(s.url)).text();
    expect(performance.now() - started).toBeGreaterThan(50);
  });

  it('speaks TLS with a certificate that verifies', async () => {
    await using s = await serving({ tls: true });
    const fetched = (ca: string | undefined, host: string) =>
      new Promise<string>((resolve, reject) => {
        const url = s.url.replace('127.0.0.1', host);
        requestTls(url, { ca, agent: false }, (answer) => resolve(text(answer)))
          .on('error', reject)
          .end();
      });
    expect(await fetched(s.server.ca, '127.0.0.1')).toBe(body);
    expect(await fetched(s.server.ca, 'localhost')).toBe(body);
    await expect(fetched(undefined, '127.0.0.1')).rejects.toThrow(/self-signed/);
  });
});

describe('faults', () => {
  const failing = (fault: Fault) => serving({ fault: (r) => (r.attempt === 1 ? fault : undefined) });

  it('are per request: the second attempt is well', async () => {
    await using s = await failing({ status: 503, headers: { 'retry-after': '1' }, body: 'busy' });
    const first = await fetch(s.url);
    expect([first.status, first.headers.get('retry-after'), await first.text()]).toEqual([503, '1', 'busy']);
    expect(await (await fetch(s.url)).text()).toBe(body);
    expect(s.server.requests.map((r) => r.status)).toEqual([503, 200]);
  });

  it('reset and garbage: no answer at all', async () => {
    for (const [fault, code] of [
      ['reset', 'ECONNRESET'],
      ['garbage', 'HPE_INVALID_CONSTANT'],
    ] as const) {
      await using s = await failing(fault);
      const failed = new Promise((_, reject) => get(s.url, { agent: false }, () => {}).on('error', reject));
      await expect(failed, fault).rejects.toMatchObject({ code });
    }
  });

  it('stall and stall-body: nothing, and nothing more', async () => {
    await using silent = await failing('stall');
    await expect(fetch(silent.url, { signal: AbortSignal.timeout(50) })).rejects.toThrow(/timeout/);
    await using half = await failing('stall-body');
    const answer = await fetch(half.url, { signal: AbortSignal.timeout(80) });
    expect(answer.headers.get('content-length')).toBe('10');
    await expect(answer.text()).rejects.toThrow(/timeout|aborted/);
  });

  it('truncate: half of what was promised', async () => {
    await using s = await failing('truncate');
    const answer = await new Promise<IncomingMessage>((resolve) => get(s.url, { agent: false }, resolve));
    let got = '';
    answer.setEncoding('utf8').on('data', (chunk: string) => {
      got += chunk;
    });
    await new Promise((resolve) => answer.on('error', resolve).on('end', resolve));
    expect([got, answer.headers['content-length'], answer.complete]).toEqual(['01234', '10', false]);
  });

  it('corrupt: the right length, one bit wrong', async () => {
    await using s = await failing('corrupt');
    expect(await (await fetch(s.url)).text()).toBe('0123446789');
  });

  it('redirect-loop and html', async () => {
    await using loop = await serving({ fault: () => 'redirect-loop' });
    await expect(fetch(loop.url)).rejects.toMatchObject({ cause: { message: /redirect/ } });
    await using portal = await failing('html');
    const answer = await fetch(portal.url);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await answer.text()).toContain('<html>');
  });
});
