/**
 * Aligns the specs asked about with the nearest known ones. For each it chooses the spec of its package with the
 * fewest and least grave differences, and pairs what is below the two along their edges.
 */
import { postOrder, type SpecGraph } from '../../spec/graph.ts';
import type { SpecNode } from '../../spec/node.ts';
import { type Change, type Lookup, ownChanges } from './changes.ts';
import { type Distance, type EdgePair, pairEdges } from './edges.ts';
import { distance, ownDistance } from './nearness.ts';
import type { Pool } from './pool.ts';

/** A wanted spec beside another of its package, which has another hash. */
export interface Pair {
  readonly wanted: SpecNode;
  readonly near: SpecNode;
  readonly edges: readonly EdgePair[];
  /** Found when they are first asked for. */
  readonly changes: readonly Change[];
  /** The pairs of its dependencies, by the number of the near edge. Complete once the alignment is. */
  readonly below: ReadonlyMap<number, Pair>;
  /** Numbers of near edges to specs of which there is no record. */
  readonly unknown: ReadonlySet<number>;
}

export interface Alignment {
  /** The pair for each spec asked about that has another spec of its package to be compared with. */
  readonly pairs: ReadonlyMap<string, Pair>;
  /** Hashes that the nearest specs depend on and the pool does not know. */
  readonly unknown: ReadonlySet<string>;
}

/**
 * @param asked none of them is in the pool under the same hash
 * @param wanted holds all below them
 * @param candidates found for the same specs before, if the pool has got more records since
 */
export function align(
  asked: readonly SpecNode[],
  wanted: SpecGraph['nodes'],
  pool: Pool,
  candidates: Candidates = rankCandidates(asked, wanted, pool),
): Alignment {
  const hashes = asked.map(({ hash }) => hash);
  const pairing = new Pairing(wanted, pool, candidates.below);
  const isAsked = new Set(hashes);
  const pairs = new Map<string, Pair>();
  const proposals = new Map<string, Map<string, number>>();
  const taken = new Set<string>();
  // Dependents first: what a dependent is compared with says what its dependencies are to be compared with.
  for (const node of postOrder({ nodes: wanted }, hashes).reverse()) {
    const ranked = candidates.of.get(node.hash);
    if (ranked === undefined) continue;
    const near = choose(node, ranked, proposals.get(node.hash), { wanted, taken, pool });
    if (near === undefined) continue;
    taken.add(near.hash);
    const pair = pairing.pair(node, near);
    if (isAsked.has(node.hash)) pairs.set(node.hash, pair);
    propose(pair, proposals);
  }
  return { pairs, unknown: pairing.unknown };
}

interface Ranked {
  readonly near: SpecNode;
  readonly distance: number;
}

/** The most specs of a package that are compared in full. Those of a mirror have been sorted out before. */
const COMPARED = 256;
/**
 * How many are compared in all, and with how many each spec is compared after that. Each distance is kept. A thousand specs,
 * each in two hundred configurations, are within it.
 */
const COMPARED_IN_ALL = 250_000;
const COMPARED_ANYWAY = 8;

export interface Candidates {
  readonly of: ReadonlyMap<string, readonly Ranked[]>;
  readonly below: Distance;
}

/** Candidates for each spec asked about that is not in the pool, and for each below it, with how far they are. */
export function rankCandidates(
  asked: readonly SpecNode[],
  wanted: SpecGraph['nodes'],
  pool: Pool,
): Candidates {
  const hashes = asked.map(({ hash }) => hash);
  const of = new Map<string, readonly Ranked[]>();
  const known = new Map<string, Map<string, number>>();
  const below = (wantedHash: string, nearHash: string): number => {
    const told = known.get(wantedHash)?.get(nearHash);
    if (told !== undefined) return told;
    const [node, near] = [wanted.get(wantedHash), pool.get(nearHash) ?? wanted.get(nearHash)];
    return node === undefined || near === undefined ? UNTOLD : ownDistance(node, near);
  };
  let left = COMPARED_IN_ALL;
  // Dependencies first: how far they are is part of how far their dependents are.
  for (const node of postOrder({ nodes: wanted }, hashes)) {
    if (pool.get(node.hash) !== undefined) continue;
    const ranked: Ranked[] = [];
    const distances = new Map<string, number>();
    const compared = pool.ofPackage(node.name).slice(0, Math.min(COMPARED, Math.max(COMPARED_ANYWAY, left)));
    left -= compared.length;
    for (const near of compared) {
      const far = distance(node, near, below);
      distances.set(near.hash, far);
      ranked.push({ near, distance: far });
    }
    known.set(node.hash, distances);
    of.set(node.hash, ranked);
  }
  return { of, below };
}

/** How far two specs are if nothing can be said of them: about as far as with another version. */
const UNTOLD = 10;

/** How much nearer a candidate must be that is wanted itself, or that is another spec's nearest already. */
const STILL_WANTED = 3;
const TAKEN = 1;

/**
 * How much nearer a candidate must be than the one that the dependents propose, where these are close to what they
 * are compared with.
 */
const PROPOSED = 24;

/** Dependents further from what they are compared with than this have no say. */
const CLOSE = 12;

function choose(
  node: SpecNode,
  ranked: readonly Ranked[],
  proposed: ReadonlyMap<string, number> | undefined,
  { wanted, taken, pool }: { wanted: SpecGraph['nodes']; taken: ReadonlySet<string>; pool: Pool },
): SpecNode | undefined {
  let most = 0;
  for (const votes of proposed?.values() ?? []) most = Math.max(most, votes);
  let best: SpecNode | undefined;
  let least = Number.POSITIVE_INFINITY;
  const consider = (near: SpecNode, far: number) => {
    const votes = proposed?.get(near.hash) ?? 0;
    const held = (wanted.has(near.hash) ? STILL_WANTED : 0) + (taken.has(near.hash) ? TAKEN : 0);
    const cost = far + held - (votes === 0 ? 0 : (PROPOSED * votes) / most);
    if (cost >= least) return;
    least = cost;
    best = near;
  };
  for (const { near, distance: far } of ranked) consider(near, far);
  // Nobody has externals, nor specs that are only a record in an index. Still they are what the dependents had.
  for (const hash of proposed?.keys() ?? []) {
    const near = pool.get(hash);
    if (near !== undefined && pool.holders(hash).length === 0) consider(near, ownDistance(node, near));
  }
  return best;
}

function propose({ wanted, near, edges, below }: Pair, proposals: Map<string, Map<string, number>>): void {
  if (ownDistance(wanted, near) > CLOSE) return;
  for (const { nearIndex } of edges) {
    const pair = nearIndex === undefined ? undefined : below.get(nearIndex);
    if (pair === undefined) continue;
    const votes = proposals.get(pair.wanted.hash) ?? new Map<string, number>();
    votes.set(pair.near.hash, (votes.get(pair.near.hash) ?? 0) + 1);
    proposals.set(pair.wanted.hash, votes);
  }
}

/** Makes each pair once, with all pairs below it. */
class Pairing {
  readonly unknown = new Set<string>();
  readonly #pairs = new Map<string, OpenPair>();
  readonly #wanted: SpecGraph['nodes'];
  readonly #distance: Distance;
  readonly #lookup: { readonly wanted: Lookup; readonly near: Lookup };

  constructor(wanted: SpecGraph['nodes'], pool: Pool, distance: Distance) {
    this.#wanted = wanted;
    this.#distance = distance;
    this.#lookup = { wanted: (hash) => wanted.get(hash), near: (hash) => pool.get(hash) ?? wanted.get(hash) };
  }

  pair(wanted: SpecNode, near: SpecNode): Pair {
    const first = this.#open(wanted, near);
    // A work list instead of recursion: a chain may be deeper than the call stack.
    for (const pair of first.fresh) {
      for (const { wanted: to, near: from, nearIndex } of pair.edges) {
        if (to === undefined || from === undefined || nearIndex === undefined) continue;
        if (to.hash === from.hash || to.name !== from.name) continue;
        const [node, other] = [this.#wanted.get(to.hash), this.#lookup.near(from.hash)];
        if (other === undefined) this.unknown.add(from.hash);
        if (node === undefined || other === undefined) {
          pair.unknown.add(nearIndex);
          continue;
        }
        const opened = this.#open(node, other);
        pair.below.set(nearIndex, opened.pair);
        for (const each of opened.fresh) first.fresh.push(each);
      }
    }
    return first.pair;
  }

  #open(wanted: SpecNode, near: SpecNode): { readonly pair: OpenPair; readonly fresh: OpenPair[] } {
    const key = `${wanted.hash} ${near.hash}`;
    const known = this.#pairs.get(key);
    if (known !== undefined) return { pair: known, fresh: [] };
    const edges = pairEdges(wanted, near, this.#distance);
    const lookup = this.#lookup;
    let changes: Change[] | undefined;
    const pair = {
      wanted,
      near,
      edges,
      get changes() {
        changes ??= ownChanges(wanted, near, edges, lookup);
        return changes;
      },
      below: new Map<number, Pair>(),
      unknown: new Set<number>(),
    };
    this.#pairs.set(key, pair);
    return { pair, fresh: [pair] };
  }
}

interface OpenPair extends Pair {
  readonly below: Map<number, Pair>;
  readonly unknown: Set<number>;
}

/** The pair and all below it, those below first. */
export function pairsBelow(roots: Iterable<Pair>): Pair[] {
  const seen = new Set<Pair>();
  const order: Pair[] = [];
  const stack: { readonly pair: Pair; readonly rest: Iterator<Pair> }[] = [];
  const enter = (pair: Pair) => {
    if (seen.has(pair)) return;
    seen.add(pair);
    stack.push({ pair, rest: pair.below.values() });
  };
  for (const root of roots) {
    enter(root);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.rest.next();
      if (next.done !== true) enter(next.value);
      else {
        order.push(top.pair);
        stack.pop();
      }
    }
  }
  return order;
}
