/**
 * The one error class. Code branches on `code`, never on a message; what a person needs (which file or
 * redacted URL, what was expected, what was found, what to do next) travels as facts.
 */
import { constants } from 'node:os';
import { redactText } from './redact.ts';

export type ErrorCode =
  | 'usage' // options or inputs that make no sense together
  | 'bad-input' // a document is malformed
  | 'not-found' // something the user named is not there
  | 'unreachable' // refused, reset, timed out, DNS, TLS, a body cut short
  | 'denied' // 401, 403, EACCES
  | 'throttled' // 429
  | 'server-error' // 5xx
  | 'protocol' // an answer that makes no sense: redirect loop, HTML where JSON belongs
  | 'corrupt' // a digest, a length or a DAG hash does not match
  | 'untrusted' // a signature is missing, wrong or by an unknown key
  | 'conflict' // somebody else changed it meanwhile
  | 'unsupported' // a scheme, layout or version we do not speak
  | 'too-large' // over a configured cap
  | 'cancelled' // SIGINT, SIGTERM, a time limit
  | 'io' // the local file system
  | 'internal'; // a bug of ours

/** What a person or a machine may want to know beside the message. */
export interface ErrorFacts {
  readonly file?: string;
  readonly url?: string;
  readonly mirror?: string;
  readonly status?: number;
  readonly expected?: string;
  readonly found?: string;
  /** What there is to choose from. Each choice is on a line of its own where there is room for lines. */
  readonly choices?: readonly string[];
  /** What to do next, an imperative sentence without its full stop. */
  readonly hint?: string;
  /** Seconds after which the server said to try again. */
  readonly retryAfter?: number;
  /** The server has refused for a reason of its own, and not since there may be nothing. */
  readonly hasReason?: true;
  /** Asking again makes no sense: that was tried for long enough. */
  readonly givenUp?: true;
}

/** Takes the user information of URLs out of every text it is given: any of them may hold one. */
export class BuildcacheError extends Error {
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}, cause?: unknown) {
    super(redactText(message), cause === undefined ? undefined : { cause });
    this.name = 'BuildcacheError';
    this.code = code;
    this.facts = redactFacts(facts);
  }
}

function redactFacts(facts: ErrorFacts): ErrorFacts {
  const clean = Object.entries(facts).map(([name, value]: [string, unknown]) => {
    if (typeof value === 'string') return [name, redactText(value)];
    return [name, name === 'choices' && Array.isArray(value) ? value.map(String).map(redactText) : value];
  });
  return Object.fromEntries(clean) as ErrorFacts;
}

/** One line for a person: where, what, expected, found, what to do. Control characters are escaped. */
export function describeError(error: unknown): string {
  if (!(error instanceof BuildcacheError)) {
    const system = systemFacts(error);
    if (system !== undefined) return oneLine(redactText(system));
    return oneLine(redactText(error instanceof Error ? error.message : String(error)));
  }
  const { choices, ...facts } = error.facts;
  return describeFacts(error, { found: choices?.join(', '), ...facts });
}

/** The same where there is room for lines: one line, then the choices, one a line. */
export function describeInLines(error: unknown): readonly string[] {
  if (!(error instanceof BuildcacheError) || error.facts.choices === undefined) return [describeError(error)];
  return [describeFacts(error, error.facts), ...error.facts.choices.map((choice) => `  ${oneLine(choice)}`)];
}

type Described = { [Fact in 'file' | 'url' | 'expected' | 'found' | 'hint']?: string | undefined };

function describeFacts(error: BuildcacheError, { file, url, expected, found, hint }: Described): string {
  const where = file ?? url;
  let line = where === undefined || error.message.includes(where) ? '' : `${where}: `;
  line += error.message;
  if (expected !== undefined) line += `; expected ${expected}`;
  if (found !== undefined) line += expected === undefined ? `; found ${found}` : `, found ${found}`;
  if (hint !== undefined)
    line = `${line.replace(/\.$/, '')}. ${hint.charAt(0).toUpperCase()}${hint.slice(1)}`;
  return oneLine(line);
}

/** The code of any thrown value: ours, an abort, or `internal`. */
export function errorCode(error: unknown): ErrorCode {
  if (error instanceof BuildcacheError) return error.code;
  if (error instanceof Error && error.name === 'AbortError') return 'cancelled';
  return 'internal';
}

/**
 * Node's `code` of a system error (`ENOENT`, `ECONNREFUSED`, …), if it has one. For some, of network file systems above all,
 * Node has no name but a number: `ESTALE`, `EDQUOT`, `ENOLCK`.
 */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return undefined;
  if (!error.code.startsWith('Unknown system error')) return error.code;
  const number = -Number(error.code.split(' ').at(-1));
  return Object.entries(constants.errno).find(([, each]) => each === number)?.[0] ?? error.code;
}

/** The same error with the place it is about, where it names none. @param where a file, or a redacted URL */
export function located(error: unknown, where: string): unknown {
  if (!(error instanceof BuildcacheError) || error.facts.url !== undefined) return error;
  const { file } = error.facts;
  const inside = file === undefined ? where : `${where}: ${file}`;
  return new BuildcacheError(
    error.code,
    error.message,
    { ...error.facts, file: inside },
    error.cause ?? error,
  );
}

/** What a system error says, with the file where it names one. */
function systemFacts(error: unknown): string | undefined {
  const code = systemCode(error);
  if (code === undefined || SYSTEM[code] === undefined) return undefined;
  const { path, syscall } = error as { readonly path?: unknown; readonly syscall?: unknown };
  const where = typeof path === 'string' ? `${path}: ` : '';
  return `${where}cannot ${typeof syscall === 'string' ? syscall : 'go on'}: ${systemMessage(code)}`;
}

/** A file-system error as one of ours, with the file named. */
export function fileError(error: unknown, file: string, doing: string): BuildcacheError {
  if (error instanceof BuildcacheError) return error;
  const code = systemCode(error);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new BuildcacheError('not-found', `cannot ${doing}: no such file or directory`, { file }, error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new BuildcacheError('denied', `cannot ${doing}: ${systemMessage(code)}`, { file }, error);
    default: {
      const reason = code === undefined ? describeError(error) : systemMessage(code);
      return new BuildcacheError('io', `cannot ${doing}: ${reason}`, { file }, error);
    }
  }
}

/**
 * Escapes what could break a line or a terminal, or show it in another order: attacker-controlled names end up in
 * messages.
 */
export function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being escaped
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\p{Cf}]/gu, (c) => {
    if (c === '\n') return '\\n';
    return `\\x${(c.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`;
  });
}

function systemMessage(code: string): string {
  return SYSTEM[code] === undefined ? code : `${SYSTEM[code]} (${code})`;
}

const SYSTEM: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'read-only file system',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'disk quota exceeded',
  EISDIR: 'it is a directory',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files on this machine',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
  ESTALE: 'another host has removed or replaced it',
  ENOLCK: 'no locks available',
};
