/**
 * Our HTTP client in the form of `fetch`, for libraries that ask their own servers, so that proxies and certificates
 * are the same.
 */
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { HttpClient, HttpRequest } from './client.ts';

/** Redirects are not followed. Bodies to send are text or bytes. */
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
    if (isEmpty) body.resume();
    const content = isEmpty ? null : (Readable.toWeb(body) as ReadableStream<Uint8Array>);
    return new Response(content as ConstructorParameters<typeof Response>[0], {
      status,
      headers: [...headers],
    });
  };
}

function bodyOf(body: RequestInit['body']): { readonly body?: string | Uint8Array } {
  if (body === undefined || body === null) return {};
  if (typeof body === 'string' || body instanceof Uint8Array) return { body };
  if (body instanceof URLSearchParams) return { body: body.toString() };
  throw new TypeError('a body of a kind that is not sent');
}
