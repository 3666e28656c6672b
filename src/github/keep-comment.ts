/**
 * Keeps one comment of ours on a pull request: begun, edited, and put right where two runs have begun one each. GitHub
 * has no conditions for writing, so each run brings about the same: the oldest comment stays, with the text of the
 * latest run. Whose a comment is GitHub says, not its text: anybody can write our marker.
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
  /** False: only to be said where there is a comment already. */
  readonly begins: boolean;
}

/** `superseded`: a later run has said something already, and that stays. */
export type Kept = 'created' | 'edited' | 'unchanged' | 'superseded' | 'nothing';

interface Found {
  readonly id: number;
  readonly login: string;
  readonly body: string;
  readonly run: RunNumber;
}

/** Other runs may remove what we are about to edit. */
const ROUNDS = 4;
const PAGE = 100;
/** Of a hundred. */
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
      if (created) return 'created'; // what lists them lags behind
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

/** Oldest first. */
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
 * Who we are. REST answers that to people's tokens only, GraphQL to a job's too (`github-actions[bot]`).
 */
async function viewer(api: GitHubApi, env: Env): Promise<string> {
  const url = env['GITHUB_GRAPHQL_URL'] || 'https://api.github.com/graphql';
  return await api.call(`POST ${url}`, { query: 'query { viewer { login } }' }, (data) => {
    const login = at(data, 'data', 'viewer', 'login');
    return typeof login === 'string' ? login : undefined;
  });
}

/** What fails may have been done nevertheless; two of our own are one in the next round. */
async function create(api: GitHubApi, place: PullRequestPlace, body: string): Promise<void> {
  const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
  await api.call(route, { ...parameters(place), issue_number: place.number, body }, anything);
}

/** @returns false where it is gone */
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

/** GitHub may store line breaks and the end of a text in another way. */
function isSameText(a: string, b: string): boolean {
  const plain = (text: string) => text.replaceAll('\r\n', '\n').trim();
  return plain(a) === plain(b);
}
