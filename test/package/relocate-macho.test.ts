import { expect, test } from 'vitest';
import { readMachO } from '../../src/package/macho.ts';
import { relocateMachO } from '../../src/package/relocate-macho.ts';
import { prefixMatcher } from '../../src/package/relocate-matcher.ts';
import { makeFat, makeMachO } from './make-macho.ts';
import { memoryFile } from './memory-file.ts';

function relocate(before: Buffer, ...map: readonly (readonly [string, string])[]) {
  const file = memoryFile(before);
  const matcher = prefixMatcher(new Map(map));
  if (matcher === undefined) throw new Error('nothing to replace');
  const changed = relocateMachO(file, matcher);
  const images = readMachO(file);
  const paths = images?.map(({ commands }) =>
    commands.flatMap(({ path }) => (path ? [path.value.toString()] : [])),
  );
  return { changed, paths, file };
}

const PARTS = {
  id: '/opt/store/x-1/lib/libx.dylib',
  libraries: ['/opt/store/y-1/lib/liby.dylib', '/usr/lib/libSystem.B.dylib', '@rpath/libz.dylib'],
  weak: ['/opt/store/w-1/lib/libw.dylib'],
  rpaths: ['/opt/store/y-1/lib', '@loader_path'],
};

test.each([
  [32, 'little'],
  [32, 'big'],
  [64, 'little'],
  [64, 'big'],
] as const)('shorter paths take the place of the old ones (%d bits, %s endian)', (bits, endian) => {
  const before = makeMachO({ ...PARTS, bits, endian });
  const { changed, paths, file } = relocate(before, ['/opt/store/y-1', '/up/y'], ['/opt/store', '/t']);
  expect(changed).toBe(true);
  expect(paths).toEqual([
    [
      '/t/x-1/lib/libx.dylib',
      '/up/y/lib/liby.dylib',
      '/usr/lib/libSystem.B.dylib',
      '@rpath/libz.dylib',
      '/t/w-1/lib/libw.dylib',
      '/up/y/lib',
      '@loader_path',
    ],
  ]);
  expect(file.size).toBe(before.length);
  expect(file.contents.includes('/opt/store')).toBe(false);
});

test('longer ones grow into the padding, and the section stays', () => {
  const before = makeMachO({ ...PARTS, padding: 200, data: Buffer.from('the section') });
  const { paths, file } = relocate(before, ['/opt/store', '/somewhere/else/store']);
  expect(paths?.[0]).toContain('/somewhere/else/store/y-1/lib/liby.dylib');
  expect(file.contents.subarray(-11).toString()).toBe('the section');
  expect(file.size).toBe(before.length);
});

test('without the room nothing is written', () => {
  const fat = makeFat(makeMachO({ ...PARTS, padding: 500 }), makeMachO({ ...PARTS, padding: 8 }));
  const file = memoryFile(fat);
  const matcher = prefixMatcher(new Map([['/opt/store', '/somewhere/else/store']]));
  expect(() => matcher && relocateMachO(file, matcher)).toThrow(
    expect.objectContaining({ code: 'unsupported' }),
  );
  expect(file.contents.equals(fat)).toBe(true);
});

test('every architecture is changed', () => {
  const fat = makeFat(makeMachO(PARTS), makeMachO({ bits: 32, endian: 'big', rpaths: ['/opt/store/a'] }));
  const { paths } = relocate(fat, ['/opt/store', '/t']);
  expect(paths?.[0]?.[0]).toBe('/t/x-1/lib/libx.dylib');
  expect(paths?.[1]).toEqual(['/t/a']);
});

test('the longest prefix counts, whatever the order, and wherever it stands in the path', () => {
  const { paths } = relocate(makeMachO({ rpaths: ['/a/b/lib/a/b', '/a/c'] }), ['/a', '/1'], ['/a/b', '/2']);
  expect(paths).toEqual([['/2/lib/2', '/1/c']]);
});

test('two run paths do not become the same one, which dyld refuses', () => {
  const { paths } = relocate(
    makeMachO({ rpaths: ['/a/lib', '/b/lib', '/a/lib'] }),
    ['/a', '/t'],
    ['/b', '/t'],
  );
  expect(paths).toEqual([['/t/lib', '/b/lib', '/t/lib']]);
});

test('nothing to replace, nothing changed', () => {
  const before = makeMachO(PARTS);
  const { changed, file } = relocate(before, ['/other', '/t']);
  expect(changed).toBe(false);
  expect(file.contents.equals(before)).toBe(true);
  expect(relocate(Buffer.from('no Mach-O, /other'), ['/other', '/t']).changed).toBe(false);
});

test('what a file says of its size is no room where the file has none', () => {
  const fat = makeFat(makeMachO({ rpaths: ['/a'.repeat(100)], data: Buffer.alloc(0) }));
  const [size, section] = [8 + 12, 4096 + 32 + 72 + 48];
  fat.writeUInt32BE(0xfffff000, size);
  fat.writeUInt32LE(0, section); // no contents that would end the room
  const file = memoryFile(fat);
  const matcher = prefixMatcher(new Map([['/a', `/${'x'.repeat(99)}`]]));
  expect(() => matcher && relocateMachO(file, matcher)).toThrow(
    expect.objectContaining({ code: 'unsupported' }),
  );
  expect(file.contents.equals(fat)).toBe(true);
});

test.each([
  ['a path of many prefixes', makeMachO({ rpaths: ['/a'.repeat(1_000)], padding: 9_000 })],
  ['many load commands', makeFat(...Array<Buffer>(9).fill(makeMachO({ rpaths: Array(100).fill('/c') })))],
])('%s is work that counts for the whole package', (_, before) => {
  const matcher = prefixMatcher(new Map([['/a', '/b']]), 500_000);
  const relocateAll = (files: number) => {
    for (let i = 0; i < files; i++) if (matcher) relocateMachO(memoryFile(before), matcher);
  };
  relocateAll(1);
  expect(() => relocateAll(3)).toThrow(expect.objectContaining({ code: 'too-large' }));
});
