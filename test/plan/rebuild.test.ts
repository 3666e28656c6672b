import { expect, test } from 'vitest';
import type { SpecState } from '../../src/cache/reading/presence.ts';
import { decideRebuilds, type MirrorAnswer, type Needs } from '../../src/plan/rebuild.ts';
import { rebuildManifest } from '../../src/plan/rebuild-manifest.ts';
import { decodeNode } from '../../src/spec/decode-node.ts';
import { node } from '../spec/node-fixture.ts';

const spec = decodeNode(node('app'), 5, 'x', 'x');
const STATES: Record<string, SpecState> = {
  P: { state: 'present', by: 'index', layout: 'v3' },
  M: { state: 'missing' },
  U: { state: 'unknown', reason: 'x', code: 'denied' },
};
const answer = (name: string, letter: string): MirrorAnswer => {
  const state = STATES[letter];
  return {
    name,
    url: `https://${name}`,
    states: new Map(state === undefined ? [] : [[spec.hash, state]]),
    notes: [],
    index: undefined,
  };
};
const decide = (letters: string, needs: Needs) =>
  decideRebuilds(
    [spec],
    [...letters].map((letter, i) => answer(`m${i}`, letter)),
    needs,
  )[0]?.decision;

test.each([
  ['P', 'present', 'present'],
  ['M', 'rebuild', 'rebuild'],
  ['U', 'unknown', 'unknown'],
  ['?', 'unknown', 'unknown'],
  ['PP', 'present', 'present'],
  ['PM', 'rebuild', 'present'],
  ['PU', 'unknown', 'present'],
  ['MU', 'rebuild', 'unknown'],
  ['MM', 'rebuild', 'rebuild'],
  ['PMU', 'rebuild', 'present'],
  ['', 'present', 'present'],
])('%s: any %s, all %s', (letters, any, all) => {
  expect(decide(letters, { kind: 'any' })).toBe(any);
  expect(decide(letters, { kind: 'all' })).toBe(all);
});

test('a mirror by name decides alone', () => {
  for (const [i, expected] of ['present', 'rebuild', 'unknown'].entries()) {
    expect(decide('PMU', { kind: 'mirror', name: `m${i}` })).toBe(expected);
  }
});

test("the rebuild manifest in Spack's schema: mirrors with missing specs only", () => {
  const text = rebuildManifest([spec], [answer('a', 'M'), answer('b', 'P'), answer('c', 'U')]);
  expect(JSON.parse(text)).toEqual({
    'https://a': {
      mirrorName: 'a',
      mirrorUrl: 'https://a',
      rebuildSpecs: [
        {
          short_spec: `app@1.0 build_system=generic platform=linux os=debian12 target=x86_64_v3/${spec.hash.slice(0, 7)}`,
          hash: spec.hash,
        },
      ],
    },
  });
});
