/** `buildcache check-index MIRROR`: options in, the mirror's state and exit code out. */
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { VERIFY_LEVELS, type VerifyLevel } from '../../../commands/check-index.ts';
import { BuildcacheError } from '../../../core/errors.ts';
import { mirrorSummary } from '../../../github/mirror-summary.ts';
import { appendSummary } from '../../../github/summary.ts';
import { mirrorCheckExitCode } from '../../../plan/mirror-check.ts';
import { mirrorJson, spackCheckIndex } from '../../../report/mirror-json.ts';
import { mirrorText } from '../../../report/mirror-text.ts';
import { during } from '../../../report/reporter.ts';
import { terminalStyle } from '../../../report/terminal.ts';
import { writeAnswer } from '../../shared/answer-file.ts';
import { examineMirror } from '../../shared/check-index-request.ts';
import { readTrust, type TrustRequest } from '../../shared/trust-request.ts';
import { readOneMirror } from '../one-mirror.ts';
import { addSharedOptions, type SharedOptions } from '../shared-options.ts';
import { addTrustOptions } from '../trust-options.ts';
import type { VerbContext } from '../verb.ts';

interface CheckIndexCommandOptions extends SharedOptions, TrustRequest {
  readonly verify: VerifyLevel;
  readonly name?: string;
  readonly output?: string;
  readonly rootLengths: boolean;
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
    .option(
      '--root-lengths',
      'read all entries, and say how long the roots are below which they were built: they can be installed below no longer ones',
      false,
    )
    .option('--repair', 'remove entries that are proved useless, and make the index anew', false)
    .action((first: string, more: readonly string[], options: CheckIndexCommandOptions) => {
      const { mirror, words } = mirrorAmong([first, ...more]);
      return run(mirror, { ...options, verify: words.reduce(deeper, options.verify) }, context);
    });
}

/**
 * The mirror, and the words among the operands that belong to `--verify`. Spack takes several words after that option;
 * the mirror then stands before it, or after `--`.
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

/** The deeper of two levels. Each level includes the ones before it. */
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
  // Signatures are verified only where keys are named: with no keys, every signature would be a stranger's.
  const trust = options.trustedKeys.length === 0 ? undefined : await readTrust(options, context, reporter);
  const { check, repair } = await during(reporter, 'Checking the mirror', () =>
    examineMirror({
      mirror,
      view: options.name,
      verify: options.verify,
      rootLengths: options.rootLengths,
      repair: options.repair,
      signed: mirror.signed && !options.unsigned,
      trust,
      connection: around.connection,
      maxIndexBytes: around.index.maxIndexBytes,
      reporter,
      signal: context.signal,
    }),
  );
  if (options.output !== undefined) {
    const text = `${JSON.stringify(spackCheckIndex(check))}\n`;
    await writeAnswer(resolve(context.cwd, options.output), text, context);
  }
  if (options.json) context.stdout.write(`${JSON.stringify(mirrorJson(check, repair), null, 2)}\n`);
  else if (!options.quiet) {
    context.stdout.write(`${mirrorText(check, repair, terminalStyle(around.color)).join('\n')}\n`);
  }
  // In a job it writes a summary, as the action's own steps do.
  if (context.env['GITHUB_STEP_SUMMARY']) appendSummary(context.env, mirrorSummary(check, repair));
  context.exit(mirrorCheckExitCode(check, repair));
}
