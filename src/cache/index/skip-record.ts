/**
 * Finds the end of a record that nobody asks for. Most records of a large index are such, so this is what a question
 * to one costs: a loop with few branches goes through a gigabyte a second.
 *
 * As in scan.ts, only the nesting is looked at. What is not beyond doubt is left to the scanner.
 */

/**
 * @param start where the record's `{` is
 * @returns the place after its last byte; -1 where its end is not there yet, its brackets do not match, or it is nested
 *   deeper than any record of Spack's
 */
export function skipRecord(bytes: Uint8Array, start: number): number {
  const { length } = bytes;
  let depth = 0;
  for (let at = start; at < length; at++) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) {
      for (at++; at < length && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
    } else if (byte >= OPEN_LIST) {
      const kind = byte | 0x20; // makes the brackets of lists those of objects
      if (kind === OPEN_OBJECT) {
        if (depth === MOST) return -1;
        closing[depth++] = byte + 2;
      } else if (kind === CLOSE_OBJECT) {
        if (closing[--depth] !== byte) return -1;
        if (depth === 0) return at + 1;
      }
    }
  }
  return -1;
}

const MOST = 64;

/** The brackets that close what is open, outermost first. */
const closing = new Uint8Array(MOST);

const QUOTE = 0x22;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
