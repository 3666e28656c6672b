import { expect, test } from 'vitest';
import { type Distance, pairEdges } from '../../../src/plan/explain/edges.ts';
import type { Dependency, DepType } from '../../../src/spec/node.ts';
import { cpuOf } from '../../harness/cpu.ts';

const far: Distance = () => 10;

function to(
  name: string,
  hash: string,
  deptypes: readonly DepType[],
  virtuals: readonly string[] = [],
): Dependency {
  return { name, hash: hash.repeat(32), deptypes, virtuals, direct: false };
}

function pairs(wanted: readonly Dependency[], near: readonly Dependency[], distance = far) {
  return pairEdges({ dependencies: wanted }, { dependencies: near }, distance).map(
    ({ wanted: one, near: other }) => [one?.hash[0], other?.hash[0]],
  );
}

test('dependencies are paired by name', () => {
  const wanted = [to('a', 'a', ['link']), to('b', 'b', ['link'])];
  expect(pairs(wanted, [to('a', 'c', ['link']), to('b', 'd', ['build'])])).toEqual([
    ['a', 'c'],
    ['b', 'd'],
  ]);
});

test('of one name, those with the same types and virtual packages', () => {
  const wanted = [to('py', 'a', ['build']), to('py', 'b', ['link', 'run'])];
  expect(pairs(wanted, [to('py', 'c', ['link', 'run']), to('py', 'd', ['build'])])).toEqual([
    ['a', 'd'],
    ['b', 'c'],
  ]);
});

test('of one name and use, those with the same hash, then the nearest', () => {
  const wanted = [to('py', 'a', ['build']), to('py', 'b', ['build'])];
  const near = [to('py', 'c', ['build']), to('py', 'a', ['build']), to('py', 'd', ['build'])];
  const distance = (_: string, hash: string) => (hash.startsWith('d') ? 1 : 5);
  expect(pairs(wanted, near, distance)).toEqual([
    ['a', 'a'],
    ['b', 'd'],
    [undefined, 'c'],
  ]);
});

test('another provider of the same virtual package', () => {
  expect(pairs([to('mpich', 'a', ['link'], ['mpi'])], [to('openmpi', 'b', ['link'], ['mpi'])])).toEqual([
    ['a', 'b'],
  ]);
  expect(pairs([to('mpich', 'a', ['link'])], [to('openmpi', 'b', ['link'])])).toEqual([
    ['a', undefined],
    [undefined, 'b'],
  ]);
});

test('more edges of one name than any spec has are paired in their order, at once', () => {
  const many = (hash: string) => Array.from({ length: 5000 }, () => to('py', hash, ['build']));
  const seconds = cpuOf(() => {
    expect(pairs(many('a'), many('b'), () => Number.NaN)).toHaveLength(5000);
  });
  expect(seconds).toBeLessThan(5);
});

test('providers are paired in order, each once, by any of their virtual packages', () => {
  const wanted = [
    to('x', 'a', ['link'], ['blas']),
    to('y', 'b', ['link'], ['lapack', 'blas']),
    to('z', 'c', ['link'], ['mpi']),
  ];
  const near = [
    to('p', 'd', ['link'], ['lapack', 'blas']),
    to('q', 'e', ['link'], ['lapack']),
    to('r', 'f', ['link']),
  ];
  expect(pairs(wanted, near)).toEqual([
    ['a', 'd'],
    ['b', 'e'],
    ['c', undefined],
    [undefined, 'f'],
  ]);
});

test('virtual packages by the hundred thousand take no time that grows with their square', () => {
  const names = (from: string) => Array.from({ length: 100_000 }, (_, i) => `${from}${i}`);
  const seconds = cpuOf(() => {
    expect(
      pairs([to('x', 'a', ['link'], names('a'))], [to('y', 'b', ['link'], [...names('b'), 'a5'])]),
    ).toEqual([['a', 'b']]);
  });
  expect(seconds).toBeLessThan(3);
});
