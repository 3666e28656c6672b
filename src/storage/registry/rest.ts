/** What the REST APIs of registries have in common: their own words, pages, JSON. All of it is outside data. */
import { BuildcacheError, oneLine } from '../../core/errors.ts';
import { statusCode, statusFacts } from '../../core/http-status.ts';
import { isObject } from '../../core/json.ts';
import { parseAnswer } from '../../core/json-size.ts';
import { redactUrl } from '../../core/redact.ts';
import type { HttpResponse } from '../http/client.ts';
import { readAll } from '../read.ts';
import { nextLink } from './next-link.ts';

const BODY_MOST = 8 * 1024 * 1024;

/** @throws BuildcacheError `protocol` for what is no JSON, `too-large` */
export async function jsonOf({ body }: HttpResponse, url: URL): Promise<unknown> {
  const what = { maxBytes: BODY_MOST, what: 'the answer', url: redactUrl(url) };
  const bytes = await readAll({ key: '', size: undefined, offset: 0, body }, what);
  try {
    return parseAnswer(bytes, what.url);
  } catch (error) {
    throw error instanceof BuildcacheError ? error : strange(url, 'JSON');
  }
}

/** The server's own words about a refusal. */
export async function saidIn({ body }: HttpResponse): Promise<string | undefined> {
  try {
    const what = { maxBytes: 64 * 1024, what: 'the answer', url: '' };
    const bytes = await readAll({ key: '', size: undefined, offset: 0, body }, what);
    const document: unknown = JSON.parse(bytes.toString('utf8'));
    const { message, errors } = isObject(document) ? document : {};
    const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
    const said = message ?? (isObject(first) ? first['message'] : undefined);
    return typeof said === 'string' ? oneLine(said).slice(0, 200) : undefined;
  } catch {
    return undefined; // The status says enough.
  }
}

/** The page after this one (RFC 8288). Another host would get the token. */
export function nextOf(answer: HttpResponse, url: URL): URL | undefined {
  const next = nextLink(answer, url);
  if (next === undefined || (next !== 'nowhere' && next.origin === url.origin)) return next;
  throw new BuildcacheError('protocol', 'the list continues elsewhere', {
    url: redactUrl(url),
    expected: 'a link to the same host',
    found: next === 'nowhere' ? 'no URL' : redactUrl(next),
  });
}

export function strange(url: URL, expected: string): BuildcacheError {
  return new BuildcacheError('protocol', 'the API answered with something else', {
    url: redactUrl(url),
    expected,
  });
}

export async function refusalOf(answer: HttpResponse, url: URL, hint?: string): Promise<BuildcacheError> {
  const { status, headers } = answer;
  const said = await saidIn(answer);
  return new BuildcacheError(statusCode(status), `the API answered with ${status}`, {
    url: redactUrl(url),
    ...statusFacts(status, headers.get('retry-after')),
    ...(said === undefined ? {} : { found: said }),
    ...(hint === undefined ? {} : { hint }),
  });
}
