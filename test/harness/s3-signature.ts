/**
 * Checking an AWS Signature Version 4 in the `Authorization` header, as the specification has it: whatever
 * reaches the test server was signed with the right secret over what was really sent.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What a server may answer about who asks: S3's error code and status, or nothing. */
export type SignatureFault = readonly [status: number, code: string, message: string] | undefined;

export interface SignatureRules {
  /** Secrets by access key id. */
  readonly keys: Readonly<Record<string, string>>;
  /** The session token that must come along, if any. */
  readonly sessionToken?: string | undefined;
  /** Milliseconds the server's clock is ahead. */
  readonly clockAhead: number;
}

const SKEW_MS = 15 * 60 * 1000;

/** @param body what was received, still in chunks where it came in chunks */
export function checkSignature(
  request: IncomingMessage,
  body: Buffer,
  rules: SignatureRules,
): SignatureFault {
  const header = request.headers.authorization ?? '';
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      header,
    );
  if (match === null) return [400, 'AuthorizationHeaderMalformed', 'The authorization header is malformed'];
  const [, keyId = '', day = '', region = '', signedHeaders = '', signature = ''] = match;
  const secret = rules.keys[keyId];
  if (secret === undefined) {
    return [403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.'];
  }
  if (rules.sessionToken !== undefined && request.headers['x-amz-security-token'] !== rules.sessionToken) {
    return [400, 'ExpiredToken', 'The provided token has expired.'];
  }
  const date = String(request.headers['x-amz-date']);
  const sent = Date.parse(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(sent - Date.now() - rules.clockAhead) < SKEW_MS)) {
    return [
      403,
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
    ];
  }
  const declared = String(request.headers['x-amz-content-sha256']);
  if (/^[0-9a-f]{64}$/.test(declared) && declared !== hash(body)) {
    return [400, 'XAmzContentSHA256Mismatch', 'The provided x-amz-content-sha256 header does not match'];
  }
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', date, scope, hash(canonical(request, signedHeaders, declared))].join(
    '\n',
  );
  const key = [day, region, 's3', 'aws4_request'].reduce<Buffer>(
    (previous, part) => hmac(previous, part),
    Buffer.from(`AWS4${secret}`),
  );
  const right = hmac(key, text);
  if (timingSafeEqual(right, Buffer.from(signature, 'hex'))) return undefined;
  return [403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match'];
}

function canonical(request: IncomingMessage, signedHeaders: string, payloadHash: string): string {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const pairs = query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => (pair.includes('=') ? pair : `${pair}=`))
    .sort();
  const headers = signedHeaders.split(';').map(
    (name) =>
      `${name}:${String(request.headers[name] ?? '')
        .trim()
        .replace(/ +/g, ' ')}\n`,
  );
  return [request.method, path, pairs.join('&'), headers.join(''), signedHeaders, payloadHash].join('\n');
}

function hash(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
