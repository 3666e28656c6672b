/** What a registry's refusal means: its status, and its own words (`{"errors": [{code, message}]}`), safely quoted. */
import { BuildcacheError, type ErrorCode, oneLine } from '../../core/errors.ts';
import { statusCode, statusFacts } from '../../core/http-status.ts';
import { isObject } from '../../core/json.ts';
import { redactUrl } from '../../core/redact.ts';
import type { HttpResponse } from '../http/client.ts';

/** Enough for any honest explanation. */
const BODY_MOST = 64 * 1024;
const MESSAGE_MOST = 200;

export interface RegistryRefusal {
  readonly status: number;
  /** The specification's word (`NAME_UNKNOWN`), or empty. */
  readonly code: string;
  readonly message: string;
  /** Whether the answer is in the form that registries use. */
  readonly spoken: boolean;
}

/** Reads as much of the body as is of use, and frees the connection. */
export async function readRefusal({ status, body }: HttpResponse): Promise<RegistryRefusal> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > BODY_MOST) break;
      chunks.push(chunk);
    }
  } catch {
    // The status says enough.
  }
  const first = firstError(Buffer.concat(chunks).toString('utf8'));
  if (first === undefined) return { status, code: '', message: '', spoken: false };
  const { code, message } = first;
  return {
    status,
    code: typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : '',
    message: typeof message === 'string' ? message : '',
    spoken: true,
  };
}

/** @param scrub takes secrets out of what the registry says */
export function refusalError(
  refusal: RegistryRefusal,
  response: Pick<HttpResponse, 'headers' | 'through'>,
  url: URL,
  scrub: (text: string) => string,
): BuildcacheError {
  const { status, code } = refusal;
  const [ours, message, hint] = meaning(refusal);
  // An answer in a registry's form is the registry's, and not the proxy's before it.
  const way = refusal.spoken || response.through === undefined ? '' : ` through ${response.through}`;
  const said = oneLine(scrub(refusal.message)).slice(0, MESSAGE_MOST);
  return new BuildcacheError(ours, message, {
    url: redactUrl(url),
    ...statusFacts(status, response.headers.get('retry-after')),
    found: [`HTTP ${status}${code === '' ? '' : ` ${code}`}${way}`, said]
      .filter((part) => part !== '')
      .join(': '),
    ...(hint === undefined ? {} : { hint }),
  });
}

type Meaning = readonly [code: ErrorCode, message: string, hint?: string];

function meaning({ status, code }: RegistryRefusal): Meaning {
  const ours = statusCode(status);
  return WHATEVER_IT_SAYS[ours] ?? BY_CODE[code] ?? BY_STATUS[ours] ?? REFUSED;
}

const SLOW: Meaning = ['throttled', 'the registry asks to slow down', 'lower --jobs or try again later'];
const DENIED: Meaning = [
  'denied',
  'the registry refuses access',
  'check the credentials and what they may do',
];
const CANNOT: Meaning = ['unsupported', 'the registry does not do this'];
const REFUSED: Meaning = ['protocol', 'the registry does not accept the request'];

/** Registries send codes of all kinds with these statuses, so the status decides. */
const WHATEVER_IT_SAYS: Partial<Readonly<Record<ErrorCode, Meaning>>> = {
  throttled: SLOW,
  denied: DENIED,
  'server-error': ['server-error', 'the registry failed', 'try again later'],
  'too-large': ['too-large', 'the registry does not take this much at once'],
};

const BY_STATUS: Partial<Readonly<Record<ErrorCode, Meaning>>> = {
  unsupported: CANNOT,
  'not-found': ['not-found', 'the registry has no such thing'],
};

/** The specification's table, "Error Codes". */
const BY_CODE: Readonly<Record<string, Meaning>> = {
  TOOMANYREQUESTS: SLOW,
  UNAUTHORIZED: DENIED,
  DENIED,
  UNSUPPORTED: CANNOT,
  NAME_INVALID: ['usage', 'the registry does not take this name for a repository'],
  NAME_UNKNOWN: [
    'not-found',
    'the registry knows no such repository',
    'check its name; some registries want it created before the first push',
  ],
  DIGEST_INVALID: ['corrupt', 'the registry got bytes with another digest'],
  SIZE_INVALID: ['corrupt', 'the registry got bytes of another length'],
  BLOB_UNKNOWN: ['not-found', 'the registry does not have this blob'],
  MANIFEST_BLOB_UNKNOWN: [
    'not-found',
    'the registry does not have what the manifest refers to',
    'push again',
  ],
  MANIFEST_UNKNOWN: ['not-found', 'the registry has no such manifest'],
  MANIFEST_INVALID: ['protocol', 'the registry does not accept the manifest'],
};

function firstError(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const document: unknown = JSON.parse(text);
    const errors = isObject(document) ? document['errors'] : undefined;
    const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
    return isObject(first) ? first : undefined;
  } catch {
    return undefined;
  }
}
