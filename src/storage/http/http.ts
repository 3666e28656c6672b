/**
 * A mirror behind plain HTTP(S), read only. 404 and 410 are "not there". Any other failure is an error
 * that says which kind it is, after the retries it deserves.
 */
import { BuildcacheError } from '../../core/errors.ts';
import { statusCode, statusFacts } from '../../core/http-status.ts';
import { redactUrl } from '../../core/redact.ts';
import { type RetryPolicy, retrying } from '../../core/retry.ts';
import { decodedUserInfo } from '../../core/user-info.ts';
import { withoutEnd } from '../../core/without-end.ts';
import { packingOf } from '../content-coding.ts';
import { partOf, requireContent } from '../content-range.ts';
import { encodeKey } from '../key.ts';
import type { GetOptions, ObjectInfo, StorageReader } from '../storage.ts';
import { drain, type HttpClient, type HttpRequest, type HttpResponse } from './client.ts';
import { innerKind, requireOutside } from './inner-address.ts';

export interface HttpStorageOptions {
  /**
   * The URL below which keys are. User information in it becomes Basic credentials; its query is sent with every
   * request.
   */
  readonly url: string;
  /** The value of the `Authorization` header; wins over user information in the URL. */
  readonly authorization?: string | undefined;
  readonly retry: RetryPolicy;
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Redirects followed for one request. */
const MAX_REDIRECTS = 8;

/** @throws `usage` for a URL that is none */
export function openHttpStorage(client: HttpClient, options: HttpStorageOptions): StorageReader {
  const base = parseBase(options.url);
  const authorization = options.authorization ?? basicFrom(base);
  const left = [base.username, base.password, base.search];
  base.username = '';
  base.password = '';

  const urlOf = (key: string): URL => {
    const url = new URL(base.href);
    url.pathname = `${withoutEnd(base.pathname, '/')}/${encodeKey(key)}`;
    return url;
  };
  const send = (
    method: 'GET' | 'HEAD',
    key: string,
    headers: Record<string, string>,
    signal?: AbortSignal,
  ) => {
    return retrying(
      () => follow(client, { method, url: urlOf(key), headers, signal }, authorization),
      options.retry,
      signal,
    );
  };

  return {
    url: redactUrl(base).replace(/\/$/, ''),
    hidden: left.every((part) => part === '') ? undefined : JSON.stringify(left),

    async get(key, request: GetOptions = {}) {
      const headers: Record<string, string> = {};
      const { range, ifNoneMatch, signal } = request;
      if (range !== undefined) headers['range'] = `bytes=${range.start}-${range.end ?? ''}`;
      if (ifNoneMatch !== undefined) headers['if-none-match'] = ifNoneMatch;
      const response = await send('GET', key, headers, signal);
      if (response === undefined) return undefined;
      if (response.status === 304) {
        await drain(response.body);
        return 'not-modified';
      }
      const { status, body } = response;
      const partial = status === 206 ? partOf(response.headers.get('content-range')) : undefined;
      requireContent({ status, part: partial, body }, range !== undefined, redactUrl(urlOf(key)));
      const info = objectInfo(key, response);
      const packed = packingOf(
        response.headers.get('content-encoding'),
        response.headers.get('content-length'),
      );
      return {
        ...info,
        size: partial?.total ?? info.size,
        packed,
        body,
        offset: partial?.start ?? 0,
      };
    },

    async head(key, { signal } = {}) {
      const response = await send('HEAD', key, {}, signal);
      if (response === undefined) return undefined;
      const { status, body } = response;
      requireContent({ status, part: undefined, body }, false, redactUrl(urlOf(key)));
      await drain(body);
      return objectInfo(key, response);
    },

    close: () => client.close(),
  };
}

/** Follows redirects; credentials never leave the origin they were given for. */
async function follow(
  client: HttpClient,
  request: HttpRequest,
  authorization: string | undefined,
): Promise<HttpResponse | undefined> {
  let url = request.url;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const trusted = url.origin === request.url.origin && authorization !== undefined;
    const headers = { ...request.headers, ...(trusted ? { authorization } : {}) };
    const outside = isLedAway(url, request.url);
    const response = await client.request({ ...request, url, headers, outside, home: request.url });
    const { status } = response;
    if (status >= 200 && status < 300) return response;
    // A 304 counts only where the request asked whether it changed. Else it says nothing about what is there.
    if (status === 304 && request.headers?.['if-none-match'] !== undefined) return response;
    await drain(response.body);
    if (status === 404 || status === 410) return undefined;
    const location = response.headers.get('location');
    if (!REDIRECTS.has(status) || location === undefined) throw statusError(response, url);
    url = redirectTarget(location, url);
  }
  throw new BuildcacheError('protocol', `redirected more than ${MAX_REDIRECTS} times`, {
    url: redactUrl(request.url),
    expected: 'an answer',
    found: `a redirect to ${redactUrl(url)}`,
    hint: 'check the mirror URL',
  });
}

/**
 * Whether another server's word leads there: to another host than the mirror's, unless the mirror is on this machine
 * itself.
 */
export function isLedAway(url: URL, home: URL): boolean {
  return url.hostname !== home.hostname && innerKind(home.hostname) === undefined;
}

/**
 * Where a redirect leads. Never from https to http, nor from elsewhere to this machine.
 * @throws BuildcacheError `protocol`
 */
export function redirectTarget(location: string, from: URL): URL {
  const target = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
  const downgrade = from.protocol === 'https:' && target?.protocol === 'http:';
  if (target !== undefined && /^https?:$/.test(target.protocol) && !downgrade) {
    if (target.hostname !== from.hostname) requireOutside(target, from, 'a redirect');
    return target;
  }
  throw new BuildcacheError('protocol', 'redirected to where we do not follow', {
    url: redactUrl(from),
    expected: downgrade ? 'a redirect that keeps https' : 'a redirect to an http or https URL',
    found: target === undefined ? 'no URL' : redactUrl(target),
  });
}

function statusError(response: HttpResponse, url: URL): BuildcacheError {
  const { status, through, headers } = response;
  const facts = {
    url: redactUrl(url),
    ...statusFacts(status, headers.get('retry-after')),
    ...(through === undefined ? {} : { found: `an answer that came through ${through}` }),
  };
  const code = statusCode(status);
  switch (code) {
    case 'denied':
      return new BuildcacheError(code, deniedText(status), { ...facts, hint: DENIED_HINTS[status] ?? CHECK });
    case 'throttled':
      return new BuildcacheError(code, 'the server asks to slow down (429)', {
        ...facts,
        hint: 'lower --jobs or try again later',
      });
    case 'server-error':
      return new BuildcacheError(code, `the server failed (${status})`, {
        ...facts,
        hint: 'try again later',
      });
    default:
      // Only reading is asked for. Any other status is no answer to that, whatever it means.
      return new BuildcacheError('protocol', `the server answered with status ${status}`, {
        ...facts,
        expected: '200 or 404',
      });
  }
}

function deniedText(status: number): string {
  return status === 401 ? 'the server wants credentials (401)' : `the server refuses access (${status})`;
}

const CHECK = 'check the credentials and their permissions';
const DENIED_HINTS: Readonly<Record<number, string>> = {
  401: 'set access_pair or access_token_variable of the mirror, or check them',
  407: 'give the proxy its credentials',
};

function objectInfo(key: string, response: HttpResponse): ObjectInfo {
  const { headers } = response;
  const length = headers.get('content-length');
  const modified = Date.parse(headers.get('last-modified') ?? '');
  return {
    key,
    // A compressed transfer's length is not the object's.
    size: length !== undefined && !headers.has('content-encoding') ? Number(length) : undefined,
    modified: Number.isNaN(modified) ? undefined : new Date(modified),
    etag: headers.get('etag'),
    contentType: headers.get('content-type')?.split(';')[0]?.trim().toLowerCase(),
  };
}

function parseBase(url: string): URL {
  if (URL.canParse(url)) return new URL(url);
  throw new BuildcacheError('usage', 'not a URL', { url: redactUrl(url), expected: 'http://… or https://…' });
}

function basicFrom(url: URL): string | undefined {
  if (url.username === '' && url.password === '') return undefined;
  const { username, password } = decodedUserInfo(url);
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
