/** One process of a job: what the runner puts into its environment and reads off it afterwards. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Annotation, type Command, readCommands } from './runner-commands.ts';
import type { Status } from './runner-expression.ts';
import { parseFileCommands } from './runner-files.ts';
import { runHere } from './runner-here.ts';
import type { Masker } from './runner-masks.ts';
import { type CancelDelays, run } from './runner-process.ts';

/** What steps of a job share and change. */
export interface JobState {
  readonly workspace: string;
  readonly home: string;
  /** The contexts; each value also stands in the environment as `GITHUB_…` and `RUNNER_…`. */
  readonly github: Readonly<Record<string, string>>;
  readonly runner: Readonly<Record<string, string>> & { readonly temp: string };
  readonly masker: Masker;
  readonly cancelDelays: CancelDelays | undefined;
  /** RUNNER_TRACKING_ID: what a job starts has it, and is known by it when the job is over. */
  readonly trackingId: string;
  /** The job's `env`, and what steps added through GITHUB_ENV. */
  readonly env: Map<string, string>;
  /** Additions to PATH, the latest last. */
  readonly prepended: string[];
  status: Status;
  steps: number;
}

export interface ProcessStep {
  readonly argv: readonly [string, ...string[]];
  /** Instead of a process. */
  readonly here?: (() => Promise<void>) | undefined;
  /** The step's `env`. */
  readonly env: Readonly<Record<string, string>>;
  /** What the runner adds: inputs, state, services. */
  readonly added: Readonly<Record<string, string>>;
  /** Warnings of the runner's before the process starts. */
  readonly warnings: readonly string[];
  readonly signal: AbortSignal | undefined;
  readonly onLine: ((line: string) => void) | undefined;
}

export interface StepResult {
  readonly outcome: 'success' | 'failure' | 'cancelled' | 'skipped';
  /** Undefined where nothing ran or a signal ended it. */
  readonly exitCode: number | undefined;
  readonly outputs: Readonly<Record<string, string>>;
  /** Saved by this step. */
  readonly state: Readonly<Record<string, string>>;
  /** Set by this step through GITHUB_ENV. */
  readonly env: Readonly<Record<string, string>>;
  /** Added by this step through GITHUB_PATH. */
  readonly path: readonly string[];
  /** Masked, as the runner uploads it. */
  readonly summary: string;
  /** Every workflow command that was carried out: what nobody meant to send shows here. */
  readonly commands: readonly Command[];
  readonly annotations: readonly Annotation[];
  /** Every secret of the job so far. */
  readonly masks: readonly string[];
  readonly debug: readonly string[];
  readonly groups: readonly { readonly name: string; readonly lines: readonly string[] }[];
  /** What the log page shows: masked, commands carried out. */
  readonly log: string;
  /** As the process wrote it. */
  readonly stdout: string;
  readonly stderr: string;
}

export const skipped: StepResult = {
  outcome: 'skipped',
  exitCode: undefined,
  outputs: {},
  state: {},
  env: {},
  path: [],
  summary: '',
  commands: [],
  annotations: [],
  masks: [],
  debug: [],
  groups: [],
  log: '',
  stdout: '',
  stderr: '',
};

export async function runStep(job: JobState, step: ProcessStep): Promise<StepResult> {
  const id = `__step_${++job.steps}`;
  const folder = join(job.runner.temp, '_runner_file_commands', id);
  await mkdir(folder, { recursive: true });
  const files = {
    output: join(folder, 'set_output'),
    state: join(folder, 'save_state'),
    env: join(folder, 'set_env'),
    path: join(folder, 'add_path'),
    step_summary: join(folder, 'step_summary'),
  };
  for (const file of Object.values(files)) await writeFile(file, '');

  const reader = readCommands(job.masker);
  for (const warning of step.warnings) reader.report('warning', warning);
  const options = {
    env: environment(job, step, { ...files, action: id }),
    cwd: job.workspace,
    signal: step.signal,
    delays: job.cancelDelays,
    onLine: (line: string) => {
      reader.line(line);
      step.onLine?.(line);
    },
  };
  const ended = step.here === undefined ? await run(step.argv, options) : await runHere(step.here, options);

  let failed = ended.exitCode !== 0 || reader.failed();
  const pairs = async (name: 'output' | 'state' | 'env'): Promise<Map<string, string>> => {
    try {
      return parseFileCommands(await readFile(files[name], 'utf8'));
    } catch (error) {
      reader.report('error', `Unable to process file command '${name}' successfully.`);
      reader.report('error', error instanceof Error ? error.message : String(error));
      failed = true;
      return new Map();
    }
  };
  const outputs = new Map([...reader.outputs, ...(await pairs('output'))]);
  const state = new Map([...reader.state, ...(await pairs('state'))]);
  const env = await pairs('env');
  if (env.delete('NODE_OPTIONS')) {
    reader.report('error', "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
  }
  for (const [name, value] of env) job.env.set(name, value);
  const path = (await readFile(files.path, 'utf8')).split(/\r\n|\r|\n/).filter((line) => line !== '');
  for (const entry of path) {
    if (job.prepended.includes(entry)) job.prepended.splice(job.prepended.indexOf(entry), 1);
    job.prepended.push(entry);
  }
  let summary = await readFile(files.step_summary, 'utf8');
  const size = Buffer.byteLength(summary);
  if (size > 1024 * 1024) {
    const kib = Math.floor(size / 1024);
    reader.report(
      'error',
      `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${kib}k.`,
    );
    summary = '';
  }
  if (ended.cancelled) job.status = 'cancelled';
  return {
    outcome: ended.cancelled ? 'cancelled' : failed ? 'failure' : 'success',
    exitCode: ended.exitCode,
    outputs: Object.fromEntries(outputs),
    state: Object.fromEntries(state),
    env: Object.fromEntries(env),
    path,
    summary: summary.split('\n').map(job.masker.mask).join('\n'),
    commands: reader.commands,
    annotations: reader.annotations,
    masks: [...job.masker.secrets],
    debug: reader.debug,
    groups: reader.groups,
    log: reader.log.join('\n'),
    stdout: ended.stdout,
    stderr: ended.stderr,
  };
}

/** Later wins; the runner's own variables cannot be overridden. */
function environment(
  job: JobState,
  step: ProcessStep,
  github: Readonly<Record<string, string>>,
): Record<string, string> {
  const path = [...job.prepended].reverse().concat(process.env['PATH'] ?? '');
  const prefixed = (prefix: string, values: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [`${prefix}_${name.toUpperCase()}`, value]),
    );
  const { token: _, ...context } = job.github; // the one that is a context and not a variable
  return {
    HOME: job.home,
    LANG: 'C.UTF-8',
    CI: 'true',
    RUNNER_TRACKING_ID: job.trackingId, // which a workflow can take away
    ...Object.fromEntries(job.env),
    ...step.env,
    ...step.added,
    PATH: path.join(':'),
    ...prefixed('GITHUB', { ...context, ...github }),
    ...prefixed('RUNNER', job.runner),
    GITHUB_ACTIONS: 'true',
  };
}
