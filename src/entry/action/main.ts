/** The action's main step: inputs -> the command (a check, if nothing else is said) -> outputs, summary, annotations. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openIndexStore } from '../../cache/index/store.ts';
import { check } from '../../commands/check.ts';
import { describeError, describeInLines, errorCode } from '../../core/errors.ts';
import { writeWholeFile } from '../../core/write-file.ts';
import { checkSummary } from '../../github/check-summary.ts';
import { setJsonOutput, setOutput } from '../../github/files.ts';
import { readHost } from '../../github/host.ts';
import { readInput } from '../../github/inputs.ts';
import { type JobReporter, jobReporter } from '../../github/job-reporter.ts';
import { appendSummary, messageMarkdown } from '../../github/summary.ts';
import { plain } from '../../github/workflow-commands.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import { copiesOfPresent } from '../../plan/copy-items.ts';
import { jobMatrix } from '../../plan/matrix.ts';
import { type CheckResult, checkedSpecs, specsWith } from '../../plan/rebuild.ts';
import { rebuildManifest } from '../../plan/rebuild-manifest.ts';
import { rebuildSpecsJson } from '../../report/check-json.ts';
import { checkSentence, checkText, unknownReasons, unknownSpecs } from '../../report/check-text.ts';
import { abortOnSignals } from '../shared/signals.ts';
import { autopushMirrors, rememberInstalled, rememberNeeded } from './autopush-state.ts';
import { actionConnection } from './connection.ts';
import { writeCopyList } from './copy-list-output.ts';
import { rememberIndexCache, restoreIndexCache } from './index-cache.ts';
import { type ActionInputs, knownMirrors, readActionInputs } from './inputs.ts';
import { maskJobSecrets, maskMirrorSecrets } from './job-secrets.ts';
import { rightsProblems, writableMirrors } from './push-rights.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** @returns the step's exit code: 0, or 1 where the step is to fail */
export async function runMain(env: Env): Promise<number> {
  const host = readHost(env);
  const folder = mkdtempSync(join(host.temp ?? tmpdir(), 'buildcache-'));
  const controller = abortOnSignals();
  const write = (line: string) => void process.stdout.write(`${line}\n`);
  maskJobSecrets(env, write);
  let reporter = jobReporter({ annotations: true, debug: host.debug, write });
  try {
    presetOutputs(env, folder);
    const inputs = await readActionInputs(env, host.workspace ?? process.cwd());
    reporter = jobReporter({ annotations: inputs.annotations, debug: host.debug, write });
    maskMirrorSecrets(knownMirrors(inputs), env, write);
    for (const note of inputs.configuration.notes) reporter.warn(note);
    if (inputs.tag !== undefined && inputs.command !== 'push') reporter.warn('tag is for command: push only');
    if (inputs.whileBuilding !== 'nothing' && !['check', 'autopush'].includes(inputs.command))
      reporter.warn('push-while-building is for command: check and autopush only');
    if (inputs.spackScope) {
      await (await import('./spack-scope-step.ts')).spackScopeStep(inputs, { env, folder }, reporter);
    }
    if (inputs.command !== 'check') {
      const command = await COMMANDS[inputs.command]();
      return await command({ env, host, inputs, folder, signal: controller.signal }, reporter);
    }
    // Before the check: what is recorded must not depend on how that ends.
    const cwd = host.workspace ?? process.cwd();
    const recalled = await rememberInstalled(inputs, { env, cwd, folder }, reporter);
    // Of a job that only asks, nobody expects to know its install tree.
    if (recalled.kind === 'unknown') reporter.info(`autopush: ${recalled.reason}`);
    if (recalled.kind === 'broken') reporter.warn(`autopush is off: ${recalled.reason}`);
    const pushedTo = writableMirrors(autopushMirrors(inputs), { env, host, inputs });
    const { result, indexFolder } = await runCheck(inputs, env, pushedTo, reporter, controller.signal);
    const published = await publish(result, inputs, env, folder, reporter);
    const step = { env, host, inputs, folder, signal: controller.signal };
    const explained = inputs.explain
      ? await (await import('./explain-step.ts')).explainStep(result, step, indexFolder, reporter)
      : undefined;
    if (inputs.comment) {
      const { commentStep, gateContent } = await import('./comment-step.ts');
      await commentStep(gateContent(result, explained), step, reporter);
    }
    const wanted = verdict(result, inputs, reporter);
    // While nothing was built yet, and where something is to be.
    const isNeeded = specsWith(result, 'rebuild').length + specsWith(result, 'unknown').length > 0;
    const rights = isNeeded ? await reportRights(pushedTo, inputs, env, reporter) : 0;
    if (inputs.whileBuilding !== 'nothing') {
      const { startWatch } = await import('./start-watch.ts');
      if (isNeeded) await startWatch(step, recalled, reporter);
      else reporter.info('push-while-building: nothing is to be built');
    }
    return Math.max(published, wanted, rights);
  } catch (error) {
    const cancelled = controller.signal.aborted || errorCode(error) === 'cancelled';
    const text = cancelled ? 'cancelled' : describeError(error);
    const [line = text, ...choices] = cancelled ? [text] : describeInLines(error);
    reporter.error(line);
    for (const choice of choices) reporter.info(choice);
    publishFailure(text, env, folder);
    return 1;
  } finally {
    reporter.annotations.flush();
  }
}

/** Each loads its own part only. */
const COMMANDS = {
  plan: async () => (await import('./plan-step.ts')).planCommand,
  push: async () => (await import('./write-commands.ts')).pushCommand,
  autopush: async () => (await import('./autopush-step.ts')).autopushCommand,
  'update-index': async () => (await import('./write-commands.ts')).updateIndexCommand,
  install: async () => (await import('./install-step.ts')).installCommand,
  sync: async () => (await import('./sync-step.ts')).syncCommand,
  explain: async () => (await import('./explain-command.ts')).explainCommand,
  comment: async () => (await import('./post-comment.ts')).commentCommand,
};

/** A key that was given and cannot sign is an error; where none was given, the job may be one that only asks. */
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
      indexStore: openIndexStore(folder),
      // What another job left may be old: every mirror is asked, with one small request.
      indexTtlMs: 0,
      allowEmpty: inputs.allowEmpty,
      signal,
    },
    reporter,
  );
  if (cache !== undefined) await rememberIndexCache(env, cache);
  return { result, indexFolder: folder };
}

/** What is pushed makes only the repository that it is pushed to. */
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
  // A step that fails because it could not tell must not say "nothing to do" to one that goes on regardless.
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
  const matrix = { include: jobMatrix(toBuild, inputs.maxJobs, checkedSpecs(result)) };
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

/** @returns false where the list would be empty only because the mirrors to copy from did not answer: none is written */
async function listCopies(
  result: CheckResult,
  to: Mirror,
  inputs: ActionInputs,
  env: Env,
  folder: string,
): Promise<boolean> {
  const copies = copiesOfPresent(
    result,
    inputs.configuration.mirrors.filter(({ binary }) => binary),
    to,
  );
  const isUnknown = result.answers.some(({ states }) =>
    [...states.values()].some(({ state }) => state === 'unknown'),
  );
  if (copies.length === 0 && isUnknown) return false;
  await writeCopyList(copies, env, folder);
  return true;
}

/** The same file `check -o` writes: not there when some could not be told and the step fails for it. */
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
  return inputs.failOnRebuild && rebuild.length > 0 ? 1 : 0;
}

/** Every output is set, whatever the command; it sets its own again. */
function presetOutputs(env: Env, folder: string): void {
  presetCheckOutputs(env, folder);
  for (const name of ['pushed', 'skipped', 'failed'])
    setJsonOutput(env, name, [], join(folder, `${name}.json`));
  setOutput(env, 'pushed-count', '0');
  setOutput(env, 'copy-list', '');
  setOutput(env, 'checksums', '');
  setJsonOutput(env, 'installed', [], join(folder, 'installed.json'));
  setOutput(env, 'prefix', '');
  setOutput(env, 'plan', '');
  setJsonOutput(env, 'waves', [], join(folder, 'waves.json'));
  setOutput(env, 'explanation', '');
  setOutput(env, 'comment-file', '');
  setOutput(env, 'spack-scope', '');
}

function presetCheckOutputs(env: Env, folder: string): void {
  setOutput(env, 'needs-rebuild', 'true');
  setOutput(env, 'cache-hit', 'false');
  setOutput(env, 'rebuild-count', '0');
  setOutput(env, 'unknown-count', '0');
  setJsonOutput(env, 'rebuild-specs', [], join(folder, 'rebuild-specs.json'));
  setJsonOutput(env, 'matrix', { include: [] }, join(folder, 'matrix.json'));
  setOutput(env, 'rebuild-manifest', '');
}

/** Every output is set even then: a job that goes on regardless rebuilds rather than trusts. */
function publishFailure(text: string, env: Env, folder: string): void {
  try {
    presetCheckOutputs(env, folder);
    if (readInput(env, 'summary') !== 'false' && env['GITHUB_STEP_SUMMARY']) {
      appendSummary(env, `## ❌ Build cache: the step failed\n\n${messageMarkdown(text)}\n`);
    }
  } catch (error) {
    process.stdout.write(`${plain(describeError(error))}\n`); // no GITHUB_OUTPUT: there is nobody to tell
  }
}
