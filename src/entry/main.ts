/** The action's main step: inputs -> the command (a check, if nothing else is said) -> outputs, summary, annotations. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openIndexStore } from '../cache/index-store.ts';
import { check } from '../commands/check.ts';
import { describeError, describeInLines, errorCode } from '../core/errors.ts';
import { writeWholeFile } from '../core/write-file.ts';
import { checkSummary } from '../github/check-summary.ts';
import { setJsonOutput, setOutput } from '../github/files.ts';
import { readHost } from '../github/host.ts';
import { readInput } from '../github/inputs.ts';
import { type JobReporter, jobReporter } from '../github/job-reporter.ts';
import { appendSummary, escapeMarkdown } from '../github/summary.ts';
import { plain } from '../github/workflow-commands.ts';
import { copiesOfPresent } from '../plan/copy-items.ts';
import { jobMatrix } from '../plan/matrix.ts';
import { type CheckResult, checkedSpecs, specsWith } from '../plan/rebuild.ts';
import { rebuildManifest } from '../plan/rebuild-manifest.ts';
import { rebuildSpecsJson } from '../report/check-json.ts';
import { checkSentence, checkText, unknownReasons } from '../report/check-text.ts';
import { actionConnection } from './action-connection.ts';
import { type ActionInputs, readActionInputs } from './action-inputs.ts';
import { rememberInstalled, rememberNeeded } from './autopush-state.ts';
import { writeCopyList } from './copy-list-output.ts';
import { rememberIndexCache, restoreIndexCache } from './index-cache.ts';
import { maskJobSecrets, maskMirrorSecrets } from './job-secrets.ts';
import { abortOnSignals } from './signals.ts';

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
    maskMirrorSecrets(inputs.configuration.mirrors, env, write);
    for (const note of inputs.configuration.notes) reporter.warn(note);
    if (inputs.command !== 'check') {
      const { pushCommand, updateIndexCommand } = await import('./write-commands.ts');
      const { installCommand } = await import('./install-step.ts');
      const { syncCommand } = await import('./sync-step.ts');
      const { planCommand } = await import('./plan-step.ts');
      const commands = {
        plan: planCommand,
        push: pushCommand,
        'update-index': updateIndexCommand,
        install: installCommand,
        sync: syncCommand,
      };
      const command = commands[inputs.command];
      return await command({ env, host, inputs, folder, signal: controller.signal }, reporter);
    }
    // Before the check: what is recorded must not depend on how that ends.
    await rememberInstalled(inputs, { env, cwd: host.workspace ?? process.cwd(), folder }, reporter);
    const { result, indexFolder } = await runCheck(inputs, env, reporter, controller.signal);
    await publish(result, inputs, env, folder, reporter);
    if (inputs.explain) {
      const { explainStep } = await import('./explain-step.ts');
      const why = await explainStep(result, inputs, env, indexFolder, reporter, controller.signal);
      if (why !== '' && inputs.summary && env['GITHUB_STEP_SUMMARY']) appendSummary(env, `\n${why}`);
    }
    return verdict(result, inputs, reporter);
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

async function runCheck(
  inputs: ActionInputs,
  env: Env,
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
      indexStore: openIndexStore(folder),
      // What another job left may be old: every mirror is asked, with one small request.
      indexTtlMs: 0,
      allowEmpty: false,
      signal,
    },
    reporter,
  );
  if (cache !== undefined) await rememberIndexCache(env, cache);
  return { result, indexFolder: folder };
}

/** All outputs, the summary and the log. */
async function publish(
  result: CheckResult,
  inputs: ActionInputs,
  env: Env,
  folder: string,
  reporter: JobReporter,
): Promise<void> {
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
  if (inputs.copyTo !== undefined) {
    const mirrors = inputs.configuration.mirrors.filter(({ binary }) => binary);
    await writeCopyList(copiesOfPresent(result, mirrors, inputs.copyTo), env, folder);
  }
  if (inputs.summary && env['GITHUB_STEP_SUMMARY']) appendSummary(env, checkSummary(result));
  reporter.grouped(`Build cache: ${checkSentence(result)}`, checkText(result));
  for (const { name, notes } of result.answers) for (const note of notes) reporter.warn(`${name}: ${note}`);
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
    const text = `Could not tell for ${names.length === 1 ? 'one spec' : `${names.length} specs`}: ${reason}`;
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
      appendSummary(env, `## ❌ Build cache: the step failed\n\n${escapeMarkdown(text)}\n`);
    }
  } catch (error) {
    process.stdout.write(`${plain(describeError(error))}\n`); // no GITHUB_OUTPUT: there is nobody to tell
  }
}
