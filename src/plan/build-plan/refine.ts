/**
 * Chunks made better by trying: pieces of the chunks that keep the rest waiting are moved, split off or put together, each
 * time the whole is simulated, and what is over sooner is kept. No rule says which pieces go together well where each job
 * costs a start: it depends on all the others.
 */
import { dependentsOf, leastSeconds, type WorkGraph } from './graph.ts';
import { simulator } from './simulator.ts';

export interface RefineLimits {
  readonly runners: number;
  readonly overhead: number;
  readonly maxJobs: number;
  /** No more chunks of several than now take longer. */
  readonly longest: number;
}

/** Pieces that are placed in all that is tried: what bounds the time it takes, and is the same on every machine. */
const EFFORT = 6_000_000;
/** A real graph has less than so many edges for each piece; what has more is made to cost, and each counts as a piece. */
const EDGES = 6;
/** Tries without a gain after which the search is over: so many for each piece, and no more than that. */
const PATIENCE = 12;
const MOST_PATIENCE = 3000;
/** What is no worse than so many tries ago is gone on with, so that the search leaves what is best only nearby. */
const MEMORY = 40;
/** One in so many looks for company anywhere, and not only among what it needs or is needed by. */
const FAR = 6;
/** What is that near to the least there can be is good enough, and a gain of less is none. */
const NEAR = 1.005;
const GAIN = 0.9995;
/** How much sooner all is to be over for one more job, as a part of what a job costs. */
const PER_JOB = 0.002;

/**
 * @param chunkOf by place: which chunk it is in, by any number below that of the places
 * @returns the same of better chunks, or of these
 */
export function refined(work: WorkGraph, chunkOf: Int32Array, limits: RefineLimits): Int32Array {
  const { seconds, needs } = work;
  const places = seconds.length;
  const { runners, overhead, maxJobs, longest } = limits;
  const dependents = dependentsOf(work);
  const simulate = simulator(work, limits);
  const allowed = simulate.run(chunkOf, longest).overlong;
  const costOf = (chunks: Int32Array): number => {
    const { makespan, jobs, overlong } = simulate.run(chunks, longest);
    return jobs > maxJobs || overlong > allowed
      ? Number.POSITIVE_INFINITY
      : makespan + jobs * overhead * PER_JOB;
  };
  const random = numbers();
  const enough = (leastSeconds(work, runners) + overhead) * NEAR;
  let now: Int32Array = chunkOf.slice();
  let cost = costOf(now);
  let best = now;
  let least = cost;
  const memory = new Float64Array(MEMORY).fill(cost);
  let chain = simulate.critical();
  const edges = needs.reduce((total, before) => total + before.length, 0);
  const tries = Math.floor(EFFORT / (places + Math.max(0, edges - EDGES * places) + 20));
  const patience = Math.min(MOST_PATIENCE, PATIENCE * (places + 20));
  let last = 0;
  for (let step = 0; step < tries && step - last < patience && least > enough; step++) {
    const tried = now.slice();
    if (!change(tried)) continue;
    const got = costOf(tried);
    const at = step % MEMORY;
    if (got <= cost || got <= (memory[at] ?? 0)) {
      now = tried;
      cost = got;
      chain = simulate.critical();
      if (cost < least) {
        if (cost < least * GAIN) last = step;
        least = cost;
        best = now;
      }
    }
    memory[at] = cost;
  }
  return best;

  /** Somewhere in what keeps the rest waiting, mostly. */
  function change(chunks: Int32Array): boolean {
    const members = random(4) > 0 ? chain[random(chain.length)] : undefined;
    const i = members === undefined ? random(places) : (members[random(members.length)] ?? 0);
    const own = chunks[i] ?? 0;
    const near = neighbour(i);
    const other = near === undefined ? own : (chunks[near] ?? 0);
    switch (random(6)) {
      case 0: // alone
        return moveTo(chunks, [i], free(chunks));
      case 1: // into the chunk of what it needs or is needed by
        return other !== own && moveTo(chunks, [i], other);
      case 2: // two chunks into one
        return other !== own && moveTo(chunks, inChunk(chunks, own), other);
      case 3: // with all before it in its chunk, split off
        return moveTo(chunks, within(chunks, i, needs), free(chunks));
      case 4: // with all after it in its chunk, split off
        return moveTo(chunks, within(chunks, i, dependents), free(chunks));
      default: // the same, into the chunk beside
        return (
          other !== own && moveTo(chunks, within(chunks, i, (near ?? i) < i ? needs : dependents), other)
        );
    }
  }

  function neighbour(i: number): number | undefined {
    const before = needs[i] ?? [];
    const after = dependents[i] ?? [];
    if (before.length + after.length === 0 || random(FAR) === 0) return random(places);
    const at = random(before.length + after.length);
    const near = before[at] ?? after[at - before.length] ?? i;
    // What needs the same is as near.
    if (random(3) > 0) return near;
    const beside = near < i ? (dependents[near] ?? []) : (needs[near] ?? []);
    return beside[random(beside.length)];
  }

  function free(chunks: Int32Array): number {
    const used = new Uint8Array(places);
    for (const chunk of chunks) used[chunk] = 1;
    return used.indexOf(0);
  }

  function moveTo(chunks: Int32Array, moved: readonly number[], chunk: number): boolean {
    if (chunk < 0) return false;
    for (const i of moved) chunks[i] = chunk;
    return true;
  }

  function inChunk(chunks: Int32Array, chunk: number): number[] {
    const found: number[] = [];
    for (let i = 0; i < places; i++) if (chunks[i] === chunk) found.push(i);
    return found;
  }

  function within(chunks: Int32Array, from: number, next: readonly (readonly number[])[]): number[] {
    const found = [from];
    const seen = new Set(found);
    for (const i of found) {
      for (const each of next[i] ?? []) {
        if (chunks[each] !== chunks[from] || seen.has(each)) continue;
        seen.add(each);
        found.push(each);
      }
    }
    return found;
  }
}

/** Numbers below a bound, as if drawn, and always the same ones. */
function numbers(): (bound: number) => number {
  let state = 1;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}
