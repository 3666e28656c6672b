import { expect, test } from 'vitest';
import { onlyCase } from '../../../src/plan/explain/cases.ts';
import { makeNode } from '../../spec/spec-nodes.ts';
import { causes, chain, hash } from './pairs.ts';

/** `version` of each of these packages, and one that needs them all but the last. */
function stack(from: string, version: string) {
  const libs = [0, 1, 2].map((i) => makeNode(`lib${i}`, { hash: hash(from, i), dict: { version }, version }));
  const [first, second] = libs;
  if (first === undefined || second === undefined) throw new Error('three were made');
  const dependencies = [[first, 'link'] as const, [second, 'link'] as const];
  return [...libs, makeNode('app', { hash: hash(from, 9), dependencies })];
}

test('each spec is counted once, with the cause that drags most', () => {
  const found = causes(stack('a', '2'), stack('b', '1'));
  expect(found.map(({ pairs, drags, counted }) => [pairs[0]?.wanted.name, drags.length, counted])).toEqual([
    ['lib0', 2, 2],
    ['lib1', 2, 1],
    ['lib2', 1, 1],
  ]);
  expect(found.reduce((sum, { counted }) => sum + counted, 0)).toBe(4);
});

test('two specs of which nothing can be seen to differ are said so', () => {
  const found = causes(
    [makeNode('zlib', { hash: hash('a', 1) })],
    [makeNode('zlib', { hash: hash('b', 1) })],
  );
  expect(found).toMatchObject([{ case: 'unseen', changes: [], counted: 1 }]);
});

test.each([
  [['recipe', 'recipe'], 'recipe'],
  [['recipe', 'target'], undefined],
  [['change'], undefined],
  [[], undefined],
] as const)('of the cases %j all are %s', (cases, only) => {
  expect(onlyCase(cases.map((each) => ({ case: each })))).toBe(only);
});

test('each of a long chain of changes drags all that come after', () => {
  const found = causes(chain('a', '2', 200), chain('b', '1', 200));
  expect(found.map(({ drags }) => drags.length)).toEqual(Array.from({ length: 200 }, (_, i) => 200 - i));
});
