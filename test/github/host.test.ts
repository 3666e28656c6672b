import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type PullRequest, readHost } from '../../src/github/host.ts';
import { tempDir } from '../harness/temp-dir.ts';

/** The pull request seen in a run of `octo/repo` with this event. */
async function seen(eventName: string, payload: unknown) {
  await using dir = await tempDir();
  const path = join(dir.path, 'event.json');
  writeFileSync(path, typeof payload === 'string' ? payload : JSON.stringify(payload));
  return readHost({ GITHUB_EVENT_NAME: eventName, GITHUB_EVENT_PATH: path, GITHUB_REPOSITORY: 'octo/repo' })
    .pullRequest;
}

const from = (repository: string | null) => ({
  pull_request: { number: 7, head: { repo: repository === null ? null : { full_name: repository } } },
});

describe('pull requests', () => {
  it.each<[string, unknown, PullRequest | undefined]>([
    ['pull_request', from('octo/repo'), { number: 7, fork: false, privileged: false }],
    ['pull_request', from('Octo/Repo'), { number: 7, fork: false, privileged: false }],
    ['pull_request', from('mallory/repo'), { number: 7, fork: true, privileged: false }],
    ['pull_request', from(null), { number: 7, fork: true, privileged: false }],
    ['pull_request_target', from('mallory/repo'), { number: 7, fork: true, privileged: true }],
    ['pull_request_target', '{"pull_request": [', { number: undefined, fork: true, privileged: true }],
    ['pull_request_review', from('octo/repo'), { number: 7, fork: false, privileged: false }],
    [
      'workflow_run',
      {
        workflow_run: {
          event: 'pull_request',
          head_repository: { full_name: 'm/r' },
          pull_requests: [{ number: 3 }],
        },
      },
      { number: 3, fork: true, privileged: true },
    ],
    ['workflow_run', {}, { number: undefined, fork: true, privileged: true }],
    ['workflow_run', { workflow_run: { event: 'push' } }, undefined],
    ['workflow_run', { workflow_run: { event: 'schedule' } }, undefined],
    // What that came after, nobody says: it may have been a fork's run.
    ...['workflow_run', 'issue_comment', 'pull_request_target', 'dynamic', 'of_tomorrow'].map(
      (source) =>
        [
          'workflow_run',
          { workflow_run: { event: source, head_repository: { full_name: 'octo/repo' } } },
          { number: undefined, fork: false, privileged: true },
        ] as [string, unknown, PullRequest],
    ),
    [
      'issue_comment',
      { issue: { number: 5, pull_request: {} } },
      { number: 5, fork: true, privileged: true },
    ],
    ['issue_comment', { issue: { number: 5 } }, undefined],
    ['issue_comment', '{', { number: undefined, fork: true, privileged: true }],
    // They are about a commit, which may be a pull request's: that of a fork's is named in none of these payloads.
    ...['check_run', 'check_suite', 'status', 'deployment', 'deployment_status'].flatMap((name) =>
      [{ [name]: { head_branch: 'main', pull_requests: [] } }, { sha: 'a'.repeat(40) }, '{'].map(
        (payload) =>
          [name, payload, { number: undefined, fork: true, privileged: true }] as [
            string,
            unknown,
            PullRequest,
          ],
      ),
    ),
    ...['issues', 'discussion', 'watch', 'release', 'merge_group', 'repository_dispatch'].map(
      (name) => [name, {}, undefined] as [string, unknown, undefined],
    ),
    [
      'workflow_run',
      { workflow_run: { event: 'deployment' } },
      { number: undefined, fork: true, privileged: true },
    ],
    ['push', from('mallory/repo'), undefined],
    ['of_tomorrow', from('mallory/repo'), { number: 7, fork: true, privileged: true }],
    ['of_tomorrow', from('octo/repo'), { number: 7, fork: false, privileged: true }],
    ['of_tomorrow', { pull_request: null }, undefined],
    ['pull_request', { __proto__: from('octo/repo') }, { number: undefined, fork: true, privileged: false }],
  ])('%s of %j', async (event, payload, expected) => {
    expect(await seen(event, payload)).toEqual(expected);
  });
});

it('reads the rest from the environment', () => {
  const env = {
    GITHUB_EVENT_NAME: 'schedule',
    GITHUB_REPOSITORY: 'octo/repo',
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_RUN_ID: '12',
    GITHUB_WORKSPACE: '/w',
    RUNNER_TEMP: '/t',
  };
  expect(readHost(env)).toEqual({
    eventName: 'schedule',
    repository: 'octo/repo',
    workspace: '/w',
    temp: '/t',
    runUrl: 'https://github.example/octo/repo/actions/runs/12',
    debug: false,
    pullRequest: undefined,
    ofDependabot: false,
  });
  const again = readHost({ ...env, GITHUB_RUN_ATTEMPT: '2', RUNNER_DEBUG: '1' });
  expect([again.runUrl?.slice(-11), again.debug]).toEqual(['/attempts/2', true]);
  expect(readHost({})).toMatchObject({
    eventName: '',
    repository: undefined,
    runUrl: undefined,
    debug: false,
  });
});

describe('Dependabot', () => {
  const seenBy = (actor: string, event: string) =>
    readHost({ GITHUB_EVENT_NAME: event, GITHUB_ACTOR: actor }).ofDependabot;

  it.each(['pull_request', 'pull_request_review', 'push', 'create'])('has no secrets on %s', (event) => {
    expect(seenBy('dependabot[bot]', event)).toBe(true);
    // Somebody who pushes to its branch, and names of users that look like it.
    for (const actor of ['octocat', 'dependabot', 'Dependabot[bot]', 'dependabot[bot]x', ''])
      expect(seenBy(actor, event), actor).toBe(false);
  });

  it.each(['schedule', 'workflow_dispatch', 'pull_request_target', 'workflow_run', 'deployment'])(
    'is told by the event alone on %s',
    (event) => {
      expect(seenBy('dependabot[bot]', event)).toBe(false);
    },
  );
});
