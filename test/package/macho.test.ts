import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMachO } from '../../src/package/macho.ts';
import { runs } from '../harness/runs.ts';
import { makeFat, makeMachO } from './make-macho.ts';
import { memoryFile } from './memory-file.ts';

const PARTS = {
  id: '/opt/lib/libx.dylib',
  libraries: ['/usr/lib/libSystem.B.dylib', '/opt/lib/liby.dylib'],
  weak: ['@rpath/libz.dylib'],
  rpaths: ['@loader_path/../lib', '/opt/lib'],
  padding: 40,
};

function paths(bytes: Buffer) {
  return readMachO(memoryFile(bytes))?.map(({ commands }) =>
    commands.flatMap(({ path }) => (path === undefined ? [] : [`${path.kind} ${path.value}`])),
  );
}

const EXPECTED = [
  'id /opt/lib/libx.dylib',
  'library /usr/lib/libSystem.B.dylib',
  'library /opt/lib/liby.dylib',
  'library @rpath/libz.dylib',
  'rpath @loader_path/../lib',
  'rpath /opt/lib',
];

describe.each([
  [32, 'little'],
  [32, 'big'],
  [64, 'little'],
  [64, 'big'],
] as const)('%d bits, %s endian', (bits, endian) => {
  test('the paths of the load commands and how far these can grow', () => {
    const bytes = makeMachO({ ...PARTS, bits, endian });
    expect(paths(bytes)).toEqual([EXPECTED]);
    const [image] = readMachO(memoryFile(bytes)) ?? [];
    const size = image?.commands.reduce((sum, command) => sum + command.bytes.length, 0);
    expect(image?.room).toBe((size ?? 0) + 40);
  });
});

test('a universal file has one of these for each architecture', () => {
  const fat = makeFat(makeMachO(PARTS), makeMachO({ bits: 32, endian: 'big', rpaths: ['/a'] }));
  expect(paths(fat)).toEqual([EXPECTED, ['rpath /a']]);
});

test.each<[string, Buffer]>([
  ['an empty file', Buffer.alloc(0)],
  ['another file', Buffer.alloc(100, '#')],
  ['a Java class', Buffer.from('cafebabe00000034000000000000', 'hex')],
  [
    'a universal file with something else in it',
    makeFat(makeMachO(PARTS), Buffer.from('!<arch>\n'.repeat(8))),
  ],
  ['a cut one', makeMachO(PARTS).subarray(0, 200)],
  ['a universal file that says too much', makeFat(makeMachO(PARTS)).fill(9, 7, 8).subarray(0, 100)],
])('leaves %s alone', (_, bytes) => {
  expect(readMachO(memoryFile(bytes))).toBeUndefined();
});

test.each([
  ['many', 8, 200_000],
  ['long', 2 * 1024 * 1024, 1],
])('load commands that are too %s are those of no real file', (_, length, count) => {
  const commands = Buffer.alloc(32 + count * length);
  commands.writeUInt32BE(0xcffaedfe);
  commands.writeUInt32LE(count, 16);
  commands.writeUInt32LE(count * length, 20);
  for (let at = 32; at < commands.length; at += length) commands.writeUInt32LE(length, at + 4);
  expect(readMachO(memoryFile(commands))).toBeUndefined();
});

test('whatever the bytes say, an answer comes', () => {
  const bytes = makeFat(makeMachO(PARTS), makeMachO({ ...PARTS, endian: 'big' }));
  const interesting = fc.oneof(fc.nat(60), fc.integer({ min: 4096, max: 4700 }), fc.nat(bytes.length - 1));
  const edits = fc.array(fc.tuple(interesting, fc.constantFrom(0, 1, 8, 0x19, 0x7f, 0x80, 0xff)), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(edits, (changes) => {
      const mutated = Buffer.from(bytes);
      for (const [at, byte] of changes) mutated[at] = byte;
      for (const { commands } of readMachO(memoryFile(mutated)) ?? []) {
        for (const { bytes: command, path } of commands) {
          if (path !== undefined) expect(path.at + path.value.length).toBeLessThanOrEqual(command.length);
        }
      }
    }),
    { numRuns: runs(1000) },
  );
});
