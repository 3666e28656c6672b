/**
 * Our HTTP client in the form of `fetch`, for libraries that ask their own servers, so that proxies and certificates
 * are the same.
 */
import { redactUrl } from '../../core/redact.ts';
import { readAll } from '../read.ts';
import type { HttpClient, HttpRequest } from './client.ts';

/**
 * The most bytes of an answer, unpacked. A page of GitHub's comments has a hundred of 65,536 characters, and a character
 * takes six bytes at most.
 */
const BODY_MOST = 64 * 1024 * 1024;

/**
 * Redirects are not followed. Bodies to send are text or bytes. An answer is read as a whole first: the libraries would
 * read one of any length.
 * @throws as the client does; BuildcacheError `too-large`
 */
export function fetchThrough(client: HttpClient): typeof fetch {
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const { status, headers, body } = await client.request({
      method: (init.method ?? 'GET').toUpperCase() as HttpRequest['method'],
      url,
      headers: Object.fromEntries(new Headers(init.headers)),
      ...bodyOf(init.body),
      signal: init.signal ?? undefined,
    });
    const isEmpty = status === 204 || status === 205 || status === 304;
    const what = { maxBytes: BODY_MOST, what: 'the answer', url: redactUrl(url) };
    const bytes = await readAll({ key: '', size: undefined, offset: 0, body }, what);
    return new Response(isEmpty ? null : new Uint8Array(bytes), { status, headers: [...headers] });
  };
}

function bodyOf(body: RequestInit['body']): { readonly body?: string | Uint8Array } {
  if (body === undefined || body === null) return {};
  if (typeof body === 'string' || body instanceof Uint8Array) return { body };
  if (body instanceof URLSearchParams) return { body: body.toString() };
  throw new TypeError('a body of a kind that is not sent');
}
