import { expect, test } from 'vitest';
import { prefixOverlap } from '../../src/tree/prefix-overlap.ts';

test('another spec at a prefix or below it, none beside or above it', () => {
  const overlap = prefixOverlap([
    ['a', '/s/x/a'],
    ['b', '/s/x/b/'],
    ['b', '/s/x/b'],
    ['c', '/s/x/b/c'],
    ['d', '/s/ab'],
  ]);
  const found = [
    ['a', '/s/x/a'],
    ['b', '/s/x/b'],
    ['c', '/s/x/b/c'],
    ['new', '/s/x/b/c'],
    ['new', '/s/x'],
    ['new', '/s/a'],
    ['new', '/s/x/a/below'],
    ['d', '/s/ab/'],
  ].map(([hash = '', prefix = '']) => overlap(hash, prefix));
  expect(found).toEqual([undefined, 'c', undefined, 'c', 'a', undefined, undefined, undefined]);
});
