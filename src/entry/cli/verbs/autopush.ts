/**
 * `buildcache autopush [MIRROR…]`: what the action's post step does, for any other CI. Before the build
 * `--record FILE` notes what the install tree holds; after it `--since FILE` pushes what is new.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import {
  type AutopushResult,
  autopush,
  findNewSpecs,
  missingText,
  type NewSpecs,
  nothingFound,
} from '../../../commands/autopush.ts';
import { cancelled } from '../../../core/abort.ts';
import { refuseDevice } from '../../../core/device-path.ts';
import { BuildcacheError, describeError, errorCode } from '../../../core/errors.ts';
import { isRegistryUrl } from '../../../environment/location.ts';
import type { Mirror } from '../../../mirrors/mirror.ts';
import { placeName } from '../../../mirrors/select.ts';
import { copiesOfPushes } from '../../../plan/copy-items.ts';
import { formatCopyList } from '../../../plan/copy-list.ts';
import { isAllFiltered, type PushOutcome } from '../../../plan/push-result.ts';
import {
  allFilteredText,
  brokenRows,
  failureTexts,
  finishProblems,
  isTold,
  leftOutRow,
  outcomeRow,
  outcomeRows,
  type PushRow,
  type RowOptions,
  rowsJson,
  rowsSum,
  rowText,
  skippedTexts,
} from '../../../report/autopush-rows.ts';
import { tellReasonsOnce } from '../../../report/shared-reasons.ts';
import { shortSpec } from '../../../spec/format.ts';
import { EMPTY_SNAPSHOT, readSnapshot } from '../../../tree/install-snapshot.ts';
import { readInstallTree } from '../../../tree/install-tree.ts';
import { writeAnswer } from '../../shared/answer-file.ts';
import { readInspections } from '../../shared/install-tree-settings.ts';
import { ROOT_LENGTH } from '../../shared/limits.ts';
import { lockfileReader } from '../../shared/lockfile-reader.ts';
import { namedEnvironment } from '../../shared/named-environment.ts';
import { statementMaker } from '../../shared/provenance.ts';
import { pushTimeLimit, stoppedBy } from '../../shared/push-time-limit.ts';
import { KEYRING, readTrust } from '../../shared/trust-request.ts';
import { asWatched, finishWatched } from '../../shared/watched.ts';
import { recordTree } from '../autopush-record.ts';
import { addWatchOptions, requireWatch, type WatchCommandOptions, watchBuild } from '../autopush-watch.ts';
import { addCopyListOptions, type CopyListOptions, copyListFile } from '../copy-list-options.ts';
import {
  addSharedOptions,
  collect,
  readSurroundings,
  type SharedOptions,
  type Surroundings,
  wholeNumber,
} from '../shared-options.ts';
import {
  addSigningOptions,
  isSigned,
  PROVENANCE_OPTION,
  type SigningOptions,
  signerFor,
  unusedKeyNote,
} from '../signing-options.ts';
import { splitAtDashes } from '../split-at-dashes.ts';
import { addStoreOptions, type StoreOptions, spackPrefix, storePlace } from '../store-options.ts';
import type { VerbContext } from '../verb.ts';

interface AutopushCommandOptions
  extends SharedOptions,
    SigningOptions,
    StoreOptions,
    CopyListOptions,
    WatchCommandOptions {
  readonly record?: string;
  readonly since?: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly pushFailure: 'error' | 'warn';
  readonly provenance: boolean;
  readonly minRootLength?: number;
  readonly dryRun: boolean;
  readonly times?: string;
}

export function define(command: Command, context: VerbContext): void {
  addSharedOptions(command)
    .argument('[mirror...]', 'where to push to (default: the configured mirrors with autopush: true)')
    .usage('[options] [mirror...] [-- command...]')
    .option('--times <file>', 'keep there how long builds took, for plan --times')
    .addOption(
      new Option('--record <file>', 'before a build: only note there what the install tree holds').conflicts(
        'since',
      ),
    )
    .option('--since <file>', 'after it: push only what the install tree did not hold then')
    .option('--include <spec>', 'push only what matches (repeatable)', collect, [])
    .option('--exclude <spec>', 'do not push what matches (repeatable)', collect, [])
    .addOption(
      new Option('--push-failure <what>', 'what a failed push is: an error (exit code 1) or a warning')
        .choices(['error', 'warn'])
        .default('error'),
    )
    .option('--provenance', PROVENANCE_OPTION, false)
    .option(
      '--min-root-length <n>',
      'push nothing that was built below a root with fewer characters, its padding included',
      wholeNumber(ROOT_LENGTH),
    )
    .option('--dry-run', 'say what would be pushed', false);
  addWatchOptions(command);
  addCopyListOptions(command, 'what is present after the push');
  addSigningOptions(command);
  addStoreOptions(command).action((operands: readonly string[], options: AutopushCommandOptions) => {
    if (options.record !== undefined)
      return recordTree(resolve(context.cwd, options.record), options, context);
    const [names, build] = splitAtDashes(command, operands);
    return run(names, build, options, context);
  });
}

/** Seconds for the index, beyond the time limit for sending. */
const INDEX_SECONDS = 5;

async function run(
  names: readonly string[],
  command: readonly string[],
  options: AutopushCommandOptions,
  outer: VerbContext,
): Promise<void> {
  const { env, cwd } = outer;
  // A user who ends the watch still wants what was built to be pushed. Pushing has a time limit of its own.
  const drain = new AbortController();
  const signal = options.watch ? drain.signal : outer.signal;
  const context = { ...outer, signal };
  requireWatch(command, options);
  if (options.times !== undefined) refuseDevice(resolve(cwd, options.times)); // before the build
  const makeStatement = statementMaker(options.provenance, env);
  const { mirrors, around } = await chooseMirrors(names, options, context);
  const { reporter } = around;
  const place = await storePlace(options, around, context);
  const before =
    options.since === undefined ? EMPTY_SNAPSHOT : await readSnapshot(resolve(cwd, options.since), place);
  let last: Awaited<ReturnType<typeof namedEnvironment>>;
  const readLockfile = async () => {
    const read = await namedEnvironment(around.environment, options, env);
    last = read ?? last;
    return read;
  };
  // What is wrong with it is said before the build, unless it is the build that makes it.
  await readLockfile().catch((error: unknown) => {
    const isToCome = command.length > 0 && errorCode(error) === 'not-found';
    if (isToCome && existsSync(join(around.environment.folder, 'spack.yaml'))) return;
    throw error;
  });
  const { include, exclude } = options;
  const inspections = mirrors.some(({ push }) => isRegistryUrl(push.url))
    ? await readInspections(around.environment.folder, env)
    : undefined;
  const sides = {
    mirrors,
    openSigner: (mirror: Mirror) => signerFor(mirror, options, context),
    connection: around.connection,
    trust: () => readTrust(KEYRING, context, reporter),
    inspections,
    makeStatement,
    minRootLength: options.minRootLength,
  };
  const build = options.watch
    ? await watchBuild(
        command,
        {
          ...sides,
          place,
          before,
          readLockfile: lockfileReader(around.environment.lockfile, readLockfile),
          selection: { specs: [], include, exclude },
          spackPrefix: (root) => spackPrefix(options, context, root),
          signWhileBuilding: options.signWhileBuilding,
          pollMs: options.poll * 1000,
        },
        outer,
        reporter,
      )
    : undefined;
  // The command may have concretized, and may have removed the environment since: then the last one counts.
  if (build !== undefined) {
    await readLockfile().catch((error: unknown) => {
      if (last === undefined || errorCode(error) !== 'not-found') throw error;
    });
  }
  const lockfile = last;
  const seconds = pushTimeLimit(env);
  // After the limit for sending, the index is still updated. That has a limit as well.
  if (build !== undefined) setTimeout(() => drain.abort(), (seconds + INDEX_SECONDS) * 1000).unref();
  const found = await findNewSpecs(place, before, lockfile, { specs: [], include, exclude });
  if (found.tree === undefined && build !== undefined) {
    reporter.info(`nothing was built: there is no install tree in ${place.root}`);
    const none = { pushed: [], broken: [], missing: [] };
    outer.exit(report([], none, build, options, around, context));
    return;
  }
  const tree = found.tree ?? (await readInstallTree(place)); // its error says that the tree is missing
  for (const note of tree.notes) reporter.warn(note);
  const left = found.leftOut.map(leftOutRow);
  const rowOptions = (): RowOptions => ({ readOnly: false, stopped: stoppedBy(signal, seconds) });
  const settle =
    build === undefined || options.blobsOnly
      ? (_mirror: string, _hash: string, outcome: PushOutcome) => outcome
      : await finishWatched(build.watched, found, { ...sides, signal }, reporter);
  const tellOnce = tellReasonsOnce();
  const pushing = await autopush(
    {
      ...sides,
      found,
      mirrors: options.blobsOnly ? mirrors.filter((mirror) => !mirror.signed) : mirrors,
      spackPrefix: spackPrefix(options, context, tree.root),
      updateIndex: true,
      dryRun: options.dryRun,
      jobs: options.jobs,
      index: around.index,
      signal,
      deadline: AbortSignal.timeout(seconds * 1000),
      onOutcome: (mirror, spec, outcome) => {
        const outcomeNow = settle(mirror, spec.hash, outcome);
        if (!isTold(outcomeNow)) return;
        const line = rowText(tellOnce(outcomeRow(spec, mirror, outcomeNow, rowOptions())));
        // A terminal shows a progress bar instead. Failures are listed at the end.
        if (context.stderr.isTTY) reporter.debug(line);
        else reporter.info(line);
      },
    },
    reporter,
  );
  const result = { ...pushing, pushed: asWatched(pushing.pushed, settle) };
  if (options.times !== undefined) {
    const { keepTimes } = await import('../../../commands/keep-times.ts');
    // What was pushed is to be told all the same: times only serve a guess.
    await keepTimes(resolve(cwd, options.times), tree, found.specs).catch((error: unknown) => {
      reporter.warn(`how long builds took could not be kept: ${describeError(error)}`);
    });
  }
  const [copyTo] = around.named;
  const copyList = copyListFile(options, context);
  if (copyTo !== undefined && copyList !== undefined) {
    const copies = copiesOfPushes(result.pushed, found.nodes, mirrors, copyTo);
    await writeAnswer(copyList, formatCopyList(copies), context);
  }
  const rows = [...left, ...resultRows(result, found, rowOptions())];
  const nothing = nothingFound(found, lockfile, options.since === undefined);
  if (nothing !== undefined) {
    const text = `${nothing}. If Spack installs elsewhere, name that tree with --store: \`spack config get config\` shows it`;
    if (options.since === undefined || found.leftOut.length > 0) reporter.warn(text);
    else reporter.info(text);
  }
  // After the user has stopped the push, it only says how far it came.
  if (signal.aborted && !options.json) {
    for (const text of finishProblems(result.pushed)) reporter.warn(text);
    throw cancelled(signal, rowsSum(rows));
  }
  for (const text of skippedTexts(rows)) reporter.info(text);
  const code = report(rows, result, build, options, around, context);
  if (signal.aborted) throw cancelled(signal);
  context.exit(code);
}

/** Mirrors named by their URL keep it as their name, since a mirror's name is in every line. */
async function chooseMirrors(
  names: readonly string[],
  options: AutopushCommandOptions,
  context: VerbContext,
): Promise<{ mirrors: readonly Mirror[]; around: Surroundings }> {
  const named = [...names, ...options.mirrorUrl];
  const around = await readSurroundings(
    { ...options, mirrorUrl: named },
    context,
    options.copyTo === undefined ? [] : [options.copyTo],
  );
  const chosen =
    named.length > 0
      ? around.mirrors.map((mirror, i) => ({ ...mirror, name: placeName(named[i] ?? mirror.name) }))
      : around.mirrors.filter(({ autopush: wanted }) => wanted);
  if (chosen.length === 0) {
    throw new BuildcacheError('usage', 'no mirror is configured with autopush: true', {
      hint: 'name mirrors to push to after autopush',
    });
  }
  const note = unusedKeyNote(chosen, options);
  if (note !== undefined) around.reporter.warn(note);
  return { mirrors: chosen.map((mirror) => ({ ...mirror, signed: isSigned(mirror, options) })), around };
}

function resultRows(result: AutopushResult, { specs }: NewSpecs, options: RowOptions): PushRow[] {
  return [
    ...result.broken.flatMap((failure) => brokenRows(failure, specs, options)),
    ...result.pushed.flatMap((mirror) => outcomeRows(mirror, specs, options)),
  ];
}

/** @returns the exit code. The caller may run its build through us: if that has failed, it must show there. */
function report(
  rows: readonly PushRow[],
  result: AutopushResult,
  build: { readonly exitCode: number } | undefined,
  options: AutopushCommandOptions,
  { reporter }: Surroundings,
  { stdout }: VerbContext,
): 0 | 1 {
  const problems = finishProblems(result.pushed);
  const failures = [...problems, ...failureTexts(rows)];
  const isError = options.pushFailure === 'error';
  const isBuilt = build === undefined || build.exitCode === 0;
  const code = (failures.length > 0 && isError) || !isBuilt ? 1 : 0;
  for (const { name, notes } of result.pushed) for (const note of notes) reporter.warn(`${name}: ${note}`);
  for (const mirror of result.pushed.filter(isAllFiltered)) reporter.warn(allFilteredText(mirror));
  for (const one of result.missing) reporter.warn(missingText(one));
  for (const text of failures) {
    if (isError) reporter.error(text);
    else reporter.warn(text);
  }
  if (options.json) {
    const document = {
      version: 1,
      exit_code: code,
      dry_run: options.dryRun,
      pushed: rowsJson(rows, 'pushed'),
      skipped: rowsJson(rows, 'skipped'),
      failed: rowsJson(rows, 'failed'),
      problems,
      missing: result.missing.map(({ mirror, spec }) => {
        const { name, version, hash } = spec;
        return { name, version, hash, short_spec: shortSpec(spec), mirror };
      }),
    };
    stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else if (!options.quiet) {
    stdout.write(`${rowsSum(rows)}\n`);
  }
  return code;
}
