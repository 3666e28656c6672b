/**
 * A small S3 server for tests: path-style addresses on loopback, signatures checked for real, every request
 * noted, bytes counted, and faults on demand.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type S3Answer, S3Failure, S3Objects, type S3ObjectsOptions } from './s3-objects.ts';
import { checkSignature } from './s3-signature.ts';

export const ACCESS_KEY = 'AKIATESTONLY';
export const SECRET_KEY = 'test-only/secret+key';

export interface S3ServerOptions extends Partial<S3ObjectsOptions> {
  /** Secrets by access key id. Default: {@link ACCESS_KEY} with {@link SECRET_KEY}. */
  readonly keys?: Readonly<Record<string, string>>;
  readonly sessionToken?: string;
  /** Whether reading needs no credentials. */
  readonly publicRead?: boolean;
  /** Milliseconds the server's clock is ahead. */
  readonly clockAhead?: number;
  /** Asked for each request, before anything else. */
  readonly fault?: (request: NotedRequest) => S3Fault | undefined;
  /** Told how much of a request's body is there, piece by piece. When it throws, the connection is cut. */
  readonly received?: (request: NotedRequest, bytes: number) => void;
}

/**
 * `status`: refuse, with S3's code. `reset`: cut the connection at once; `lose`: do it, and cut before answering.
 * `stall`: never answer. `cut`: end the body early; `slow`: send it so many bytes at a time, 10 ms apart.
 * `answer`: say anything.
 */
export type S3Fault =
  | { readonly status: number; readonly code?: string; readonly headers?: Readonly<Record<string, string>> }
  | 'reset'
  | 'lose'
  | 'stall'
  | { readonly cut: number }
  | { readonly stallAfter: number }
  | { readonly slow: number }
  | { readonly answer: S3Answer };

export interface NotedRequest {
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
}

export interface S3Server {
  /** Without a slash at the end. */
  readonly url: string;
  /** By `bucket/key`. May be changed. */
  readonly objects: S3Objects['objects'];
  /** Unfinished uploads in parts. */
  readonly uploads: S3Objects['uploads'];
  /** Oldest first. May be emptied. */
  readonly requests: NotedRequest[];
  /** Bytes of bodies, by HTTP method. */
  readonly bytesIn: Map<string, number>;
  readonly bytesOut: Map<string, number>;
  close(): Promise<void>;
}

export async function startS3Server(options: S3ServerOptions = {}): Promise<S3Server> {
  const store = new S3Objects({
    buckets: ['bucket'],
    conditions: 'native',
    pageSize: 1000,
    copyLimit: 5 * 1024 ** 3,
    partLeast: 5 * 1024 ** 2,
    hideAbsent: false,
    ...options,
  });
  const requests: NotedRequest[] = [];
  const bytesIn = new Map<string, number>();
  const bytesOut = new Map<string, number>();

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const noted = note(message);
    requests.push(noted);
    const fault = options.fault?.(noted);
    if (fault === 'reset') return void message.socket.resetAndDestroy();
    const raw = await readBody(message, (bytes) => options.received?.(noted, bytes));
    count(bytesIn, noted.method, raw.length);
    if (fault === 'stall') return;
    const answer = answerOf(message, raw, noted, fault);
    if (fault === 'lose') return void message.socket.resetAndDestroy();
    await send(response, answer, noted.method, fault, (bytes) => count(bytesOut, noted.method, bytes));
  };

  const answerOf = (
    message: IncomingMessage,
    raw: Buffer,
    noted: NotedRequest,
    fault: S3Fault | undefined,
  ) => {
    if (typeof fault === 'object' && 'answer' in fault) return fault.answer;
    if (typeof fault === 'object' && 'status' in fault) {
      return new S3Failure(fault.status, fault.code ?? 'InternalError', fault.headers).answer();
    }
    const open = options.publicRead === true && message.headers.authorization === undefined;
    const reading = noted.method === 'GET' || noted.method === 'HEAD';
    if (message.headers.authorization === undefined && !(open && reading)) {
      return new S3Failure(403, 'AccessDenied', {}, 'Access Denied').answer();
    }
    if (!open) {
      const { keys = { [ACCESS_KEY]: SECRET_KEY }, sessionToken, clockAhead = 0 } = options;
      const wrong = checkSignature(message, raw, { keys, sessionToken, clockAhead });
      if (wrong !== undefined) return new S3Failure(wrong[0], wrong[1], {}, wrong[2]).answer();
    }
    return store.answer({ ...noted, body: unchunked(raw, noted.headers) });
  };

  const server = createServer((message, response) => {
    if (options.clockAhead !== undefined) {
      response.setHeader('date', new Date(Date.now() + options.clockAhead).toUTCString());
    }
    const { socket } = message; // gone from it once its body was given up
    serve(message, response).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects: store.objects,
    uploads: store.uploads,
    requests,
    bytesIn,
    bytesOut,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function note(message: IncomingMessage): NotedRequest {
  const [path = '', query = ''] = (message.url ?? '').split('?');
  const [, bucket = '', ...key] = path.split('/').map(decodeURIComponent);
  const headers = Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [name, String(value)]),
  );
  const method = message.method ?? '';
  return { method, bucket, key: key.join('/'), query: new URLSearchParams(query), headers };
}

async function readBody(message: IncomingMessage, received: (bytes: number) => void): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message) {
    chunks.push(chunk);
    bytes += chunk.length;
    received(bytes);
  }
  return Buffer.concat(chunks);
}

/** `aws-chunked`: hexadecimal length, extensions, CRLF, bytes, CRLF, …, a chunk of none, trailers. */
function unchunked(raw: Buffer, headers: Readonly<Record<string, string>>): Buffer {
  if (!String(headers['x-amz-content-sha256']).startsWith('STREAMING-')) return raw;
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = raw.indexOf('\r\n', at);
    const length = Number.parseInt(raw.toString('latin1', at, line), 16);
    if (!(length > 0)) return Buffer.concat(parts);
    parts.push(raw.subarray(line + 2, line + 2 + length));
    at = line + 2 + length + 2;
  }
}

async function send(
  response: ServerResponse,
  { status, headers = {}, body = '' }: S3Answer,
  method: string,
  fault: S3Fault | undefined,
  counted: (bytes: number) => void,
): Promise<void> {
  const bytes = Buffer.from(body);
  const bodyless = method === 'HEAD' || status === 304 || status === 204;
  response.writeHead(
    status,
    bodyless && status !== 200 ? headers : { 'content-length': bytes.length, ...headers },
  );
  if (bodyless) return void response.end();
  if (typeof fault === 'object' && ('cut' in fault || 'stallAfter' in fault)) {
    const most = 'cut' in fault ? fault.cut : fault.stallAfter;
    await new Promise((resolve) => response.write(bytes.subarray(0, most), resolve));
    counted(most);
    if ('cut' in fault) response.destroy();
    return;
  }
  counted(bytes.length);
  if (typeof fault === 'object' && 'slow' in fault) {
    for (let at = 0; at < bytes.length; at += fault.slow) {
      response.write(bytes.subarray(at, at + fault.slow));
      await sleep(10);
    }
    return void response.end();
  }
  response.end(bytes);
}

function count(counters: Map<string, number>, method: string, bytes: number): void {
  counters.set(method, (counters.get(method) ?? 0) + bytes);
}
