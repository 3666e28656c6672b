import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prefixMatcher } from '../../src/package/relocate-matcher.ts';
import { cpuOf } from '../harness/cpu.ts';

const path = fc
  .array(fc.constantFrom('/', 'a', 'b', 'store', 'store2', 'long-component'), { minLength: 1, maxLength: 5 })
  .map((parts) => `/${parts.join('')}`);

test('nothing to replace makes no matcher', () => {
  expect(prefixMatcher(new Map())).toBeUndefined();
  expect(prefixMatcher(new Map([['/same', '/same']]))).toBeUndefined();
});

test('the first prefix in the order of the map that stands at a place', () => {
  const matcher = prefixMatcher(
    new Map([
      ['/opt/a', '1'],
      ['/opt/abc', '2'],
      ['/opt', '3'],
    ]),
  );
  const at = (text: string) => matcher?.matchAt(Buffer.from(text), 0)?.new.toString();
  expect([at('/opt/abc'), at('/opt/b'), at('/op'), at('x/opt')]).toEqual(['1', '3', undefined, undefined]);
});

test('finds what a regular expression of alternatives finds', () => {
  const bytes = fc
    .array(fc.oneof(path, fc.constantFrom('', ' ', '\0', 'x', '/stor')), { maxLength: 12 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 8 }), bytes, (olds, text) => {
      const matcher = prefixMatcher(new Map(olds.map((old) => [old, ''])));
      const search = matcher?.searcher(Buffer.from(text));
      const pattern = new RegExp(olds.join('|'), 'g');
      for (let from = 0; from <= text.length; ) {
        pattern.lastIndex = from;
        const expected = pattern.exec(text);
        const found = search?.(from);
        expect(found?.at).toBe(expected?.index);
        expect(found?.replacement.old.toString()).toBe(expected?.[0]);
        if (expected === null || found === undefined) break;
        from = found.at + found.replacement.old.length;
      }
    }),
  );
});

const REPEATED = '/a'.repeat(2000);

test.each([
  ['two old paths, one the beginning of the other', ['/a', `${REPEATED}/b`]],
  ['a long one that is nearly there everywhere', ['/a/a/axb', '/a/a/ayc', '/a/a/azd', `${REPEATED}/b`]],
])('a file that repeats what old paths begin with is refused before it takes hours: %s', (_, olds) => {
  const search = prefixMatcher(new Map(olds.map((old) => [old, '/new'])))?.searcher(
    Buffer.from(`/${'/a'.repeat(1_000_000)}`),
  );
  const seconds = cpuOf(() => {
    expect(() => {
      for (let match = search?.(0); match !== undefined; match = search?.(match.at + 1));
    }).toThrow(expect.objectContaining({ code: 'too-large' }));
  });
  expect(seconds).toBeLessThan(5); // it would take half a minute
});

test('a long old path that is not there is looked for in no time, whatever the file repeats', () => {
  const file = Buffer.from('/a'.repeat(4_000_000));
  const matcher = prefixMatcher(new Map([[`/b${REPEATED}`, '/new']]));
  const seconds = cpuOf(() => expect(matcher?.searcher(file)(0)).toBeUndefined());
  // Without a bound on what the platform's search compares it takes seconds.
  expect(seconds).toBeLessThan(1);
});

test('a padded root, which repeats itself, is looked for as before', () => {
  const root = '/__spack_path_placeholder__'.repeat(18);
  const matcher = prefixMatcher(
    new Map([
      [`${root}/zlib`, '/up'],
      [root, '/t'],
    ]),
  );
  const text = Buffer.from(`file:/${root}/zlib\n`.repeat(2000));
  const search = matcher?.searcher(text);
  let found = 0;
  for (let match = search?.(0); match !== undefined; match = search?.(match.at + 1)) found++;
  expect(found).toBe(2000);
});

/** A tenth of what a package may take, so that the test is as much faster. */
const SOME = (4 * 1024 ** 3) / 10;

/** @returns how many matches there are */
function searchAll(matcher: ReturnType<typeof prefixMatcher>, piece: Buffer): number {
  const search = matcher?.searcher(piece);
  let count = 0;
  for (let match = search?.(0); match !== undefined; match = search?.(match.at + 1)) count++;
  return count;
}

test.each([
  ['repeats what old paths begin with', ['/a/a/axb', '/a/a/ayc', '/a/a/azd', '/a/a/awe'], '/a/a/ax/a/a/a \n'],
  ['has an old path in each line', ['/opt/store'], 'x=/opt/store/y\n'],
])('a package of gigabytes that %s is refused before it takes minutes', (_, olds, line) => {
  const matcher = prefixMatcher(new Map(olds.map((old) => [old, '/new'])), SOME);
  const piece = Buffer.from(line.repeat(20_000));
  const pieces = Math.ceil(SOME / piece.length);
  let searched = 0;
  const seconds = cpuOf(() => {
    expect(() => {
      for (; searched < pieces; searched++) searchAll(matcher, piece);
    }).toThrow(expect.objectContaining({ code: 'too-large' }));
  });
  expect(seconds).toBeLessThan(4);
  // In all it may have ten million paths, as no real package has.
  expect(searched * 20_000).toBeGreaterThan(1_000_000);
});

test('a large package may take more than a small one', () => {
  const matcher = prefixMatcher(new Map([['/opt/store', '/new']]), SOME);
  const piece = Buffer.from(`x=/opt/store/y\n${'-'.repeat(300)}\n`.repeat(50_000));
  for (let i = 0; i < 40; i++) expect(searchAll(matcher, piece)).toBe(50_000);
});

test('ten thousand old paths, as long as can be, take neither time nor memory', () => {
  const olds = Array.from({ length: 10_000 }, (_, i) => `/${i}/${'x'.repeat(4000)}`);
  const before = process.memoryUsage().heapUsed;
  let matcher: ReturnType<typeof prefixMatcher>;
  const seconds = cpuOf(() => {
    matcher = prefixMatcher(new Map(olds.map((old) => [old, '/new'])));
    const search = matcher?.searcher(Buffer.from('/77/xxx '.repeat(1_000_000)));
    expect(search?.(0)).toBeUndefined();
  });
  expect(seconds).toBeLessThan(5);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(200_000_000);
  expect(matcher?.matchAt(Buffer.from(`${olds[77]}y`), 0)?.old.toString()).toBe(olds[77]);
});

test('whatever has nothing in common is found in a few passes', () => {
  const olds = Array.from({ length: 300 }, (_, i) => `/${i.toString(36)}/p${i}`);
  const matcher = prefixMatcher(new Map(olds.map((old) => [old, '/new'])));
  for (const old of olds) {
    expect(
      matcher
        ?.searcher(Buffer.from(`at ${old}/x`))(0)
        ?.replacement.old.toString(),
    ).toBe(old);
  }
  const seconds = cpuOf(() => {
    expect(matcher?.searcher(Buffer.alloc(512 * 1024 * 1024, 'x'))(0)).toBeUndefined();
  });
  // A pass for each would take a minute.
  expect(seconds).toBeLessThan(15);
});
