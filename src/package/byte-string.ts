/**
 * File names and paths as what they are on POSIX, bytes, in a form that splits, joins, compares and keys a map
 * like a string: one character from U+0000 to U+00FF a byte. Names in archives need not be UTF-8.
 */
export type ByteString = string;

/** The bytes as characters. */
export function byteString(bytes: Buffer): ByteString {
  return bytes.toString('latin1');
}

/**
 * Text as UTF-8 bytes. A lone surrogate U+DC80 to U+DCFF is the byte 0x80 to 0xFF: that is how Python, and so
 * the build info, writes a name that is not UTF-8 (PEP 383).
 */
export function byteStringOf(text: string): ByteString {
  if (isAscii(text)) return text;
  let out = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xdc80 && code <= 0xdcff) out += String.fromCharCode(code - 0xdc00);
    else out += Buffer.from(character, 'utf8').toString('latin1');
  }
  return out;
}

export function bytesOf(bytes: ByteString): Buffer {
  return Buffer.from(bytes, 'latin1');
}

/** What `node:fs` takes for this path. */
export function fsPath(path: ByteString): string | Buffer {
  return isAscii(path) ? path : bytesOf(path);
}

/**
 * For messages: the bytes read as UTF-8, with U+FFFD in place of what is not UTF-8. The caller that prints it escapes
 * control characters.
 */
export function printable(bytes: ByteString): string {
  return isAscii(bytes) ? bytes : bytesOf(bytes).toString('utf8');
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII, controls included
  return /^[\x00-\x7f]*$/.test(text);
}
