import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BuildcacheError } from '../../src/core/errors.ts';
import { prefixMatcher } from '../../src/package/relocate-matcher.ts';
import { relocateStrings } from '../../src/package/relocate-strings.ts';
import { runs } from '../harness/runs.ts';
import { memoryFile } from './memory-file.ts';

async function relocate(
  text: string,
  ...replacements: readonly (readonly [string, string])[]
): Promise<string> {
  const matcher = prefixMatcher(new Map(replacements));
  const file = memoryFile(Buffer.from(text, 'latin1'));
  if (matcher !== undefined) await relocateStrings(file, matcher, atOnce);
  return file.contents.toString('latin1');
}

const atOnce = async () => undefined;

const SHORTER = ['/opt/store', '/t'] as const;

test.each([
  ['slashes fill the gap where the string goes on', '/opt/store/some/where\0', '/////////t/some/where\0'],
  ['also where nothing ends it', 'x/opt/store', 'x/////////t'],
  ['seven bytes before the end may stay as they are', '/opt/store1234567\0', '/////////t1234567\0'],
  ['with fewer the string is cut short', '/opt/store123456\0', '/t123456\0e123456\0'],
  ['down to none', '/opt/store\0', '/t\0t/store\0'],
  [
    'each by itself',
    '/opt/store\0/opt/store:/opt/store/lib64/x\0',
    '/t\0t/store\0/////////t://///////t/lib64/x\0',
  ],
])('%s', async (_, before, after) => {
  expect(await relocate(before, SHORTER)).toBe(after);
});

test('a common end makes cutting unnecessary', async () => {
  const before = 'x/opt/store/zlib-abcdefg\0';
  expect(await relocate(before, ['/opt/store/zlib-abcdefg', '/t/zlib-abcdefg'])).toBe(
    'x/////////t/zlib-abcdefg\0',
  );
  expect(await relocate('/opt/my-store\0', ['/opt/my-store', '/x/my-store'])).toBe('///x/my-store\0');
  expect(await relocate('/opt/store/b\0', ['/opt/store', '/x/store'])).toBe('///x/store/b\0');
});

test.each([
  ['a longer prefix', '/opt/store/lib', ['/opt/store', '/opt/store2']],
  ['one that is shorter by too little and ends differently', '/opt/store\0', ['/opt/store', '/opt/t']],
  ['one whose end differs too close to the end', '/opt/store12\0', ['/opt/store', '/opt/stora']],
] as const)('%s is refused', async (_, before, replacement) => {
  await expect(relocate(before, replacement)).rejects.toThrow(
    expect.objectContaining({ code: 'unsupported' }),
  );
});

test('a longer prefix does no harm where it is not needed', async () => {
  expect(await relocate('/opt/sto\0', ['/opt/store', '/opt/store2'])).toBe('/opt/sto\0');
});

const OLDS = ['/opt/store/zlib-abcdefg', '/opt/store', '/up'];
const NEWS = ['/t/zlib-abcdefg', '/opt/stora', '/t', '/a/store', '', '/opt/store/longer/zlib-abcdefg'];
const maps = fc
  .shuffledSubarray(OLDS, { minLength: 1 })
  .chain((olds) => fc.tuple(...olds.map((old) => fc.tuple(fc.constant(old), fc.constantFrom(...NEWS)))));
const texts = fc
  .array(fc.constantFrom(...OLDS, '\0', '\0\0', 'a', '123456', '1234567', '/', '/opt', '\xff'), {
    maxLength: 20,
  })
  .map((parts) => parts.join(''));

test('does what the regular expression does', async () => {
  await fc.assert(
    fc.asyncProperty(maps, texts, async (map, before) => {
      const expected = model(before, new Map(map));
      let found: string | undefined;
      try {
        found = await relocate(before, ...map);
      } catch (error) {
        expect(error).toBeInstanceOf(BuildcacheError);
      }
      expect(found).toBe(expected);
    }),
    { numRuns: runs(500) },
  );
});

/** The rules as FORMATS has them; `undefined` for an error. */
function model(text: string, map: ReadonlyMap<string, string>): string | undefined {
  const pattern = new RegExp(`(${[...map.keys()].join('|')})([^\\0]{0,7}\\0)?`, 'gs');
  let failed = false;
  const result = text.replace(pattern, (whole, old: string, rest: string | undefined) => {
    const now = map.get(old) ?? '';
    const shorter = old.length - now.length;
    const staying = rest === undefined ? 0 : 8 - rest.length;
    const end = (path: string) => path.slice(Math.max(0, path.length - staying));
    if (shorter >= 0 && (staying === 0 || end(old) === end(now))) {
      return '/'.repeat(shorter) + now + (rest ?? '');
    }
    if (shorter > 7) return now + rest + whole.slice(now.length + (rest?.length ?? 0));
    failed = true;
    return whole;
  });
  return failed ? undefined : result;
}

test.each([
  ['/opt/store/lib64/x\0', '/////////t/lib64/x\0'],
  ['/opt/store\0', '/t\0t/store\0'],
  // The rest of a match is part of it, also where the next piece starts in the middle of it.
  ['/opt/store/q\0', '/t/q\0store/q\0'],
])('%j is found wherever the file is read in pieces', async (before, after) => {
  const piece = 1024 * 1024;
  for (let at = piece - 32; at < piece + 32; at++) {
    const text = (middle: string) => `${'x'.repeat(at)}${middle}${'/opt/sto'.repeat(3)}/opt/store`;
    expect(
      (await relocate(text(before), SHORTER, ['/q', '/r'])) ===
        text(after).replace(/\/opt\/store$/, '/////////t'),
    ).toBe(true);
  }
});

test('there is a pause between two pieces, in which it can be stopped', async () => {
  const matcher = prefixMatcher(new Map([SHORTER]));
  const file = memoryFile(Buffer.from(`/opt/store\0${'x'.repeat(2 * 1024 * 1024)}/opt/store\0`));
  const stop = async () => Promise.reject(new Error('enough'));
  await expect(matcher && relocateStrings(file, matcher, stop)).rejects.toThrow('enough');
  expect(file.contents.subarray(-11).toString()).toBe('/opt/store\0');
});
