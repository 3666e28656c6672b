/**
 * Requests over Node's own `http` and `https`. They are part of the runtime, so they load and warm up in a third of
 * the time another client takes. A gate that answers in a fraction of a second notices that. Requests go straight to
 * the server; or through a proxy, as an absolute URI (RFC 9112 section 3.2.2), or in a tunnel where the server speaks
 * TLS.
 */
import type { ClientRequest, IncomingMessage, Agent as PlainAgent, RequestOptions } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { urlToHttpOptions } from 'node:url';
import type { HttpClientOptions, HttpRequest, Transport, TransportResponse, Way } from './client.ts';
import { lookupOutside } from './inner-address.ts';
import { limitPace } from './pace.ts';
import { addressOf, type ForwardProxy } from './proxy.ts';
import type { Turn } from './tunnel.ts';

/** The most that connecting may take, whatever the time-out for the answer is. */
const CONNECT_MS = 10_000;

/** A connection that was not used for so long is closed: a router between may have forgotten it. */
const IDLE_MS = 30_000;

/** An error with a code, as the runtime's own have. */
class TransportFailure extends Error {
  readonly code: FailureCode;
  constructor(code: FailureCode) {
    super(code);
    this.code = code;
  }
}

type FailureCode =
  | 'CONNECT_TIMEOUT'
  | 'HEADERS_TIMEOUT'
  | 'BODY_TIMEOUT'
  | 'TOO_SLOW'
  | 'SOCKET'
  | 'REQ_CONTENT_LENGTH_MISMATCH';

/** Opens connections when they are first needed, and keeps them alive. */
export function openTransport(options: HttpClientOptions): Transport {
  const senders = new Map<string, Promise<Sender>>();
  const underWay = new Set<ClientRequest>();
  let isClosed = false;
  const senderFor = (protocol: string, proxy: ForwardProxy | undefined): Promise<Sender> => {
    const way = `${protocol} ${proxy?.url.href} ${proxy?.authorization}`;
    const sender = senders.get(way) ?? openSender(protocol, proxy, options);
    senders.set(way, sender);
    return sender;
  };
  return {
    async request(request, way) {
      const { proxy } = way;
      const { send, agent, turn } = await senderFor(request.url.protocol, proxy);
      const end = await turn?.(request.url.host, request.signal);
      const start = (settings: RequestOptions) => {
        if (isClosed) throw new TransportFailure('SOCKET');
        const started = send({ ...settings, agent });
        underWay.add(started);
        return started.once('close', () => {
          underWay.delete(started);
          end?.();
        });
      };
      try {
        return await exchange(start, request, way);
      } catch (error) {
        end?.();
        throw error;
      }
    },
    async close() {
      isClosed = true;
      for (const request of underWay) request.destroy();
      for (const sender of senders.values()) (await sender).agent.destroy();
    },
  };
}

type Send = (options: RequestOptions) => ClientRequest;

interface Sender {
  readonly send: Send;
  readonly agent: PlainAgent;
  /** Set where the agent itself does not keep to the number of connections. */
  readonly turn?: Turn;
}

async function openSender(
  protocol: string,
  proxy: ForwardProxy | undefined,
  options: HttpClientOptions,
): Promise<Sender> {
  const pool = { keepAlive: true, maxSockets: options.connections, timeout: IDLE_MS };
  // Plain HTTP is spoken to the proxy itself.
  if (protocol === 'http:' && (proxy?.url.protocol ?? protocol) === 'http:') {
    const { Agent, request } = await import('node:http');
    return { send: request, agent: new Agent(pool) };
  }
  const { Agent, request } = await import('node:https');
  const settings = { ...pool, ...(await tlsSettings(options)) };
  if (protocol === 'http:' || proxy === undefined) return { send: request, agent: new Agent(settings) };
  const { takingTurns, tunnelAgent } = await import('./tunnel.ts');
  const limit = (socket: Socket, tunnel: ClientRequest) =>
    limitTime(socket, tunnel, () => undefined, options.timeoutMs);
  return {
    send: request,
    agent: tunnelAgent(proxy, { ...settings, limitSilence: limit }),
    turn: takingTurns(options.connections),
  };
}

async function tlsSettings({ verifyTls, ca, env }: HttpClientOptions) {
  return {
    ...(verifyTls ? {} : { rejectUnauthorized: false }),
    ...(ca === undefined ? {} : { secureContext: await contextOf(ca, env) }),
  };
}

/** Made once: to read thousands of authorities takes seconds, which each connection would take again. */
async function contextOf(ca: string, env: HttpClientOptions['env']) {
  const { createSecureContext } = await import('node:tls');
  return createSecureContext({ ca: [...(await usualAuthorities(env)), ca] });
}

/** The runtime's own authorities. Naming further ones replaces them, including those of NODE_EXTRA_CA_CERTS. */
async function usualAuthorities(env: HttpClientOptions['env']): Promise<readonly string[]> {
  const { getCACertificates, rootCertificates } = await import('node:tls');
  // Older runtimes do not say which authorities they have.
  if (getCACertificates !== undefined) return getCACertificates('default');
  const extra = env['NODE_EXTRA_CA_CERTS'];
  if (!extra) return rootCertificates;
  const { readFile } = await import('node:fs/promises');
  // The runtime itself has warned of a file that cannot be read.
  return [
    ...rootCertificates,
    ...(await readFile(extra, 'utf8').then(
      (pem) => [pem],
      () => [],
    )),
  ];
}

function exchange(
  send: Send,
  { method, url, headers, body, signal }: HttpRequest,
  { proxy, timeoutMs, outside = false }: Way,
): Promise<TransportResponse> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const isPlain = proxy !== undefined && url.protocol === 'http:';
    const request = send({
      ...(isPlain ? toProxy(proxy, url) : urlToHttpOptions(url)),
      auth: null, // credentials are headers
      ...(outside && proxy === undefined ? { lookup: lookupOutside } : {}),
      method,
      headers: { ...headers, ...lengthOf(body), ...(isPlain ? proxyHeaders(proxy, url) : {}) },
    });
    let response: IncomingMessage | undefined;
    // Not by the request's own option for signals: that takes longer than all else for a small request.
    const onAbort = () => {
      const error = new TransportFailure('SOCKET');
      (response ?? request).destroy(error);
      reject(error); // now: a request that waits for a connection closes only when there is one
    };
    signal?.addEventListener('abort', onAbort);
    request.on('error', reject); // once the answer has begun, its body fails instead
    request.on('response', (message) => {
      response = message;
      // Answered before all was sent: the rest is not wanted, and the connection cannot be used again.
      message.once('end', () => {
        if (!request.writableFinished) request.destroy();
      });
      resolve({ status: message.statusCode ?? 0, headers: message.headersDistinct, body: message });
    });
    request.on('close', () => {
      signal?.removeEventListener('abort', onAbort);
      if (response === undefined) reject(new TransportFailure('SOCKET'));
    });
    request.on('socket', (socket) => {
      if (!socket.listeners('error').includes(ignore)) socket.on('error', ignore);
      limitTime(socket, request, () => response, timeoutMs);
    });
    if (body instanceof Readable) sendStream(body, headers?.['content-length'], request);
    else request.end(body);
  });
}

function toProxy(proxy: ForwardProxy, url: URL): RequestOptions {
  return { ...addressOf(proxy), path: `${url.origin}${url.pathname}${url.search}` };
}

function proxyHeaders({ authorization }: ForwardProxy, url: URL): Record<string, string> {
  return { host: url.host, ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }) };
}

/**
 * A request listens for the errors of its connection. Between two requests Node leaves the connection without a
 * listener for a moment, and an error then would end the process.
 */
function ignore(): void {}

/** Node frames a body by itself only for some methods. */
function lengthOf(body: HttpRequest['body']): { 'content-length'?: string } {
  if (body === undefined || body instanceof Readable) return {};
  return { 'content-length': String(Buffer.byteLength(body)) };
}

function limitTime(
  socket: Socket,
  request: ClientRequest,
  answer: () => IncomingMessage | undefined,
  timeoutMs: number,
): void {
  limitSilence(socket, request, answer, timeoutMs);
  limitPace(socket, request, answer, timeoutMs, () => new TransportFailure('TOO_SLOW'));
}

/**
 * Ends an exchange in which nothing moves in either direction for too long. That takes two silences of half the time
 * in a row: after the first, the bytes are read that came while this process was busy with something else.
 */
function limitSilence(
  socket: Socket,
  request: ClientRequest,
  answer: () => IncomingMessage | undefined,
  timeoutMs: number,
): void {
  let half = (socket.connecting ? Math.min(timeoutMs, CONNECT_MS) : timeoutMs) / 2;
  let moved: number | undefined;
  const onSilence = () => {
    const response = answer();
    // The bytes that have come, or the end, wait for their reader: this silence is ours, not the server's.
    const isOurs = response !== undefined && (response.complete || response.readableLength > 0);
    const before = moved;
    moved = isOurs ? undefined : socket.bytesRead + socket.bytesWritten;
    if (moved === undefined || moved !== before) socket.setTimeout(half);
    else if (socket.connecting) request.destroy(new TransportFailure('CONNECT_TIMEOUT'));
    else if (response === undefined) request.destroy(new TransportFailure('HEADERS_TIMEOUT'));
    else response.destroy(new TransportFailure('BODY_TIMEOUT'));
  };
  socket.setTimeout(half);
  if (socket.connecting) {
    socket.once('connect', () => {
      half = timeoutMs / 2;
      socket.setTimeout(half);
    });
  }
  socket.on('timeout', onSilence);
  // Other requests will use this connection.
  request.once('close', () => socket.off('timeout', onSilence));
}

/** @param length what is announced, if anything is */
function sendStream(body: Readable, length: string | undefined, request: ClientRequest): void {
  const source = length === undefined ? body : Readable.from(counted(body, Number(length)));
  source.on('error', (error) => request.destroy(error));
  request.once('close', () => body.destroy());
  source.pipe(request);
}

/** Fails when there are more or fewer bytes than were announced: the wrong number would garble the next request. */
async function* counted(body: Readable, length: number): AsyncGenerator<Buffer> {
  let sent = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    sent += chunk.length;
    if (sent > length) throw new TransportFailure('REQ_CONTENT_LENGTH_MISMATCH');
    yield chunk;
  }
  if (sent < length) throw new TransportFailure('REQ_CONTENT_LENGTH_MISMATCH');
}
