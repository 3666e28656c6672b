/**
 * Chunks for engines whose jobs can wait for single other jobs: as many as pay. Each job costs a start, so small
 * units are put together, by steps that cannot make a circle. Several grains are tried. The one that ends first is
 * taken, and then made better by trying.
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

/** A longer job is likelier to be ended by a time limit. A single spec may take longer all the same. */
const LONGEST_SECONDS = 4 * 3600;
/** Chunks that are faster by less than this factor are not worth it. */
const AS_GOOD = 1.01;
/** How many grains are tried, each twice the one before. */
const GRAINS = 12;
/** How many lengths of waves are tried. The first is the shortest possible time divided by `SHORTEST`. */
const LENGTHS = 10;
const SHORTEST = 64;
const LENGTH_STEP = 1.6;
/** Also tried: so many waves, of the lengths with which they end first. */
const WAVES = 10;
/**
 * These are only a start, so that they are searched less than a plan in waves is. With 0.07 instead, plans of 18 real cases
 * took 1 % longer on average, and one of them 16 %.
 */
const WAVES_EFFORT = 0.25;

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
    // What waves put together makes no circle either. Here no job waits for the end of a wave.
    const longest = leastSeconds(work, runners);
    for (let i = 0, length = longest / SHORTEST; i < LENGTHS; i++, length *= LENGTH_STEP)
      consider(asChunks(work, wavesOfLength(work, limits, length)));
    const few = { ...limits, waves: WAVES, maxJobs: Math.ceil(maxJobs / WAVES) };
    consider(asChunks(work, wavesOf(work, few, WAVES_EFFORT)));
  }
  // Chunks that cannot be within the limit of time still have to be within those of the engine.
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

/**
 * Joins a unit that only one other waits for with that other, if that waits for nothing else: nothing is lost by
 * that.
 */
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

/** Joins small units of the same depth: between those there is no path. */
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
    // A unit with much behind it must not wait for one with little.
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
 * Joins a small unit with the only one that it waits for, or with the only one that waits for it. A path that enters
 * such a pair enters it no deeper than it leaves it, so pairs make no circle, however many there are.
 */
function behindEachOther(graph: WorkGraph, grain: number, longest: number): number[] {
  const { seconds, needs } = graph;
  const dependents = dependentsOf(graph);
  const groupOf = seconds.map((_, i) => i);
  const joined = new Set<number>();
  const isSmall = (i: number) => (seconds[i] ?? 0) < grain;
  for (const [i, before] of needs.entries()) {
    for (const need of before) {
      // Units that waited for the first now wait for both. What the second waits for, the first now waits for too.
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

/** One job of everything: the largest grain there is, and always within the limits. */
function asOne(work: WorkGraph): Chunks {
  return contract(
    work,
    work.seconds.map(() => 0),
  );
}

/** Engines take the first job of the list that may begin. So the list is put into the order that ends first. */
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
