/** `buildcache check-index MIRROR`: options in, the mirror's state and exit code out. */
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { EntryReader } from '../../../cache/entries.ts';
import { admitPinnedKeys } from '../../../cache/reading/keys.ts';
import type { Trust } from '../../../cache/trust/trust.ts';
import {
  type CheckIndexOptions,
  checkIndex,
  VERIFY_LEVELS,
  type VerifyLevel,
} from '../../../commands/check-index.ts';
import { repairMirror } from '../../../commands/repair-mirror.ts';
import { BuildcacheError, errorCode } from '../../../core/errors.ts';
import { writeWholeFile } from '../../../core/write-file.ts';
import { mirrorSummary } from '../../../github/mirror-summary.ts';
import { appendSummary } from '../../../github/summary.ts';
import type { Mirror } from '../../../mirrors/mirror.ts';
import { openMirror } from '../../../mirrors/open.ts';
import { openPushMirror } from '../../../mirrors/open-target.ts';
import { type MirrorCheck, type MirrorRepair, mirrorCheckExitCode } from '../../../plan/mirror-check.ts';
import { mirrorJson, spackCheckIndex } from '../../../report/mirror-json.ts';
import { mirrorText } from '../../../report/mirror-text.ts';
import { during } from '../../../report/reporter.ts';
import { terminalStyle } from '../../../report/terminal.ts';
import { readOneMirror } from '../one-mirror.ts';
import { addSharedOptions, type SharedOptions, type Surroundings } from '../shared-options.ts';
import { addTrustOptions, readTrust, type TrustCommandOptions } from '../trust-options.ts';
import type { VerbContext } from '../verbs.ts';

interface CheckIndexCommandOptions extends SharedOptions, TrustCommandOptions {
  readonly verify: VerifyLevel;
  readonly name?: string;
  readonly output?: string;
  readonly repair: boolean;
}

export function define(command: Command, context: VerbContext): void {
  addTrustOptions(addSharedOptions(command, { mirrorArgument: true }))
    .argument('<mirror>', 'a configured name, a path or a URL')
    .argument('[how...]', 'further words of --verify')
    .option(
      '--verify <how>',
      'look at names only (exists), read all entries (manifests), ask for all blobs (blobs), or read them (all); several: the most of them',
      verifyLevel,
      'exists',
    )
    .option('-n, --name <view>', 'check this view instead of the main index')
    .option('-o, --output <file>', 'write it in the schema of spack buildcache check-index')
    .option('--repair', 'remove entries that nobody can use, and make the index anew', false)
    .action((first: string, more: readonly string[], options: CheckIndexCommandOptions) => {
      const { mirror, words } = mirrorAmong([first, ...more]);
      return run(mirror, { ...options, verify: words.reduce(deeper, options.verify) }, context);
    });
}

/**
 * The mirror, and the words that belong to a `--verify` before it: Spack takes several after the option, with the
 * mirror before it, or after `--`.
 */
function mirrorAmong(operands: readonly string[]): { mirror: string; words: readonly VerifyLevel[] } {
  const [only] = operands;
  if (operands.length === 1 && only !== undefined) return { mirror: only, words: [] };
  const [mirror, ...others] = operands.filter((operand) => levelOf(operand) === undefined);
  if (mirror !== undefined && others.length === 0)
    return { mirror, words: operands.flatMap((operand) => levelOf(operand) ?? []) };
  throw new BuildcacheError('usage', 'check-index takes one mirror, and words for --verify', {
    expected: `words out of ${VERIFY_LEVELS.join(', ')}`,
    found: operands.join(' '),
    hint: 'a mirror of such a name is named by its path or URL',
  });
}

function levelOf(word: string): VerifyLevel | undefined {
  return VERIFY_LEVELS.find((level) => level === word.trim());
}

/** Of two words the one that looks at more; each looks at what the ones before look at, too. */
function deeper(before: VerifyLevel, level: VerifyLevel): VerifyLevel {
  return VERIFY_LEVELS.indexOf(level) > VERIFY_LEVELS.indexOf(before) ? level : before;
}

function verifyLevel(text: string, before: VerifyLevel): VerifyLevel {
  const levels = text.split(',').map((word) => {
    const level = levelOf(word);
    if (level === undefined) throw new InvalidArgumentError(`Expected ${VERIFY_LEVELS.join(', ')}.`);
    return level;
  });
  return levels.reduce(deeper, before);
}

async function run(argument: string, options: CheckIndexCommandOptions, context: VerbContext): Promise<void> {
  const { mirror, around } = await readOneMirror('check-index', argument, options, context);
  const { reporter } = around;
  // Signatures are looked at with the keys that are named: without any, all would be by strangers.
  const trust = options.trustedKeys.length === 0 ? undefined : await readTrust(options, context, reporter);
  const { check, repair } = await during(reporter, 'Checking the mirror', () =>
    (options.repair ? repaired : checked)(mirror, options, around, trust, context),
  );
  if (options.output !== undefined) {
    const text = `${JSON.stringify(spackCheckIndex(check))}\n`;
    await writeWholeFile(resolve(context.cwd, options.output), text);
  }
  if (options.json) context.stdout.write(`${JSON.stringify(mirrorJson(check, repair), null, 2)}\n`);
  else if (!options.quiet) {
    context.stdout.write(`${mirrorText(check, repair, terminalStyle(around.color)).join('\n')}\n`);
  }
  // As a step of a job, it has a summary like the action's own steps.
  if (context.env['GITHUB_STEP_SUMMARY']) appendSummary(context.env, mirrorSummary(check, repair));
  context.exit(mirrorCheckExitCode(check, repair));
}

interface Outcome {
  readonly check: MirrorCheck;
  readonly repair: MirrorRepair | undefined;
}

/** Of the layouts a mirror may have, the first that is there. */
async function checked(
  mirror: Mirror,
  options: CheckIndexCommandOptions,
  around: Surroundings,
  trust: Trust | undefined,
  context: VerbContext,
): Promise<Outcome> {
  const view = options.name ?? mirror.fetch.view;
  const sided = { ...mirror, fetch: { ...mirror.fetch, view } };
  const { readers, notes, close } = await openMirror(sided, NO_GRAPH, around.connection);
  try {
    for (const note of notes) around.reporter.warn(note);
    for (const [i, reader] of readers.entries()) {
      try {
        const how = await howTo(reader, view, mirror, options, around, trust, context);
        const check = await checkIndex(how, around.reporter);
        await noteOthers(readers.slice(i + 1), around, context);
        return { check, repair: undefined };
      } catch (error) {
        if (errorCode(error) !== 'not-found' || i === readers.length - 1) throw error;
      }
    }
    throw new Error('a mirror without layouts');
  } finally {
    await close();
  }
}

async function repaired(
  mirror: Mirror,
  options: CheckIndexCommandOptions,
  around: Surroundings,
  trust: Trust | undefined,
  context: VerbContext,
): Promise<Outcome> {
  const view = options.name ?? mirror.push.view;
  const cache = await openPushMirror(mirror, around.connection, view);
  try {
    const how = await howTo(cache.reader, view, mirror, options, around, trust, context);
    const before = await checkIndex(how, around.reporter);
    const repair = await repairMirror(cache, before, how);
    const check = await checkIndex(how, around.reporter);
    if (cache.older !== undefined) await noteOthers([cache.older], around, context);
    return { check, repair };
  } finally {
    await cache.close();
  }
}

/** A mirror that was migrated has two layouts, and whoever asks about it may mean either. */
async function noteOthers(
  readers: readonly EntryReader[],
  { reporter }: Surroundings,
  { signal }: VerbContext,
): Promise<void> {
  for (const { layout, list, findIndex, storage } of readers) {
    try {
      if ((await findIndex(signal)) === undefined && !(await isAny(list?.(signal)))) continue;
      reporter.warn(
        `${storage.url} has entries of layout ${layout.slice(1)}, too, which were not looked at: ` +
          'migrate them, or delete them with migrate --delete-existing',
      );
    } catch {
      signal.throwIfAborted(); // otherwise: it is no answer about what was asked
    }
  }
}

async function isAny(items: AsyncIterable<unknown> | undefined): Promise<boolean> {
  if (items !== undefined) for await (const _ of items) return true;
  return false;
}

async function howTo(
  reader: EntryReader,
  view: string | undefined,
  { signed }: Mirror,
  options: CheckIndexCommandOptions,
  around: Surroundings,
  trust: Trust | undefined,
  { signal }: VerbContext,
): Promise<CheckIndexOptions> {
  if (trust !== undefined) {
    for (const problem of await admitPinnedKeys(trust, [reader], signal)) around.reporter.warn(problem);
  }
  return {
    reader,
    view,
    verify: options.verify,
    signed: signed && !options.unsigned,
    trust,
    jobs: around.connection.jobs,
    maxIndexBytes: around.index.maxIndexBytes,
    signal,
  };
}

const NO_GRAPH = { nodes: new Map(), roots: [] };
