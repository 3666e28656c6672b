import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ofTypes } from '../../src/spec/graph.ts';
import { readLockfile } from '../../src/spec/lockfile.ts';
import { topologicalOrder } from '../../src/spec/topological.ts';

const LOCK = fileURLToPath(new URL('../fixtures/spack-1.2/env/spack.lock', import.meta.url));
const toy = readLockfile(readFileSync(LOCK, 'utf8'), LOCK);
const named = (name: string) => [...toy.nodes.values()].find((node) => node.name === name)?.hash ?? '';

test("is Spack's: what is named first and what is nearest comes first", () => {
  const order = (...roots: string[]) =>
    topologicalOrder(toy, roots.map(named), ofTypes('link', 'run')).map(({ name }) => name);
  const below = ['toypy', 'libtoy', 'zlib-toy', 'gcc-runtime', 'glibc'];
  expect(order('toyapp', 'toymake')).toEqual(['toyapp', 'toymake', ...below]);
  expect(order('toymake', 'toyapp')).toEqual(['toymake', 'toyapp', ...below]);
  expect(order('libtoy', 'toyapp', 'libtoy')).toEqual(['toyapp', ...below]);
  expect(order('gcc')).toEqual(['gcc']);
});

test('every node comes once, after all that need it', () => {
  const size = 8;
  const pairs = fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 30 });
  fc.assert(
    fc.property(pairs, (edges) => {
      const nodes = Array.from({ length: size }, (_, i) => ({
        ...[...toy.nodes.values()][0],
        hash: String(i),
        name: `p${i}`,
        dependencies: edges
          .filter(([from, to]) => from === i && to > i)
          .map(([, to]) => ({
            name: `p${to}`,
            hash: String(to),
            deptypes: ['link' as const],
            virtuals: [],
            direct: false,
          })),
      }));
      const graph = { nodes: new Map(nodes.map((node) => [node.hash, node as never])) } as Pick<
        typeof toy,
        'nodes'
      >;
      const order = topologicalOrder(graph, ['0', '1'], () => true).map(({ hash }) => Number(hash));
      expect(new Set(order).size).toBe(order.length);
      for (const [from, to] of edges.filter(([a, b]) => b > a && order.includes(a))) {
        expect(order.indexOf(from)).toBeLessThan(order.indexOf(to));
      }
    }),
  );
});
