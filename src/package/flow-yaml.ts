/**
 * Reads YAML's flow style, `{a: b, c: [d, 'e']}`, the one form in which Spack has ever written a build info
 * (YAML 1.2, chapter 7). Scalars are text as written, so that no file name is taken for a number. Its time is linear in
 * the length of any input, and a twentieth of the `yaml` package's; a megabyte of hostile input keeps that package busy
 * for a minute. Anchors, aliases, tags and comments, which Spack does not write, are refused.
 */
import { BuildcacheError } from '../core/errors.ts';

export type FlowValue = string | readonly FlowValue[] | ReadonlyMap<string, FlowValue>;

/** Throws `BuildcacheError` `bad-input` where the text is anything else, and `too-large` for more values than any has. */
export function parseFlowYaml(text: string): FlowValue {
  let at = 0;
  let values = 0;
  const value = readValue(0);
  skipBlanks();
  if (at < text.length) throw unexpected('the end');
  return value;

  function readValue(depth: number): FlowValue {
    if (depth > MAX_DEPTH) throw unexpected(`at most ${MAX_DEPTH} levels`);
    count();
    skipBlanks();
    switch (text[at]) {
      case '{':
        return readMap(depth);
      case '[':
        return readList(depth);
      default:
        return readScalar();
    }
  }

  function readList(depth: number): FlowValue[] {
    const items: FlowValue[] = [];
    at++;
    while (!closes(']')) {
      items.push(readValue(depth + 1));
      separate(']');
    }
    return items;
  }

  function readMap(depth: number): Map<string, FlowValue> {
    const map = new Map<string, FlowValue>();
    at++;
    while (!closes('}')) {
      // Keys over 128 characters are written with a question mark.
      if (text[at] === '?' && isBlank(text[at + 1])) at++;
      skipBlanks();
      const key = readScalar();
      count();
      if (map.has(key)) throw unexpected(`${JSON.stringify(key)} only once`);
      skipBlanks();
      if (text[at] !== ':') throw unexpected('a colon');
      at++;
      skipBlanks();
      map.set(key, text[at] === ',' || text[at] === '}' ? '' : readValue(depth + 1));
      separate('}');
    }
    return map;
  }

  /** Whether the collection ends here; skips its end if so. */
  function closes(bracket: string): boolean {
    skipBlanks();
    if (text[at] !== bracket) return false;
    at++;
    return true;
  }

  function separate(bracket: string): void {
    skipBlanks();
    if (text[at] === ',') at++;
    else if (text[at] !== bracket) throw unexpected(`a comma or ${bracket}`);
  }

  function readScalar(): string {
    switch (text[at]) {
      case "'":
        return readSingleQuoted();
      case '"':
        return readDoubleQuoted();
      default:
        return readPlain();
    }
  }

  /** Up to a flow indicator or the colon behind a key, without the blanks at its end. */
  function readPlain(): string {
    const start = at;
    const [first = '', second] = [text[at], text[at + 1]];
    const isIndicator = '-?:'.includes(first) ? endsPlain(second) : INDICATORS.includes(first);
    if (isIndicator) throw unexpected('a value');
    let end = at;
    for (; at < text.length; at++) {
      const character = text[at] ?? '';
      if (FLOW.includes(character)) break;
      if (character === ':' && endsPlain(text[at + 1])) break;
      if (character === '#' && isBlank(text[at - 1])) break;
      if (!isBlank(character)) end = at + 1;
    }
    return folded(scalar(start, end));
  }

  function readSingleQuoted(): string {
    const start = at + 1;
    let end = text.indexOf("'", start);
    while (end !== -1 && text[end + 1] === "'") end = text.indexOf("'", end + 2);
    if (end === -1) throw unexpected('a quoted string');
    at = end + 1;
    return folded(scalar(start, end)).replaceAll("''", "'");
  }

  function readDoubleQuoted(): string {
    const start = at + 1;
    let end = start;
    while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
    const value = end < text.length ? unescaped(scalar(start, end)) : undefined;
    if (value === undefined) throw unexpected('a quoted string');
    at = end + 1;
    return value;
  }

  /** Keys count too, as they need have no value. */
  function count(): void {
    if (++values > MAX_VALUES) throw tooLarge('values', MAX_VALUES);
  }

  function scalar(start: number, end: number): string {
    if (end - start > MAX_SCALAR) throw tooLarge('characters of one text', MAX_SCALAR);
    return text.slice(start, end);
  }

  function skipBlanks(): void {
    while (at < text.length && isBlank(text[at])) at++;
  }

  function unexpected(expected: string): BuildcacheError {
    return new BuildcacheError('bad-input', `it is not what it should be at character ${at}`, {
      expected,
      found: at < text.length ? JSON.stringify(text.slice(at, at + 20)) : 'the end',
    });
  }
}

/** The build info is a map of lists and maps. */
const MAX_DEPTH = 8;

/**
 * Values, and characters of one of them. The largest build info known has some 300,000 paths. Two million one-letter names
 * are a tarball of kilobytes, and would take hundreds of megabytes.
 */
const MAX_VALUES = 1_000_000;
const MAX_SCALAR = 64 * 1024;

function tooLarge(what: string, most: number): BuildcacheError {
  return new BuildcacheError('too-large', `it has too many ${what}`, { expected: `at most ${most}` });
}

const FLOW = ',[]{}';
/** What a plain scalar cannot begin with; the empty string stands for the end of the text. */
const INDICATORS = ['', ...`${FLOW}#&*!|>'"%@\``];

function endsPlain(character: string | undefined): boolean {
  return character === undefined || isBlank(character) || FLOW.includes(character);
}

/** A line break in a scalar is a space, and an empty line a line break. */
function folded(text: string): string {
  const [first = '', ...lines] = text.split('\n');
  if (lines.length === 0) return text;
  let result = first.trimEnd();
  let breaks = 0;
  for (const [i, line] of lines.entries()) {
    breaks++;
    const isLast = i === lines.length - 1;
    const content = isLast ? line.trimStart() : line.trim();
    if (content === '' && !isLast) continue;
    result += (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)) + content;
    breaks = 0;
  }
  return result;
}

/** `undefined` for an escape that does not exist. */
function unescaped(body: string): string | undefined {
  let known = true;
  const parts = body.split(/(\\(?:\r?\n[ \t]*|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S]))/);
  const text = parts.map((part, i) => {
    if (i % 2 === 0) return folded(part);
    const code = /^\\[xuU](?=.)/.test(part) ? Number.parseInt(part.slice(2), 16) : undefined;
    if (code !== undefined && code <= 0x10ffff) return String.fromCodePoint(code);
    const single = part.startsWith('\\\n') || part.startsWith('\\\r\n') ? '' : ESCAPES[part.slice(1)];
    known &&= single !== undefined;
    return single ?? '';
  });
  return known ? text.join('') : undefined;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\t' || character === '\r';
}
