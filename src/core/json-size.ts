/**
 * How much a JSON text holds, found before it is parsed. A value of a few characters costs many times as much memory,
 * and two million values can kill a process.
 */
import { BuildcacheError } from './errors.ts';

/** As many as in twenty-five megabytes of Spack's. The largest lockfile known has eighty thousand. */
export const MAX_VALUES = 1_000_000;

/**
 * Counts the characters that open or separate values. Those within strings count too, but are few. A text shorter
 * than the limit is within it.
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
