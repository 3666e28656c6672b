import { expect, test } from 'vitest';
import type { SpecNode } from '../../src/spec/node.ts';
import { splicedFrom } from '../../src/tree/spliced-from.ts';
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

test('a spec that is not spliced has none', () => {
  const plain = add('plain', 'app', '1', ['same']);
  expect(splicedFrom({ nodes }, plain, ['plain', 'same']).size).toBe(0);
});
