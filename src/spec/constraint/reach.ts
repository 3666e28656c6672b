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
   * Hashes of the nodes that provide this virtual package, as some edge or the node itself says. Without recipes, a
   * name is known to be virtual if there are any.
   */
  providersOf(virtual: string): ReadonlySet<string>;
  /** All nodes, dependencies before dependents. */
  order(): readonly SpecNode[];
}

/** Whether something holds for a node; cheap to call, and total. */
export type NodeTest = (node: SpecNode) => boolean;

export interface EdgeTest {
  (edge: Dependency): boolean;
  /** The test looks only at where the edge leads, and not at the edge. So all edges to one package pass, or none. */
  readonly ofTarget?: boolean;
}

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
 * For a node of which no direct edge passes: the first passing edge further below. It is found by going, level by
 * level, through link and run dependencies, to each package once. By which of several edges a package is first met
 * depends on where one starts. Nodes for which that matters are walked one by one. All others are answered by the one
 * walk.
 */
export function nearestBelow(
  index: GraphIndex,
  passes: EdgeTest,
): (node: SpecNode) => Dependency | undefined {
  let known: Nearest | undefined;
  return (node) => {
    known ??= collectNearest(index, passes);
    const found = nearest(node, known.below)?.edge;
    return found !== undefined && known.disputed.has(found.hash) ? walk(index, node, passes) : found;
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

/** An edge that passes, and how many edges away its package is. */
interface Found {
  readonly edge: Dependency;
  readonly distance: number;
  /** The same edge as seen from one edge further up. All nodes that see it so share this object. */
  further?: Found;
}

interface Nearest {
  /** By a node's hash: the nearest edge that passes, by link and run dependencies alone, direct ones too. */
  readonly below: ReadonlyMap<string, Found>;
  /** Packages to which some of these edges pass and others do not. */
  readonly disputed: ReadonlySet<string>;
}

function collectNearest(index: GraphIndex, passes: EdgeTest): Nearest {
  const below = new Map<string, Found>();
  const passed = new Set<string>();
  for (const node of index.order()) {
    let direct: Found | undefined;
    for (const edge of node.dependencies) {
      if (!isRuntime(edge.deptypes) || !passes(edge)) continue;
      direct ??= { edge, distance: 1 };
      if (passes.ofTarget === true) break;
      passed.add(edge.hash);
    }
    const found = direct ?? oneFurther(nearest(node, below));
    if (found !== undefined) below.set(node.hash, found);
  }
  const disputed = new Set<string>();
  for (const { dependencies } of passed.size === 0 ? [] : index.order()) {
    for (const edge of dependencies) {
      if (passed.has(edge.hash) && isRuntime(edge.deptypes) && !passes(edge)) disputed.add(edge.hash);
    }
  }
  return { below, disputed };
}

function oneFurther(found: Found | undefined): Found | undefined {
  if (found === undefined) return undefined;
  found.further ??= { edge: found.edge, distance: found.distance + 1 };
  return found.further;
}

/** What is nearest below a node's direct dependencies; among siblings the first in the document's order. */
function nearest(node: SpecNode, below: ReadonlyMap<string, Found>): Found | undefined {
  let best: Found | undefined;
  for (const edge of node.dependencies) {
    const found = isRuntime(edge.deptypes) ? below.get(edge.hash) : undefined;
    if (found !== undefined && (best === undefined || found.distance < best.distance)) best = found;
  }
  return best;
}

function walk({ nodes }: GraphIndex, start: SpecNode, passes: EdgeTest): Dependency | undefined {
  const queue = start.dependencies.filter((edge) => isRuntime(edge.deptypes));
  const met = new Set(queue.map(({ hash }) => hash));
  for (const { hash } of queue) {
    for (const edge of nodes.get(hash)?.dependencies ?? []) {
      if (!isRuntime(edge.deptypes) || met.has(edge.hash)) continue;
      if (passes(edge)) return edge;
      met.add(edge.hash);
      queue.push(edge);
    }
  }
  return undefined;
}

// Spack takes an edge without types, which nothing writes any more, for one of every type.
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
