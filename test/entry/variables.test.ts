import { afterEach, expect, it, vi } from 'vitest';
import { variables } from '../../src/entry/variables.ts';

afterEach(() => vi.unstubAllEnvs());

it('the variables are those of the process, and no words of every object', () => {
  vi.stubEnv('BUILDCACHE_TEST', 'a');
  expect(variables()).toMatchObject({ BUILDCACHE_TEST: 'a' });
  for (const name of ['constructor', 'toString', 'hasOwnProperty', '__proto__']) {
    expect(variables()[name]).toBeUndefined();
  }
});
