/**
 * A workflow as GitHub reads it, as far as ours and the documents' go: jobs with steps, or jobs that call another
 * workflow. A key that the runner does not know is an error, so that nothing is quietly left out.
 */
import { parse } from 'yaml';

export type Values = Readonly<Record<string, string>>;

export interface WorkflowFile {
  readonly name: string;
  /** By event: its filters. */
  readonly on: Readonly<Record<string, EventFilter | null>>;
  readonly env: Values;
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
}

export interface EventFilter {
  readonly branches?: readonly string[];
  readonly types?: readonly string[];
  /** Of `workflow_call` and `workflow_dispatch`. */
  readonly inputs?: Readonly<
    Record<string, { readonly default?: unknown; readonly required?: boolean } | null>
  >;
  readonly outputs?: Readonly<Record<string, { readonly value: string }>>;
  readonly secrets?: Readonly<Record<string, { readonly required?: boolean } | null>>;
}

export interface WorkflowJob {
  readonly name?: string;
  readonly needs: readonly string[];
  readonly if?: string;
  readonly env: Values;
  readonly outputs: Values;
  readonly environment: string | undefined;
  readonly strategy: { readonly matrix?: unknown; readonly 'fail-fast'?: boolean | string };
  readonly steps: readonly WorkflowStep[];
  /** The workflow this job calls, with what it is given. */
  readonly uses: string | undefined;
  readonly with: Readonly<Record<string, unknown>>;
  readonly secrets: 'inherit' | Values;
}

export interface WorkflowStep {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: 'bash';
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, unknown>>;
}

const KNOWN = {
  // What GitHub decides by itself, and what does not change what steps see: permissions, who waits for whom, images.
  workflow: ['name', 'on', 'env', 'jobs', 'permissions', 'concurrency'],
  job: [
    ...[
      'name',
      'needs',
      'if',
      'env',
      'outputs',
      'environment',
      'strategy',
      'steps',
      'uses',
      'with',
      'secrets',
    ],
    ...['runs-on', 'container', 'timeout-minutes', 'permissions', 'concurrency'],
  ],
  strategy: ['matrix', 'fail-fast', 'max-parallel'],
  step: ['id', 'name', 'if', 'uses', 'run', 'shell', 'with', 'env', 'timeout-minutes'],
};

export function parseWorkflow(text: string): WorkflowFile {
  const document = known(parse(text), 'workflow') as Record<string, unknown>;
  const jobs = Object.entries(document['jobs'] as Record<string, Record<string, unknown>>);
  return {
    name: String(document['name'] ?? 'workflow'),
    on: eventsOf(document['on']),
    env: texts(document['env']),
    jobs: Object.fromEntries(jobs.map(([id, job]) => [id, jobOf(known(job, 'job'))])),
  };
}

function jobOf(job: Record<string, unknown>): WorkflowJob {
  const { needs = [], environment, strategy = {}, steps = [], secrets = {} } = job;
  return {
    ...(job['name'] === undefined ? {} : { name: String(job['name']) }),
    ...(job['if'] === undefined ? {} : { if: String(job['if']) }),
    needs: typeof needs === 'string' ? [needs] : (needs as string[]),
    env: texts(job['env']),
    outputs: texts(job['outputs']),
    environment: typeof environment === 'string' ? environment : undefined,
    strategy: known(strategy, 'strategy'),
    steps: (steps as object[]).map((step) => known(step, 'step') as WorkflowStep),
    uses: job['uses'] as string | undefined,
    with: (job['with'] ?? {}) as Record<string, unknown>,
    secrets: secrets === 'inherit' ? secrets : texts(secrets),
  };
}

function eventsOf(on: unknown): WorkflowFile['on'] {
  if (typeof on === 'string') return { [on]: null };
  if (Array.isArray(on)) return Object.fromEntries(on.map((event) => [event, null]));
  return on as WorkflowFile['on'];
}

function texts(values: unknown): Values {
  return Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, String(value ?? '')]));
}

function known(value: unknown, kind: keyof typeof KNOWN): Record<string, unknown> {
  const unknown = Object.keys(value as object).filter((key) => !KNOWN[kind].includes(key));
  if (unknown.length > 0) throw new Error(`the workflow runner knows no ${unknown.join(', ')} of a ${kind}`);
  return value as Record<string, unknown>;
}
