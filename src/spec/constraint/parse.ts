/**
 * Parses the spec syntax of Spack 1.2 and later into constraints. It accepts what Spack accepts, with three
 * exceptions: spec files; the names that stand for the host's own operating system and target; and a `when=` with a
 * comma, which Spack cuts short at the comma, as nobody can mean it.
 */
import { DEPTYPES } from '../node.ts';
import { packageOfCompiler } from './compiler.ts';
import { conflictWith } from './conflict.ts';
import type { Constraint, DependencyConstraint } from './constraint.ts';
import { type Cursor, MOST_OF_ONE, newDraft, parseNode, within } from './parse-node.ts';
import { isIdentifier, problemAt, scan, type Token } from './scan.ts';

/**
 * All specs in a text, in order; none if it is blank.
 * @throws BuildcacheError `usage`, one line that names the column
 */
export function parseSpecs(text: string): Constraint[] {
  const cursor: Cursor = { text, tokens: scan(text), next: 0 };
  const specs: Constraint[] = [];
  while (cursor.next < cursor.tokens.length) specs.push(parseOne(cursor));
  return specs;
}

/**
 * The one spec in a text.
 * @throws BuildcacheError `usage`, also for none and for more than one
 */
export function parseSpec(text: string): Constraint {
  const cursor: Cursor = { text, tokens: scan(text), next: 0 };
  if (cursor.tokens.length === 0) throw problemAt(text, 0, 'expected a spec');
  const spec = parseOne(cursor);
  const more = cursor.tokens[cursor.next];
  if (more !== undefined) throw problemAt(text, more.start, 'expected one spec, but another starts');
  return spec;
}

/**
 * Specs from command-line arguments, which Spack joins: `foo @1.2 %gcc` is one spec. The shell has removed the quotes
 * of `cflags="-O2 -g"`, so an argument that starts like a pair is a pair up to its end.
 * @throws BuildcacheError `usage`; the column is the one in the joined text, which the message shows
 */
export function parseSpecArguments(args: readonly string[]): Constraint[] {
  return parseSpecs(args.map(requote).join(' '));
}

/**
 * Specs that are written one a line, as in an input of the action: a `/hash` on a line of its own is a spec of its own.
 * @throws BuildcacheError as {@link parseSpecs}
 */
export function parseSpecLines(lines: readonly string[]): Constraint[] {
  return lines.flatMap(parseSpecs);
}

function requote(argument: string): string {
  const [, key, value] = /^([A-Za-z0-9_][A-Za-z0-9_.-]*:?==?)(.*)$/s.exec(argument) ?? [];
  if (key === undefined || value === undefined || /^[A-Za-z0-9,/_.\-[\]]*$/.test(value)) return argument;
  const quote = value.includes("'") ? '"' : "'";
  return key + quote + value.replaceAll(quote, `\\${quote}`) + quote;
}

function parseOne(cursor: Cursor): Constraint {
  const first = cursor.tokens[cursor.next];
  if (first?.kind === 'edge-close') throw problemAt(cursor.text, first.start, 'unexpected "]"');
  const root = newDraft();
  parseNode(cursor, root);
  let parent = root;
  for (let token = cursor.tokens[cursor.next]; token !== undefined; token = cursor.tokens[cursor.next]) {
    if (token.kind !== 'edge' && token.kind !== 'edge-open') break;
    cursor.next++;
    const attributes =
      token.kind === 'edge' ? { ...NO_ATTRIBUTES, virtuals: token.virtuals } : parseAttributes(cursor);
    const spec = newDraft();
    // A sigil with nothing after it asks for any package, as `*` does.
    parseNode(cursor, spec);
    if (token.sigil !== '^' && spec.name !== undefined) spec.name = packageOfCompiler(spec.name);
    // `^` always belongs to the root, `%` to what stands before it.
    if (token.sigil === '^') parent = root;
    if (parent.dependencies.length === MOST_OF_ONE)
      throw problemAt(cursor.text, token.start, `more than ${MOST_OF_ONE} dependencies`);
    const virtuals = [...new Set(attributes.virtuals)].sort();
    const edge: DependencyConstraint = { ...attributes, virtuals, kind: token.sigil, spec };
    const conflict = conflictWith(parent.dependencies, edge);
    if (conflict !== undefined) throw problemAt(cursor.text, token.start, conflict);
    parent.dependencies.push(edge);
    if (token.sigil === '^') parent = spec;
  }
  return root;
}

type EdgeAttributes = Pick<DependencyConstraint, 'deptypes' | 'virtuals' | 'when'>;

const NO_ATTRIBUTES: EdgeAttributes = { deptypes: [], virtuals: [], when: undefined };

/** What stands between `[` and `]`, and the virtuals assigned after it. */
function parseAttributes(cursor: Cursor): EdgeAttributes {
  const { text } = cursor;
  const found = new Map<string, EdgeAttributes>();
  for (let token = cursor.tokens[cursor.next]; ; token = cursor.tokens[cursor.next]) {
    const at = token?.start ?? text.length;
    if (token?.kind === 'edge-close') {
      cursor.next++;
      const all = [...found.values()];
      return {
        deptypes: all.flatMap(({ deptypes }) => deptypes),
        virtuals: [...all.flatMap(({ virtuals }) => virtuals), ...token.virtuals],
        when: all.find(({ when }) => when !== undefined)?.when,
      };
    }
    if (token?.kind !== 'pair' || token.propagate)
      throw problemAt(text, at, 'expected deptypes=, virtuals=, when= or "]"');
    if (found.has(token.name)) throw problemAt(text, at, `${token.name} given twice`);
    found.set(token.name, parseAttribute(text, token));
    cursor.next++;
  }
}

function parseAttribute(
  text: string,
  { name, value, start }: Extract<Token, { kind: 'pair' }>,
): EdgeAttributes {
  switch (name) {
    case 'deptypes': {
      const given = value.split(',');
      const wrong = given.find((type) => !DEPTYPES.some((known) => known === type));
      if (wrong !== undefined)
        throw problemAt(text, start, `${JSON.stringify(wrong)} is not one of ${DEPTYPES.join(', ')},`);
      return { ...NO_ATTRIBUTES, deptypes: DEPTYPES.filter((type) => given.includes(type)) };
    }
    case 'virtuals': {
      const virtuals = value.split(',');
      const wrong = virtuals.find((virtual) => !isIdentifier(virtual));
      if (wrong !== undefined)
        throw problemAt(text, start, `${JSON.stringify(wrong)} cannot be a virtual package,`);
      return { ...NO_ATTRIBUTES, virtuals };
    }
    case 'when': {
      if (value.includes(',')) {
        throw problemAt(
          text,
          start,
          'a condition cannot have a comma',
          'Spack would ignore what comes after it',
        );
      }
      return { ...NO_ATTRIBUTES, when: within(text, start, () => parseSpec(value)) };
    }
    default:
      throw problemAt(
        text,
        start,
        `unknown attribute ${name} of a dependency; expected deptypes, virtuals or when,`,
      );
  }
}
