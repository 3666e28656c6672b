/** One job of a workflow: its contexts, its steps one after the other, then the post steps that are due. */
import { type JobOptions, type StepResult, startJob } from './runner.ts';
import { type ExpressionScope, evaluated, holds, interpolate } from './runner-expression.ts';
import { skipped } from './runner-step.ts';
import type { Values, WorkflowJob, WorkflowStep } from './workflow-parse.ts';

export type JobOutcome = 'success' | 'failure' | 'cancelled' | 'skipped';

export interface RanStep {
  /** Its name, id, action or the first line of its script. */
  readonly name: string;
  readonly result: StepResult;
}

export interface RanJob {
  readonly id: string;
  readonly name: string;
  readonly result: JobOutcome;
  readonly outputs: Values;
  readonly steps: readonly RanStep[];
  /** Why a job ended without a step. */
  readonly reason?: string;
  /** Outputs that GitHub has dropped. */
  readonly dropped?: readonly string[];
}

/** What is the same for all steps of a job: `github`, `needs`, `secrets`, `matrix`, `inputs`, … */
export type Contexts = Readonly<Record<string, unknown>>;

/** @param name of the job, evaluated */
export async function runJob(
  id: string,
  name: string,
  { steps, outputs, env: ofJob }: WorkflowJob,
  contexts: Contexts,
  options: JobOptions & { readonly locate: (uses: string, workspace: string) => string },
): Promise<RanJob> {
  const ofWorkflow = (contexts['env'] ?? {}) as Values;
  const at = (status: ExpressionScope['status'], more: Contexts = {}): ExpressionScope => ({
    status,
    contexts: { ...contexts, ...more },
  });
  const env = { ...ofWorkflow, ...filled(ofJob, at('success')) };
  await using job = await startJob({ ...options, env: { ...options.env, ...env } });
  const done: Record<string, { outputs: Values; outcome: string; conclusion: string }> = {};
  const ran: RanStep[] = [];
  const scope = (): ExpressionScope => {
    const status = job.status();
    const runner = { os: 'Linux', temp: job.temp, tool_cache: job.toolCache };
    return at(status, { steps: done, env, job: { status }, runner });
  };
  for (const step of steps) {
    const result = holds(step.if ?? 'success()', scope()) ? await runOne(step) : skipped;
    ran.push({ name: nameOf(step), result });
    const { outcome } = result;
    if (step.id !== undefined) done[step.id] = { outputs: result.outputs, outcome, conclusion: outcome };
  }
  for (const result of await job.finish()) ran.push({ name: 'post', result });
  const result = job.status();
  const all = Object.entries(filled(outputs, scope()));
  // "Skip output 'x' since it may contain secret": a warning is all that the runner makes of it.
  const isSecret = ([, text]: readonly [string, string]) => job.mask(text) !== text;
  const dropped = all.filter(isSecret).map(([output]) => output);
  const kept = Object.fromEntries(all.filter((one) => !isSecret(one)));
  return { id, name, result, outputs: kept, steps: ran, dropped };

  async function runOne(step: WorkflowStep): Promise<StepResult> {
    const own = filled(step.env ?? {}, scope());
    const ofStep = { ...scope(), contexts: { ...scope().contexts, env: { ...env, ...own } } };
    const how = { env: own, if: 'always()' };
    if (step.run !== undefined)
      return await job.run(interpolate(step.run, ofStep), { ...how, shell: step.shell });
    const folder = options.locate(step.uses ?? '', job.workspace);
    return await job.uses(folder, { ...how, with: filled(step.with ?? {}, ofStep) });
  }
}

/** What a job's `name`, `with` and the like come to. */
export function filled(
  values: Readonly<Record<string, unknown>>,
  scope: ExpressionScope,
): Record<string, string> {
  const entries = Object.entries(values).map(([name, value]) => {
    const found = evaluated(String(value ?? ''), scope);
    return [name, found === null ? '' : typeof found === 'object' ? JSON.stringify(found) : String(found)];
  });
  return Object.fromEntries(entries);
}

function nameOf({ name, id, uses, run = '' }: WorkflowStep): string {
  return name ?? id ?? uses?.replace(/@.*/, '') ?? run.split('\n')[0] ?? '';
}
