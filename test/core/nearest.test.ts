import { expect, test } from 'vitest';
import { nearest } from '../../src/core/nearest.ts';

test.each([
  ['tool', 'tools'],
  ['tolos', 'tools'],
  ['APPS', undefined],
  ['ap', 'apps'],
  ['something', undefined],
  ['x'.repeat(10_000), undefined],
])('%s', (word, meant) => {
  expect(nearest(word, ['default', 'tools', 'apps', 'y'.repeat(10_000)])).toBe(meant);
});
