/**
 * A server in front of a good one: so many requests pass through, what comes after is answered as nobody should. It speaks
 * whatever the good one speaks, so that each fault meets each protocol, at whichever of its requests.
 */
import { type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { listen } from './listen.ts';

export interface HostileOptions {
  /** `http://host:port` of the good one. */
  readonly good: string;
  readonly fault: HostileFault;
  /** Requests that pass before. */
  readonly honest: number;
  /** Which requests are meant at all; all, without it. */
  readonly only?: ((request: IncomingMessage) => boolean) | undefined;
  /** Asked before anything else. @returns whether it has answered */
  readonly before?: (request: IncomingMessage, response: ServerResponse, url: string) => boolean;
}

export interface HostileServer extends AsyncDisposable {
  readonly url: string;
  /** Requests that were answered with the fault. */
  faults(): number;
  requests(): number;
}

export type HostileFault = keyof typeof FAULTS;

export const hostileFaults = () => Object.keys(FAULTS) as HostileFault[];

export async function startHostile(options: HostileOptions): Promise<HostileServer> {
  const { good, fault, honest, only = () => true, before = () => false } = options;
  let asked = 0;
  let faults = 0;
  let requests = 0;
  const server = await listen((request, response) => {
    requests++;
    response.on('error', () => undefined);
    if (before(request, response, server.url)) return;
    const isMeant = only(request) && (!LISTINGS.has(fault) || listingOf(request) !== undefined);
    if (!isMeant || asked++ < honest) return pass(good, request, response, (body) => body);
    faults++;
    const { socket } = request;
    request.resume();
    FAULTS[fault]({ request, response, socket, good, url: server.url, count: faults });
  });
  return {
    url: server.url,
    faults: () => faults,
    requests: () => requests,
    [Symbol.asyncDispose]: () => server.close(),
  };
}

interface Given {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly socket: Socket;
  readonly good: string;
  readonly url: string;
  /** Of the faults so far. */
  readonly count: number;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const PIECE = Buffer.alloc(64 * 1024, ' ');
const BOMB = gzipSync(Buffer.alloc(256 * 1024 * 1024, ' '), { level: 9 });
const RECORDS = Buffer.from(
  Array.from({ length: 50_000 }, (_, i) => {
    const hash = [...i.toString(32).padStart(32, '0')].map(
      (c) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(c, 32)],
    );
    return `"${hash.join('')}":{"spec":{"name":"p","version":"1"},"ref_count":1,"in_buildcache":true},`;
  }).join(''),
);

const FAULTS = {
  hang: () => undefined,
  'hang in the body': ({ response }) =>
    void response.writeHead(200, { ...JSON_TYPE, 'content-length': '100000' }).write('{"a":'),
  'trickling 1xx': ({ socket }) => trickle(socket, 'HTTP/1.1 102 Processing\r\n\r\n'),
  'trickling headers': ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\nx: ');
    trickle(socket, 'y');
  },
  'trickling body': ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n');
    trickle(socket, ' ');
  },
  'endless body': ({ response }) => endless(response.writeHead(200, JSON_TYPE), () => PIECE),
  'endless index': ({ response }) => {
    response.writeHead(200, JSON_TYPE).write('{"database":{"version":"8","installs":{');
    endless(response, () => RECORDS);
  },
  'endless 403': ({ response }) => endless(response.writeHead(403), () => PIECE),
  'endless 500': ({ response }) => endless(response.writeHead(500), () => PIECE),
  'bomb in transfer': ({ response }) =>
    void response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(BOMB),
  'bomb in a file': ({ response }) => void response.writeHead(200).end(BOMB),
  'length too long': ({ socket }) =>
    void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 900\r\nconnection: close\r\n\r\n{"a":1}'),
  'length too short': ({ socket }) =>
    void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]{"a":1}'.padEnd(9_000, 'x')),
  'negative length': ({ socket }) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}'),
  'flipped bit': ({ good, request, response }) => pass(good, request, response, flipped),
  'cut in half': ({ good, request, response }) =>
    pass(good, request, response, (body) => body.subarray(0, body.length >> 1)),
  'page of HTML': ({ response }) =>
    void response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><html></html>'),
  null: ({ response }) => void response.writeHead(200, JSON_TYPE).end('null'),
  'wrong types': ({ response }) =>
    void response
      .writeHead(200, JSON_TYPE)
      .end('{"version":3,"data":{},"checksum":1,"items":{},"tags":1,"manifests":"x","layers":1,"token":{}}'),
  nothing: ({ response }) => void response.writeHead(200).end(),
  'headers of a megabyte': ({ socket }) =>
    void socket.end(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(1024 * 1024)}\r\n\r\n`),
  'a million headers': ({ socket }) =>
    void socket.end(`HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(1_000_000)}\r\n`),
  circle: ({ request, response }) => void response.writeHead(302, { location: request.url ?? '/' }).end(),
  'ever further': ({ response, url, count }) =>
    void response.writeHead(307, { location: `${url}/further/${count}` }).end(),
  'fails, later': ({ response }) => void response.writeHead(503, { 'retry-after': '2' }).end(),
  'fails, in years': ({ response }) => void response.writeHead(429, { 'retry-after': '999999999' }).end(),
  teapot: ({ response }) => void response.writeHead(418).end('short and stout'),
  'wants to know who': ({ response, url }) =>
    void response.writeHead(401, { 'www-authenticate': `Bearer realm="${url}/token",service="s"` }).end(),
  'no HTTP': ({ socket }) => void socket.end('220 mail.example.org ESMTP\r\n'),
  reset: ({ socket }) => void socket.resetAndDestroy(),
  'pages for ever': ({ request, response, count }) =>
    listed(request, response, `t${count}`, [`${count}`, `${count}x`]),
  'the same page for ever': ({ request, response }) => listed(request, response, 'same', ['1', '2']),
  'empty pages for ever': ({ request, response, count }) => listed(request, response, `t${count}`, []),
} satisfies Record<string, (given: Given) => void>;

const LISTINGS = new Set<string>(['pages for ever', 'the same page for ever', 'empty pages for ever']);

/** Which protocol's listing is asked for, of any kind. */
function listingOf({ url = '', method }: IncomingMessage): 's3' | 'gcs' | 'tags' | 'referrers' | undefined {
  if (method !== 'GET') return undefined;
  if (url.includes('list-type=2')) return 's3';
  if (/\/storage\/v1\/b\/[^/]+\/o\?/.test(url)) return 'gcs';
  if (url.includes('/tags/list')) return 'tags';
  return url.includes('/referrers/') ? 'referrers' : undefined;
}

function listed(request: IncomingMessage, response: ServerResponse, token: string, names: string[]): void {
  const query = new URL(request.url ?? '', 'http://x').searchParams;
  const keys = names.map((name) => `${query.get('prefix') ?? ''}${name}`);
  switch (listingOf(request)) {
    case 's3': {
      const contents = keys.map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`).join('');
      const text = `<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>${token}</NextContinuationToken>${contents}</ListBucketResult>`;
      return void response.writeHead(200, { 'content-type': 'application/xml' }).end(text);
    }
    case 'gcs': {
      const items = keys.map((name) => ({ name, size: '1', generation: '1' }));
      return void response.writeHead(200, JSON_TYPE).end(JSON.stringify({ items, nextPageToken: token }));
    }
    default: {
      const path = (request.url ?? '').replace(/\?.*/, '');
      const body = path.endsWith('/tags/list')
        ? { name: 'n', tags: names }
        : { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [] };
      const link = `<${path}?last=${token}>; rel="next"`;
      response.writeHead(200, { ...JSON_TYPE, link }).end(JSON.stringify(body));
    }
  }
}

function pass(good: string, request: IncomingMessage, response: ServerResponse, change: Change): void {
  const { method, url, headers } = request;
  const { hostname, port } = new URL(good);
  const onward = send({ hostname, port, method, path: url, headers, agent: false }, async (answer) => {
    const body = change(Buffer.concat(await answer.toArray()));
    const { 'transfer-encoding': _, ...rest } = answer.headers;
    const length = method === 'HEAD' || body.length === 0 ? {} : { 'content-length': body.length };
    response.writeHead(answer.statusCode ?? 500, { ...rest, ...length }).end(body);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}

type Change = (body: Buffer) => Buffer;

function flipped(body: Buffer): Buffer {
  const middle = body.length >> 1;
  if (body.length > 0) body[middle] = (body[middle] ?? 0) ^ 1;
  return body;
}

function trickle(socket: Socket, text: string): void {
  const timer = setInterval(() => socket.write(text), 40);
  socket.on('close', () => clearInterval(timer));
}

/** As fast as it is read. */
function endless(response: ServerResponse, piece: () => Buffer | string): void {
  if (response.req.method === 'HEAD') return void response.end(); // has no body, and takes whatever is written
  let isOver = false;
  response.on('close', () => {
    isOver = true;
  });
  const more = () => {
    while (!isOver && response.write(piece()));
  };
  response.on('drain', () => setImmediate(more));
  more();
}
