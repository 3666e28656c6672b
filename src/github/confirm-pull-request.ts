/**
 * Confirms that the pull request which a file names is the one whose run wrote the file: its head commit must be the
 * run's. The run's event and the API's answer come from GitHub and are trusted; the number in the file is not.
 */
import { BuildcacheError } from '../core/errors.ts';
import type { GitHubApi } from './api.ts';
import { at, sameName } from './host.ts';
import type { PullRequestPlace } from './keep-comment.ts';
import type { RunSubject } from './run-subject.ts';

/**
 * @returns false where the pull request has newer commits or is closed, so that the run's answer is out of date
 * @throws BuildcacheError `untrusted` where it is another repository's pull request; as `GitHubApi.call`
 */
export async function confirmPullRequest(
  api: GitHubApi,
  { repository, number }: PullRequestPlace,
  { headSha, headRepository }: RunSubject,
): Promise<boolean> {
  const [owner, repo] = repository.split('/');
  const found = await api.call(
    'GET /repos/{owner}/{repo}/pulls/{pull_number}',
    { owner, repo, pull_number: number },
    (data) => (typeof at(data, 'head', 'sha') === 'string' ? { data } : undefined),
  );
  const head = at(found.data, 'head', 'repo', 'full_name');
  const isOurs = headRepository !== undefined && sameName(head, headRepository);
  if (!isOurs || !sameName(at(found.data, 'base', 'repo', 'full_name'), repository)) {
    throw new BuildcacheError(
      'untrusted',
      `the run is not of pull request #${number}, which its file names`,
      {
        expected: `a head in ${headRepository ?? 'a repository that is gone'}`,
        found: typeof head === 'string' ? head : 'one that is gone',
      },
    );
  }
  return at(found.data, 'head', 'sha') === headSha && at(found.data, 'state') === 'open';
}
