/**
 * Cuts a spec string into tokens, as Spack 1.2 does: what a character starts does not depend on what came
 * before it. Positions are UTF-16 offsets into the text.
 */
import { BuildcacheError } from '../../core/errors.ts';

interface At {
  readonly start: number;
  readonly end: number;
}

/** `c,cxx=gcc` after `%` or `^`: the part before the `=`; what follows it is the next token, a name. */
export type Token = At &
  (
    | { readonly kind: 'edge'; readonly sigil: '%' | '%%' | '^'; readonly virtuals: readonly string[] }
    /** The sigil and `[`. */
    | { readonly kind: 'edge-open'; readonly sigil: '%' | '%%' | '^' }
    | { readonly kind: 'edge-close'; readonly virtuals: readonly string[] }
    /** Without the `@`. */
    | { readonly kind: 'version'; readonly text: string }
    | {
        readonly kind: 'boolean';
        readonly name: string;
        readonly value: boolean;
        readonly propagate: boolean;
      }
    | {
        readonly kind: 'pair';
        readonly name: string;
        /** Unquoted. */
        readonly value: string;
        /** `:=` */
        readonly exact: boolean;
        /** `==` */
        readonly propagate: boolean;
      }
    /** A package, with its namespace before the last dot; `*` stands for none. */
    | { readonly kind: 'name'; readonly text: string }
    /** Without the `/`. */
    | { readonly kind: 'hash'; readonly text: string }
  );

/** @throws BuildcacheError `usage`, naming the column, at the first character that starts no token */
export function scan(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const space = match(SPACE, text, at);
    if (space !== undefined) {
      at += space[0].length;
      continue;
    }
    const token = scanAt(text, at);
    tokens.push(token);
    at = token.end;
    if ((token.kind === 'edge' || token.kind === 'edge-close') && token.virtuals.length > 0) {
      // Virtuals are assigned to a name, even where the text could start something longer.
      const name = scanName(text, at);
      tokens.push(name);
      at = name.end;
    }
  }
  return tokens;
}

/** One `usage` error about a place in a spec: a single line that says the column, counted in characters from 1. */
export function problemAt(text: string, at: number, what: string, hint?: string): BuildcacheError {
  const column = [...text.slice(0, at)].length + 1;
  const shown = text.length <= 120 ? text : `${text.slice(0, 117)}…`;
  const message = `${what} at column ${column} of spec ${JSON.stringify(shown)}`;
  return new BuildcacheError('usage', message, hint === undefined ? {} : { hint });
}

/** Whether a text can be the name of a virtual package in `%virtual=package`. */
export function isIdentifier(text: string): boolean {
  return match(IDENTIFIER, text, 0)?.[0].length === text.length;
}

/** Whether a text can be a package name, with or without a namespace. */
export function isPackageName(text: string): boolean {
  return match(DOTTED, text, 0)?.[0].length === text.length;
}

/** Whether a value is read without quotes after `=`; one that starts with `=` itself only after `==`. */
export function isBareValue(text: string): boolean {
  return match(BARE_VALUE, text, 0)?.[0].length === text.length;
}

/** Whether a value can also be shown without quotes: nothing in it looks like the start of something else. */
export function isPlainValue(text: string): boolean {
  return isBareValue(text) && !/^=|[%^~*\\]/.test(text);
}

const SPACE = /\s+/y;
const ID = '[A-Za-z0-9_][A-Za-z0-9_-]*';
const IDENTIFIER = new RegExp(ID, 'y');
const DOTTED = new RegExp(`${ID}(?:\\.${ID})*`, 'y');
const SIGIL = /\^|%%?/y;
const ASSIGNMENT = new RegExp(`\\s*(${ID}(?:,${ID})*)=(?=[A-Za-z0-9_])`, 'y');
const VARIANT_NAME = '[A-Za-z0-9_][A-Za-z0-9_.-]*';
const BOOLEAN = new RegExp(`(\\+\\+?|~~?|--?)\\s*(${VARIANT_NAME})`, 'y');
const KEY = new RegExp(`(${VARIANT_NAME})(:?)=`, 'y');
const BARE_VALUE = /[A-Za-z0-9_\-+*.,:=%^~/\\]+/y;
// Bounded, or a long text of slashes would take quadratic time.
const FILE = /(?:\.|[A-Za-z0-9_-]{0,255}\/)[A-Za-z0-9_./-]{0,4096}\.(?:json|yaml)/y;
const HASH = /\/([A-Za-z0-9_]+)/y;
const ONE_VERSION = '=?[A-Za-z0-9_][A-Za-z0-9_.-]*\\b';
const GIT_VERSION = new RegExp(
  `@((?:git\\.[A-Za-z0-9_][A-Za-z0-9_./-]*|[A-Fa-f0-9]{40})(?:=${ONE_VERSION})?)`,
  'y',
);
// A range ends before a word that turns out to be the key of a pair: `@1.2:target=zen2`.
const VERSION_ITEM = `(?:(?:${ONE_VERSION})?:(?:${ONE_VERSION}(?!\\s*=))?|${ONE_VERSION})`;
const VERSIONS = new RegExp(`@\\s*(${VERSION_ITEM}(?:\\s*,\\s*${VERSION_ITEM})*)`, 'y');

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function scanAt(text: string, start: number): Token {
  switch (text[start]) {
    case '%':
    case '^':
      return scanEdge(text, start);
    case ']': {
      const { virtuals, end } = scanAssignment(text, start + 1);
      return { kind: 'edge-close', start, end, virtuals };
    }
    case '@': {
      const found = match(GIT_VERSION, text, start) ?? match(VERSIONS, text, start);
      if (found === undefined) throw problemAt(text, start, 'expected a version or a range after "@"');
      return { kind: 'version', start, end: start + found[0].length, text: found[1] ?? '' };
    }
    case '+':
    case '~':
    case '-':
      return scanBoolean(text, start);
    case '*':
      return { kind: 'name', start, end: start + 1, text: '*' };
    default:
      return scanWord(text, start);
  }
}

function scanEdge(text: string, start: number): Token {
  const sigil = match(SIGIL, text, start)?.[0] as '%' | '%%' | '^';
  const after = start + sigil.length;
  if (text[after] === '[') return { kind: 'edge-open', start, end: after + 1, sigil };
  const { virtuals, end } = scanAssignment(text, after);
  return { kind: 'edge', start, end, sigil, virtuals };
}

function scanAssignment(text: string, at: number): { virtuals: readonly string[]; end: number } {
  const found = match(ASSIGNMENT, text, at);
  return { virtuals: found?.[1]?.split(',') ?? [], end: at + (found?.[0].length ?? 0) };
}

function scanBoolean(text: string, start: number): Token {
  const found = match(BOOLEAN, text, start);
  const [whole, sign, name] = found ?? [];
  if (whole === undefined || sign === undefined || name === undefined) {
    throw problemAt(text, start, `expected a variant's name after "${text[start]}"`);
  }
  const end = start + whole.length;
  return { kind: 'boolean', start, end, name, value: sign.startsWith('+'), propagate: sign.length === 2 };
}

function scanWord(text: string, start: number): Token {
  const pair = scanPair(text, start);
  if (pair !== undefined) return pair;
  const file = match(FILE, text, start)?.[0];
  if (file !== undefined) {
    throw problemAt(text, start, 'a spec file cannot be used as a query', 'name the spec, or give its /hash');
  }
  const hash = match(HASH, text, start);
  if (hash !== undefined) return { kind: 'hash', start, end: start + hash[0].length, text: hash[1] ?? '' };
  return scanName(text, start);
}

function scanName(text: string, start: number): Token {
  const name = match(DOTTED, text, start)?.[0];
  if (name !== undefined) return { kind: 'name', start, end: start + name.length, text: name };
  const character = String.fromCodePoint(text.codePointAt(start) ?? 0);
  throw problemAt(text, start, `unexpected ${JSON.stringify(character)}`);
}

function scanPair(text: string, start: number): Token | undefined {
  const key = match(KEY, text, start);
  if (key === undefined) return undefined;
  const [whole, name = '', colon] = key;
  const first = start + whole.length;
  const exact = colon === ':';
  // `a==b` propagates; a lone second `=` is a value of its own.
  for (const propagate of text[first] === '=' ? [true, false] : [false]) {
    const at = propagate ? first + 1 : first;
    const value = scanValue(text, at);
    if (value !== undefined) {
      return { kind: 'pair', start, end: value.end, name, value: value.text, exact, propagate };
    }
  }
  throw problemAt(text, first, `expected a value for "${name}"`, 'quote a value that has spaces or brackets');
}

function scanValue(text: string, at: number): { text: string; end: number } | undefined {
  const bare = match(BARE_VALUE, text, at)?.[0];
  if (bare !== undefined) return { text: bare, end: at + bare.length };
  const quote = text[at];
  if (quote !== '"' && quote !== "'") return undefined;
  let end = at + 1;
  while (end < text.length && (text[end] !== quote || text[end - 1] === '\\')) end++;
  if (end >= text.length) {
    // Spack would let a quote after a backslash close the value if no other quote does. The value would then depend
    // on the rest of the line. A value that ends in a backslash has to go without quotes.
    throw problemAt(
      text,
      at,
      `no closing ${quote} for the value that starts`,
      'a quote after a backslash does not close a value',
    );
  }
  return { text: text.slice(at + 1, end).replaceAll(`\\${quote}`, quote), end: end + 1 };
}
