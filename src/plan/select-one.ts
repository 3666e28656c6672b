/** The one spec that an argument means. */
import type { SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import { ambiguousSpec } from './ambiguous-spec.ts';
import { EVERYTHING, selectSpecs } from './selection.ts';

/**
 * @param graph its roots win where a constraint means several specs
 * @throws BuildcacheError `usage` when it means several, naming them; `not-found` when it means none
 */
export async function selectOne(graph: SpecGraph, text: string): Promise<SpecNode> {
  const isRoot = new Set(graph.roots.map(({ hash }) => hash));
  const all = await selectSpecs(graph, { ...EVERYTHING, specs: [text] });
  const roots = all.filter(({ hash }) => isRoot.has(hash));
  const matches = roots.length === 0 ? all : roots;
  const [first] = matches;
  if (first !== undefined && matches.length === 1) return first;
  throw ambiguousSpec(text, '', matches, (hash) => graph.nodes.get(hash));
}
