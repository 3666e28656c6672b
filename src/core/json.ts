/**
 * JSON that keeps what `JSON.parse` loses and Spack's hashes depend on: number tokens (`1.0` is not `1`) and the
 * order of integer-like keys, such as opencv's variant `1394`. Ordinary documents take the fast path through
 * `JSON.parse`; only a document with such a token is read by our own parser. A number that JavaScript would print
 * otherwise becomes a {@link NumberToken}. An object is a plain one in any case. Where JavaScript would change the
 * order of its keys, the object remembers it: {@link entriesOf} and {@link stringifyCompact} go by that, and copies
 * made with `...` keep it. Where a key stands twice, the last value counts, at the place of the first, as in Python.
 */
import { BuildcacheError } from './errors.ts';
import { checkValues } from './json-size.ts';

/** A number whose text JavaScript would not reproduce. */
export class NumberToken {
  readonly token: string;
  constructor(token: string) {
    this.token = token;
  }
  /** `JSON.stringify` cannot write it: see {@link stringifyCompact}. */
  toJSON(): never {
    throw NOT_PLAIN;
  }
}

const NOT_PLAIN = new Error('not a plain value');

/** An object of a document. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** No document of ours nests deeper than a dozen; a hostile one must not reach the call stack's end. */
const MAX_DEPTH = 256;

/**
 * Parses JSON text.
 * @param source the file or redacted URL, for messages
 * @param maxValues the most values, where that is not the usual number
 * @throws `bad-input` naming the source, and line and column where they are known; `too-large`
 */
export function parseJson(text: string, source: string, maxValues?: number): unknown {
  checkValues(text, source, maxValues);
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  try {
    if (losesTokens(body)) return new Parser(body, source).document();
    const value: unknown = JSON.parse(body);
    return value;
  } catch (error) {
    if (error instanceof BuildcacheError) throw error;
    throw new BuildcacheError(
      'bad-input',
      `not valid JSON (${explain(error, body)})`,
      { file: source, expected: 'a JSON document', found: previewOf(body, source) },
      error,
    );
  }
}

/**
 * Compact JSON exactly as Python's `json.dumps(value, separators=(",", ":"))` writes it: ASCII only, everything
 * outside 0x20–0x7e escaped with lower-case digits.
 * @param source where the value came from, for messages
 * @throws `bad-input` for values nested deeper than any spec
 */
export function stringifyCompact(value: unknown, source?: string): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value); // several times as fast, and right but for number tokens and integer-like keys
  } catch (error) {
    if (error !== NOT_PLAIN && !(error instanceof RangeError)) throw error;
  }
  return text === undefined || /"\d{1,16}":/.test(text) ? emit(value, 0, source) : escapeBeyondAscii(text);
}

/** Whether it is an object, whatever its keys are: the one place that says so. */
export function isObject(value: unknown): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberToken)
  );
}

/** The members of an object in the document's order, where `Object.entries` puts integer-like keys first. */
export function entriesOf(object: JsonObject): [key: string, value: unknown][] {
  const order = (object as Ordered)[ORDER];
  if (order === undefined) return Object.entries(object);
  // A copy may lack some of the keys, and have others.
  const kept = [...order].filter((key) => Object.hasOwn(object, key));
  const added = Object.keys(object).filter((key) => !order.has(key));
  return [...kept, ...added].map((key) => [key, object[key]]);
}

/** An object of these members, in their order. */
export function objectOf(entries: Iterable<readonly [key: string, value: unknown]>): Record<string, unknown> {
  const members = new Map(entries);
  // fromEntries defines own properties, so "__proto__" is a key like any other.
  const object: Ordered = Object.fromEntries(members);
  if ([...members.keys()].some((key) => INDEX_LIKE.test(key))) object[ORDER] = new Set(members.keys());
  return object;
}

/** Whether something in it lies deeper than any value of ours. Writing it could then overflow the call stack. */
export function isTooDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth > MAX_DEPTH) return true;
  // Every node of a lockfile goes through here. `for … in` over lists and a call for each text would take twice as
  // long.
  const members = Array.isArray(value) ? value : Object.values(value);
  for (const member of members) {
    if (typeof member === 'object' && member !== null && isTooDeep(member, depth + 1)) return true;
  }
  return false;
}

/** Whether Python takes the value for true, as Spack often asks: no zero is, nor is an empty list or object. */
export function isTrue(value: unknown): boolean {
  if (value instanceof NumberToken) return Number(value.token) !== 0;
  if (typeof value !== 'object' || value === null) return Boolean(value);
  return Object.keys(value).length > 0;
}

/** What a value is, for "expected …, found …". */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof NumberToken || typeof value === 'number') return 'a number';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'boolean' ? 'a boolean' : 'a string';
}

/** A value from a document for a message: itself where it is short, else what kind it is. */
export function shown(value: unknown): string {
  if (value instanceof NumberToken) return value.token;
  if (typeof value === 'string' && value.length <= 40) return value;
  return typeof value === 'number' ? String(value) : kindOf(value);
}

/** Own and enumerable, so that `...` copies it; no text of a document can be a symbol. */
const ORDER = Symbol('keys in the order of the document');

type Ordered = Record<string, unknown> & { [ORDER]?: ReadonlySet<string> };

/** Keys that JavaScript puts first, by number, and a few more. */
const INDEX_LIKE = /^(?:0|[1-9]\d*)$/;

/**
 * Whether the text holds a token that `JSON.parse` followed by `JSON.stringify` may change: a key that JavaScript
 * would put first, or a number that it would print otherwise. It prints the times in an install database as they are.
 */
function losesTokens(text: string): boolean {
  if (/"(?:\d|\\u003\d){1,16}"\s*:/.test(text)) return true;
  // A number comes first, after the quote of a key, or in a list. The colons in a time are within a string.
  const suspects = /(?:^|"\s*:|[,[])\s*(?=-?\d+(?:[.eE]|\d{15})|-0)(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;
  for (let match = suspects.exec(text); match !== null; match = suspects.exec(text)) {
    const [, token = ''] = match;
    if (String(Number(token)) !== token) return true;
  }
  return false;
}

function emit(value: unknown, depth: number, source: string | undefined): string {
  if (depth > MAX_DEPTH) {
    const facts = source === undefined ? {} : { file: source };
    throw new BuildcacheError('bad-input', `JSON nested deeper than ${MAX_DEPTH} levels`, facts);
  }
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      return String(value);
    case 'object':
      break;
    default:
      throw new BuildcacheError('internal', `cannot write ${typeof value} as JSON`);
  }
  if (value === null) return 'null';
  if (value instanceof NumberToken) return value.token;
  if (Array.isArray(value)) return `[${value.map((item) => emit(item, depth + 1, source)).join(',')}]`;
  const members: string[] = [];
  for (const [key, member] of entriesOf(value as JsonObject)) {
    if (member !== undefined) members.push(`${quote(key)}:${emit(member, depth + 1, source)}`);
  }
  return `{${members.join(',')}}`;
}

function quote(text: string): string {
  return escapeBeyondAscii(JSON.stringify(text));
}

function escapeBeyondAscii(json: string): string {
  if (!/[\u007f-\uffff]/.test(json)) return json;
  return json.replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function explain(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return `syntax error at ${lineAndColumn(text, Number(position))}`;
  return /end of JSON/.test(message) ? 'it ends too early' : 'syntax error';
}

function lineAndColumn(text: string, position: number): string {
  const before = text.slice(0, position);
  const line = before.split('\n').length;
  return `line ${line}, column ${position - before.lastIndexOf('\n')}`;
}

/**
 * What there is instead of a document, for a message. Its beginning is quoted only where a server sent it. A file of
 * this machine may be any file, behind a symbolic link that somebody else made, and others read the log.
 */
export function previewOf(text: string, source: string): string {
  const start = text.trimStart();
  if (start === '') return 'an empty document';
  if (/^<(?:!doctype|html|\?xml)/i.test(start)) return 'an HTML or XML page';
  return isRemote(source) ? `${JSON.stringify(start.slice(0, 24))}…` : 'something else';
}

function isRemote(source: string): boolean {
  return /^(?!file:)[a-z][a-z0-9+.-]*:\/\//i.test(source);
}

/** Sticky: matched at the parser's position only. */
const WORD_OR_NUMBER = /[a-z]+|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Recursive descent with a depth limit, for the rare documents whose tokens matter. */
class Parser {
  readonly #text: string;
  readonly #source: string;
  #at = 0;

  constructor(text: string, source: string) {
    this.#text = text;
    this.#source = source;
  }

  document(): unknown {
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) this.#fail();
    return value;
  }

  #value(depth: number): unknown {
    if (depth > MAX_DEPTH) {
      const facts = { file: this.#source };
      throw new BuildcacheError('bad-input', `JSON nested deeper than ${MAX_DEPTH} levels`, facts);
    }
    this.#space();
    const c = this.#text[this.#at];
    if (c === '{') return this.#object(depth);
    if (c === '[') return this.#array(depth);
    if (c === '"') return this.#string();
    WORD_OR_NUMBER.lastIndex = this.#at;
    const token = WORD_OR_NUMBER.exec(this.#text)?.[0];
    if (token === undefined) return this.#fail();
    const start = this.#at;
    this.#at += token.length;
    if (token === 'true') return true;
    if (token === 'false') return false;
    if (token === 'null') return null;
    if (/^[a-z]/.test(token)) {
      this.#at = start;
      return this.#fail();
    }
    const number = Number(token);
    return String(number) === token ? number : new NumberToken(token);
  }

  #object(depth: number): unknown {
    const members = new Map<string, unknown>();
    this.#at++;
    if (!this.#skip('}')) {
      do {
        this.#space();
        if (this.#text[this.#at] !== '"') this.#fail();
        const key = this.#string();
        if (!this.#skip(':')) this.#fail();
        members.set(key, this.#value(depth + 1));
      } while (this.#skip(','));
      if (!this.#skip('}')) this.#fail();
    }
    return objectOf(members);
  }

  #array(depth: number): unknown[] {
    const items: unknown[] = [];
    this.#at++;
    if (this.#skip(']')) return items;
    do items.push(this.#value(depth + 1));
    while (this.#skip(','));
    if (!this.#skip(']')) this.#fail();
    return items;
  }

  #string(): string {
    const start = this.#at;
    // By hand: a pattern keeps a state for each character of a string, and runs out of states in a long one.
    let end = start;
    do {
      end = this.#text.indexOf('"', end + 1);
      if (end === -1) return this.#fail();
    } while (this.#isEscaped(end));
    let value: unknown;
    try {
      value = JSON.parse(this.#text.slice(start, end + 1));
    } catch {
      return this.#fail();
    }
    this.#at = end + 1;
    return String(value);
  }

  #isEscaped(at: number): boolean {
    let before = at - 1;
    while (this.#text[before] === '\\') before--;
    return (at - before) % 2 === 0;
  }

  #skip(c: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== c) return false;
    this.#at++;
    return true;
  }

  #space(): void {
    for (;;) {
      const c = this.#text.charCodeAt(this.#at);
      if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return;
      this.#at++;
    }
  }

  #fail(): never {
    throw new SyntaxError(`Unexpected token in JSON at position ${this.#at}`);
  }
}
