/**
 * A graph of work: how long each piece takes, and which pieces come before it. A piece always stands behind those it
 * needs.
 */

import { BuildcacheError } from '../../core/errors.ts';
import { addTo } from '../../core/multimap.ts';

export interface WorkGraph {
  /** Seconds, by place. */
  readonly seconds: readonly number[];
  /** By place: places of what comes first, all of them smaller, in order, each once. */
  readonly needs: readonly (readonly number[])[];
}

/** By place: what comes directly after it. */
export function dependentsOf({ needs }: WorkGraph): number[][] {
  const dependents = needs.map((): number[] => []);
  for (const [i, before] of needs.entries()) for (const need of before) dependents[need]?.push(i);
  return dependents;
}

/**
 * By place: how long it takes from the beginning of that piece to the end of all that waits for it, with any number
 * of runners. The piece with the most behind it goes first.
 * @param overhead seconds that each piece takes beside its own
 */
export function timeToEnd(graph: WorkGraph, overhead = 0): number[] {
  const dependents = dependentsOf(graph);
  const rest = graph.seconds.map(() => 0);
  for (let i = rest.length - 1; i >= 0; i--) {
    let after = 0;
    for (const next of dependents[i] ?? []) after = Math.max(after, rest[next] ?? 0);
    rest[i] = (graph.seconds[i] ?? 0) + overhead + after;
  }
  return rest;
}

/** No plan is faster: the longest chain, or all of it spread over the runners. */
export function leastSeconds(graph: WorkGraph, runners: number): number {
  const longest = timeToEnd(graph).reduce((most, each) => Math.max(most, each), 0);
  return Math.max(longest, sum(graph.seconds) / runners);
}

export function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const each of numbers) total += each;
  return total;
}

/**
 * Counts what is remembered of who needs what, which grows with the square of a graph. A lockfile is anybody's: a chain of
 * thirty thousand specs, or of externals above thousands of missing specs, would take all memory.
 */
export class NeedCount {
  readonly #most: number;
  #count = 0;

  /** @param most for tests */
  constructor(most = MOST_NEEDS) {
    this.#most = most;
  }

  /** @throws BuildcacheError `too-large` */
  add(more: number): void {
    this.#count += more;
    if (this.#count <= this.#most) return;
    throw new BuildcacheError('too-large', 'the specs need each other too often for a plan', {
      expected: `at most ${this.#most} times in all`,
      hint: 'plan a part of the environment: name specs, or a group',
    });
  }
}

/** The largest environment known, of a thousand specs, has less than a hundredth of it. */
const MOST_NEEDS = 10_000_000;

/** The edges without those that others imply. @throws as {@link NeedCount} */
export function withoutImplied(graph: WorkGraph, count = new NeedCount()): number[][] {
  const below: PlaceSet[] = [];
  return graph.needs.map((needs, i) => {
    const implied = new PlaceSet(needs);
    const kept: number[] = [];
    // A later piece may need an earlier one, never the other way round.
    for (const need of needs.toReversed()) {
      if (implied.has(need)) continue;
      kept.push(need);
      implied.add(need);
      implied.addAll(below[need], count);
    }
    below[i] = implied;
    return kept.reverse();
  });
}

/** By place: all that comes before it, however far. @throws as {@link NeedCount} */
export function allBefore(graph: WorkGraph, count = new NeedCount()): ReadonlyPlaces[] {
  const below: PlaceSet[] = [];
  for (const [i, needs] of graph.needs.entries()) {
    const all = new PlaceSet(needs);
    for (const need of needs) {
      all.add(need);
      all.addAll(below[need], count);
    }
    below[i] = all;
  }
  return below;
}

export type ReadonlyPlaces = Pick<ReadonlySet<number>, 'has'>;

/** A set of places, a bit each. A `Set` of them takes hundreds of times as much. */
class PlaceSet implements ReadonlyPlaces {
  readonly #words: Uint32Array;
  #size = 0;

  /** @param needs what comes directly before a piece: all else before it has a smaller place than the last of these */
  constructor(needs: readonly number[]) {
    const last = needs.at(-1);
    this.#words = new Uint32Array(last === undefined ? 0 : (last >>> 5) + 1);
  }

  has(place: number): boolean {
    return (((this.#words[place >>> 5] ?? 0) >>> (place & 31)) & 1) === 1;
  }

  add(place: number): void {
    if (this.has(place)) return;
    const words = this.#words;
    words[place >>> 5] = (words[place >>> 5] ?? 0) | (1 << (place & 31));
    this.#size++;
  }

  addAll(others: PlaceSet | undefined, count: NeedCount): void {
    if (others === undefined || others.#size === 0) return;
    count.add(others.#size);
    const words = this.#words;
    const { length } = others.#words;
    for (let i = 0; i < length; i++) {
      const word = others.#words[i] ?? 0;
      const old = words[i] ?? 0;
      words[i] = old | word;
      this.#size += bitsIn(word & ~old);
    }
  }
}

function bitsIn(word: number): number {
  let rest = word - ((word >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * Puts pieces together: the graph of the groups.
 * @param groupOf by place. Between the groups there must be no circle
 * @returns the groups in a topological order, by the place of each group's first piece where there is a choice
 */
export function contract(
  graph: WorkGraph,
  groupOf: readonly number[],
): { readonly graph: WorkGraph; readonly members: number[][] } {
  const members = new Map<number, number[]>();
  for (const [i, group] of groupOf.entries()) {
    addTo(members, group, i);
  }
  const needs = new Map<number, Set<number>>();
  for (const [group, places] of members) {
    const before = new Set<number>();
    for (const i of places) for (const need of graph.needs[i] ?? []) before.add(groupOf[need] ?? need);
    before.delete(group);
    needs.set(group, before);
  }
  const order = orderOf([...members.keys()], needs);
  const placeOf = new Map(order.map((group, i) => [group, i]));
  const ordered = order.map((group) => members.get(group) ?? []);
  return {
    members: ordered,
    graph: {
      seconds: ordered.map((places) => sum(places.map((i) => graph.seconds[i] ?? 0))),
      needs: order.map((group) =>
        [...(needs.get(group) ?? [])].map((need) => placeOf.get(need) ?? 0).sort((a, b) => a - b),
      ),
    },
  };
}

/** Depth first, so that the given order is kept wherever it is one already. */
function orderOf(groups: readonly number[], needs: ReadonlyMap<number, ReadonlySet<number>>): number[] {
  const order: number[] = [];
  const state = new Map<number, 'open' | 'done'>();
  for (const first of groups) {
    const stack: { group: number; next: Iterator<number> }[] = [];
    const enter = (group: number) => {
      if (state.has(group)) return;
      state.set(group, 'open');
      stack.push({ group, next: (needs.get(group) ?? new Set<number>()).values() });
    };
    enter(first);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { value, done } = top.next.next();
      if (done === true) {
        state.set(top.group, 'done');
        order.push(top.group);
        stack.pop();
      } else {
        if (state.get(value) === 'open') throw new Error('a circle of chunks');
        enter(value);
      }
    }
  }
  return order;
}
