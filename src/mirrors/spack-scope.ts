/**
 * Mirrors -> a scope of Spack's configuration, a folder for `spack -C`: the same mirrors under the same names, with
 * the setting to reuse what they hold. It names the variables that credentials come from, and holds no credential.
 */
import { redactUrl } from '../core/redact.ts';
import type { CredentialSource, Mirror, MirrorSide } from './mirror.ts';

export interface SpackScope {
  /** Files of the scope's folder by name. */
  readonly files: Readonly<Record<string, string>>;
  /** Which mirrors are not in it, and why. */
  readonly notes: readonly string[];
}

/** @param mirrors the first asked first, as Spack asks them */
export function spackScope(mirrors: readonly Mirror[]): SpackScope {
  const notes: string[] = [];
  const lines = mirrors.flatMap((mirror) => {
    const why = unfit(mirror);
    if (why === undefined) return [`  ${text(keyOf(mirror.name))}: ${text(described(mirror))}\n`];
    notes.push(`mirror "${mirror.name.slice(0, 60)}" is not in the scope for Spack: ${why}`);
    return [];
  });
  const section = lines.length === 0 ? 'mirrors: {}\n' : `mirrors:\n${lines.join('')}`;
  return { files: { 'mirrors.yaml': section, 'concretizer.yaml': REUSE }, notes };
}

/** Spack adds externals to these itself. */
const REUSE = `concretizer:
  reuse:
    roots: true
    from:
    - type: local
    - type: buildcache
`;

/**
 * Why a mirror cannot be written. A URL with a secret must not be written, and without the secret it is another URL.
 */
function unfit({ name, fetch, push }: Mirror): string | undefined {
  const urls = [fetch, push].flatMap(({ url, endpointUrl = '' }) => [url, endpointUrl]);
  if (urls.some(hasSecret)) {
    return 'its URL holds a secret. Name variables instead (access_pair, access_token_variable)';
  }
  return name.length > MAX_NAME ? 'its name is too long. Give it a shorter one' : undefined;
}

/** YAML takes no keys that are longer than 1,024 characters, and an escaped character is six. */
const MAX_NAME = 160;

function hasSecret(url: string): boolean {
  if (!URL.canParse(url)) return redactUrl(url) !== url;
  const { username, password, search } = new URL(url);
  return username !== '' || password !== '' || search !== '';
}

/**
 * The key of a mirror. Spack takes a colon, a plus or a minus at the end of a key for a mark. With a colon behind it,
 * it is part of the name.
 */
function keyOf(name: string): string {
  return /[:+-]$/.test(name) ? `${name}:` : name;
}

/** Without `autopush`: our post step pushes what the job builds. */
function described({ fetch, push, signed, binary, source }: Mirror): object {
  const [read, write] = [side(fetch), side(push)];
  const whole = { signed, binary, source };
  if (JSON.stringify(read) === JSON.stringify(write)) return { ...read, ...whole };
  return {
    ...(fetch.url === '' ? {} : { fetch: read }),
    ...(push.url === '' ? {} : { push: write }),
    ...whole,
  };
}

/** Keys in Spack's words; what is undefined is not written. */
function side({ url, view, endpointUrl, credentials, filter }: MirrorSide): object {
  return {
    url,
    view,
    endpoint_url: endpointUrl,
    profile: credentials.profile,
    access_pair: pair(credentials),
    access_token_variable: credentials.tokenVariable,
    include_binary: someOf(filter?.include),
    exclude_binary: someOf(filter?.exclude),
  };
}

/** Undefined for an empty filter: a Spack that knows no filters refuses a file with empty ones, too. */
function someOf(patterns: readonly string[] = []): readonly string[] | undefined {
  return patterns.length > 0 ? patterns : undefined;
}

function pair({ id, secretVariable }: CredentialSource): object | undefined {
  if (id === undefined || secretVariable === undefined) return undefined;
  return 'variable' in id
    ? { id_variable: id.variable, secret_variable: secretVariable }
    : { id: id.value, secret_variable: secretVariable };
}

/**
 * JSON, which is YAML too: in quotes, a name can neither end its line nor be taken for a number. Also escapes what
 * YAML holds to be unprintable or a line break, and JSON does not.
 */
function text(value: string | object): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
