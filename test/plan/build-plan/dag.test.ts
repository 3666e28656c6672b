import { expect, test } from 'vitest';
import { buildUnits, MOST_UNITS } from '../../../src/plan/build-plan/dag.ts';
import { NeedCount } from '../../../src/plan/build-plan/graph.ts';
import { postOrder, type SpecGraph } from '../../../src/spec/graph.ts';
import { readLockfile } from '../../../src/spec/lockfile.ts';
import type { SpecNode } from '../../../src/spec/node.ts';
import { edge, lockfile, node } from '../../spec/node-fixture.ts';

/** In the order in which they are built: what, and what must be there first. */
function described(graph: SpecGraph, missing: readonly SpecNode[]) {
  const units = buildUnits(graph, missing);
  return units.map(({ spec, entry, needs }) => [
    spec === entry ? spec.name : `${spec.name} for ${entry.name}-${entry.version}`,
    needs.map((need) => units[need]?.entry.name),
  ]);
}

const c = node('c');
const b = node('b', { dependencies: [edge(c, ['build'])] });
const a = node('a', { dependencies: [edge(b)] });
const graph = readLockfile(lockfile([a, b, c]), 'spack.lock');
const all = postOrder(graph, [a.hash]);

test('what needs another comes after it', () => {
  expect(described(graph, all)).toEqual([
    ['c', []],
    ['b', ['c']],
    ['a', ['b']],
  ]);
});

test('what is present in between still puts one after the other, by its build dependencies too', () => {
  expect(
    described(
      graph,
      all.filter(({ name }) => name !== 'b'),
    ),
  ).toEqual([
    ['c', []],
    ['a', ['c']],
  ]);
});

/** A spliced spec as Spack writes it: with another dependency than it was built with. */
function spliced(name: string, built: { readonly hash: string }, dependencies: readonly object[]) {
  const whole = node(name, { dependencies, build_spec: { name, hash: built.hash } });
  return { ...whole, hash: `${whole.hash.slice(0, 25)}${built.hash.slice(-7)}` };
}

test('a spliced spec is built for the entry of its build spec, after what both of them need', () => {
  const [old, fresh] = [node('mpi', { version: '1' }), node('mpi', { version: '2' })];
  const built = node('app', { dependencies: [edge(old)] });
  const app = spliced('app', built, [edge(fresh)]);
  const graph = readLockfile(lockfile([app, fresh, built, old]), 'spack.lock');
  const nodes = [...graph.nodes.values()];
  const missing = nodes.filter(({ hash }) => hash === app.hash || hash === fresh.hash);
  expect(described(graph, missing.toReversed())).toEqual([
    ['mpi', []],
    ['app for app-1.0', ['mpi']],
  ]);
});

test('where the build spec is in the environment too, that is built, once, and the splice only waits for it', () => {
  const built = node('lib');
  const user = node('user', { dependencies: [edge(built)] });
  const splice = spliced('lib', built, [edge(user)]);
  const top = node('top', { dependencies: [edge(splice), edge(user)] });
  const graph = readLockfile(lockfile([top, splice, user, built]), 'spack.lock');
  const missing = postOrder(graph, [top.hash]);
  expect(missing.map(({ name }) => name)).toContain('user');
  expect(described(graph, missing)).toEqual([
    ['lib', []],
    ['user', ['lib']],
    ['top', ['lib', 'user']],
  ]);
});

test('nothing missing is nothing to build', () => {
  expect(buildUnits(graph, [])).toEqual([]);
});

test('a lockfile in which a chain of externals hands on thousands of missing specs is refused, before it takes all memory', () => {
  const template = graph.nodes.get(c.hash);
  if (template === undefined) throw new Error('no such spec');
  const make = (hash: string, needs: readonly string[]): SpecNode => ({
    ...template,
    hash,
    dependencies: needs.map((each) => ({
      hash: each,
      name: 'c',
      deptypes: ['link'],
      virtuals: [],
      direct: false,
    })),
  });
  const missing = Array.from({ length: 500 }, (_, i) => make(`missing-${i}`, []));
  const chain = Array.from({ length: 500 }, (_, i) =>
    make(`external-${i}`, i === 0 ? missing.map(({ hash }) => hash) : [`external-${i - 1}`]),
  );
  const units = (links: number) => {
    const nodes = [...missing, ...chain.slice(0, links)];
    return buildUnits(
      { nodes: new Map(nodes.map((each) => [each.hash, each])) },
      missing,
      new NeedCount(100_000),
    );
  };
  expect(units(50)).toHaveLength(500);
  expect(() => units(400)).toThrow(expect.objectContaining({ code: 'too-large' }));
});

test('a lockfile with more to build than a plan can be made of in seconds is refused', () => {
  const many = Array.from({ length: MOST_UNITS + 1 }, () => all).flat();
  expect(() => buildUnits(graph, many)).toThrow(expect.objectContaining({ code: 'too-large' }));
});

test('needs are the nearest, also if the missing specs come from another reading of the lockfile', () => {
  const again = (spec: SpecNode): SpecNode => ({ ...spec });
  const missing = postOrder(graph, graph.nodes.keys()).filter(({ external }) => external === undefined);
  const needs = (specs: readonly SpecNode[]) => buildUnits(graph, specs).map((unit) => unit.needs);
  expect(needs(missing.map(again))).toEqual(needs(missing));
});
