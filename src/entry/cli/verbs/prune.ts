/** `buildcache prune MIRROR`: options in, removed entries and blobs and exit code out. */
import { type Command, Option } from 'commander';
import { prune } from '../../../commands/prune.ts';
import { openPushMirror } from '../../../mirrors/open-target.ts';
import { pruneJson, pruneText } from '../../../report/prune-text.ts';
import { during } from '../../../report/reporter.ts';
import { terminalStyle } from '../../../report/terminal.ts';
import { parseAge } from '../../shared/age.ts';
import { GRACE } from '../../shared/limits.ts';
import { readKeep, requireGrace } from '../../shared/prune-request.ts';
import { age } from '../age-option.ts';
import { readOneMirror } from '../one-mirror.ts';
import { addSharedOptions, collect, type SharedOptions } from '../shared-options.ts';
import { addYes } from '../spack-options.ts';
import type { VerbContext } from '../verb.ts';

interface PruneCommandOptions extends SharedOptions {
  readonly keeplist: readonly string[];
  readonly keepEnvironment: readonly string[];
  readonly olderThan?: number;
  readonly grace: number;
  readonly nobodyPushes: boolean;
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
    .option('--older-than <age>', 'remove only entries of this age (30d, 12h), or all of them', age)
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
    { keepLists: options.keeplist, environments: options.keepEnvironment },
    context,
  );
  const cache = await openPushMirror(mirror, around.connection);
  try {
    const result = await during(around.reporter, 'Pruning', () =>
      prune({
        cache,
        keep,
        olderThanMs: options.olderThan,
        graceMs: options.grace,
        dryRun: options.dryRun || !options.yes,
        jobs: around.connection.jobs,
        signal: context.signal,
      }),
    );
    if (options.json) context.stdout.write(`${JSON.stringify(pruneJson(result), null, 2)}\n`);
    else if (!options.quiet) {
      const lines = pruneText(result, options.verbose || result.dryRun, terminalStyle(around.color));
      context.stdout.write(`${lines.join('\n')}\n`);
    }
    const isWaiting = result.removed.length > 0 || (result.blobs?.removed.count ?? 0) > 0;
    if (!options.dryRun && !options.yes && isWaiting) {
      around.reporter.error('nothing was removed: say --yes to remove it, or --dry-run to only look');
      return context.exit(2);
    }
    context.exit(result.problems.length === 0 ? 0 : 1);
  } finally {
    await cache.close();
  }
}
