import { expect, test } from 'vitest';
import { align } from '../../../src/plan/explain/align.ts';
import { onlyCase, rolesIn } from '../../../src/plan/explain/cases.ts';
import { rootCauses } from '../../../src/plan/explain/causes.ts';
import { makePool } from '../../../src/plan/explain/pool.ts';
import { postOrder } from '../../../src/spec/graph.ts';
import type { SpecNode } from '../../../src/spec/node.ts';
import { makeNode } from '../../spec/spec-nodes.ts';

function causes(wanted: readonly SpecNode[], near: readonly SpecNode[]) {
  const nodes = new Map(wanted.map((each) => [each.hash, each]));
  const pool = makePool();
  for (const each of near) pool.add(each, 'old');
  const { pairs } = align(postOrder({ nodes }, nodes.keys()), nodes, pool);
  return rootCauses(pairs, rolesIn(wanted));
}

const hash = (from: string, i: number) =>
  from + i.toString(2).replaceAll('0', 'a').replaceAll('1', 'b').padStart(31, 'c');

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

test('a chain in which everything has changed is told in time', () => {
  const chain = (from: string, version: string) => {
    const nodes: SpecNode[] = [];
    for (let i = 0; i < 2000; i++) {
      const below = nodes.at(-1);
      const dependencies = below === undefined ? [] : ([[below, 'link']] as const);
      nodes.push(makeNode(`n${i}`, { hash: hash(from, i), dependencies, version, dict: { version } }));
    }
    return nodes;
  };
  const started = performance.now();
  const found = causes(chain('a', '2'), chain('b', '1'));
  expect(found).toHaveLength(2000);
  expect(found[0]?.drags).toHaveLength(2000);
  expect(performance.now() - started).toBeLessThan(15_000);
});
