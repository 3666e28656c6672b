import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ByteFile } from '../../src/package/byte-file.ts';
import { readElf } from '../../src/package/elf.ts';
import { runs } from '../harness/runs.ts';
import { type ElfParts, makeElf } from './make-elf.ts';
import { memoryFile } from './memory-file.ts';

const PARTS: ElfParts = {
  interpreter: '/lib64/ld-linux.so.2',
  rpath: '/opt/a/lib:$ORIGIN',
  needed: ['libc.so.6', 'libm.so.6'],
  soname: 'libx.so.1',
};

function read(parts: ElfParts) {
  return readElf(memoryFile(makeElf(parts)));
}

describe.each([
  [32, 'little'],
  [32, 'big'],
  [64, 'little'],
  [64, 'big'],
] as const)('%d bits, %s endian', (bits, endian) => {
  test.each([2, 3])('type %d: the run path and the interpreter', (type) => {
    const elf = makeElf({ ...PARTS, bits, endian, type });
    const paths = readElf(memoryFile(elf));
    expect(paths?.interpreter?.value.toString()).toBe(PARTS.interpreter);
    expect(paths?.rpath?.value.toString()).toBe(PARTS.rpath);
    for (const stored of [paths?.interpreter, paths?.rpath]) {
      const at = stored?.at ?? -1;
      expect(elf.subarray(at, at + (stored?.value.length ?? 0))).toEqual(stored?.value);
    }
  });

  test('a library with neither', () => {
    expect(read({ bits, endian, soname: 'libx.so' })).toEqual({ rpath: undefined, interpreter: undefined });
    expect(read({ bits, endian })).toEqual({ rpath: undefined, interpreter: undefined });
  });
});

test('both kinds of run path', () => {
  for (const tag of [15, 29])
    expect(read({ rpath: '/a', rpathTags: [tag] })?.rpath?.value.toString()).toBe('/a');
});

test.each<[string, Buffer]>([
  ['an empty file', Buffer.alloc(0)],
  ['another file', Buffer.alloc(1000, '#')],
  ['a cut header', makeElf(PARTS).subarray(0, 40)],
  ['an object file', makeElf({ ...PARTS, type: 1 })],
  ['a core dump', makeElf({ ...PARTS, type: 4 })],
  ['several run paths', makeElf({ ...PARTS, rpathTags: [15, 29] })],
  ['no section headers', makeElf({ ...PARTS, sections: false })],
  ['a bad class', Buffer.from(makeElf(PARTS)).fill(3, 4, 5)],
  ['a bad byte order', Buffer.from(makeElf(PARTS)).fill(0, 5, 6)],
  ['a cut file', makeElf(PARTS).subarray(0, -100)],
])('leaves %s alone', (_, bytes) => {
  expect(readElf(memoryFile(bytes))).toBeUndefined();
});

test('names that do not end in the string table make a file malformed, as in Spack', () => {
  const elf = makeElf({ ...PARTS, bits: 64, endian: 'little' });
  // DT_NEEDED with the first string's offset.
  const needed = elf.indexOf(Buffer.from('01000000000000000100000000000000', 'hex'));
  elf.writeUInt32LE(0xffff, needed + 8);
  expect(readElf(memoryFile(elf))).toBeUndefined();
});

test('a file of gigabytes is not read for it', () => {
  const elf = makeElf({ ...PARTS, data: Buffer.alloc(1000) });
  let read = 0;
  const file: ByteFile = {
    ...memoryFile(elf),
    size: 2 ** 33,
    read(at, length) {
      read += length;
      const bytes = Buffer.alloc(length);
      elf.copy(bytes, 0, Math.min(at, elf.length));
      return bytes;
    },
  };
  expect(readElf(file)?.rpath?.value.toString()).toBe(PARTS.rpath);
  expect(read).toBeLessThan(200_000);
});

test('a dynamic section of gigabytes is not read to its end', () => {
  const elf = makeElf({ bits: 64, needed: ['a'] });
  const at = elf.indexOf(Buffer.from('01000000000000000100000000000000', 'hex'));
  // Its segment's entry, which has its size 32 bytes in.
  const segment = elf.indexOf(Buffer.from('02000000', 'hex'), 64);
  elf.writeUIntLE(2 ** 33, segment + 32, 6);
  const needed = elf.subarray(at, at + 16);
  let read = 0;
  const file: ByteFile = {
    ...memoryFile(elf),
    size: 2 ** 34,
    read(from, length) {
      read += length;
      return from < at ? elf.subarray(from, from + length) : Buffer.alloc(length, needed);
    },
  };
  expect(readElf(file)).toBeUndefined();
  expect(read).toBeGreaterThan(1_000_000);
  expect(read).toBeLessThan(32_000_000);
});

test('whatever the bytes say, an answer comes and lies in the file', () => {
  const elf = makeElf({ ...PARTS, data: Buffer.alloc(300, '/opt/a\0') });
  const edits = fc.array(fc.tuple(fc.nat(elf.length - 1), fc.constantFrom(0, 1, 2, 5, 0x7f, 0x80, 0xff)), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(edits, fc.integer({ min: 0, max: elf.length }), fc.boolean(), (changes, length, cut) => {
      const mutated = Buffer.from(elf);
      for (const [at, byte] of changes) mutated[at] = byte;
      const bytes = cut ? mutated.subarray(0, length) : mutated;
      const paths = readElf(memoryFile(bytes));
      for (const stored of [paths?.rpath, paths?.interpreter]) {
        if (stored !== undefined) expect(stored.at + stored.value.length).toBeLessThan(bytes.length);
      }
    }),
    { numRuns: runs(1000) },
  );
});
