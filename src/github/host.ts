/** The job and the event that we run for, as far as they decide what we may do and what we say. */

import { readFileSync } from 'node:fs';
import type { Env } from '../core/env.ts';
import { isObject } from '../core/json.ts';

export interface Host {
  /** `push`, `pull_request`, `schedule`, …; empty outside of a job. */
  readonly eventName: string;
  /** `owner/name`. */
  readonly repository: string | undefined;
  readonly workspace: string | undefined;
  /** A folder that is emptied after the job. */
  readonly temp: string | undefined;
  /** The page of this run and attempt. */
  readonly runUrl: string | undefined;
  /** Debug logging was asked for. */
  readonly debug: boolean;
  /** The pull request that this run is for, with or without the repository's rights. */
  readonly pullRequest: PullRequest | undefined;
  /** Dependabot has started the run, for an event of which GitHub gives it no secrets. */
  readonly ofDependabot: boolean;
}

export interface PullRequest {
  readonly number: number | undefined;
  /** Its head is in another repository, or that is unknown. */
  readonly fork: boolean;
  /**
   * The run has the base repository's rights and secrets although it is about the pull request. Such events are
   * `pull_request_target`, `issue_comment` on a pull request, `workflow_run` after the run of a pull request, or after a
   * run that may have followed such a run, and those about any commit (`check_suite`, `status`, …). What such a job
   * checks out or downloads may come from an attacker.
   */
  readonly privileged: boolean;
}

/**
 * Reads the environment and the event's payload. A payload that is missing or is not JSON counts as empty.
 * @param known what an earlier step of the job has found: the payload, which later steps can change, is not read again
 */
export function readHost(env: Env, known?: Pick<Host, 'pullRequest'>): Host {
  const eventName = env['GITHUB_EVENT_NAME'] ?? '';
  const repository = present(env['GITHUB_REPOSITORY']);
  return {
    eventName,
    repository,
    workspace: present(env['GITHUB_WORKSPACE']),
    temp: present(env['RUNNER_TEMP']),
    runUrl: runUrl(env, repository),
    debug: env['RUNNER_DEBUG'] === '1',
    pullRequest:
      known === undefined ? pullRequest(eventName, repository, env['GITHUB_EVENT_PATH']) : known.pullRequest,
    ofDependabot: env['GITHUB_ACTOR'] === 'dependabot[bot]' && WITHOUT_SECRETS.has(eventName),
  };
}

function pullRequest(
  eventName: string,
  repository: string | undefined,
  eventPath: string | undefined,
): PullRequest | undefined {
  // Names, branches and texts in the payload are chosen by the author of the pull request.
  switch (eventName) {
    case 'pull_request':
    case 'pull_request_target':
    case 'pull_request_review':
    case 'pull_request_review_comment': {
      const subject = at(readEvent(eventPath), 'pull_request');
      return {
        number: numberOf(subject),
        // The head's repository is null after a fork was deleted.
        fork: !sameName(at(subject, 'head', 'repo', 'full_name'), repository),
        privileged: eventName === 'pull_request_target',
      };
    }
    case 'workflow_run': {
      const subject = at(readEvent(eventPath), 'workflow_run');
      const source = at(subject, 'event');
      // A run counts as a pull request's unless it is known to be something else.
      if (typeof source === 'string' && OF_THE_REPOSITORY.has(source)) return undefined;
      return {
        number: numberOf(at(subject, 'pull_requests', '0')),
        fork: !sameName(at(subject, 'head_repository', 'full_name'), repository),
        privileged: true,
      };
    }
    case 'issue_comment': {
      const issue = at(readEvent(eventPath), 'issue');
      // A comment on an issue is about no code. A payload that cannot be read may be about a pull request.
      if (isObject(issue) && at(issue, 'pull_request') === undefined) return undefined;
      // The payload does not say whose branch it is.
      return { number: numberOf(issue), fork: true, privileged: true };
    }
    // They are about a commit, and the payload does not say that it is no pull request's. GitHub starts them with secrets.
    case 'check_run':
    case 'check_suite':
    case 'status':
    case 'deployment':
    case 'deployment_status':
      return { number: undefined, fork: true, privileged: true };
    default: {
      if (OF_THE_REPOSITORY.has(eventName)) return undefined;
      const subject = at(readEvent(eventPath), 'pull_request');
      if (!isObject(subject)) return undefined;
      // An event that is not known, of GitHub tomorrow or of another forge, and about a pull request.
      return {
        number: numberOf(subject),
        fork: !sameName(at(subject, 'head', 'repo', 'full_name'), repository),
        privileged: true,
      };
    }
  }
}

function numberOf(subject: unknown): number | undefined {
  const number = at(subject, 'number');
  return typeof number === 'number' ? number : undefined;
}

/**
 * Events whose runs are about commits that are in the repository already, started by a user who may write to it. Not
 * `dynamic`, as GitHub names what it runs itself: code scanning and reviews look at pull requests too.
 */
const OF_THE_REPOSITORY: ReadonlySet<string> = new Set(
  (
    'push schedule workflow_dispatch repository_dispatch release merge_group create delete page_build ' +
    'registry_package milestone label branch_protection_rule'
  ).split(' '),
);

/**
 * Events of which a run of Dependabot has none of the secrets of Actions, and a token that only reads unless the workflow asks
 * for more, also where somebody else runs it again (docs.github.com, "Dependabot on GitHub Actions"). Its runs for the other
 * events are told by these themselves.
 */
const WITHOUT_SECRETS: ReadonlySet<string> = new Set(
  'pull_request pull_request_review pull_request_review_comment push create'.split(' '),
);

/** The event's payload; undefined where there is none, or it is not JSON. */
export function readEvent(path: string | undefined): unknown {
  if (path === undefined) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** The value at this path of names; undefined where the document has another shape. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const name of path) {
    if (Array.isArray(found)) found = found[Number(name)];
    else found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  }
  return found;
}

/** Names of repositories are compared without regard to upper and lower case. */
export function sameName(name: unknown, repository: string | undefined): boolean {
  return typeof name === 'string' && name.toLowerCase() === repository?.toLowerCase();
}

function runUrl(env: Env, repository: string | undefined): string | undefined {
  const server = env['GITHUB_SERVER_URL'];
  const run = env['GITHUB_RUN_ID'];
  if (server === undefined || repository === undefined || run === undefined) return undefined;
  const attempt = env['GITHUB_RUN_ATTEMPT'];
  return `${server}/${repository}/actions/runs/${run}${attempt === undefined ? '' : `/attempts/${attempt}`}`;
}

function present(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
