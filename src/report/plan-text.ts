/** A plan for people: how long it will take, which jobs, and where each number comes from. */
import { oneLine } from '../core/errors.ts';
import { leastSeconds } from '../plan/build-plan/graph.ts';
import { type BuildPlan, jobGraph, type PlannedJob } from '../plan/build-plan/plan.ts';
import { schedule } from '../plan/build-plan/schedule.ts';
import { wavesMakespan } from '../plan/build-plan/waves.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';
import { nameSome } from './shared-reasons.ts';

/** How long a plan takes, in seconds. */
export interface PlanTimes {
  readonly estimated: number;
  /** A lower bound: no plan takes less with this many runners. */
  readonly least: number;
}

export function planTimes(plan: BuildPlan): PlanTimes {
  const { runners, overhead, waves } = plan.limits;
  const work = {
    seconds: plan.costs.map(({ seconds }) => seconds),
    needs: plan.units.map(({ needs }) => needs),
  };
  const estimated =
    waves === undefined
      ? schedule(jobGraph(plan), runners, overhead).makespan
      : wavesMakespan(
          jobsByWave(plan).map((jobs) => jobs.map(({ units }) => units)),
          work,
          { runners, overhead },
        );
  return { estimated, least: leastSeconds(work, runners) };
}

/** The jobs of each wave that has any. */
export function jobsByWave({ jobs }: Pick<BuildPlan, 'jobs'>): PlannedJob[][] {
  const waves: PlannedJob[][] = [];
  for (const job of jobs) {
    const wave = waves[job.wave ?? 0];
    if (wave === undefined) waves[job.wave ?? 0] = [job];
    else wave.push(job);
  }
  return waves;
}

/**
 * Lines without line ends. Their texts have no line breaks and no control characters.
 * @param asked how many specs the mirrors were asked for
 */
export function planText(plan: BuildPlan, homeless: readonly SpecNode[], asked: number): string[] {
  const { units, costs, jobs, limits } = plan;
  const lines = homeless.map((spec) => `${name(spec)} is for no mirror: each job that needs it builds it`);
  if (units.length === 0) return [...lines, `${whyNothing(homeless.length, asked)}: nothing to build.`];
  const { estimated, least } = planTimes(plan);
  const waves = limits.waves === undefined ? '' : ` in ${count(jobsByWave(plan).length, 'wave')}`;
  const on = count(limits.runners, 'runner');
  lines.push(
    `${count(units.length, 'spec')} to build, ${count(jobs.length, 'job')}${waves}: about ${duration(estimated)} on ${on}, ` +
      `with ${duration(limits.overhead)} to start a job; no plan takes less than ${duration(least)}`,
    `How long they take is known by: ${sources(plan)}`,
  );
  for (const job of jobs) {
    const after = job.needs.map((need) => jobs[need.job]?.name ?? '').join(', ');
    const when = job.wave === undefined ? (after === '' ? '' : `, after ${after}`) : `, wave ${job.wave + 1}`;
    lines.push('', `${oneLine(job.name)}: ${duration(job.seconds)}${oneLine(when)}`);
    for (const place of job.units) {
      const [unit, cost] = [units[place], costs[place]];
      if (unit === undefined || cost === undefined) continue;
      const from = cost.from === undefined ? '' : ` of ${cost.from}`;
      const spliced = unit.spec === unit.entry ? '' : `, which makes ${name(unit.entry)}`;
      lines.push(
        `  ${name(unit.spec)}${spliced}  ${duration(cost.seconds)}, ${oneLine(`${cost.source}${from}`)}`,
      );
    }
  }
  return lines;
}

/** What to warn of where a plan leaves out specs that no mirror may take; undefined where there are none. */
export function homelessWarning(homeless: readonly SpecNode[]): string | undefined {
  if (homeless.length === 0) return undefined;
  const names = nameSome(
    homeless.map((spec) => oneLine(spec.name)),
    3,
  );
  return `no mirror may take ${names}: each job that needs it builds it, and a root is built by no job`;
}

function whyNothing(homeless: number, asked: number): string {
  if (homeless === 0) return 'Every spec is present';
  return homeless < asked ? 'Every other spec is present' : 'No mirror may take any of these specs';
}

function sources({ costs }: BuildPlan): string {
  const counts = new Map<string, number>();
  for (const { source } of costs) counts.set(source, (counts.get(source) ?? 0) + 1);
  return [...counts].map(([source, times]) => `${source} (${times})`).join(', ');
}

function name(spec: SpecNode): string {
  return oneLine(`${spec.name}@${spec.version}/${shortHash(spec)}`);
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** For people: `45 s`, `12 min`, `3 h 5 min`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
