import { expect, test } from 'vitest';
import { readBuildJob, statementMaker } from '../../../src/entry/shared/provenance.ts';

const GITHUB = {
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'org/stack',
  GITHUB_WORKFLOW_REF: 'org/stack/.github/workflows/build.yml@refs/heads/a@b',
  GITHUB_REF: 'refs/heads/a@b',
  GITHUB_SHA: '0123456789012345678901234567890123456789',
  GITHUB_RUN_ID: '7',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_TOKEN: 'secret',
  RUNNER_ENVIRONMENT: 'self-hosted',
};

const GITLAB = {
  GITLAB_CI: 'true',
  CI_PROJECT_URL: 'https://gitlab.com/org/group/stack',
  CI_COMMIT_REF_NAME: 'main',
  CI_COMMIT_SHA: '0123456789012345678901234567890123456789',
  CI_JOB_URL: 'https://gitlab.com/org/group/stack/-/jobs/9',
  CI_JOB_STARTED_AT: '2026-11-29T16:00:00Z',
  CI_PIPELINE_SOURCE: 'schedule',
  CI_JOB_TOKEN: 'secret',
};

test('a job of GitHub: its repository, ref, commit, workflow, and the page of this attempt', () => {
  expect(readBuildJob(GITHUB)).toEqual({
    builder: 'https://github.com/org/stack/.github/workflows/build.yml@refs/heads/a@b',
    repository: 'https://github.com/org/stack',
    ref: 'refs/heads/a@b',
    commit: GITHUB.GITHUB_SHA,
    workflow: '.github/workflows/build.yml',
    invocation: 'https://github.com/org/stack/actions/runs/7/attempts/2',
    started: undefined,
    details: { event: 'push', runnerEnvironment: 'self-hosted' },
  });
});

test.each([
  ['build.yml@refs/heads/main', 'build.yml'],
  ['build.yml@x.yml@refs/heads/main', 'build.yml@x.yml'],
  ['build.yml@x.yml@refs/heads/a@refs/b', 'build.yml@x.yml'],
  ['build.yml@0123456789012345678901234567890123456789', 'build.yml'],
  ['build.yml', 'build.yml'],
])('a workflow %s is %s, and no other file passes for it', (file, expected) => {
  const env = { ...GITHUB, GITHUB_WORKFLOW_REF: `org/stack/.github/workflows/${file}` };
  expect(readBuildJob(env).workflow).toBe(`.github/workflows/${expected}`);
});

test('a job of GitLab: of a branch, a tag and a merge request', () => {
  const job = readBuildJob(GITLAB);
  expect(job).toEqual({
    builder: 'https://gitlab.com/org/group/stack//.gitlab-ci.yml@refs/heads/main',
    repository: GITLAB.CI_PROJECT_URL,
    ref: 'refs/heads/main',
    commit: GITLAB.CI_COMMIT_SHA,
    workflow: '.gitlab-ci.yml',
    invocation: GITLAB.CI_JOB_URL,
    started: '2026-11-29T16:00:00Z',
    details: { event: 'schedule' },
  });
  expect(readBuildJob({ ...GITLAB, CI_COMMIT_TAG: 'v1', CI_CONFIG_PATH: 'ci/a.yml' })).toMatchObject({
    ref: 'refs/tags/v1',
    workflow: 'ci/a.yml',
  });
  // The branch of a merge request may have any name, `main` too.
  const merge = { ...GITLAB, CI_MERGE_REQUEST_REF_PATH: 'refs/merge-requests/3/head' };
  expect(readBuildJob(merge).ref).toBe('refs/merge-requests/3/head');
});

test('no token gets into a statement', () => {
  const spec = { name: 'zlib', version: '1.3', hash: 'ho3jsm3l5abkyjol5qpa6tojdouuj33m' };
  for (const env of [GITHUB, GITLAB]) {
    expect(JSON.stringify(statementMaker(true, env)?.(spec, { sha256: 'ab' }))).not.toContain('secret');
  }
});

test('outside of a job, and where a job does not say who it is, there is an error that says so', () => {
  expect(statementMaker(false, {})).toBeUndefined();
  expect(() => statementMaker(true, {})).toThrow('this is no job');
  for (const name of ['GITHUB_REPOSITORY', 'GITHUB_WORKFLOW_REF', 'GITHUB_RUN_ATTEMPT', 'GITHUB_SHA']) {
    expect(() => statementMaker(true, { ...GITHUB, [name]: '' })).toThrow(
      expect.objectContaining({
        code: 'usage',
        facts: expect.objectContaining({ expected: expect.stringContaining(name) }),
      }),
    );
  }
  expect(() => statementMaker(true, { ...GITHUB, GITHUB_REF: 'x'.repeat(20_000) })).toThrow('does not say');
});
