import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SpecNode } from '../../src/spec/node.ts';
import { DEFAULT_PROJECTION, installPrefix } from '../../src/tree/projection.ts';
import { toyPackages } from './toy-mirror.ts';

const app = toyPackages().get('toyapp');
if (app === undefined) throw new Error('no toyapp');
const { graph } = app;
const nodeOf = (name: string): SpecNode => {
  const node = [...graph.nodes.values()].find((each) => each.name === name);
  if (node === undefined) throw new Error(`no ${name}`);
  return node;
};

function place(node: SpecNode, ...projections: readonly (string | readonly [string, string])[]) {
  const all = projections.map((each) =>
    typeof each === 'string' ? { when: undefined, path: each } : { when: each[0], path: each[1] },
  );
  return installPrefix(node, graph, { root: '/r', projections: all });
}

/** What `Spec.format_path` of Spack 1.2 makes of the toy specs; undefined where it refuses. */
const FORMATS: readonly (readonly [format: string, toyapp?: string, toypy?: string])[] = [
  [
    DEFAULT_PROJECTION,
    `linux-x86_64_v3/toyapp-1.0-${nodeOf('toyapp').hash}`,
    `linux-x86_64_v3/toypy-0.9-rc1-${nodeOf('toypy').hash}`,
  ],
  ['{name}/{version}/{hash:7}', 'toyapp/1.0/e5gsqvj', 'toypy/0.9-rc1/nqmmpba'],
  ['{namespace}', 'toy', 'toy'],
  ['{architecture}', 'linux-debian12-x86_64_v3', 'linux-debian12-x86_64_v3'],
  ['{arch.platform}-{arch.os}-{arch.target}', 'linux-debian12-x86_64_v3', 'linux-debian12-x86_64_v3'],
  ['{platform}-{os}-{target}', 'linux-debian12-x86_64_v3', 'linux-debian12-x86_64_v3'],
  ['{compiler}', 'gcc_12.2.0_smxiqkhrkwyzrm3omq5egsai3ozuwqac', 'none'],
  ['{compiler.name}-{compiler.version}', 'gcc-12.2.0', 'none-none'],
  ['{%compiler.name}', '_gcc', 'none'],
  ['{variants}', '_gui_build_system_generic', 'build_system_python_pip'],
  ['{variants.build_system}', 'build_system_generic', 'build_system_python_pip'],
  ['{variants.build_system.value}', 'generic', 'python_pip'],
  ['{variants.build_system.name}', 'build_system', 'build_system'],
  ['{^libtoy.name}-{^libtoy.version}', 'libtoy-2.0.0', 'libtoy-2.0.0'],
  ['{^zlib-toy.hash:5}', 'ho3js', 'ho3js'],
  ['{^gcc.name}', 'gcc'],
  ['{^libc.name}', 'glibc', 'glibc'],
  ['a{@version}b', 'a_1.0b', 'a_0.9-rc1b'],
  ['x{arch=architecture}', 'xarch_linux-debian12-x86_64_v3', 'xarch_linux-debian12-x86_64_v3'],
  ['{ namespace=namespace}', 'namespace_toy', 'namespace_toy'],
  ['./{name}//x/', 'toyapp/x', 'toypy/x'],
  ['{versions}', '_1.0', '_0.9-rc1'],
  ['{hash:0}x', 'x', 'x'],
  ['{Version}', '1.0', '0.9-rc1'],
  ...[
    '{bogus}',
    '{name',
    'name}',
    '{}',
    '{name.x}',
    '{arch.bogus}',
    '{/hash}',
    '{@name}',
    '{^nope.name}',
  ].map((format) => [format] as const),
  ...['{variants.nope}', '{^toyapp}', '\\{name\\}', '{variants.languages}'].map(
    (format) => [format] as const,
  ),
];

test.each(FORMATS.map((row) => [row[0], row.slice(1)] as const))('%s as Spack has it', (format, expected) => {
  for (const [i, name] of ['toyapp', 'toypy'].entries()) {
    const path = expected[i];
    if (path === undefined) expect(() => place(nodeOf(name), format)).toThrow(/projection/);
    else expect(place(nodeOf(name), format)).toBe(`/r/${path}`);
  }
});

describe('several projections', () => {
  test('the first one that the spec matches, all specs last', () => {
    const all = [
      ['^libtoy', 'on/{name}'],
      ['zlib-toy@1', 'z/{name}'],
      ['zlib-toy', 'never'],
      '{name}',
    ] as const;
    expect(place(nodeOf('toyapp'), ...all)).toBe('/r/on/toyapp');
    expect(place(nodeOf('zlib-toy'), ...all)).toBe('/r/z/zlib-toy');
    expect(place(nodeOf('libtoy'), ...all)).toBe('/r/libtoy');
  });

  test('the default for a spec that none is for', () => {
    expect(place(nodeOf('libtoy'), ['x', 'y'])).toBe(
      `/r/linux-x86_64_v3/libtoy-2.0.0-${nodeOf('libtoy').hash}`,
    );
  });
});

test('an external is where it is', () => {
  expect(place(nodeOf('gcc'), 'x')).toBe('/usr');
});

test('an older spec has its compiler in itself', () => {
  const old = { ...nodeOf('toypy'), originalFormat: 4, compiler: { name: 'gcc', version: '9.1' } };
  expect(place(old, '{compiler.name}-{compiler.version}/{compiler}')).toBe('/r/gcc-9.1/gcc__9.1');
});

describe('never out of the root', () => {
  test.each([
    '/{name}',
    '../{name}',
    'a/../../b',
    '..',
    '.',
    '',
    '{version}/..',
    '.spack-db/{name}',
    'bin/x',
  ])('%j', (path) => {
    expect(() => place(nodeOf('toyapp'), path)).toThrow(/no place/);
  });

  test('whatever the spec says', () => {
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom('.', '/', '\\', '{', '}', '$', 'a', '\0', 'é', ' ') }),
      fc.constantFrom('..', '.', '../..', '/etc', '.spack-db'),
    );
    const formats = fc.constantFrom(
      '{version}',
      '{version}/{name}',
      '{namespace}/x',
      'a/{variants.v.value}/b',
    );
    fc.assert(
      fc.property(text, formats, (value, format) => {
        const node = {
          ...nodeOf('toyapp'),
          name: value,
          version: value,
          namespace: value,
          variants: new Map([['v', value]]),
        };
        let path: string | undefined;
        try {
          path = place(node, format);
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad-input' });
          return;
        }
        expect(path).toMatch(/^\/r(?:\/[A-Za-z0-9_+.-]+)+$/);
        expect(path?.split('/')).not.toContain('..');
        expect(path).not.toMatch(/^\/r\/\.spack-db/);
      }),
    );
  });
});
