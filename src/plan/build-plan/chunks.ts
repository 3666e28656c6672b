/**
 * Chunks for engines whose jobs can wait for single others: as many as pay. Each job costs a start, so what is small is
 * put together, by steps that can make no circle; of several grains the one is taken that is done first, and then made
 * better by trying.
 */
import { contract, dependentsOf, leastSeconds, sum, timeToEnd, type WorkGraph } from './graph.ts';
import { refined } from './refine.ts';
import { schedule } from './schedule.ts';
import { type Wave, wavesOf, wavesOfLength } from './waves.ts';

export interface ChunkLimits {
  readonly runners: number;
  /** Seconds that a job takes beside what it builds. */
  readonly overhead: number;
  readonly maxJobs: number;
}

export interface Chunks {
  /** Of the chunks, in the order in which they are to begin. */
  readonly graph: WorkGraph;
  /** Places of each chunk's units, in the order to build them. */
  readonly members: readonly (readonly number[])[];
}

/** A job of more is likelier to be ended by a time limit; a single spec may take longer all the same. */
const LONGEST_SECONDS = 4 * 3600;
/** What is hardly slower with fewer jobs is done with fewer. */
const AS_GOOD = 1.01;
/** Grains that are tried, each twice the one before. */
const GRAINS = 12;
/** Lengths of waves that are tried, from this part of the shortest time on. */
const LENGTHS = 10;
const SHORTEST = 64;
const LENGTH_STEP = 1.6;
/** And so many waves, of such lengths that they are over first. */
const WAVES = 10;

/** @returns no more chunks than allowed */
export function chunksOf(work: WorkGraph, limits: ChunkLimits): Chunks {
  const { runners, overhead, maxJobs } = limits;
  let best: { readonly chunks: Chunks; readonly makespan: number } | undefined;
  const consider = (chunks: Chunks) => {
    const { length } = chunks.members;
    if (length > maxJobs) return;
    const { makespan } = schedule(chunks.graph, runners, overhead, timeToEnd(chunks.graph, overhead));
    const isFaster = best === undefined || makespan * AS_GOOD < best.makespan;
    const isSmaller = best !== undefined && makespan <= best.makespan && length < best.chunks.members.length;
    if (isFaster || isSmaller) best = { chunks, makespan };
  };
  consider(grouped(work, 0, LONGEST_SECONDS));
  if (overhead > 0 || best === undefined) {
    for (let i = 0, grain = Math.max(1, overhead / 4); i < GRAINS; i++, grain *= 2)
      consider(grouped(work, grain, LONGEST_SECONDS));
    // What waves put together makes no circle either; here nothing waits for the end of a wave.
    const longest = leastSeconds(work, runners);
    for (let i = 0, length = longest / SHORTEST; i < LENGTHS; i++, length *= LENGTH_STEP)
      consider(asChunks(work, wavesOfLength(work, limits, length)));
    consider(asChunks(work, wavesOf(work, { ...limits, waves: WAVES, maxJobs: Math.ceil(maxJobs / WAVES) })));
  }
  // What cannot be within the limits of time still has to be within those of the engine.
  const all = sum(work.seconds);
  for (let grain = 1; best === undefined && grain < all; grain *= 2)
    consider(grouped(work, grain, Number.POSITIVE_INFINITY));
  const start = best?.chunks ?? asOne(work);
  const better = refined(work, chunkOf(start, work), { ...limits, longest: LONGEST_SECONDS });
  return inOrderOfBegin(contract(work, [...better]), limits);
}

function chunkOf({ members }: Chunks, { seconds }: WorkGraph): Int32Array {
  const chunks = new Int32Array(seconds.length);
  for (const [chunk, places] of members.entries()) for (const i of places) chunks[i] = chunk;
  return chunks;
}

function asChunks(work: WorkGraph, waves: readonly Wave[]): Chunks {
  const groupOf: number[] = [];
  for (const job of waves.flat()) for (const i of job) groupOf[i] = job[0] ?? i;
  return contract(work, groupOf);
}

function grouped(work: WorkGraph, grain: number, longest: number): Chunks {
  let chunks: Chunks = { graph: work, members: work.seconds.map((_, i) => [i]) };
  for (;;) {
    const { length } = chunks.members;
    chunks = join(chunks, (graph) => alongChains(graph, longest));
    if (grain > 0) {
      chunks = join(chunks, (graph) => sideBySide(graph, grain));
      chunks = join(chunks, (graph) => behindEachOther(graph, grain, longest));
    }
    if (chunks.members.length === length) return chunks;
  }
}

function join(chunks: Chunks, group: (graph: WorkGraph) => readonly number[]): Chunks {
  const { graph, members } = contract(chunks.graph, group(chunks.graph));
  return { graph, members: members.map((groups) => groups.flatMap((i) => chunks.members[i] ?? [])) };
}

/** What nobody else waits for, with what waits for nothing else: nothing is lost by that. */
function alongChains({ seconds, needs }: WorkGraph, longest: number): number[] {
  const dependents = dependentsOf({ seconds, needs });
  const groupOf: number[] = [];
  const load: number[] = [...seconds];
  for (const [i, before] of needs.entries()) {
    const [need = -1] = before;
    const group = groupOf[need] ?? -1;
    const total = (load[group] ?? 0) + (seconds[i] ?? 0);
    const isLink = before.length === 1 && dependents[need]?.length === 1 && total <= longest;
    groupOf.push(isLink ? group : i);
    if (isLink) load[group] = total;
  }
  return groupOf;
}

/** Small ones that are as deep as each other: between those there is no path. */
function sideBySide(graph: WorkGraph, grain: number): number[] {
  const rest = timeToEnd(graph);
  const levels: number[][] = [];
  for (const [i, level] of depths(graph).entries()) {
    const known = levels[level];
    if (known === undefined) levels[level] = [i];
    else known.push(i);
  }
  const groupOf = graph.seconds.map((_, i) => i);
  for (const level of levels) {
    const small = level.filter((i) => (graph.seconds[i] ?? 0) < grain);
    // What has much behind it must not wait for what has little.
    small.sort((a, b) => (rest[b] ?? 0) - (rest[a] ?? 0) || a - b);
    let group = -1;
    let load = Number.POSITIVE_INFINITY;
    for (const i of small) {
      if (load + (graph.seconds[i] ?? 0) > grain) {
        group = i;
        load = 0;
      }
      groupOf[i] = group;
      load += graph.seconds[i] ?? 0;
    }
  }
  return groupOf;
}

/**
 * A small one with what it alone waits for, or with what alone waits for it. Whoever enters such a pair enters it no
 * deeper than it is left, so that pairs make no circle, however many.
 */
function behindEachOther(graph: WorkGraph, grain: number, longest: number): number[] {
  const { seconds, needs } = graph;
  const dependents = dependentsOf(graph);
  const groupOf = seconds.map((_, i) => i);
  const joined = new Set<number>();
  const isSmall = (i: number) => (seconds[i] ?? 0) < grain;
  for (const [i, before] of needs.entries()) {
    for (const need of before) {
      // Others that wait for the first now wait for both; what the second waits for, the first now waits for too.
      const follows = before.length === 1 && isSmall(i);
      const leads = dependents[need]?.length === 1 && isSmall(need);
      const fits = (seconds[i] ?? 0) + (seconds[need] ?? 0) <= longest;
      if (!(follows || leads) || !fits || joined.has(i) || joined.has(need)) continue;
      groupOf[i] = need;
      joined.add(i).add(need);
    }
  }
  return groupOf;
}

function depths({ needs }: WorkGraph): number[] {
  const depth: number[] = [];
  for (const before of needs)
    depth.push(before.reduce((most, need) => Math.max(most, (depth[need] ?? 0) + 1), 0));
  return depth;
}

/** One job of everything: the largest grain there is, and within any limit. */
function asOne(work: WorkGraph): Chunks {
  return contract(
    work,
    work.seconds.map(() => 0),
  );
}

/** Engines take what may begin in the order of the list: so that is the order by which it is done first. */
function inOrderOfBegin({ graph, members }: Chunks, { runners, overhead }: ChunkLimits): Chunks {
  const { began } = schedule(graph, runners, overhead, timeToEnd(graph, overhead));
  const placeOf = new Map(began.map((i, place) => [i, place]));
  return {
    members: began.map((i) => members[i] ?? []),
    graph: {
      seconds: began.map((i) => graph.seconds[i] ?? 0),
      needs: began.map((i) =>
        (graph.needs[i] ?? []).map((need) => placeOf.get(need) ?? 0).sort((a, b) => a - b),
      ),
    },
  };
}
