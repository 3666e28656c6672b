import { expect, test } from 'vitest';
import { findMissing } from '../../src/commands/plan.ts';
import { EVERYTHING } from '../../src/plan/selection.ts';
import { edge, lockfile, node } from '../spec/node-fixture.ts';

test('the lockfile is read once, and no spec compared with all others, where a part of it is planned', async () => {
  const c = node('c');
  const b = node('b', { dependencies: [edge(c)] });
  const text = lockfile([b, c, node('a')]);
  let reads = 0;
  const environment = {
    folder: '/nowhere',
    lockfile: '/nowhere/spack.lock',
    get text() {
      reads++;
      return text;
    },
  };
  const selection = { ...EVERYTHING, specs: ['b'] };
  const { signal } = new AbortController();
  const options = { environment, selection, mirrors: [], allowEmpty: true, needs: { kind: 'all' }, signal };
  const { check } = await findMissing(
    options as unknown as Parameters<typeof findMissing>[0],
    {
      progress: () => ({ advance: () => undefined, done: () => undefined }),
    } as unknown as Parameters<typeof findMissing>[1],
  );
  expect(check.decisions.map(({ node: { name } }) => name)).toEqual(['c', 'b']);
  expect(reads).toBe(1);
});
