import { expect, test } from 'vitest';
import { ownDistance } from '../../../src/plan/explain/nearness.ts';
import type { SpecNode } from '../../../src/spec/node.ts';
import { makeNode } from '../../spec/spec-nodes.ts';
import { nearest } from './pairs.ts';

test('the nearest has the fewest and least grave differences', () => {
  const target = { target: 'zen4' };
  const [far, near] = [
    makeNode('zlib', { hash: 'a'.repeat(32), version: '2' }),
    makeNode('zlib', { hash: 'b'.repeat(32) }),
  ];
  expect(ownDistance(makeNode('zlib', target), far)).toBeGreaterThan(
    ownDistance(makeNode('zlib', target), near),
  );
  const { pairs } = nearest([makeNode('zlib', { hash: 'z'.repeat(32), ...target })], [far, near]);
  expect(pairs.get('z'.repeat(32))?.near).toBe(near);
});

test('between two versions the one that is nearer in number', () => {
  const [one, other] = ['24.3', '24.7'].map((version) => makeNode('nvhpc', { version }));
  const wanted = makeNode('nvhpc', { version: '24.9' });
  if (one === undefined || other === undefined) throw new Error('two were made');
  expect(ownDistance(wanted, other)).toBeLessThan(ownDistance(wanted, one));
});

test('what is below decides between specs that are alike themselves', () => {
  const [zlib1, zlib2, zlib3] = ['1', '2', '3'].map((version) =>
    makeNode('zlib', { version, hash: version.repeat(32).replace(/1/g, 'a') }),
  );
  if (zlib1 === undefined || zlib2 === undefined || zlib3 === undefined) throw new Error('three were made');
  const changed = makeNode('zlib', { version: '2', target: 'zen4', hash: 'd'.repeat(32) });
  const over = (below: SpecNode, hash: string) =>
    makeNode('hdf5', { hash: hash.repeat(32), dependencies: [[below, 'link']] });
  const [a, b, c] = [over(zlib1, 'e'), over(zlib2, 'f'), over(zlib3, 'g')];
  const wanted = over(changed, 'h');
  const { pairs } = nearest([wanted, changed], [a, b, c, zlib1, zlib2, zlib3]);
  expect(pairs.get(wanted.hash)?.near).toBe(b);
});

test('what a dependent is compared with says what its dependency is compared with', () => {
  const [mine, other] = [
    makeNode('cmake', { hash: 'a'.repeat(32), version: '3.27', variants: { doc: true } }),
    makeNode('cmake', { hash: 'b'.repeat(32), version: '3.28' }),
  ];
  const changed = makeNode('cmake', { hash: 'c'.repeat(32), version: '3.28', variants: { doc: true } });
  const user = (below: SpecNode, hash: string) =>
    makeNode('hdf5', { hash: hash.repeat(32), dependencies: [[below, 'build']] });
  const { pairs } = nearest([user(changed, 'd'), changed], [user(mine, 'e'), mine, other]);
  expect(pairs.get(changed.hash)?.near).toBe(mine);
});

test('a record that nobody has is named as unknown', () => {
  const [old, changed] = [
    makeNode('zlib', { hash: 'a'.repeat(32) }),
    makeNode('zlib', { hash: 'b'.repeat(32) }),
  ];
  const user = (below: SpecNode, hash: string) =>
    makeNode('hdf5', { hash: hash.repeat(32), dependencies: [[below, 'link']] });
  const { unknown } = nearest([user(changed, 'c'), changed], [user(old, 'd')]);
  expect([...unknown]).toEqual([old.hash]);
});
