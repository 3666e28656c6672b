/** `buildcache prune MIRROR`: options in, removed entries and blobs and exit code out. */
import { type Command, Option } from 'commander';
import { isSomethingRemoved, prune } from '../../../commands/prune.ts';
import { openPushMirror } from '../../../mirrors/open-target.ts';
import { prunePlanText } from '../../../report/prune-plan-text.ts';
import { pruneJson, pruneText } from '../../../report/prune-text.ts';
import { trendJson, trendSentence } from '../../../report/prune-trend-text.ts';
import { during } from '../../../report/reporter.ts';
import { terminalStyle } from '../../../report/terminal.ts';
import { parseAge } from '../../shared/age.ts';
import { GRACE } from '../../shared/limits.ts';
import { openHistory } from '../../shared/prune-history.ts';
import { readKeep, requireGrace } from '../../shared/prune-request.ts';
import { age } from '../age-option.ts';
import { readOneMirror } from '../one-mirror.ts';
import { addSharedOptions, collect, type SharedOptions } from '../shared-options.ts';
import { size } from '../size-option.ts';
import { addYes } from '../spack-options.ts';
import type { VerbContext } from '../verb.ts';

interface PruneCommandOptions extends SharedOptions {
  readonly keeplist: readonly string[];
  readonly keepEnvironment: readonly string[];
  readonly keepGit: readonly string[];
  readonly lockfile: readonly string[];
  readonly keepRoots: readonly string[];
  readonly pin: readonly string[];
  readonly olderThan?: number;
  readonly maxSize?: number;
  readonly grace: number;
  readonly nobodyPushes: boolean;
  readonly history?: string;
  readonly removeAll: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
}

export function define(command: Command, context: VerbContext): void {
  addSharedOptions(command, { mirrorArgument: true })
    .argument('<mirror>', 'a configured name, a path or a URL')
    .option(
      '-k, --keeplist <file>',
      'remove entries whose hashes are not in this file (repeatable)',
      collect,
      [],
    )
    .option(
      '--keep-environment <dir|spack.lock>',
      'remove entries that are not in this lockfile (repeatable; kept is what any of these lists)',
      collect,
      [],
    )
    .option(
      '--keep-git <range>',
      "remove entries that are in none of these commits' lockfiles: main~20..main, 'refs/tags/*', a revision (repeatable)",
      collect,
      [],
    )
    .option(
      '--lockfile <path>',
      "of --keep-git: where the lockfile is, from the root of the repository (repeatable; default: the environment's)",
      collect,
      [],
    )
    .option(
      '--keep-roots <file>',
      'remove entries that are neither these specs, one a line, nor needed by them (repeatable)',
      collect,
      [],
    )
    .option(
      '--pin <spec>',
      'whatever else is said, keep what matches, and what it needs (repeatable)',
      collect,
      [],
    )
    .option('--older-than <age>', 'remove only entries of this age (30d, 12h), or all of them', age)
    .option(
      '--max-size <size>',
      'remove only as much as entries are above this (200G), what was needed longest ago first',
      size,
    )
    .addOption(
      new Option('--grace <age>', 'remove nothing younger, entry or blob')
        .argParser(age)
        .default(parseAge(GRACE), GRACE),
    )
    .option(
      '--nobody-pushes',
      'allow a --grace under 1h: while this runs, nobody writes to the mirror',
      false,
    )
    .option('--history <file>', 'add to this file what the mirror came to, and say where it is going')
    .option('--remove-all', 'allow that no entry stays', false)
    .option('--dry-run', 'say what would be removed', false);
  addYes(command, 'remove it; without this, nothing is changed').action(
    (mirror: string, options: PruneCommandOptions) => run(mirror, options, context),
  );
}

async function run(argument: string, options: PruneCommandOptions, context: VerbContext): Promise<void> {
  const { nobodyPushes, yes, dryRun } = options;
  requireGrace({ graceMs: options.grace, nobodyPushes, deletes: yes && !dryRun });
  const { mirror, around } = await readOneMirror('prune', argument, options, context);
  const keep = await readKeep(
    {
      keepLists: options.keeplist,
      environments: options.keepEnvironment,
      git: options.keepGit,
      lockfiles: options.lockfile,
      lockfile: around.environment.lockfile,
      rootLists: options.keepRoots,
      pins: options.pin,
    },
    context,
  );
  const style = terminalStyle(around.color);
  const isDry = dryRun || !yes;
  const history = await openHistory(options.history, context.cwd);
  const cache = await openPushMirror(mirror, around.connection);
  try {
    const result = await during(around.reporter, 'Pruning', () =>
      prune({
        cache,
        ...keep,
        olderThanMs: options.olderThan,
        maxBytes: options.maxSize,
        graceMs: options.grace,
        mayRemoveAll: options.removeAll,
        dryRun: isDry,
        jobs: around.connection.jobs,
        onPlan: (plan) => {
          if (options.json || options.quiet) return;
          context.stdout.write(`${prunePlanText(plan, options.verbose || isDry, style).join('\n')}\n`);
        },
        signal: context.signal,
      }),
    );
    const trend = history.trend(result);
    const report = { ...pruneJson(result), trend: trendJson(trend) };
    if (options.json) context.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    else if (!options.quiet) {
      const lines = pruneText(result, options.verbose, style);
      if (trend !== undefined) lines.push(trendSentence(trend));
      context.stdout.write(`${lines.join('\n')}\n`);
    }
    await history.save(result);
    const isWaiting = isSomethingRemoved(result);
    if (!options.dryRun && !options.yes && isWaiting) {
      around.reporter.error('nothing was removed: say --yes to remove it, or --dry-run to only look');
      return context.exit(2);
    }
    context.exit(result.problems.length === 0 ? 0 : 1);
  } finally {
    await cache.close();
  }
}
