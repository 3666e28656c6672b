/**
 * Fills waves whose lengths are given, thousands of times for one graph. Pieces come in a fixed order, what is needed
 * before what needs it, and each goes into the present wave if it fits there. What it needs in the same wave has to be
 * in the same job, one after the other: so a piece joins the groups of all that it needs there.
 */
import { sum, timeToEnd, type WorkGraph } from './graph.ts';
import { spread } from './spread.ts';

export interface WaveLimits {
  readonly runners: number;
  /** Seconds that a job takes beside what it builds. */
  readonly overhead: number;
  /** Most waves. */
  readonly waves: number;
  /** Most jobs of a wave. */
  readonly maxJobs: number;
}

/** What a filling is made from. */
export interface Aims {
  /** Seconds that each wave is aimed at; the last is that of all further waves. */
  readonly lengths: readonly number[];
  /** Which order to fill in: the place of its share in {@link SHARES}. */
  readonly order: number;
  /**
   * A piece that is longer than the wave waits for a longer one, unless it is the first. Otherwise it makes the wave
   * longer, if all would end later without it: the lengths are then only a first guess.
   */
  readonly exact: boolean;
}

export interface Filling extends Aims {
  /** By place: the wave. No wave is empty. */
  readonly waveOf: Int32Array;
  /** Seconds that each wave takes. */
  readonly took: readonly number[];
  readonly makespan: number;
}

/** What a filling takes over from another one. */
export interface Model {
  readonly filling: Pick<Filling, 'waveOf' | 'took'>;
  /** So many waves are the same, from the first. */
  readonly same: number;
  /** Whether what is in an earlier wave there goes first, and the order decides only within a wave. */
  readonly leads: boolean;
}

export interface WaveFiller {
  /** @returns undefined as soon as it is clear that all takes longer than `most` */
  fill(aims: Aims, most: number, model?: Model): Filling | undefined;
  /** How many pieces and edges all fillings have looked at: what they cost, the same on every machine. */
  effort(): number;
}

/**
 * What goes first: a piece with more seconds in the longest chain from it. To the seconds of each piece there, a share
 * of those of all that waits for it is added. A piece that much waits for has to be over early, or all that joins it.
 */
export const SHARES = [0, 0.1, 0.3, 1];

/** The most jobs to make of a wave. Where each job has a price, there are no more than runners. */
export function mostJobs({ runners, overhead, maxJobs }: Omit<WaveLimits, 'waves'>): number {
  return overhead > 0 ? Math.min(runners, maxJobs) : maxJobs;
}

/** Seconds that a wave takes whose groups of pieces take so long; its jobs are packed from these first. */
export function waveSeconds(loads: Float64Array, count: number, limits: Omit<WaveLimits, 'waves'>): number {
  const jobs = Math.min(count, mostJobs(limits));
  const longest = spread(loads, count, jobs);
  if (jobs <= limits.runners) return longest + limits.overhead;
  for (let job = 0; job < jobs; job++) loads[job] = (loads[job] as number) + limits.overhead;
  return spread(loads, jobs, limits.runners);
}

export function waveFiller(work: WorkGraph, limits: WaveLimits): WaveFiller {
  const places = work.seconds.length;
  const seconds = Float64Array.from(work.seconds);
  const rest = Float64Array.from(timeToEnd(work));
  const orders = ordersOf(work);
  const starts = new Int32Array(places + 1);
  for (const [i, before] of work.needs.entries()) starts[i + 1] = (starts[i] ?? 0) + before.length;
  const needs = Int32Array.from(work.needs.flat());
  const waveOf = new Int32Array(places);
  /** Of pieces that are in a wave: another piece of the same group, the last one of it if it is its own. */
  const groupOf = new Int32Array(places);
  const load = new Float64Array(places);
  const left = new Int32Array(places);
  const placed = new Int32Array(places);
  const loads = new Float64Array(places);
  const joined = new Int32Array(places);
  const seen = new Int32Array(places);
  let looks = 0;
  let effort = 0;

  return { fill, effort: () => effort };

  function fill(aims: Aims, most: number, model?: Model): Filling | undefined {
    const { lengths, exact } = aims;
    const took = model?.filling.took.slice(0, model.same) ?? [];
    let makespan = sum(took);
    for (let count = begin(aims, model); count > 0; ) {
      let longest = 0;
      for (let k = 0; k < count; k++) longest = Math.max(longest, rest[left[k] as number] as number);
      if (makespan + longest > most) return undefined;
      // The last wave has to take what is left, at whatever cost.
      const isLast = took.length + 1 >= limits.waves;
      const aim = isLast ? Number.POSITIVE_INFINITY : (lengths[took.length] ?? lengths.at(-1) ?? 0);
      const taken = fillWave(took.length, aim, count, exact ? Number.POSITIVE_INFINITY : longest);
      count -= taken;
      const own = secondsOf(taken);
      took.push(own);
      makespan += own;
    }
    return makespan > most ? undefined : { ...aims, took, makespan, waveOf: waveOf.slice() };
  }

  /** Puts what is to be placed into `left`, in the order to do it. @returns how much that is */
  function begin({ order }: Aims, model: Model | undefined): number {
    const ordered = orders[order] as Int32Array;
    if (model === undefined) {
      waveOf.fill(-1);
      left.set(ordered);
      return places;
    }
    const { same, filling } = model;
    effort += places;
    let count = 0;
    for (const i of model.leads ? byWave(ordered, filling) : ordered) {
      const wave = filling.waveOf[i] as number;
      waveOf[i] = wave < same ? wave : -1;
      if (wave >= same) left[count++] = i;
    }
    return count;
  }

  /** What is in an earlier wave of the filling goes first. @returns `placed`, overwritten */
  function byWave(ordered: Int32Array, filling: Model['filling']): Int32Array {
    const next = new Int32Array(filling.took.length + 1);
    for (const wave of filling.waveOf) next[wave + 1] = (next[wave + 1] as number) + 1;
    for (let wave = 1; wave < next.length; wave++)
      next[wave] = (next[wave] as number) + (next[wave - 1] as number);
    effort += places;
    for (const i of ordered) {
      const wave = filling.waveOf[i] as number;
      const at = next[wave] as number;
      placed[at] = i;
      next[wave] = at + 1;
    }
    return placed;
  }

  /**
   * @param longest seconds from the beginning of the wave to the end of all. A piece makes the wave longer if this would
   *   take longer with that piece in the next wave
   * @returns how many pieces are taken; the others are left
   */
  function fillWave(wave: number, aim: number, count: number, longest: number): number {
    let length = aim;
    let used = 0;
    let kept = 0;
    let taken = 0;
    effort += count;
    for (let k = 0; k < count; k++) {
      const i = left[k] as number;
      const own = seconds[i] as number;
      const groups = groupsBefore(i, wave);
      let together = own;
      for (let g = 0; g < groups; g++) together += load[joined[g] as number] as number;
      let fits = groups >= 0 && (taken === 0 || used + own <= length * limits.runners);
      if (fits && together > length) {
        fits = groups === 0 && ((rest[i] as number) > longest - length || taken === 0);
        if (fits) length = together;
      }
      if (!fits) {
        left[kept++] = i;
        continue;
      }
      for (let g = 0; g < groups; g++) groupOf[joined[g] as number] = i;
      groupOf[i] = i;
      load[i] = together;
      waveOf[i] = wave;
      used += own;
      placed[taken++] = i;
    }
    return taken;
  }

  /** Finds the groups of what a piece needs in this wave. @returns how many, or -1 if it needs a later wave. */
  function groupsBefore(i: number, wave: number): number {
    let count = 0;
    looks++;
    // What comes last of its needs is likeliest to be missing.
    for (let e = (starts[i + 1] as number) - 1; e >= (starts[i] as number); e--) {
      effort++;
      const need = needs[e] as number;
      const its = waveOf[need] as number;
      if (its < 0) return -1;
      if (its < wave) continue;
      const group = groupWith(need);
      if (seen[group] === looks) continue;
      seen[group] = looks;
      joined[count++] = group;
    }
    return count;
  }

  function groupWith(place: number): number {
    let i = place;
    for (;;) {
      const next = groupOf[i] as number;
      if (next === i) return i;
      const after = groupOf[next] as number;
      groupOf[i] = after;
      i = after;
    }
  }

  function secondsOf(taken: number): number {
    let count = 0;
    for (let k = 0; k < taken; k++) {
      const i = placed[k] as number;
      if (groupOf[i] === i) loads[count++] = load[i] as number;
    }
    return waveSeconds(loads, count, limits);
  }
}

/** For each share the pieces in their order, what is needed before what needs it. */
function ordersOf(work: WorkGraph): Int32Array[] {
  const waitedFor = behindOf(work);
  return SHARES.map((share) => {
    const rank = timeToEnd({
      ...work,
      seconds: work.seconds.map((own, i) => own + share * (waitedFor[i] ?? 0)),
    });
    const order = rank.map((_, i) => i);
    return Int32Array.from(order.sort((a, b) => (rank[b] ?? 0) - (rank[a] ?? 0) || a - b));
  });
}

/** By place: seconds of what waits for it, each piece's and what is behind that in equal parts on all that it needs. */
function behindOf(work: WorkGraph): number[] {
  const { seconds, needs } = work;
  const behind = seconds.map(() => 0);
  for (let i = seconds.length - 1; i >= 0; i--) {
    const before = needs[i] ?? [];
    const part = ((seconds[i] ?? 0) + (behind[i] ?? 0)) / before.length;
    for (const need of before) behind[need] = (behind[need] ?? 0) + part;
  }
  return behind;
}
