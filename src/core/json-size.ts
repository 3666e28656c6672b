/**
 * How much a JSON text holds, found before it is parsed. A value of a few characters costs many times as much memory,
 * and two million values can kill a process.
 */
import { BuildcacheError } from './errors.ts';

/** As many as in twenty-five megabytes of Spack's. The largest lockfile known has eighty thousand. */
export const MAX_VALUES = 1_000_000;

/**
 * Parses what a server has answered. Its values, many of which fit into few bytes, cost many times as much memory.
 * @param source the redacted URL, for messages
 * @throws SyntaxError for what is no JSON; BuildcacheError `too-large`
 */
export function parseAnswer(bytes: Buffer, source: string, most = MAX_VALUES): unknown {
  const text = bytes.toString('utf8');
  checkValues(text, source, most);
  return JSON.parse(text);
}

/**
 * Counts the characters that open or separate values. Those within strings count too, but are few. A text shorter
 * than the limit is within it.
 * @param source the file or redacted URL, for messages
 * @throws BuildcacheError `too-large`
 */
export function checkValues(text: string, source: string, most = MAX_VALUES): void {
  if (!hasTooMuch(text, most)) return;
  throw new BuildcacheError('too-large', 'the JSON document holds too much', {
    file: source,
    expected: `at most ${most} values`,
    found: 'more',
  });
}

/** Whether {@link checkValues} refuses the text. */
export function hasTooMuch(text: string, most = MAX_VALUES): boolean {
  if (text.length <= most) return false;
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x2c || c === 0x5b || c === 0x7b) count++; // , [ {
  }
  return count > most;
}
