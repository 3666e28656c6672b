/** Why specs are not there: the nearest known specs, what changed, the root causes, and whether that is all. */
import type { SpecGraph } from '../../spec/graph.ts';
import { type LocalSources, localSourceText } from '../../spec/local-source.ts';
import type { SpecNode } from '../../spec/node.ts';
import { align, type Pair } from './align.ts';
import { rolesIn } from './cases.ts';
import { type Cause, rootCauses } from './causes.ts';
import { asHashed, type Pool } from './pool.ts';
import { type Proof, prove } from './proof.ts';

/** What is to be said of one spec. */
export type SpecAnswer =
  /** The very same spec is known: it was pruned, or never pushed here. */
  | { readonly is: 'elsewhere'; readonly node: SpecNode; readonly holders: readonly string[] }
  /** It is of local source, so that no hash says whether it has changed. */
  | { readonly is: 'local'; readonly node: SpecNode; readonly reason: string }
  /** Nothing of its package is there. */
  | { readonly is: 'new'; readonly node: SpecNode }
  | {
      readonly is: 'changed';
      readonly node: SpecNode;
      readonly pair: Pair;
      readonly holders: readonly string[];
      readonly proof: Proof;
    };

export interface Explanation {
  /** Dependencies first. */
  readonly answers: readonly SpecAnswer[];
  /** The one that drags most along first. */
  readonly causes: readonly Cause[];
}

/**
 * @param asked dependencies first; all below them is in the graph
 * @param pool what there is to compare with
 * @param local those that are not to be compared
 */
export function explain(
  asked: readonly SpecNode[],
  graph: Pick<SpecGraph, 'nodes'>,
  pool: Pool,
  local: LocalSources = new Map(),
): Explanation {
  const wanted = nodesAsHashed(graph);
  const changed = asked.filter(({ hash }) => pool.get(hash) === undefined && !local.has(hash));
  const { pairs } = align(changed, wanted, pool);
  const causes = rootCauses(inOrder(pairs, changed), rolesIn(wanted.values()));
  const proofs = prove(pairs.values());
  const answers = asked.map((node): SpecAnswer => {
    const develop = local.get(node.hash);
    if (develop !== undefined) return { is: 'local', node, reason: localSourceText(node, develop) };
    return answer(node, pairs.get(node.hash), proofs, pool);
  });
  return { answers, causes };
}

/** Specs as they were hashed: an older Spack's, which a newer one has rewritten, in their own format. */
export function nodesAsHashed({ nodes }: Pick<SpecGraph, 'nodes'>): SpecGraph['nodes'] {
  return new Map([...nodes].map(([hash, node]) => [hash, asHashed(node)]));
}

function inOrder(pairs: ReadonlyMap<string, Pair>, asked: readonly SpecNode[]): Map<string, Pair> {
  return new Map(
    asked.flatMap(({ hash }) => {
      const pair = pairs.get(hash);
      return pair === undefined ? [] : [[hash, pair] as const];
    }),
  );
}

function answer(
  node: SpecNode,
  pair: Pair | undefined,
  proofs: ReadonlyMap<Pair, Proof>,
  pool: Pool,
): SpecAnswer {
  if (pool.get(node.hash) !== undefined) {
    return { is: 'elsewhere', node, holders: pool.holders(node.hash) };
  }
  if (pair === undefined) return { is: 'new', node };
  const proof = proofs.get(pair) ?? { proven: false, why: 'it was not tried' };
  return { is: 'changed', node, pair, holders: pool.holders(pair.near.hash), proof };
}
