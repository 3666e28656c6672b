/**
 * The pull request that a run is about, for commenting on it: this run, or the one that a `workflow_run` follows. All facts
 * come from GitHub. Only names, such as the branch's, are chosen by the author of the pull request.
 */
import type { Env } from '../core/env.ts';
import { at, type Host, readEvent } from './host.ts';

export interface RunSubject {
  /** Undefined in a `workflow_run` after a fork's run, where GitHub does not say it. */
  readonly number: number | undefined;
  /** Forty or sixty-four hexadecimal digits. */
  readonly headSha: string;
  /** `owner/name`; undefined once a fork is deleted. */
  readonly headRepository: string | undefined;
  /** Runs of a repository are numbered in the order in which they began. */
  readonly run: RunNumber;
  readonly runUrl: string | undefined;
}

export interface RunNumber {
  readonly id: number;
  readonly attempt: number;
}

/** @returns undefined where the run is not for a pull request, or its event does not say for which commit */
export function readRunSubject(
  env: Env,
  { eventName, repository, runUrl, pullRequest }: Host,
): RunSubject | undefined {
  if (pullRequest === undefined) return undefined;
  const event = readEvent(env['GITHUB_EVENT_PATH']);
  const { number } = pullRequest;
  if (eventName === 'workflow_run') {
    const source = at(event, 'workflow_run');
    const run = runNumber(at(source, 'id'), at(source, 'run_attempt'));
    const server = env['GITHUB_SERVER_URL'];
    const url = server && `${server}/${repository}/actions/runs/${run?.id}/attempts/${run?.attempt}`;
    const repositoryName = at(source, 'head_repository', 'full_name');
    return subject(number, at(source, 'head_sha'), repositoryName, run, url);
  }
  const head = at(event, 'pull_request', 'head');
  const run = runNumber(Number(env['GITHUB_RUN_ID']), Number(env['GITHUB_RUN_ATTEMPT'] ?? 1));
  return subject(number, at(head, 'sha'), at(head, 'repo', 'full_name'), run, runUrl);
}

function subject(
  number: number | undefined,
  headSha: unknown,
  headRepository: unknown,
  run: RunNumber | undefined,
  runUrl: string | undefined,
): RunSubject | undefined {
  if (run === undefined || typeof headSha !== 'string' || !/^[0-9a-f]{40,64}$/.test(headSha))
    return undefined;
  return {
    number,
    headSha,
    headRepository: typeof headRepository === 'string' ? headRepository : undefined,
    run,
    runUrl,
  };
}

function runNumber(id: unknown, attempt: unknown): RunNumber | undefined {
  if (!Number.isSafeInteger(id) || !Number.isSafeInteger(attempt)) return undefined;
  return { id: id as number, attempt: attempt as number };
}
