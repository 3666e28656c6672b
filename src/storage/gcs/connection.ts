/**
 * Requests to Google Cloud Storage's JSON API over our own HTTP client, so that proxies, certificates, time-outs and
 * retries are the same as for other backends. Google's client library would do all of this its own way. Only its
 * credentials are used.
 */
import type { Readable } from 'node:stream';
import { throwIfCancelled } from '../../core/abort.ts';
import { BuildcacheError, oneLine } from '../../core/errors.ts';
import { statusCode, statusFacts } from '../../core/http-status.ts';
import { isObject } from '../../core/json.ts';
import { parseAnswer } from '../../core/json-size.ts';
import { redactUrl } from '../../core/redact.ts';
import { type RetryPolicy, retrying } from '../../core/retry.ts';
import { drain, type HttpClient, type HttpRequest, type HttpResponse } from '../http/client.ts';
import { once } from '../once.ts';

/** @returns undefined: no credentials, for buckets that everybody may read */
export type AccessToken = () => Promise<string | undefined>;

export interface GcsRequest {
  readonly method: HttpRequest['method'];
  /** Below the endpoint, encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Called each time the request is sent. */
  readonly body?: (() => Uint8Array | Promise<Readable>) | undefined;
  /** Told each time the request is sent. */
  readonly onSend?: () => void;
  readonly signal: AbortSignal | undefined;
}

/** The server's answer, after the retries it deserves: a success, or one of the statuses below. */
export type GcsAnswer = HttpResponse & { readonly status: number };

/** Statuses that the caller interprets. A 404 means that the object, not the bucket, is not there. */
const ANSWERS: readonly number[] = [404, 412, 416];

export interface GcsConnection {
  /** @throws BuildcacheError `denied`, `throttled`, `server-error`, `unreachable`, `not-found` (no bucket), … */
  ask(request: GcsRequest): Promise<GcsAnswer>;
  /** The same, for an answer in JSON; undefined for a 404. */
  askJson(request: GcsRequest): Promise<Readonly<Record<string, unknown>> | undefined>;
}

/** Bytes; a page of a listing has a thousand objects. */
const JSON_MOST = 16 * 1024 * 1024;
const MESSAGE_MOST = 200;

export function connectGcs(
  http: HttpClient,
  options: { readonly endpoint: URL; readonly token: AccessToken; readonly retry: RetryPolicy },
): GcsConnection {
  const { endpoint, token, retry } = options;

  const send = async (request: GcsRequest): Promise<GcsAnswer> => {
    const { method, path, query = {}, headers, body, signal } = request;
    throwIfCancelled(signal);
    const url = new URL(path, endpoint);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    const bearer = await token();
    request.onSend?.();
    const answer = await http.request({
      method,
      url,
      headers: { ...headers, ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) },
      ...(body === undefined ? {} : { body: await body() }),
      signal,
    });
    const { status } = answer;
    if (status >= 200 && status < 300) return answer;
    // Without the question whether it has changed, a 304 is no answer, and says nothing of what is there.
    const isUnchanged = status === 304 && query['ifGenerationNotMatch'] !== undefined;
    if (isUnchanged || ANSWERS.includes(status)) {
      if (status !== 404) {
        await drain(answer.body);
        return answer;
      }
      // Answers to range and media requests say only in words what is missing.
      const said = await wordsOf(answer);
      if (/bucket does not exist/i.test(said)) throw noBucket(url);
      if (!/^no such object/i.test(said)) await checkBucket(signal, path);
      return answer;
    }
    throw statusError(answer, url, await wordsOf(answer), bearer !== undefined);
  };

  /**
   * For a 404 in other words than Google's: it may come from any web server. Who may read objects mostly may not ask for the
   * bucket, and is told so if it is there.
   */
  const checkBucket = once(async (signal, path: string) => {
    const bucket = /^(?:\/upload)?(\/storage\/v1\/b\/[^/]+)/.exec(path)?.[1] ?? path;
    const url = new URL(bucket, endpoint);
    url.searchParams.set('fields', 'name');
    const bearer = await token();
    const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
    const answer = await http.request({ method: 'GET', url, headers, signal });
    const { status } = answer;
    if (status === 200) return void (await readJson(answer, url));
    const words = await wordsOf(answer);
    if (status === 404) throw noBucket(url);
    if (status !== 401 && status !== 403) throw statusError(answer, url, words, bearer !== undefined);
  });

  const ask = (request: GcsRequest) => retrying(() => send(request), retry, request.signal);

  return {
    ask,
    async askJson(request) {
      return await retrying(
        async () => {
          const answer = await send(request);
          if (answer.status === 404) return undefined;
          if (answer.status === 412) {
            throw new BuildcacheError('conflict', 'somebody else changed it meanwhile', {
              url: plain(new URL(request.path, endpoint)),
            });
          }
          return await readJson(answer, new URL(request.path, endpoint));
        },
        retry,
        request.signal,
      );
    },
  };
}

async function readJson(answer: HttpResponse, url: URL): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > JSON_MOST) throw notJson(url, `more than ${JSON_MOST} bytes`);
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  try {
    const document = parseAnswer(bytes, plain(url));
    if (isObject(document)) return document;
  } catch (error) {
    if (error instanceof BuildcacheError) throw error;
  }
  throw notJson(url, JSON.stringify(bytes.toString('utf8', 0, 40)));
}

function noBucket(url: URL): BuildcacheError {
  return new BuildcacheError('not-found', 'there is no such bucket', {
    url: plain(url),
    hint: 'check the mirror URL, and the endpoint URL if there is one',
  });
}

function notJson(url: URL, found: string): BuildcacheError {
  return new BuildcacheError('protocol', 'the answer is not one of Google Cloud Storage', {
    url: plain(url),
    expected: 'a JSON object',
    found,
    hint: 'check the endpoint URL',
  });
}

/** The text of a refusal. Its body is used up then. */
async function wordsOf({ body }: HttpResponse): Promise<string> {
  let text = '';
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      text += chunk.toString('utf8');
      if (text.length > 64 * 1024) break;
    }
  } catch {
    // The status says enough.
  }
  try {
    const document: unknown = JSON.parse(text);
    const error = isObject(document) ? document['error'] : undefined;
    if (isObject(error) && typeof error['message'] === 'string') return error['message'];
  } catch {
    // Plain words.
  }
  return text;
}

function statusError(answer: HttpResponse, url: URL, words: string, hasToken: boolean): BuildcacheError {
  const { status, headers } = answer;
  const said = oneLine(words.replace(/\s{2,}/g, ' ').trim()).slice(0, MESSAGE_MOST);
  const facts = {
    url: plain(url),
    ...statusFacts(status, headers.get('retry-after')),
    found: said === '' ? `HTTP ${status}` : `HTTP ${status}: ${said}`,
  };
  const code = statusCode(status);
  switch (code) {
    case 'denied': {
      const hint = hasToken
        ? 'check what these credentials may do'
        : 'set GOOGLE_APPLICATION_CREDENTIALS, or run google-github-actions/auth before';
      return new BuildcacheError(code, 'the bucket refuses access', { ...facts, hint });
    }
    case 'throttled':
      return new BuildcacheError(code, 'the server asks to slow down', facts);
    case 'server-error':
      return new BuildcacheError(code, 'the server failed', facts);
    default:
      return new BuildcacheError('protocol', 'the server does not accept the request', facts);
  }
}

/** The URL without its query, which says nothing to people. */
function plain(url: URL): string {
  const shown = new URL(url);
  shown.search = '';
  return redactUrl(shown);
}
