/** The one spec that an argument means. */
import { BuildcacheError } from '../core/errors.ts';
import { shortSpec } from '../spec/format.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import { EVERYTHING, selectSpecs } from './selection.ts';

/** Named in a message. */
const SHOWN = 8;

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
  const shown = matches.slice(0, SHOWN).map(shortSpec).join(', ');
  const more = matches.length > SHOWN ? ` and ${matches.length - SHOWN} more` : '';
  throw new BuildcacheError('usage', `${JSON.stringify(text)} matches ${matches.length} specs`, {
    expected: 'one',
    found: shown + more,
    hint: `name one by its hash: /${first?.hash.slice(0, 7) ?? ''}`,
  });
}
