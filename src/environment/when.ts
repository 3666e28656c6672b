/**
 * `when:` of an include. Spack evaluates it as Python. This understands what such conditions are made of: this
 * machine's `platform`, `os`, `target`, `hostname` and `arch_str`, the variables in `env`, texts, comparisons, `in`,
 * `and`, `or`, `not`, and a few methods. Only Spack can tell the value of anything else.
 */
import { hostname } from 'node:os';
import { mayBeAsked } from '../core/child-environment.ts';
import type { Env } from '../core/env.ts';
import type { HostArchitecture } from '../spec/host-architecture.ts';

/** The values of Python that occur here; an Env is one, too. */
type Value = string | boolean | null | { readonly env: Env } | { readonly method: (args: Value[]) => Value };

/** @returns whether the condition holds; undefined where it is not understood */
export async function evaluateWhen(condition: unknown, env: Env): Promise<boolean | undefined> {
  if (typeof condition !== 'string' || condition.length > 10_000) return undefined;
  const { hostArchitecture } = await import('../spec/host-architecture.ts');
  const host = /\b(os|target|arch_str)\b/.test(condition) ? await hostArchitecture() : undefined;
  try {
    const parser = new Parser(tokens(condition), names(env, host));
    return isTrue(parser.whole());
  } catch (error) {
    if (error === UNKNOWN || error instanceof RangeError) return undefined;
    throw error;
  }
}

const UNKNOWN = new Error('not understood');

/** Deeper than anybody nests a condition. */
const MAX_DEPTH = 50;

function unknown(): never {
  throw UNKNOWN;
}

function names(env: Env, host: HostArchitecture | undefined): ReadonlyMap<string, Value> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const known = new Map<string, Value>([
    ['True', true],
    ['False', false],
    ['None', null],
    ['platform', platform],
    ['hostname', hostname()],
    ['env', { env }],
  ]);
  if (host?.os !== undefined) known.set('os', host.os);
  if (host?.target !== undefined) known.set('target', host.target);
  if (host?.os !== undefined && host.target !== undefined)
    known.set('arch_str', `${platform}-${host.os}-${host.target}`);
  return known;
}

type Token = { readonly kind: 'name' | 'text' | 'sign'; readonly text: string };

function tokens(text: string): Token[] {
  const found: Token[] = [];
  const pattern = /\s*(?:(r?)("[^"\n]*"|'[^'\n]*')|([A-Za-z_]\w*)|(==|!=|[()[\].,])|(\S))/gy;
  for (const [, raw, quoted, name, sign, other] of text.trimEnd().matchAll(pattern)) {
    if (other !== undefined) unknown();
    if (quoted !== undefined) {
      if (raw === '' && quoted.includes('\\')) unknown();
      found.push({ kind: 'text', text: quoted.slice(1, -1) });
    } else if (name !== undefined) found.push({ kind: 'name', text: name });
    else found.push({ kind: 'sign', text: sign ?? '' });
  }
  return found;
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #names: ReadonlyMap<string, Value>;
  #next = 0;
  #depth = 0;

  constructor(list: readonly Token[], known: ReadonlyMap<string, Value>) {
    this.#tokens = list;
    this.#names = known;
  }

  whole(): Value {
    const value = this.#or();
    return this.#next === this.#tokens.length ? value : unknown();
  }

  // Both sides are always read: neither can have an effect.
  #or(): Value {
    if (++this.#depth > MAX_DEPTH) unknown();
    let value = this.#and();
    while (this.#take('name', 'or')) {
      const other = this.#and();
      value = isTrue(value) ? value : other;
    }
    this.#depth--;
    return value;
  }

  #and(): Value {
    let value = this.#not();
    while (this.#take('name', 'and')) {
      const other = this.#not();
      value = isTrue(value) ? other : value;
    }
    return value;
  }

  #not(): Value {
    let isNegated = false;
    let isPlain = true;
    while (this.#take('name', 'not')) [isNegated, isPlain] = [!isNegated, false];
    const value = this.#comparison();
    return isPlain ? value : isTrue(value) !== isNegated;
  }

  #comparison(): Value {
    const left = this.#primary();
    if (this.#take('sign', '==')) return isEqual(left, this.#primary());
    if (this.#take('sign', '!=')) return !isEqual(left, this.#primary());
    if (this.#take('name', 'in')) return isIn(left, this.#primary());
    if (this.#isAt('name', 'not') && this.#isAt('name', 'in', 1)) {
      this.#next += 2;
      return !isIn(left, this.#primary());
    }
    return left;
  }

  #primary(): Value {
    let value = this.#atom();
    for (;;) {
      if (this.#take('sign', '[')) {
        value = itemOf(value, this.#or());
        if (!this.#take('sign', ']')) unknown();
      } else if (this.#take('sign', '.')) {
        value = memberOf(value, this.#name());
      } else if (this.#take('sign', '(')) {
        const args: Value[] = [];
        while (!this.#take('sign', ')')) {
          args.push(this.#or());
          if (!this.#take('sign', ',') && !this.#isAt('sign', ')')) unknown();
        }
        value =
          typeof value === 'object' && value !== null && 'method' in value ? value.method(args) : unknown();
      } else return value;
    }
  }

  #atom(): Value {
    if (this.#take('sign', '(')) {
      const value = this.#or();
      return this.#take('sign', ')') ? value : unknown();
    }
    const token = this.#tokens[this.#next++];
    if (token?.kind === 'text') return token.text;
    if (token?.kind !== 'name') return unknown();
    const value = this.#names.get(token.text);
    return value === undefined ? unknown() : value;
  }

  #name(): string {
    const token = this.#tokens[this.#next++];
    return token?.kind === 'name' ? token.text : unknown();
  }

  #isAt(kind: Token['kind'], text: string, ahead = 0): boolean {
    const token = this.#tokens[this.#next + ahead];
    return token?.kind === kind && token.text === text;
  }

  #take(kind: Token['kind'], text: string): boolean {
    if (!this.#isAt(kind, text)) return false;
    this.#next++;
    return true;
  }
}

function isTrue(value: Value): boolean {
  if (isScalar(value)) return value !== null && value !== false && value !== '';
  return 'env' in value ? Object.keys(value.env).length > 0 : unknown();
}

function isEqual(left: Value, right: Value): boolean {
  if (isScalar(left) && isScalar(right)) return left === right;
  return unknown();
}

function isScalar(value: Value): value is string | boolean | null {
  return typeof value !== 'object' || value === null;
}

function isIn(item: Value, container: Value): boolean {
  if (typeof item !== 'string') return unknown();
  if (typeof container === 'string') return container.includes(item);
  if (isScalar(container) || !('env' in container)) return unknown();
  return variableIn(container.env, item) !== undefined;
}

/** A variable that may be a secret is not answered. */
function variableIn(env: Env, name: string): string | undefined {
  if (!mayBeAsked(name)) unknown();
  return Object.hasOwn(env, name) ? env[name] : undefined;
}

function itemOf(container: Value, key: Value): Value {
  if (isScalar(container) || !('env' in container) || typeof key !== 'string') return unknown();
  // A variable that is not set ends Spack with an error.
  return variableIn(container.env, key) ?? unknown();
}

function memberOf(value: Value, name: string): Value {
  if (typeof value === 'string') {
    const methods: Readonly<Record<string, (text: string) => Value>> = {
      startswith: (text) => value.startsWith(text),
      endswith: (text) => value.endsWith(text),
    };
    const changes: Readonly<Record<string, string>> = {
      lower: value.toLowerCase(),
      upper: value.toUpperCase(),
    };
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    const change = Object.hasOwn(changes, name) ? changes[name] : undefined;
    return {
      method: (args) => {
        if (args.length === 0 && change !== undefined) return change;
        const [text] = args;
        return args.length === 1 && typeof text === 'string' && method !== undefined
          ? method(text)
          : unknown();
      },
    };
  }
  if (isScalar(value) || !('env' in value) || name !== 'get') return unknown();
  const { env } = value;
  return {
    method: ([key, otherwise = null, ...more]) =>
      typeof key === 'string' && more.length === 0 ? (variableIn(env, key) ?? otherwise) : unknown(),
  };
}
