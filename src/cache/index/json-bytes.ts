/**
 * JSON's own grammar, on bytes. What skips something takes the place where it begins, and returns the place after its
 * end, or -1 where it is none, or does not end here.
 */

export const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const POINT = 0x2e;

/** The rest of a string. @param start after its quote @param mayEscape whether it may have escapes */
export function skipString(bytes: Buffer, start: number, mayEscape: boolean): number {
  const { length } = bytes;
  for (let at = start; at < length; at++) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) {
      if (!mayEscape) return -1;
      const escaped = bytes[++at] ?? 0;
      if (escaped === 0x75) {
        if (!/^[0-9a-f]{4}$/i.test(bytes.toString('latin1', at + 1, at + 5))) return -1;
        at += 4;
      } else if (!ESCAPED.includes(escaped)) return -1;
    } else if (byte < 0x20) return -1;
  }
  return -1;
}

/** Whether there may be space: {@link skipSpace} knows. It saves a call where there is none. */
export function isSpace(byte: number | undefined): boolean {
  return byte !== undefined && byte <= 0x20;
}

const ESCAPED = Buffer.from('"\\/bfnrt');

const WORDS = ['true', 'false', 'null'].map((word) => Buffer.from(word));

export function skipWordOrNumber(bytes: Buffer, start: number): number {
  for (const word of WORDS) {
    if (bytes[start] === word[0])
      return isWord(bytes, start, start + word.length, word) ? start + word.length : -1;
  }
  let at = bytes[start] === MINUS ? start + 1 : start;
  const whole = at;
  at = skipDigits(bytes, at);
  if (at === whole || (bytes[whole] === 0x30 && at > whole + 1)) return -1;
  if (bytes[at] === POINT) {
    const fraction = at + 1;
    at = skipDigits(bytes, fraction);
    if (at === fraction) return -1;
  }
  if (((bytes[at] ?? 0) | 0x20) === 0x65) {
    const sign = bytes[at + 1];
    const exponent = sign === MINUS || sign === 0x2b ? at + 2 : at + 1;
    at = skipDigits(bytes, exponent);
    if (at === exponent) return -1;
  }
  return at < bytes.length ? at : -1;
}

function skipDigits(bytes: Buffer, start: number): number {
  let at = start;
  for (let byte = bytes[at] ?? 0; byte >= 0x30 && byte <= 0x39; byte = bytes[at] ?? 0) at++;
  return at;
}

export function skipSpace(bytes: Buffer, start: number): number {
  let at = start;
  for (
    let byte = bytes[at];
    byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
    byte = bytes[at]
  )
    at++;
  return at;
}

/** Whether this word stands between the two places. */
export function isWord(bytes: Buffer, from: number, to: number, word: Buffer): boolean {
  if (to - from !== word.length) return false;
  for (let i = 0; i < word.length; i++) if (bytes[from + i] !== word[i]) return false;
  return true;
}
