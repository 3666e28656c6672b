/**
 * The AWS SDK's requests through our HTTP client: one set of connections, proxies, certificates, time-outs
 * and network errors for all backends. The SDK keeps what it is good at: signing, credentials, XML.
 */
import { Readable } from 'node:stream';
import type { HttpClient, HttpRequest } from './http-client.ts';

/** A body in memory goes out in pieces: the time-out then is for a piece, however slow the whole. */
const PIECE = 64 * 1024;

/** The part of the SDK's request that says where to send what. */
interface SdkRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface SdkResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Readable;
}

export interface SdkTransport {
  readonly metadata: { readonly handlerProtocol: string };
  handle(
    request: SdkRequest,
    options?: { readonly abortSignal?: unknown },
  ): Promise<{ readonly response: SdkResponse }>;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

/** Does not own the client: closing that is its opener's. */
export function sdkTransport(client: HttpClient): SdkTransport {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(request, options = {}) {
      const { abortSignal } = options;
      const response = await client.request({
        method: request.method as HttpRequest['method'], // the SDK's operations use no others
        url: urlOf(request),
        headers: request.headers,
        ...bodyOf(request.body),
        ...(abortSignal instanceof AbortSignal ? { signal: abortSignal } : {}),
      });
      return {
        response: {
          statusCode: response.status,
          headers: Object.fromEntries(response.headers),
          body: response.body,
        },
      };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
}

function urlOf({ protocol, hostname, port, path, query = {} }: SdkRequest): URL {
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    if (value === null) return [encode(name)];
    return [value].flat().map((one) => `${encode(name)}=${encode(one)}`);
  });
  const search = pairs.length === 0 ? '' : `?${pairs.join('&')}`;
  return new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}${search}`);
}

/** As the signature has it: more than what `encodeURIComponent` escapes. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function bodyOf(body: unknown): { readonly body?: Uint8Array | Readable | string } {
  if (body instanceof Uint8Array) {
    return { body: body.length <= PIECE ? body : Readable.from(pieces(body), { objectMode: false }) };
  }
  if (body instanceof Readable || typeof body === 'string') return { body };
  return {};
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}
