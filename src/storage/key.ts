/**
 * What a key may look like, the same for every backend, so that a hostile name in an index or a manifest can
 * neither leave a root folder nor be rewritten by a URL parser on the way to a server.
 */
import { BuildcacheError } from '../core/errors.ts';

/**
 * Refuses a key that is not a relative path of plain segments.
 * @param key attacker-controlled
 * @throws BuildcacheError `bad-input` on an empty key, an empty, `.` or `..` segment (so also on a leading,
 *   doubled or trailing slash), a NUL, or a lone surrogate (which has no UTF-8 form)
 */
export function checkKey(key: string): void {
  const fault = keyFault(key);
  if (fault !== undefined) throw badKey(key, fault);
}

/** Whether {@link checkKey} lets it pass. */
export function isKey(key: string): boolean {
  return keyFault(key) === undefined;
}

/**
 * Refuses a prefix that no key could have. A prefix may be empty, end in a slash, or stop within a segment.
 * @throws BuildcacheError `bad-input`, as {@link checkKey}
 */
export function checkPrefix(prefix: string): void {
  const fault = characterFault(prefix) ?? segmentFault(prefix.split('/').slice(0, -1));
  if (fault !== undefined) throw badKey(prefix, fault);
}

/** The key as the path of a URL: each segment percent-encoded, `+` too, which some servers read as a space. */
export function encodeKey(key: string): string {
  checkKey(key);
  return key.split('/').map(encodeURIComponent).join('/');
}

function keyFault(key: string): string | undefined {
  return key === '' ? 'it is empty' : (characterFault(key) ?? segmentFault(key.split('/')));
}

function characterFault(text: string): string | undefined {
  if (text.includes('\0')) return 'it has a NUL byte';
  if (/\p{Surrogate}/u.test(text)) return 'it is not valid Unicode';
  return undefined;
}

function segmentFault(segments: readonly string[]): string | undefined {
  for (const segment of segments) {
    if (segment === '') return 'it has an empty segment';
    if (segment === '.' || segment === '..') return `it has a "${segment}" segment`;
  }
  return undefined;
}

function badKey(key: string, fault: string): BuildcacheError {
  return new BuildcacheError('bad-input', `not a key of a build cache: ${fault}`, {
    expected: 'a relative path of non-empty segments without "." and ".."',
    found: JSON.stringify(key),
  });
}
