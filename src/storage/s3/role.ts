/**
 * AWS's token service: a role's credentials in exchange for a token of an identity provider that the role trusts.
 * The operation needs no signature (AWS STS API Reference, AssumeRoleWithWebIdentity, version 2011-06-15).
 */
import { BuildcacheError, type ErrorCode } from '../../core/errors.ts';
import { statusCode, statusFacts } from '../../core/http-status.ts';
import type { HttpClient, HttpResponse } from '../http/client.ts';
import { readUpTo } from '../read.ts';
import type { S3Credentials } from './settings.ts';

/** Credentials that expire. */
export interface RoleCredentials extends S3Credentials {
  readonly sessionToken: string;
  readonly expiration: Date;
}

export interface RoleRequest {
  /** Of the token service. */
  readonly endpoint: string;
  /** `arn:aws:iam::<account>:role/<name>`. */
  readonly role: string;
  /** What the session is called in the account's logs. */
  readonly session: string;
  /** A JWT. */
  readonly token: string;
}

/**
 * @returns credentials that are good for an hour, if the service does not say otherwise
 * @throws BuildcacheError `denied` when the role is not given; `throttled`, `server-error`, `unreachable`,
 *   `protocol`. Not tried again here.
 */
export async function assumeRole(client: HttpClient, request: RoleRequest): Promise<RoleCredentials> {
  const { endpoint, role, session, token } = request;
  const response = await client.request({
    method: 'POST',
    url: tokenServiceUrl(endpoint),
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/xml' },
    body: new URLSearchParams({
      Action: 'AssumeRoleWithWebIdentity',
      Version: '2011-06-15',
      RoleArn: role,
      RoleSessionName: session,
      WebIdentityToken: token,
    }).toString(),
  });
  const answer = (await readUpTo(response.body, 64 * 1024)).toString('utf8');
  if (response.status !== 200) throw refusal(response, answer, endpoint);
  const credentials = credentialsIn(answer);
  if (credentials !== undefined) return credentials;
  throw new BuildcacheError('protocol', 'the token service answered with something else', {
    url: endpoint,
    expected: 'credentials of a role',
    found: response.headers.get('content-type') ?? 'no content type',
  });
}

function tokenServiceUrl(endpoint: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === '') return url;
  throw new BuildcacheError('usage', "not the URL of AWS's token service", {
    expected: 'https://host[:port] (AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL)',
  });
}

/** The service's own message is quoted: it holds names and numbers, and never the token. */
function refusal(
  { status, headers }: Pick<HttpResponse, 'status' | 'headers'>,
  answer: string,
  url: string,
): BuildcacheError {
  const code = element(answer, 'Code') ?? '';
  const message = element(answer, 'Message')?.slice(0, 300);
  const found = `HTTP ${status} ${code}${message === undefined ? '' : `: ${message}`}`.trim();
  const said = statusCode(status);
  const meaning: ErrorCode =
    said === 'throttled' || code.startsWith('Throttling')
      ? 'throttled'
      : said === 'server-error' || code === 'IDPCommunicationError'
        ? 'server-error'
        : 'denied';
  const hint =
    'check AWS_ROLE_ARN, and that the role trusts token.actions.githubusercontent.com with this repository';
  return new BuildcacheError(meaning, 'the role was not given to this job', {
    url,
    ...statusFacts(status, headers.get('retry-after')),
    found,
    ...(meaning === 'denied' ? { hint } : {}),
  });
}

function credentialsIn(xml: string): RoleCredentials | undefined {
  const accessKeyId = element(xml, 'AccessKeyId');
  const secretAccessKey = element(xml, 'SecretAccessKey');
  const sessionToken = element(xml, 'SessionToken');
  const expiration = new Date(element(xml, 'Expiration') ?? '');
  if (!accessKeyId || !secretAccessKey || !sessionToken || Number.isNaN(expiration.getTime()))
    return undefined;
  return { accessKeyId, secretAccessKey, sessionToken, expiration };
}

/** The four values are letters, digits and `+/=:-`. So there is no need for a parser, which hostile XML could hurt. */
function element(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]?.trim();
}
