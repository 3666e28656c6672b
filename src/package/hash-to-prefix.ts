/** Which prefixes a tarball may mention, and of which specs they are: the `hash_to_prefix` of the build info. */
import { BuildcacheError } from '../core/errors.ts';
import type { SpecGraph } from '../spec/graph.ts';
import { type Dependency, type SpecNode, shortHash } from '../spec/node.ts';

/**
 * The spec itself, then its link dependencies breadth-first (a node's children by name), then its direct run
 * dependencies. Each hash comes once, and externals are left out. The order is Spack's order of the build info's keys.
 * @param prefixOf the absolute prefix of a spec that is not external, whether or not it is installed
 * @throws BuildcacheError `not-found` where the graph lacks a node or `prefixOf` does not know one
 */
export function hashToPrefix(
  graph: Pick<SpecGraph, 'nodes'>,
  hash: string,
  prefixOf: (hash: string) => string | undefined,
): Array<readonly [hash: string, prefix: string]> {
  const root = nodeOf(graph, hash, 'the spec to push');
  const order = new Map([[root.hash, root]]);
  const add = (from: SpecNode, edge: Dependency) => {
    if (!order.has(edge.hash)) {
      order.set(edge.hash, nodeOf(graph, edge.hash, `a dependency of ${from.name}/${shortHash(from)}`));
    }
  };
  // A map hands out entries added during the walk too, in the order they came: it is its own queue.
  for (const node of order.values()) {
    for (const edge of linkEdges(node)) add(node, edge);
  }
  for (const edge of root.dependencies) {
    if (edge.deptypes.includes('run')) add(root, edge);
  }
  return [...order.values()]
    .filter((node) => node.external === undefined)
    .map((node) => [node.hash, knownPrefix(node, prefixOf)] as const);
}

function linkEdges(node: SpecNode): Dependency[] {
  return node.dependencies
    .filter((edge) => edge.deptypes.includes('link'))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function nodeOf(graph: Pick<SpecGraph, 'nodes'>, hash: string, what: string): SpecNode {
  const node = graph.nodes.get(hash);
  if (node === undefined) {
    throw new BuildcacheError('not-found', `${what} is missing from its spec graph`, {
      expected: `/${hash}`,
    });
  }
  return node;
}

function knownPrefix(node: SpecNode, prefixOf: (hash: string) => string | undefined): string {
  const prefix = prefixOf(node.hash);
  if (prefix === undefined) {
    throw new BuildcacheError('not-found', `no install prefix is known for ${node.name}/${shortHash(node)}`, {
      hint: 'if it is installed in another tree, name that under upstreams: in spack.yaml',
    });
  }
  return prefix;
}
