/** Spack's topological order, which decides about search paths: as breadth-first as an order can be. */
import type { SpecGraph } from './graph.ts';
import type { DepType, SpecNode } from './node.ts';

/**
 * All nodes reachable from the given hashes, dependents before dependencies. What is named first and what is nearest
 * comes first (children by name). Edges to nodes the graph does not hold are passed over.
 */
export function topologicalOrder(
  graph: Pick<SpecGraph, 'nodes'>,
  hashes: Iterable<string>,
  follow: (deptypes: readonly DepType[], from: SpecNode) => boolean,
): SpecNode[] {
  const roots = [...new Set(hashes)].flatMap((hash) => graph.nodes.get(hash) ?? []);
  const children = new Map<SpecNode, SpecNode[]>();
  const waiting = new Map<SpecNode, number>();
  const count = (nodes: readonly SpecNode[]) => {
    for (const node of nodes) waiting.set(node, (waiting.get(node) ?? 0) + 1);
  };
  count(roots);
  // Iterating a set also visits what is added meanwhile, so this one is its own queue.
  const seen = new Set(roots);
  for (const node of seen) {
    const below = node.dependencies
      .filter(({ deptypes }) => follow(deptypes, node))
      .sort((a, b) => order(a.name, b.name) || order(a.hash, b.hash))
      .flatMap(({ hash }) => graph.nodes.get(hash) ?? []);
    children.set(node, below);
    count(below);
    for (const child of below) seen.add(child);
  }
  const ordered: SpecNode[] = [];
  const arrive = (nodes: readonly SpecNode[]) => {
    for (const node of nodes) {
      const left = (waiting.get(node) ?? 0) - 1;
      waiting.set(node, left);
      if (left === 0) ordered.push(node);
    }
  };
  arrive(roots);
  for (const node of ordered) arrive(children.get(node) ?? []);
  return ordered;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
