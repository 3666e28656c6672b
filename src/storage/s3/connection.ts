/**
 * A connection to a bucket: each question is answered or refused, after the retries it deserves. The AWS SDK is
 * loaded here, when the first bucket is opened.
 */
import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { throwIfCancelled } from '../../core/abort.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { type RetryPolicy, retrying } from '../../core/retry.ts';
import { checkKey } from '../key.ts';
import { once } from '../once.ts';
import { mayBeExpired, type Refusal, refusalError, refusalOf } from './error.ts';
import { findSettings, type S3Options, type Sdk, SILENT } from './settings.ts';
import { sdkTransport } from './transport.ts';

/** The server's answer: the value that was asked for, or a refusal. */
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
  readonly partBytes: number;
  readonly retry: RetryPolicy;
  /** The key in the bucket for one of our keys. @throws BuildcacheError `bad-input` */
  keyOf(key: string): string;
  /** `s3://bucket/key`, for people. With an empty key, the URL of the whole storage. */
  urlOf(key: string): string;
  /**
   * Asks until there is an answer: failures that may go away by themselves are retried.
   * @param key ours, for messages
   * @param run sends one command; it runs again on each retry, so it must make the body itself
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

/** With which credentials a client asks, and in which region. */
interface Caller {
  readonly client: S3Client;
  readonly region: string;
  readonly isRenewed: boolean;
}

/** Corrections of one question: another region, and newer credentials. */
const CORRECTIONS = 2;

/**
 * @throws BuildcacheError `bad-input` for a bucket, prefix or endpoint that can be none, `denied` when
 *   credentials were configured but are not to be had
 */
export async function connectS3(options: S3Options): Promise<S3Connection> {
  const { bucket, prefix } = options;
  // This warning is no news to our users, who are told which Node we need.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const sdk = await import('@aws-sdk/client-s3');
  const { region, endpoint, forcePathStyle, credentials, renewed } = await findSettings(sdk, options);
  const settings: S3ClientConfig = {
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    forcePathStyle,
    ...(credentials === 'anonymous' ? UNSIGNED : { credentials }),
    requestHandler: sdkTransport(options.http),
    // We retry ourselves: that covers errors of bodies too, and can make a streamed body anew.
    maxAttempts: 1,
    retryMode: 'standard',
    // Servers other than AWS know neither the newer checksums nor the chunked encoding they come in.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    expectContinueHeader: false,
    logger: SILENT,
  };
  const anonymous = credentials === 'anonymous';
  const urlOf = (key: string) => `s3://${[bucket, prefix, key].filter((part) => part !== '').join('/')}`;
  let current: Caller = { client: new sdk.S3Client(settings), region, isRenewed: false };
  const call = (as: Pick<Caller, 'region' | 'isRenewed'>): Caller => {
    const identity = as.isRenewed && renewed !== undefined ? { credentials: renewed } : {};
    return { client: new sdk.S3Client({ ...settings, region: as.region, ...identity }), ...as };
  };

  /** Whether to ask again at once, in another way. Many questions may find out the same at once. */
  const corrected = (refusal: Refusal, asked: Caller): boolean => {
    if (refusal.clockCorrected) return true;
    if (renewed !== undefined && !asked.isRenewed && mayBeExpired(refusal)) {
      if (!current.isRenewed) current = call({ region: current.region, isRenewed: true });
      return true;
    }
    const actual = refusal.headers['x-amz-bucket-region'];
    if (endpoint !== undefined || actual === undefined || actual === asked.region) return false;
    if (actual !== current.region) current = call({ region: actual, isRenewed: current.isRenewed });
    return true;
  };

  const attempt = async <T>(
    key: string,
    run: (client: S3Client) => Promise<T>,
    corrections: number,
  ): Promise<Answer<T>> => {
    const asked = current;
    try {
      return { value: await run(asked.client) };
    } catch (failure) {
      const refusal = refusalOf(failure);
      if (refusal === undefined) throw ourError(failure, urlOf(key));
      if (corrections > 0 && corrected(refusal, asked)) return await attempt(key, run, corrections - 1);
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
    const once = async () => await attempt(key, async (client) => await run(client, abort), CORRECTIONS);
    try {
      return await retrying(once, options.retry, signal);
    } catch (error) {
      throwIfCancelled(signal);
      throw error;
    }
  };

  const checkBucket = once(async (signal) => {
    const command = () => new sdk.HeadBucketCommand({ Bucket: bucket });
    const answer = await ask('', async (client, sending) => await client.send(command(), sending), signal);
    // Any other refusal means that it is there: we may read objects and not the bucket.
    if ('error' in answer && answer.refusal.status === 404) throw missingBucket(answer.refusal, urlOf(''));
  });

  return {
    sdk,
    bucket,
    endpoint: endpoint ?? 'aws',
    retry: options.retry,
    partBytes: options.partBytes ?? 16 * 1024 * 1024,
    urlOf,
    keyOf: (key) => {
      checkKey(key);
      return prefix === '' ? key : `${prefix}/${key}`;
    },
    ask,
    checkBucket,
  };
}

/** The value, or the refusal thrown. */
export function granted<T>(answer: Answer<T>): T {
  if ('error' in answer) throw answer.error;
  return answer.value;
}

/** The answer to HEAD has no body to say which of the two is not there, so the code is filled in. */
function missingBucket(refusal: Refusal, url: string): BuildcacheError {
  return refusalError({ ...refusal, code: 'NoSuchBucket' }, { url, anonymous: false });
}

const UNSIGNED = {
  signer: { sign: async <T>(request: T): Promise<T> => request },
  credentials: { accessKeyId: 'anonymous', secretAccessKey: 'anonymous' },
} as const;

/** The error for a failure that is no answer. */
function ourError(failure: unknown, url: string): BuildcacheError {
  if (failure instanceof BuildcacheError) return failure;
  const found = (failure instanceof Error ? failure.message : String(failure)).slice(0, 300);
  const credentials = failure instanceof Error && /Provider|Token/.test(failure.name);
  return credentials
    ? new BuildcacheError('denied', 'no credentials for S3 could be had', { url, found })
    : new BuildcacheError('protocol', 'asking the S3 server failed', { url, found });
}
