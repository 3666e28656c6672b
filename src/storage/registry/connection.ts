/**
 * Requests to one repository: with the credentials the registry asks for, redirects without them, refusals as errors.
 * It knows nothing of manifests or blobs.
 */
import type { Readable } from 'node:stream';
import { throwIfCancelled } from '../../core/abort.ts';
import { BuildcacheError, type ErrorCode } from '../../core/errors.ts';
import { statusCode } from '../../core/http-status.ts';
import { redactUrl } from '../../core/redact.ts';
import { type RetryPolicy, retrying } from '../../core/retry.ts';
import { drain, type HttpClient, type HttpRequest, type HttpResponse } from '../http/client.ts';
import { isLedAway, redirectTarget } from '../http/http.ts';
import { once } from '../once.ts';
import type { Authorizer } from './auth.ts';
import { readRefusal, refusalError } from './error.ts';
import type { Repository } from './reference.ts';

export interface RegistryRequest {
  readonly method: HttpRequest['method'];
  /** Below `/v2/<name>/`, already encoded; or a URL the registry gave. */
  readonly to: string | URL;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Called each time the request is sent: after a 401 and a redirect it is sent again. */
  readonly body?: (() => Uint8Array | Promise<Readable>) | undefined;
  /** Rights beyond the connection's own. */
  readonly scopes?: readonly string[] | undefined;
  /** A redirect to another host is not followed: it is the answer. */
  readonly atHome?: boolean | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface RegistryAnswer extends HttpResponse {
  /** The URL of the request that was answered in the end. */
  readonly url: URL;
}

export interface RegistryConnection {
  readonly repository: Repository;
  urlOf(path: string): URL;
  /**
   * One exchange. Successes and refusals with a meaning (400, 404, 405, 413, 416, …) are answers.
   * @throws BuildcacheError `unreachable`, `denied`, `throttled`, `server-error`, `protocol`, `cancelled`
   */
  exchange(request: RegistryRequest): Promise<RegistryAnswer>;
  /** Runs `attempt`, which does such exchanges, with the retries it deserves. */
  retry<T>(attempt: () => Promise<T>, signal: AbortSignal | undefined): Promise<T>;
  /** One exchange, retried. */
  ask(request: RegistryRequest): Promise<RegistryAnswer>;
  /** The error for an answer that the caller did not expect. */
  refusal(answer: RegistryAnswer): Promise<BuildcacheError>;
  /**
   * Makes sure that a 404 means that something is not there.
   * @throws BuildcacheError `protocol` when the server is no registry
   */
  absent(answer: RegistryAnswer, signal: AbortSignal | undefined): Promise<void>;
}

export interface ConnectionOptions {
  readonly repository: Repository;
  readonly retry: RetryPolicy;
  readonly authorizer: Authorizer;
  readonly actions: 'pull' | 'pull,push';
}

/** Redirects followed for one request. */
const MAX_REDIRECTS = 8;

export function connectRegistry(client: HttpClient, options: ConnectionOptions): RegistryConnection {
  const { repository, authorizer } = options;
  const root = new URL(`${repository.scheme}://${repository.host}/v2/`);
  const ownScope = `repository:${repository.name}:${options.actions}`;
  const urlOf = (path: string) => new URL(`${repository.name}/${path}`, root);

  const refusal: RegistryConnection['refusal'] = async (answer) =>
    refusalError(await readRefusal(answer), answer, answer.url, authorizer.scrub);

  /** Follows redirects. The token is sent only to the registry's origin. */
  const follow = async (
    request: RegistryRequest,
    authorization: string | undefined,
  ): Promise<RegistryAnswer> => {
    const { method, to, headers, body, signal } = request;
    let url = to instanceof URL ? to : urlOf(to);
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      const trusted = url.origin === root.origin && authorization !== undefined;
      const response = await client.request({
        method,
        url,
        headers: { ...headers, ...(trusted ? { authorization } : {}) },
        ...(body === undefined ? {} : { body: await body() }),
        outside: isLedAway(url, root),
        home: root,
        signal,
      });
      const { status } = response;
      const location = response.headers.get('location');
      const reading = method === 'GET' || method === 'HEAD';
      const redirected = reading
        ? [301, 302, 303, 307, 308].includes(status)
        : status === 307 || status === 308;
      if (!redirected || location === undefined) return { ...response, url };
      const target = redirectTarget(location, url);
      if (request.atHome === true && target.origin !== root.origin) return { ...response, url };
      await drain(response.body);
      url = target;
    }
    throw new BuildcacheError('protocol', `redirected more than ${MAX_REDIRECTS} times`, {
      url: redactUrl(urlOf('')),
      expected: 'an answer',
      found: `a redirect to ${redactUrl(url)}`,
    });
  };

  const exchange: RegistryConnection['exchange'] = async (request) => {
    const { signal } = request;
    throwIfCancelled(signal);
    const scopes = [ownScope, ...(request.scopes ?? [])];
    let authorization = await authorizer.authorization(scopes, signal);
    let answer = await follow(request, authorization);
    // A 401 of a host that we were redirected to does not concern our credentials.
    if (answer.status === 401 && answer.url.origin === root.origin) {
      await drain(answer.body);
      const challenges = answer.headers.get('www-authenticate');
      authorization = await authorizer.renew(challenges, scopes, authorization, signal);
      answer = await follow(request, authorization);
    }
    const { status } = answer;
    if ((status === 401 || status === 403) && answer.url.origin === root.origin) {
      const { facts } = await refusal(answer);
      const error = await authorizer.refused(status, signal);
      throw new BuildcacheError(error.code, error.message, {
        ...facts,
        ...error.facts,
        url: redactUrl(answer.url),
      });
    }
    if (REFUSED.includes(statusCode(status))) throw await refusal(answer);
    return answer;
  };

  const retry: RegistryConnection['retry'] = async (attempt, signal) => {
    try {
      return await retrying(attempt, options.retry, signal);
    } catch (error) {
      throwIfCancelled(signal); // as our own error, however it came about
      throw error;
    }
  };
  const ask: RegistryConnection['ask'] = (request) => retry(() => exchange(request), request.signal);

  const checkRegistry = once(async (signal) => {
    const answer = await ask({ method: 'GET', to: root, signal });
    await drain(answer.body);
    if (answer.status === 200 && !isPage(answer)) return;
    throw new BuildcacheError('protocol', 'the server that answers is no registry', {
      url: redactUrl(root),
      expected: 'an OCI registry',
      found: isPage(answer) ? 'a web page' : `HTTP ${answer.status}`,
      hint: 'check the host name',
    });
  });

  return {
    repository,
    retry,
    urlOf,
    exchange,
    ask,
    refusal,
    async absent(answer, signal) {
      const { spoken } = await readRefusal(answer);
      const json = answer.headers.get('content-type')?.includes('json') === true;
      if (!spoken && !json && answer.url.origin === root.origin) await checkRegistry(signal);
    },
  };
}

/** Errors after which no other question is asked, whatever it is. */
const REFUSED: readonly ErrorCode[] = ['denied', 'throttled', 'server-error'];

/** A log-in page or an application for people, where a document belongs. */
export function isPage({ headers }: HttpResponse): boolean {
  return /^\s*text\/html/i.test(headers.get('content-type') ?? '');
}
