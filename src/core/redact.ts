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
    for (const name of new Set(parsed.searchParams.keys())) parsed.searchParams.set(name, '***');
    return parsed.href.replaceAll('=%2A%2A%2A', '=***');
  } catch {
    return String(url).replace(/\/\/[^/@\s]*@/g, '//');
  }
}
