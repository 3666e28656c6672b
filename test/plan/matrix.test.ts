import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jobMatrix } from '../../src/plan/matrix.ts';
import { postOrder } from '../../src/spec/graph.ts';
import { readLockfile } from '../../src/spec/lockfile.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { edge, lockfile, node } from '../spec/node-fixture.ts';

const graph = readLockfile(generateEnvironment({ specs: 150, seed: 11 }).lockfile, 'spack.lock');
const specs = postOrder(graph, graph.nodes.keys()).filter((node) => node.external === undefined);

test('every spec once, dependencies first, never more jobs than allowed', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.boolean()), fc.integer({ min: 1, max: 60 }), (picks, maxJobs) => {
      const chosen = specs.filter(() => picks.next().value === true);
      const matrix = jobMatrix(chosen, maxJobs, graph.nodes);
      expect(matrix.length).toBeLessThanOrEqual(maxJobs);
      const order = matrix.flatMap(({ hash }) => hash.split(' '));
      expect([...order].sort()).toEqual(chosen.map(({ hash }) => hash).sort());
      expect(matrix.map(({ batch }) => batch)).toEqual(matrix.map((_, i) => i));
      const stageOf = new Map(
        matrix.flatMap((job) => job.hash.split(' ').map((hash) => [hash, job] as const)),
      );
      for (const node of chosen) {
        const job = stageOf.get(node.hash);
        for (const { hash } of node.dependencies) {
          const before = stageOf.get(hash);
          if (before === undefined || job === undefined) continue;
          expect(order.indexOf(hash)).toBeLessThan(order.indexOf(node.hash));
          if (before !== job) expect(before.stage).toBeLessThan(job.stage);
        }
      }
    }),
  );
});

test('nothing to do is no jobs', () => {
  expect(jobMatrix([], 256, graph.nodes)).toEqual([]);
});

test('what is in between, present or not asked for, still puts one stage after the other', () => {
  const d = node('d');
  const c = node('c', { dependencies: [edge(d)] });
  const b = node('b', { dependencies: [edge(c)] });
  const a = node('a', { dependencies: [edge(b)] });
  const { nodes } = readLockfile(lockfile([a, b, c, d]), 'spack.lock');
  const rebuilt = postOrder({ nodes }, [a.hash]).filter(({ name }) => name !== 'b');
  expect(jobMatrix(rebuilt, 256, nodes).map(({ name, stage }) => [name, stage])).toEqual([
    ['d', 0],
    ['c', 1],
    ['a', 2],
  ]);
});
