import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';
import { promisify } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { type HttpClient, openHttpClient } from '../../../src/storage/http/client.ts';
import { makeCertificate } from '../../harness/certificate.ts';
import { cleanupsAfterEach } from '../../harness/cleanups.ts';
import { listen } from '../../harness/listen.ts';
import { startProxy } from '../../harness/proxy.ts';
import { isSampled } from '../../harness/runs.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const cleanups = cleanupsAfterEach();

/** Straight to the server; to one that is asked as a proxy for another; in a tunnel through a proxy. */
const WAYS = ['direct', 'absolute', 'tunnel'] as const;
type Way = (typeof WAYS)[number];

/** A server of a few lines, and a client for it. */
async function serveTo(
  way: Way,
  answer: RequestListener,
  { timeoutMs = 2000, connections = 2 } = {},
): Promise<{ client: HttpClient; url: URL; sockets: () => number }> {
  const server = await listen(answer, { tls: way === 'tunnel' });
  cleanups.push(() => server.close());
  const open = async (env: Record<string, string>, origin: string) => {
    const settings = { timeoutMs, connections, verifyTls: true, ca: server.ca, env };
    const client = await openHttpClient(settings);
    cleanups.push(() => client.close());
    return { client, url: new URL(`${origin}/x?y=1`), sockets: server.connections };
  };
  switch (way) {
    case 'direct':
      return await open({}, server.url);
    case 'absolute':
      return await open({ http_proxy: server.url }, 'http://mirror.invalid');
    case 'tunnel': {
      const proxy = await startProxy();
      cleanups.push(() => proxy.close());
      return await open({ https_proxy: proxy.url }, server.url);
    }
  }
}

describe.each(WAYS.filter((_, i) => isSampled(i, 2)))('requests (%s)', (way) => {
  const serve = (answer: RequestListener, options?: Parameters<typeof serveTo>[2]) =>
    serveTo(way, answer, options);

  test.each([
    ['PUT', undefined, '0', ''],
    ['POST', Buffer.from('0123'), '4', '0123'],
    ['DELETE', 'zwölf', '6', 'zwölf'],
    ['PUT', Readable.from(['01', '23'], { objectMode: false }), 'chunked', '0123'],
  ] as const)('a body is framed (%s, %o)', async (method, body, framing, content) => {
    const { client, url } = await serve(async (request, response) => {
      const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
      response.end(`${request.method} ${request.url} ${length ?? encoding} ${await text(request)}`);
    });
    const answer = await client.request({ method, url, ...(body === undefined ? {} : { body }) });
    const asked = way === 'absolute' ? url.href : '/x?y=1';
    expect(await text(answer.body)).toBe(`${method} ${asked} ${framing} ${content}`);
  });

  test.each([
    ['more', '3'],
    ['fewer', '5'],
  ])('a stream of %s bytes than announced is a change on the way', async (_, length) => {
    const { client, url } = await serve(async (request, response) => {
      await buffer(request).catch(() => undefined);
      response.end();
    });
    const body = Readable.from(['01', '23'], { objectMode: false });
    const failed = client.request({ method: 'PUT', url, headers: { 'content-length': length }, body });
    await expect(failed).rejects.toMatchObject({ code: 'io' });
    expect(body.destroyed).toBe(true);
  });

  test('an answer to half a body is the answer, and the connection is not used again', async () => {
    const { client, url, sockets } = await serve((request, response) => {
      if (request.method === 'PUT') response.writeHead(413).end('too much');
      else response.end('ok');
    });
    const body = new Readable({ read() {} });
    body.push('the beginning');
    const refused = await client.request({ method: 'PUT', url, headers: { 'content-length': '99' }, body });
    expect([refused.status, await text(refused.body)]).toEqual([413, 'too much']);
    const next = await client.request({ method: 'GET', url });
    expect([next.status, await text(next.body), sockets()]).toEqual([200, 'ok', 2]);
    body.destroy();
  });

  test('of repeated headers the first counts, of challenges and links all', async () => {
    const { client, url } = await serve((_, response) => {
      response.setHeader('X-Twice', ['a', 'b']);
      response.setHeader('WWW-Authenticate', ['Basic', 'Bearer']);
      response.setHeader('Link', ['</style>; rel=preload', '</b>; rel=next']);
      response.end();
    });
    const { headers } = await client.request({ method: 'GET', url });
    expect([headers.get('x-twice'), headers.get('www-authenticate')]).toEqual(['a', 'Basic, Bearer']);
    expect(headers.get('link')).toBe('</style>; rel=preload, </b>; rel=next');
  });

  test('silence is the server’s only while nothing waits for its reader', async () => {
    const { client, url } = await serve((_, response) => void response.end(Buffer.alloc(8 * 1024 * 1024)), {
      timeoutMs: 400,
    });
    const { body } = await client.request({ method: 'GET', url });
    await sleep(900);
    expect((await buffer(body)).length).toBe(8 * 1024 * 1024);
  });

  test('what came while we were busy is no silence', async () => {
    const { client, url } = await serve((_, response) => void setTimeout(() => response.end('ok'), 20), {
      timeoutMs: 300,
    });
    const asked = client.request({ method: 'GET', url });
    await sleep(10);
    const until = performance.now() + 700;
    while (performance.now() < until);
    expect(await text((await asked).body)).toBe('ok');
  });

  test.each([
    ['before the answer', '', 'did not answer'],
    ['within it', 'x', 'stalled'],
  ])('silence %s', async (_, beginning, message) => {
    const answer: RequestListener = (_request, response) => {
      if (beginning !== '') response.write(beginning);
    };
    const { client, url } = await serve(answer, { timeoutMs: 200 });
    const asked = client.request({ method: 'GET', url }).then(({ body }) => text(body));
    const expected = { code: 'unreachable', message: expect.stringContaining(message) };
    await expect(asked).rejects.toMatchObject(expected);
  });

  test('an answer that is cut short is no answer', async () => {
    const { client, url } = await serve((request, response) => {
      if (request.method === 'POST') response.writeHead(200, { 'content-length': '9' }).write('x');
      setTimeout(() => request.socket.end(), 10);
    });
    const expected = { code: 'unreachable', message: expect.stringContaining('closed before') };
    await expect(client.request({ method: 'GET', url })).rejects.toMatchObject(expected);
    const { body } = await client.request({ method: 'POST', url });
    await expect(text(body)).rejects.toMatchObject(expected);
  });

  test('the signal ends it at every stage', async () => {
    const { client, url } = await serve((request, response) => {
      if (request.method === 'POST') response.write('x');
    });
    const expected = { code: 'cancelled' };
    const before = client.request({ method: 'GET', url, signal: AbortSignal.abort() });
    await expect(before).rejects.toMatchObject(expected);
    const during = client.request({ method: 'GET', url, signal: AbortSignal.timeout(30) });
    await expect(during).rejects.toMatchObject(expected);
    const abort = new AbortController();
    const { body } = await client.request({ method: 'POST', url, signal: abort.signal });
    setTimeout(() => abort.abort(), 30);
    await expect(text(body)).rejects.toMatchObject(expected);
  });

  test('closing ends what is under way, and what waits for a connection', async () => {
    const { client, url } = await serve(() => undefined, { connections: 1 });
    const both = [client.request({ method: 'GET', url }), client.request({ method: 'GET', url })];
    setTimeout(() => client.close(), 30);
    const results = await Promise.allSettled(both);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  test('a hundred requests share the connections there may be', async () => {
    const { client, url, sockets } = await serve((_, response) => void response.end('ok'));
    const ask = async () => await text((await client.request({ method: 'GET', url })).body);
    expect(await Promise.all(Array.from({ length: 100 }, ask))).toEqual(Array(100).fill('ok'));
    expect(sockets()).toBe(2);
  });

  test('who answers early and reads nothing more holds up nobody else', async () => {
    const { client, url } = await serve(
      (request, response) => {
        if (request.method === 'GET') return void response.end('ok');
        request.pause();
        response.writeHead(413).end('too much');
      },
      { connections: 1 },
    );
    const endless = () => Readable.from(forever(), { objectMode: false });
    for (const body of [Buffer.alloc(32 * 1024 * 1024), endless()]) {
      const refused = await client.request({ method: 'PUT', url, body });
      expect([refused.status, await text(refused.body)]).toEqual([413, 'too much']);
      const next = await client.request({ method: 'GET', url, signal: AbortSignal.timeout(1000) });
      expect(await text(next.body)).toBe('ok');
    }
  });

  test('large bodies leave the connection to others', async () => {
    const { client, url, sockets } = await serve((request, response) => {
      request.resume().on('end', () => response.end('ok'));
    });
    const body = Buffer.alloc(4 * 1024 * 1024);
    for (let i = 0; i < 5; i++) {
      expect(await text((await client.request({ method: 'PUT', url, body })).body)).toBe('ok');
    }
    expect(sockets()).toBeLessThanOrEqual(2);
  });

  test('a reader may take his time with the last of an answer', async () => {
    const { client, url } = await serve(
      (_, response) => {
        response.write('almost all');
        setTimeout(() => response.end(), 20);
      },
      { timeoutMs: 60 },
    );
    const { body } = await client.request({ method: 'GET', url });
    const chunks: string[] = [];
    for await (const chunk of body) {
      chunks.push(String(chunk));
      await sleep(250);
    }
    expect(chunks).toEqual(['almost all']);
  });

  test('a failure before anybody reads is there when somebody does', async () => {
    const { client, url } = await serve((request, response) => {
      response.writeHead(200, { 'content-length': '9' }).write('x');
      const { socket } = request;
      setTimeout(() => (way === 'tunnel' ? socket.destroy() : socket.resetAndDestroy()), 10);
    });
    const { body } = await client.request({ method: 'GET', url });
    await sleep(50);
    await expect(text(body)).rejects.toMatchObject({ code: 'unreachable' });
  });
});

test.each(WAYS)('who waits for a connection need not wait to be cancelled (%s)', async (way) => {
  const { client, url } = await serveTo(way, () => undefined, { timeoutMs: 20_000, connections: 1 });
  const first = client.request({ method: 'GET', url });
  const waiting = client.request({ method: 'GET', url, signal: AbortSignal.timeout(30) });
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  const [ended] = await Promise.allSettled([first, client.close()]);
  expect(ended.status).toBe('rejected');
});

test('further authorities come beside those of NODE_EXTRA_CA_CERTS', async () => {
  await using server = await listen((_, response) => void response.end('ok'), { tls: true });
  await using dir = await tempDir();
  const extra = join(dir.path, 'extra.pem');
  writeFileSync(extra, server.ca ?? '');
  // The runtime reads that variable when it starts, once.
  const script = `
    const { openHttpClient } = await import(${JSON.stringify(CLIENT)});
    const ca = ${JSON.stringify(makeCertificate().cert)};
    const settings = { timeoutMs: 5000, connections: 1, verifyTls: true, ca, env: process.env };
    const client = await openHttpClient(settings);
    const { status } = await client.request({ method: 'GET', url: new URL(${JSON.stringify(server.url)}) });
    console.log(status);
    await client.close();`;
  const run = promisify(execFile);
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: extra };
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { env });
  expect(stdout).toBe('200\n');
});

test('further authorities are read once, and not for each connection', async () => {
  const connections = 4;
  await using server = await listen((_, response) => void setTimeout(() => response.end('ok'), 30), {
    tls: true,
  });
  const reading = vi.spyOn(tls, 'createSecureContext');
  syncBuiltinESMExports();
  try {
    const settings = { timeoutMs: 5000, connections, verifyTls: true, ca: server.ca, env: {} };
    const client = await openHttpClient(settings);
    const ask = async () =>
      await text((await client.request({ method: 'GET', url: new URL(server.url) })).body);
    await Promise.all(Array.from({ length: connections }, ask));
    expect([server.connections(), reading.mock.calls.length]).toEqual([connections, 1]);
    await client.close();
  } finally {
    reading.mockRestore();
    syncBuiltinESMExports();
  }
});

const CLIENT = new URL('../../../src/storage/http/client.ts', import.meta.url).href;

function* forever(): Generator<Buffer> {
  for (;;) yield Buffer.alloc(64 * 1024);
}
