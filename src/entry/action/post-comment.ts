/**
 * `command: comment` of the action: posts the comment that a fork's run has written to a file. It runs in a second
 * workflow, which has the rights to comment. That workflow checks out and runs nothing of the fork. The file is treated
 * as hostile (see github/comment-file.ts).
 */
import { resolve } from 'node:path';
import { BuildcacheError, describeError, errorCode } from '../../core/errors.ts';
import type { GitHubApi } from '../../github/api.ts';
import { findCommentFiles, readCommentFile } from '../../github/comment-file.ts';
import { confirmPullRequest } from '../../github/confirm-pull-request.ts';
import type { JobReporter } from '../../github/job-reporter.ts';
import { type RunSubject, readRunSubject } from '../../github/run-subject.ts';
import { KEPT, keepContent, withGitHubApi } from './job-comment.ts';
import type { ActionStep } from './step.ts';

/** @returns the exit code: 1 where a file was refused or could not be posted. The other files are posted all the same. */
export async function commentCommand(step: ActionStep, reporter: JobReporter): Promise<number> {
  const { env, host, inputs, signal } = step;
  const about = readRunSubject(env, host);
  const { repository } = host;
  if (host.eventName !== 'workflow_run' || about === undefined || repository === undefined) {
    throw new BuildcacheError(
      'usage',
      "the command comment is for a workflow that follows a pull request's run",
      {
        expected: '`on: workflow_run` after a run of `on: pull_request`',
        found: host.eventName || 'no event',
        hint: "in the pull request's own run, say comment: true to the gate",
      },
    );
  }
  if (inputs.commentFile === undefined) {
    throw new BuildcacheError('usage', 'there is nothing to post', {
      hint: 'name the file, or the folder that the artifacts were downloaded to, with the input comment-file',
    });
  }
  const place = resolve(host.workspace ?? '.', inputs.commentFile);
  const files = await findCommentFiles(place).catch(nothingThere);
  if (files.length === 0) {
    reporter.info(`comment: the run has left nothing to say in ${place}`);
    return 0;
  }
  return await withGitHubApi(inputs, env, signal, async (api) => {
    let failed = 0;
    for (const file of files) {
      try {
        reporter.info(`comment: ${await post(api, file, repository, about, step)}`);
      } catch (error) {
        signal.throwIfAborted();
        reporter.error(describeError(error));
        failed++;
      }
    }
    return failed === 0 ? 0 : 1;
  });
}

/** If the fork's run left no file, the download has made no folder. */
function nothingThere(error: unknown): readonly string[] {
  if (errorCode(error) === 'not-found') return [];
  throw error;
}

async function post(
  api: GitHubApi,
  file: string,
  repository: string,
  about: RunSubject,
  { env, inputs, host }: ActionStep,
): Promise<string> {
  const { pullRequest: number, content } = await readCommentFile(file);
  const place = { repository, number };
  if (!(await confirmPullRequest(api, place, about)))
    return `pull request #${number} has moved on: nothing is said of an earlier commit`;
  if (inputs.dryRun) return `nothing is said on #${number}, since this is a dry run`;
  const ofFork = host.pullRequest?.fork !== false;
  return KEPT[await keepContent(api, place, content, about, { ofFork, env })];
}
