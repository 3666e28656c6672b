/**
 * AWS credentials for the job's identity. A build may take longer than its first credentials are valid. Where the job has
 * `permissions: id-token: write` and `AWS_ROLE_ARN` names a role, new ones can be had at any time.
 */
import type { Env } from '../core/env.ts';
import { DEFAULT_RETRY } from '../core/retry.ts';
import type { HttpClient } from '../storage/http/client.ts';
import { assumeRole, type RoleCredentials } from '../storage/s3/role.ts';
import { getIdToken, hasIdTokens } from './oidc.ts';

/** The audience that roles expect in the token. */
const AUDIENCE = 'sts.amazonaws.com';

/** Without retries here: the caller asks again by itself. */
const ONCE = { ...DEFAULT_RETRY, retries: 0 };

/**
 * @param mask called with each secret before anything else gets it
 * @returns a function that gets new credentials; undefined where the job cannot get any. A token file means that the
 *   site (for example a cluster) has arranged the same in its own way; that is left to the SDK.
 */
export function awsRenewal(
  env: Env,
  mask: (secret: string) => void,
): ((client: HttpClient) => Promise<RoleCredentials>) | undefined {
  const role = env['AWS_ROLE_ARN'];
  if (!role || !hasIdTokens(env) || env['AWS_WEB_IDENTITY_TOKEN_FILE']) return undefined;
  return async (client) => {
    const token = await getIdToken(env, client, AUDIENCE, { mask, retry: ONCE });
    const session = env['AWS_ROLE_SESSION_NAME'] || `buildcache-${env['GITHUB_RUN_ID'] ?? 'action'}`;
    const credentials = await assumeRole(client, { endpoint: tokenService(env), role, session, token });
    mask(credentials.secretAccessKey);
    mask(credentials.sessionToken);
    return credentials;
  };
}

/** The address of the token service, as the SDK chooses it. */
function tokenService(env: Env): string {
  const own = env['AWS_ENDPOINT_URL_STS'] || env['AWS_ENDPOINT_URL'];
  if (own) return own;
  const region = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'];
  if (!region) return 'https://sts.amazonaws.com';
  return `https://sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}
