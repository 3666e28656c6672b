/** Listings that come page by page, from servers that may say anything. */
import { BuildcacheError } from '../core/errors.ts';

/**
 * What to ask the next page with. @param token attacker-controlled
 * @throws BuildcacheError `protocol` for a listing that does not end, or stops short of its end: what it lacks must not be
 *   taken for what is not there
 */
export function nextPage(token: string | undefined, seen: Set<string>, url: string): string {
  if (token !== undefined && token !== '' && !seen.has(token) && seen.size < PAGES_MOST) {
    seen.add(token);
    return token;
  }
  const isShort = token === undefined || token === '';
  throw new BuildcacheError('protocol', `the listing ${isShort ? 'stops before its end' : 'does not end'}`, {
    url,
    hint: 'check the endpoint URL',
  });
}

/** With a thousand keys each, more than any mirror has. */
const PAGES_MOST = 100_000;
