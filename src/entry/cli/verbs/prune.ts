/** `buildcache prune MIRROR`: options in, what nothing needs out, and an exit code. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { prune } from '../../../commands/prune.ts';
import { BuildcacheError, fileError } from '../../../core/errors.ts';
import { readBoundedText } from '../../../core/read-file.ts';
import { findEnvironment, readEnvironment } from '../../../mirrors/environment.ts';
import { openPushMirror } from '../../../mirrors/open-target.ts';
import { parseKeepList } from '../../../plan/keep-list.ts';
import { pruneJson, pruneText } from '../../../report/prune-text.ts';
import { during } from '../../../report/reporter.ts';
import { terminalStyle } from '../../../report/terminal.ts';
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

/** Bytes: some million hashes. */
const MAX_KEEP_LIST = 64 * 1024 * 1024;

const DAY_MS = 24 * 3_600_000;

/** What somebody has sent and not named yet, nothing but its age protects. */
const SHORTEST_GRACE_MS = 3_600_000;

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
        .default(DAY_MS, '24h'),
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
  requireGrace(options);
  const { mirror, around } = await readOneMirror('prune', argument, options, context);
  const keep = await readKeep(options, context);
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

/** @throws BuildcacheError `usage` for a grace that would take the blobs of pushes under way */
function requireGrace({ grace, nobodyPushes, dryRun, yes }: PruneCommandOptions): void {
  if (grace >= SHORTEST_GRACE_MS || nobodyPushes || dryRun || !yes) return;
  throw new BuildcacheError('usage', 'with so short a grace, blobs of pushes that are under way could go', {
    expected: '--grace of 1h or more, longer than the longest push',
    hint: 'say --nobody-pushes if nobody writes to the mirror now',
  });
}

/** @returns undefined when nothing says what to keep */
async function readKeep(
  { keeplist, keepEnvironment }: PruneCommandOptions,
  { cwd, env }: VerbContext,
): Promise<Set<string> | undefined> {
  if (keeplist.length + keepEnvironment.length === 0) return undefined;
  const keep = new Set<string>();
  for (const name of keeplist) {
    const file = resolve(cwd, name);
    const text = await readBoundedText(file, MAX_KEEP_LIST).catch((error: unknown) => {
      throw fileError(error, file, 'read the keep-list');
    });
    for (const hash of parseKeepList(text, file)) keep.add(hash);
  }
  for (const where of keepEnvironment) {
    const { nodes } = await readEnvironment(await findEnvironment(resolve(cwd, where), env));
    // Concretizing it has failed, most likely; all it was meant to keep would go.
    if (nodes.size === 0) {
      throw new BuildcacheError('usage', 'an environment without specs keeps nothing', {
        file: resolve(cwd, where),
        hint: 'concretize it, or leave it out',
      });
    }
    for (const hash of nodes.keys()) keep.add(hash);
  }
  return keep;
}
