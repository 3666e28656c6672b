/**
 * YAML text -> a document or plain values, in a time that its length bounds. The package that parses it takes time in
 * the square of a line's length for some lines, and of the number of a map's keys when it looks for duplicates; and
 * it makes stores of errors. So lines have a budget, keys are compared here, and one error is enough.
 */
import type { Document, Node, ParseOptions, Tags } from 'yaml';
import { BuildcacheError } from '../core/errors.ts';
import { plainYaml } from './plain-yaml.ts';

/** Bytes: an environment of five thousand specs, or the configuration of a large site. */
export const MAX_YAML = 512 * 1024;

/** The sum of the squares of the lines' lengths: one of twenty thousand characters, or all of a thousand. */
const MAX_LINES = 500_000_000;

/** Parses YAML text. @throws `bad-input` with line and column; `too-large` */
export async function parseYaml(text: string, source: string): Promise<unknown> {
  const document = await yamlDocument(text, source, { merge: true });
  try {
    return plainYaml(document.toJS({ ...ALL_ALIASES, mapAsMap: true }));
  } catch (error) {
    if (error instanceof BuildcacheError) throw error;
    throw notYaml(messageOf(error), source, error);
  }
}

/**
 * The document with its places in the text. It is sound, no key stands twice in a map, and what aliases stand for is
 * bounded.
 * @throws `bad-input` with line and column; `too-large`
 */
export async function yamlDocument(
  text: string,
  source: string,
  options: { readonly merge?: boolean; readonly compat?: Tags } = {},
): Promise<Document.Parsed> {
  checkYamlSize(text, source);
  const { LineCounter, parseDocument } = await import('yaml');
  const lineCounter = new LineCounter();
  const place = (at: number) => {
    const { line, col } = lineCounter.linePos(at);
    return ` at line ${line}, column ${col}`;
  };
  const limit = Error.stackTraceLimit;
  let document: Document.Parsed;
  try {
    Error.stackTraceLimit = 0; // a hundred thousand errors may be made, and one is read
    document = parseDocument(text, { ...QUICK, ...options, lineCounter });
  } catch (error) {
    throw notYaml(messageOf(error), source, error); // nesting deep enough ends the call stack here
  } finally {
    Error.stackTraceLimit = limit;
  }
  const [problem] = document.errors;
  if (problem !== undefined) {
    const where = problem.pos[0] === -1 ? '' : place(problem.pos[0]);
    throw notYaml(`${messageOf(problem)}${where}`, source, problem);
  }
  try {
    const again = await repeatedKey(document);
    if (again !== undefined) throw notYaml(`Map keys must be unique${place(again)}`, source);
    if (text.includes('*')) await checkAliases(document, source);
  } catch (error) {
    if (error instanceof BuildcacheError) throw error;
    throw notYaml(messageOf(error), source, error); // what the parser could go through may still be too deep here
  }
  return document;
}

/** For what has passed {@link yamlDocument}: the package's own count refuses a hundred packages with one map of defaults. */
export const ALL_ALIASES = { maxAliasCount: -1 } as const;

/** For {@link yamlDocument}, and for parsing again what has passed it. */
export const QUICK: ParseOptions & { readonly uniqueKeys: boolean } & { readonly logLevel: 'error' } = {
  prettyErrors: false,
  uniqueKeys: false,
  logLevel: 'error',
};

/**
 * For YAML that Spack is to read: to Spack `2024-01-01` is a date, and `1_000` and `0b1` are numbers. Text that looks like it
 * gets quotes. (Spack takes `yes` and `n` for text, so this is not all of YAML 1.1.)
 */
export const FOR_SPACK: { readonly compat: Tags } = {
  compat: [
    'timestamp',
    {
      tag: 'tag:yaml.org,2002:int',
      default: true,
      test: /^(?:[-+]?(?:0b[01_]+|0[xo][\da-fA-F_]+|[\d_]+|[\d_]*\.[\d_]*(?:[eE][-+]?\d+)?)|=)$/,
      resolve: (text: string) => text,
    },
  ],
};

function checkYamlSize(text: string, source: string): void {
  let squares = 0;
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const length = (end === -1 ? text.length : end) - at;
    squares += length * length;
    at += length + 1;
  }
  if (text.length <= MAX_YAML && squares <= MAX_LINES) return;
  const isLong = text.length > MAX_YAML;
  throw new BuildcacheError(
    'too-large',
    `the YAML ${isLong ? 'document is too large' : 'has too long lines'}`,
    {
      file: source,
      expected: isLong ? `at most ${MAX_YAML} characters` : 'lines of at most a thousand characters',
      found: 'more',
    },
  );
}

/** The most values of a document. As text, half a megabyte has fewer. */
const MAX_VALUES = 500_000;

/** The most aliases: for each, the package goes through all anchors and aliases before it. */
const MAX_ALIASES = 20_000;
/** So many characters count as a value, since what reads a text that is repeated reads it each time. */
const CHARACTERS = 16;

/**
 * Bounds what a document stands for by its aliases. With `<<`, all that is in the other map is made anew each time;
 * elsewhere it is shared, but looked at each time.
 * @throws `too-large`; `bad-input` for an alias of what it is in
 */
async function checkAliases(document: Document.Parsed, source: string): Promise<void> {
  const { isAlias, isPair, isScalar, isCollection, visit } = await import('yaml');
  const anchors = new Map<string, Node>();
  const targets = new Map<Node, Node | undefined>();
  visit(document, {
    Node(_, node) {
      // Of several anchors with one name, the last one before an alias is meant.
      if (isAlias(node)) targets.set(node, anchors.get(node.source));
      else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  if (targets.size === 0) return;
  const sizes = new Map<unknown, number | 'open'>();
  const sizeOf = (node: unknown): number => {
    if (isScalar(node)) return 1 + (typeof node.value === 'string' ? node.value.length / CHARACTERS : 0);
    if (isPair(node)) return sizeOf(node.key) + sizeOf(node.value);
    if (isAlias(node)) return 1 + sizeOf(targets.get(node));
    if (!isCollection(node)) return 1;
    const known = sizes.get(node);
    if (known === 'open') throw notYaml('an alias stands for something that it is in', source);
    if (known !== undefined) return known;
    sizes.set(node, 'open');
    let size = 1;
    for (const item of node.items) size += sizeOf(item);
    sizes.set(node, size);
    return size;
  };
  if (targets.size <= MAX_ALIASES && sizeOf(document.contents) <= MAX_VALUES) return;
  throw new BuildcacheError('too-large', 'the YAML document stands for too much', {
    file: source,
    expected: `at most ${MAX_ALIASES} aliases, and ${MAX_VALUES} values with what they repeat`,
    found: 'more',
  });
}

/** The place of the first key that its map has already. */
async function repeatedKey(document: Document.Parsed): Promise<number | undefined> {
  const { isScalar, visit } = await import('yaml');
  let found: number | undefined;
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) {
          found = (key as Node).range?.[0] ?? 0;
          return visit.BREAK;
        }
        seen.add(key.value);
      }
      return undefined;
    },
  });
  return found;
}

/**
 * The parser's message, without words of the file, which may hold anything: they follow a colon, or are a
 * directive's.
 */
function messageOf(error: unknown): string {
  if (error instanceof Error && Reflect.get(error, 'code') === 'BAD_DIRECTIVE')
    return 'a directive that is not known';
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.split(': ', 1)[0] ?? '';
}

function notYaml(message: string, source: string, cause?: unknown): BuildcacheError {
  return new BuildcacheError('bad-input', `not valid YAML: ${message}`, { file: source }, cause);
}
