/** For relocating a spliced spec: which node of the build spec each of its nodes replaces. */
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
  for (const hash of hashes) {
    const node = graph.nodes.get(hash);
    if (node === undefined || before.has(hash)) continue;
    const provided = nowVirtuals.get(hash);
    const candidates = [...before.values()].filter((old) => {
      const virtuals = beforeVirtuals.get(old.hash);
      const replaces = provided !== undefined && [...provided].every((each) => virtuals?.has(each));
      return old.name === node.name || replaces;
    });
    const [best] = candidates.sort(
      (a, b) =>
        Number(b.name === node.name) - Number(a.name === node.name) ||
        compareVersions(parseVersion(b.version), parseVersion(a.version)),
    );
    if (best !== undefined) result.set(hash, best.hash);
  }
  return result;
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
