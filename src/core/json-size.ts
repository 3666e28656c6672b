/**
 * How much a JSON text holds, found before it is parsed: each value costs memory many times its few characters, and two
 * million of them a process its life.
 */
import { BuildcacheError } from './errors.ts';

/** In twenty-five megabytes as Spack writes them; the largest lockfile known has eighty thousand. */
export const MAX_VALUES = 1_000_000;

/**
 * Counts what opens or separates values; in texts as well, where there are few. A text shorter than the limit is within it.
 * @param source the file or redacted URL, for messages
 * @throws BuildcacheError `too-large`
 */
export function checkValues(text: string, source: string, most = MAX_VALUES): void {
  if (text.length <= most) return;
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x2c || c === 0x5b || c === 0x7b) count++; // , [ {
  }
  if (count <= most) return;
  throw new BuildcacheError('too-large', 'the JSON document holds too much', {
    file: source,
    expected: `at most ${most} values`,
    found: 'more',
  });
}
