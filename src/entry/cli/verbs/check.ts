/** `buildcache check`: options in, answer and exit code out. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { Forbidden, Verify } from '../../../cache/reading/presence.ts';
import { type CheckOptions, check } from '../../../commands/check.ts';
import { openKeptCheck } from '../../../commands/kept-check.ts';
import { copiesOfPresent } from '../../../plan/copy-items.ts';
import { formatCopyList } from '../../../plan/copy-list.ts';
import { checkExitCode, checkedSpecs } from '../../../plan/rebuild.ts';
import { rebuildManifest } from '../../../plan/rebuild-manifest.ts';
import { checkJson } from '../../../report/check-json.ts';
import { allPresentText, checkText } from '../../../report/check-text.ts';
import { terminalStyle } from '../../../report/terminal.ts';
import { removeAnswer, writeAnswer } from '../../shared/answer-file.ts';
import { FORBIDDEN, parseNeeds, VERIFY } from '../../shared/presence-request.ts';
import { addCopyListOptions, type CopyListOptions, copyListFile } from '../copy-list-options.ts';
import {
  addSharedOptions,
  collect,
  readSurroundings,
  type SharedOptions,
  stateFolder,
} from '../shared-options.ts';
import { refuseScope, STAMP } from '../spack-options.ts';
import { specArguments } from '../spec-arguments.ts';
import type { VerbContext } from '../verb.ts';

interface CheckCommandOptions extends SharedOptions, CopyListOptions {
  readonly outputFile?: string;
  readonly needs: string;
  readonly verify: Verify;
  readonly forbidden: Forbidden;
  readonly rootsOnly: boolean;
  readonly buildDeps: boolean;
  readonly group: readonly string[];
  readonly hash: readonly string[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly allowEmpty: boolean;
  readonly stamp: boolean;
}

export function define(command: Command, context: VerbContext): void {
  addSharedOptions(command)
    .argument('[spec...]', 'specs to check (default: all of the environment)')
    .option(
      '-o, --output-file <file>',
      'write what must be rebuilt, per mirror, in the schema of spack buildcache check',
    )
    .option(
      '--needs <any|all|mirror>',
      'a spec needs a rebuild when missing on any mirror, on all, or on that one',
      'any',
    )
    .addOption(
      new Option('--verify <how>', 'believe the index, read every manifest, or ask for every blob too')
        .choices(VERIFY)
        .default(VERIFY[0]),
    )
    .addOption(
      new Option('--forbidden <meaning>', 'what a 403 for a single entry means')
        .choices(FORBIDDEN)
        .default(FORBIDDEN[0]),
    )
    .option('--group <name>', 'a group of the environment (repeatable)', collect, [])
    .option('--roots-only', "check the environment's roots only", false)
    .option('--no-build-deps', 'leave out what is needed to build only')
    .option('--hash <hash>', 'a DAG hash or its beginning (repeatable)', collect, [])
    .option('--include <spec>', 'of the selected, keep what matches (repeatable)', collect, [])
    .option('--exclude <spec>', 'of the selected, leave out what matches (repeatable)', collect, [])
    .option('--allow-empty', 'no specs or no mirrors is fine', false)
    .option('--stamp', STAMP, false);
  refuseScope(command, 'name the mirrors with --environment, --mirrors or --mirror-url');
  addCopyListOptions(command, 'what is present').action(
    (specs: readonly string[], options: CheckCommandOptions) => run(specs, options, context),
  );
}

async function run(
  specs: readonly string[],
  options: CheckCommandOptions,
  context: VerbContext,
): Promise<void> {
  const output = options.outputFile === undefined ? undefined : resolve(context.cwd, options.outputFile);
  const copyList = copyListFile(options, context);
  const writeLines = (lines: readonly string[]) => context.stdout.write(`${lines.join('\n')}\n`);
  let told = false;
  try {
    const named = options.copyTo === undefined ? [] : [options.copyTo];
    const around = await readSurroundings(options, context, named);
    const request: CheckOptions = {
      ...around,
      selection: {
        groups: options.group,
        rootsOnly: options.rootsOnly,
        noBuildDeps: !options.buildDeps,
        specs: await specArguments(specs),
        hashes: options.hash,
        include: options.include,
        exclude: options.exclude,
      },
      needs: parseNeeds(options.needs),
      verify: options.verify,
      forbidden: options.forbidden,
      allowEmpty: options.allowEmpty,
      isConfined: options.onlyMirrors.length > 0,
      signal: context.signal,
    };
    // The other answers name each spec, and so does a stamp.
    const isShort = !options.json && output === undefined && copyList === undefined && !options.stamp;
    const kept = isShort
      ? await openKeptCheck(request, stateFolder(context.env), context.version)
      : undefined;
    const before = await kept?.recall();
    if (before !== undefined) {
      around.reporter.debug('the lockfile and all indices are what they were when nothing was missing');
      if (!options.quiet)
        writeLines(allPresentText(before.mirrors, before.specs, terminalStyle(around.color)));
      return context.exit(0);
    }
    const result = await check(
      { ...request, ...(kept && { environment: kept.environment }) },
      around.reporter,
    );
    await kept?.keep(result);
    const code = checkExitCode(result);
    if (output !== undefined && code !== 2)
      await writeAnswer(output, rebuildManifest(checkedSpecs(result), result.answers), context);
    const [to] = around.named;
    if (copyList !== undefined && to !== undefined && code !== 2)
      await writeAnswer(copyList, formatCopyList(copiesOfPresent(result, around.mirrors, to)), context);
    if (options.stamp) {
      const { leaveStamps, neededOf } = await import('../../../commands/leave-stamps.ts');
      const needed = neededOf(result, checkedSpecs(result), around.mirrors);
      await leaveStamps(needed, around.connection, around.reporter, context.signal);
    }
    told = code !== 2;
    for (const { name, notes } of result.answers)
      for (const note of notes) around.reporter.warn(`${name}: ${note}`);
    if (options.json) context.stdout.write(`${JSON.stringify(checkJson(result), null, 2)}\n`);
    else if (!options.quiet) writeLines(checkText(result, terminalStyle(around.color)));
    context.exit(code);
  } finally {
    // A file of an earlier run must not be taken for this run's answer.
    for (const file of told ? [] : [output, copyList]) if (file !== undefined) await removeAnswer(file);
  }
}
