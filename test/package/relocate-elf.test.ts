import { expect, test } from 'vitest';
import { readElf } from '../../src/package/elf.ts';
import { relocateElf } from '../../src/package/relocate-elf.ts';
import { prefixMatcher } from '../../src/package/relocate-matcher.ts';
import { type ElfParts, makeElf } from './make-elf.ts';
import { memoryFile } from './memory-file.ts';

const SHORTER = ['/opt/store', '/t'] as const;

function relocate(parts: ElfParts, ...map: readonly (readonly [string, string])[]) {
  const before = makeElf(parts);
  const file = memoryFile(before);
  const matcher = prefixMatcher(new Map(map));
  const result = matcher === undefined ? undefined : relocateElf(file, matcher);
  const paths = readElf(file);
  return {
    result,
    unchanged: file.contents.equals(before),
    rpath: paths?.rpath?.value.toString(),
    interpreter: paths?.interpreter?.value.toString(),
    file,
  };
}

test('replaces what entries of the run path and the interpreter begin with', () => {
  const parts = { rpath: '/opt/store/a/lib:$ORIGIN:/usr/opt/store', interpreter: '/opt/store/ld.so' };
  const { result, rpath, interpreter } = relocate(parts, SHORTER);
  expect(result).toEqual({ kind: 'patched' });
  expect(rpath).toBe('/t/a/lib:$ORIGIN:/usr/opt/store');
  expect(interpreter).toBe('/t/ld.so');
});

test('fills what is left of the old strings with NULs', () => {
  const { file } = relocate({ rpath: '/opt/store/a:/opt/store/b' }, SHORTER);
  const at = file.contents.indexOf('/t/a');
  expect(file.contents.toString('latin1', at, at + 26)).toBe(`/t/a:/t/b${'\0'.repeat(17)}`);
});

test('empty entries make room', () => {
  const { result, rpath } = relocate({ rpath: ':/a/lib::/b:::' }, ['/a', '/longer']);
  expect(result).toEqual({ kind: 'patched' });
  expect(rpath).toBe('/longer/lib:/b');
});

test('but stay where nothing is to be replaced', () => {
  expect(relocate({ rpath: '/b::' }, SHORTER)).toMatchObject({
    result: { kind: 'unchanged' },
    unchanged: true,
  });
});

test.each<[string, ElfParts]>([
  ['the run path', { rpath: '/a/lib', interpreter: '/b/ld.so' }],
  ['the interpreter', { rpath: '/b/lib', interpreter: '/a/ld.so' }],
])('where %s does not fit nothing is written', (_, parts) => {
  const { result, unchanged } = relocate(parts, ['/a', '/opt'], ['/b', '/c']);
  expect(unchanged).toBe(true);
  expect(result).toMatchObject({ kind: 'too-long' });
});

test('what patchelf is to set, and only that', () => {
  const { result } = relocate({ rpath: '/a/x:/z', interpreter: '/lib/ld.so' }, ['/a', '/longer']);
  expect(result).toEqual({ kind: 'too-long', rpath: Buffer.from('/longer/x:/z'), interpreter: undefined });
  const other = relocate({ rpath: '/z', interpreter: '/a/ld.so' }, ['/a', '/longer']);
  expect(other.result).toEqual({
    kind: 'too-long',
    rpath: undefined,
    interpreter: Buffer.from('/longer/ld.so'),
  });
});

test('files that Spack leaves alone stay as they are', () => {
  for (const parts of [{ type: 1 }, { rpathTags: [15, 29] }, { sections: false }]) {
    const { result, unchanged } = relocate({ rpath: '/opt/store/lib', ...parts }, SHORTER);
    expect({ result, unchanged }).toEqual({ result: { kind: 'unchanged' }, unchanged: true });
  }
});

test('a run path of many prefixes is work that counts for the whole package', () => {
  const matcher = prefixMatcher(new Map([['/old', '/new']]), 500_000);
  const before = makeElf({ rpath: Array(1_000).fill('/old').join(':') });
  const relocateAll = (files: number) => {
    for (let i = 0; i < files; i++) if (matcher) relocateElf(memoryFile(before), matcher);
  };
  relocateAll(1);
  expect(() => relocateAll(1)).toThrow(expect.objectContaining({ code: 'too-large' }));
});
