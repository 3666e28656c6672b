import { expect, test } from 'vitest';
import { mergeScopes } from '../../src/environment/merge-sections.ts';

test.each([
  ['none', [], undefined],
  ['maps, the higher keys first', [{ a: 1 }, { b: 2, a: 3 }], { a: 1, b: 2 }],
  ['lists, each item once', [['a'], ['b', 'a'], ['c']], ['a', 'b', 'c']],
  ['null is a value', [{ a: null }, { a: 1 }], { a: null }],
  ['another kind replaces', [{ a: 'x' }, { a: { b: 1 } }], { a: 'x' }],
  ['a mark replaces', [{ 'a:': ['x'] }, { a: ['y'] }], { 'a:': ['x'] }],
  [
    'a range of versions is no mark',
    [{ 'a@1:': { x: 1 } }, { 'a@1:': { y: 2 }, 'a@1': 3 }],
    {
      'a@1:': { x: 1, y: 2 },
      'a@1': 3,
    },
  ],
  // What is between decides about what is below it, whatever is above.
  ['a mark between', [{ a: ['x'] }, { 'a:': ['y'] }, { a: ['z'] }], { 'a:': ['x', 'y'] }],
  ['another kind between', [{ a: { b: 1 } }, { a: 'x' }, { a: { c: 1 } }], { a: { b: 1 } }],
])('%s', (_, scopes, merged) => {
  expect(mergeScopes(scopes)).toEqual(merged);
  expect(JSON.stringify(mergeScopes(scopes))).toBe(JSON.stringify(merged));
});
