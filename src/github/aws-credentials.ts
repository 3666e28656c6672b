/**
 * AWS credentials of the job's identity. A build may outlive those it was started with; where the job has
 * `permissions: id-token: write` and `AWS_ROLE_ARN` says as whom, new ones are to be had at any time.
 */
import type { Env } from '../core/env.ts';
import { DEFAULT_RETRY } from '../core/retry.ts';
import type { HttpClient } from '../storage/http/client.ts';
import { assumeRole, type RoleCredentials } from '../storage/s3/role.ts';
import { getIdToken, hasIdTokens } from './oidc.ts';

/** Whom roles expect the token to be for. */
const AUDIENCE = 'sts.amazonaws.com';

/** Who wants the credentials asks again himself. */
const ONCE = { ...DEFAULT_RETRY, retries: 0 };

/**
 * @param mask told each secret before anybody else
 * @returns what gets new credentials; undefined where the job cannot. A token file is somebody else's arrangement of
 *   the same kind (a cluster's), and is left to the SDK.
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

/** As the SDK has it. */
function tokenService(env: Env): string {
  const own = env['AWS_ENDPOINT_URL_STS'] || env['AWS_ENDPOINT_URL'];
  if (own) return own;
  const region = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'];
  if (!region) return 'https://sts.amazonaws.com';
  return `https://sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}
