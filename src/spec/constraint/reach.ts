/**
 * Questions about everything below a node, answered for a whole graph in one walk, so that asking each of 100,000
 * nodes costs no more than asking one. Nothing here recurses: a lockfile may describe any depth, and cycles.
 */
import { postOrder, type SpecGraph } from '../graph.ts';
import type { Dependency, DepType, SpecNode } from '../node.ts';
import { providedVirtuals } from '../provided-virtuals.ts';

/** What matching needs to know of a graph; made once a graph, filled in when first needed. */
export interface GraphIndex {
  readonly nodes: SpecGraph['nodes'];
  /**
   * Hashes of the nodes that some edge, or the node itself, says provide this virtual package. Without recipes, a name is known to be
   * virtual by there being any.
   */
  providersOf(virtual: string): ReadonlySet<string>;
  /** All nodes, dependencies before dependents. */
  order(): readonly SpecNode[];
}

/** Whether something holds for a node; cheap to call, and total. */
export type NodeTest = (node: SpecNode) => boolean;

export type EdgeTest = (edge: Dependency) => boolean;

export function indexGraph(nodes: SpecGraph['nodes']): GraphIndex {
  let providers: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  let order: readonly SpecNode[] | undefined;
  return {
    nodes,
    providersOf(virtual) {
      providers ??= collectProviders(nodes);
      return providers.get(virtual) ?? NOBODY;
    },
    order() {
      order ??= postOrder({ nodes }, nodes.keys());
      return order;
    },
  };
}

/**
 * Whether an edge that passes is among a node's direct build, link and run dependencies, or further below among
 * the link and run dependencies of those: what `^` looks at.
 */
export function hasDependency(index: GraphIndex, passes: EdgeTest): NodeTest {
  let above: Set<string> | undefined;
  const isAbove = (node: SpecNode, known: ReadonlySet<string>) =>
    node.dependencies.some((edge) => isRuntime(edge.deptypes) && (known.has(edge.hash) || passes(edge)));
  return (node) => {
    above ??= collect(index, isAbove);
    return isAbove(node, above) || node.dependencies.some((edge) => isBuild(edge.deptypes) && passes(edge));
  };
}

/** Whether a test holds for a node and everything below it, by edges of any type. */
export function holdsThroughout(index: GraphIndex, holds: NodeTest): NodeTest {
  let broken: Set<string> | undefined;
  const isBroken = (node: SpecNode, known: ReadonlySet<string>) =>
    !holds(node) || node.dependencies.some((edge) => known.has(edge.hash));
  return (node) => {
    broken ??= collect(index, isBroken);
    return !isBroken(node, broken);
  };
}

/**
 * The package that a node means by a name, as Spack's `spec[name]`: a direct build or test dependency, else the
 * nearest of the node itself and its link and run dependencies. A virtual package's name stands for its provider.
 */
export function findPackage({ nodes }: GraphIndex, node: SpecNode, name: string): SpecNode | undefined {
  const isMeant: EdgeTest = (edge) => edge.name === name || edge.virtuals.includes(name);
  const direct = node.dependencies.find(
    (edge) => (isBuild(edge.deptypes) || edge.deptypes.includes('test')) && isMeant(edge),
  );
  if (direct !== undefined) return nodes.get(direct.hash);
  if (node.name === name) return node;
  const queue = [node];
  const seen = new Set(queue);
  for (const current of queue) {
    const edges = current.dependencies.filter((edge) => isRuntime(edge.deptypes));
    // Spack looks at a level in the order it was reached, and at siblings by name.
    edges.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
    const found = edges.find(isMeant);
    if (found !== undefined) return nodes.get(found.hash);
    for (const edge of edges) {
      const child = nodes.get(edge.hash);
      if (child === undefined || seen.has(child)) continue;
      seen.add(child);
      queue.push(child);
    }
  }
  return undefined;
}

const NOBODY: ReadonlySet<string> = new Set();

/** The hashes of all nodes that pass, given those of the nodes below them that do. */
function collect(
  index: GraphIndex,
  passes: (node: SpecNode, known: ReadonlySet<string>) => boolean,
): Set<string> {
  const found = new Set<string>();
  for (const node of index.order()) {
    if (passes(node, found)) found.add(node.hash);
  }
  return found;
}

// To Spack an edge without types, which nothing writes any more, is of every type.
function isRuntime(deptypes: readonly DepType[]): boolean {
  return deptypes.length === 0 || deptypes.includes('link') || deptypes.includes('run');
}

function isBuild(deptypes: readonly DepType[]): boolean {
  return deptypes.length === 0 || deptypes.includes('build');
}

function collectProviders(nodes: SpecGraph['nodes']): Map<string, Set<string>> {
  const providers = new Map<string, Set<string>>();
  const add = (virtual: string, hash: string) => {
    const hashes = providers.get(virtual);
    if (hashes === undefined) providers.set(virtual, new Set([hash]));
    else hashes.add(hash);
  };
  for (const node of nodes.values()) {
    for (const virtual of providedVirtuals(node.dict)) add(virtual, node.hash);
    for (const edge of node.dependencies) for (const virtual of edge.virtuals) add(virtual, edge.hash);
  }
  return providers;
}
