/**
 * A plan for GitHub: a matrix for each wave. The jobs of a matrix cannot have `needs` of their own, so each waits for the
 * whole wave before it. GitHub takes 256 jobs in a matrix and 1 MB of outputs of a job. It refuses a matrix without
 * entries, so a workflow must not run an empty one.
 */
import { BuildcacheError } from '../core/errors.ts';
import { type BuildPlan, jobHashes } from '../plan/build-plan/plan.ts';
import { jobsByWave } from './plan-text.ts';

export interface WaveMatrix {
  readonly include: readonly {
    readonly name: string;
    /** Hashes, separated by spaces, in the order to build them. */
    readonly chunk: string;
    /** The number of specs, and how long they may take. */
    readonly specs: number;
    readonly minutes: number;
  }[];
}

/** The most bytes for the matrices: less than GitHub's limit, since other outputs need room too. */
const MAX_BYTES = 900_000;

/**
 * @returns as many matrices as there may be waves, the last ones without entries
 * @throws BuildcacheError `too-large` for a plan that does not fit into an output
 */
export function githubWaves(plan: BuildPlan): WaveMatrix[] {
  const used = jobsByWave(plan).map((jobs) => ({
    include: jobs.map((job) => ({
      name: job.name,
      chunk: jobHashes(plan, job).join(' '),
      specs: job.units.length,
      minutes: Math.ceil(job.seconds / 60),
    })),
  }));
  const waves = Array.from(
    { length: plan.limits.waves ?? used.length },
    (_, i) => used[i] ?? { include: [] },
  );
  const bytes = JSON.stringify(waves).length;
  if (bytes <= MAX_BYTES) return waves;
  throw new BuildcacheError('too-large', 'the plan is too large for an output of a job', {
    expected: `at most ${MAX_BYTES} bytes`,
    found: `${bytes} bytes for ${plan.units.length} specs`,
    hint: 'plan a part of the environment at a time',
  });
}
