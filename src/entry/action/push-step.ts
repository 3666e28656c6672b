/** Pushes in a job: at once (`command: push`), or in the post step of any command (autopush). */

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openIndexStore } from '../../cache/index/store.ts';
import { blobKey } from '../../cache/layouts/layout3.ts';
import { openSigner } from '../../cache/trust/signing.ts';
import {
  type AutopushResult,
  autopush,
  findNewSpecs,
  missingText,
  type NewSpecs,
  nothingFound,
} from '../../commands/autopush.ts';
import { confirmWatched } from '../../commands/confirm-watched.ts';
import type { Env } from '../../core/env.ts';
import { describeError, errorCode } from '../../core/errors.ts';
import { writeWholeFile } from '../../core/write-file.ts';
import { readEnvironment } from '../../environment/environment.ts';
import { isConcretized } from '../../environment/included-lockfiles.ts';
import { isRegistryUrl } from '../../environment/location.ts';
import { setJsonOutput, setOutput } from '../../github/files.ts';
import type { Host } from '../../github/host.ts';
import type { JobReporter } from '../../github/job-reporter.ts';
import { pushSummary } from '../../github/push-summary.ts';
import { appendSummary, pushEndedSummary } from '../../github/summary.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import { copiesOfPushes } from '../../plan/copy-items.ts';
import { isAllFiltered } from '../../plan/push-result.ts';
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
  READ_ONLY,
  type RowOptions,
  rowsJson,
  rowsSum,
  rowText,
  skippedTexts,
  whenText,
} from '../../report/autopush-rows.ts';
import { localSourceWarning } from '../../report/local-source.ts';
import { tellReasonsOnce } from '../../report/shared-reasons.ts';
import type { SpecGraph } from '../../spec/graph.ts';
import { ofLocalSource } from '../../spec/local-source.ts';
import type { InstallSnapshot } from '../../tree/install-snapshot.ts';
import { readInstallTree } from '../../tree/install-tree.ts';
import type { TreePlace } from '../../tree/tree-root.ts';
import { readInspections } from '../shared/install-tree-settings.ts';
import { statementMaker } from '../shared/provenance.ts';
import { pushTimeLimit, stoppedBy } from '../shared/push-time-limit.ts';
import { asWatched, finishWatched } from '../shared/watched.ts';
import { actionConnection } from './connection.ts';
import { writeCopyList } from './copy-list-output.ts';
import type { EndedWatch } from './end-watch.ts';
import type { ActionInputs } from './inputs.ts';
import { jobSigningKey } from './job-secrets.ts';
import { readJobTrust } from './job-trust.ts';
import { isRefused, isWithoutSecrets, refusedText, writableMirrors } from './push-rights.ts';

export interface PushStep {
  readonly env: Env;
  readonly host: Host;
  readonly inputs: ActionInputs;
  readonly mirrors: readonly Mirror[];
  /** Names of others, to which the job was to push when it began. */
  readonly gone?: readonly string[];
  readonly place: TreePlace;
  /** The environment, where it was read before. */
  readonly lockfile?: SpecGraph | undefined;
  /** Whether the job has something to push, may have something, or has nothing because nothing had to be built. */
  readonly expected: 'something' | 'perhaps' | 'nothing';
  readonly before: InstallSnapshot;
  /** The tag of one image of all roots, in registries. */
  readonly tag?: string | undefined;
  /** What the watcher has pushed beside the builds. */
  readonly watch?: EndedWatch | undefined;
  /** An existing folder for the outputs' files. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Pushes, and sets the outputs and the summary. @returns the exit code @throws BuildcacheError if it could not begin */
export async function runPush(step: PushStep, reporter: JobReporter): Promise<number> {
  const { env, inputs, mirrors, signal, host } = step;
  const lockfile =
    step.lockfile ??
    ((await isConcretized(inputs.environment)) ? await readEnvironment(inputs.environment) : undefined);
  const choice = { ...inputs.selection, withLocalSource: step.expected === 'something' };
  const found = await findNewSpecs(step.place, step.before, lockfile, choice);
  if (found.tree === undefined) return await withoutTree(step, reporter);
  for (const note of found.tree.notes) reporter.warn(note);
  const left = found.leftOut.map(leftOutRow);
  for (const each of found.leftOut.filter(({ suspect }) => suspect)) reporter.warn(rowText(leftOutRow(each)));
  const fork = isWithoutSecrets(host);
  const seconds = pushTimeLimit(env);
  const deadline = AbortSignal.timeout(seconds * 1000);
  const options = (): RowOptions => ({ readOnly: fork, stopped: stoppedBy(signal, seconds) });
  const rows: PushRow[] = [...left];
  const tellOnce = tellReasonsOnce();
  const settle = (more: readonly PushRow[]) => void rows.push(...more);
  const warnings: string[] = [];
  const warn = (text: string) => {
    warnings.push(text);
    reporter.warn(text);
  };
  const local = localSourceWarning(ofLocalSource(found.specs, found), 'pushed');
  if (local !== undefined) warn(local);

  const writable = writableMirrors(mirrors, step);
  if (isRefused(step)) {
    const reason = refusedText(host);
    for (const { name } of mirrors) {
      settle(brokenRows({ name, code: 'denied', reason }, found.specs, { ...options(), readOnly: false }));
    }
  } else if (fork) {
    for (const { name } of mirrors.filter((mirror) => !writable.includes(mirror))) {
      if (found.specs.length > 0) reporter.annotations.add('notice', `${name} is ${READ_ONLY}`);
      settle(brokenRows({ name, code: 'denied', reason: READ_ONLY }, found.specs, options()));
    }
  } else {
    for (const name of step.gone ?? [])
      settle(brokenRows({ name, code: 'not-found', reason: GONE }, found.specs, options()));
  }
  const inspections = writable.some(({ push }) => isRegistryUrl(push.url))
    ? await readInspections(inputs.environment.folder, env)
    : undefined;
  const cwd = host.workspace ?? process.cwd();
  const sides = {
    mirrors: writable,
    openSigner: (mirror: Mirror) =>
      openSigner({ ...jobSigningKey(env), choose: undefined, mirror: mirror.name }),
    connection: actionConnection(inputs, env),
    baseImage: inputs.baseImage,
    makeStatement: statementMaker(inputs.provenance, env),
    minRootLength: inputs.minRootLength,
    trust: () => readJobTrust(inputs.trustedKeys, { env, cwd }, reporter),
  };
  const watched = step.watch?.watched ?? new Map();
  const until = AbortSignal.any([signal, deadline]);
  await confirmWatched(watched, found.specs, { ...sides, signal: until });
  const asSent = await finishWatched(watched, found, { ...sides, signal: until }, reporter);
  const pushing = await autopush(
    {
      ...sides,
      found,
      spackPrefix: inputs.spackPrefix ?? found.tree.root,
      updateIndex: inputs.updateIndex,
      dryRun: inputs.dryRun,
      jobs: inputs.jobs,
      inspections,
      image:
        step.tag === undefined ? undefined : { tag: step.tag, roots: imageRoots(found, lockfile, inputs) },
      index: { store: openIndexStore(join(env['RUNNER_TEMP'] ?? tmpdir(), 'buildcache-index')), ttlMs: 0 },
      signal,
      deadline,
      onOutcome(mirror, spec, later) {
        const outcome = asSent(mirror, spec.hash, later);
        if (isTold(outcome)) reporter.info(rowText(tellOnce(outcomeRow(spec, mirror, outcome, options()))));
      },
    },
    reporter,
  );
  const result = { ...pushing, pushed: asWatched(pushing.pushed, asSent) };
  for (const failure of result.broken) settle(brokenRows(failure, found.specs, options()));
  for (const mirror of result.pushed) {
    if (isAllFiltered(mirror)) warn(allFilteredText(mirror));
    const { tagged } = mirror;
    if (tagged !== undefined && 'name' in tagged)
      reporter.info(
        `${mirror.name}: ${tagged.name} has all roots${tagged.note === undefined ? '' : `, ${tagged.note}`}`,
      );
    settle(outcomeRows(mirror, found.specs, options()));
    for (const note of mirror.notes) reporter.warn(`${mirror.name}: ${note}`);
  }
  for (const text of skippedTexts(rows)) reporter.info(text);
  await publishRows(rows, env, step.folder);
  if (inputs.copyTo !== undefined) {
    await writeCopyList(copiesOfPushes(result.pushed, found.nodes, mirrors, inputs.copyTo), env, step.folder);
  }
  const nothing = nothingFound(found, lockfile, step.expected === 'something');
  if (nothing !== undefined) sayNothing(nothing, step, { info: (text) => reporter.info(text), warn });
  return verdict(rows, result, warnings, step, reporter);
}

const GONE =
  'the job was to push to it when it began, and the configuration does not say so any more: a later step has changed or replaced the environment';

/** The named specs, else the environment's roots. Those that are in the registry already are among them. */
function imageRoots(
  found: NewSpecs,
  lockfile: SpecGraph | undefined,
  { selection }: ActionInputs,
): ReadonlySet<string> {
  const isNamed = selection.specs.length > 0 || lockfile === undefined;
  const roots = isNamed ? found.specs : lockfile.roots;
  return new Set(
    roots.map(({ hash }) => hash).filter((hash) => found.nodes.get(hash)?.external === undefined),
  );
}

/**
 * A push needs its install tree. A post step does not: it may have nothing to push.
 * @returns the exit code
 * @throws BuildcacheError `not-found` for a push
 */
async function withoutTree(step: PushStep, reporter: JobReporter): Promise<number> {
  const { inputs, place, expected, host } = step;
  await publishRows([], step.env, step.folder);
  try {
    await readInstallTree(place);
  } catch (error) {
    if (expected === 'something' || errorCode(error) !== 'not-found') throw error;
    const text = `autopush: nothing was pushed: ${describeError(error)}`;
    const isError = inputs.installTree !== undefined && inputs.pushFailure === 'error';
    if (expected === 'nothing' || isWithoutSecrets(host)) {
      reporter.info(text);
      return 0;
    }
    if (isError) reporter.error(`${text}. ${UNBUILT}`);
    else reporter.warn(`${text}. ${UNBUILT}`);
    if (inputs.summary && step.env['GITHUB_STEP_SUMMARY'])
      appendSummary(step.env, pushEndedSummary('nothing was pushed', text, isError));
    return isError ? 1 : 0;
  }
  return await runPush(step, reporter); // the tree was made meanwhile
}

/** A job that pushed nothing says where it looked. If something was to be built, it says so in a warning. */
function sayNothing(
  text: string,
  { expected }: PushStep,
  reporter: Pick<JobReporter, 'info' | 'warn'>,
): void {
  if (expected === 'nothing') reporter.info(text);
  else if (expected === 'something') reporter.warn(text);
  else
    reporter.warn(
      `${text}. If Spack installs elsewhere, name that tree in the input install-tree. ${UNBUILT}`,
    );
}

const UNBUILT = 'Where nothing is built, say autopush: false';

/** Sets all outputs of a push. With no rows they are those of a step that pushed nothing. */
async function publishRows(rows: readonly PushRow[], env: Env, folder: string): Promise<void> {
  const pushed = rows.filter(({ kind }) => kind === 'pushed');
  for (const kind of ['pushed', 'skipped', 'failed'] as const) {
    setJsonOutput(env, kind, rowsJson(rows, kind), join(folder, `${kind}.json`));
  }
  setOutput(env, 'pushed-count', String(pushed.length));
  const sums = new Set(pushed.map(({ sha256 = '', image = blobKey(sha256) }) => `${sha256}  ${image}\n`));
  const file = join(folder, 'checksums.txt');
  await writeWholeFile(file, [...sums].join(''));
  setOutput(env, 'checksums', file);
}

function verdict(
  rows: readonly PushRow[],
  result: AutopushResult,
  warnings: readonly string[],
  { inputs, env, watch }: PushStep,
  reporter: JobReporter,
): number {
  const problems = finishProblems(result.pushed);
  const when = watch === undefined ? undefined : whenText(rows);
  const unwatched = watch?.problem === undefined ? [] : [`push-while-building: ${watch.problem}`];
  const said = [...problems, ...unwatched, ...warnings];
  const missing = result.missing.map(missingText);
  if (inputs.summary && env['GITHUB_STEP_SUMMARY'] && (rows.length > 0 || said.length > 0)) {
    appendSummary(env, pushSummary(rows, [...said, ...missing], 'pushed', when));
  }
  for (const text of missing) reporter.warn(text);
  const failures = [...problems, ...failureTexts(rows)];
  const isError = inputs.pushFailure === 'error';
  for (const text of failures) {
    if (isError) reporter.error(text);
    else reporter.warn(text);
  }
  if (when !== undefined) reporter.info(`push-while-building: ${when}`);
  reporter.info(`Build cache: ${rowsSum(rows)}`);
  return failures.length > 0 && isError ? 1 : 0;
}
