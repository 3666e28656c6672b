/**
 * What an HTTP status means, in one place. An error code that the server sends beside it comes first, where there is
 * one. Where there is none, this counts.
 */
import { BuildcacheError, type ErrorCode, type ErrorFacts } from './errors.ts';

/**
 * For a status that is no success. 408 is the server's fault: it has not received the request in time, and wants it
 * again (RFC 9110 section 15.5.9).
 */
export function statusCode(status: number): ErrorCode {
  if (status >= 500 && status !== 501) return 'server-error';
  switch (status) {
    case 401:
    case 403:
    case 407:
      return 'denied';
    case 404:
    case 410:
      return 'not-found';
    case 405:
    case 501:
      return 'unsupported';
    case 408:
      return 'server-error';
    case 409:
    case 412:
      return 'conflict';
    case 413:
      return 'too-large';
    case 429:
      return 'throttled';
    default:
      return 'protocol';
  }
}

/** @param retryAfter the header of that name */
export function statusFacts(
  status: number,
  retryAfter: string | undefined,
): Pick<ErrorFacts, 'status' | 'retryAfter'> {
  const seconds = retryAfterSeconds(retryAfter);
  return { status, ...(seconds === undefined ? {} : { retryAfter: seconds }) };
}

/** For what is still there after a DELETE that was answered with a success. @param url redacted */
export function notDeleted(url: string, status: number | undefined): BuildcacheError {
  return new BuildcacheError('protocol', 'it counts as deleted, and is still there', {
    url,
    ...(status === undefined ? {} : { found: `HTTP ${status}` }),
    hint: 'check the endpoint URL, and what is between here and there',
  });
}

/** RFC 9110 section 10.2.3: seconds or a date. */
export function retryAfterSeconds(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  // `Date.parse` also takes text that is no HTTP date: -1 is a date in 2001 to it.
  const date = /^[A-Z]/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}
