/** The action's post step: pushes what is new in the install tree, and keeps the indices for the next job. */

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Env } from '../../core/env.ts';
import { describeError } from '../../core/errors.ts';
import { readHost } from '../../github/host.ts';
import { readInput, readState } from '../../github/inputs.ts';
import { type JobReporter, jobReporter } from '../../github/job-reporter.ts';
import { appendSummary, pushEndedSummary } from '../../github/summary.ts';
import { plain } from '../../github/workflow-commands.ts';
import { readSnapshot } from '../../tree/install-snapshot.ts';
import { isSameFolder, type TreePlace } from '../../tree/tree-root.ts';
import { abortOnSignals } from '../shared/signals.ts';
import { type Recalled, recallHost, recallInstalled, recallMirrors, recallNeeded } from './autopush-state.ts';
import { autopushMirrors } from './chosen-mirrors.ts';
import { saveIndexCache } from './index-cache.ts';
import { knownMirrors, readActionInputs } from './inputs.ts';
import { saveInstallCache } from './install-cache.ts';
import { maskJobSecrets, maskMirrorSecrets } from './job-secrets.ts';

/** @returns the exit code: 1 where a push failed and `push-failure` does not say otherwise */
export async function runPost(env: Env): Promise<number> {
  const { signal } = abortOnSignals();
  const exitCode = await pushNew(env, signal);
  // The cache is a convenience. It must not fail a job, nor hold up one that is being cancelled.
  const warn = (text: string) => write(plain(`warning: ${text}`));
  if (!signal.aborted) await saveIndexCache(env, warn);
  if (!signal.aborted) await saveInstallCache(env, warn);
  return exitCode;
}

async function pushNew(env: Env, signal: AbortSignal): Promise<number> {
  const recalled = recallInstalled(env);
  if (recalled.kind === 'off') return 0;
  const host = readHost(env, recallHost(env));
  maskJobSecrets(env, write);
  let reporter = jobReporter({ annotations: true, debug: host.debug, write });
  try {
    // The watcher is ended first, before anything can fail: it must not push at the same time as this step.
    const watch =
      readState(env, 'autopush-watch') === undefined
        ? undefined
        : await (await import('./end-watch.ts')).endWatch(env, signal, reporter);
    const cwd = host.workspace ?? process.cwd();
    const inputs = await readActionInputs(env, cwd, host);
    reporter = jobReporter({ annotations: inputs.annotations, debug: host.debug, write });
    if (watch !== undefined) (await import('./end-watch.ts')).tellWatch(watch, reporter);
    const expected = recallNeeded(env) ? 'perhaps' : 'nothing';
    const { readTreeConfiguration } = await import('../shared/install-tree-settings.ts');
    const context = { env, checkoutEnv: inputs.checkoutEnv, cwd };
    const treeAt = async (root: string | undefined) =>
      (await readTreeConfiguration(inputs.environment.folder, root, context)).settings;
    const now = await treeAt(inputs.installTree).catch(() => undefined);
    if (recalled.kind !== 'recorded') {
      const text = notRecorded(recalled, now);
      const { isWithoutSecrets } = await import('./push-rights.ts');
      if (expected !== 'nothing' && !isWithoutSecrets(host))
        return fail(
          'nothing was pushed',
          text,
          recalled.kind === 'broken' ? inputs.pushFailure : 'warn',
          env,
          reporter,
        );
      reporter.info(text);
      return 0;
    }
    const place = await treeAt(recalled.root);
    if (now !== undefined && !isSameFolder(now.unpaddedRoot, place.unpaddedRoot)) {
      // A later step has named another tree. Specs that were built there are not pushed, so this is a warning.
      reporter.warn(
        `autopush: the install tree was ${place.root} when the job began, and is ${now.root} by now: ` +
          'nothing of that is pushed. Put this step after what sets up Spack',
      );
    }
    const before = await readSnapshot(recalled.file, place);
    const mirrors = autopushMirrors(inputs);
    const gone = recallMirrors(env).filter((name) => !mirrors.some((mirror) => mirror.name === name));
    maskMirrorSecrets(knownMirrors(inputs), env, write);
    const folder = mkdtempSync(join(host.temp ?? tmpdir(), 'buildcache-push-'));
    const { runPush } = await import('./push-step.ts');
    const selection = { ...inputs.selection, specs: [] }; // the input `specs` is for the main step only
    const step = { env, host, mirrors, gone, place, before, expected, folder, signal, watch } as const;
    return await runPush({ ...step, inputs: { ...inputs, selection } }, reporter);
  } catch (error) {
    const text = `autopush: ${signal.aborted ? 'cancelled' : describeError(error)}`;
    const how = readInput(env, 'push-failure') === 'warn' ? 'warn' : 'error';
    return fail('the push ended early', text, how, env, reporter);
  } finally {
    reporter.annotations.flush();
  }
}

/** Says why it is not known what is new. @param now the tree that the inputs mean by now */
function notRecorded(
  { kind, reason }: Extract<Recalled, { readonly reason: string }>,
  now: TreePlace | undefined,
): string {
  const text = `autopush: nothing was pushed: ${reason}`;
  if (kind === 'broken') return text;
  const late = now && `By now it is ${now.root}: put this step after what sets up Spack. `;
  return `${text}. ${late ?? ''}Where nothing is built, say autopush: false`;
}

/** Also in the summary: where it is a warning, the job is green. @returns the exit code */
function fail(
  title: string,
  text: string,
  pushFailure: 'error' | 'warn',
  env: Env,
  reporter: JobReporter,
): number {
  if (pushFailure === 'error') reporter.error(text);
  else reporter.warn(text);
  try {
    if (readInput(env, 'summary') !== 'false' && env['GITHUB_STEP_SUMMARY'])
      appendSummary(env, pushEndedSummary(title, text, pushFailure === 'error'));
  } catch (error) {
    write(plain(describeError(error)));
  }
  return pushFailure === 'error' ? 1 : 0;
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}
