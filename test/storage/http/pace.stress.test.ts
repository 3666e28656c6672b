import type { ServerResponse } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openHttpClient } from '../../../src/storage/http/client.ts';
import { cleanupsAfterEach } from '../../harness/cleanups.ts';
import { listen } from '../../harness/listen.ts';

const cleanups = cleanupsAfterEach();

const TIMEOUT_MS = 100;
/** Less than a silence. */
const PAUSE_MS = 20;

async function clientFor(timeoutMs = TIMEOUT_MS) {
  const client = await openHttpClient({ timeoutMs, connections: 2, verifyTls: true, ca: undefined, env: {} });
  cleanups.push(() => client.close());
  return client;
}

/** A server that says this, and then the same text again and again, a pause between. */
async function trickling(first: string, again: string): Promise<URL> {
  const sockets = new Set<Socket>();
  const server = createServer(async (socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.once('data', async () => {
      socket.write(first);
      while (!socket.destroyed) {
        await sleep(PAUSE_MS);
        socket.write(again);
      }
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as { port: number }).port}/x`);
}

test.each([
  ['a body', 'HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n', 'x'],
  ['a body without end', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', '1\r\nx\r\n'],
  ['headers', 'HTTP/1.1 200 OK\r\n', 'a: b\r\n'],
  ['interim answers', '', 'HTTP/1.1 102 Processing\r\n\r\n'],
])('%s that trickle are given up, however steadily they come', async (_, first, again) => {
  const client = await clientFor();
  const started = Date.now();
  const asked = client.request({ method: 'GET', url: await trickling(first, again) });
  await expect(asked.then(({ body }) => buffer(body))).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('too slow'),
  });
  expect(Date.now() - started).toBeLessThan(100 * TIMEOUT_MS);
});

test('a long body may be slow for a while, and is given up when it stays so', async () => {
  const answer = async (_: unknown, response: ServerResponse) => {
    response.write(Buffer.alloc(256 * 1024));
    while (!response.destroyed) {
      await sleep(PAUSE_MS);
      response.write('x');
    }
  };
  const server = await listen((request, response) => void answer(request, response));
  cleanups.push(() => server.close());
  const { body } = await (await clientFor()).request({ method: 'GET', url: new URL(server.url) });
  const started = Date.now();
  await expect(buffer(body)).rejects.toMatchObject({ code: 'unreachable' });
  expect(Date.now() - started).toBeGreaterThan(5 * TIMEOUT_MS);
});

test('a body at a pace that any line keeps comes to its end, and so does one whose reader takes its time', async () => {
  const answer = async (response: ServerResponse) => {
    for (let i = 0; i < 40; i++) {
      response.write(Buffer.alloc(512));
      await sleep(PAUSE_MS);
    }
    response.end();
  };
  const server = await listen((_, response) => void answer(response));
  cleanups.push(() => server.close());
  const client = await clientFor();
  const steady = await client.request({ method: 'GET', url: new URL(server.url) });
  expect((await buffer(steady.body)).length).toBe(40 * 512);
  const late = await client.request({ method: 'GET', url: new URL(server.url) });
  await sleep(6 * TIMEOUT_MS);
  expect((await buffer(late.body)).length).toBe(40 * 512);
});

test('what the server takes a byte at a time is given up as well', async () => {
  const server = createServer((socket) => socket.on('error', () => undefined).pause());
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as { port: number };
  cleanups.push(() => server.close());
  async function* drops() {
    for (;;) {
      await sleep(PAUSE_MS);
      yield Buffer.from('x');
    }
  }
  const client = await clientFor(50);
  const body = Readable.from(drops(), { objectMode: false });
  const asked = client.request({ method: 'PUT', url: new URL(`http://127.0.0.1:${port}/x`), body });
  await expect(asked).rejects.toMatchObject({ code: 'unreachable' });
  connect(port, '127.0.0.1')
    .on('error', () => undefined)
    .destroy();
});
