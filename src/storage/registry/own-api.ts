/**
 * Deleting by a registry's own API where the DELETE of the specification is refused. Which API there is, its token endpoint
 * says. Harbor (goharbor.io, API v2.0): a robot account that may delete artifacts may not delete by the specification.
 * GitLab (docs.gitlab.com, "Container registry API"): a job's token deletes tags, and GitLab collects what has none.
 */
import { throwIfCancelled } from '../../core/abort.ts';
import { BuildcacheError, errorCode } from '../../core/errors.ts';
import { isObject } from '../../core/json.ts';
import { redactUrl } from '../../core/redact.ts';
import { type RetryPolicy, retrying } from '../../core/retry.ts';
import { drain, type HttpClient, type HttpResponse } from '../http/client.ts';
import { isLedAway } from '../http/http.ts';
import { sameOwner } from './auth.ts';
import { isPage } from './connection.ts';
import type { FindCredentials, RegistryCredentials } from './credentials.ts';
import type { Deletion } from './deletion.ts';
import { type Digest, isDigest, type Repository } from './reference.ts';
import { jsonOf, nextOf, refusalOf, strange } from './rest.ts';
import { basicHeader, type Endpoint } from './token.ts';

type Signal = AbortSignal | undefined;

export interface OwnApiOptions {
  readonly client: HttpClient;
  readonly repository: Repository;
  readonly credentials: FindCredentials;
  readonly retry: RetryPolicy;
}

/** @param issuer the token endpoint that the registry has named */
export function findOwnApi(options: OwnApiOptions, issuer: Endpoint | undefined): Deletion | undefined {
  if (issuer === undefined) return undefined;
  const { repository } = options;
  const { realm, service } = issuer;
  const isSafe = realm.protocol === 'https:' || repository.scheme === 'http';
  if (!isSafe || !sameOwner(repository.host, realm.host)) return undefined;
  if (service === 'harbor-registry') return harbor(options);
  const [, root] = /^(.*)\/jwt\/auth$/.exec(realm.pathname) ?? [];
  if (service === 'container_registry' && root !== undefined) return gitlab(options, realm.origin + root);
  return undefined;
}

interface Api {
  /** @param onSend told each time it is asked for */
  ask(method: 'GET' | 'DELETE', url: URL, signal: Signal, onSend?: () => void): Promise<HttpResponse>;
}

function openApi(
  { client, repository, credentials, retry }: OwnApiOptions,
  headersOf: (credentials: RegistryCredentials) => Readonly<Record<string, string>> | undefined,
): Api {
  const home = new URL(`${repository.scheme}://${repository.host}`);
  return {
    async ask(method, url, signal, onSend) {
      const { credentials: found } = await credentials(
        { host: repository.host, name: repository.name },
        signal,
      );
      const headers = found && headersOf(found);
      if (headers === undefined) {
        throw new BuildcacheError('denied', "the registry's API wants a name and a password, or a token", {
          url: redactUrl(home),
          hint: 'set access_pair of the mirror',
        });
      }
      return await retrying(
        async () => {
          throwIfCancelled(signal);
          onSend?.();
          const answer = await client.request({
            method,
            url,
            headers,
            outside: isLedAway(url, home),
            home,
            signal,
          });
          if (answer.status === 429 || answer.status >= 500) throw await refusalOf(answer, url);
          return answer;
        },
        retry,
        signal,
      );
    },
  };
}

/** @returns whether it was deleted */
async function deleted(api: Api, url: URL, hint: string, signal: Signal): Promise<boolean> {
  let sent = 0;
  const answer = await api.ask('DELETE', url, signal, () => void sent++);
  const { status, body } = answer;
  // Something on the way may have answered instead, with a page for people.
  if (status >= 200 && status < 300 && !isPage(answer)) {
    await drain(body);
    return true;
  }
  if (status === 404) {
    await drain(body);
    // After a lost answer it is asked for again, and then it is gone.
    return sent > 1;
  }
  const error = await refusalOf(answer, url, hint);
  // Harbor keeps what is a part of an index (412).
  throw errorCode(error) === 'conflict'
    ? new BuildcacheError('conflict', 'the registry keeps it', error.facts)
    : error;
}

function harbor(options: OwnApiOptions): Deletion {
  const { scheme, host, name } = options.repository;
  const [project = '', ...rest] = name.split('/');
  // A slash in the name is encoded twice, says its documentation.
  const repository = encodeURIComponent(encodeURIComponent(rest.join('/')));
  const root = `${scheme}://${host}/api/v2.0/projects/${encodeURIComponent(project)}/repositories/${repository}/artifacts`;
  const api = openApi(options, (found) =>
    found.kind === 'pair' ? { authorization: basicHeader(found.id, found.secret) } : undefined,
  );
  const hint = 'give the robot account the permission "Delete Artifact"';
  return {
    delete: (digest, _tags, signal) => deleted(api, new URL(`${root}/${digest}`), hint, signal),
    deleteTag: (tag, signal) => {
      const place = `${root}/${encodeURIComponent(tag)}/tags/${encodeURIComponent(tag)}`;
      return deleted(api, new URL(place), hint.replace('Artifact', 'Tag'), signal);
    },
  };
}

/** Pages of repositories of a project. */
const PAGES_MOST = 50;

/** @param site where GitLab is */
function gitlab(options: OwnApiOptions, site: string): Deletion {
  const { name } = options.repository;
  const hint =
    "the token needs the scope api (a job's token: of a project whose registry it is), and the role Developer";
  const api = openApi(options, (found) => {
    if (found.kind !== 'pair') return undefined;
    return found.id === 'gitlab-ci-token' ? { 'job-token': found.secret } : { 'private-token': found.secret };
  });
  let root: string | undefined;

  /** A repository is at its project's path, or below it. */
  const find = async (signal: Signal): Promise<string> => {
    if (root !== undefined) return root;
    const parts = name.split('/');
    for (let length = parts.length; length >= 2 && root === undefined; length--) {
      const project = encodeURIComponent(parts.slice(0, length).join('/'));
      const base = `${site}/api/v4/projects/${project}/registry/repositories`;
      let next: URL | undefined = new URL(`${base}?per_page=100`);
      for (let page = 0; next !== undefined && page < PAGES_MOST; page++) {
        const url: URL = next;
        const answer = await api.ask('GET', url, signal);
        if (answer.status === 404) {
          await drain(answer.body);
          break;
        }
        if (answer.status !== 200) throw await refusalOf(answer, url, hint);
        next = nextOf(answer, url);
        const id = idOf(await jsonOf(answer, url), name, url);
        if (id === undefined) continue;
        root = `${base}/${id}/tags`;
        break;
      }
    }
    if (root !== undefined) return root;
    throw new BuildcacheError('not-found', `GitLab shows no registry repository ${name} to this token`, {
      url: site,
      hint,
    });
  };

  const deleteTag = async (tag: string, digest: Digest | undefined, signal: Signal): Promise<boolean> => {
    const url = new URL(`${await find(signal)}/${encodeURIComponent(tag)}`);
    const answer = await api.ask('GET', url, signal);
    if (answer.status === 404) {
      await drain(answer.body);
      return false;
    }
    if (answer.status !== 200) throw await refusalOf(answer, url, hint);
    const details = await jsonOf(answer, url);
    const found = isObject(details) ? details['digest'] : undefined;
    if (!isDigest(found)) throw strange(url, 'a tag with its digest');
    // It was moved.
    if (digest !== undefined && found !== digest) return false;
    return await deleted(api, url, hint, signal);
  };

  return {
    async delete(digest, tags, signal) {
      let isDeleted = false;
      for (const tag of tags) isDeleted = (await deleteTag(tag, digest, signal)) || isDeleted;
      return isDeleted;
    },
    deleteTag: (tag, signal) => deleteTag(tag, undefined, signal),
  };
}

function idOf(document: unknown, path: string, url: URL): number | undefined {
  if (!Array.isArray(document)) throw strange(url, 'a list of repositories');
  const found = document.find((each: unknown) => isObject(each) && each['path'] === path);
  const id: unknown = isObject(found) ? found['id'] : undefined;
  return typeof id === 'number' && Number.isSafeInteger(id) ? id : undefined;
}
