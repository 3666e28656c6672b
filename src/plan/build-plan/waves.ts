/**
 * Chunks for engines whose jobs cannot wait for single other jobs: a bounded number of waves. The jobs of a wave need
 * nothing of each other, and a wave begins when the one before is over. Units of a wave that need each other are in
 * one job. How long waves are to be is searched (`wave-search.ts`).
 */

import { sum, type WorkGraph } from './graph.ts';
import { heap } from './heap.ts';
import { mostJobs, type WaveLimits, waveFiller } from './wave-filler.ts';
import { searchWaves } from './wave-search.ts';

/** A wave: its jobs, the longest first, each with the places of its units in the order to build them. */
export type Wave = readonly (readonly number[])[];

/** How many units and edges are looked at in all tries together. This bounds the time, and is the same on every machine. */
const EFFORT = 60_000_000;

/**
 * @param effort how long to search, as a part of how long it is for a plan in waves
 * @returns no more waves than allowed, every unit in one of them
 */
export function wavesOf(work: WorkGraph, limits: WaveLimits, effort = 1): Wave[] {
  if (work.seconds.length === 0) return [];
  return wavesFrom(searchWaves(work, limits, EFFORT * effort), work, limits);
}

/** Waves that are all aimed at one length, however many that makes. */
export function wavesOfLength(work: WorkGraph, limits: Omit<WaveLimits, 'waves'>, length: number): Wave[] {
  const filler = waveFiller(work, { ...limits, waves: Number.POSITIVE_INFINITY });
  const aims = { lengths: [length], order: 0, exact: false };
  const { waveOf } = filler.fill(aims, Number.POSITIVE_INFINITY) ?? { waveOf: new Int32Array(0) };
  return wavesFrom(waveOf, work, limits);
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
  return busy.reduce((most, each) => Math.max(most, each), 0);
}

/** Puts the units of each wave that need each other together, and packs these groups into jobs. */
function wavesFrom(
  waveOf: Int32Array,
  { seconds, needs }: WorkGraph,
  limits: Omit<WaveLimits, 'waves'>,
): Wave[] {
  const groupOf: number[][] = [];
  const waves: Set<number[]>[] = [];
  for (const [i, before] of needs.entries()) {
    const wave = waveOf[i] ?? 0;
    const near = before.filter((need) => waveOf[need] === wave).map((need) => groupOf[need] ?? []);
    const groups = [...new Set(near)].sort((a, b) => b.length - a.length);
    waves[wave] ??= new Set();
    const [group = []] = groups;
    waves[wave].add(group);
    for (const other of groups.slice(1)) {
      waves[wave].delete(other);
      for (const each of other) {
        groupOf[each] = group;
        group.push(each);
      }
    }
    group.push(i);
    groupOf[i] = group;
  }
  return waves.map((groups) =>
    packed(
      [...groups].map((group) => group.sort((a, b) => a - b)),
      seconds,
      limits,
    ),
  );
}

/**
 * Packs groups into jobs: where each job has a price, no more jobs than runners. Jobs are of the same length if they
 * can be; the longest comes first.
 */
function packed(
  groups: readonly number[][],
  seconds: readonly number[],
  limits: Omit<WaveLimits, 'waves'>,
): Wave {
  const most = mostJobs(limits);
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
    for (const each of group) job.members.push(each);
    job.load += load(group);
    lightest.push(i);
  }
  return jobs.toSorted((a, b) => b.load - a.load).map(({ members }) => members.sort((a, b) => a - b));
}
