/**
 * What an S3 server's refusal means. The SDK's error objects hold signatures, key ids and tokens beside the message.
 * So none of them is kept as a cause: status, code and message are taken out, the rest is dropped.
 */
import { BuildcacheError, type ErrorCode, type ErrorFacts } from '../../core/errors.ts';
import { statusCode, statusFacts } from '../../core/http-status.ts';

/** A server's answer that is no success. */
export interface Refusal {
  readonly status: number;
  /** S3's code (`NoSuchKey`). For an answer without a body, the SDK guesses it. */
  readonly code: string;
  readonly message: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The SDK has found this machine's clock to be wrong and has corrected it: a retry may succeed. */
  readonly clockCorrected: boolean;
}

/** Undefined for what is not an answer (network errors, bugs). */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) return undefined;
  const metadata = record(record(error)?.['$metadata']);
  const response = record(record(error)?.['$response']);
  const status = response?.['statusCode'] ?? metadata?.['httpStatusCode'];
  if (typeof status !== 'number') return undefined;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(record(response?.['headers']) ?? {})) {
    if (typeof value === 'string') headers[name.toLowerCase()] = value;
  }
  return {
    status,
    code: error.name,
    message: messageOf(error),
    headers,
    clockCorrected: metadata?.['clockSkewCorrected'] === true,
  };
}

/** The server's message; empty where the words are the SDK's own. */
function messageOf({ message }: Error): string {
  return /^UnknownError$|deserialization error/i.test(message) ? '' : message.slice(0, 300);
}

/** Whether the credentials may have expired. An answer without a body has no code: to a HEAD, S3 then says only 400. */
export function mayBeExpired({ status, code, message }: Refusal): boolean {
  return knownCode(code) === EXPIRED || (status === 400 && message === '');
}

export interface Circumstances {
  /** `s3://bucket/key`. */
  readonly url: string;
  /** No credentials were found, or none were to be used. */
  readonly anonymous: boolean;
}

/** The refusal as one of our errors. */
export function refusalError(refusal: Refusal, circumstances: Circumstances): BuildcacheError {
  const { status, code } = refusal;
  const [ours, message, hint] = meaning(refusal, circumstances);
  const facts: ErrorFacts = {
    url: circumstances.url,
    ...statusFacts(status, refusal.headers['retry-after']),
    ...(ours === 'denied' && knownCode(code) !== undefined ? { hasReason: true } : {}),
    found: `HTTP ${status} ${code}${refusal.message === '' ? '' : `: ${refusal.message}`}`,
    ...(hint === undefined ? {} : { hint }),
  };
  return new BuildcacheError(ours, message, facts);
}

type Meaning = readonly [code: ErrorCode, message: string, hint?: string];

/** @param code attacker-controlled: it may name a property of every object, such as "constructor" */
function knownCode(code: string): Meaning | undefined {
  return Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined;
}

function meaning({ status, code }: Refusal, { anonymous }: Circumstances): Meaning {
  const known = knownCode(code);
  if (known !== undefined) return known;
  if (status < 300) return ['protocol', 'the answer makes no sense', 'check the endpoint URL'];
  if (status === 301 || status === 307) {
    return ['protocol', 'the bucket is in another region', 'set AWS_REGION, or the endpoint URL'];
  }
  // 503 is SlowDown, which the answer to a HEAD cannot say.
  if (status === 503) return SLOW;
  const ours = statusCode(status);
  if (ours !== 'denied') return BY_STATUS[ours] ?? ['protocol', 'the server does not accept the request'];
  return anonymous
    ? ['denied', 'the server refuses access without credentials', WITHOUT_CREDENTIALS]
    : ['denied', 'the server refuses access', NOT_ALLOWED];
}

const WITHOUT_CREDENTIALS =
  'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, a role, or access_pair of the mirror';
const NOT_ALLOWED =
  'check what the key may do (without s3:ListBucket the server also says this of objects that are not there)';
const CHECK_KEYS =
  'check access key and secret, and that they belong to this endpoint: `aws configure list` shows where they come from';
const RENEW = 'get new credentials';
const ASK_PROVIDER = 'ask the provider';
const SLOW_DOWN = 'lower --jobs or try again later';

const SLOW: Meaning = ['throttled', 'the server asks to slow down', SLOW_DOWN];
const FAILED: Meaning = ['server-error', 'the server failed', 'try again later'];
const TOO_LARGE: Meaning = ['too-large', 'the server takes no objects of this size'];
const CANNOT: Meaning = ['unsupported', 'the server does not know how to do this'];

const BY_STATUS: Partial<Readonly<Record<ErrorCode, Meaning>>> = {
  'not-found': ['not-found', 'there is no such object'],
  throttled: SLOW,
  unsupported: CANNOT,
  'server-error': FAILED,
  conflict: ['conflict', 'somebody else changed this object meanwhile'],
  'too-large': TOO_LARGE,
};

const EXPIRED: Meaning = ['denied', 'the credentials have expired', RENEW];

const BY_CODE: Readonly<Record<string, Meaning>> = {
  SignatureDoesNotMatch: ['denied', 'the request signature is wrong', CHECK_KEYS],
  InvalidAccessKeyId: ['denied', 'the server does not know the access key', CHECK_KEYS],
  AuthorizationHeaderMalformed: [
    'denied',
    'the signature is for another region or service',
    'set AWS_REGION',
  ],
  ExpiredToken: EXPIRED,
  ExpiredTokenException: EXPIRED,
  TokenRefreshRequired: EXPIRED,
  RequestExpired: EXPIRED,
  InvalidToken: ['denied', 'the session token is wrong', RENEW],
  RequestTimeTooSkewed: [
    'denied',
    'the clocks of this machine and of the server differ too much',
    'set the clock of this machine',
  ],
  InvalidObjectState: [
    'denied',
    'the object is archived',
    'restore it from its storage class, and take the mirror out of the lifecycle rule',
  ],
  AllAccessDisabled: ['denied', 'the provider has turned off all access to the bucket', ASK_PROVIDER],
  AccountProblem: ['denied', 'something is wrong with the account', ASK_PROVIDER],
  NoSuchBucket: ['not-found', 'there is no such bucket', 'check the bucket name and the endpoint URL'],
  InternalError: FAILED,
  SlowDown: SLOW,
  Throttling: SLOW,
  ThrottlingException: SLOW,
  RequestLimitExceeded: SLOW,
  // S3 sends this with status 400; it means 408.
  RequestTimeout: ['server-error', 'the server gave up waiting for the request', 'try again'],
  EntityTooLarge: TOO_LARGE,
  NotImplemented: CANNOT,
};

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}
