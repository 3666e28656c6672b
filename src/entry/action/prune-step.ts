/** `command: prune` of the action: removes from a mirror what nothing needs, if the workflow says `delete: true`. */
import { join } from 'node:path';
import { isSomethingRemoved, type PruneResult, prune } from '../../commands/prune.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { setJsonOutput, setOutput } from '../../github/files.ts';
import type { JobReporter } from '../../github/job-reporter.ts';
import { pruneSummary } from '../../github/prune-summary.ts';
import { appendSummary } from '../../github/summary.ts';
import { openPushMirror } from '../../mirrors/open-target.ts';
import type { PruneTrend } from '../../plan/prune-history.ts';
import type { PrunePlan } from '../../plan/prune-plan.ts';
import { overBound, prunePlanText } from '../../report/prune-plan-text.ts';
import { pruneJson, pruneSentence, pruneText } from '../../report/prune-text.ts';
import { during } from '../../report/reporter.ts';
import { openHistory } from '../shared/prune-history.ts';
import { readKeep, requireGrace } from '../shared/prune-request.ts';
import { actionConnection } from './connection.ts';
import { refusePrivileged, requireWritable } from './push-rights.ts';
import type { ActionStep } from './step.ts';

/**
 * @returns the exit code: 1 where something could not be removed. It is 1 too where something could be removed and the
 *   workflow says neither `delete` nor `dry-run`: a job that is meant to make room and makes none must not be green.
 * @throws BuildcacheError `usage` where no mirror is named: a mirror to remove from is not guessed
 */
export async function pruneCommand(step: ActionStep, reporter: JobReporter): Promise<number> {
  const { env, host, inputs, signal } = step;
  const { mirror, keepLists, keepEnvironments, graceMs, nobodyPushes } = inputs;
  refusePrivileged(step);
  if (mirror === undefined) {
    throw new BuildcacheError('usage', 'which mirror to prune is not said', { hint: 'set the input mirror' });
  }
  const deletes = inputs.deletes && !inputs.dryRun;
  if (deletes) requireWritable(mirror, step);
  requireGrace({ graceMs, nobodyPushes, deletes });
  const place = { env, cwd: host.workspace ?? process.cwd() };
  const keep = await readKeep(
    {
      keepLists,
      environments: keepEnvironments,
      git: inputs.keepGit,
      lockfiles: inputs.lockfiles,
      lockfile: inputs.environment.lockfile,
      rootLists: inputs.keepRoots,
      pins: inputs.pins,
    },
    place,
  );
  const history = await openHistory(inputs.history, place.cwd);
  const cache = await openPushMirror(mirror, actionConnection(inputs, env));
  try {
    const { olderThanMs, maxSize: maxBytes, removeAll: mayRemoveAll, jobs } = inputs;
    const rules = { ...keep, olderThanMs, maxBytes, graceMs, mayRemoveAll };
    const onPlan = (plan: PrunePlan) =>
      reporter.grouped(`Build cache: ${mirror.name}: what goes and what stays`, prunePlanText(plan, true));
    const how = { cache, ...rules, dryRun: !deletes, jobs, onPlan, signal };
    const result = await during(reporter, 'Pruning', () => prune(how));
    const code = publish(result, history.trend(result), mirror.name, step, reporter);
    await history.save(result);
    return code;
  } finally {
    await cache.close();
  }
}

function publish(
  result: PruneResult,
  trend: PruneTrend | undefined,
  name: string,
  step: ActionStep,
  reporter: JobReporter,
): number {
  const { env, inputs, folder } = step;
  setJsonOutput(env, 'removed', pruneJson(result).removed, join(folder, 'removed.json'));
  setOutput(env, 'removed-count', String(result.removed.length));
  setOutput(env, 'freed-bytes', String(result.blobs?.removed.bytes ?? 0));
  if (inputs.summary && env['GITHUB_STEP_SUMMARY']) appendSummary(env, pruneSummary(result, trend));
  reporter.grouped(`Build cache: ${name}: ${pruneSentence(result)}`, pruneText(result, true));
  const above = overBound(result.plan);
  if (above !== undefined) reporter.warn(`${name}: ${above}`);
  for (const problem of result.problems) reporter.error(`${name}: ${problem}`);
  const isWaiting = isSomethingRemoved(result);
  if (!inputs.deletes && !inputs.dryRun && isWaiting) {
    reporter.error(
      `${name}: nothing was removed (${pruneSentence(result)}): say delete: true to remove it, or dry-run: true to only look`,
    );
    return 1;
  }
  return result.problems.length === 0 ? 0 : 1;
}
