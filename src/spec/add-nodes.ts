/**
 * Puts the nodes of several documents together. A hash that stands in two of them has to be the same spec: one would be
 * looked at, and the other used.
 */
import { BuildcacheError } from '../core/errors.ts';
import type { SpecGraph } from './graph.ts';
import { hashMustHold } from './hash.ts';
import { type SpecNode, shortHash } from './node.ts';
import { differingAttribute } from './same-nodes.ts';

/**
 * Adds nodes that are not there yet.
 * @param source the document that they are of, for messages
 * @throws BuildcacheError `bad-input` for a node that differs from the one of the same hash
 */
export function addNodes(into: Map<string, SpecNode>, more: SpecGraph['nodes'], source: string): void {
  for (const [hash, node] of more) {
    const known = into.get(hash);
    if (known === undefined) into.set(hash, node);
    else requireSame(known, node, source);
  }
}

/** Hashes that must hold were recomputed by the readers, so their nodes are the same. */
function requireSame(known: SpecNode, node: SpecNode, source: string): void {
  if (known === node || (hashMustHold(known) && hashMustHold(node))) return;
  const attribute = differingAttribute(known, node);
  if (attribute === undefined) return;
  throw new BuildcacheError('bad-input', 'two specs of one hash that differ', {
    file: source,
    expected: 'each hash to be the same spec wherever it stands',
    found: `${attribute} of ${node.name}/${shortHash(node)} once so and once otherwise`,
    hint: 'concretize again, or leave out one of the files',
  });
}
