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
 * Adds nodes that are not there yet. A node that is there gets what the other one says it is built with: documents may
 * leave that out where the hash does not cover it, and Spack reads each for itself.
 * @param source the document that they are of, for messages
 * @throws BuildcacheError `bad-input` for a node that differs from the one of the same hash
 */
export function addNodes(into: Map<string, SpecNode>, more: SpecGraph['nodes'], source: string): void {
  for (const [hash, node] of more) {
    const known = into.get(hash);
    if (known === undefined) into.set(hash, node);
    // Hashes that must hold were recomputed by the readers, so their nodes are the same.
    else if (known !== node && !(hashMustHold(known) && hashMustHold(node))) {
      requireSame(known, node, source);
      into.set(hash, withEdgesOf(known, node));
    }
  }
}

/** The node itself where it has them all. */
function withEdgesOf(node: SpecNode, other: SpecNode): SpecNode {
  const has = new Set(node.dependencies.map(({ hash }) => hash));
  const more = other.dependencies.filter(({ hash }) => !has.has(hash));
  return more.length === 0 ? node : { ...node, dependencies: [...node.dependencies, ...more] };
}

function requireSame(known: SpecNode, node: SpecNode, source: string): void {
  const attribute = differingAttribute(known, node);
  if (attribute === undefined) return;
  throw new BuildcacheError('bad-input', 'two specs of one hash that differ', {
    file: source,
    expected: 'each hash to be the same spec wherever it stands',
    found: `${attribute} of ${node.name}/${shortHash(node)} once so and once otherwise`,
    hint: 'concretize again, or leave out one of the files',
  });
}
