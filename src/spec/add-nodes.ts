/**
 * Puts the nodes of several documents together. A hash that stands in two of them has to be the same spec: one would be
 * looked at, and the other used.
 */
import { BuildcacheError } from '../core/errors.ts';
import type { SpecGraph } from './graph.ts';
import { hashMustHold } from './hash.ts';
import { type Dependency, type SpecNode, shortHash } from './node.ts';
import { withProvided } from './provided-virtuals.ts';
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
      addEdges(into, known, node);
    }
  }
}

/**
 * Adds the nodes of an entry of a mirror. What another entry has said of its spec gives way, unless the hash proves it: an
 * entry speaks for its own spec, and for what is below that only where nothing else does.
 */
export function addEntryNodes(
  into: Map<string, SpecNode>,
  { root, nodes }: { readonly root: SpecNode; readonly nodes: SpecGraph['nodes'] },
): void {
  for (const [hash, node] of nodes) if (!into.has(hash)) into.set(hash, node);
  const known = into.get(root.hash);
  if (known === undefined || hashMustHold(known)) return;
  // Older documents cannot say what a spec provides; what needs it may have been written by a newer Spack.
  into.set(root.hash, root.format < 6 ? withProvided(root, known) : root);
}

/** The hashes that a node has edges to. One may be compared with a hundred thousand others. */
interface Edges {
  readonly hashes: Set<string>;
  /** Of a node that was made here: where it was put, and its edges, which may become more. */
  readonly made?: { readonly into: ReadonlyMap<string, SpecNode>; readonly list: Dependency[] };
}

const edges = new WeakMap<SpecNode, Edges>();

/** Puts in a node with the edges of both where `known` lacks some. Only what is needed for building can be lacking. */
function addEdges(into: Map<string, SpecNode>, known: SpecNode, node: SpecNode): void {
  const before = edges.get(known) ?? { hashes: new Set(known.dependencies.map(({ hash }) => hash)) };
  edges.set(known, before);
  const more = node.dependencies.filter(({ hash }) => !before.hashes.has(hash));
  if (more.length === 0) return;
  const isOurs = before.made?.into === into;
  const list = isOurs ? before.made.list : [...known.dependencies];
  const hashes = isOurs ? before.hashes : new Set(before.hashes);
  for (const edge of more) {
    hashes.add(edge.hash);
    list.push(edge);
  }
  if (isOurs) return;
  const made = { ...known, dependencies: list };
  edges.set(made, { hashes, made: { into, list } });
  into.set(known.hash, made);
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
