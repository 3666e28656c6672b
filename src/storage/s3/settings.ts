/**
 * Where a bucket is, and which credentials to use: what the caller says, else what the AWS SDK finds in its usual
 * environment variables and files. Spack does the same with Python's SDK, whose rules are followed where the two
 * differ: `S3_ENDPOINT_URL` is read, keys in the environment win over `AWS_PROFILE`, a custom endpoint is addressed
 * by path, and without any credentials requests are unsigned.
 */
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { BuildcacheError } from '../../core/errors.ts';
import type { RetryPolicy } from '../../core/retry.ts';
import { withoutEnd } from '../../core/without-end.ts';
import type { HttpClient } from '../http/client.ts';
import { checkKey } from '../key.ts';
import type { RoleCredentials } from './role.ts';
import { sdkTransport } from './transport.ts';

export interface S3Options {
  readonly bucket: string;
  /** What keys start with, without slashes at the ends; empty for the whole bucket. */
  readonly prefix: string;
  /** Default: `AWS_REGION`, the profile's, `us-east-1`. At AWS, the region of a bucket elsewhere is found out. */
  readonly region?: string | undefined;
  /** Default: `S3_ENDPOINT_URL`, `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`, the profile's, AWS. Without a scheme: https. */
  readonly endpointUrl?: string | undefined;
  readonly profile?: string | undefined;
  /** Default: the SDK's chain, and `anonymous` when that finds nothing. */
  readonly credentials?: S3Credentials | 'anonymous' | undefined;
  /**
   * Gets credentials that expire. Called where the SDK's chain would be asked and no profile is named: when there are
   * no credentials, and when the server says that a session's credentials in the environment have expired.
   */
  readonly renew?: (() => Promise<RoleCredentials>) | undefined;
  /** The machine's credentials are used only if they have no session token: that would be sent as it is. */
  readonly withoutSession?: boolean | undefined;
  /** Default: true with a custom endpoint. */
  readonly forcePathStyle?: boolean | undefined;
  /** Bytes of a part of a large file. S3 wants at least 5 MiB. Default: 16 MiB. */
  readonly partBytes?: number | undefined;
  readonly http: HttpClient;
  readonly retry: RetryPolicy;
}

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** Without this the SDK writes to the console. */
export const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

export type Sdk = typeof import('@aws-sdk/client-s3');

/** The settings that the SDK would find out one by one. */
export interface S3Settings {
  readonly region: string;
  /** Undefined at AWS. */
  readonly endpoint: string | undefined;
  readonly forcePathStyle: boolean;
  readonly credentials: SdkCredentials | 'anonymous';
  /** What to use when these credentials have expired. */
  readonly renewed: SdkCredentials | undefined;
}

export type SdkCredentials = NonNullable<S3ClientConfig['credentials']>;

/**
 * @throws BuildcacheError `bad-input` for a bucket, prefix or endpoint that can be none, `denied` when credentials
 *   were configured but could not be obtained
 */
export async function findSettings(sdk: Sdk, options: S3Options): Promise<S3Settings> {
  checkBucketName(options.bucket);
  if (options.prefix !== '') checkKey(options.prefix);
  const given = endpointUrl(options.endpointUrl ?? process.env['S3_ENDPOINT_URL']);
  // This client is asked only for the settings it has found. (It may itself ask for a role, through our HTTP client.)
  const found = new sdk.S3Client({
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    requestHandler: sdkTransport(options.http),
    logger: SILENT,
  }).config;
  const endpoint = given ?? endpointUrl(await found.serviceConfiguredEndpoint?.());
  return {
    region: options.region ?? (await found.region().catch(() => 'us-east-1')),
    endpoint,
    forcePathStyle: options.forcePathStyle ?? endpoint !== undefined,
    ...(await findCredentials(options, found.credentials)),
  };
}

async function findCredentials(
  { credentials, profile, renew, bucket, withoutSession = false }: S3Options,
  chain: SdkCredentials & (() => Promise<unknown>),
): Promise<Pick<S3Settings, 'credentials' | 'renewed'>> {
  const fixed = (found: S3Settings['credentials']) => ({ credentials: found, renewed: undefined });
  if (credentials !== undefined) return fixed(credentials === 'anonymous' ? credentials : plain(credentials));
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_PROFILE } = process.env;
  const ofSession = (found: unknown) =>
    withoutSession &&
    typeof found === 'object' &&
    found !== null &&
    Boolean(Reflect.get(found, 'sessionToken'));
  if (profile === undefined && AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) {
    const found = plain({
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      sessionToken: AWS_SESSION_TOKEN,
    });
    if (ofSession(found)) return fixed('anonymous');
    return { credentials: found, renewed: AWS_SESSION_TOKEN ? renew : undefined };
  }
  if (renew !== undefined && profile === undefined && !AWS_PROFILE)
    return fixed(withoutSession ? 'anonymous' : renew);
  try {
    if (ofSession(await chain())) return fixed('anonymous');
    return fixed(chain); // the chain renews credentials that expire
  } catch (error) {
    if (error instanceof BuildcacheError) throw error; // the token service did not answer
    const message = error instanceof Error ? error.message : String(error);
    // The words of the chain's last link: nothing was configured. Any other failure is of something that was
    // configured.
    if (message === 'Could not load credentials from any providers') return fixed('anonymous');
    throw new BuildcacheError('denied', 'no credentials for S3 could be had', {
      url: `s3://${bucket}`,
      found: message.slice(0, 300),
      hint: 'check the profile, the role and its token, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    });
  }
}

function plain({ accessKeyId, secretAccessKey, sessionToken }: S3Credentials) {
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

function checkBucketName(bucket: string): void {
  // This also keeps a bucket's name from becoming another host name, a path, or an ARN with a region of its own.
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/.test(bucket) && !bucket.includes('..')) return;
  throw new BuildcacheError('bad-input', 'not the name of a bucket', {
    // There may be keys in the name, where other schemes have a user and password.
    found: /[:@]/.test(bucket) ? 'a ":" or an "@"' : JSON.stringify(bucket),
    expected: 'letters, digits, dots, dashes and underscores',
  });
}

function endpointUrl(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  const full = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text) ? text : `https://${text}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '') {
    return withoutEnd(url.href, '/');
  }
  throw new BuildcacheError('bad-input', 'not an endpoint URL of an S3 server', {
    expected: 'https://host[:port] without a user and a query',
  });
}
