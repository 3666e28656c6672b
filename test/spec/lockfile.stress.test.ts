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
