/** The commands of the main step that write to mirrors: `push` and `update-index`. */

import { updateIndex } from '../../commands/update-index.ts';
import type { Env } from '../../core/env.ts';
import { BuildcacheError, describeError } from '../../core/errors.ts';
import type { Host } from '../../github/host.ts';
import type { JobReporter } from '../../github/job-reporter.ts';
import { appendSummary, code, escapeMarkdown, markdownTable } from '../../github/summary.ts';
import { readEnvironment } from '../../mirrors/environment.ts';
import { isRegistryUrl } from '../../mirrors/location.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import { openPushMirror } from '../../mirrors/open-target.ts';
import { EMPTY_SNAPSHOT } from '../../tree/install-snapshot.ts';
import { readTreeConfiguration } from '../shared/install-tree-settings.ts';
import { autopushMirrors } from './autopush-state.ts';
import { actionConnection } from './connection.ts';
import type { ActionInputs } from './inputs.ts';
import { isRefused } from './push-rights.ts';
import { runPush } from './push-step.ts';

export interface WriteStep {
  readonly env: Env;
  readonly host: Host;
  readonly inputs: ActionInputs;
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Everything built in the install tree that belongs to the environment, or is named. @returns the exit code */
export async function pushCommand(step: WriteStep, reporter: JobReporter): Promise<number> {
  const { inputs, env, host } = step;
  const { settings } = await readTreeConfiguration(inputs.environment.folder, inputs.installTree, {
    env,
    cwd: host.workspace ?? process.cwd(),
  });
  for (const note of settings.notes) if (!inputs.configuration.notes.includes(note)) reporter.warn(note);
  const mirrors = chosenMirrors(inputs);
  const { tag } = inputs;
  if (tag !== undefined && !mirrors.some((mirror) => isRegistryUrl(mirror.push.url))) {
    throw new BuildcacheError('usage', 'tag is for registries, and none is pushed to', {
      expected: 'a mirror at oci://…',
      found: mirrors.map(({ name }) => name).join(', '),
    });
  }
  const push = { place: settings, mirrors, tag, before: EMPTY_SNAPSHOT };
  return await runPush({ ...step, ...push, expected: 'something' }, reporter);
}

/** @throws BuildcacheError `denied` where a stranger may be behind what has our secrets */
export function refusePrivileged({ host, inputs }: WriteStep): void {
  if (!isRefused({ host, inputs })) return;
  throw new BuildcacheError('denied', `refused on ${host.eventName}`, {
    hint: 'allow-unsafe-pull-request-target: true says that it is safe',
  });
}

/** @returns the exit code: 1 when it failed for one of the mirrors, and `push-failure` does not say otherwise */
export async function updateIndexCommand(step: WriteStep, reporter: JobReporter): Promise<number> {
  const { inputs } = step;
  refusePrivileged(step);
  if (inputs.dryRun) throw new BuildcacheError('usage', 'update-index has no dry run');
  const rows: string[][] = [];
  let failed = false;
  for (const mirror of chosenMirrors(inputs)) {
    try {
      rows.push([code(mirror.name), await remake(mirror, step, reporter)]);
    } catch (error) {
      failed = true;
      rows.push([code(mirror.name), `failed: ${escapeMarkdown(describeError(error))}`]);
      const text = `${mirror.name}: ${step.signal.aborted ? 'cancelled' : describeError(error)}`;
      if (inputs.pushFailure === 'error') reporter.error(text);
      else reporter.warn(text);
    }
  }
  if (inputs.summary && step.env['GITHUB_STEP_SUMMARY']) {
    const title = failed
      ? '❌ Build cache: not every index could be made'
      : '✅ Build cache: the index is up to date';
    appendSummary(step.env, `## ${title}\n\n${markdownTable(['Mirror', 'Index'], rows)}`);
  }
  return failed && inputs.pushFailure === 'error' ? 1 : 0;
}

/** @returns what became of the index */
async function remake(mirror: Mirror, step: WriteStep, reporter: JobReporter): Promise<string> {
  const { inputs, env, signal } = step;
  const { view } = mirror.push;
  const only =
    view === undefined ? undefined : new Set((await readEnvironment(inputs.environment)).nodes.keys());
  const cache = await openPushMirror(mirror, actionConnection(inputs, env), view);
  try {
    const how = { cache, only, existing: 'replace' as const, keys: mirror.signed, full: false };
    const { index, problems } = await updateIndex({ ...how, jobs: inputs.jobs, signal });
    for (const problem of problems) reporter.warn(`${mirror.name}: ${problem}`);
    const what = index.changed ? `now has ${index.records} records` : 'was right already';
    reporter.info(`${mirror.name}: the index ${what}`);
    return what;
  } finally {
    await cache.close();
  }
}

/** Those that are named or configured for autopush, else all: whoever gives this command wants to write. */
function chosenMirrors(inputs: ActionInputs): readonly Mirror[] {
  const meant = autopushMirrors(inputs);
  const mirrors = meant.length > 0 ? meant : inputs.configuration.mirrors.filter(({ binary }) => binary);
  if (mirrors.length > 0) return mirrors;
  throw new BuildcacheError('usage', 'there is no mirror to write to', {
    hint: 'name one in the input mirrors, or in spack.yaml',
  });
}
