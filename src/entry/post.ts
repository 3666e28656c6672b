/** The action's post step: pushes what is new in the install tree, and keeps the indices for the next job. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeError } from '../core/errors.ts';
import { readHost } from '../github/host.ts';
import { readInput } from '../github/inputs.ts';
import { jobReporter } from '../github/job-reporter.ts';
import { plain } from '../github/workflow-commands.ts';
import { readActionInputs } from './action-inputs.ts';
import { autopushMirrors, recallInstalled } from './autopush-state.ts';
import { saveIndexCache } from './index-cache.ts';
import { saveInstallCache } from './install-cache.ts';
import { maskJobSecrets, maskMirrorSecrets } from './job-secrets.ts';
import { abortOnSignals } from './signals.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** @returns the exit code: 1 where a push failed and `push-failure` does not say otherwise */
export async function runPost(env: Env): Promise<number> {
  const { signal } = abortOnSignals();
  const exitCode = await pushNew(env, signal);
  // A convenience: it may fail no job, nor keep one that is being cancelled.
  const warn = (text: string) => write(plain(`warning: ${text}`));
  if (!signal.aborted) await saveIndexCache(env, warn);
  if (!signal.aborted) await saveInstallCache(env, warn);
  return exitCode;
}

async function pushNew(env: Env, signal: AbortSignal): Promise<number> {
  if (env['STATE_autopush-snapshot'] === undefined) return 0;
  const host = readHost(env);
  maskJobSecrets(env, write);
  let reporter = jobReporter({ annotations: true, debug: host.debug, write });
  try {
    const inputs = await readActionInputs(env, host.workspace ?? process.cwd());
    reporter = jobReporter({ annotations: inputs.annotations, debug: host.debug, write });
    const recalled = await recallInstalled(env);
    if (recalled === undefined) return 0;
    const mirrors = autopushMirrors(inputs);
    maskMirrorSecrets(inputs.configuration.mirrors, env, write);
    const folder = mkdtempSync(join(host.temp ?? tmpdir(), 'buildcache-push-'));
    const { runPush } = await import('./push-step.ts');
    const { root: installTree, before } = recalled;
    const selection = { ...inputs.selection, specs: [] }; // those are what the main step is about
    const step = {
      env,
      host,
      inputs: { ...inputs, selection },
      mirrors,
      installTree,
      before,
      folder,
      signal,
    };
    return await runPush(step, reporter);
  } catch (error) {
    const isError = readInput(env, 'push-failure') !== 'warn';
    const text = `autopush: ${signal.aborted ? 'cancelled' : describeError(error)}`;
    if (isError) reporter.error(text);
    else reporter.warn(text);
    return isError ? 1 : 0;
  } finally {
    reporter.annotations.flush();
  }
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}
