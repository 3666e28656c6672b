import { expect, test } from 'vitest';
import { rootsOfGroups, rootsOnlyIn } from '../../src/plan/groups.ts';
import type { Root } from '../../src/spec/graph.ts';

const root = (hash: string, group?: string, included?: true): Root => ({
  hash,
  spec: hash,
  ...(group === undefined ? {} : { group }),
  ...(included === undefined ? {} : { included }),
});

const ROOTS = [root('a', 'default'), root('b', 'tools'), root('c', 'apps'), root('b', 'apps')];
const hashes = (roots: readonly Root[]) => roots.map(({ hash }) => hash);

test('no group: all roots; several: those of each, in the order of the lockfile', () => {
  expect(rootsOfGroups(ROOTS, [])).toBe(ROOTS);
  expect(hashes(rootsOfGroups(ROOTS, ['apps', 'default']))).toEqual(['a', 'c', 'b']);
});

test('roots of older lockfiles are in the default group, those of included environments in none', () => {
  const roots = [root('a'), root('b', 'tools', true), root('c', undefined, true)];
  expect(hashes(rootsOfGroups(roots, ['default']))).toEqual(['a']);
  expect(() => rootsOfGroups(roots, ['tools'])).toThrow(/no group "tools"/);
});

test('a group that there is not: those there are, and which one was meant', () => {
  expect(() => rootsOfGroups(ROOTS, ['apps', 'tool'])).toThrow(
    expect.objectContaining({
      code: 'usage',
      facts: { expected: 'one of: default, tools, apps', hint: 'did you mean tools?' },
    }),
  );
  expect(() => rootsOfGroups([], ['x'])).toThrow(expect.objectContaining({ code: 'usage' }));
});

test('what is in another group as well is not only in these', () => {
  expect([...rootsOnlyIn(ROOTS, new Set(['tools', 'default']))]).toEqual(['a']);
});
