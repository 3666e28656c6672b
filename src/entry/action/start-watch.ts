/**
 * Starts the watcher of `push-while-building`: a process that outlives the main step and pushes beside the job's other
 * steps, until the post step ends it. The runner marks what a job starts with RUNNER_TRACKING_ID and kills what is left
 * of it after the last post step. The watcher keeps that mark: if no post step ends the watcher, the runner does.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Env } from '../../core/env.ts';
import { describeError, fileError } from '../../core/errors.ts';
import { isRegistryUrl } from '../../environment/location.ts';
import { saveState } from '../../github/files.ts';
import type { Host } from '../../github/host.ts';
import { secretVariables } from '../../mirrors/credentials.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import type { Reporter } from '../../report/reporter.ts';
import { KEY_VARIABLE, PASSPHRASE_VARIABLE } from '../shared/signing-key.ts';
import { PULL_REQUEST_STATE, pullRequestState, type Recalled } from './autopush-state.ts';
import { autopushMirrors } from './chosen-mirrors.ts';
import { type ActionInputs, knownMirrors } from './inputs.ts';
import { writableMirrors } from './push-rights.ts';
import { logFile, processFile } from './watch-journal.ts';

interface Step {
  readonly env: Env;
  readonly host: Host;
  readonly inputs: ActionInputs;
  readonly folder: string;
}

/** Never throws, and never fails the step: what is not pushed beside the builds is pushed at the end. */
export async function startWatch(step: Step, recalled: Recalled, reporter: Reporter): Promise<void> {
  const { env, inputs } = step;
  const mirrors = writableMirrors(autopushMirrors(inputs), step);
  const why = whyNot(recalled, mirrors, inputs);
  if (why !== undefined) {
    reporter.info(`push-while-building: ${why}`);
    return;
  }
  if (recalled.kind !== 'recorded') return;
  const folder = join(step.folder, 'watch');
  try {
    mkdirSync(folder, { mode: 0o700 });
    // The state is saved before the watcher starts, so that a step that is killed in between still lets the post step
    // find the watcher.
    saveState(env, 'autopush-watch', folder);
    const pid = await start(folder, recalled, {
      ...watcherEnv(env, mirrors, inputs),
      [`STATE_${PULL_REQUEST_STATE}`]: pullRequestState(step.host),
    });
    writeFileSync(processFile(folder), `${pid}\n`);
    const names = mirrors.map(({ name }) => name).join(', ');
    const later = mirrors.some(({ signed }) => signed) && inputs.whileBuilding !== 'all';
    reporter.info(
      `push-while-building: process ${pid} pushes to ${names} beside what follows` +
        `${later ? '; it has no key, so that the post step signs' : ''}`,
    );
  } catch (error) {
    reporter.warn(`push-while-building: all is pushed at the end: ${describeError(error)}`);
  }
}

function whyNot(recalled: Recalled, mirrors: readonly Mirror[], inputs: ActionInputs): string | undefined {
  if (recalled.kind === 'off') return 'there is no mirror to push to';
  if (recalled.kind !== 'recorded') return recalled.reason;
  if (mirrors.length === 0) return 'this run may not write to a mirror';
  return inputs.dryRun ? 'nothing is pushed in a dry run' : undefined;
}

async function start(
  folder: string,
  { file, root }: Extract<Recalled, { readonly kind: 'recorded' }>,
  env: Record<string, string>,
): Promise<number> {
  const log = openSync(logFile(folder), 'a', 0o600);
  try {
    // The watcher gets none of the step's streams: the runner waits until no process holds them.
    const child = spawn(process.execPath, ['-e', PROGRAM, bundle(), folder, file, root], {
      env,
      detached: true,
      stdio: ['ignore', log, log],
    });
    await once(child, 'spawn');
    child.unref();
    if (child.pid !== undefined) return child.pid;
    throw new Error('no process'); // not after it was spawned
  } catch (error) {
    throw fileError(error, process.execPath, 'start the watcher');
  } finally {
    closeSync(log);
  }
}

const PROGRAM = 'import(process.argv[1]).then((bundle) => bundle.watch(process.argv.slice(2)))';

/** The file to start: the bundle's entry, or the source's where there is no bundle. */
function bundle(): string {
  const isSource = import.meta.url.endsWith('.ts');
  const name = isSource ? '../bundle.ts' : './index.js';
  return new URL(name, import.meta.url).href;
}

/** Threads besides its main one. They are few, to leave the machine to the builds. */
const THREADS = '2';

/**
 * The step's environment without the secrets that the watcher does not need, since every process of the same user can
 * read a process's environment while it runs. The files through which steps talk to the runner are left out too.
 */
function watcherEnv(env: Env, mirrors: readonly Mirror[], inputs: ActionInputs): Record<string, string> {
  const needed = secretsOf(mirrors);
  const others = [...secretsOf(knownMirrors(inputs))].filter((name) => !needed.has(name));
  const key = ['INPUT_SIGNING-KEY', 'INPUT_SIGNING-PASSPHRASE', KEY_VARIABLE, PASSPHRASE_VARIABLE];
  const token = ['INPUT_GITHUB-TOKEN', 'GITHUB_TOKEN', 'GH_TOKEN'];
  const isSigning = inputs.whileBuilding === 'all' && mirrors.some(({ signed }) => signed);
  const isRegistry = mirrors.some(({ push }) => isRegistryUrl(push.url));
  const dropped = new Set([
    ...others,
    ...(isSigning ? [] : key),
    ...(isRegistry ? [] : token.filter((name) => !needed.has(name))),
  ]);
  const kept = Object.entries(env).filter(
    ([name, value]) =>
      value !== undefined && !dropped.has(name) && !isRunners(name, Boolean(env['AWS_ROLE_ARN'])),
  );
  return { ...(Object.fromEntries(kept) as Record<string, string>), UV_THREADPOOL_SIZE: THREADS };
}

function secretsOf(mirrors: readonly Mirror[]): ReadonlySet<string> {
  const sides = mirrors.flatMap(({ fetch, push }) => [fetch, push]);
  return new Set(sides.flatMap(({ credentials }) => secretVariables(credentials)));
}

/** @param hasRole whether the job's identity is exchanged for credentials of a role */
function isRunners(name: string, hasRole: boolean): boolean {
  if (name.startsWith('ACTIONS_ID_TOKEN_REQUEST_')) return !hasRole;
  return /^(?:ACTIONS_|STATE_|GITHUB_(?:OUTPUT|STATE|ENV|PATH|STEP_SUMMARY)$)/.test(name);
}
