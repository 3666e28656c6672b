import { expect, test } from 'vitest';
import { nearest } from '../../src/core/nearest.ts';

const WORDS = ['signed', 'source', 'url', 'view', 'access_pair', 'include_binary'];

test.each([
  ['singed', 'signed'],
  ['sign', 'signed'],
  ['SIGNED', 'signed'],
  ['ulr', 'url'],
  ['uri', 'url'],
  ['includes_binary', 'include_binary'],
  ['access-pair', 'access_pair'],
  ['', undefined],
  ['x', undefined],
  ['nothing_like_it', undefined],
  ['u'.repeat(100_000), undefined],
])('%.20s means %s', (word, meant) => {
  expect(nearest(word, WORDS)).toBe(meant);
});

test.each([
  ['tool', 'tools'],
  ['tolos', 'tools'],
  ['APPS', 'apps'],
  ['ap', 'apps'],
  ['something', undefined],
  ['x'.repeat(10_000), undefined],
  ['y'.repeat(10_000), undefined],
])('of groups %.20s means %s', (word, meant) => {
  expect(nearest(word, new Set(['default', 'tools', 'apps', 'y'.repeat(10_000)]))).toBe(meant);
});
