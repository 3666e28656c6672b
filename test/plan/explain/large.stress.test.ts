/** Environments larger than any real one. */
import { expect, test } from 'vitest';
import { pairsBelow } from '../../../src/plan/explain/align.ts';
import type { SpecNode } from '../../../src/spec/node.ts';
import { cpuOf } from '../../harness/cpu.ts';
import { makeNode } from '../../spec/spec-nodes.ts';
import { causes, hash, nearest } from './pairs.ts';

/** @param version of the spec with this number */
function chain(length: number, from: string, version: (i: number) => string): SpecNode[] {
  const nodes: SpecNode[] = [];
  for (let i = 0; i < length; i++) {
    const below = nodes.at(-1);
    const dependencies = below === undefined ? [] : ([[below, 'link']] as const);
    const is = version(i);
    nodes.push(makeNode(`n${i}`, { hash: hash(from, i), dependencies, version: is, dict: { version: is } }));
  }
  return nodes;
}

test('a chain deeper than the call stack, and a package in thousands of versions', () => {
  const ours = chain(20_000, 'a', (i) => (i === 0 ? '2' : '1'));
  const { pairs } = nearest(
    ours,
    chain(20_000, 'b', () => '1'),
  );
  expect(pairs.size).toBe(20_000);
  expect(pairsBelow(pairs.values())).toHaveLength(20_000);
  const many = (from: string) =>
    Array.from({ length: 3000 }, (_, i) => makeNode('zlib', { version: String(i), hash: hash(from, i) }));
  expect(nearest(many('a'), many('b')).pairs.size).toBe(3000);
});

test('a chain in which everything has changed is told in time', () => {
  const seconds = cpuOf(() => {
    const found = causes(
      chain(2000, 'a', () => '2'),
      chain(2000, 'b', () => '1'),
    );
    expect(found).toHaveLength(2000);
    expect(found[0]?.drags).toHaveLength(2000);
  });
  expect(seconds).toBeLessThan(15);
});
