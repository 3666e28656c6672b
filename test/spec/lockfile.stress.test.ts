import { expect, test } from 'vitest';
import { readLockfile } from '../../src/spec/lockfile.ts';
import { type Dict, edge, lockfile, node } from './node-fixture.ts';

test('a chain of 20,000', () => {
  const chain: (Dict & { hash: string })[] = [];
  for (let i = 0; i < 20_000; i++) {
    const below = chain.at(-1);
    chain.push(node(`n${i}`, below === undefined ? {} : { dependencies: [edge(below)] }));
  }
  expect(readLockfile(lockfile(chain.reverse()), 'spack.lock').nodes.size).toBe(20_000);
});

test('a spec with 70,000 edges, named by 70,000 included environments', { timeout: 60_000 }, () => {
  const loose = { annotations: { original_specfile_version: 4 } };
  const low = { ...node('low'), ...loose };
  const bare = { ...node('app'), ...loose };
  const app = { ...bare, dependencies: Array.from({ length: 70_000 }, () => edge(low, ['build'])) };
  const inner = { roots: [], concrete_specs: { [bare.hash]: bare } };
  const included = Object.fromEntries(Array.from({ length: 70_000 }, (_, i) => [`/${i}`, inner]));
  const { nodes } = readLockfile(lockfile([app, low], { include_concrete: included }), 'spack.lock');
  expect(nodes.get(app.hash)?.dependencies.length).toBe(70_000);
});
