/**
 * Whether concrete specs match a constraint, as Spack 1.2 and later answer `concrete.satisfies(constraint)`.
 *
 * Dependencies are matched by the edges that are there. A virtual package's name stands for whatever an edge says
 * provides it. Only a hash is asked of it beside that, so `^mpi@3` is `^mpi`: only recipes know which versions are
 * provided. Of a spec itself (`mpi`, not `^mpi`) Spack asks the recipes what it provides. There are no recipes here,
 * so a node provides what some edge to it says.
 */
import type { SpecGraph } from '../graph.ts';
import type { Dependency, SpecNode } from '../node.ts';
import { attributeTests } from './attributes.ts';
import { compilerOf } from './compiler.ts';
import { compilerEdgeTest, compilerRulesOut } from './compiler-edge.ts';
import { isSameDependency } from './conflict.ts';
import type { Constraint, DependencyConstraint } from './constraint.ts';
import { type EdgeTest, type GraphIndex, indexGraph, type NodeTest, nearestBelow } from './reach.ts';

type Nodes = Pick<SpecGraph, 'nodes'>;

/**
 * A test for the nodes of a graph, worth keeping for many of them: the first question about what lies below a node
 * looks at the whole graph, all others at little more than that node. The graph must not change afterwards.
 */
export function compileConstraint(graph: Nodes, constraint: Constraint): (node: SpecNode) => boolean {
  const { index, tests } = memoryOf(graph);
  let test = tests.get(constraint);
  if (test === undefined) {
    test = compile(index, constraint, true);
    tests.set(constraint, test);
  }
  return test;
}

/**
 * Whether every build that the node describes is one that the constraint describes. A concrete spec describes one
 * build, so it is the same question whether the two intersect. What is compiled is kept as long as graph and
 * constraint live.
 */
export function satisfies(graph: Nodes, node: SpecNode, constraint: Constraint): boolean {
  return compileConstraint(graph, constraint)(node);
}

interface Memory {
  readonly index: GraphIndex;
  readonly tests: WeakMap<Constraint, NodeTest>;
}

const memories = new WeakMap<SpecGraph['nodes'], Memory>();

function memoryOf({ nodes }: Nodes): Memory {
  let memory = memories.get(nodes);
  if (memory === undefined) {
    memory = { index: indexGraph(nodes), tests: new WeakMap() };
    memories.set(nodes, memory);
  }
  return memory;
}

function compile(index: GraphIndex, asked: Constraint, withDependencies: boolean): NodeTest {
  const { name, hash } = asked;
  const attributes = attributeTests(index, asked);
  const dependencies = withDependencies ? dependencyTests(index, [asked]).map(({ ofNode }) => ofNode) : [];
  const providers = name === undefined ? undefined : index.providersOf(name);
  return (node) => {
    if (hash !== undefined && !node.hash.startsWith(hash)) return false;
    const isNamed = name === undefined || node.name === name;
    // Then the name's own attributes are asked of the virtual package, about which a node says nothing.
    const meetsOwn = isNamed ? attributes.every((test) => test(node)) : providers?.has(node.hash);
    return meetsOwn === true && dependencies.every((test) => test(node));
  };
}

/** Whether something has a dependency that was asked for: a node, or the compiler of an old one. */
interface DependencyTest {
  readonly ofNode: NodeTest;
  /** Nothing is known of what lies below a compiler, so only a condition can make this hold. */
  readonly ofCompiler: (node: SpecNode) => boolean;
}

/**
 * One test for each dependency that is asked of a node. Dependencies that are written more than once are one, as in
 * Spack.
 */
function dependencyTests(index: GraphIndex, asked: readonly Constraint[]): DependencyTest[] {
  const groups: DependencyConstraint[][] = [];
  for (const edge of asked.flatMap(({ dependencies }) => dependencies)) {
    const isSame = ([first]: readonly DependencyConstraint[]) =>
      first !== undefined && isSameDependency(first, edge);
    const same = edge.spec.name === undefined ? undefined : groups.find(isSame);
    if (same !== undefined) same.push(edge);
    else groups.push([edge]);
  }
  return groups.map((group) => dependencyTest(index, group));
}

/** @param group the same dependency, as it was written each time; the first one's sigil and condition count */
function dependencyTest(index: GraphIndex, group: readonly DependencyConstraint[]): DependencyTest {
  const specs = group.map(({ spec }) => spec);
  const kind = group[0]?.kind;
  const when = group[0]?.when;
  const passes = edgeTest(index, group);
  const isCompiler = compilerEdgeTest(group);
  const below = dependencyTests(index, specs);
  const findBelow = kind === '^' ? nearestBelow(index, passes) : undefined;
  const meetsRest = ({ hash }: Dependency) => {
    if (below.length === 0) return true;
    const child = index.nodes.get(hash);
    return child !== undefined && below.every(({ ofNode }) => ofNode(child));
  };
  const applies = when === undefined ? undefined : compile(index, when, true);
  return {
    ofNode(node) {
      if (applies?.(node) === false) return true;
      // The first dependency that passes has to meet what is asked of its own dependencies.
      const direct = node.dependencies.find(passes);
      if (direct !== undefined) return meetsRest(direct);
      if (isCompiler(node)) return below.every(({ ofCompiler }) => ofCompiler(node));
      const found = findBelow?.(node);
      return found !== undefined && meetsRest(found);
    },
    ofCompiler: (node) => when !== undefined && compilerRulesOut(compilerOf(node), when),
  };
}

/** Whether one edge has all that is asked: its types, its virtuals and the node it leads to. */
function edgeTest(index: GraphIndex, group: readonly DependencyConstraint[]): EdgeTest {
  const name = group[0]?.spec.name;
  const deptypes = group[0]?.deptypes ?? [];
  const virtuals = group.flatMap((edge) => edge.virtuals);
  const specs = group.map(({ spec }) => spec);
  const tests = specs.map((spec) => compile(index, spec, false));
  const test = (edge: Dependency) => {
    const isNamed = name === undefined || edge.name === name;
    if (!isNamed && !edge.virtuals.includes(name)) return false;
    if (!virtuals.every((virtual) => edge.virtuals.includes(virtual))) return false;
    if (!deptypes.every((type) => edge.deptypes.includes(type))) return false;
    if (!isNamed) return specs.every(({ hash = '' }) => edge.hash.startsWith(hash));
    const child = index.nodes.get(edge.hash);
    if (child !== undefined) return tests.every((test) => test(child));
    // A pruned cache: of a package that is not in the graph, only what the edge says is known.
    return specs.every((spec) => edge.hash.startsWith(spec.hash ?? '') && asksOnlyNameAndHash(spec));
  };
  const isVirtual = name !== undefined && index.providersOf(name).size > 0;
  return Object.assign(test, { ofTarget: virtuals.length + deptypes.length === 0 && !isVirtual });
}

function asksOnlyNameAndHash({
  namespace,
  versions,
  variants,
  flags,
  platform,
  os,
  target,
}: Constraint): boolean {
  const attributes = [namespace, versions, platform, os, target];
  return attributes.every((value) => value === undefined) && variants.length + flags.length === 0;
}
