/**
 * Sends the AWS SDK's requests through our HTTP client: one set of connections, proxies, certificates, time-outs and
 * network errors for all backends. The SDK does what it is good at: signing, credentials, XML.
 */
import { Readable } from 'node:stream';
import { BuildcacheError } from '../../core/errors.ts';
import { redactUrl } from '../../core/redact.ts';
import type { HttpClient, HttpRequest, HttpResponse } from '../http/client.ts';
import { readUpTo } from '../read.ts';

/** A body in memory is sent in pieces, so that a time-out is for one piece, however slow the whole is. */
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

/** Does not own the client: whoever opened that closes it. */
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
          body: await boundedBody(request, response),
        },
      };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
}

/**
 * The body of an answer. The SDK reads answers whole, so this reads no more of one than makes sense. An object's body
 * is passed on as it comes.
 * @throws BuildcacheError `protocol` for an answer without end
 */
async function boundedBody(request: SdkRequest, { status, body }: HttpResponse): Promise<Readable> {
  const isRefusal = status >= 300;
  if (!isRefusal && isObject(request)) return body;
  const most = isRefusal ? REFUSAL_MOST : ANSWER_MOST;
  const bytes = await readUpTo(body, most + 1);
  const isLonger = bytes.length > most;
  if (isLonger && !isRefusal) {
    throw new BuildcacheError('protocol', 'the answer of the S3 server is too long', {
      url: redactUrl(`${request.protocol}//${request.hostname}${request.path}`),
      expected: `at most ${most} bytes`,
      found: 'more',
      hint: 'check the endpoint URL',
    });
  }
  if (!isRefusal && isHardToParse(bytes)) {
    throw new BuildcacheError('protocol', 'the answer of the S3 server is none that S3 gives', {
      url: redactUrl(`${request.protocol}//${request.hostname}${request.path}`),
      hint: 'check the endpoint URL',
    });
  }
  // The status says enough.
  return Readable.from(isLonger || bytes.length === 0 ? [] : [bytes], { objectMode: false });
}

/**
 * A page of a listing has a thousand keys of at most a kilobyte, each byte of which may take three. What the SDK makes of an
 * answer may take forty times as much memory.
 */
const ANSWER_MOST = 8 * 1024 * 1024;
const REFUSAL_MOST = 64 * 1024;

/** Bytes between two tags, or within one: a key, each byte of which may be written in six. */
const TEXT_MOST = 64 * 1024;

/** A tag of S3's behind its `<`: attributes are in quotes, which have no `<` in them. */
const TAG = /^[^<>"'=]+(?:=\s*(?:"[^"<]*"|'[^'<]*')[^<>"'=]*)*>/;
/** What the parser goes over to its end: the end of an element, a declaration, a comment, a text as it is. */
const NO_TAG = /^(?:\/|\?|!--|!\[CDATA\[)/;

/**
 * Whether the SDK's parser would take long for it. It goes through the whole document for each DOCTYPE, and puts texts, names
 * and attributes together character by character, at fifty times their size and more.
 */
function isHardToParse(bytes: Buffer): boolean {
  let types = 0;
  for (let at = 0; at < bytes.length; ) {
    const next = bytes.indexOf('<', at);
    const end = next < 0 ? bytes.length : next;
    if (end - at > TEXT_MOST) return true;
    const piece = bytes.toString('latin1', at, end);
    if (at > 0 && !NO_TAG.test(piece) && !TAG.test(piece)) return true;
    if (/^!doctype/i.test(piece) && ++types > 1) return true;
    at = end + 1;
  }
  return false;
}

/** Whether the request is for the content of an object, not for something about an object or the bucket. */
function isObject({ method, query = {} }: SdkRequest): boolean {
  return method === 'GET' && query['x-id'] === 'GetObject';
}

function urlOf({ protocol, hostname, port, path, query = {} }: SdkRequest): URL {
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    if (value === null) return [encode(name)];
    return [value].flat().map((one) => `${encode(name)}=${encode(one)}`);
  });
  const search = pairs.length === 0 ? '' : `?${pairs.join('&')}`;
  return new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}${search}`);
}

/** Encoded as for the signature: more characters than `encodeURIComponent` escapes. */
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
