/**
 * Runs actions as the GitHub runner does on Linux: inputs, the GITHUB_* files, state from main to post,
 * environment and PATH from step to step, workflow commands, masks, cancellation. After the runner's source,
 * 2.336. Differences are on purpose and few: a clean environment instead of the machine's, no containers, no
 * `pre`, no problem matchers, no job summary page.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Action, type CompositeStep, type Inputs, inputsOf, loadAction } from './runner-action.ts';
import { type ExpressionScope, holds, interpolate, type Status } from './runner-expression.ts';
import { createMasker } from './runner-masks.ts';
import { killOrphans } from './runner-orphans.ts';
import type { CancelDelays } from './runner-process.ts';
import { type JobState, runStep, type StepResult, skipped } from './runner-step.ts';
import { tempDir } from './temp-dir.ts';

export type { StepResult } from './runner-step.ts';

export interface JobOptions {
  /** An existing folder; an empty one when not given. */
  readonly workspace?: string;
  /** `RUNNER_TEMP`: the same folder in several jobs, as on one runner; a new one when not given. */
  readonly temp?: string;
  readonly event?: { readonly name: string; readonly payload?: unknown };
  /** The `github` context: `repository`, `sha`, `ref_name`, `token`, … */
  readonly github?: Readonly<Record<string, string>>;
  /** As under `env:` of the job. */
  readonly env?: Readonly<Record<string, string>>;
  /** What only JavaScript actions see: `ACTIONS_RUNTIME_TOKEN`, `ACTIONS_RESULTS_URL`, … */
  readonly services?: Readonly<Record<string, string>>;
  /** Folders before those of the machine's `PATH`. */
  readonly path?: readonly string[];
  /** Masked from the start, as the workflow's secrets are. */
  readonly secrets?: readonly string[];
  readonly debug?: boolean;
  /** `owner/repo` to a folder, for `uses: owner/repo/path@ref` in composite actions. */
  readonly actions?: Readonly<Record<string, string>>;
  /**
   * What to run in this process instead of a JavaScript file of an action: it finds its environment in
   * `process.env` and leaves its exit code in `process.exitCode`. A process of its own for what is undefined,
   * and wherever there is a signal.
   */
  readonly here?: (file: string) => (() => Promise<void>) | undefined;
  /** The runner's, 7,500 and 2,500 ms, when not given. */
  readonly cancelDelays?: CancelDelays;
}

export interface StepOptions {
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Default `success()`. */
  readonly if?: string;
  /** Aborting cancels the job: SIGINT, then SIGTERM, then SIGKILL. */
  readonly signal?: AbortSignal | undefined;
  /** Sees each line of output as it arrives, unmasked. */
  readonly onLine?: ((line: string) => void) | undefined;
}

export interface Job extends AsyncDisposable {
  readonly workspace: string;
  readonly temp: string;
  readonly toolCache: string;
  readonly home: string;
  status(): Status;
  /** Without what was masked by now. */
  mask(text: string): string;
  /** The main step of the action in this folder; its post step waits for `finish`. */
  uses(folder: string, options?: StepOptions): Promise<StepResult>;
  /** A `run` step. @param shell as in the workflow: without one, a failure before the end of a pipe is lost */
  run(
    script: string,
    options?: Omit<StepOptions, 'with'> & { readonly shell?: 'bash' | undefined },
  ): Promise<StepResult>;
  /**
   * The post steps that are due, the last one's first; those whose `post-if` says no are `skipped`. Then what the job has
   * left running is killed.
   */
  finish(options?: Pick<StepOptions, 'signal' | 'onLine'>): Promise<StepResult[]>;
  /** What had to be killed when it was over, as `ps` shows it. */
  readonly orphans: readonly string[];
}

export async function startJob(options: JobOptions = {}): Promise<Job> {
  const dir = await tempDir();
  const folder = async (name: string): Promise<string> => {
    const path = join(dir.path, name);
    await mkdir(path);
    return path;
  };
  const workspace = resolve(options.workspace ?? (await folder('workspace')));
  const home = await folder('home');
  const temp = options.temp ?? (await folder('temp'));
  const toolCache = await folder('tools');
  const event = options.event?.payload ?? {};
  const eventPath = join(temp, 'event.json');
  await writeFile(eventPath, JSON.stringify(event));

  const state: JobState = {
    workspace,
    home,
    github: {
      ...defaultGithub,
      event_name: options.event?.name ?? 'push',
      ...options.github,
      event_path: eventPath,
      workspace,
    },
    runner: {
      os: 'Linux',
      arch: process.arch === 'arm64' ? 'ARM64' : 'X64',
      name: 'emulator',
      environment: 'github-hosted',
      temp,
      tool_cache: toolCache,
      ...(options.debug === true ? { debug: '1' } : {}),
    },
    masker: createMasker(),
    cancelDelays: options.cancelDelays,
    trackingId: `github_${randomUUID()}`,
    env: new Map(Object.entries(options.env ?? {})),
    prepended: [...(options.path ?? [])].reverse(),
    status: 'success',
    steps: 0,
  };
  for (const secret of [...(options.secrets ?? []), state.github['token'] ?? '']) state.masker.add(secret);
  const posts: Post[] = [];
  const orphans: string[] = [];
  const level: Level = {
    status: () => state.status,
    contexts: { github: { ...state.github, event }, runner: state.runner },
    actionPath: undefined,
  };
  const count = (result: StepResult): StepResult => {
    if (result.outcome === 'failure' && state.status === 'success') state.status = 'failure';
    return result;
  };
  return {
    workspace,
    temp,
    toolCache,
    home,
    status: () => state.status,
    mask: state.masker.mask,
    uses: async (path, step = {}) =>
      count(await runAction({ state, options, posts }, resolve(path), step, level)),
    run: async (script, step = {}) => {
      if (!holds(step.if ?? 'success()', scopeOf({ state, options, posts }, step, level))) return skipped;
      const { env = {}, signal, onLine } = step;
      const argv = step.shell === undefined ? BASH_ALONE : BASH;
      return count(
        await runStep(state, { argv: [...argv, '-c', script], env, added: {}, warnings: [], signal, onLine }),
      );
    },
    async finish(how = {}) {
      const results: StepResult[] = [];
      for (let post = posts.pop(); post !== undefined; post = posts.pop()) {
        results.push(count(await post(how)));
      }
      orphans.push(...killOrphans(state.trackingId));
      return results;
    },
    orphans,
    async [Symbol.asyncDispose]() {
      killOrphans(state.trackingId);
      await dir[Symbol.asyncDispose]();
    },
  };
}

/** `shell: bash`, and no shell at all: the runner's own words. */
const BASH = ['bash', '--noprofile', '--norc', '-eo', 'pipefail'] as const;
const BASH_ALONE = ['bash', '-e'] as const;

type Post = (how: Pick<StepOptions, 'signal' | 'onLine'>) => Promise<StepResult>;

interface Running {
  readonly state: JobState;
  readonly options: JobOptions;
  readonly posts: Post[];
}

/** What a step stands in: the job, or a composite action. */
interface Level {
  readonly status: () => Status;
  readonly contexts: { readonly github: object } & Readonly<Record<string, unknown>>;
  /** The composite action's folder: GITHUB_ACTION_PATH is set for its steps and nowhere else. */
  readonly actionPath: string | undefined;
}

const defaultGithub: Readonly<Record<string, string>> = {
  actor: 'octocat',
  api_url: 'https://api.github.com',
  job: 'build',
  ref: 'refs/heads/main',
  ref_name: 'main',
  ref_type: 'branch',
  repository: 'octo-org/octo-repo',
  repository_id: '1',
  repository_owner: 'octo-org',
  run_attempt: '1',
  run_id: '1658821493',
  run_number: '3',
  server_url: 'https://github.com',
  sha: 'ffac537e6cbbf934b08745a378932722df287a53',
  token: 'ghs_emulatedTokenOfTheRunnerEmulator0000',
  workflow: 'ci',
  workflow_ref: 'octo-org/octo-repo/.github/workflows/ci.yml@refs/heads/main',
};

async function runAction(job: Running, folder: string, step: StepOptions, level: Level): Promise<StepResult> {
  const action = await loadAction(folder);
  const scope = scopeOf(job, step, level);
  if (!holds(step.if ?? 'success()', scope)) return skipped;
  const inputs = inputsOf(action, step.with ?? {}, scope);
  const { runs } = action;
  if (runs.using === 'composite') return await runComposite(job, action, runs.steps, inputs, step, level);

  const added: Record<string, string> = { ...job.options.services };
  if (level.actionPath !== undefined) added['GITHUB_ACTION_PATH'] = level.actionPath;
  for (const [name, value] of inputs.values) {
    added[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] = value;
  }
  const node = (entry: string, signal: AbortSignal | undefined) => {
    const file = join(action.folder, entry);
    const here = signal === undefined ? job.options.here?.(file) : undefined;
    return { argv: [process.execPath, file] as const, here };
  };
  const env = step.env ?? {};
  const saved: Record<string, string> = {};
  const { post } = runs;
  if (post !== undefined) {
    // Before main runs: a main step that fails, or is cancelled, still has its post step.
    job.posts.push(async ({ signal, onLine }) => {
      if (!holds(runs.postIf, { ...scope, status: job.state.status })) return skipped;
      const process = {
        ...node(post, signal),
        env,
        added: { ...added, ...saved },
        warnings: [],
        signal,
        onLine,
      };
      return await runStep(job.state, process);
    });
  }
  const { warnings } = inputs;
  const { signal, onLine } = step;
  const result = await runStep(job.state, {
    ...node(runs.main, signal),
    env,
    added,
    warnings,
    signal,
    onLine,
  });
  for (const [name, value] of Object.entries(result.state)) saved[`STATE_${name}`] = value;
  return result;
}

async function runComposite(
  job: Running,
  action: Action,
  steps: readonly CompositeStep[],
  inputs: Inputs,
  outer: StepOptions,
  level: Level,
): Promise<StepResult> {
  const done: Record<string, { outputs: StepResult['outputs']; outcome: string }> = {};
  const results: StepResult[] = [];
  // Its own: a composite action run under `always()` after a failure starts well.
  let status: Status = 'success';
  const own: Level = {
    status: () => status,
    contexts: {
      ...level.contexts,
      github: { ...level.contexts.github, action_path: action.folder },
      inputs: Object.fromEntries(inputs.values),
      steps: done,
    },
    actionPath: action.folder,
  };
  for (const step of steps) {
    const scope = scopeOf(job, outer, own);
    const fill = (values: Readonly<Record<string, unknown>> = {}) =>
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, interpolate(String(value), scope)]),
      );
    const env = { ...outer.env, ...fill(step.env) };
    const { signal, onLine } = outer;
    const condition = step.if ?? 'success()';
    let result = skipped;
    if (step.uses !== undefined) {
      const nested = { with: fill(step.with), env, if: condition, signal, onLine };
      result = await runAction(job, locate(job, step.uses), nested, own);
    } else if (holds(condition, scope)) {
      const script = interpolate(step.run ?? '', scope);
      result = await runStep(job.state, {
        argv: [...BASH, '-c', script],
        env,
        added: { GITHUB_ACTION_PATH: action.folder },
        warnings: [],
        signal,
        onLine,
      });
    }
    results.push(result);
    if (step.id !== undefined) done[step.id] = { outputs: result.outputs, outcome: result.outcome };
    if (result.outcome === 'cancelled') status = 'cancelled';
    else if (result.outcome === 'failure' && status === 'success') status = 'failure';
  }
  const scope = { status, contexts: own.contexts };
  const outputs = [...action.outputs].map(([name, value]) => [name, interpolate(value, scope)]);
  return {
    outcome: status,
    exitCode: results.find((result) => result.outcome === 'failure')?.exitCode ?? 0,
    outputs: Object.fromEntries(outputs),
    state: {},
    env: Object.assign({}, ...results.map((result) => result.env)),
    path: results.flatMap((result) => result.path),
    summary: results.map((result) => result.summary).join(''),
    commands: results.flatMap((result) => result.commands),
    annotations: [...inputs.warnings.map(asAnnotation), ...results.flatMap((result) => result.annotations)],
    masks: [...job.state.masker.secrets],
    debug: results.flatMap((result) => result.debug),
    groups: results.flatMap((result) => result.groups),
    log: results.map((result) => result.log).join('\n'),
    stdout: results.map((result) => result.stdout).join(''),
    stderr: results.map((result) => result.stderr).join(''),
  };
}

function asAnnotation(message: string) {
  return { level: 'warning', message, shown: true } as const;
}

function scopeOf(job: Running, step: StepOptions, level: Level): ExpressionScope {
  const env = { ...Object.fromEntries(job.state.env), ...step.env };
  return { status: level.status(), contexts: { ...level.contexts, env } };
}

function locate(job: Running, uses: string): string {
  if (uses.startsWith('./')) return join(job.state.workspace, uses);
  const [owner = '', repository = '', ...path] = uses.replace(/@.*$/, '').split('/');
  const folder = job.options.actions?.[`${owner}/${repository}`];
  if (folder === undefined) throw new Error(`uses: ${uses}: tell the job its folder in \`actions\``);
  return join(folder, ...path);
}
