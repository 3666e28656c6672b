/**
 * Whether concrete specs match a constraint, as Spack 1.2 answers `concrete.satisfies(constraint)`.
 *
 * Spack consults recipes for one thing, virtual packages. There are none here, so a name is virtual if an edge of
 * the graph provides it, a node provides what some edge to it says, and what versions of a virtual package are
 * provided is not asked: `^mpi@3` is `^mpi`. All other attributes asked of a virtual package Spack ignores too.
 */
import type { SpecGraph } from '../graph.ts';
import type { Dependency, SpecNode } from '../node.ts';
import { attributeTests, versionTest } from './attributes.ts';
import { compilerOf, packageOfCompiler } from './compiler.ts';
import { isSameDependency } from './conflict.ts';
import type { Constraint, DependencyConstraint } from './constraint.ts';
import { findPackage, type GraphIndex, hasDependency, indexGraph, type NodeTest } from './reach.ts';

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
 * Whether every build that the node describes (there is one) is one that the constraint describes.
 * What is compiled is kept as long as graph and constraint live.
 */
export function satisfies(graph: Nodes, node: SpecNode, constraint: Constraint): boolean {
  return compileConstraint(graph, constraint)(node);
}

/** Whether some build is one that both describe. A concrete spec describes one build, so this is {@link satisfies}. */
export function intersects(graph: Nodes, node: SpecNode, constraint: Constraint): boolean {
  return satisfies(graph, node, constraint);
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
  const dependencies = withDependencies ? dependencyTests(index, asked) : [];
  const providers = name === undefined ? undefined : index.providersOf(name);
  return (node) => {
    if (hash !== undefined && !node.hash.startsWith(hash)) return false;
    // What else is asked is asked of the virtual package, about which a node says nothing.
    if (name !== undefined && node.name !== name) return providers?.has(node.hash) ?? false;
    return attributes.every((test) => test(node)) && dependencies.every((test) => test(node));
  };
}

/** A dependency as Spack keeps it: those written more than once are one. */
interface Edge {
  readonly parent: string | undefined;
  /** Its sigil and condition count. */
  readonly first: DependencyConstraint;
  readonly specs: readonly Constraint[];
  readonly virtuals: readonly string[];
}

/** Tests for the whole tree of dependencies, each to be put to the node at its root. */
function dependencyTests(index: GraphIndex, root: Constraint): NodeTest[] {
  const tests: NodeTest[] = [];
  const parents = [root];
  for (const parent of parents) {
    for (const [first, all] of groupSame(parent.dependencies)) {
      const specs = all.map(({ spec }) => spec);
      const virtuals = all.flatMap((edge) => edge.virtuals);
      tests.push(edgeTest(index, { parent: parent.name, first, specs, virtuals }));
      parents.push(...specs.filter(({ dependencies }) => dependencies.length > 0));
    }
  }
  return tests;
}

/** The same dependencies, by the first of them. */
function groupSame(
  edges: readonly DependencyConstraint[],
): Map<DependencyConstraint, DependencyConstraint[]> {
  const groups = new Map<DependencyConstraint, DependencyConstraint[]>();
  for (const edge of edges) {
    const first = [...groups.keys()].find((other) => isSameDependency(other, edge)) ?? edge;
    groups.set(first, [...(groups.get(first) ?? []), edge]);
  }
  return groups;
}

function edgeTest(index: GraphIndex, edge: Edge): NodeTest {
  const test = edge.first.kind === '^' ? transitiveTest(index, edge) : directTest(index, edge);
  const { parent } = edge;
  const { when } = edge.first;
  if (when === undefined) return test;
  const applies = compile(index, when, true);
  return (node) => {
    const subject = parent === undefined || parent === node.name ? node : findPackage(index, node, parent);
    return (subject !== undefined && !applies(subject)) || test(node);
  };
}

/** `^`: the virtuals may come with other edges to a package of that name than the one that meets the rest. */
function transitiveTest(index: GraphIndex, { first, specs, virtuals }: Edge): NodeTest {
  const { name } = first.spec;
  const isNamed = (edge: Dependency) =>
    name === undefined || edge.name === name || edge.virtuals.includes(name);
  const matches = childTest(index, specs, false);
  const tests = virtuals.map((virtual) =>
    hasDependency(
      index,
      (edge) => isNamed(edge) && (edge.virtuals.includes(virtual) || edge.name === virtual),
    ),
  );
  tests.push(hasDependency(index, (edge) => isNamed(edge) && matches(edge)));
  return (node) => tests.every((test) => test(node));
}

function directTest(index: GraphIndex, edge: Edge): NodeTest {
  const { parent, first, specs } = edge;
  const { name } = first.spec;
  const isVirtual = name !== undefined && index.providersOf(name).size > 0;
  const virtuals = isVirtual ? [...edge.virtuals, name] : edge.virtuals;
  const isNamed = ({ name: found, virtuals: provided }: Dependency) => {
    const assigned = virtuals.length === 0 || virtuals.some((virtual) => provided.includes(virtual));
    return isVirtual ? assigned || found === name : assigned && (name === undefined || found === name);
  };
  const matches = childTest(index, specs, true);
  const isCompiler = compilerTest(specs);
  return (node) => {
    const subject = parent === undefined || parent === name ? node : findPackage(index, node, parent);
    if (subject === undefined) return false;
    if (lacksCompilerEdges(subject)) return isCompiler(subject);
    return subject.dependencies.some(
      (found) =>
        isNamed(found) && first.deptypes.every((type) => found.deptypes.includes(type)) && matches(found),
    );
  };
}

/** Whether the node at the end of an edge meets all of these. */
function childTest(
  index: GraphIndex,
  specs: readonly Constraint[],
  deep: boolean,
): (edge: Dependency) => boolean {
  const tests = specs.map((spec) => compile(index, spec, deep));
  return (edge) => {
    const child = index.nodes.get(edge.hash);
    if (child !== undefined) return tests.every((test) => test(child));
    // A pruned cache: of a package that is not in the graph we know what the edge says.
    return specs.every((spec) => edgeAloneMeets(edge, spec));
  };
}

function edgeAloneMeets(edge: Dependency, spec: Constraint): boolean {
  if (!edge.hash.startsWith(spec.hash ?? '')) return false;
  if (spec.name !== undefined && spec.name !== edge.name) return edge.virtuals.includes(spec.name);
  return asksNothingElse(spec);
}

function asksNothingElse(spec: Constraint): boolean {
  const { namespace, versions, variants, flags, platform, os, target, dependencies } = spec;
  const attributes = [namespace, versions, platform, os, target];
  return (
    attributes.every((value) => value === undefined) &&
    variants.length + flags.length + dependencies.length === 0
  );
}

/** Before format 5 the compiler was no dependency; and an external spec has no dependencies that could tell it. */
function lacksCompilerEdges(node: SpecNode): boolean {
  return node.originalFormat < 5 || (node.external !== undefined && node.dependencies.length === 0);
}

/**
 * Whether a node's compiler, of which only name and version are known, meets all of these. Spack 1.2 knows the
 * old compiler names in what is asked but not in old specs, so that its `%clang` finds nothing there; ours does.
 */
function compilerTest(specs: readonly Constraint[]): NodeTest {
  const versionTests = specs.flatMap(({ versions }) =>
    versions === undefined ? [] : [versionTest(versions)],
  );
  // Nothing lies below a compiler that could contradict what is propagated.
  const rest = specs.map((spec) => ({
    ...spec,
    namespace: undefined,
    versions: undefined,
    variants: spec.variants.filter(({ propagate }) => !propagate),
  }));
  const canHold = rest.every((spec) => spec.hash === undefined && asksNothingElse(spec));
  return (node) => {
    const compiler = compilerOf(node);
    if (compiler === undefined || !canHold) return false;
    const isNamed = specs.every(
      ({ name }) => name === undefined || name === packageOfCompiler(compiler.name),
    );
    return isNamed && versionTests.every((test) => test(compiler));
  };
}
