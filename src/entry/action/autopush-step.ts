/**
 * `command: autopush` of the action, which only prepares the post step. It records what the install tree holds. It
 * reports, before anything is built, what would keep the post step from pushing. It asks no mirror, so that the job can
 * build while a mirror is down. With `push-while-building` it also starts the watcher.
 */
import { BuildcacheError } from '../../core/errors.ts';
import type { JobReporter } from '../../github/job-reporter.ts';
import { rememberInstalled } from './autopush-state.ts';
import { autopushMirrors } from './chosen-mirrors.ts';
import {
  isRefused,
  isWithoutSecrets,
  refusedText,
  rightsProblems,
  unusedKeyText,
  writableMirrors,
} from './push-rights.ts';
import type { ActionStep } from './step.ts';

/**
 * @returns the exit code: 1 where the post step could not push, unless `push-failure` is `warn`
 * @throws BuildcacheError `usage` where there is no mirror to push to
 */
export async function autopushCommand(step: ActionStep, reporter: JobReporter): Promise<number> {
  const { env, host, inputs, folder } = step;
  if (inputs.autopush === 'off') {
    reporter.info('autopush: false: nothing will be pushed');
    return 0;
  }
  const mirrors = autopushMirrors(inputs);
  if (mirrors.length === 0) {
    throw new BuildcacheError('usage', 'there is no mirror to push to', {
      hint: 'say autopush: true of a mirror in spack.yaml, or name mirrors in the input autopush',
    });
  }
  const unused = unusedKeyText(mirrors, env);
  if (unused !== undefined) reporter.info(`autopush: ${unused}`);
  const problems: string[] = [];
  const recalled = await rememberInstalled(inputs, { env, host, folder }, reporter);
  if (recalled.kind === 'unknown') {
    problems.push(`${recalled.reason}. Put this step after what sets up Spack`);
  }
  if (recalled.kind === 'broken') problems.push(recalled.reason);
  // What the job needs may all be there: then nothing is to be pushed, and this is no error.
  if (isRefused(step)) reporter.warn(`autopush: ${refusedText(host)}`);
  const rights = await rightsProblems(writableMirrors(mirrors, step), env);
  problems.push(...rights.map(({ text }) => text));
  const isError = inputs.pushFailure === 'error' && !isWithoutSecrets(host);
  for (const text of problems) {
    if (isError) reporter.error(`autopush: ${text}`);
    else if (isWithoutSecrets(host)) reporter.info(`autopush: ${text}`);
    else reporter.warn(`autopush: ${text}`);
  }
  if (problems.length > 0 && isError) return 1;
  if (inputs.whileBuilding !== 'nothing')
    await (await import('./start-watch.ts')).startWatch(step, recalled, reporter);
  return 0;
}
