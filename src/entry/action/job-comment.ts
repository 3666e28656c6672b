/** How a step comments on a pull request: opens GitHub's API, and keeps one comment on the pull request. */

import type { Env } from '../../core/env.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { API_PATIENCE_MS } from '../../core/github-limit.ts';
import { DEFAULT_RETRY } from '../../core/retry.ts';
import { type GitHubApi, openGitHubApi } from '../../github/api.ts';
import { type CommentContent, commentKey, commentText } from '../../github/comment.ts';
import { shortened } from '../../github/comment-file.ts';
import { type Kept, keepComment } from '../../github/keep-comment.ts';
import type { RunSubject } from '../../github/run-subject.ts';
import { openClient } from '../../mirrors/open-client.ts';
import { actionConnection } from './connection.ts';
import type { ActionInputs } from './inputs.ts';
import { jobToken } from './job-secrets.ts';

/**
 * @returns what `use` returns, after the connections are closed
 * @throws BuildcacheError `usage` without a token
 */
export async function withGitHubApi<T>(
  inputs: ActionInputs,
  env: Env,
  signal: AbortSignal,
  use: (api: GitHubApi) => Promise<T>,
): Promise<T> {
  const token = jobToken(env);
  if (token === undefined) {
    throw new BuildcacheError('usage', 'there is no token to comment with', {
      hint: 'leave the input github-token as it is',
    });
  }
  // Certificates are always verified here, since a token is sent. Only for mirrors may this be off.
  const client = await openClient({ ...actionConnection(inputs, env), verifyTls: true });
  try {
    const retry = { ...DEFAULT_RETRY, retries: inputs.retries, maxDelayMs: API_PATIENCE_MS };
    return await use(await openGitHubApi({ client, token, env, retry, signal }));
  } finally {
    await client.close();
  }
}

/** @param ofFork whether a fork's run wrote the content @throws as `keepComment` */
export async function keepContent(
  api: GitHubApi,
  place: { readonly repository: string; readonly number: number },
  content: CommentContent,
  about: RunSubject,
  { ofFork, env }: { readonly ofFork: boolean; readonly env: Env },
): Promise<Kept> {
  const said = shortened(content);
  const comment = {
    key: commentKey(said.subject),
    run: about.run,
    body: commentText(said, about, ofFork),
    begins: said.mood !== 'fine',
  };
  return await keepComment(api, place, comment, env);
}

/** For the log. */
export const KEPT: Readonly<Record<Kept, string>> = {
  created: 'commented on the pull request',
  edited: 'the comment on the pull request is up to date again',
  unchanged: 'the comment on the pull request says so already',
  superseded: 'a later run has commented on the pull request already',
  nothing: 'nothing to say on the pull request',
};
