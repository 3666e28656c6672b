import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatVariants, fullSpec, politeFilename, quoteIfNeeded, shortSpec } from '../../src/spec/format.ts';
import { FIXTURES, fixtureGraph } from '../cache/mirror-fixture.ts';

describe('short_spec', () => {
  test.each(['1.2', '0.23'] as const)('as Spack %s prints it', (version) => {
    const file = path.join(FIXTURES, `spack-${version}`, 'expected/specs.json');
    const expected = JSON.parse(readFileSync(file, 'utf8'));
    const graph = fixtureGraph(version);
    let compared = 0;
    for (const spec of graph.nodes.values()) {
      const wanted = version === '1.2' ? expected[spec.hash]?.short_spec : expected.specs[spec.hash];
      if (wanted === undefined) continue;
      expect(shortSpec(spec)).toBe(wanted);
      compared++;
    }
    expect(compared).toBeGreaterThan(4);
  });

  test('with its flags, as Spack describes an image', () => {
    const file = path.join(FIXTURES, 'spack-1.2/expected/specs.json');
    const expected = JSON.parse(readFileSync(file, 'utf8'));
    const nodes = [...fixtureGraph('1.2').nodes.values()];
    expect(nodes.map(fullSpec)).toEqual(nodes.map(({ hash }) => expected[hash].format));
  });

  test('variants: booleans first, lists with :=, patches cut, quotes where they are needed', () => {
    const variants = new Map<string, boolean | string | readonly string[]>([
      ['shared', false],
      ['pic', true],
      ['none', []],
      ['languages', ['c', 'c++']],
      ['patches', ['0123456789abcdef']],
      ['cxxstd', '17'],
    ]);
    expect(formatVariants(variants)).toBe(
      "+pic~shared cxxstd=17 languages:='c,c++' none:='*' patches:=0123456",
    );
  });

  test.each([
    ['a,b/c_.-[]', 'a,b/c_.-[]'],
    ['', "''"],
    ['a b', "'a b'"],
    ["it's", '"it\'s"'],
  ])('%j is written %s', (value, written) => {
    expect(quoteIfNeeded(value)).toBe(written);
  });

  test('names in paths', () => {
    expect(politeFilename('git.feature/x=1.2 ü\0')).toBe('git.feature_x_1.2___');
  });
});
