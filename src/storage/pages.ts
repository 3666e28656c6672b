/** Listings that come page by page, from servers that may say anything. */
import { sha256 } from '../core/digest.ts';
import { BuildcacheError } from '../core/errors.ts';

export interface Pages {
  /**
   * What to ask the next page with.
   * @param token attacker-controlled
   * @param keys of the page before, however they begin
   * @throws BuildcacheError `protocol` for a listing that makes no progress or stops before its end: the keys it
   *   lacks must not be taken for absent; `too-large` for one of more keys than any mirror has
   */
  next(token: string | undefined, keys: readonly (string | undefined)[]): string;
}

/** @param url redacted, for messages */
export function pages(url: string): Pages {
  const tokens = seenTexts();
  const beginnings = seenTexts();
  let empty = 0;
  let count = 0;
  let asked = 0;
  const refuse = (code: 'protocol' | 'too-large', message: string) =>
    new BuildcacheError(code, message, { url, hint: 'check the endpoint URL' });
  return {
    next(token, keys) {
      if (token === undefined || token === '') throw refuse('protocol', 'the listing stops before its end');
      if (token.length > TOKEN_MOST)
        throw refuse('protocol', 'the listing goes on with a token of no server');
      const [first] = keys;
      count += keys.length;
      asked++;
      empty = first === undefined ? empty + 1 : 0;
      // A page that begins like an earlier one is that page again.
      if (!tokens.isNew(token) || empty > EMPTY_MOST || (first !== undefined && !beginnings.isNew(first)))
        throw refuse('protocol', 'the listing does not end');
      if (isByNothing(asked, count)) throw refuse('protocol', 'the listing comes by next to nothing');
      if (count > KEYS_MOST) throw refuse('too-large', `the listing has more than ${KEYS_MOST} keys`);
      return token;
    },
  };
}

/** Tells texts of any length apart, and keeps a few bytes of each: a server may send megabytes with each page. */
export function seenTexts(): { isNew(text: string): boolean } {
  const digests = new Set<string>();
  return {
    isNew(text) {
      const before = digests.size;
      return digests.add(sha256(text)).size > before;
    },
  };
}

/** Characters. It is a part of the next request's URL, and has the last key in it. */
const TOKEN_MOST = 16 * 1024;

/** Empty pages in a row. Servers send some while they pass over deleted keys. */
const EMPTY_MOST = 1000;

/** Servers give a hundred keys a page or more. A listing with two a page would take for ever. */
const PAGES_ANYWAY = 2000;
const KEYS_A_PAGE = 50;

/** Whether so many keys took more pages than any honest server uses. */
export function isByNothing(pagesAsked: number, keys: number): boolean {
  return pagesAsked > PAGES_ANYWAY + keys / KEYS_A_PAGE;
}

/** A public cache has a million entries, and a few objects for each. */
const KEYS_MOST = 20_000_000;
