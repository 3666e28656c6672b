/** A set of concrete specs, closed under dependencies if its source was, and ways to walk it. */
import type { DepType, SpecNode } from './node.ts';

/** A root as the user wrote it: several may share a hash. */
export interface Root {
  readonly hash: string;
  readonly spec: string;
  /** Of `spack.yaml`; undefined in lockfiles before version 7, which know the default one only. */
  readonly group?: string;
  /** A root of an environment that this one includes, not of its own. */
  readonly included?: true;
}

export interface SpecGraph {
  /** By DAG hash, in the document's order. */
  readonly nodes: ReadonlyMap<string, SpecNode>;
  readonly roots: readonly Root[];
}

/**
 * All nodes reachable from the given hashes, dependencies before dependents (post-order, children in the
 * document's order), each once. Edges to nodes the graph does not hold are passed over.
 * @param follow which edges to walk; all of them when not given
 */
export function postOrder(
  graph: Pick<SpecGraph, 'nodes'>,
  hashes: Iterable<string>,
  follow?: (deptypes: readonly DepType[], from: SpecNode) => boolean,
): SpecNode[] {
  return walk(graph, hashes, follow, () => false);
}

/**
 * The same, with the build specs of spliced nodes after the nodes' dependencies. An index or a database that has a
 * record of a spliced spec needs records of all these, or Spack 1.2 and newer refuse the whole document.
 * @param isFollowed the nodes whose dependencies and build spec are looked at; all when not given
 */
export function recordOrder(
  graph: Pick<SpecGraph, 'nodes'>,
  hashes: Iterable<string>,
  isFollowed: (from: SpecNode) => boolean = () => true,
): SpecNode[] {
  return walk(graph, hashes, (_, from) => isFollowed(from), isFollowed);
}

function walk(
  graph: Pick<SpecGraph, 'nodes'>,
  hashes: Iterable<string>,
  follow: ((deptypes: readonly DepType[], from: SpecNode) => boolean) | undefined,
  toBuildSpec: (from: SpecNode) => boolean,
): SpecNode[] {
  const seen = new Set<string>();
  const order: SpecNode[] = [];
  // An explicit stack: a lockfile may describe a chain deeper than the call stack.
  const stack: { node: SpecNode; next: number }[] = [];
  const enter = (hash: string) => {
    const node = graph.nodes.get(hash);
    if (node === undefined || seen.has(hash)) return;
    seen.add(hash);
    stack.push({ node, next: 0 });
  };
  for (const hash of hashes) {
    enter(hash);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { buildSpec, dependencies } = top.node;
      const at = top.next++;
      const edge = dependencies[at];
      if (edge !== undefined) {
        if (follow === undefined || follow(edge.deptypes, top.node)) enter(edge.hash);
      } else if (at === dependencies.length && buildSpec !== undefined && toBuildSpec(top.node)) {
        enter(buildSpec.hash);
      } else {
        order.push(top.node);
        stack.pop();
      }
    }
  }
  return order;
}

/** An edge filter for {@link postOrder}: edges having at least one of these types. */
export function ofTypes(...types: readonly DepType[]): (deptypes: readonly DepType[]) => boolean {
  return (deptypes) => deptypes.some((type) => types.includes(type));
}
