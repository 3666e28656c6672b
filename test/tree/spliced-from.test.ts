import { expect, test } from 'vitest';
import type { SpecNode } from '../../src/spec/node.ts';
import { splicedFrom } from '../../src/tree/spliced-from.ts';
import { cpuOf } from '../harness/cpu.ts';
import { toyPackages } from './toy-mirror.ts';

const some = toyPackages().get('libtoy')?.node;
const nodes = new Map<string, SpecNode>();

/** A node whose dependencies are `hash`, or `hash:virtual`. */
function add(
  hash: string,
  name: string,
  version: string,
  dependencies: readonly string[],
  built?: string,
): SpecNode {
  if (some === undefined) throw new Error('no libtoy');
  const edges = dependencies.map((each) => {
    const [on = '', virtual] = each.split(':');
    const virtuals = virtual === undefined ? [] : [virtual];
    return {
      name: on,
      hash: on,
      deptypes: [on.startsWith('build') ? ('build' as const) : ('link' as const)],
      virtuals,
      direct: true,
    };
  });
  const buildSpec = built === undefined ? undefined : { name, hash: built };
  const node = { ...some, hash, name, version, dependencies: edges, buildSpec };
  nodes.set(hash, node);
  return node;
}

test('each new node stands for the one it replaced, as Spack matches them', () => {
  for (const [hash, name, version] of [
    ['same', 'same', '1'],
    ['oldlib', 'lib', '1'],
    ['newlib', 'lib', '2'],
    ['mpich', 'mpich', '3'],
    ['mpich4', 'mpich', '10'],
    ['openmpi', 'openmpi', '1'],
    ['alone', 'alone', '1'],
    ['buildtool', 'lib', '9'],
  ] as const) {
    add(hash, name, version, []);
  }
  add('built', 'app', '1', ['same', 'oldlib', 'mpich:mpi', 'mpich4:mpi', 'buildtool:mpi']);
  const spliced = add('new', 'app', '1', ['same', 'newlib', 'openmpi:mpi', 'alone'], 'built');
  const found = splicedFrom({ nodes }, spliced, ['new', 'same', 'newlib', 'openmpi', 'alone', 'gone']);
  // Of two that provide the same the newer one, by version and not by text; never what only built it.
  expect([...found]).toEqual([
    ['new', 'built'],
    ['newlib', 'oldlib'],
    ['openmpi', 'mpich4'],
  ]);
});

test('a hostile spec with thousands of nodes of one name, or that provide one virtual, takes no time', () => {
  const count = 4000;
  const names = (prefix: string) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
  for (const [i, hash] of names('o').entries()) add(hash, i % 2 === 0 ? 'lib' : `old${i}`, `1.${i}`, []);
  for (const [i, hash] of names('n').entries()) add(hash, i % 2 === 0 ? 'lib' : `new${i}`, `2.${i}`, []);
  const all = (prefix: string) => names(prefix).map((hash) => `${hash}:mpi`);
  add('big', 'app', '1', all('o'));
  const spliced = add('bigger', 'app', '1', all('n'), 'big');
  const seconds = cpuOf(() => {
    const found = splicedFrom({ nodes }, spliced, names('n'));
    expect([found.get('n0'), found.get('n2'), found.get('n1')]).toEqual(['o3998', 'o3998', 'o3999']);
  });
  expect(seconds).toBeLessThan(2); // to compare each with each takes half a minute
});

test('a spec that is not spliced has none', () => {
  const plain = add('plain', 'app', '1', ['same']);
  expect(splicedFrom({ nodes }, plain, ['plain', 'same']).size).toBe(0);
});
