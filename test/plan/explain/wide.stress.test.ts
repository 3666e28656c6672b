/** Lockfiles of a few megabytes that change everywhere: what is said of them is bounded. */
import { expect, test } from 'vitest';
import { rankCandidates } from '../../../src/plan/explain/align.ts';
import { ownChanges } from '../../../src/plan/explain/changes.ts';
import { pairEdges } from '../../../src/plan/explain/edges.ts';
import { makePool } from '../../../src/plan/explain/pool.ts';
import { decodeNode } from '../../../src/spec/decode-node.ts';
import { node } from '../../spec/node-fixture.ts';
import { makeNode } from '../../spec/spec-nodes.ts';
import { causes, chain, hash } from './pairs.ts';

test('what would take gigabytes to say is too much to be said', () => {
  expect(() => causes(chain('a', '2', 3_200), chain('b', '1', 3_200))).toThrow(
    expect.objectContaining({ code: 'too-large' }),
  );
});

test('so many causes that it would take minutes to compare them are too much, too', () => {
  const many = (from: string, version: string, length: number) =>
    Array.from({ length }, (_, i) =>
      makeNode(`lib${i}`, { hash: hash(from, i), dict: { version }, version }),
    );
  expect(causes(many('a', '2', 2_000), many('b', '1', 2_000))).toHaveLength(2_000);
  expect(() => causes(many('a', '2', 10_001), many('b', '1', 10_001))).toThrow(
    expect.objectContaining({ code: 'too-large' }),
  );
});

test('changes by the hundred thousand are found, too', () => {
  const many = (value: string) =>
    Object.fromEntries(Array.from({ length: 150_000 }, (_, i) => [`v${i}`, value]));
  const [one, other] = [node('wide', { parameters: many('a') }), node('wide', { parameters: many('b') })];
  const [to, from] = [one, other].map((dict) => decodeNode(dict, 5, 'test', 'node'));
  if (to === undefined || from === undefined) throw new Error('two were made');
  const lookup = () => undefined;
  const found = ownChanges(
    to,
    from,
    pairEdges(to, from, () => 1),
    { wanted: lookup, near: lookup },
  );
  expect(found).toHaveLength(150_000);
});

test('of a package in thousands of versions no more are compared than can be kept', () => {
  const many = (from: string) =>
    Array.from({ length: 4_000 }, (_, i) => makeNode('zlib', { hash: hash(from, i) }));
  const pool = makePool();
  for (const each of many('b')) pool.add(each, 'old');
  const wanted = many('a');
  const { of } = rankCandidates(wanted, new Map(wanted.map((each) => [each.hash, each])), pool);
  const compared = [...of.values()].map(({ length }) => length);
  expect(compared.every((count) => count >= 8)).toBe(true);
  expect(compared.reduce((all, count) => all + count, 0)).toBeLessThan(300_000);
});
