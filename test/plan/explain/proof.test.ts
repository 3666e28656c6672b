/** What a proof is worth: with one change less, or one too many, the hash does not come out. */
import { expect, test } from 'vitest';
import { align, type Pair } from '../../../src/plan/explain/align.ts';
import { makePool } from '../../../src/plan/explain/pool.ts';
import { prove } from '../../../src/plan/explain/proof.ts';
import { readLockfile } from '../../../src/spec/lockfile.ts';
import { edge, lockfile, node } from '../../spec/node-fixture.ts';

const oldZlib = node('zlib', { version: '1.2', namespace: 'ours' });
const newZlib = node('zlib', { version: '1.3' });
const OLD = [node('hdf5', { dependencies: [edge(oldZlib)] }), oldZlib];
const NEW = [node('hdf5', { dependencies: [edge(newZlib)] }), newZlib];

function pairOf(name: string): Pair {
  const wanted = readLockfile(lockfile(NEW), 'new');
  const pool = makePool();
  for (const each of readLockfile(lockfile(OLD), 'old').nodes.values()) pool.add(each, 'old');
  const { pairs } = align([...wanted.nodes.values()].reverse(), wanted.nodes, pool);
  const found = [...pairs.values()].find((pair) => pair.wanted.name === name);
  if (found === undefined) throw new Error(`${name} is not paired`);
  return found;
}

const proofOf = (pair: Pair) => prove([pair]).get(pair);

test('the named changes give the wanted hash, and so does what follows from them above', () => {
  expect(proofOf(pairOf('zlib'))).toEqual({ proven: true });
  expect(proofOf(pairOf('hdf5'))).toEqual({ proven: true });
});

test('with one change less it is not proven', () => {
  const pair = pairOf('zlib');
  expect(pair.changes).toHaveLength(2);
  for (const left of pair.changes) {
    const proof = proofOf({ ...pair, changes: pair.changes.filter((change) => change !== left) });
    expect(proof).toMatchObject({ proven: false, why: expect.stringMatching(/something else in zlib/) });
  }
});

test('with a change too many it is not proven', () => {
  const pair = pairOf('zlib');
  const more = {
    kind: 'other',
    name: 'x',
    from: undefined,
    to: '1',
    edits: [{ at: ['x'], value: 1 }],
  } as const;
  expect(proofOf({ ...pair, changes: [...pair.changes, more] })).toMatchObject({ proven: false });
});

test('what is above something that is not proven is not proven either', () => {
  const pair = pairOf('hdf5');
  const [[index, below] = []] = [...pair.below];
  if (index === undefined || below === undefined) throw new Error('hdf5 has nothing below it');
  const broken = { ...pair, below: new Map([[index, { ...below, changes: [] }]]) };
  expect(proofOf(broken)).toMatchObject({ proven: false, why: expect.stringMatching(/zlib/) });
});

test('a nearest spec that is not what its hash says proves nothing', () => {
  const pair = pairOf('zlib');
  const near = { ...pair.near, version: '1.0', dict: { ...pair.near.dict, version: '1.0' } };
  expect(proofOf({ ...pair, near })).toMatchObject({
    proven: false,
    why: expect.stringMatching(/stored hash of zlib.*cannot be recomputed/),
  });
});

test('nothing of a document is changed by it', () => {
  const pair = pairOf('hdf5');
  const before = JSON.stringify(pair.near.dict);
  proofOf(pair);
  expect(JSON.stringify(pair.near.dict)).toBe(before);
});
