/**
 * A bucket to talk to: which server, as whom, and every question answered or refused, with the retries it
 * deserves. The AWS SDK is loaded here, when the first bucket is opened, and reads its usual environment
 * variables and files itself; so does Spack's, whose rules are followed where the two SDKs differ:
 * `S3_ENDPOINT_URL` is read, keys in the environment win over `AWS_PROFILE`, an endpoint of one's own is
 * addressed by path, and without any credentials requests go out unsigned.
 */
import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { throwIfCancelled } from '../core/abort.ts';
import { BuildcacheError } from '../core/errors.ts';
import { type RetryPolicy, retrying } from '../core/retry.ts';
import type { HttpClient } from './http-client.ts';
import { checkKey } from './key.ts';
import { type Refusal, refusalError, refusalOf } from './s3-error.ts';
import { sdkTransport } from './s3-transport.ts';

export interface S3Options {
  readonly bucket: string;
  /** What keys start with, without slashes at the ends; empty for the whole bucket. */
  readonly prefix: string;
  /** Default: `AWS_REGION`, the profile's, `us-east-1`. A bucket elsewhere at AWS is found out. */
  readonly region?: string | undefined;
  /** Default: `S3_ENDPOINT_URL`, `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`, the profile's, AWS. Without a scheme: https. */
  readonly endpointUrl?: string | undefined;
  readonly profile?: string | undefined;
  /** Default: the SDK's chain, and `anonymous` when that finds nothing. */
  readonly credentials?: S3Credentials | 'anonymous' | undefined;
  /** Default: true with an endpoint of one's own. */
  readonly forcePathStyle?: boolean | undefined;
  readonly http: HttpClient;
  readonly retry: RetryPolicy;
}

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export type Sdk = typeof import('@aws-sdk/client-s3');

/** What the server said: what was asked for, or that it will not. */
export type Answer<T> = { readonly value: T } | Refused;

export interface Refused {
  readonly refusal: Refusal;
  /** The same as an error, to throw where the refusal has no meaning of its own. */
  readonly error: BuildcacheError;
}

export interface S3Connection {
  readonly sdk: Sdk;
  readonly bucket: string;
  /** Where the server is: two connections with the same one can copy between each other. */
  readonly endpoint: string;
  /** The bucket's key of one of ours. @throws BuildcacheError `bad-input` */
  keyOf(key: string): string;
  /** `s3://bucket/key`, for people; of the whole when the key is empty. */
  urlOf(key: string): string;
  /**
   * Asks until there is an answer; what may go away by itself is asked again.
   * @param key ours, for messages
   * @param run sends one command; runs again on each retry, so a body must be made in it
   * @throws BuildcacheError `unreachable`, `throttled`, `server-error`, `cancelled`; other refusals are answers
   */
  ask<T>(
    key: string,
    run: (client: S3Client, options: { readonly abortSignal?: AbortSignal }) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<Answer<T>>;
  /** Asks once whether the bucket is there. @throws BuildcacheError `not-found` when it is not */
  checkBucket(signal: AbortSignal | undefined): Promise<void>;
}

/**
 * @throws BuildcacheError `bad-input` for a bucket, prefix or endpoint that can be none, `denied` when
 *   credentials were configured but are not to be had
 */
export async function connectS3(options: S3Options): Promise<S3Connection> {
  const { bucket, prefix } = options;
  checkBucket(bucket);
  if (prefix !== '') checkKey(prefix);
  const given = endpointUrl(options.endpointUrl ?? process.env['S3_ENDPOINT_URL']);
  // Not news to our users, who are told which Node we need.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const sdk = await import('@aws-sdk/client-s3');

  // A first client tells what the SDK finds in variables and files; the second has it all spelt out.
  const chain = new sdk.S3Client(options.profile === undefined ? {} : { profile: options.profile }).config;
  const region = options.region ?? (await chain.region().catch(() => 'us-east-1'));
  const endpoint = given ?? endpointUrl(await chain.serviceConfiguredEndpoint?.());
  const credentials = await findCredentials(options, chain.credentials, `s3://${bucket}`);
  const settings: S3ClientConfig = {
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    forcePathStyle: options.forcePathStyle ?? endpoint !== undefined,
    ...(credentials === 'anonymous' ? UNSIGNED : { credentials }),
    requestHandler: sdkTransport(options.http),
    // Retries are ours: they see the errors of bodies too, and can make a streamed body anew.
    maxAttempts: 1,
    retryMode: 'standard',
    // Other servers know neither the newer checksums nor the chunked encoding they come in.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    expectContinueHeader: false,
    logger: SILENT, // Left to itself, it writes to the console.
  };
  const anonymous = credentials === 'anonymous';
  const urlOf = (key: string) => `s3://${[bucket, prefix, key].filter((part) => part !== '').join('/')}`;
  let client = new sdk.S3Client(settings);
  let clientRegion = region;

  /** Whether asking again at once, in another way, makes sense. */
  const corrected = ({ clockCorrected, headers }: Refusal): boolean => {
    if (clockCorrected) return true;
    const actual = headers['x-amz-bucket-region'];
    if (endpoint !== undefined || actual === undefined || actual === clientRegion) return false;
    client = new sdk.S3Client({ ...settings, region: actual });
    clientRegion = actual;
    return true;
  };

  const attempt = async <T>(key: string, run: () => Promise<T>, mayCorrect: boolean): Promise<Answer<T>> => {
    try {
      return { value: await run() };
    } catch (failure) {
      const refusal = refusalOf(failure);
      if (refusal === undefined) throw ourError(failure, urlOf(key));
      if (mayCorrect && corrected(refusal)) return await attempt(key, run, false);
      const error = refusalError(refusal, { url: urlOf(key), anonymous });
      switch (error.code) {
        case 'unreachable':
        case 'throttled':
        case 'server-error':
          throw error;
        default:
          return { refusal, error };
      }
    }
  };

  const ask: S3Connection['ask'] = async (key, run, signal) => {
    throwIfCancelled(signal);
    const abort = signal === undefined ? {} : { abortSignal: signal };
    const once = async () => await attempt(key, async () => await run(client, abort), true);
    try {
      return await retrying(once, options.retry, signal);
    } catch (error) {
      throwIfCancelled(signal);
      throw error;
    }
  };

  let bucketSeen = false;
  return {
    sdk,
    bucket,
    endpoint: endpoint ?? 'aws',
    urlOf,
    keyOf: (key) => {
      checkKey(key);
      return prefix === '' ? key : `${prefix}/${key}`;
    },
    ask,
    checkBucket: async (signal) => {
      if (bucketSeen) return;
      const command = () => new sdk.HeadBucketCommand({ Bucket: bucket });
      const answer = await ask('', async (c, o) => await c.send(command(), o), signal);
      // Refused for another reason, it is there: we may read objects and not the bucket.
      if ('error' in answer && answer.refusal.status === 404) throw missingBucket(answer.refusal, urlOf(''));
      bucketSeen = true;
    },
  };
}

/** The value, or the refusal thrown. */
export function granted<T>(answer: Answer<T>): T {
  if ('error' in answer) throw answer.error;
  return answer.value;
}

/** The answer to HEAD has no body to say what it was that is not there. */
function missingBucket(refusal: Refusal, url: string): BuildcacheError {
  return refusalError({ ...refusal, code: 'NoSuchBucket' }, { url, anonymous: false });
}

const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

const UNSIGNED = {
  signer: { sign: async <T>(request: T): Promise<T> => request },
  credentials: { accessKeyId: 'anonymous', secretAccessKey: 'anonymous' },
} as const;

type SdkCredentials = NonNullable<S3ClientConfig['credentials']>;

async function findCredentials(
  { credentials, profile }: S3Options,
  chain: SdkCredentials & (() => Promise<unknown>),
  url: string,
): Promise<SdkCredentials | 'anonymous'> {
  if (credentials !== undefined) return credentials === 'anonymous' ? credentials : plain(credentials);
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (profile === undefined && AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) {
    return plain({
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      sessionToken: AWS_SESSION_TOKEN,
    });
  }
  try {
    await chain();
    return chain; // Refreshes what expires.
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // The last link's words: nothing was configured. Any other failure is of something that was.
    if (message === 'Could not load credentials from any providers') return 'anonymous';
    throw new BuildcacheError('denied', 'no credentials for S3 could be had', {
      url,
      found: message.slice(0, 300),
      hint: 'check the profile, the role and its token, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    });
  }
}

function plain({ accessKeyId, secretAccessKey, sessionToken }: S3Credentials) {
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

function checkBucket(bucket: string): void {
  // Also what keeps a bucket from becoming another host name, path or an ARN with a region of its own.
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/.test(bucket) && !bucket.includes('..')) return;
  throw new BuildcacheError('bad-input', 'not the name of a bucket', {
    found: JSON.stringify(bucket),
    expected: 'letters, digits, dots, dashes and underscores',
  });
}

function endpointUrl(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  const full = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text) ? text : `https://${text}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '') {
    return url.href.replace(/\/+$/, '');
  }
  throw new BuildcacheError('bad-input', 'not an endpoint URL of an S3 server', {
    expected: 'https://host[:port] without a user and a query',
  });
}

/** Failures that are no answers. */
function ourError(failure: unknown, url: string): BuildcacheError {
  if (failure instanceof BuildcacheError) return failure;
  const found = (failure instanceof Error ? failure.message : String(failure)).slice(0, 300);
  const credentials = failure instanceof Error && /Provider|Token/.test(failure.name);
  return credentials
    ? new BuildcacheError('denied', 'no credentials for S3 could be had', { url, found })
    : new BuildcacheError('protocol', 'asking the S3 server failed', { url, found });
}
