/**
 * What an HTTP status means, in one place. What servers say beside it, in words of their own, comes first where they
 * have any; what nothing says stands here.
 */
import type { ErrorCode, ErrorFacts } from './errors.ts';

/**
 * For a status that is no success. 408 is the server's: it has answered, without having had the request in time, and
 * wants it again (RFC 9110 section 15.5.9).
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

/** RFC 9110 section 10.2.3: seconds or a date. */
export function retryAfterSeconds(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  // What is no date of HTTP is lenient to a fault with dates: -1 is one in 2001.
  const date = /^[A-Z]/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}
