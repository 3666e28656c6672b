/** For relocating a spliced spec: which node of the build spec each of its nodes replaces. */
import { addTo } from '../core/multimap.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import { compareVersions, parseVersion } from '../spec/version.ts';

/**
 * As in Spack, a node that the build spec has too replaces itself. Another node replaces the one of the same name, else
 * the one with the highest version among those that provide all virtual packages it provides.
 * @param hashes of the nodes to look up
 * @returns by hash of each node, the hash of the one it replaces; a node that replaces none is left out
 */
export function splicedFrom(
  graph: Pick<SpecGraph, 'nodes'>,
  spec: SpecNode,
  hashes: Iterable<string>,
): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  const built = spec.buildSpec === undefined ? undefined : graph.nodes.get(spec.buildSpec.hash);
  if (built === undefined) return result;
  const before = runtimeNodes(graph, built);
  const beforeVirtuals = virtualsIn(before);
  const nowVirtuals = virtualsIn(runtimeNodes(graph, spec));
  const byName = new Map<string, SpecNode[]>();
  const byVirtual = new Map<string, SpecNode[]>();
  for (const old of before.values()) {
    addTo(byName, old.name, old);
    for (const virtual of beforeVirtuals.get(old.hash) ?? []) addTo(byVirtual, virtual, old);
  }
  const bestByName = remembered((name) => highest(byName.get(name) ?? []));
  const bestByVirtuals = remembered((key) => {
    const virtuals = JSON.parse(key) as string[];
    const lists = virtuals.map((virtual) => byVirtual.get(virtual) ?? []);
    const [fewest = []] = lists.sort((a, b) => a.length - b.length);
    return highest(
      fewest.filter(({ hash }) => virtuals.every((each) => beforeVirtuals.get(hash)?.has(each) === true)),
    );
  });
  for (const hash of hashes) {
    const node = graph.nodes.get(hash);
    if (node === undefined || before.has(hash)) continue;
    const provided = nowVirtuals.get(hash);
    const replaced = provided && JSON.stringify([...provided].sort());
    const best = bestByName(node.name) ?? (replaced === undefined ? undefined : bestByVirtuals(replaced));
    if (best !== undefined) result.set(hash, best.hash);
  }
  return result;
}

/** The node of the highest version; of several, the first. */
function highest(nodes: readonly SpecNode[]): SpecNode | undefined {
  let best: { readonly node: SpecNode; readonly version: ReturnType<typeof parseVersion> } | undefined;
  for (const node of nodes) {
    const version = parseVersion(node.version);
    if (best === undefined || compareVersions(version, best.version) > 0) best = { node, version };
  }
  return best?.node;
}

/** A hostile spec has thousands of nodes of one name, or that provide the same: each question is answered once. */
function remembered(find: (key: string) => SpecNode | undefined): (key: string) => SpecNode | undefined {
  const known = new Map<string, SpecNode | undefined>();
  return (key) => {
    if (!known.has(key)) known.set(key, find(key));
    return known.get(key);
  };
}

/** By hash, a spec and what it needs for anything but building it. */
function runtimeNodes(graph: Pick<SpecGraph, 'nodes'>, root: SpecNode): Map<string, SpecNode> {
  const nodes = new Map([[root.hash, root]]);
  for (const node of nodes.values()) {
    for (const { hash, deptypes } of node.dependencies) {
      const child = graph.nodes.get(hash);
      if (child !== undefined && deptypes.some((type) => type !== 'build')) nodes.set(hash, child);
    }
  }
  return nodes;
}

/** The virtual packages that the nodes provide to one another. */
function virtualsIn(nodes: ReadonlyMap<string, SpecNode>): ReadonlyMap<string, ReadonlySet<string>> {
  const provided = new Map<string, Set<string>>();
  for (const node of nodes.values()) {
    for (const { hash, virtuals } of node.dependencies) {
      if (virtuals.length === 0) continue;
      const known = provided.get(hash) ?? new Set();
      for (const virtual of virtuals) known.add(virtual);
      provided.set(hash, known);
    }
  }
  return provided;
}
