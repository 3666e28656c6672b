/**
 * Keeps one comment of ours on a pull request. It begins the comment, edits it, and removes a second one where two runs
 * have begun one each. GitHub has no conditional writes, so every run works towards the same end: the oldest comment
 * stays, with the text of the latest run. A comment is ours if GitHub says that we wrote it; our marker in the text proves
 * nothing, since anyone can write it.
 */
import type { Env } from '../core/env.ts';
import { BuildcacheError, errorCode } from '../core/errors.ts';
import { isObject } from '../core/json.ts';
import { anything, type GitHubApi } from './api.ts';
import { runOfComment } from './comment.ts';
import { at } from './host.ts';
import type { RunNumber } from './run-subject.ts';

export interface PullRequestPlace {
  /** `owner/name`. */
  readonly repository: string;
  readonly number: number;
}

export interface NewComment {
  /** See `commentKey`. */
  readonly key: string;
  readonly run: RunNumber;
  readonly body: string;
  /** False to only edit a comment that exists, and to begin none. */
  readonly begins: boolean;
}

/** `superseded`: the comment has the text of a later run, and keeps it. */
export type Kept = 'created' | 'edited' | 'unchanged' | 'superseded' | 'nothing';

interface Found {
  readonly id: number;
  readonly login: string;
  readonly body: string;
  readonly run: RunNumber;
}

/** How often to begin again: other runs may remove the comment that we are about to edit. */
const ROUNDS = 4;
const PAGE = 100;
/** The most pages of a hundred comments. */
const MOST_PAGES = 50;

/** @throws as `GitHubApi.call`; `too-large` for more comments than are looked through; `conflict` */
export async function keepComment(
  api: GitHubApi,
  place: PullRequestPlace,
  comment: NewComment,
  env: Env,
): Promise<Kept> {
  let created = false;
  for (let round = 0; round < ROUNDS; round++) {
    const [keeper, ...others] = await ourComments(api, place, comment.key, env);
    if (keeper === undefined) {
      if (created) return 'created'; // GitHub's list of comments lags behind
      if (!comment.begins) return 'nothing';
      await create(api, place, comment.body);
      created = true;
      continue; // another run may just have done the same
    }
    const latest = [keeper, ...others].reduce<Pick<Found, 'run' | 'body'>>(
      (before, each) => (isLater(each.run, before.run) ? each : before),
      comment,
    );
    const differs = !isSameText(keeper.body, latest.body);
    if (differs && !(await edit(api, place, keeper.id, latest.body))) continue;
    for (const { id } of others) await remove(api, place, id);
    if (latest !== comment) return 'superseded';
    if (created) return 'created';
    return differs ? 'edited' : 'unchanged';
  }
  throw new BuildcacheError('conflict', 'others keep changing the comment at the same time', {
    hint: 'give the workflow a `concurrency:` group for each pull request',
  });
}

/** Our comments with this key, oldest first. */
async function ourComments(
  api: GitHubApi,
  place: PullRequestPlace,
  key: string,
  env: Env,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (let page = 1; ; page++) {
    const comments = await api.call(
      'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
      { ...parameters(place), issue_number: place.number, per_page: PAGE, page },
      (data) => (Array.isArray(data) ? (data as readonly unknown[]) : undefined),
    );
    found.push(...comments.flatMap((each) => readComment(each, key) ?? []));
    if (comments.length < PAGE) break;
    if (page === MOST_PAGES) {
      throw new BuildcacheError('too-large', `${place.repository}#${place.number} has too many comments`, {
        expected: `fewer than ${PAGE * MOST_PAGES}`,
        found: 'more',
      });
    }
  }
  if (found.length === 0) return [];
  const me = await viewer(api, env);
  return found.filter(({ login }) => login === me).sort((a, b) => a.id - b.id);
}

function readComment(comment: unknown, key: string): Found | undefined {
  if (!isObject(comment)) return undefined;
  const { id, body } = comment;
  const login = at(comment, 'user', 'login');
  if (typeof id !== 'number' || typeof body !== 'string' || typeof login !== 'string') return undefined;
  const run = runOfComment(body, key);
  return run && { id, login, body, run };
}

/**
 * The name under which we comment. REST says it only for users' tokens, GraphQL for a job's too (`github-actions[bot]`).
 */
async function viewer(api: GitHubApi, env: Env): Promise<string> {
  return await api.call(`POST ${graphqlUrl(env)}`, { query: 'query { viewer { login } }' }, (data) => {
    const login = at(data, 'data', 'viewer', 'login');
    return typeof login === 'string' ? login : undefined;
  });
}

/** The token goes to no other server than that of the REST API: `https://HOST/api/v3` of a GitHub Enterprise has it beside. */
function graphqlUrl(env: Env): string {
  const api = env['GITHUB_API_URL'] || 'https://api.github.com';
  return env['GITHUB_GRAPHQL_URL'] || `${api.replace(/\/(?:v3\/?)?$/, '')}/graphql`;
}

/** A request that fails may have been carried out all the same. If that makes two comments, the next round removes one. */
async function create(api: GitHubApi, place: PullRequestPlace, body: string): Promise<void> {
  const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
  await api.call(route, { ...parameters(place), issue_number: place.number, body }, anything);
}

/** @returns false where the comment was removed */
async function edit(api: GitHubApi, place: PullRequestPlace, id: number, body: string): Promise<boolean> {
  const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
  return await unlessGone(api.call(route, { ...parameters(place), comment_id: id, body }, anything));
}

async function remove(api: GitHubApi, place: PullRequestPlace, id: number): Promise<void> {
  const route = 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}';
  await unlessGone(api.call(route, { ...parameters(place), comment_id: id }, anything));
}

async function unlessGone(call: Promise<true>): Promise<boolean> {
  try {
    return await call;
  } catch (error) {
    if (errorCode(error) === 'not-found') return false;
    throw error;
  }
}

function parameters({ repository }: PullRequestPlace) {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo };
}

function isLater(a: RunNumber, b: RunNumber): boolean {
  return a.id === b.id ? a.attempt > b.attempt : a.id > b.id;
}

/** Compares texts. Line breaks and white space at the ends do not count, since GitHub may store these in another way. */
function isSameText(a: string, b: string): boolean {
  const plain = (text: string) => text.replaceAll('\r\n', '\n').trim();
  return plain(a) === plain(b);
}
