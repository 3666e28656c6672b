import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BuildcacheError } from '../../src/core/errors.ts';
import {
  compareVersions,
  formatVersionSet,
  parseVersion,
  parseVersionSet,
  versionInSet,
  versionSetsOverlap,
} from '../../src/spec/version.ts';
import { readFixture } from './spec-nodes.ts';

const expected = JSON.parse(readFixture('spack-1.2/expected/versions.json')) as {
  sorted: string[];
  pairs: [string, string, number][];
  satisfies: [string, string, boolean][];
};

const isIn = (version: string, set: string) => versionInSet(parseVersion(version), parseVersionSet(set));
const order = (a: string, b: string) => Math.sign(compareVersions(parseVersion(a), parseVersion(b)));

describe('as Spack 1.2 answers', () => {
  it('sorts', () => {
    const sorted = expected.sorted.map(parseVersion).reverse().sort(compareVersions);
    // `1_2` and `1-2` are equal, so that their order is whatever it was.
    const texts = sorted.map(({ text }) => text.replace('_', '-'));
    expect(texts).toEqual(expected.sorted.map((text) => text.replace('_', '-')));
  });

  it('compares each pair, either way round', () => {
    expect(expected.pairs.length).toBe(435);
    for (const [a, b, sign] of expected.pairs) {
      expect([a, b, order(a, b)]).toEqual([a, b, sign]);
      expect([b, a, order(b, a)]).toEqual([b, a, sign === 0 ? 0 : -sign]);
    }
  });

  it('finds versions in ranges', () => {
    expect(expected.satisfies.length).toBe(480);
    for (const [version, set, answer] of expected.satisfies) {
      expect([version, set, isIn(version, set)]).toEqual([version, set, answer]);
    }
  });
});

describe('git versions', () => {
  const commit = '0123456789abcdef0123456789abcdef01234567';

  it('are found by the release they stand for, and by name, but are not that release', () => {
    expect(isIn('git.main=1.5', '1.4:1.6')).toBe(true);
    expect(isIn('git.main=1.5', '1.5')).toBe(true);
    expect(isIn('git.main=1.5', '=1.5')).toBe(false);
    expect(isIn('git.main=1.5', 'git.main=1.5')).toBe(true);
    expect(isIn('git.main=1.5', 'git.main')).toBe(true);
    expect(isIn('git.main=1.5', 'git.main=1.6')).toBe(false);
    expect(isIn(`${commit}=2.0`, `git.${commit}`)).toBe(true);
    expect(isIn('1.5', 'git.main=1.5')).toBe(false);
  });

  it('are in no bounded range when the release is not written', () => {
    expect(isIn(commit, ':')).toBe(true);
    expect(isIn(commit, '0:')).toBe(false);
    expect(isIn(commit, commit)).toBe(true);
  });

  it('come after their release and before the next', () => {
    expect(order('git.main=1.5', '1.5')).toBe(1);
    expect(order('1.5', 'git.main=1.5')).toBe(-1);
    expect(order('git.main=1.5', '1.5.1')).toBe(-1);
    expect(order('git.a=1.5', 'git.b=1.5')).toBe(-1);
  });
});

describe('ranges', () => {
  it.each([
    ['1.0-rc1', ':1.0', true],
    ['1.0-rc1', '1.0', false],
    ['1.0-rc2', '1.0-rc1', false],
    ['1.0final2', '1.0', true],
    ['abz.1', 'abz', true],
    ['abza', 'abz', false],
    ['abcd', 'abc', true],
    ['maio', 'maim', false],
    ['develop.1', 'develop', true],
    ['99999999999999999999.2', '99999999999999999999', true],
    ['100000000000000000000', '99999999999999999999', false],
    ['9007199254740992', '9007199254740991', false],
  ])('%s in %s: %s', (version, set, answer) => {
    expect(isIn(version, set)).toBe(answer);
  });

  it.each(['3:1', '1:2:3', '1,,2', '@1', '=', '=git.main=', '=1:2', ''])('refuses %j', (text) => {
    expect(() => parseVersionSet(text)).toThrow(BuildcacheError);
  });

  it('overlap where some version is in both', () => {
    const overlap = (a: string, b: string) => versionSetsOverlap(parseVersionSet(a), parseVersionSet(b));
    expect(overlap('1:2', '2.5:3')).toBe(true);
    expect(overlap('1:2', '3:4')).toBe(false);
    expect(overlap('=1.5', '1:2')).toBe(true);
    expect(overlap('1:2,4', '=4.1')).toBe(true);
    expect(overlap('=1.5', '=1-5')).toBe(true);
    expect(overlap('=1.5', '=1.5.0')).toBe(false);
  });
});

const segment = fc.constantFrom(
  '0',
  '1',
  '2',
  '10',
  '20240101',
  'a',
  'b',
  'z',
  'rc',
  'alpha',
  'beta',
  'develop',
  'main',
);
const version = fc
  .tuple(segment, fc.array(fc.tuple(fc.constantFrom('.', '-', '_'), segment), { maxLength: 4 }))
  .map(([first, rest]) => first + rest.flat().join(''));

describe('properties', () => {
  it('the order is total', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(order(a, a)).toBe(0);
        expect(order(a, b)).toBe(order(b, a) === 0 ? 0 : -order(b, a));
        if (order(a, b) <= 0 && order(b, c) <= 0) expect(order(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('a version is in the sets that start or end with it, and a range holds what is between its bounds', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        for (const set of [a, `=${a}`, `${a}:`, `:${a}`, `${b},=${a}`]) expect(isIn(a, set)).toBe(true);
        const [low, middle, high] = [a, b, c].sort(order) as [string, string, string];
        expect(isIn(middle, `${low}:${high}`)).toBe(true);
        if (order(low, middle) < 0) expect(isIn(low, `${middle}:`)).toBe(false);
      }),
    );
  });

  it('what is written is read as the same', () => {
    const item = fc.oneof(
      version,
      version.map((a) => `=${a}`),
      version.map((a) => `${a}:`),
      version.map((a) => `:${a}`),
      fc.tuple(version, version).map((pair) => pair.sort(order).join(':')),
      fc.constantFrom(':', '=git.main', `=${'a1'.repeat(20)}`),
    );
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 3 }), (items) => {
        const set = parseVersionSet(items.join(','));
        expect(parseVersionSet(formatVersionSet(set))).toEqual(set);
      }),
    );
  });
});
