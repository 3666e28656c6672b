/**
 * Patterns of names and paths, as in a shell: `*`, `?`, `[…]` and `{…,…}` within a name, `**` for any folders. A dot
 * at the beginning of a name is only matched by a dot. A `!` in front negates a pattern. A text is read once, with
 * all places of the pattern that it may have come to. So no pattern takes longer than its length times the text's.
 */
import { BuildcacheError } from './errors.ts';

/** Characters; no pattern that somebody has written comes near. */
const MAX_PATTERN = 4096;

/** @throws BuildcacheError `usage` for a pattern that is too long */
export function globMatcher(pattern: string): (text: string) => boolean {
  return matcher(pattern, false);
}

/**
 * The same for what is no file: a dot at the beginning of a name is a character like any other.
 * @throws as {@link globMatcher}
 */
export function textMatcher(pattern: string): (text: string) => boolean {
  return matcher(pattern, true);
}

/** Whether a pattern is more than a name. */
export function hasWildcards(pattern: string): boolean {
  return /[*?[{\\]/.test(pattern);
}

function matcher(pattern: string, anyDots: boolean): (text: string) => boolean {
  if (pattern.length > MAX_PATTERN) {
    throw new BuildcacheError('usage', 'the pattern is too long', {
      expected: `at most ${MAX_PATTERN} characters`,
      found: `${pattern.length}`,
    });
  }
  const signs = /^!*/.exec(pattern)?.[0].length ?? 0;
  const places = new Compiler([...pattern.slice(signs)]).places;
  return (text) => reachesEnd(places, text, anyDots) === (signs % 2 === 0);
}

/** A position in a pattern. The second one is its end. */
interface Place {
  /** Which characters lead from here to `to`. */
  takes: ((c: string) => boolean) | undefined;
  /** Does not take a dot at the beginning of a name. */
  isWild: boolean;
  to: number;
  /** Places that are reached from here without a character. */
  readonly also: number[];
}

const START = 0;
const END = 1;

const inName = (c: string) => c !== '/';
const anywhere = () => true;

class Compiler {
  readonly places: Place[] = [];
  readonly #pattern: readonly string[];
  #at = 0;

  constructor(pattern: readonly string[]) {
    this.#pattern = pattern;
    this.#add();
    this.#add();
    this.#place(this.#sequence(START, 0)).also.push(END);
  }

  /** Compiles up to the end, or within braces up to the end of an alternative. @returns the last place */
  #sequence(from: number, depth: number): number {
    let at = from;
    for (; this.#at < this.#pattern.length; ) {
      const c = this.#pattern[this.#at++] ?? '';
      if (depth > 0 && (c === ',' || c === '}')) {
        this.#at--;
        break;
      }
      if (c === '*') at = this.#star(at);
      else if (c === '?') at = this.#take(at, inName, true);
      else if (c === '{') at = this.#braces(at, depth);
      else if (c === '[') at = this.#set(at);
      else at = this.#literal(at, c === '\\' ? (this.#pattern[this.#at++] ?? c) : c);
    }
    return at;
  }

  #star(from: number): number {
    const first = this.#at - 1;
    while (this.#pattern[this.#at] === '*') this.#at++;
    const before = this.#pattern[first - 1] ?? '/';
    const after = this.#pattern[this.#at] ?? '/';
    const isAnyFolders = this.#at - first > 1 && before === '/' && after === '/';
    const loop = this.#add();
    this.#place(from).also.push(loop);
    Object.assign(this.#place(loop), { takes: isAnyFolders ? anywhere : inName, isWild: true, to: loop });
    if (!isAnyFolders || this.#at >= this.#pattern.length) return loop;
    this.#at++;
    const next = this.#literal(loop, '/');
    this.#place(from).also.push(next); // no folder at all
    return next;
  }

  #braces(from: number, depth: number): number {
    if (!this.#hasAlternatives()) return this.#literal(from, '{');
    const next = this.#add();
    for (let c: string | undefined = ','; c === ','; c = this.#pattern[this.#at++]) {
      const start = this.#add();
      this.#place(from).also.push(start);
      this.#place(this.#sequence(start, depth + 1)).also.push(next);
    }
    return next;
  }

  /** Whether the brace just read is closed, with a comma between. Otherwise it is a character like any other. */
  #hasAlternatives(): boolean {
    let depth = 0;
    let isList = false;
    for (let i = this.#at; i < this.#pattern.length; i++) {
      const c = this.#pattern[i];
      if (c === '\\') i++;
      else if (c === '{') depth++;
      else if (c === ',') isList ||= depth === 0;
      else if (c === '}' && depth-- === 0) return isList;
    }
    return false;
  }

  #set(from: number): number {
    const isNot = this.#pattern[this.#at] === '!' || this.#pattern[this.#at] === '^';
    const first = this.#at + (isNot ? 1 : 0);
    const end = this.#pattern.indexOf(']', first + 1); // a bracket that comes first is one of the set
    if (end === -1) return this.#literal(from, '[');
    const ranges: (readonly [string, string])[] = [];
    for (let i = first; i < end; i++) {
      const c = this.#pattern[i] ?? '';
      const isRange = this.#pattern[i + 1] === '-' && i + 2 < end;
      ranges.push([c, isRange ? (this.#pattern[i + 2] ?? c) : c]);
      if (isRange) i += 2;
    }
    this.#at = end + 1;
    return this.#take(from, (c) => c !== '/' && ranges.some(([a, z]) => a <= c && c <= z) !== isNot, true);
  }

  #literal(from: number, literal: string): number {
    return this.#take(from, (c) => c === literal, false);
  }

  /** A place has at most one way on by a character. Where it has one already, a new place beside it gets the other. */
  #take(from: number, takes: (c: string) => boolean, isWild: boolean): number {
    const to = this.#add();
    const beside = this.#add();
    this.#place(from).also.push(beside);
    Object.assign(this.#place(beside), { takes, isWild, to });
    return to;
  }

  #add(): number {
    return this.places.push({ takes: undefined, isWild: false, to: END, also: [] }) - 1;
  }

  #place(at: number): Place {
    return this.places[at] as Place;
  }
}

function reachesEnd(places: readonly Place[], text: string, anyDots: boolean): boolean {
  let current = withAlso(places, [START]);
  let before = '/';
  for (const c of text) {
    const isHidden = c === '.' && before === '/' && !anyDots;
    before = c;
    const next: number[] = [];
    for (const at of current) {
      const { takes, isWild, to } = places[at] as Place;
      if (takes?.(c) === true && !(isHidden && isWild)) next.push(to);
    }
    if (next.length === 0) return false;
    current = withAlso(places, next);
  }
  return current.has(END);
}

function withAlso(places: readonly Place[], from: readonly number[]): Set<number> {
  const all = new Set(from);
  // Iterating a set also visits what is added meanwhile.
  for (const at of all) for (const each of (places[at] as Place).also) all.add(each);
  return all;
}
