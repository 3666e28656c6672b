/**
 * GitHub's REST API, as far as comments need it. Octokit's requests go through our HTTP client, so that proxies and
 * certificates are the same as everywhere else, and failures are our errors. Rate limits are respected: if GitHub asks to
 * wait, we wait, unless that is too long (docs.github.com, "Rate limits for the REST API").
 */
import type { Env } from '../core/env.ts';
import { BuildcacheError } from '../core/errors.ts';
import { githubWaitSeconds } from '../core/github-limit.ts';
import { statusCode } from '../core/http-status.ts';
import { redactUrl } from '../core/redact.ts';
import { type RetryPolicy, retrying } from '../core/retry.ts';
import type { HttpClient } from '../storage/http/client.ts';
import { fetchThrough } from '../storage/http/fetch.ts';
import { singleLine } from './workflow-commands.ts';

export interface GitHubApi {
  /**
   * @param route as GitHub's documents write it: `GET /repos/{owner}/{repo}/pulls/{pull_number}`
   * @param read parses the answer, which is outside data; returns undefined for an answer of the wrong shape
   * @throws BuildcacheError `denied`, `not-found`, `throttled`, `server-error`, `unreachable`, `protocol`
   */
  call<T>(
    route: string,
    parameters: Readonly<Record<string, unknown>>,
    read: (data: unknown) => T | undefined,
  ): Promise<T>;
}

export interface GitHubApiOptions {
  readonly client: HttpClient;
  readonly token: string;
  /** Has GITHUB_API_URL, which names another server for GitHub Enterprise. */
  readonly env: Env;
  readonly retry: RetryPolicy;
  readonly signal: AbortSignal | undefined;
}

export async function openGitHubApi(options: GitHubApiOptions): Promise<GitHubApi> {
  const { client, token, env, retry, signal } = options;
  // Octokit is loaded only where there is something to say.
  const { request } = await import('@octokit/request');
  const baseUrl = env['GITHUB_API_URL'] || 'https://api.github.com';
  const send = request.defaults({
    baseUrl,
    headers: { authorization: `Bearer ${token}`, 'x-github-api-version': '2022-11-28' },
    request: { fetch: fetchThrough(client), log: SILENT, ...(signal === undefined ? {} : { signal }) },
  });
  return {
    call: (route, parameters, read) =>
      retrying(
        async () => {
          signal?.throwIfAborted();
          const { data, status } = await send(route, parameters).catch((error: unknown) => {
            signal?.throwIfAborted();
            throw asOurs(error, baseUrl);
          });
          const answer = read(data);
          if (answer !== undefined) return answer;
          const facts = { url: redactUrl(baseUrl), status, found: typeof data };
          // Octokit returns text if the body is not JSON, or was cut short.
          if (typeof data === 'string')
            throw new BuildcacheError('unreachable', 'the answer was cut short', facts);
          throw new BuildcacheError('protocol', `GitHub answered ${route} with something else`, facts);
        },
        retry,
        signal,
      ),
  };
}

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** For {@link GitHubApi.call}, where the body of the answer does not matter. */
export const anything = (): true => true;

interface HttpError extends Error {
  readonly status: number;
  readonly response?: { readonly headers: Readonly<Record<string, unknown>>; readonly data: unknown };
  readonly request?: { readonly url: string };
}

function asOurs(error: unknown, baseUrl: string): unknown {
  if (!isHttpError(error)) return error;
  if (error.response === undefined) return error.cause ?? error; // an error of our client
  const { status, response } = error;
  const header = (name: string) => {
    const value = response.headers[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  const said = messageOf(response.data);
  const facts = {
    url: redactUrl(error.request?.url ?? baseUrl),
    status,
    ...(said === undefined ? {} : { found: said }),
  };
  const wait = githubWaitSeconds(status, header, said);
  if (wait !== undefined) {
    return new BuildcacheError('throttled', 'GitHub wants fewer requests', {
      ...facts,
      retryAfter: wait,
      hint: `try again in ${wait} seconds`,
    });
  }
  const message = `GitHub answered with ${status}`;
  const code = statusCode(status);
  switch (code) {
    case 'server-error':
      return new BuildcacheError(code, message, facts);
    case 'denied':
      return new BuildcacheError(code, message, { ...facts, hint: status === 401 ? WRONG_TOKEN : NO_RIGHTS });
    case 'not-found':
      return new BuildcacheError(code, message, {
        ...facts,
        hint: 'to a token without rights GitHub says so too: check `permissions:` of the job',
      });
    default:
      return new BuildcacheError('protocol', message, facts);
  }
}

const WRONG_TOKEN = 'check the input github-token';
const NO_RIGHTS =
  'give the job `permissions: pull-requests: write`; a run that cannot have it: see docs/explain.md';

function isHttpError(error: unknown): error is HttpError {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}

/** GitHub's own words, in one line. */
function messageOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('message' in data)) return undefined;
  return typeof data.message === 'string' ? singleLine(data.message).slice(0, 200) : undefined;
}
