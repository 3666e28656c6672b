/**
 * Deleting from ghcr.io, which answers DELETE with 405: through GitHub's REST API for packages (docs.github.com, "REST API
 * endpoints for packages"). A manifest is a version of a container package; its name is the digest, its tags are in its
 * metadata. There is no way to delete a tag alone.
 *
 * - A version is looked at right before it is deleted: it may have been tagged since it was listed.
 * - GitHub asks that changes come one after another, a second apart ("Best practices for using the REST API"). A short
 *   wait for a limit is waited. After a long one, or without the rights, nothing more is asked.
 * - All answers are outside data: lists have an end, and the token goes to no other host.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { throwIfCancelled } from '../../core/abort.ts';
import { BuildcacheError, errorCode } from '../../core/errors.ts';
import { API_PATIENCE_MS, githubWaitSeconds } from '../../core/github-limit.ts';
import { statusCode } from '../../core/http-status.ts';
import { isObject } from '../../core/json.ts';
import { redactUrl } from '../../core/redact.ts';
import { type RetryPolicy, retrying } from '../../core/retry.ts';
import { withoutEnd } from '../../core/without-end.ts';
import { drain, type HttpClient, type HttpResponse } from '../http/client.ts';
import { isByNothing } from '../pages.ts';
import type { FindCredentials } from './credentials.ts';
import type { Deletion, PackagesApi, StoredVersion } from './deletion.ts';
import { type Digest, isDigest, type Repository } from './reference.ts';
import { jsonOf, nextOf, saidIn, strange } from './rest.ts';

type Signal = AbortSignal | undefined;

export interface GitHubPackagesOptions {
  readonly client: HttpClient;
  readonly api: PackagesApi;
  /** `OWNER/PACKAGE`; the package may have further slashes. */
  readonly repository: Repository;
  /** Those of the registry: they are GitHub's. */
  readonly credentials: FindCredentials;
  readonly retry: RetryPolicy;
}

interface Version extends StoredVersion {
  readonly id: number;
}

const PAGE = 100;
/** As of tags: more than any cache has. */
const VERSIONS_MOST = 4_000_000;
const PAUSE_MS = 1_000;

export function openGitHubPackages(options: GitHubPackagesOptions): Deletion {
  const { client, repository, credentials, api } = options;
  const { pauseMs = PAUSE_MS } = api;
  const [owner = '', ...rest] = repository.name.split('/');
  const packageName = rest.join('/');
  const base = withoutEnd(api.url.href, '/');
  // Patience for the limits of the API, which are longer than a mirror's.
  const retry = { ...options.retry, maxDelayMs: Math.max(options.retry.maxDelayMs, API_PATIENCE_MS) };
  const inTurn = pLimit(1);
  let changed = Number.NEGATIVE_INFINITY;
  /** After this there is no sense in asking again. */
  let refused: BuildcacheError | undefined;
  let token: string | undefined;
  let root: string | undefined;
  let known: ReadonlyMap<Digest, Version> | undefined;

  const tokenFor = async (signal: Signal): Promise<string> => {
    if (token !== undefined) return token;
    const found = await credentials({ host: repository.host, name: repository.name }, signal);
    if (found.credentials === undefined) {
      throw new BuildcacheError('denied', 'GitHub lists and deletes packages only with a token', {
        url: `https://${repository.host}/${repository.name}`,
        hint: 'give github-token (packages: write), or log in with a token that has read:packages and delete:packages',
      });
    }
    token = found.credentials.kind === 'pair' ? found.credentials.secret : found.credentials.token;
    return token;
  };

  const ask = async (method: 'GET' | 'DELETE', url: URL, signal: Signal): Promise<HttpResponse> => {
    if (refused !== undefined) throw refused;
    const headers = {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${await tokenFor(signal)}`,
      'x-github-api-version': '2022-11-28',
    };
    const once = async () => {
      throwIfCancelled(signal);
      if (method !== 'GET') {
        const rest = changed + pauseMs - performance.now();
        if (rest > 0) await sleep(rest, undefined, signal === undefined ? {} : { signal });
        changed = performance.now();
      }
      const answer = await client.request({ method, url, headers, signal });
      const { status } = answer;
      if (status !== 403 && status !== 429 && status < 500) return answer;
      const said = await saidIn(answer);
      const wait = githubWaitSeconds(status, (name) => answer.headers.get(name), said);
      throw wait === undefined ? failure(status, url, said) : tooMany(url, status, wait, said);
    };
    try {
      return await retrying(once, retry, signal);
    } catch (error) {
      throwIfCancelled(signal);
      const isFinal =
        errorCode(error) === 'throttled' || (method === 'DELETE' && errorCode(error) === 'denied');
      if (isFinal && error instanceof BuildcacheError) refused = error;
      throw error;
    }
  };

  const failure = (status: number, url: URL, said: string | undefined): BuildcacheError => {
    const code = statusCode(status);
    const facts = { url: redactUrl(url), status, ...(said === undefined ? {} : { found: said }) };
    if (code !== 'denied' && code !== 'not-found') {
      return new BuildcacheError(code, `GitHub answered with ${status}`, facts);
    }
    if (status === 401) {
      const hint = `check github-token, or the log-in for ${repository.host}`;
      return new BuildcacheError('denied', 'GitHub refuses the token', { ...facts, hint });
    }
    // GitHub answers 404 as well to a token without rights.
    return new BuildcacheError('denied', `GitHub does not give access to the package ${repository.name}`, {
      ...facts,
      url: `https://${repository.host}/${repository.name}`,
      hint:
        `open the package's page: Package settings -> Manage Actions access -> add this repository with role Admin; ` +
        'the job needs permissions: packages: write (a personal token: read:packages and delete:packages)',
    });
  };

  /** @returns undefined for a 404 */
  const readJson = async (url: URL, signal: Signal) => {
    const answer = await ask('GET', url, signal);
    if (answer.status === 404) return void (await drain(answer.body));
    if (answer.status !== 200) throw failure(answer.status, url, await saidIn(answer));
    return { document: await jsonOf(answer, url), next: nextOf(answer, url) };
  };

  /** Organizations and users have their packages at different places. */
  const packageRoot = async (signal: Signal): Promise<string> => {
    if (root !== undefined) return root;
    const url = new URL(`${base}/users/${encodeURIComponent(owner)}`);
    const found = await readJson(url, signal);
    if (found === undefined) {
      throw new BuildcacheError('not-found', `GitHub knows no user or organization ${owner}`, {
        url: redactUrl(url),
        status: 404,
        hint: `check the mirror's URL, ${repository.host}/${repository.name}`,
      });
    }
    const type = isObject(found.document) ? found.document['type'] : undefined;
    const place = `${encodeURIComponent(owner)}/packages/container/${encodeURIComponent(packageName)}/versions`;
    root = `${base}/${type === 'Organization' ? 'orgs' : 'users'}/${place}`;
    return root;
  };

  const list = async (signal: Signal): Promise<ReadonlyMap<Digest, Version>> => {
    const versions = new Map<Digest, Version>();
    const visited = new Set<string>();
    const beginnings = new Set<number>();
    let count = 0;
    let next: URL | undefined = new URL(`${await packageRoot(signal)}?per_page=${PAGE}&state=active`);
    while (next !== undefined) {
      const url: URL = next;
      visited.add(url.href);
      const page = await readJson(url, signal);
      if (page === undefined) throw failure(404, url, undefined);
      const { document } = page;
      if (!Array.isArray(document)) throw strange(url, 'a list of versions');
      const found = document.map((each: unknown) => readVersion(each, url));
      count += found.length;
      const first = found[0]?.id;
      next = page.next;
      // A page that begins like an earlier one is that page again, and an empty page is the last.
      const isAgain = first !== undefined && beginnings.has(first);
      if (isAgain || (next !== undefined && visited.has(next.href))) throw endless(url);
      if (count > VERSIONS_MOST || isByNothing(visited.size, count)) throw endless(url);
      if (first === undefined) next = undefined;
      else beginnings.add(first);
      for (const { digest, ...version } of found) {
        // Other algorithms are not ours.
        if (isDigest(digest)) versions.set(digest, { ...version, digest });
      }
    }
    return versions;
  };

  const deleteVersion = async (version: Version, tags: readonly string[], signal: Signal) => {
    const url = new URL(`${await packageRoot(signal)}/${version.id}`);
    const found = await readJson(url, signal);
    if (found === undefined) return false;
    const now = readVersion(found.document, url);
    if (now.digest !== version.digest) throw strange(url, `the version of ${version.digest}`);
    const others = now.tags.filter((tag) => !tags.includes(tag));
    if (others.length > 0) throw otherTags(version.digest, others);
    const answer = await ask('DELETE', url, signal);
    if (answer.status === 204 || answer.status === 200) {
      await drain(answer.body);
      return true;
    }
    const said = await saidIn(answer);
    // A lost answer is asked for again, and then the version is gone.
    if (answer.status === 404 && (await readJson(url, signal)) === undefined) return true;
    const error = failure(answer.status, url, said);
    if (error.code === 'denied') refused = error;
    if (error.code !== 'protocol') throw error;
    throw new BuildcacheError('unsupported', 'GitHub does not delete this version', error.facts);
  };

  const otherTags = (digest: Digest, tags: readonly string[]): BuildcacheError =>
    new BuildcacheError('conflict', 'the image has other tags, too', {
      url: `https://${repository.host}/${repository.name}@${digest}`,
      found: tags.slice(0, 10).join(', ').slice(0, 300),
      hint: 'move these tags to another image first: GitHub deletes an image only with all its tags',
    });

  return {
    async versions(signal) {
      known = await list(signal);
      return [...known.values()];
    },

    delete: (digest, tags, signal) =>
      inTurn(async () => {
        throwIfCancelled(signal);
        if (refused !== undefined) throw refused;
        // What is not in the list may have been pushed since.
        if (known?.has(digest) !== true) known = await list(signal);
        const version = known.get(digest);
        return version === undefined ? false : await deleteVersion(version, tags, signal);
      }),

    async deleteTag(tag) {
      throw new BuildcacheError('unsupported', 'GitHub deletes no tag without its image', {
        url: `https://${repository.host}/${repository.name}:${tag}`,
        hint: 'push the right image under this tag',
      });
    },
  };
}

/** @throws BuildcacheError `protocol` for what is no version */
function readVersion(value: unknown, url: URL): Omit<Version, 'digest'> & { readonly digest: string } {
  const { id, name, created_at: created, updated_at: updated, metadata } = isObject(value) ? value : {};
  const container = isObject(metadata) ? metadata['container'] : undefined;
  const tags: unknown = isObject(container) ? container['tags'] : undefined;
  const times = [created, updated].map((time) => (typeof time === 'string' ? Date.parse(time) : Number.NaN));
  const written = Math.max(...times.filter((time) => !Number.isNaN(time)));
  const isVersion = typeof id === 'number' && Number.isSafeInteger(id) && id > 0 && typeof name === 'string';
  // Without its tags or its times a version could be deleted by mistake.
  if (!isVersion || !isTexts(tags) || !Number.isFinite(written))
    throw strange(url, 'versions with tags and times');
  return { id, digest: name, tags, written: new Date(written) };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function tooMany(url: URL, status: number, wait: number, said: string | undefined): BuildcacheError {
  const at = new Date(Date.now() + wait * 1000).toISOString().slice(11, 16);
  return new BuildcacheError('throttled', 'GitHub wants fewer requests', {
    url: redactUrl(url.origin),
    status,
    retryAfter: wait,
    ...(said === undefined ? {} : { found: said }),
    hint: `run it again after ${at} UTC: what was removed stays removed`,
  });
}

function endless(url: URL): BuildcacheError {
  return new BuildcacheError('protocol', "GitHub's list of versions does not end", { url: redactUrl(url) });
}
