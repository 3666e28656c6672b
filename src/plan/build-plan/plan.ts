/**
 * A plan: what is to be built, in which jobs, and what each job waits for. It depends on its input alone. So the same
 * input gives the same plan to the byte, and a plan that is made again has what is still missing.
 */
import { sha256 } from '../../core/digest.ts';
import { chunksOf } from './chunks.ts';
import type { Cost } from './costs.ts';
import type { BuildUnit } from './dag.ts';
import { allBefore, type ReadonlyPlaces, sum, type WorkGraph, withoutImplied } from './graph.ts';
import { wavesOf } from './waves.ts';

export interface PlannedJob {
  /** Tells the job from all others. It is the same in every plan that has this job. */
  readonly name: string;
  /** Places of its units, in the order to build them. */
  readonly units: readonly number[];
  readonly seconds: number;
  /** Places of the jobs that must be over before it begins. A plan in waves has none of these, only {@link wave}. */
  readonly needs: readonly JobNeed[];
  /** From 0; only in a plan in waves. */
  readonly wave: number | undefined;
}

export interface JobNeed {
  readonly job: number;
  /**
   * Nothing of the job can be built unless all of that one is there. Otherwise it is tried even if that one has
   * failed.
   */
  readonly whole: boolean;
}

export interface BuildPlan {
  /** What is needed comes before what needs it. */
  readonly units: readonly BuildUnit[];
  /** Of each unit. */
  readonly costs: readonly Cost[];
  /** In the order in which they are to begin. */
  readonly jobs: readonly PlannedJob[];
  readonly limits: PlanLimits;
}

export interface PlanLimits {
  readonly runners: number;
  /** Seconds that a job takes beside what it builds. */
  readonly overhead: number;
  /** Most jobs; in waves, of each of them. */
  readonly maxJobs: number;
  /** Most waves; undefined for engines whose jobs can wait for each other. */
  readonly waves: number | undefined;
}

export function buildPlan(
  units: readonly BuildUnit[],
  costs: readonly Cost[],
  limits: PlanLimits,
): BuildPlan {
  const work: WorkGraph = {
    seconds: costs.map(({ seconds }) => seconds),
    needs: withoutImplied({ seconds: [], needs: units.map(({ needs }) => needs) }),
  };
  const { waves } = limits;
  const jobs =
    waves === undefined ? freeJobs(units, work, limits) : waveJobs(units, work, { ...limits, waves });
  return { units, costs, jobs, limits };
}

function freeJobs(units: readonly BuildUnit[], work: WorkGraph, limits: PlanLimits): PlannedJob[] {
  const { members, graph } = chunksOf(work, limits);
  const needs = withoutImplied(graph);
  const before = allBefore(work);
  return members.map((places, i) => ({
    ...described(places, units, work),
    needs: (needs[i] ?? []).map((job) => ({ job, whole: needsAll(places, members[job] ?? [], before) })),
    wave: undefined,
  }));
}

function needsAll(
  places: readonly number[],
  others: readonly number[],
  before: readonly ReadonlyPlaces[],
): boolean {
  return places.every((place) => others.every((other) => before[place]?.has(other) === true));
}

function waveJobs(
  units: readonly BuildUnit[],
  work: WorkGraph,
  limits: PlanLimits & { readonly waves: number },
): PlannedJob[] {
  return wavesOf(work, limits).flatMap((wave, number) =>
    wave.map((places) => ({ ...described(places, units, work), needs: [], wave: number })),
  );
}

function described(
  places: readonly number[],
  units: readonly BuildUnit[],
  { seconds }: WorkGraph,
): Pick<PlannedJob, 'name' | 'units' | 'seconds'> {
  return {
    name: nameOf(places, units, seconds),
    units: places,
    seconds: sum(places.map((place) => seconds[place] ?? 0)),
  };
}

/** GitHub shows a hundred characters of a name. */
const NAMED = 60;

/** The name of what takes longest, with an addition that tells the job from others. */
function nameOf(places: readonly number[], units: readonly BuildUnit[], seconds: readonly number[]): string {
  const [longest = 0] = places.toSorted((a, b) => (seconds[b] ?? 0) - (seconds[a] ?? 0) || a - b);
  const name = units[longest]?.entry.name.replaceAll(/[^\w.-]/g, '_').slice(0, NAMED) ?? '';
  const hashes = places.map((place) => units[place]?.entry.hash ?? '').sort();
  const more = places.length === 1 ? '' : `-and-${places.length - 1}`;
  const tail = places.length === 1 ? hashes[0]?.slice(0, 12) : sha256(hashes.join(' ')).slice(0, 12);
  return `${name}${more}-${tail}`;
}

/** What to give to `spack install`, in the order to build it. */
export function installSpecs({ units }: Pick<BuildPlan, 'units'>, job: PlannedJob): string[] {
  return job.units.flatMap((place) => {
    const spec = units[place]?.spec;
    return spec === undefined ? [] : [`${spec.name}@${spec.version}/${spec.hash}`];
  });
}

/** The hashes under which the environment knows a job's specs. */
export function jobHashes({ units }: Pick<BuildPlan, 'units'>, job: PlannedJob): string[] {
  return job.units.flatMap((place) => units[place]?.spec.hash ?? []);
}

/** The graph of the jobs, as the engine sees them. */
export function jobGraph({ jobs }: Pick<BuildPlan, 'jobs'>): WorkGraph {
  return {
    seconds: jobs.map(({ seconds }) => seconds),
    needs: jobs.map(({ needs }) => needs.map(({ job }) => job)),
  };
}
