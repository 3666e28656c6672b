import { describe, expect, it } from 'vitest';
import {
  findPackage,
  hasDependency,
  holdsThroughout,
  indexGraph,
} from '../../../src/spec/constraint/reach.ts';
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

describe('hasDependency', () => {
  it('looks at direct build edges, and through link and run edges only', () => {
    const names = (name: string) =>
      all
        .filter(hasDependency(index, (edge) => edge.name === name))
        .map(({ name: found, version }) => found + version);
    expect(names('leaf')).toEqual(['tool1']);
    expect(names('tool')).toEqual(['tool2', 'openmpi1.0', 'lib1.0', 'app1.0']);
    expect(names('openmpi')).toEqual(['lib1.0', 'app1.0']);
  });
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
