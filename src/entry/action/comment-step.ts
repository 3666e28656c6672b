/**
 * The action's `comment: true`: keeps one comment on the pull request of a run. A run that may not write, such as one of
 * a fork, writes its text to a file instead. No failure here fails the step.
 */
import { join, relative } from 'node:path';
import { describeError, errorCode } from '../../core/errors.ts';
import type { Block } from '../../github/blocks.ts';
import type { CommentContent } from '../../github/comment.ts';
import { COMMENT_FILE, writeCommentFile } from '../../github/comment-file.ts';
import { explainBlocks } from '../../github/explain-markdown.ts';
import { setOutput } from '../../github/files.ts';
import type { Host } from '../../github/host.ts';
import type { JobReporter } from '../../github/job-reporter.ts';
import { type RunSubject, readRunSubject } from '../../github/run-subject.ts';
import { type ExplainResult, explainExitCode } from '../../plan/explain-result.ts';
import { type CheckResult, specsWith } from '../../plan/rebuild.ts';
import { checkSentence, unknownReasons, unknownSpecs } from '../../report/check-text.ts';
import { shortSpec } from '../../spec/format.ts';
import type { ActionInputs } from './inputs.ts';
import { KEPT, keepContent, withGitHubApi } from './job-comment.ts';
import type { ActionStep } from './step.ts';

/** The most specs that are listed by name where the reasons are not known. */
const MOST_NAMED = 20;

/** Sets the output `comment-file` where another run has to post it. */
export async function commentStep(
  content: Omit<CommentContent, 'subject'>,
  step: ActionStep,
  reporter: JobReporter,
): Promise<void> {
  const { env, host, inputs, folder, signal } = step;
  const about = readRunSubject(env, host);
  if (about?.number === undefined || host.repository === undefined) {
    reporter.info('comment: this run is for no pull request that could be told');
    return;
  }
  if (inputs.dryRun) {
    reporter.info(`comment: nothing is said on #${about.number}, since this is a dry run`);
    return;
  }
  const whole = { ...content, subject: subjectOf(inputs, host) };
  try {
    const { number } = about;
    const { repository } = host;
    if (host.pullRequest?.fork === true && !host.pullRequest.privileged) {
      await leave(number, whole, env, folder);
      reporter.info(
        'comment: a run of a fork may not write: the output comment-file names what it would say',
      );
      return;
    }
    const kept = await withGitHubApi(inputs, env, signal, (api) =>
      keepContent(api, { repository, number }, whole, about, { ofFork: false, env }),
    );
    reporter.info(`comment: ${KEPT[kept]}`);
  } catch (error) {
    signal.throwIfAborted();
    reporter.warn(`the pull request could not be commented on: ${describeError(error)}`);
    if (errorCode(error) === 'denied') await leaveAfterAll(about, whole, env, folder, reporter);
  }
}

/** The gate's answer and its reasons. @param explained undefined where the reasons are not known */
export function gateContent(
  result: CheckResult,
  explained: ExplainResult | undefined,
): Omit<CommentContent, 'subject'> {
  const missing = specsWith(result, 'rebuild');
  const reasons = unknownReasons(result);
  const named = missing.slice(0, MOST_NAMED).map(shortSpec);
  if (missing.length > named.length) named.push(`…and ${missing.length - named.length} more`);
  return {
    mood: reasons.length > 0 ? 'unknown' : missing.length > 0 ? 'missing' : 'fine',
    blocks: [
      { is: 'text', text: checkSentence(result) },
      ...(explained === undefined ? [{ is: 'list', items: named } as const] : explainBlocks(explained)),
      ...unknownBlocks(reasons),
    ],
  };
}

/** The reasons alone, for the command `explain`. */
export function explainContent(explained: ExplainResult): Omit<CommentContent, 'subject'> {
  const missing = explained.explanation.answers.length;
  return {
    mood: explainExitCode(explained) !== 0 ? 'unknown' : missing > 0 ? 'missing' : 'fine',
    blocks: [
      ...explainBlocks(explained),
      ...unknownBlocks(explained.gate === undefined ? [] : unknownReasons(explained.gate)),
    ],
  };
}

function unknownBlocks(reasons: ReturnType<typeof unknownReasons>): Block[] {
  const items = reasons.map(({ reason, names }) => `${unknownSpecs(names.length)}: ${reason}`);
  return [{ is: 'list', items }];
}

/** The environment as people name it. */
function subjectOf({ environment }: ActionInputs, { workspace }: Host): string {
  const path = workspace === undefined ? environment.lockfile : relative(workspace, environment.lockfile);
  return path.replace(/\/spack\.lock$/, '');
}

async function leave(
  pullRequest: number,
  content: CommentContent,
  env: ActionStep['env'],
  folder: string,
): Promise<void> {
  const file = join(folder, COMMENT_FILE);
  await writeCommentFile(file, { pullRequest, content });
  setOutput(env, 'comment-file', file);
}

/** A job of the repository itself may lack the right: one of Dependabot's, or one whose workflow does not ask for it. */
async function leaveAfterAll(
  { number }: RunSubject,
  content: CommentContent,
  env: ActionStep['env'],
  folder: string,
  reporter: JobReporter,
): Promise<void> {
  try {
    if (number !== undefined) await leave(number, content, env, folder);
  } catch (error) {
    reporter.warn(`nor could what it would say be written down: ${describeError(error)}`);
  }
}
