/** Takes credentials out of URLs before they reach a message, a log or a summary. */

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
    // A part without a value may be the secret itself.
    const shown = names.map((name) =>
      parsed.searchParams.get(name) === '' ? '***' : `${encodeURIComponent(name)}=***`,
    );
    parsed.search = '';
    const query = shown.length === 0 ? '' : `?${shown.join('&')}`;
    const { hash } = parsed;
    parsed.hash = '';
    return parsed.href + query + hash;
  } catch {
    return String(url).replace(/\/\/[^/@\s]*@/g, '//');
  }
}
