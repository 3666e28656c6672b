/** `command: update-index` of the action: makes the indices of mirrors anew, from what the mirrors hold. */
import { updateIndex } from '../../commands/update-index.ts';
import { BuildcacheError, describeError } from '../../core/errors.ts';
import { readEnvironment } from '../../environment/environment.ts';
import type { JobReporter } from '../../github/job-reporter.ts';
import { appendSummary, code, escapeMarkdown, markdownTable } from '../../github/summary.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import { openPushMirror } from '../../mirrors/open-target.ts';
import { chosenMirrors } from './chosen-mirrors.ts';
import { actionConnection } from './connection.ts';
import { refusePrivileged, requireWritable } from './push-rights.ts';
import type { ActionStep } from './step.ts';

/** @returns the exit code: 1 where it failed for a mirror or had to leave entries out, unless `push-failure` is `warn` */
export async function updateIndexCommand(step: ActionStep, reporter: JobReporter): Promise<number> {
  const { inputs } = step;
  refusePrivileged(step);
  if (inputs.dryRun) throw new BuildcacheError('usage', 'update-index has no dry run');
  const rows: string[][] = [];
  let failed = false;
  const fail = (text: string) => {
    failed = true;
    if (inputs.pushFailure === 'error') reporter.error(text);
    else reporter.warn(text);
  };
  for (const mirror of chosenMirrors(inputs)) {
    try {
      rows.push([code(mirror.name), await remake(mirror, step, reporter, fail)]);
    } catch (error) {
      rows.push([code(mirror.name), `failed: ${escapeMarkdown(describeError(error))}`]);
      fail(`${mirror.name}: ${step.signal.aborted ? 'cancelled' : describeError(error)}`);
    }
  }
  if (inputs.summary && step.env['GITHUB_STEP_SUMMARY']) {
    const title = failed
      ? '❌ Build cache: not every index could be made whole'
      : '✅ Build cache: the index is up to date';
    appendSummary(step.env, `## ${title}\n\n${markdownTable(['Mirror', 'Index'], rows)}`);
  }
  return failed && inputs.pushFailure === 'error' ? 1 : 0;
}

/** @returns a text that says what became of the index */
async function remake(
  mirror: Mirror,
  step: ActionStep,
  reporter: JobReporter,
  fail: (text: string) => void,
): Promise<string> {
  const { inputs, env, signal } = step;
  requireWritable(mirror, step);
  const { view } = mirror.push;
  const only =
    view === undefined ? undefined : new Set((await readEnvironment(inputs.environment)).nodes.keys());
  const cache = await openPushMirror(mirror, actionConnection(inputs, env), view);
  try {
    const how = { cache, only, existing: 'replace' as const, keys: mirror.signed, full: false };
    const { index, problems } = await updateIndex({ ...how, jobs: inputs.jobs, signal });
    for (const problem of problems) fail(`${mirror.name}: ${problem}`);
    const what = index.changed ? `now has ${index.records} records` : 'was right already';
    reporter.info(`${mirror.name}: the index ${what}`);
    if (index.records === 0)
      reporter.warn(`${mirror.name}: its index lists nothing: if the mirror is not new, check its URL`);
    return problems.length === 0 ? what : `${what}, with problems: ${problems.length}`;
  } finally {
    await cache.close();
  }
}
