import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prefixMatcher } from '../../src/package/relocate-matcher.ts';

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
