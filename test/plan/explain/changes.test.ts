import { expect, test } from 'vitest';
import { ownChanges } from '../../../src/plan/explain/changes.ts';
import { pairEdges } from '../../../src/plan/explain/edges.ts';
import { decodeNode } from '../../../src/spec/decode-node.ts';
import type { SpecNode } from '../../../src/spec/node.ts';
import { type Dict, edge, node } from '../../spec/node-fixture.ts';

const read = (dict: Dict) => decodeNode(dict, 5, 'test', 'node');

function changes(wanted: Dict, near: Dict, others: readonly SpecNode[] = []) {
  const [to, from] = [read(wanted), read(near)];
  const lookup = (hash: string) => others.find((each) => each.hash === hash);
  const edges = pairEdges(to, from, () => 1);
  return ownChanges(to, from, edges, { wanted: lookup, near: lookup }).map(
    ({ kind, name, from: before, to: after }) => [kind, name, before, after],
  );
}

test('a spec does not differ from itself', () => {
  expect(changes(node('zlib'), node('zlib'))).toEqual([]);
});

test('a dependency with another hash is no change', () => {
  const [a, b] = [node('zlib', { version: '1' }), node('zlib', { version: '2' })];
  const [one, other] = [node('hdf5', { dependencies: [edge(a)] }), node('hdf5', { dependencies: [edge(b)] })];
  expect(changes(one, other)).toEqual([]);
});

test.each([
  ['version', { version: '2.0' }, ['version', undefined, '1.0', '2.0']],
  ['namespace', { namespace: 'ours' }, ['namespace', undefined, 'builtin', 'ours']],
  ['recipe', { package_hash: 'xyzabcdefg' }, ['recipe', undefined, 'abc====', 'xyzabcd']],
  ['provided virtuals', { provided_virtuals: ['zlib-api'] }, ['provides', undefined, undefined, 'zlib-api']],
  [
    'splice',
    { build_spec: { name: 'zlib', hash: 'a'.repeat(32) } },
    ['splice', undefined, undefined, 'zlib/aaaaaaa'],
  ],
  [
    'external',
    { external: { path: '/usr', module: null, extra_attributes: {} } },
    ['external', undefined, 'built', 'external at /usr'],
  ],
  ['anything else', { parts: 3 }, ['other', 'parts', undefined, '3']],
])('%s', (_, change, expected) => {
  expect(changes(node('zlib', change), node('zlib'))).toEqual([expected]);
});

test('the order of patches, whose variant is sorted, is one change', () => {
  const parameters = { build_system: 'generic', patches: ['aaaaaaa1', 'bbbbbbb2'], cflags: [] };
  const patched = (patches: readonly string[]) => node('zlib', { parameters, patches });
  expect(changes(patched(['bbbbbbb2', 'aaaaaaa1']), patched(['aaaaaaa1', 'bbbbbbb2']))).toEqual([
    ['patches', undefined, 'aaaaaaa, bbbbbbb', 'bbbbbbb, aaaaaaa'],
  ]);
  const parameters2 = { build_system: 'generic', cflags: [] };
  expect(changes(patched(['aaaaaaa1', 'bbbbbbb2']), node('zlib', { parameters: parameters2 }))).toHaveLength(
    1,
  );
});

test('a target that is written out is told apart from another one', () => {
  const arch = (target: unknown) => ({ arch: { platform: 'linux', platform_os: 'debian12', target } });
  const written = arch({
    name: 'icelake',
    vendor: 'GenuineIntel',
    features: ['avx'],
    generation: 0,
    parents: [],
  });
  expect(changes(node('zlib', written), node('zlib', arch('icelake')))).toEqual([
    ['target', 'description', 'by name', 'with its features'],
  ]);
  expect(changes(node('zlib', written), node('zlib', arch('zen4')))).toEqual([
    ['target', undefined, 'zen4', 'icelake'],
  ]);
});

test('edges that came, went, are of another type, or lead to another provider', () => {
  const [cmake, openmpi, mpich] = [node('cmake'), node('openmpi'), node('mpich')];
  const mpi = (to: Dict & { hash: string }) => ({
    ...edge(to),
    parameters: { deptypes: ['link'], virtuals: ['mpi'] },
  });
  const others = [cmake, openmpi, mpich].map(read);
  expect(changes(node('a', { dependencies: [edge(cmake, ['build'])] }), node('a'), others)).toEqual([
    ['dependency', 'cmake', undefined, 'cmake@1.0 (build)'],
  ]);
  expect(changes(node('a'), node('a', { dependencies: [edge(cmake, ['build'])] }), others)).toEqual([
    ['dependency', 'cmake', 'cmake@1.0 (build)', undefined],
  ]);
  const [built, run] = [['build'], ['build', 'run']].map((types) =>
    node('a', { dependencies: [edge(cmake, types)] }),
  );
  expect(changes(run ?? {}, built ?? {})).toEqual([['edge', 'cmake', 'build', 'build, run']]);
  const to = node('a', { dependencies: [mpi(mpich)] });
  expect(changes(to, node('a', { dependencies: [mpi(openmpi)] }), others)).toEqual([
    ['provider', 'mpi', 'openmpi@1.0 (link for mpi)', 'mpich@1.0 (link for mpi)'],
  ]);
});

test('names that every object has are only those of the document', () => {
  const odd = { ...node('zlib'), parameters: { build_system: 'generic', cflags: [], toString: 'x' } };
  expect(changes(odd, node('zlib'))).toEqual([['variant', 'toString', undefined, 'x']]);
});

test('a long value is cut', () => {
  const long = { ...node('zlib'), parameters: { build_system: 'x'.repeat(5000), cflags: [] } };
  const [change] = changes(long, node('zlib'));
  expect(String(change?.[3]).length).toBeLessThan(100);
});
