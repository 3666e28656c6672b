/**
 * An OpenID Connect token of the job's identity, for clouds and registries that trust GitHub. The job needs
 * `permissions: id-token: write`; the runner then says where to ask.
 */
import type { Env } from '../core/env.ts';
import { BuildcacheError } from '../core/errors.ts';
import { statusCode, statusFacts } from '../core/http-status.ts';
import { DEFAULT_RETRY, type RetryPolicy, retrying } from '../core/retry.ts';
import type { HttpClient } from '../storage/http/client.ts';
import { readUpTo } from '../storage/read.ts';

export interface IdTokenOptions {
  /** Called with the token before anything else gets it, to mask it (`add-mask`). */
  readonly mask: (token: string) => void;
  readonly retry?: RetryPolicy;
  readonly signal?: AbortSignal | undefined;
}

/** Whether the job may ask for a token. */
export function hasIdTokens(env: Env): boolean {
  return Boolean(env['ACTIONS_ID_TOKEN_REQUEST_URL']) && Boolean(env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']);
}

/**
 * @param audience whom the token is for. Undefined: GitHub's default, which is the owner's URL
 * @returns the token, a JWT that is good for a few minutes
 * @throws `usage` without the permission; `denied`, `throttled`, `server-error`, `unreachable`, `protocol`
 */
export async function getIdToken(
  env: Env,
  client: HttpClient,
  audience: string | undefined,
  options: IdTokenOptions,
): Promise<string> {
  const address = env['ACTIONS_ID_TOKEN_REQUEST_URL'];
  const bearer = env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
  if (!address || !bearer || !URL.canParse(address)) {
    throw new BuildcacheError('usage', 'this job has no identity token to ask for', {
      hint: 'give the job `permissions: id-token: write`',
    });
  }
  const url = new URL(address);
  if (audience !== undefined) url.searchParams.set('audience', audience);
  const token = await retrying(
    () => request(client, url, bearer, options.signal),
    options.retry ?? DEFAULT_RETRY,
    options.signal,
  );
  options.mask(token);
  return token;
}

async function request(
  client: HttpClient,
  url: URL,
  bearer: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const response = await client.request({
    method: 'GET',
    url,
    headers: { authorization: `Bearer ${bearer}`, accept: 'application/json; api-version=2.0' },
    signal,
  });
  // A token has one or two kilobytes.
  const body = (await readUpTo(response.body, 64 * 1024)).toString('utf8');
  // The query of the address has identifiers of the run, and the body has the token. Neither may get into an error.
  const { status, headers } = response;
  const facts = { url: `${url.origin}${url.pathname}`, ...statusFacts(status, headers.get('retry-after')) };
  if (status !== 200) {
    const message = `GitHub's token service answered with ${status}`;
    const code = statusCode(status);
    switch (code) {
      case 'denied':
        throw new BuildcacheError(code, message, { ...facts, hint: 'check `permissions: id-token: write`' });
      case 'throttled':
      case 'server-error':
        throw new BuildcacheError(code, message, facts);
      default:
        throw new BuildcacheError('protocol', message, { ...facts, expected: '200' });
    }
  }
  const token = tokenIn(body);
  if (token === undefined) {
    throw new BuildcacheError('protocol', "GitHub's token service answered with something else", {
      ...facts,
      expected: 'JSON with a token under `value`',
      found: headers.get('content-type') ?? 'no content type',
    });
  }
  return token;
}

function tokenIn(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null || !('value' in value)) return undefined;
    return typeof value.value === 'string' && value.value !== '' ? value.value : undefined;
  } catch {
    return undefined;
  }
}
