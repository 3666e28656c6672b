/**
 * Ends the watcher of `push-while-building` and says what it did. The post step waits for the watcher for a limited time
 * only, and then pushes all that the watcher did not push, whatever became of it.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Watched } from '../../commands/watch-installs.ts';
import { readState } from '../../github/inputs.ts';
import type { JobReporter } from '../../github/job-reporter.ts';
import { during } from '../../report/reporter.ts';
import { drainSeconds } from '../shared/push-time-limit.ts';
import { readJournal, readLog, readProcess } from './watch-journal.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface EndedWatch {
  /** What the watcher has sent. */
  readonly watched: Watched;
  /** What went wrong, if some specs were not pushed beside the builds because of it. */
  readonly problem: string | undefined;
  /** The last lines of the watcher's log. */
  readonly said: readonly string[];
}

/** @returns undefined where no watcher was asked for @throws BuildcacheError as `drainSeconds` */
export async function endWatch(
  env: Env,
  signal: AbortSignal,
  reporter: JobReporter,
): Promise<EndedWatch | undefined> {
  const folder = readState(env, 'autopush-watch');
  if (folder === undefined) return undefined;
  const seconds = drainSeconds(env);
  const end = await during(reporter, 'Waiting for the watcher', () => stop(folder, seconds, signal));
  const { watched, hasBegun, hasEnded } = await readJournal(folder);
  const said = lastLines(await readLog(folder));
  // When the job is cancelled the watcher is not waited for.
  const isKilledByUser = end === 'killed' && signal.aborted;
  const problem = hasEnded || isKilledByUser ? trouble(said) : problemOf(end, hasBegun, seconds, said);
  return { watched, problem, said };
}

/** Shows the log, and what went wrong. */
export function tellWatch({ problem, said }: EndedWatch, reporter: JobReporter): void {
  if (said.length > 0) reporter.grouped('push-while-building: what the watcher said', said);
  if (problem !== undefined) reporter.warn(`push-while-building: ${problem}`);
}

type End = 'never-there' | 'gone' | 'told' | 'killed';

function problemOf(
  end: End,
  hasBegun: boolean,
  seconds: number,
  said: readonly string[],
): string | undefined {
  const last = said.at(-1);
  const words = last === undefined ? '' : `. The last it said: ${last}`;
  switch (end) {
    case 'never-there':
      return `the watcher was not started: all is pushed now${words}`;
    case 'gone':
      return `the watcher was gone before the job ended: what it had not pushed is pushed now${words}`;
    case 'killed':
      return `the watcher did not end within ${seconds} s and was killed: what it had not pushed is pushed now${words}`;
    case 'told':
      // In a job that is over in a second the watcher does not begin.
      return hasBegun ? `the watcher broke off: what it had not pushed is pushed now${words}` : undefined;
  }
}

/** What the watcher could not do, for example because a mirror was down. */
function trouble(said: readonly string[]): string | undefined {
  const warnings = said.flatMap((line) => line.split(/ (?:warning|error): /).slice(1, 2));
  const [first] = warnings;
  if (first === undefined) return undefined;
  const more = warnings.length > 1 ? ` (and ${warnings.length - 1} more, in the log)` : '';
  return `not all went well beside the builds: ${first}${more}`;
}

/** Milliseconds. */
const LOOK_EVERY = 50;
/** Milliseconds for what is done quickly, such as the end of a killed process. */
const LAST = 2_000;

async function stop(folder: string, seconds: number, signal: AbortSignal): Promise<End> {
  const pid = await readProcess(folder);
  if (pid === undefined) return 'never-there';
  if (!(await isWatcher(pid, folder))) return 'gone';
  send(pid, 'SIGTERM');
  // The watcher keeps to the same limit by itself, unless it hangs.
  if (await isGoneWithin(seconds * 1000 + LAST, pid, folder, signal)) return 'told';
  send(pid, 'SIGKILL');
  await isGoneWithin(LAST, pid, folder);
  return 'killed';
}

/**
 * Whether the process exists and is our watcher: the system gives a process's number to another one later. A zombie,
 * which has ended and whose parent has not asked for its exit code, counts as gone.
 */
async function isWatcher(pid: number, folder: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return line.split('\0').includes(folder);
}

async function isGoneWithin(ms: number, pid: number, folder: string, signal?: AbortSignal): Promise<boolean> {
  for (
    const end = performance.now() + ms;
    performance.now() < end && signal?.aborted !== true;
    await sleep(LOOK_EVERY)
  ) {
    if (!(await isWatcher(pid, folder))) return true;
  }
  return false;
}

function send(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // The process has ended.
  }
}

/** The most lines of the log that are shown. */
const MOST_LINES = 200;

function lastLines(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => line !== '');
  const left = lines.length - MOST_LINES;
  return left > 0 ? [`(${left} lines before)`, ...lines.slice(left)] : lines;
}
