/**
 * Specs of local source: those that Spack builds from a folder (`spack develop`), and those that are built with one. The
 * hash of a develop spec names its folder, and covers nothing of what is in it, so neither does the hash of what needs it.
 * A binary under such a hash may be of any source that was ever in that folder.
 */
import { oneLine } from '../core/errors.ts';
import { addTo } from '../core/multimap.ts';
import type { SpecGraph } from './graph.ts';
import type { SpecNode } from './node.ts';

/** By hash of each spec of local source: itself if it is a develop spec, else the nearest develop spec below it. */
export type LocalSources = ReadonlyMap<string, SpecNode>;

/** Edges of all types count, and what a spliced spec was built as. */
export function localSources({ nodes }: Pick<SpecGraph, 'nodes'>): LocalSources {
  const found = new Map<string, SpecNode>();
  for (const node of nodes.values()) if (isDevelop(node)) found.set(node.hash, node);
  if (found.size === 0) return found;
  const dependents = new Map<string, SpecNode[]>();
  for (const node of nodes.values()) {
    for (const { hash } of node.dependencies) addTo(dependents, hash, node);
    if (node.buildSpec !== undefined) addTo(dependents, node.buildSpec.hash, node);
  }
  // Iterating a map also visits what is added meanwhile, so this one is its own queue.
  for (const [hash, develop] of found) {
    for (const { hash: above } of dependents.get(hash) ?? [])
      if (!found.has(above)) found.set(above, develop);
  }
  return found;
}

/** Those of the specs that are of local source, in the same order. */
export function ofLocalSource(specs: readonly SpecNode[], graph: Pick<SpecGraph, 'nodes'>): SpecNode[] {
  const local = localSources(graph);
  return specs.filter(({ hash }) => local.has(hash));
}

/** What is wrong with such specs, said of them all. */
export const LOCAL_SOURCE = 'built from local source, which the hash does not cover';

/** Why one spec is of local source. @param develop what {@link localSources} has for it */
export function localSourceText(spec: SpecNode, develop: SpecNode): string {
  if (spec.hash !== develop.hash) return `depends on ${develop.name}, which is built from local source`;
  const path = String(develop.variants.get(DEV_PATH));
  const shown = oneLine(path.slice(0, LONGEST_PATH)).slice(0, LONGEST_PATH);
  return `built from local source: ${shown}${path.length > LONGEST_PATH ? '…' : ''}`;
}

const DEV_PATH = 'dev_path';

/** Characters. A lockfile is anybody's, and the text is repeated for each mirror. */
const LONGEST_PATH = 200;

/** As in Spack, whatever the value is. An external spec is not built, whatever it says. */
function isDevelop({ variants, external }: SpecNode): boolean {
  return external === undefined && variants.has(DEV_PATH);
}
