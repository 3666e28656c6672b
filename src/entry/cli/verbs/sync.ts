/** `buildcache sync SRC DEST [SPEC…]` and `sync --manifest-glob GLOB [DEST]`: options in, copied specs and exit code out. */
import type { Command } from 'commander';
import { sync } from '../../../commands/sync.ts';
import { cancelled } from '../../../core/abort.ts';
import { BuildcacheError } from '../../../core/errors.ts';
import type { Mirror } from '../../../mirrors/mirror.ts';
import { syncExitCode } from '../../../plan/sync-result.ts';
import { PLAIN_STYLE } from '../../../report/check-text.ts';
import { finishLines } from '../../../report/push-text.ts';
import { tellReasonsOnce } from '../../../report/shared-reasons.ts';
import { syncJson } from '../../../report/sync-json.ts';
import { isTold, syncedLine, syncProblems, syncSum, syncText } from '../../../report/sync-text.ts';
import { terminalStyle } from '../../../report/terminal.ts';
import { namedEnvironment } from '../../shared/named-environment.ts';
import { imageInspections, planSync, type SyncRequest } from '../../shared/sync-request.ts';
import { addCopySigningOptions } from '../copy-signing-options.ts';
import {
  addSharedOptions,
  collect,
  readSurroundings,
  type SharedOptions,
  type Surroundings,
} from '../shared-options.ts';
import { STAMP } from '../spack-options.ts';
import { specArguments } from '../spec-arguments.ts';
import { type CopyCommandOptions, readSyncContext } from '../sync-context.ts';
import type { VerbContext } from '../verb.ts';

interface SyncCommandOptions extends SharedOptions, CopyCommandOptions {
  readonly manifestGlob: readonly string[];
  readonly all: boolean;
  readonly allowOtherHosts: boolean;
  readonly allowEmpty: boolean;
  readonly allowMissing: boolean;
  readonly hardLink: boolean;
  readonly dryRun: boolean;
  readonly stamp: boolean;
}

export function define(command: Command, context: VerbContext): void {
  addCopySigningOptions(
    addSharedOptions(command, { mirrorArgument: true })
      .argument(
        '[source]',
        'where to copy from: a configured name, a path or a URL; not with --manifest-glob',
      )
      .argument('[destination]', 'where to copy to; with --manifest-glob instead of what the lists say')
      .argument('[spec...]', 'what to copy (default: all specs of the environment)')
      .option('--manifest-glob <glob>', 'copy what these copy-lists say (repeatable)', collect, [])
      .option('--all', 'copy what the source holds, or what of it matches, instead of the environment', false)
      .option('--allow-other-hosts', 'copy-lists may name mirrors that are not configured', false)
      .option('--allow-empty', 'succeed if there is nothing to copy, or no copy-list', false)
      .option('--allow-missing', 'what the source does not have is no failure', false)
      .option('--hard-link', 'between folders of one file system, share the files of blobs', false)
      .option('--base-image <image>', 'to a registry: what the images that are made stand on'),
  )
    .option('--stamp', STAMP, false)
    .option('--dry-run', 'say what would be copied', false)
    .action(
      (
        source: string | undefined,
        destination: string | undefined,
        specs: readonly string[],
        options: SyncCommandOptions,
      ) => run([source, destination, ...specs], options, context),
    );
}

async function run(
  positional: readonly (string | undefined)[],
  options: SyncCommandOptions,
  context: VerbContext,
): Promise<void> {
  const given = positional.filter((each) => each !== undefined);
  const { request, around } = await readRequest(given, options, context);
  const { reporter } = around;
  const { signal } = context;
  const work = await planSync(
    request,
    await readSyncContext(options, around, context),
    options.allowEmpty,
    reporter,
  );
  try {
    for (const note of work.notes) reporter.warn(note);
    const tellOnce = tellReasonsOnce();
    const result = await sync(
      {
        work,
        inspections: await imageInspections(work, around.environment.folder, context.env),
        hardLink: options.hardLink,
        allowMissing: options.allowMissing,
        updateIndex: true,
        dryRun: options.dryRun,
        jobs: options.jobs,
        index: around.index,
        signal,
        onOutcome: (spec) => {
          if (signal.aborted && spec.outcome.kind === 'not-tried') return;
          // A terminal shows a progress bar instead. Failures are listed at the end.
          const line = syncedLine({ ...spec, outcome: tellOnce(spec.outcome) });
          if (context.stderr.isTTY || !isTold(spec.outcome)) reporter.debug(line);
          else reporter.info(line);
        },
      },
      reporter,
    );
    if (options.stamp && !result.dryRun && !result.cancelled) {
      const { stampTargets } = await import('../../../commands/leave-stamps.ts');
      await stampTargets(work.tasks, reporter, signal);
    }
    for (const { name, notes } of result.mirrors) for (const note of notes) reporter.warn(`${name}: ${note}`);
    if (result.cancelled && !options.json) {
      for (const text of result.mirrors.flatMap((one) => finishLines(one, PLAIN_STYLE))) reporter.warn(text);
      throw cancelled(signal, syncSum(result));
    }
    if (options.json) context.stdout.write(`${JSON.stringify(syncJson(result), null, 2)}\n`);
    else if (!options.quiet)
      context.stdout.write(`${syncText(result, terminalStyle(around.color)).join('\n')}\n`);
    if (options.quiet) for (const text of syncProblems(result)) reporter.error(text);
    if (result.cancelled) throw cancelled(signal);
    context.exit(syncExitCode(result));
  } finally {
    await work.close();
  }
}

async function readRequest(
  given: readonly string[],
  options: SyncCommandOptions,
  context: VerbContext,
): Promise<{ request: SyncRequest; around: Surroundings }> {
  const { manifestGlob, all, allowOtherHosts } = options;
  if (manifestGlob.length > 0) {
    const [destination, ...rest] = given;
    if (rest.length > 0 || all) {
      throw new BuildcacheError('usage', '--manifest-glob takes at most the mirror to copy to beside it', {
        found: all ? '--all' : rest.join(' '),
      });
    }
    const names = destination === undefined ? [] : [destination];
    const around = await readSurroundings(options, context, names);
    const request = { kind: 'lists', patterns: manifestGlob, cwd: context.cwd, to: around.named[0] } as const;
    return { request: { ...request, configured: around.mirrors, allowOtherHosts }, around };
  }
  const [source, destination, ...specs] = given;
  if (source === undefined || destination === undefined || options.mirrorUrl.length > 0) {
    throw new BuildcacheError('usage', 'sync takes the mirrors to copy from and to as arguments', {
      hint: 'write: buildcache sync SRC DEST [SPEC…], or buildcache sync --manifest-glob GLOB [DEST]',
    });
  }
  const around = await readSurroundings({ ...options, mirrorUrl: [source, destination] }, context);
  const [from, to] = around.mirrors as readonly [Mirror, Mirror];
  const environment = all ? undefined : await namedEnvironment(around.environment, options, context.env);
  // Without an environment the arguments are joined where the mirror is asked.
  const wanted = environment === undefined ? specs : await specArguments(specs);
  const mayLack = options.allowMissing;
  return { request: { kind: 'mirror', from, to, environment, specs: wanted, all, mayLack }, around };
}
