import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseChallenges } from '../../../src/storage/registry/challenge.ts';
import { cpuOf } from '../../harness/cpu.ts';

const read = (header: string) =>
  parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);

it.each([
  ['Basic realm="x"', [['basic', { realm: 'x' }]]],
  [
    'Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:a/b:pull,push"',
    [['bearer', { realm: 'https://ghcr.io/token', service: 'ghcr.io', scope: 'repository:a/b:pull,push' }]],
  ],
  [
    'Bearer realm="https://a/t" , service=plain, Basic realm="say \\"hi\\", you"',
    [
      ['bearer', { realm: 'https://a/t', service: 'plain' }],
      ['basic', { realm: 'say "hi", you' }],
    ],
  ],
  [
    'Negotiate, NTLM, BASIC Realm = "a=b"',
    [
      ['negotiate', {}],
      ['ntlm', {}],
      ['basic', { realm: 'a=b' }],
    ],
  ],
  ['Bearer realm="a",realm="b"', [['bearer', { realm: 'a' }]]],
  ['Bearer realm=https://a/t', [['bearer', { realm: 'https://a/t' }]]],
  ['realm="nobody\'s"', []],
  ['Bearer realm="never ends', [['bearer', {}]]],
  ['', []],
])('%s', (header, expected) => {
  expect(read(header)).toEqual(expected);
});

it('reads back any parameters, in quotes', () => {
  const challenge = fc.record({
    scheme: fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/),
    parameters: fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/), fc.string(), { maxKeys: 4 }),
  });
  fc.assert(
    fc.property(fc.array(challenge, { maxLength: 4 }), (challenges) => {
      const header = challenges
        .map(({ scheme, parameters }) => {
          const list = Object.entries(parameters).map(([k, v]) => `${k}="${v.replace(/["\\]/g, '\\$&')}"`);
          return `${scheme} ${list.join(', ')}`.trim();
        })
        .join(', ');
      expect(read(header)).toEqual(challenges.map(({ scheme, parameters }) => [scheme, { ...parameters }]));
    }),
  );
});

it('takes its time only once', () => {
  for (const hostile of [
    'a='.repeat(200_000),
    '"'.repeat(200_000),
    `x ${'a="\\'.repeat(100_000)}`,
    ' ,'.repeat(200_000),
  ]) {
    expect(cpuOf(() => parseChallenges(hostile))).toBeLessThan(1);
  }
});
