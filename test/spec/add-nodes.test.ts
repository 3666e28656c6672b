import { expect, test } from 'vitest';
import { NumberToken } from '../../src/core/json.ts';
import { addNodes } from '../../src/spec/add-nodes.ts';
import { decodeNode } from '../../src/spec/decode-node.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import { type Dict, node } from './node-fixture.ts';

const MICROARCHITECTURE = {
  name: 'skylake',
  vendor: 'GenuineIntel',
  features: [],
  generation: 0,
  parents: [],
};
const ARCH = { platform: 'linux', platform_os: 'debian12', target: MICROARCHITECTURE };
const HASH = 'a'.repeat(32);

/** Nodes whose hash normally does not hold: nobody can recompute these. */
const LOOSE: Readonly<Record<string, Dict>> = {
  'a target with all its features': { arch: ARCH },
  'a spliced spec': { build_spec: { name: 'p', hash: 'b'.repeat(32) } },
  'an external spec': { external: { path: '/usr', module: null, extra_attributes: {} } },
  'a spec that a newer Spack has rewritten': { annotations: { original_specfile_version: 4 } },
};

function of(change: Dict): SpecNode {
  return decodeNode({ ...node('p'), hash: HASH, ...change }, 5, 'made', 'p');
}

function merged(first: SpecNode, second: SpecNode): Map<string, SpecNode> {
  const into = new Map<string, SpecNode>();
  addNodes(into, new Map([[first.hash, first]]), 'first.lock');
  addNodes(into, new Map([[second.hash, second]]), 'second.lock');
  return into;
}

test.each(Object.entries(LOOSE))('%s is taken once from two documents that agree', (_, loose) => {
  const [first, second] = [of(loose), of(loose)];
  expect(merged(first, second).get(HASH)).toBe(first);
});

test.each(
  Object.entries(LOOSE).flatMap(([what, loose]) =>
    Object.entries({
      'another version': { version: '9' },
      ...(what === 'a spliced spec' ? {} : { 'another name': { name: 'evil' } }),
      'other variants': { parameters: { build_system: 'cmake' } },
      'other dependencies': {
        dependencies: [{ name: 'z', hash: 'z'.repeat(32), parameters: { deptypes: ['run'], virtuals: [] } }],
      },
      'another package hash': { package_hash: 'evil====' },
    }).map(([otherwise, change]) => [what, otherwise, loose, change] as const),
  ),
)('%s is refused with %s under its hash', (_, __, loose, change) => {
  expect(() => merged(of(loose), of({ ...loose, ...change }))).toThrow('two specs of one hash that differ');
  expect(() => merged(of({ ...loose, ...change }), of(loose))).toThrow('two specs of one hash that differ');
});

test('the error names the document, the spec and what differs', () => {
  const { arch } = { arch: ARCH };
  try {
    merged(of({ arch }), of({ arch, version: '9' }));
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({
      code: 'bad-input',
      facts: { file: 'second.lock', found: expect.stringMatching(/^the version of p\/aaaaaaa /) },
    });
  }
});

test('two nodes can be compared, whatever numbers they hold', () => {
  const loose = { annotations: { original_specfile_version: 4 } };
  const withToken = (token: string) => of({ ...loose, package_hash: new NumberToken(token) });
  const one = withToken('1.0');
  expect(() => merged(one, withToken('2.0'))).toThrow('two specs of one hash that differ');
  expect(merged(one, withToken('1.0')).get(HASH)).toBe(one);
});

test('a spec is built with all that one of the documents says it is built with', () => {
  const needs = (name: string, ...deptypes: string[]) => ({
    name,
    hash: name.repeat(32),
    parameters: { deptypes, virtuals: [] },
  });
  const loose = { annotations: { original_specfile_version: 4 } };
  const first = of({ ...loose, dependencies: [needs('b', 'build'), needs('l', 'link')] });
  const second = of({ ...loose, dependencies: [needs('c', 'build'), needs('l', 'build', 'link')] });
  const names = (node: SpecNode | undefined) => node?.dependencies.map(({ name }) => name);
  expect(names(merged(first, second).get(HASH))).toEqual(['b', 'l', 'c']);
  expect(names(merged(second, first).get(HASH))).toEqual(['c', 'l', 'b']);
  const three = merged(first, second);
  const outer = new Map(three);
  const third = of({ ...loose, dependencies: [needs('d', 'test'), needs('l', 'link')] });
  addNodes(outer, new Map([[HASH, third]]), 'third.lock');
  expect(names(outer.get(HASH))).toEqual(['b', 'l', 'c', 'd']);
  // What was put together before is another document's.
  expect(names(three.get(HASH))).toEqual(['b', 'l', 'c']);
  addNodes(three, new Map([[HASH, third]]), 'third.lock');
  expect(names(three.get(HASH))).toEqual(['b', 'l', 'c', 'd']);
  expect(names(first)).toEqual(['b', 'l']);
});
