/** The part of parsing that reads one node: its name, version, variants, flags, architecture and hash. */
import { BuildcacheError } from '../../core/errors.ts';
import { FLAG_NAMES } from '../node.ts';
import { parseTargetSet } from '../target.ts';
import { parseVersionSet } from '../version.ts';
import {
  ANYTHING,
  type Constraint,
  type DependencyConstraint,
  type VariantConstraint,
} from './constraint.ts';
import { problemAt, type Token } from './scan.ts';

/** Where parsing is in a text. */
export interface Cursor {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Index of the token to read next. */
  next: number;
}

/** A constraint while it is read. */
export type Draft = { -readonly [Key in keyof Constraint]: Constraint[Key] } & {
  variants: VariantConstraint[];
  flags: Constraint['flags'][number][];
  dependencies: DependencyConstraint[];
};

export function newDraft(): Draft {
  return { ...ANYTHING, variants: [], flags: [], dependencies: [] };
}

/**
 * Reads one node's name and attributes; false if there is nothing of one at the cursor.
 * @throws BuildcacheError `usage`, naming the column
 */
export function parseNode(cursor: Cursor, node: Draft): boolean {
  const start = cursor.next;
  for (let token = cursor.tokens[start]; token !== undefined; token = cursor.tokens[cursor.next]) {
    switch (token.kind) {
      case 'name':
        // A second name starts the next spec. So does a name after an attribute.
        if (cursor.next !== start) return true;
        setName(node, token.text);
        break;
      case 'hash':
        if (node.hash !== undefined) return true;
        node.hash = token.text;
        break;
      case 'version': {
        const { text } = token;
        if (node.versions !== undefined) throw problemAt(cursor.text, token.start, 'a second version');
        node.versions = within(cursor.text, token.start, () => parseVersionSet(text));
        break;
      }
      case 'boolean':
      case 'pair':
        setAttribute(cursor.text, node, token);
        break;
      default:
        return cursor.next !== start;
    }
    cursor.next++;
  }
  return cursor.next !== start;
}

/** Adds the column to the errors of `read`, which reads the part of the text that starts there. */
export function within<T>(text: string, start: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BuildcacheError)) throw error;
    throw problemAt(text, start, error.message, error.facts.hint);
  }
}

function setName(node: Draft, text: string): void {
  if (text === '*') return;
  const dot = text.lastIndexOf('.');
  node.name = text.slice(dot + 1);
  if (dot >= 0) node.namespace = text.slice(0, dot);
}

type AttributeToken = Extract<Token, { kind: 'boolean' | 'pair' }>;

/** Keys that look like variants and are none. */
const ATTRIBUTES = ['arch', 'architecture', 'platform', 'os', 'operating_system', 'target', 'namespace'];
/** The same, with the variants that say where one package's source is from. */
const NEVER_PROPAGATED = [...ATTRIBUTES, 'branch', 'commit', 'dev_path', 'patches', 'ref', 'tag'];
const HOST_NAMES = ['frontend', 'fe', 'backend', 'be'];

function setAttribute(text: string, node: Draft, token: AttributeToken): void {
  const { name, start, propagate } = token;
  if (propagate && NEVER_PROPAGATED.includes(name)) {
    throw problemAt(text, start, `${name} cannot be propagated`, `write ${name}=`);
  }
  const isFlag = FLAG_NAMES.includes(name);
  if (token.kind === 'boolean') {
    if (isFlag || ATTRIBUTES.includes(name))
      throw problemAt(text, start, `${name} takes a value`, `write ${name}=`);
    addVariant(text, node, start, { kind: 'boolean', name, value: token.value, propagate });
  } else if (isFlag) {
    const values = splitFlags(token.value);
    if (values.length > 0) node.flags.push({ name, values, propagate });
  } else if (name === 'namespace') {
    node.namespace = token.value;
  } else if (ATTRIBUTES.includes(name)) {
    setArchitecture(text, node, token);
  } else {
    addVariant(text, node, start, parseVariant(text, token));
  }
}

/** The most dependencies, or variants, of one package in a spec. Each is compared with those before it. */
export const MOST_OF_ONE = 1_000;

function addVariant(text: string, node: Draft, start: number, variant: VariantConstraint): void {
  if (node.variants.length === MOST_OF_ONE) throw problemAt(text, start, `more than ${MOST_OF_ONE} variants`);
  if (node.variants.some(({ name }) => name === variant.name)) {
    throw problemAt(text, start, `variant ${variant.name} given twice`);
  }
  node.variants.push(variant);
}

function parseVariant(text: string, token: Extract<Token, { kind: 'pair' }>): VariantConstraint {
  const { name, value, propagate } = token;
  if (/^(true|false)$/i.test(value)) {
    return { kind: 'boolean', name, value: value.toLowerCase() === 'true', propagate };
  }
  if (value === '*') return { kind: 'values', name, values: [], exact: false, propagate };
  const values = [...new Set(value.split(','))].sort();
  if (values.includes('*')) throw problemAt(text, token.start, '"*" cannot be one of several values');
  return { kind: 'values', name, values, exact: token.exact, propagate };
}

/** A word that does not start with a dash is the value of the flag before it. */
function splitFlags(text: string): string[] {
  const flags: string[] = [];
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const last = flags.at(-1);
    if (last === undefined || word.startsWith('-')) flags.push(word);
    else flags[flags.length - 1] = `${last} ${word}`;
  }
  return flags;
}

/** `arch=` takes `platform-os-target`, with `None` for a part that is left open, or just a target. */
function setArchitecture(text: string, node: Draft, token: Extract<Token, { kind: 'pair' }>): void {
  const { name, value, start } = token;
  const parts = value.split('-');
  if ((name === 'arch' || name === 'architecture') && parts.length === 3) {
    const [platform, os, target] = parts;
    setPart(text, start, node, 'platform', platform);
    setPart(text, start, node, 'os', os);
    setPart(text, start, node, 'target', target);
  } else if (name === 'platform') {
    setPart(text, start, node, 'platform', value);
  } else if (name === 'os' || name === 'operating_system') {
    setPart(text, start, node, 'os', value);
  } else {
    setPart(text, start, node, 'target', value);
  }
}

function setPart(
  text: string,
  start: number,
  node: Draft,
  part: 'platform' | 'os' | 'target',
  value = '',
): void {
  if (value === '' || value === 'None') return;
  if (node[part] !== undefined) throw problemAt(text, start, `${part} given twice`);
  if (part !== 'platform' && (HOST_NAMES.includes(value) || value === `default_${part}`)) {
    const hint = `name the ${part} itself`;
    throw problemAt(
      text,
      start,
      `${JSON.stringify(value)} stands for this host's own ${part}, which a query cannot use,`,
      hint,
    );
  }
  if (part === 'target') node.target = within(text, start, () => parseTargetSet(value));
  else node[part] = value;
}
