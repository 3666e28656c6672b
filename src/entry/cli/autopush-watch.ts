/** `autopush --watch`: runs the build and the watch side by side, until the build is over. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Watched, type WatchOptions, watchInstalls } from '../../commands/watch-installs.ts';
import { withGrace } from '../../core/abort.ts';
import { BuildcacheError } from '../../core/errors.ts';
import type { Reporter } from '../../report/reporter.ts';
import { runCommand } from '../shared/child-command.ts';
import { pushTimeLimit } from '../shared/push-time-limit.ts';
import { sentText, standBack } from '../shared/watched.ts';
import type { VerbContext } from './verb.ts';

export interface WatchCommandOptions {
  readonly watch: boolean;
  readonly signWhileBuilding: boolean;
  readonly blobsOnly: boolean;
  /** Seconds. */
  readonly poll: number;
}

const DEFAULT_POLL_SECONDS = 2;

export function addWatchOptions(command: Command): void {
  command
    .usage('[options] [mirror...] [-- command...]')
    .option('--watch', 'push while it is built: by the command after --, or until SIGTERM comes', false)
    .addOption(
      new Option(
        '--sign-while-building',
        'with --watch: sign at once; the key is then in a process beside the builds',
      )
        .default(false)
        .conflicts('blobsOnly'),
    )
    .option(
      '--blobs-only',
      'with --watch: leave the signed manifests to a later autopush that has the key',
      false,
    )
    .option('--poll <seconds>', 'with --watch: how often to look', pollSeconds, DEFAULT_POLL_SECONDS);
}

function pollSeconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0.05 && value <= 3600) return value;
  throw new InvalidArgumentError('Expected seconds, from 0.05 to 3600.');
}

/** @throws BuildcacheError `usage` for options and operands that make no sense without `--watch` */
export function requireWatch(command: readonly string[], options: WatchCommandOptions): void {
  if (options.watch || !(command.length > 0 || options.signWhileBuilding || options.blobsOnly)) return;
  throw new BuildcacheError('usage', 'a command, --sign-while-building and --blobs-only go with --watch');
}

export interface WatchedBuild {
  readonly watched: Watched;
  /** The command's exit code; 0 where there was no command. */
  readonly exitCode: number;
}

/**
 * Runs the command and pushes what it builds. Without a command it watches until it is told to stop.
 * @param command with its arguments; may be empty
 * @throws BuildcacheError as `runCommand`
 */
export async function watchBuild(
  command: readonly string[],
  options: Omit<WatchOptions, 'over' | 'signal' | 'onSent'>,
  context: VerbContext,
  reporter: Reporter,
): Promise<WatchedBuild> {
  const over = new AbortController();
  const building = command.length === 0 ? untilStopped(context.signal) : runCommand(command, context);
  const watching = watchInstalls(
    {
      ...options,
      over: over.signal,
      // A push that is under way when the build is over may finish, within a time limit.
      signal: withGrace(over.signal, pushTimeLimit(context.env) * 1000),
      onSent: (mirror, spec, sent) => reporter.info(sentText(mirror, spec, sent)),
    },
    reporter,
  );
  standBack(context.env['BUILDCACHE_WATCH_NICE']);
  try {
    return { exitCode: await building, watched: await end(over, watching) };
  } finally {
    await end(over, watching);
  }
}

async function end(over: AbortController, watching: Promise<Watched>): Promise<Watched> {
  over.abort();
  return await watching;
}

async function untilStopped(signal: AbortSignal): Promise<number> {
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  return 0;
}
