import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findPackage,
  holdsThroughout,
  indexGraph,
  nearestBelow,
} from '../../../src/spec/constraint/reach.ts';
import type { Dependency, DepType, SpecNode } from '../../../src/spec/node.ts';
import { runs } from '../../harness/runs.ts';
import { makeNode } from '../spec-nodes.ts';

const leaf = makeNode('leaf');
const oldTool = makeNode('tool', { hash: 'old', version: '1', dependencies: [[leaf, 'link']] });
const tool = makeNode('tool', { hash: 'new', version: '2', dependencies: [[oldTool, 'build']] });
const mpi = makeNode('openmpi', { dependencies: [[tool, 'run']] });
const lib = makeNode('lib', { dependencies: [[mpi, 'link']], virtuals: ['mpi'] });
const app = makeNode('app', {
  dependencies: [
    [lib, 'link'],
    [oldTool, 'build'],
  ],
});
const all = [leaf, oldTool, tool, mpi, lib, app];
const index = indexGraph(new Map(all.map((node) => [node.hash, node])));

describe('indexGraph', () => {
  it('knows who provides what some edge says they do', () => {
    expect([...index.providersOf('mpi')]).toEqual([mpi.hash]);
    expect(index.providersOf('openmpi').size).toBe(0);
  });
});

describe('nearestBelow', () => {
  const findBelow = (name: string) => nearestBelow(index, (edge) => edge.name === name);

  it('looks through link and run edges, below those of the node itself', () => {
    const names = (name: string) =>
      all.filter((node) => findBelow(name)(node)).map(({ name: found }) => found);
    expect(names('leaf')).toEqual([]);
    expect(names('tool')).toEqual(['lib', 'app']);
    expect(names('openmpi')).toEqual(['app']);
  });

  it('says which edge comes first, for every node as a walk from it finds it', () => {
    const kinds: readonly (readonly [DepType[], string[]])[] = [
      [['link'], ['v']],
      [['run'], []],
      [['build'], ['v']],
    ];
    fc.assert(
      fc.property(fc.array(fc.nat(5), { minLength: 21, maxLength: 21 }), (choices) => {
        const nodes: SpecNode[] = [];
        for (let i = 0, choice = 0; i < 7; i++) {
          const dependencies = nodes.flatMap((child) => {
            const [deptypes, virtuals] = kinds[choices[choice++] ?? 0] ?? [];
            if (deptypes === undefined || virtuals === undefined) return [];
            return [{ name: child.name, hash: child.hash, deptypes, virtuals, direct: true }];
          });
          nodes.push({ ...makeNode(`n${i}`, { hash: `h${i}` }), dependencies });
        }
        const byHash = new Map(nodes.map((node) => [node.hash, node]));
        const passes = ({ virtuals, name }: Dependency) => virtuals.length > 0 && name < 'n3';
        const find = nearestBelow(indexGraph(byHash), passes);
        for (const node of nodes) {
          if (!node.dependencies.some(passes)) expect(find(node)).toBe(walkBelow(byHash, node, passes));
        }
      }),
      { numRuns: runs(2000) },
    );
  });

  /** What it is said to do, said once more. */
  function walkBelow(
    nodes: ReadonlyMap<string, SpecNode>,
    start: SpecNode,
    passes: (edge: Dependency) => boolean,
  ): Dependency | undefined {
    const below = (hash: string) =>
      (nodes.get(hash)?.dependencies ?? []).filter(({ deptypes }) => deptypes[0] !== 'build');
    let level = below(start.hash);
    const met = new Set(level.map(({ hash }) => hash));
    while (level.length > 0) {
      const next: Dependency[] = [];
      for (const edge of level.flatMap(({ hash }) => below(hash))) {
        if (met.has(edge.hash)) continue;
        met.add(edge.hash);
        next.push(edge);
      }
      const found = next.find(passes);
      if (found !== undefined) return found;
      level = next;
    }
    return undefined;
  }
});

describe('holdsThroughout', () => {
  it('looks through edges of any type', () => {
    const holds = holdsThroughout(index, (node) => node.name !== 'leaf');
    expect(all.map(holds)).toEqual([false, false, false, false, false, false]);
    const newEnough = holdsThroughout(index, (node) => node !== lib);
    expect(all.filter(newEnough).map(({ name }) => name)).toEqual(['leaf', 'tool', 'tool', 'openmpi']);
  });
});

describe('findPackage', () => {
  it('finds a direct build dependency before itself, and itself before what is below', () => {
    expect(findPackage(index, app, 'tool')).toBe(oldTool);
    expect(findPackage(index, tool, 'tool')).toBe(oldTool);
    expect(findPackage(index, oldTool, 'tool')).toBe(oldTool);
    expect(findPackage(index, lib, 'tool')).toBe(tool);
  });

  it('takes a virtual package for its provider', () => {
    expect(findPackage(index, app, 'mpi')).toBe(mpi);
    expect(findPackage(index, app, 'blas')).toBeUndefined();
  });
});
