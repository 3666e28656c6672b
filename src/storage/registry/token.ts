/**
 * A token for a registry: by GET with Basic credentials or none (distribution's token specification), by POST
 * for identity tokens and for endpoints that take nothing else (its OAuth2 variant).
 */
import { BuildcacheError } from '../../core/errors.ts';
import { statusCode, statusFacts } from '../../core/http-status.ts';
import { isObject } from '../../core/json.ts';
import { redactUrl } from '../../core/redact.ts';
import { drain, type HttpClient, type HttpResponse } from '../http/client.ts';
import { readAll } from '../read.ts';
import type { RegistryCredentials } from './credentials.ts';

export interface Endpoint {
  /** The URL that the registry named, with its own query. The caller has checked it. */
  readonly realm: URL;
  readonly service: string | undefined;
  /** The registry that named it. */
  readonly home: URL;
  /** The registry named a host other than its own. */
  readonly outside: boolean;
}

export interface Token {
  /** `Bearer …`. */
  readonly header: string;
  /** On the clock of `performance.now()`; a while before the token expires. */
  readonly validUntil: number;
}

/** Seconds a token lasts where the server does not say (the token specification), and the longest we believe. */
const LIFETIME = 60;
const LIFETIME_MOST = 24 * 60 * 60;
/** A token counts as expired so many seconds before its end: clocks differ, and requests take time. */
const MARGIN = 10;

/**
 * @returns `refused` when these credentials, or none, get no token
 * @throws BuildcacheError `unreachable`, `throttled`, `server-error`, `protocol`, `cancelled`
 */
export async function fetchToken(
  client: HttpClient,
  endpoint: Endpoint,
  scopes: readonly string[],
  credentials: RegistryCredentials | undefined,
  signal: AbortSignal | undefined,
): Promise<Token | 'refused'> {
  const asked = performance.now();
  let response =
    credentials?.kind === 'identity'
      ? await post(client, endpoint, scopes, credentials, signal)
      : await get(client, endpoint, scopes, credentials, signal);
  if (credentials?.kind === 'pair' && (response.status === 404 || response.status === 405)) {
    await drain(response.body);
    response = await post(client, endpoint, scopes, credentials, signal);
  }
  const { status } = response;
  if (status === 200) return tokenOf(await bodyOf(response, endpoint), asked, endpoint);
  await drain(response.body);
  // OAuth2 answers 400 to a refresh token that has expired (RFC 6749, section 5.2).
  if ((status >= 400 && status <= 403) || (status === 405 && credentials === undefined)) return 'refused';
  throw failure(response, endpoint);
}

export function basicHeader(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

async function get(
  client: HttpClient,
  { realm, service, home, outside }: Endpoint,
  scopes: readonly string[],
  credentials: RegistryCredentials | undefined,
  signal: AbortSignal | undefined,
): Promise<HttpResponse> {
  const url = new URL(realm.href);
  if (service !== undefined) url.searchParams.set('service', service);
  for (const scope of scopes) url.searchParams.append('scope', scope);
  const headers: Record<string, string> = { accept: 'application/json' };
  if (credentials?.kind === 'pair')
    headers['authorization'] = basicHeader(credentials.id, credentials.secret);
  return await client.request({ method: 'GET', url, headers, home, outside, signal });
}

async function post(
  client: HttpClient,
  { realm, service, home, outside }: Endpoint,
  scopes: readonly string[],
  credentials: RegistryCredentials,
  signal: AbortSignal | undefined,
): Promise<HttpResponse> {
  const form = new URLSearchParams({ client_id: 'buildcache-action', scope: scopes.join(' ') });
  if (service !== undefined) form.set('service', service);
  if (credentials.kind === 'identity') {
    form.set('grant_type', 'refresh_token');
    form.set('refresh_token', credentials.token);
  } else {
    form.set('grant_type', 'password');
    form.set('username', credentials.id);
    form.set('password', credentials.secret);
  }
  const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
  return await client.request({
    method: 'POST',
    url: realm,
    headers,
    body: form.toString(),
    home,
    outside,
    signal,
  });
}

async function bodyOf({ body }: HttpResponse, { realm }: Endpoint): Promise<unknown> {
  const object = { key: '', size: undefined, offset: 0, body };
  const what = 'the answer of the token endpoint';
  const bytes = await readAll(object, { maxBytes: 256 * 1024, what, url: redactUrl(realm) });
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw malformed(realm, 'no JSON'); // without its text: there may be half a token in it
  }
}

function tokenOf(answer: unknown, asked: number, { realm }: Endpoint): Token {
  if (!isObject(answer)) throw malformed(realm, 'no JSON object');
  const token = answer['token'] ?? answer['access_token'];
  // A character that could end the header must not get into it.
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) throw malformed(realm, 'no token');
  const said = answer['expires_in'];
  const seconds = typeof said === 'number' && said > 0 ? Math.min(said, LIFETIME_MOST) : LIFETIME;
  const validUntil = asked + (seconds - Math.min(MARGIN, seconds / 4)) * 1000;
  return { header: `Bearer ${token}`, validUntil };
}

function malformed(realm: URL, found: string): BuildcacheError {
  return new BuildcacheError('protocol', 'the token endpoint answered with something else', {
    url: redactUrl(realm),
    expected: 'a JSON object with a token',
    found,
  });
}

function failure(response: HttpResponse, { realm }: Endpoint): BuildcacheError {
  const { status, headers } = response;
  const facts = { url: redactUrl(realm), ...statusFacts(status, headers.get('retry-after')) };
  const code = statusCode(status);
  if (code === 'throttled')
    return new BuildcacheError(code, 'the token endpoint asks to slow down (429)', facts);
  if (code === 'server-error')
    return new BuildcacheError(code, `the token endpoint failed (${status})`, facts);
  return new BuildcacheError('protocol', `the token endpoint answered with status ${status}`, {
    ...facts,
    expected: '200 and a token',
  });
}
