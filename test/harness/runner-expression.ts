/**
 * The part of GitHub's expression language that action.yml files, steps and jobs use: contexts by dots, brackets and
 * `*`, literals, `! == != && || ( )`, the status functions and those of {@link FUNCTIONS}. Anything else throws, so
 * that nothing is quietly wrong.
 */
export type Status = 'success' | 'failure' | 'cancelled';

export interface ExpressionScope {
  /** `skipped`: what a job needs was left out; only `always()` holds then. */
  readonly status: Status | 'skipped';
  /** `github`, `runner`, `env`, `inputs`, `steps`, …; looked up without regard to case, as GitHub does. */
  readonly contexts: Readonly<Record<string, unknown>>;
}

export type Value = string | number | boolean | null | object;

/** `text` with each `${{ … }}` replaced by its value. */
export function interpolate(text: string, scope: ExpressionScope): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => asString(evaluate(expression, scope)));
}

/** An `if`: without a status function in it, success is required as well. */
export function holds(condition: string, scope: ExpressionScope): boolean {
  const expression = condition.trim().replace(/^\$\{\{(.*)\}\}$/s, '$1');
  const usesStatus = /\b(always|success|failure|cancelled)\s*\(/i.test(expression);
  return (usesStatus || scope.status === 'success') && truthy(evaluate(expression, scope));
}

/** The value of what is nothing but one `${{ … }}`, whatever its type; of any other text the text, interpolated. */
export function evaluated(text: string, scope: ExpressionScope): Value {
  const whole = /^\s*\$\{\{((?:(?!\}\}).)*)\}\}\s*$/s.exec(text);
  return whole === null ? interpolate(text, scope) : evaluate(whole[1] ?? '', scope);
}

const FUNCTIONS: Readonly<Record<string, (...values: Value[]) => Value>> = {
  fromjson: (text = '') => JSON.parse(asString(text)) as Value,
  tojson: (value = null) => JSON.stringify(value, null, 2),
  contains: (where = '', what = '') =>
    Array.isArray(where)
      ? where.some((item) => equal(item as Value, what))
      : asString(where).toLowerCase().includes(asString(what).toLowerCase()),
  startswith: (text = '', start = '') =>
    asString(text).toLowerCase().startsWith(asString(start).toLowerCase()),
  format: (text = '', ...values) =>
    asString(text).replace(/\{(\d+)\}/g, (_, index) => asString(values[Number(index)] ?? '')),
  join: (list = '', separator = ',') =>
    Array.isArray(list) ? list.map((item) => asString(item as Value)).join(asString(separator)) : list,
};

function evaluate(expression: string, scope: ExpressionScope): Value {
  const tokens = tokenize(expression);
  let at = 0;
  const peek = () => tokens[at];
  const take = (token: string): boolean => {
    if (peek() !== token) return false;
    at++;
    return true;
  };
  const expect = (token: string) => {
    if (!take(token))
      throw new Error(`expression ${expression}: expected ${token}, found ${peek() ?? 'the end'}`);
  };

  const either = (): Value => {
    let left = both();
    while (take('||')) {
      const right = both();
      left = truthy(left) ? left : right;
    }
    return left;
  };
  const both = (): Value => {
    let left = comparison();
    while (take('&&')) {
      const right = comparison();
      left = truthy(left) ? right : left;
    }
    return left;
  };
  const comparison = (): Value => {
    const left = unary();
    if (take('==')) return equal(left, unary());
    if (take('!=')) return !equal(left, unary());
    return left;
  };
  const unary = (): Value => (take('!') ? !truthy(unary()) : primary());
  const primary = (): Value => {
    const token = tokens[at++];
    if (token === undefined) throw new Error(`expression ${expression}: ends too early`);
    if (token === '(') {
      const value = either();
      expect(')');
      return value;
    }
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^-?\d/.test(token)) return Number(token);
    if (token === 'true' || token === 'false') return token === 'true';
    if (token === 'null') return null;
    if (!/^[A-Za-z_]/.test(token)) throw new Error(`expression ${expression}: unexpected ${token}`);
    let value = take('(') ? call(token) : property(scope.contexts, token);
    for (;;) {
      if (take('.')) value = take('*') ? each(value) : member(value, tokens[at++] ?? '');
      else if (take('[')) {
        value = property(value, asString(either()));
        expect(']');
      } else return value;
    }
  };
  const call = (name: string): Value => {
    const values: Value[] = [];
    while (!take(')')) {
      if (values.length > 0) expect(',');
      values.push(either());
    }
    const known = FUNCTIONS[name.toLowerCase()];
    return known === undefined ? status(name) : known(...values);
  };
  const status = (name: string): boolean => {
    const known = name.toLowerCase();
    if (known === 'always') return true;
    if (known === 'success' || known === 'failure' || known === 'cancelled') return scope.status === known;
    throw new Error(`expression ${expression}: the emulator does not know ${name}()`);
  };

  const value = either();
  if (at < tokens.length) throw new Error(`expression ${expression}: unexpected ${peek()}`);
  return value;
}

function tokenize(expression: string): string[] {
  const tokens: string[] = [];
  const pattern = /\s*('(?:[^']|'')*'|-?\d+(?:\.\d+)?|[A-Za-z_][\w-]*|\|\||&&|==|!=|[!().,*[\]])\s*/gy;
  while (pattern.lastIndex < expression.length) {
    const start = pattern.lastIndex;
    const token = pattern.exec(expression)?.[1];
    if (token === undefined)
      throw new Error(`expression ${expression}: cannot read ${expression.slice(start)}`);
    tokens.push(token);
  }
  return tokens;
}

function property(container: unknown, name: string): Value {
  if (container === null || typeof container !== 'object') return null;
  const wanted = name.toLowerCase();
  for (const [key, value] of Object.entries(container)) {
    if (key.toLowerCase() === wanted) return (value ?? null) as Value;
  }
  return null;
}

/** What `*` gave, of which the properties that follow are taken one by one. */
class Each extends Array<Value> {}

function each(container: Value): Value {
  if (container === null || typeof container !== 'object') return new Each();
  return Each.from(Object.values(container));
}

function member(container: Value, name: string): Value {
  if (!(container instanceof Each)) return property(container, name);
  return Each.from(container.map((item) => property(item, name)).filter((item) => item !== null));
}

function truthy(value: Value): boolean {
  return value !== null && value !== '' && value !== 0 && value !== false;
}

function equal(left: Value, right: Value): boolean {
  if (typeof left === 'string' && typeof right === 'string')
    return left.toLowerCase() === right.toLowerCase();
  if (typeof left === typeof right) return left === right;
  return asNumber(left) === asNumber(right);
}

function asNumber(value: Value): number {
  return value !== null && typeof value === 'object' ? Number.NaN : Number(value);
}

function asString(value: Value): string {
  return value === null ? '' : typeof value === 'object' ? 'Object' : String(value);
}
