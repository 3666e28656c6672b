import { homedir, userInfo } from 'node:os';
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

it.each(['', '.', 'home/user'])('a HOME of %j is none, for libraries neither', (home) => {
  vi.stubEnv('HOME', home);
  expect(variables()['HOME']).toBeUndefined();
  expect(homedir()).toBe(userInfo().homedir);
});

it('a HOME that is a place stays', () => {
  vi.stubEnv('HOME', '/home/user');
  expect(variables()['HOME']).toBe('/home/user');
  expect(homedir()).toBe('/home/user');
});
