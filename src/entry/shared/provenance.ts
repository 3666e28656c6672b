/**
 * The job that we run in, as its environment describes it. GitHub does not let a step change `GITHUB_*` for other steps, but
 * a program may start us with any environment. GitLab lets a project's own variables win over `CI_*`. So a statement is as
 * true as the holder of the key wants it to be (docs/security.md).
 */
import { type BuildJob, type MakeStatement, provenanceStatement } from '../../cache/trust/provenance.ts';
import type { Env } from '../../core/env.ts';
import { BuildcacheError } from '../../core/errors.ts';

/**
 * @param wanted whether the user asks for provenance
 * @returns undefined where not
 * @throws BuildcacheError `usage` outside of a job, and where the job does not say enough about itself
 */
export function statementMaker(wanted: boolean, env: Env): MakeStatement | undefined {
  if (!wanted) return undefined;
  const job = readBuildJob(env);
  return (spec, tarball) => provenanceStatement(job, spec, tarball, new Date());
}

/** @throws as {@link statementMaker} */
export function readBuildJob(env: Env): BuildJob {
  if (env['GITHUB_ACTIONS'] === 'true') return gitHubJob(env);
  if (env['GITLAB_CI'] === 'true') return gitLabJob(env);
  throw new BuildcacheError('usage', 'provenance says which job has built something, and this is no job', {
    expected: 'a job of GitHub (GITHUB_ACTIONS=true) or of GitLab (GITLAB_CI=true)',
    hint: 'push without --provenance here',
  });
}

/** The error for a mirror that is to get provenance, and no signatures. */
export function unsignedProvenance(mirror: string): BuildcacheError {
  return new BuildcacheError(
    'usage',
    `mirror "${mirror}" is not signed, and provenance proves nothing without`,
    {
      hint: 'configure it with signed: true, or push with --signed; docs/signing-keys.md makes a key',
    },
  );
}

function gitHubJob(env: Env): BuildJob {
  const server = required(env, 'GITHUB_SERVER_URL');
  const name = required(env, 'GITHUB_REPOSITORY');
  const workflow = required(env, 'GITHUB_WORKFLOW_REF');
  const repository = `${server}/${name}`;
  const run = `${repository}/actions/runs/${required(env, 'GITHUB_RUN_ID')}`;
  return {
    builder: `${server}/${workflow}`,
    repository,
    ref: required(env, 'GITHUB_REF'),
    commit: required(env, 'GITHUB_SHA'),
    // owner/name/.github/workflows/build.yml@refs/heads/main
    workflow: withoutStart(fileOf(workflow), `${name}/`),
    invocation: `${run}/attempts/${required(env, 'GITHUB_RUN_ATTEMPT')}`,
    started: undefined,
    details: present(env, {
      event: 'GITHUB_EVENT_NAME',
      job: 'GITHUB_JOB',
      workflowCommit: 'GITHUB_WORKFLOW_SHA',
      repositoryId: 'GITHUB_REPOSITORY_ID',
      repositoryOwnerId: 'GITHUB_REPOSITORY_OWNER_ID',
      runnerEnvironment: 'RUNNER_ENVIRONMENT',
    }),
  };
}

function gitLabJob(env: Env): BuildJob {
  const repository = required(env, 'CI_PROJECT_URL');
  const tag = env['CI_COMMIT_TAG'];
  // A merge request's pipeline has the branch's name in CI_COMMIT_REF_NAME, whoever's branch that is.
  const ref =
    env['CI_MERGE_REQUEST_REF_PATH'] ||
    (tag ? `refs/tags/${tag}` : `refs/heads/${required(env, 'CI_COMMIT_REF_NAME')}`);
  const workflow = env['CI_CONFIG_PATH'] || '.gitlab-ci.yml';
  return {
    // As the claim ci_config_ref_uri of GitLab's tokens.
    builder: `${repository}//${workflow}@${ref}`,
    repository,
    ref,
    commit: required(env, 'CI_COMMIT_SHA'),
    workflow,
    invocation: required(env, 'CI_JOB_URL'),
    started: env['CI_JOB_STARTED_AT'] || undefined,
    details: present(env, {
      event: 'CI_PIPELINE_SOURCE',
      job: 'CI_JOB_NAME',
      pipeline: 'CI_PIPELINE_URL',
      repositoryId: 'CI_PROJECT_ID',
      runner: 'CI_RUNNER_ID',
    }),
  };
}

/** Characters. Lines of a signed text must not be long. */
const LONGEST = 2000;

function required(env: Env, name: string): string {
  const value = env[name];
  if (value && value.length <= LONGEST) return value;
  throw new BuildcacheError('usage', `the job does not say all that its provenance needs`, {
    expected: `$${name}, of at most ${LONGEST} characters`,
    found: value ? `${value.length} characters` : 'nothing',
    hint: 'push without provenance, or hand on the variables of the job to where the push runs',
  });
}

function present(env: Env, names: Readonly<Record<string, string>>): Record<string, string> {
  const found = Object.entries(names).map(
    ([key, name]) => [key, (env[name] ?? '').slice(0, LONGEST)] as const,
  );
  return Object.fromEntries(found.filter(([, value]) => value !== ''));
}

/** Of a file at a ref. Both names may have an `@`, so that a file `build.yml@x.yml` must not pass for `build.yml`. */
function fileOf(workflow: string): string {
  const ref = workflow.indexOf('@refs/');
  const end = ref < 0 ? workflow.lastIndexOf('@') : ref;
  return end < 0 ? workflow : workflow.slice(0, end);
}

function withoutStart(text: string, start: string): string {
  return text.startsWith(start) ? text.slice(start.length) : text;
}
