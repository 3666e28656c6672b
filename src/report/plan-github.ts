/**
 * A plan for GitHub: a matrix for each wave. The jobs of a matrix cannot have `needs` of their own, so each waits for the
 * whole wave before it. GitHub takes 256 jobs in a matrix and 1 MB of outputs of a job, in UTF-16. It refuses a matrix
 * without entries, so a workflow must not run an empty one.
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

/**
 * The most characters for the matrices: GitHub allows a megabyte and counts two bytes for each. A longer output would be
 * left out, and a workflow would take that for a plan in which nothing is to be built.
 */
const MAX_CHARACTERS = 500_000;

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
  const { length } = JSON.stringify(waves);
  if (length <= MAX_CHARACTERS) return waves;
  throw new BuildcacheError('too-large', 'the plan is too large for an output of a job', {
    expected: `at most ${MAX_CHARACTERS} characters`,
    found: `${length} for ${plan.units.length} specs`,
    hint: 'plan a part of the environment at a time',
  });
}
