/**
 * Runs a workflow as GitHub does: jobs in the order of their `needs`, with `if`, matrices and outputs, and workflows
 * that it calls. One job at a time, in the order of the file and of the matrix: so no matrix runs wider than its
 * `max-parallel`, and what jobs do to each other at the same time is tested elsewhere.
 */
import type { JobOptions } from './runner.ts';
import { type ExpressionScope, evaluated, holds, interpolate } from './runner-expression.ts';
import { type Contexts, filled, type JobOutcome, type RanJob, runJob } from './workflow-job.ts';
import { combinationsOf } from './workflow-matrix.ts';
import {
  type EventFilter,
  parseWorkflow,
  type Values,
  type WorkflowFile,
  type WorkflowJob,
} from './workflow-parse.ts';

export interface WorkflowEvent {
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** A pull request of a fork, or a run of Dependabot: no secrets, and a token that only reads. */
  readonly fork?: boolean;
  readonly actor?: string;
  readonly branch?: string;
  /** Of `workflow_dispatch`. */
  readonly inputs?: Values;
}

export interface WorkflowOptions {
  readonly event: WorkflowEvent;
  readonly github: Values;
  readonly secrets: Values;
  /** Secrets by `environment`. */
  readonly environments: Readonly<Record<string, Values>>;
  readonly vars?: Values;
  /** The text of a workflow that is called. */
  readonly called: (uses: string) => string;
  /** What a job starts with; called for each. */
  readonly startJob: () => Promise<JobOptions>;
  /** The folder of an action. */
  readonly locate: (uses: string, workspace: string) => string;
}

export interface RanWorkflow {
  readonly result: JobOutcome;
  /** In the order in which they ended; a matrix has one for each combination. */
  readonly jobs: readonly RanJob[];
  readonly outputs: Values;
}

/** Without `types`. */
const PULL_REQUEST_TYPES = ['opened', 'synchronize', 'reopened'];

/** @throws where the event does not start it, or it is none that the runner knows */
export async function runWorkflow(text: string, options: WorkflowOptions): Promise<RanWorkflow> {
  const workflow = parseWorkflow(text);
  const { event } = options;
  const filter = workflow.on[event.name];
  const { action = 'opened' } = event.payload as { readonly action?: string };
  const isType = event.name !== 'pull_request' || (filter?.types ?? PULL_REQUEST_TYPES).includes(action);
  if (filter === undefined || (filter?.branches?.includes(event.branch ?? '') ?? true) === false || !isType) {
    throw new Error(`${event.name} does not start the workflow "${workflow.name}"`);
  }
  const given = event.inputs ?? {};
  return await runJobs(workflow, inputsOf(filter, given), options);
}

async function runJobs(
  workflow: WorkflowFile,
  inputs: Contexts,
  options: WorkflowOptions,
): Promise<RanWorkflow> {
  const jobs: RanJob[] = [];
  const done = new Map<string, { readonly result: JobOutcome; readonly outputs: Values }>();
  const { event } = options;
  const secrets: Values = event.fork ? {} : options.secrets;
  const base = {
    github: { ...options.github, event_name: event.name, event: event.payload },
    inputs,
    vars: options.vars ?? {},
  };
  const env = filled(workflow.env, { status: 'success', contexts: { ...base, secrets } });
  for (const id of inOrder(workflow.jobs)) {
    const job = workflow.jobs[id] as WorkflowJob;
    const needs = Object.fromEntries(job.needs.map((need) => [need, done.get(need)]));
    const own = event.fork ? {} : (options.environments[job.environment ?? ''] ?? {});
    const ofToken = { GITHUB_TOKEN: options.github['token'] ?? '' };
    const contexts = { ...base, env, needs, secrets: { ...ofToken, ...secrets, ...own } };
    const status = statusOf(id, workflow.jobs, done);
    if (!holds(job.if ?? 'success()', { status, contexts })) {
      done.set(id, { result: 'skipped', outputs: {} });
      jobs.push({ id, name: id, result: 'skipped', outputs: {}, steps: [] });
      continue;
    }
    const ran = await runCombinations(id, job, contexts, options);
    jobs.push(...ran);
    const counted = ran.filter((one) => one.id === id); // not those of a workflow that it called
    done.set(id, {
      result: together(counted),
      outputs: Object.assign({}, ...counted.map((one) => one.outputs)),
    });
  }
  const results = Object.fromEntries(done);
  const call = workflow.on['workflow_call']?.outputs ?? {};
  const values = Object.fromEntries(Object.entries(call).map(([name, { value }]) => [name, value]));
  const outputs = filled(values, { status: 'success', contexts: { ...base, jobs: results } });
  return { result: together([...done.values()]), jobs, outputs };
}

/** A job for each combination of the matrix; after one that failed the rest is cancelled, unless `fail-fast: false`. */
async function runCombinations(
  id: string,
  job: WorkflowJob,
  contexts: Contexts,
  options: WorkflowOptions,
): Promise<RanJob[]> {
  const scope: ExpressionScope = { status: 'success', contexts };
  const { matrix, 'fail-fast': failFast = true } = job.strategy;
  let combinations: ReturnType<typeof combinationsOf>;
  try {
    combinations = combinationsOf(typeof matrix === 'string' ? evaluated(matrix, scope) : matrix);
  } catch (error) {
    return [{ id, name: id, result: 'failure', outputs: {}, steps: [], reason: String(error) }];
  }
  const ran: RanJob[] = [];
  for (const combination of combinations ?? [undefined]) {
    const own = { ...contexts, matrix: combination ?? {}, strategy: job.strategy };
    const plain = combination === undefined ? id : `${id} (${Object.values(combination).join(', ')})`;
    const name = job.name === undefined ? plain : interpolate(job.name, { ...scope, contexts: own });
    const failed = ran.some(({ result }) => result === 'failure');
    if (failed && failFast !== false) {
      ran.push({ id, name, result: 'cancelled', outputs: {}, steps: [] });
      continue;
    }
    ran.push(...(await runCombination(id, name, job, own, options)));
  }
  return ran;
}

async function runCombination(
  id: string,
  name: string,
  job: WorkflowJob,
  contexts: Contexts,
  options: WorkflowOptions,
): Promise<RanJob[]> {
  if (job.uses === undefined) {
    const started = await options.startJob();
    const secrets = Object.values(contexts['secrets'] as Values);
    return [await runJob(id, name, job, contexts, { ...started, secrets, locate: options.locate })];
  }
  const scope: ExpressionScope = { status: 'success', contexts };
  const workflow = parseWorkflow(options.called(job.uses));
  const call = workflow.on['workflow_call'];
  if (call === undefined) throw new Error(`${job.uses} cannot be called`);
  const given = Object.fromEntries(
    Object.entries(job.with).map(([key, value]) => [
      key,
      typeof value === 'string' ? evaluated(value, scope) : value,
    ]),
  );
  // Another repository's workflow is taken for one of another organisation, which inherits nothing.
  const inherited = job.uses.startsWith('./') ? (contexts['secrets'] as Values) : {};
  const secrets = job.secrets === 'inherit' ? inherited : filled(job.secrets, scope);
  requireGiven(call?.secrets ?? {}, secrets, `the secret of ${job.uses}`);
  const ran = await runJobs(workflow, inputsOf(call, given), { ...options, secrets });
  const inner = ran.jobs.map((one) => ({ ...one, id: `${id}/${one.id}`, name: `${name} / ${one.name}` }));
  return [...inner, { id, name, result: ran.result, outputs: ran.outputs, steps: [] }];
}

function inputsOf(filter: EventFilter | null, given: Contexts): Contexts {
  const inputs = filter?.inputs ?? {};
  const unknown = Object.keys(given).filter((name) => !(name in inputs));
  if (unknown.length > 0) throw new Error(`there are no inputs ${unknown.join(', ')}`);
  requireGiven(inputs, given, 'the input');
  const defaults = Object.entries(inputs).map(([name, input]) => [name, input?.default ?? '']);
  return { ...Object.fromEntries(defaults), ...given };
}

function requireGiven(
  wanted: Readonly<Record<string, { readonly required?: boolean } | null>>,
  given: Contexts,
  what: string,
): void {
  const missing = Object.entries(wanted).find(([name, one]) => one?.required === true && !given[name]);
  if (missing !== undefined) throw new Error(`${what} ${missing[0]} is required`);
}

/** What `success()`, `failure()` and `cancelled()` go by: all that a job needs, and what that needs. */
function statusOf(
  id: string,
  jobs: WorkflowFile['jobs'],
  done: ReadonlyMap<string, { readonly result: JobOutcome }>,
): ExpressionScope['status'] {
  const ancestors = new Set<string>();
  const visit = (name: string): void => {
    for (const need of jobs[name]?.needs ?? []) {
      if (!ancestors.has(need)) visit(need);
      ancestors.add(need);
    }
  };
  visit(id);
  const results = [...ancestors].map((name) => done.get(name)?.result);
  for (const bad of ['failure', 'cancelled', 'skipped'] as const) if (results.includes(bad)) return bad;
  return 'success';
}

function together(jobs: readonly { readonly result: JobOutcome }[]): JobOutcome {
  const results = jobs.map(({ result }) => result);
  for (const bad of ['failure', 'cancelled'] as const) if (results.includes(bad)) return bad;
  return results.length > 0 && results.every((result) => result === 'skipped') ? 'skipped' : 'success';
}

function inOrder(jobs: WorkflowFile['jobs']): string[] {
  const order: string[] = [];
  const visit = (id: string, path: readonly string[]): void => {
    if (path.includes(id)) throw new Error(`jobs need each other: ${path.join(', ')}`);
    if (jobs[id] === undefined) throw new Error(`there is no job ${id}`);
    for (const need of jobs[id].needs) visit(need, [...path, id]);
    if (!order.includes(id)) order.push(id);
  };
  for (const id of Object.keys(jobs)) visit(id, []);
  return order;
}
