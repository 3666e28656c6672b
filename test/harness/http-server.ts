/**
 * A web server over a folder, the way a plain HTTP mirror is served: GET, HEAD, one range, ETag with
 * If-None-Match, keep-alive. It can ask for credentials, be slow, speak TLS, and misbehave in all the ways
 * real servers and the networks before them do. Every request is logged.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from './listen.ts';

export interface LoggedRequest {
  readonly method: string;
  /** As sent: encoded, query included. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** 1 for the first request of this method and path, 2 for its repetition, … */
  readonly attempt: number;
  /** What was answered; undefined while under way and where no answer was sent. */
  status: number | undefined;
}

/** How an answer goes wrong. `undefined`: it does not. */
export type Fault =
  | undefined
  /** This instead of the file. */
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Uint8Array;
    }
  /** The connection is reset before anything is answered. */
  | 'reset'
  /** Nothing is ever answered; the connection stays open. */
  | 'stall'
  /** Headers and half the body, then nothing more; the connection stays open. */
  | 'stall-body'
  /** Headers promise the whole, the connection ends after half the body. */
  | 'truncate'
  /** One bit of the body is flipped; its length is right. */
  | 'corrupt'
  /** To the same address, for ever. */
  | 'redirect-loop'
  /** 200 with somebody's log-in page: a captive portal, a single-page application. */
  | 'html'
  /** What answers does not speak HTTP. */
  | 'garbage';

export interface HttpServerOptions {
  /** The folder that is served; everything is 404 without one. */
  readonly root?: string;
  readonly fault?: (request: LoggedRequest) => Fault | Promise<Fault>;
  /** What each request must bring; 401 without it. */
  readonly auth?: { readonly username: string; readonly password: string } | { readonly token: string };
  /** Milliseconds before each answer. */
  readonly latency?: number | ((request: LoggedRequest) => number);
  readonly tls?: boolean;
  /** Off: no ETag, and conditions are not looked at. */
  readonly etags?: boolean;
  /** Off: ranges are answered with the whole, as some servers do. */
  readonly ranges?: boolean;
}

export interface HttpServer extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly url: string;
  /** PEM to trust; undefined without TLS. */
  readonly ca: string | undefined;
  /** In the order of their arrival. */
  readonly requests: LoggedRequest[];
  connections(): number;
  close(): Promise<void>;
}

export async function startHttpServer(options: HttpServerOptions = {}): Promise<HttpServer> {
  const requests: LoggedRequest[] = [];
  const attempts = new Map<string, number>();

  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const method = incoming.method ?? 'GET';
    const path = incoming.url ?? '/';
    const attempt = (attempts.get(`${method} ${path}`) ?? 0) + 1;
    attempts.set(`${method} ${path}`, attempt);
    const request: LoggedRequest = { method, path, headers: incoming.headers, attempt, status: undefined };
    requests.push(request);
    incoming.resume();

    const latency = typeof options.latency === 'function' ? options.latency(request) : options.latency;
    if (latency !== undefined && latency > 0) await sleep(latency);
    const fault = await options.fault?.(request);
    const answer = await answerTo(request, fault, options);
    await send(request, response, answer);
  };

  const listening = await listen(
    (incoming, response) => {
      // A client that went away is not the server's business; anything else is a bug here and must be seen.
      handle(incoming, response).catch((error: unknown) => {
        if (response.destroyed || incoming.destroyed) return;
        response.writeHead(599).end(`test server: ${String(error)}`);
      });
    },
    { tls: options.tls === true },
  );
  const { url, ca, connections, close } = listening;
  return { url, ca, requests, connections, close, [Symbol.asyncDispose]: close };
}

/** `break`: what happens to the connection instead of, or halfway through, the body. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body:
    | Uint8Array
    | { readonly file: string; readonly start: number; readonly length: number }
    | undefined;
  readonly break?: 'reset' | 'stall' | 'stall-body' | 'truncate' | 'corrupt' | 'garbage';
}

async function answerTo(request: LoggedRequest, fault: Fault, options: HttpServerOptions): Promise<Answer> {
  switch (fault) {
    case 'reset':
    case 'stall':
    case 'garbage':
      return { status: 0, headers: {}, body: undefined, break: fault };
    case 'redirect-loop':
      return { status: 302, headers: { location: request.path }, body: undefined };
    case 'html':
      return text(200, '<!DOCTYPE html><html><body>Please log in</body></html>', 'text/html; charset=utf-8');
    case undefined:
      return await properAnswer(request, options);
    case 'stall-body':
    case 'truncate':
    case 'corrupt':
      return { ...(await properAnswer(request, options)), break: fault };
    default: {
      const body =
        typeof fault.body === 'string' ? Buffer.from(fault.body) : (fault.body ?? new Uint8Array());
      return {
        status: fault.status,
        headers: { 'content-length': String(body.length), ...fault.headers },
        body,
      };
    }
  }
}

async function properAnswer(request: LoggedRequest, options: HttpServerOptions): Promise<Answer> {
  const { auth } = options;
  if (auth !== undefined && request.headers.authorization !== authorization(auth)) {
    const challenge = 'token' in auth ? 'Bearer realm="test"' : 'Basic realm="test"';
    const refusal = text(401, 'who are you?\n');
    return { ...refusal, headers: { ...refusal.headers, 'www-authenticate': challenge } };
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    const refusal = text(405, 'read only\n');
    return { ...refusal, headers: { ...refusal.headers, allow: 'GET, HEAD' } };
  }
  const file = options.root === undefined ? undefined : fileOf(options.root, request.path);
  const info = file === undefined ? undefined : await stat(file, { bigint: true }).catch(() => undefined);
  if (file === undefined || info === undefined || !info.isFile()) return text(404, 'not found\n');

  const size = Number(info.size);
  // Two writes within one tick of the clock differ in the inode or the size.
  const etag = `"${info.ino.toString(36)}-${info.mtimeNs.toString(36)}-${size.toString(36)}"`;
  const headers: Record<string, string> = {
    'content-type': file.endsWith('.json') ? 'application/json' : 'application/octet-stream',
    'last-modified': info.mtime.toUTCString(),
  };
  if (options.ranges !== false) headers['accept-ranges'] = 'bytes';
  if (options.etags !== false) {
    headers['etag'] = etag;
    const condition = request.headers['if-none-match'];
    if (condition === '*' || condition?.split(/\s*,\s*/).includes(etag) === true) {
      return { status: 304, headers, body: undefined };
    }
  }
  const wanted =
    options.ranges === false ? undefined : /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '');
  if (wanted === undefined || wanted === null || (wanted[1] === '' && wanted[2] === '')) {
    headers['content-length'] = String(size);
    return { status: 200, headers, body: { file, start: 0, length: size } };
  }
  // RFC 9110, 14.1.2: `-n` is the last n bytes, an end past the last byte is the last byte.
  const suffix = wanted[1] === '';
  const start = suffix ? Math.max(0, size - Number(wanted[2])) : Number(wanted[1]);
  const end = suffix || wanted[2] === '' ? size - 1 : Math.min(Number(wanted[2]), size - 1);
  if (start >= size || start > end) {
    const refusal = text(416, 'no such range\n');
    return { ...refusal, headers: { ...refusal.headers, 'content-range': `bytes */${size}` } };
  }
  headers['content-range'] = `bytes ${start}-${end}/${size}`;
  headers['content-length'] = String(end - start + 1);
  return { status: 206, headers, body: { file, start, length: end - start + 1 } };
}

async function send(request: LoggedRequest, response: ServerResponse, answer: Answer): Promise<void> {
  const { socket } = response;
  if (answer.break === 'reset') {
    if (socket !== null && 'resetAndDestroy' in socket) socket.resetAndDestroy();
    return;
  }
  if (answer.break === 'stall') return;
  if (answer.break === 'garbage') {
    socket?.end('220 mail.example.org ESMTP\r\n');
    return;
  }
  request.status = answer.status;
  response.writeHead(answer.status, answer.headers);
  if (request.method === 'HEAD' || answer.body === undefined) {
    response.end();
    return;
  }
  if (answer.break !== undefined) {
    const whole = await bytesOf(answer.body);
    if (answer.break === 'corrupt') {
      const middle = whole.length >> 1;
      if (whole.length > 0) whole[middle] = (whole[middle] ?? 0) ^ 1;
      response.end(whole);
      return;
    }
    // The headers must be on their way even where half of the body is nothing.
    response.flushHeaders();
    const cut = answer.break === 'truncate';
    response.write(whole.subarray(0, whole.length >> 1), () => {
      if (cut) socket?.destroy();
    });
    return;
  }
  if (answer.body instanceof Uint8Array || answer.body.length === 0) {
    response.end(answer.body instanceof Uint8Array ? answer.body : undefined);
    return;
  }
  const { file, start, length } = answer.body;
  await pipeline(createReadStream(file, { start, end: start + length - 1 }), response);
}

async function bytesOf(body: NonNullable<Answer['body']>): Promise<Buffer> {
  if (body instanceof Uint8Array) return Buffer.from(body);
  if (body.length === 0) return Buffer.alloc(0);
  const chunks = createReadStream(body.file, { start: body.start, end: body.start + body.length - 1 });
  return Buffer.concat(await chunks.toArray());
}

function text(status: number, body: string, contentType = 'text/plain; charset=utf-8'): Answer {
  const bytes = Buffer.from(body);
  return {
    status,
    headers: { 'content-type': contentType, 'content-length': String(bytes.length) },
    body: bytes,
  };
}

function fileOf(root: string, path: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path.replace(/[?#].*$/, ''));
  } catch {
    return undefined;
  }
  const base = resolve(root);
  const file = resolve(base, `.${decoded}`);
  return file.startsWith(base + sep) && !decoded.includes('\0') && !decoded.endsWith('/') ? file : undefined;
}

function authorization(auth: NonNullable<HttpServerOptions['auth']>): string {
  if ('token' in auth) return `Bearer ${auth.token}`;
  return `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`;
}
