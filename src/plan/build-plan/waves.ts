/**
 * Chunks for engines whose jobs cannot wait for single other jobs: a bounded number of waves. The jobs of a wave need
 * nothing of each other, and a wave begins when the one before is over. Units of a wave that need each other are in
 * one job. How long waves are to be is searched: short ones wait often, long ones put much into one job.
 */

import { dependentsOf, leastSeconds, sum, timeToEnd, type WorkGraph } from './graph.ts';
import { heap } from './heap.ts';

export interface WaveLimits {
  readonly runners: number;
  /** Seconds that a job takes beside what it builds. */
  readonly overhead: number;
  /** Most waves. */
  readonly waves: number;
  /** Most jobs of a wave. */
  readonly maxJobs: number;
}

/** A wave: its jobs, the longest first, each with the places of its units in the order to build them. */
export type Wave = readonly (readonly number[])[];

/** All waves are first tried at one length, from the shortest that might do. Each length is longer by this factor. */
const STEP = 1.15;
const STEPS = 24;
/** Then single waves are made longer or shorter by these factors, in rounds, beginning with the best of those. */
const FACTORS = [0.5, 0.75, 0.9, 1.15, 1.5, 2.2];
const ROUNDS = 3;
const STARTS = 2;
/** How many units are placed in all tries together. This bounds the time, and is the same on every machine. */
const EFFORT = 120_000;

/** @returns as few waves as it takes, every unit in one of them */
export function wavesOf(work: WorkGraph, limits: WaveLimits): Wave[] {
  const { length } = work.seconds;
  if (length === 0) return [];
  const build = waveBuilder(work, limits);
  const shortest = leastSeconds(work, limits.runners) / limits.waves;
  const uniform = Array.from({ length: STEPS }, (_, i) => build([shortest * STEP ** i]));
  uniform.sort((a, b) => a.makespan - b.makespan);
  const tries = Math.ceil(EFFORT / length / STARTS);
  const found = uniform.slice(0, STARTS).map((start) => improved(start, build, tries));
  return found.reduce((best, each) => (each.makespan < best.makespan ? each : best)).waves;
}

/** Makes single waves longer or shorter as long as that helps. */
function improved(start: Built, build: (lengths: readonly number[]) => Built, tries: number): Built {
  let best = start;
  let left = tries;
  for (let round = 0; round < ROUNDS; round++) {
    const { makespan } = best;
    for (let wave = 0; wave < best.lengths.length; wave++) {
      for (const factor of FACTORS) {
        if (left-- <= 0) return best;
        const tried = build(best.lengths.with(wave, (best.lengths[wave] ?? 0) * factor));
        if (tried.makespan < best.makespan) best = tried;
      }
    }
    if (best.makespan === makespan) break;
  }
  return best;
}

/** Waves that are all aimed at one length, however many that makes. */
export function wavesOfLength(work: WorkGraph, limits: Omit<WaveLimits, 'waves'>, length: number): Wave[] {
  return waveBuilder(work, { ...limits, waves: Number.POSITIVE_INFINITY })([length]).waves;
}

/** Seconds from the beginning of the first wave to the end of the last. */
export function wavesMakespan(
  waves: readonly Wave[],
  { seconds }: Pick<WorkGraph, 'seconds'>,
  { runners, overhead }: Pick<WaveLimits, 'runners' | 'overhead'>,
): number {
  return sum(
    waves.map((wave) =>
      waveMakespan(
        wave.map((job) => loadOf(job, seconds)),
        runners,
        overhead,
      ),
    ),
  );
}

function loadOf(job: readonly number[], seconds: readonly number[]): number {
  return sum(job.map((i) => seconds[i] ?? 0));
}

/** Each runner takes the next job of the list. */
function waveMakespan(loads: readonly number[], runners: number, overhead: number): number {
  const busy = loads.slice(0, runners).map((load) => load + overhead);
  const first = heap((a, b) => (busy[a] ?? 0) < (busy[b] ?? 0) || (busy[a] === busy[b] && a < b));
  for (const [runner] of busy.entries()) first.push(runner);
  for (const load of loads.slice(runners)) {
    const runner = first.pop() ?? 0;
    busy[runner] = (busy[runner] ?? 0) + load + overhead;
    first.push(runner);
  }
  return Math.max(0, ...busy);
}

interface Built {
  readonly waves: Wave[];
  readonly makespan: number;
  /** The length that each wave was aimed at. */
  readonly lengths: readonly number[];
}

/** @returns a function of the lengths of waves; the last length is that of all further waves */
function waveBuilder(work: WorkGraph, limits: WaveLimits): (lengths: readonly number[]) => Built {
  const { seconds, needs } = work;
  const { runners, overhead } = limits;
  const dependents = dependentsOf(work);
  const rest = timeToEnd(work);
  const first = (a: number, b: number) => (rest[a] ?? 0) > (rest[b] ?? 0) || (rest[a] === rest[b] && a < b);
  return (lengths) => {
    const done: boolean[] = seconds.map(() => false);
    const waves: Wave[] = [];
    const aims: number[] = [];
    let left = seconds.length;
    let makespan = 0;
    while (left > 0) {
      const aim = lengths[waves.length] ?? lengths.at(-1) ?? 0;
      // The last wave has to take what is left, at whatever cost.
      const groups = fill(waves.length + 1 < limits.waves ? aim : Number.POSITIVE_INFINITY, done);
      for (const group of groups) for (const i of group) done[i] = true;
      left -= sum(groups.map((group) => group.length));
      const wave = packed(groups, seconds, limits);
      makespan += waveMakespan(
        wave.map((job) => loadOf(job, seconds)),
        runners,
        overhead,
      );
      waves.push(wave);
      aims.push(aim);
    }
    return { waves, makespan, lengths: aims };
  };

  /** Fills a wave: what has most behind it first, as long as it fits; units that need each other go into one group. */
  function fill(aim: number, done: readonly boolean[]): number[][] {
    const waiting = needs.map((before, i) => (done[i] ? -1 : before.filter((need) => !done[need]).length));
    const ready = heap(first);
    let longest = 0;
    for (const [i, count] of waiting.entries()) {
      if (count !== 0) continue;
      ready.push(i);
      longest = Math.max(longest, rest[i] ?? 0);
    }
    const groups = new Map<number, { members: number[]; load: number }>();
    const groupOf: number[] = [];
    let length = aim;
    let used = 0;
    for (let i = ready.pop(); i !== undefined; i = ready.pop()) {
      const own = seconds[i] ?? 0;
      const joined = new Set((needs[i] ?? []).flatMap((need) => groupOf[need] ?? []));
      const load = own + sum([...joined].map((group) => groups.get(group)?.load ?? 0));
      if (load > length) {
        // A unit that is longer than the wave makes the wave longer, if all would end later without it.
        const isUrgent = joined.size === 0 && ((rest[i] ?? 0) > longest - length || groups.size === 0);
        if (!isUrgent) continue;
        length = load;
      }
      if (used + own > length * runners && groups.size > 0) continue;
      used += own;
      const members = [...joined].flatMap((group) => groups.get(group)?.members ?? []);
      for (const group of joined) groups.delete(group);
      members.push(i);
      groups.set(i, { members, load });
      for (const member of members) groupOf[member] = i;
      for (const next of dependents[i] ?? []) {
        waiting[next] = (waiting[next] ?? 0) - 1;
        if (waiting[next] === 0) ready.push(next);
      }
    }
    return [...groups.values()].map(({ members }) => members.sort((a, b) => a - b));
  }
}

/**
 * Packs groups into jobs: where each job has a price, no more jobs than runners. Jobs are of the same length if they
 * can be; the longest comes first.
 */
function packed(groups: readonly number[][], seconds: readonly number[], limits: WaveLimits): Wave {
  const most = limits.overhead > 0 ? Math.min(limits.runners, limits.maxJobs) : limits.maxJobs;
  const loads = new Map(groups.map((group) => [group, loadOf(group, seconds)]));
  const load = (group: readonly number[]) => loads.get(group as number[]) ?? 0;
  const sorted = groups.toSorted((a, b) => load(b) - load(a) || (a[0] ?? 0) - (b[0] ?? 0));
  if (sorted.length <= most) return sorted;
  const jobs = sorted.slice(0, most).map((group) => ({ members: [...group], load: load(group) }));
  const lightest = heap((a, b) => {
    const [left, right] = [jobs[a]?.load ?? 0, jobs[b]?.load ?? 0];
    return left < right || (left === right && a < b);
  });
  for (const [i] of jobs.entries()) lightest.push(i);
  for (const group of sorted.slice(most)) {
    const i = lightest.pop() ?? 0;
    const job = jobs[i];
    if (job === undefined) continue;
    job.members.push(...group);
    job.load += load(group);
    lightest.push(i);
  }
  return jobs.toSorted((a, b) => b.load - a.load).map(({ members }) => members.sort((a, b) => a - b));
}
