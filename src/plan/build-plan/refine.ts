/**
 * Makes chunks better by trying. Pieces of the chunks that keep the rest waiting are moved, split off or put
 * together. Each time the whole is simulated, and a change with which it ends sooner is kept. No rule says which
 * pieces go together well where each job costs a start: that depends on all the others.
 */
import { dependentsOf, leastSeconds, type WorkGraph } from './graph.ts';
import { numbers } from './random.ts';
import { simulator } from './simulator.ts';

export interface RefineLimits {
  readonly runners: number;
  readonly overhead: number;
  readonly maxJobs: number;
  /** Seconds. The number of chunks of several pieces that take longer must not grow. */
  readonly longest: number;
}

/** How many pieces are placed in all tries together. This bounds the time, and is the same on every machine. */
const EFFORT = 10_000_000;
/** A real graph has fewer than this many edges for each piece. Each edge above that counts as a piece. */
const EDGES = 6;
/** Tries without a gain after which the search is over: so many for each piece, but no more than `MOST_PATIENCE`. */
const PATIENCE = 12;
const MOST_PATIENCE = 5000;
/**
 * A try is gone on with if it is no worse than the one so many tries ago. So the search can leave what is best only
 * nearby.
 */
const MEMORY = 40;
/** One try in so many looks for company anywhere, and not only among what a piece needs or is needed by. */
const FAR = 6;
/** A plan that is so near to the least possible time is good enough, and a smaller gain than `GAIN` is none. */
const NEAR = 1.005;
const GAIN = 0.9995;
/** How much sooner all has to end for one more job, as a part of what a job costs. */
const PER_JOB = 0.002;

/**
 * @param chunkOf by place: which chunk it is in, by any number below that of the places
 * @returns better chunks in the same form, or these
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

  /** Changes one piece, mostly of the chunks that keep the rest waiting. */
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
    // A piece that needs the same, or is needed by the same, is as near.
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
