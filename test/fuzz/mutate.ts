/** Bytes like some that are sound, and not quite; the same for the same seed. */

/** Numbers from 0 up to, and not including, 1 (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const WORDS = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '"',
    ',',
    ':',
    'null',
    'true',
    '-1',
    '1e999',
    '1.0',
    '""',
    '{}',
    '[]',
    '\0',
    '\n',
    '\r\n',
  ],
  ...[
    '__proto__',
    'constructor',
    '"hash":',
    '../',
    '/',
    '\\u0000',
    '\\ud800',
    '&a ',
    '*a',
    '- ',
    '|\n',
    '<<: ',
    '!!js ',
  ],
  ...[
    '\x7fELF',
    '\xcf\xfa\xed\xfe',
    '\xff\xff\xff\xff',
    '\x00\x00\x00\x00',
    '99999999999999999999',
    '-----BEGIN PGP ',
  ],
].map((word) => Buffer.from(word, 'latin1'));

/** @param others to take pieces of */
export function mutated(sound: Buffer, others: readonly Buffer[], random: () => number): Buffer {
  let bytes = Buffer.from(sound);
  const below = (most: number) => Math.floor(random() * most);
  const cut = (from: Buffer) => {
    const start = below(from.length + 1);
    return from.subarray(start, start + below(Math.min(from.length - start, 512) + 1));
  };
  for (let changes = 1 + below(6); changes > 0; changes--) {
    const at = below(bytes.length + 1);
    const put = (piece: Buffer, over = 0) => {
      bytes = Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + over)]);
    };
    switch (below(9)) {
      case 0:
        if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
        break;
      case 1:
        if (at < bytes.length) bytes[at] = below(256);
        break;
      case 2:
        put(WORDS[below(WORDS.length)] as Buffer, below(2) * 8);
        break;
      case 3:
        put(Buffer.alloc(0), below(64));
        break;
      case 4:
        put(cut(bytes));
        break;
      case 5:
        put(cut(others[below(others.length)] ?? bytes), below(64));
        break;
      case 6:
        bytes = bytes.subarray(0, at);
        break;
      case 7: {
        const piece = cut(bytes).subarray(0, 64);
        put(Buffer.concat(Array.from({ length: below(2000) }, () => piece)));
        break;
      }
      default:
        if (at + 8 <= bytes.length) bytes.writeBigUInt64LE(BigInt.asUintN(64, BigInt(below(3) - 1)), at);
    }
  }
  return bytes;
}
