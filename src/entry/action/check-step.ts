/** `command: check` of the action, the gate: finds what is missing, for the outputs, the job's summary and later jobs. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openIndexStore } from '../../cache/index/store.ts';
import { check } from '../../commands/check.ts';
import { writeWholeFile } from '../../core/write-file.ts';
import { checkSummary } from '../../github/check-summary.ts';
import { setJsonOutput, setOutput } from '../../github/files.ts';
import type { JobReporter } from '../../github/job-reporter.ts';
import { appendSummary } from '../../github/summary.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import { copiesOfPresent, isCopyUnknown } from '../../plan/copy-items.ts';
import { jobMatrix } from '../../plan/matrix.ts';
import { type CheckResult, checkedSpecs, specsWith } from '../../plan/rebuild.ts';
import { rebuildManifest } from '../../plan/rebuild-manifest.ts';
import { rebuildSpecsJson } from '../../report/check-json.ts';
import { checkSentence, checkText, unknownReasons, unknownSpecs } from '../../report/check-text.ts';
import { rememberInstalled, rememberNeeded } from './autopush-state.ts';
import { autopushMirrors } from './chosen-mirrors.ts';
import { actionConnection } from './connection.ts';
import { writeCopyList } from './copy-list-output.ts';
import { rememberIndexCache, restoreIndexCache } from './index-cache.ts';
import type { ActionInputs } from './inputs.ts';
import { isRefused, refusedText, rightsProblems, writableMirrors } from './push-rights.ts';
import type { ActionStep } from './step.ts';

type Env = ActionStep['env'];

/** @returns the exit code: 1 where an output could not be told, or the inputs let this answer fail the step */
export async function checkCommand(step: ActionStep, reporter: JobReporter): Promise<number> {
  const { env, host, inputs, folder, signal } = step;
  // The record comes before the check, so that it does not depend on how the check ends.
  const recalled = await rememberInstalled(inputs, { env, host, folder }, reporter);
  // A job that only asks need not say which install tree it has, so this is no warning.
  if (recalled.kind === 'unknown') reporter.info(`autopush: ${recalled.reason}`);
  if (recalled.kind === 'broken') reporter.warn(`autopush is off: ${recalled.reason}`);
  const meant = autopushMirrors(inputs);
  const pushedTo = writableMirrors(meant, step);
  const { result, indexFolder } = await runCheck(inputs, env, pushedTo, reporter, signal);
  if (inputs.stamp && !inputs.dryRun) {
    const { neededOf } = await import('../../commands/leave-stamps.ts');
    const { stampStep } = await import('./stamp-step.ts');
    await stampStep(neededOf(result, checkedSpecs(result), inputs.configuration.mirrors), step, reporter);
  }
  const published = await publish(result, inputs, env, folder, reporter);
  const explained = inputs.explain
    ? await (await import('./explain-step.ts')).explainStep(result, step, indexFolder, reporter)
    : undefined;
  if (inputs.comment) {
    const { commentStep, gateContent } = await import('./comment-step.ts');
    await commentStep(gateContent(result, explained), step, reporter);
  }
  const wanted = verdict(result, inputs, reporter);
  // The rights are checked before anything is built, and only if something is to be built.
  const isNeeded = specsWith(result, 'rebuild').length + specsWith(result, 'unknown').length > 0;
  // The job may be one that only asks, so this is no error.
  if (isNeeded && meant.length > 0 && isRefused(step)) reporter.warn(`autopush: ${refusedText(host)}`);
  const rights = isNeeded ? await reportRights(pushedTo, inputs, env, reporter) : 0;
  if (inputs.whileBuilding !== 'nothing') {
    const { startWatch } = await import('./start-watch.ts');
    if (isNeeded) await startWatch(step, recalled, reporter);
    else reporter.info('push-while-building: nothing is to be built');
  }
  return Math.max(published, wanted, rights);
}

/** A key that was given and cannot sign is an error. A missing key is not: the job may be one that only asks. */
async function reportRights(
  mirrors: readonly Mirror[],
  { pushFailure }: ActionInputs,
  env: Env,
  reporter: JobReporter,
): Promise<number> {
  let code = 0;
  for (const { text, isAbsent } of await rightsProblems(mirrors, env)) {
    const isError = !isAbsent && pushFailure === 'error';
    if (isError) code = 1;
    if (isError) reporter.error(`autopush: ${text}`);
    else reporter.warn(`autopush: ${text}`);
  }
  return code;
}

async function runCheck(
  inputs: ActionInputs,
  env: Env,
  pushedTo: readonly Mirror[],
  reporter: JobReporter,
  signal: AbortSignal,
): Promise<{ result: CheckResult; indexFolder: string }> {
  const mirrors = inputs.configuration.mirrors.filter(({ binary }) => binary);
  const cache = inputs.indexCache ? await restoreIndexCache(env, mirrors, reporter) : undefined;
  const folder = cache?.folder ?? join(env['RUNNER_TEMP'] ?? tmpdir(), 'buildcache-index');
  const result = await check(
    {
      ...inputs,
      mirrors,
      connection: actionConnection(inputs, env),
      pushedTo: new Set(pushedTo.filter(isReadWhereWritten).map(({ name }) => name)),

      // An index that another job left may be old, so every mirror is asked, with one small request.
      index: { store: openIndexStore(folder), ttlMs: 0 },
      allowEmpty: inputs.allowEmpty,
      signal,
    },
    reporter,
  );
  if (cache !== undefined) await rememberIndexCache(env, cache);
  return { result, indexFolder: folder };
}

/** Whether the mirror is read where it is written. Only then does a push make the repository that is read. */
function isReadWhereWritten({ fetch, push }: Mirror): boolean {
  return fetch.url === push.url;
}

/** All outputs, the summary and the log. @returns the exit code: 1 where an output could not be told */
async function publish(
  result: CheckResult,
  inputs: ActionInputs,
  env: Env,
  folder: string,
  reporter: JobReporter,
): Promise<number> {
  const withUnknown = inputs.onUnknown === 'rebuild';
  const rebuild = specsWith(result, 'rebuild');
  const unknown = specsWith(result, 'unknown');
  const toBuild = result.decisions
    .filter(({ decision }) => decision === 'rebuild' || (withUnknown && decision === 'unknown'))
    .map(({ node }) => node);
  // A step that fails because something is unknown must not say "nothing to do" to a job that continues after it.
  const needed = toBuild.length > 0 || (inputs.onUnknown === 'fail' && unknown.length > 0);
  setOutput(env, 'needs-rebuild', String(needed));
  rememberNeeded(env, rebuild.length + unknown.length > 0);
  setOutput(env, 'cache-hit', String(rebuild.length === 0 && unknown.length === 0));
  setOutput(env, 'rebuild-count', String(toBuild.length));
  setOutput(env, 'unknown-count', String(unknown.length));
  setJsonOutput(
    env,
    'rebuild-specs',
    rebuildSpecsJson(result, withUnknown),
    join(folder, 'rebuild-specs.json'),
  );
  const matrix = { include: jobMatrix(toBuild, inputs.maxJobs, result.nodes) };
  setJsonOutput(env, 'matrix', matrix, join(folder, 'matrix.json'), '{"include":[]}');
  setOutput(env, 'rebuild-manifest', await writeManifest(result, inputs, folder));
  const isListed =
    inputs.copyTo === undefined || (await listCopies(result, inputs.copyTo, inputs, env, folder));
  if (inputs.summary && env['GITHUB_STEP_SUMMARY']) appendSummary(env, checkSummary(result, inputs));
  reporter.grouped(`Build cache: ${checkSentence(result)}`, checkText(result));
  for (const { name, notes } of result.answers) for (const note of notes) reporter.warn(`${name}: ${note}`);
  if (isListed) return 0;
  reporter.error(
    'There is no copy-list: every spec is unknown, since the mirrors to copy from did not answer',
  );
  return 1;
}

/** @returns false, with no list written, where it would be empty only because no mirror to copy from has answered */
async function listCopies(
  result: CheckResult,
  to: Mirror,
  inputs: ActionInputs,
  env: Env,
  folder: string,
): Promise<boolean> {
  const mirrors = inputs.configuration.mirrors.filter(({ binary }) => binary);
  const copies = copiesOfPresent(result, mirrors, to);
  if (copies.length === 0 && isCopyUnknown(result, mirrors, to)) return false;
  await writeCopyList(copies, env, folder);
  return true;
}

/** The same file as `check -o` writes. There is none when some specs are unknown and the step fails because of it. */
async function writeManifest(result: CheckResult, inputs: ActionInputs, folder: string): Promise<string> {
  if (inputs.onUnknown === 'fail' && specsWith(result, 'unknown').length > 0) return '';
  const file = join(folder, 'rebuild-manifest.json');
  await writeWholeFile(
    file,
    rebuildManifest(checkedSpecs(result), result.answers, inputs.onUnknown === 'rebuild'),
  );
  return file;
}

function verdict(result: CheckResult, inputs: ActionInputs, reporter: JobReporter): number {
  const rebuild = specsWith(result, 'rebuild');
  const reasons = unknownReasons(result);
  for (const { reason, names } of reasons) {
    const text = `${unknownSpecs(names.length)}: ${reason}`;
    if (inputs.onUnknown === 'fail') reporter.error(text);
    else reporter.warn(text);
  }
  if (rebuild.length > 0) {
    const names = rebuild.map(({ name }) => name);
    const shown =
      names.length > 10 ? `${names.slice(0, 10).join(', ')} and ${names.length - 10} more` : names.join(', ');
    const level = inputs.failOnRebuild ? 'error' : 'notice';
    reporter.annotations.add(level, `${checkSentence(result)} ${shown}`, { title: 'Build cache' });
  }
  if (inputs.onUnknown === 'fail' && reasons.length > 0) return 1;
  const isSomeNeeded = rebuild.length > 0 || (inputs.onUnknown === 'rebuild' && reasons.length > 0);
  return inputs.failOnRebuild && isSomeNeeded ? 1 : 0;
}
