import { TextDecoder } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileClassifier, type Relocatable } from '../../src/package/file-class.ts';
import { prefixScanner } from '../../src/package/prefix-scan.ts';
import { runs } from '../harness/runs.ts';

const SCANNER = prefixScanner(['/opt/store']);

describe('FileClassifier', () => {
  it.each<[string, string, Relocatable]>([
    ['ELF', '\x7fELF\x02\x01\x01\x00', 'binary'],
    ['Mach-O, 64 bits', '\xcf\xfa\xed\xfe....', 'binary'],
    ['Mach-O, 64 bits, the other way round', '\xfe\xed\xfa\xcf....', 'binary'],
    ['Mach-O, 32 bits', '\xce\xfa\xed\xfe....', 'binary'],
    ['Mach-O, 32 bits, the other way round', '\xfe\xed\xfa\xce....', 'binary'],
    ['a universal binary of nine slices', '\xca\xfe\xba\xbe\x00\x00\x00\x09', 'binary'],
    ['a class file of Java', '\xca\xfe\xba\xbe\x00\x00\x00\x34/opt/store', undefined],
    ['a universal binary, the other way round', '\xbe\xba\xfe\xca\x02\x00\x00\x00', 'binary'],
    ['ten slices', '\xbe\xba\xfe\xca\x0a\x00\x00\x00/opt/store', undefined],
    ['ELF of seven bytes', '\x7fELF\x02\x01\x01', undefined],
    ['ELF magic later on', ' \x7fELF /opt/store', 'text'],
    ['text', 'x=/opt/store\n', 'text'],
    ['text without the prefix', 'x=/opt/other\n', undefined],
    ['UTF-8 with NULs', 'x=/opt/store\0\xc3\xa9\0', 'text'],
    ['ISO-8859-1', 'caf\xe9 /opt/store\n', 'text'],
    ['ISO-8859-1 with a NUL', 'caf\xe9 /opt/store\0', undefined],
    ['ISO-8859-1 with a DEL', 'caf\xe9 /opt/store\x7f', undefined],
    ['ISO-8859-1 with a C1 control', 'caf\xe9 /opt/store\x9f', undefined],
    ['ISO-8859-1 with a tab and an escape', 'caf\xe9 /opt/store\t\x1b', 'text'],
    ['a UTF-8 sequence cut short by the end', '/opt/store \xc3', 'text'], // as ISO-8859-1
    ['the same with a NUL', '/opt/store \0\xc3', undefined],
    ['an encoded surrogate', '/opt/store \0\xed\xa0\x80', undefined],
    ['empty', '', undefined],
    ['under eight bytes', '/o\n', undefined],
  ])('%s', (_what, text, expected) => {
    expect(classOf(Buffer.from(text, 'latin1'), [])).toBe(expected);
  });

  it('does not depend on how the file is cut', () => {
    const piece = fc
      .constantFrom('\x7fELF', 'é', '😀', '/opt/store', ' ', '/opt', '/store', 'abcdefgh')
      .map((text) => Buffer.from(text));
    const byte = fc
      .constantFrom(0, 0x7f, 0x85, 0xa9, 0xc3, 0xe2, 0xe9, 0xf0, 0xff)
      .map((code) => Buffer.from([code]));
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 5, arbitrary: piece }, { weight: 1, arbitrary: byte }), {
          maxLength: 12,
        }),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 20 }),
        (pieces, cuts) => {
          const bytes = Buffer.concat(pieces);
          expect(classOf(bytes, cuts)).toBe(reference(bytes));
        },
      ),
      { numRuns: runs(3000) },
    );
  });
});

function classOf(bytes: Buffer, cuts: readonly number[]): Relocatable {
  const classifier = new FileClassifier(SCANNER);
  let at = 0;
  for (const cut of cuts) {
    // A copy that is wiped, as blocks are filled again: nothing of a chunk may be kept.
    const chunk = Buffer.from(bytes.subarray(at, at + cut));
    classifier.push(chunk);
    chunk.fill(0xff);
    at += cut;
  }
  classifier.push(bytes.subarray(at));
  return classifier.end();
}

function reference(bytes: Buffer): Relocatable {
  if (bytes.length < 8) return undefined;
  const latin1 = bytes.toString('latin1');
  if (latin1.startsWith('\x7fELF')) return 'binary';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells text from data
  if (!isUtf8(bytes) && /[\x00\x7f-\x9f]/.test(latin1)) return undefined;
  return /(?<![\w\-/])[\w-]*?\/opt\/store/.test(latin1) ? 'text' : undefined;
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
