/**
 * A small server that speaks GitHub's REST API as far as comments on pull requests go, and GraphQL's `viewer`. It answers
 * as GitHub does: who may not write gets a 403, a body that is too long a 422, ids grow, lists come in pages.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Listening, listen } from './listen.ts';

export interface GitHubPull {
  readonly number: number;
  readonly head: { sha: string; readonly repo: string | null };
  readonly state?: string;
}

export interface GitHubComment {
  readonly id: number;
  readonly issue: number;
  readonly login: string;
  body: string;
}

export interface GitHubToken {
  readonly login: string;
  readonly write: boolean;
}

export interface GitHubRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly token: string;
  /** From 1, of the same method and path. */
  readonly attempt: number;
}

/** Instead of the answer. */
export interface GitHubFault {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface GitHubOptions {
  readonly repository?: string;
  readonly pulls?: readonly GitHubPull[];
  readonly tokens?: Readonly<Record<string, GitHubToken>>;
  /** May wait: so that runs meet. A fault is answered without anything being done. */
  readonly before?: (request: GitHubRequest) => GitHubFault | undefined | Promise<GitHubFault | undefined>;
}

export interface GitHubServer extends Listening {
  readonly comments: GitHubComment[];
  readonly requests: GitHubRequest[];
  /** Somebody says something. */
  say(issue: number, login: string, body: string): GitHubComment;
}

export const JOB_TOKEN = 'ghs_aTokenThatMayWrite0000000000000000000';
export const READING_TOKEN = 'ghs_aTokenThatOnlyReads000000000000000000';
export const US = 'github-actions[bot]';

export async function startGitHub(options: GitHubOptions = {}): Promise<GitHubServer> {
  const { repository = 'octo-org/octo-repo', pulls = [], before } = options;
  const tokens = options.tokens ?? {
    [JOB_TOKEN]: { login: US, write: true },
    [READING_TOKEN]: { login: US, write: false },
  };
  const comments: GitHubComment[] = [];
  const requests: GitHubRequest[] = [];
  let last = 1000;
  const say = (issue: number, login: string, body: string) => {
    const comment = { id: ++last, issue, login, body };
    comments.push(comment);
    return comment;
  };
  const answer = (method: string, url: URL, token: GitHubToken, sent: { body?: string }): Answer => {
    if (method === 'POST' && url.pathname === '/graphql')
      return [200, { data: { viewer: { login: token.login } } }];
    const [, path = ''] = url.pathname.split(`/repos/${repository}/`);
    const pull = /^pulls\/(\d+)$/.exec(path);
    if (pull !== null && method === 'GET') {
      const found = pulls.find(({ number }) => number === Number(pull[1]));
      return found === undefined ? NOT_FOUND : [200, pullJson(found, repository)];
    }
    const issue = /^issues\/(\d+)\/comments$/.exec(path);
    if (issue !== null && method === 'GET') {
      const size = Number(url.searchParams.get('per_page') ?? 30);
      const from = (Number(url.searchParams.get('page') ?? 1) - 1) * size;
      const all = comments.filter((each) => each.issue === Number(issue[1]));
      return [200, all.slice(from, from + size).map(commentJson)];
    }
    if (!token.write) return [403, { message: 'Resource not accessible by integration' }];
    if ([...(sent.body ?? '')].length > 65_536) {
      return [
        422,
        { message: 'Validation Failed', errors: ['body is too long (maximum is 65536 characters)'] },
      ];
    }
    if (issue !== null && method === 'POST')
      return [201, commentJson(say(Number(issue[1]), token.login, sent.body ?? ''))];
    const one = comments.find(({ id }) => `issues/comments/${id}` === path);
    if (one === undefined) return NOT_FOUND;
    if (method === 'DELETE') {
      comments.splice(comments.indexOf(one), 1);
      return [204, undefined];
    }
    if (method !== 'PATCH') return NOT_FOUND;
    one.body = sent.body ?? '';
    return [200, commentJson(one)];
  };
  const server = await listen((request, response) => void serve(request, response));
  return Object.assign(server, { comments, requests, say });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '' } = request;
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const attempt = requests.filter((each) => each.method === method && each.path === path).length + 1;
    const seen = { method, path, token, attempt };
    requests.push(seen);
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    const fault = await before?.(seen);
    if (fault !== undefined) {
      response.writeHead(fault.status, {
        'content-type': 'application/json; charset=utf-8',
        ...fault.headers,
      });
      response.end(fault.body ?? '{}');
      return;
    }
    const who = tokens[token];
    const [status, json] =
      who === undefined
        ? ([401, { message: 'Bad credentials' }] as const)
        : answer(method, new URL(path, 'http://github'), who, text === '' ? {} : JSON.parse(text));
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(json === undefined ? '' : JSON.stringify(json));
  }
}

type Answer = readonly [status: number, json: unknown];

const NOT_FOUND: Answer = [404, { message: 'Not Found' }];

function commentJson({ id, login, body }: GitHubComment) {
  return { id, body, user: { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' } };
}

function pullJson({ number, head, state = 'open' }: GitHubPull, repository: string) {
  const repo = head.repo === null ? null : { full_name: head.repo };
  return { number, state, head: { sha: head.sha, repo }, base: { repo: { full_name: repository } } };
}
