/** Lists that come page by page, with the next one in a header (RFC 8288). */
import { BuildcacheError } from '../../core/errors.ts';
import { redactUrl } from '../../core/redact.ts';
import type { HttpResponse } from '../http/client.ts';

/**
 * Where the list goes on, if it does. What the caller may ask there is for the caller to say.
 * @param url of the answer
 * @returns undefined after the last page; `nowhere` for what is no URL
 * @throws BuildcacheError `protocol` for a link that cannot be understood: what is on the pages after it must not be taken
 *   for absent
 */
export function nextLink({ headers }: Pick<HttpResponse, 'headers'>, url: URL): URL | 'nowhere' | undefined {
  const link = headers.get('link') ?? '';
  const target = NEXT.exec(link)?.[1];
  if (target !== undefined) return URL.canParse(target, url.href) ? new URL(target, url.href) : 'nowhere';
  if (!SAYS_NEXT.test(link)) return undefined;
  throw new BuildcacheError('protocol', 'the list continues in a way that is not understood', {
    url: redactUrl(url),
    expected: 'a header Link: <…>; rel="next"',
  });
}

const NEXT = /<([^<>]*)>[^,<]*;\s*rel="?next"?(?=\s*(?:[;,]|$))/i;

/** However it is written: among other words, behind a parameter with a comma, in other quotes. */
const SAYS_NEXT = /\brel\s{0,9}=\s{0,9}["']?[^"',;]{0,99}\bnext\b/i;
