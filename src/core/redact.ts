/**
 * Takes credentials out of what may be a URL before it reaches a message, a log, a file or a summary. Errors are
 * redacted as they are made (errors.ts), and so are names of mirrors (mirrors/select.ts). Any other code that shows a
 * URL uses this.
 */

/**
 * The URL without user information and with the values of its query taken out (signed URLs carry their
 * secret there). Text that is no URL has anything that looks like `user:password@` removed.
 */
export function redactUrl(url: string | URL): string {
  try {
    const parsed = new URL(url);
    parsed.username = '';
    parsed.password = '';
    const names = [...new Set(parsed.searchParams.keys())];
    // A part of the query without a value may be the secret itself.
    const shown = names.map((name) =>
      parsed.searchParams.get(name) === '' ? '***' : `${encodeURIComponent(name)}=***`,
    );
    parsed.search = '';
    const query = shown.length === 0 ? '' : `?${shown.join('&')}`;
    const { hash } = parsed;
    parsed.hash = '';
    return withoutUser(parsed.href) + query + hash;
  } catch {
    return withoutUser(String(url));
  }
}

/** Text in which URLs may stand, each without its user information. Doing it twice changes nothing. */
export function redactText(text: string): string {
  if (!text.includes('@') || !text.includes('//')) return text;
  // These very words only say how to write such a URL, and are no secret.
  return text.replace(AUTHORITY, (user) => (user === 'user:password@' ? user : ''));
}

/** The passwords in a URL's user information, decoded and not. Also those in text that is no proper URL. */
export function passwordsIn(url: string): readonly string[] {
  const [user] = url.match(AUTHORITY) ?? [];
  if (user === undefined) return [];
  const colon = user.indexOf(':');
  return colon === -1 ? [] : [user.slice(colon + 1, -1)];
}

/**
 * What stands before the last `@` of an authority. An authority ends at a slash, a question mark or a number sign.
 * One exception is a password that has such a sign and is not encoded: then there is a colon before it with no port
 * behind.
 */
const AUTHORITY =
  /(?<=\/\/)(?:[^\s/?#"'<>]*@|[^\s/?#@:"'<>]*:(?!\d{0,5}(?:[/?#\s"'<>]|$))[^\s"'<>]{0,1000}@)/g;

function withoutUser(text: string): string {
  return text.replace(AUTHORITY, '');
}
