/**
 * Requests straight to a server, over Node's own `http` and `https`: they are part of the runtime, so they load and
 * warm up in a third of the time another client takes, which a gate that answers in a fraction of a second feels.
 */
import type { ClientRequest, IncomingMessage, Agent as PlainAgent, RequestOptions } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { urlToHttpOptions } from 'node:url';
import type { HttpClientOptions, HttpRequest, Transport, TransportResponse } from './http-client.ts';

/** Connecting takes no longer, however patient one is with what comes afterwards. */
const CONNECT_MS = 10_000;

/** A connection nobody has used for so long is closed: what lies between may have forgotten it. */
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
  | 'SOCKET'
  | 'REQ_CONTENT_LENGTH_MISMATCH';

/** Opens connections when they are first needed, and keeps them alive. */
export function directTransport(options: HttpClientOptions): Transport {
  const senders = new Map<string, Promise<Sender>>();
  const underWay = new Set<ClientRequest>();
  const senderFor = (protocol: string): Promise<Sender> => {
    const sender = senders.get(protocol) ?? openSender(protocol, options);
    senders.set(protocol, sender);
    return sender;
  };
  return {
    async request(request) {
      const { send, agent } = await senderFor(request.url.protocol);
      const start = (settings: RequestOptions) => {
        const started = send({ ...settings, agent });
        underWay.add(started);
        return started.once('close', () => underWay.delete(started));
      };
      return await exchange(start, request, options.timeoutMs);
    },
    async close() {
      for (const request of underWay) request.destroy();
      for (const sender of senders.values()) (await sender).agent.destroy();
    },
  };
}

type Send = (options: RequestOptions) => ClientRequest;

interface Sender {
  readonly send: Send;
  readonly agent: PlainAgent;
}

async function openSender(protocol: string, options: HttpClientOptions): Promise<Sender> {
  const pool = { keepAlive: true, maxSockets: options.connections, timeout: IDLE_MS };
  if (protocol === 'http:') {
    const { Agent, request } = await import('node:http');
    return { send: request, agent: new Agent(pool) };
  }
  const { Agent, request } = await import('node:https');
  const tls = {
    ...(options.verifyTls ? {} : { rejectUnauthorized: false }),
    ...(options.ca === undefined ? {} : { ca: [...(await import('node:tls')).rootCertificates, options.ca] }),
  };
  return { send: request, agent: new Agent({ ...pool, ...tls }) };
}

function exchange(
  send: Send,
  { method, url, headers, body, signal }: HttpRequest,
  timeoutMs: number,
): Promise<TransportResponse> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const request = send({
      ...urlToHttpOptions(url),
      auth: null, // credentials are headers
      method,
      headers: { ...headers, ...lengthOf(body) },
    });
    let response: IncomingMessage | undefined;
    // Not left to the request's own option for it: that takes longer than all else done for a small request.
    const onAbort = () => {
      const error = new TransportFailure('SOCKET');
      (response ?? request).destroy(error);
      reject(error); // now: one that waits for a connection closes when there is one
    };
    signal?.addEventListener('abort', onAbort);
    request.on('error', reject); // after the answer has begun it is the body that fails
    request.on('response', (message) => {
      response = message;
      // Answered before all was sent: the rest is not wanted, and nobody else can use the connection.
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
      limitSilence(socket, request, () => response, timeoutMs);
    });
    if (body instanceof Readable) sendStream(body, headers?.['content-length'], request);
    else request.end(body);
  });
}

/**
 * Requests hear of their connection's errors. Between two, Node leaves it without a listener for a moment, in which an
 * error would end the process.
 */
function ignore(): void {}

/** Node frames a body by itself only for some methods. */
function lengthOf(body: HttpRequest['body']): { 'content-length'?: string } {
  if (body === undefined || body instanceof Readable) return {};
  return { 'content-length': String(Buffer.byteLength(body)) };
}

/**
 * Ends an exchange in which nothing moves in either direction for too long. That takes two silences of half the time in
 * a row: after the first what had come while this process was busy with something else is read.
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
    // What has come, or its end, waits for its reader: the silence is ours.
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
  // The connection goes on to others.
  request.once('close', () => socket.off('timeout', onSilence));
}

/** @param length what is announced, if anything is */
function sendStream(body: Readable, length: string | undefined, request: ClientRequest): void {
  const source = length === undefined ? body : Readable.from(counted(body, Number(length)));
  source.on('error', (error) => request.destroy(error));
  request.once('close', () => body.destroy());
  source.pipe(request);
}

/** Fails when there are more or fewer bytes than were announced, which would garble what follows. */
async function* counted(body: Readable, length: number): AsyncGenerator<Buffer> {
  let sent = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    sent += chunk.length;
    if (sent > length) throw new TransportFailure('REQ_CONTENT_LENGTH_MISMATCH');
    yield chunk;
  }
  if (sent < length) throw new TransportFailure('REQ_CONTENT_LENGTH_MISMATCH');
}
