/**
 * How a spec differs from another of the same package, in itself: what its own dictionary says, and its edges. That a
 * dependency has another hash is no change: it follows from what changed below. Each change carries the edits that make
 * it, so that putting it into the other's dictionary can prove it (proof.ts).
 */
import { isObject, shown, stringifyCompact } from '../../core/json.ts';
import { compilerOf, compilerOfPackage, packageOfCompiler } from '../../spec/constraint/compiler.ts';
import { type Dependency, FLAG_NAMES, type SpecNode } from '../../spec/node.ts';
import type { EdgePair } from './edges.ts';

export type ChangeKind =
  | 'version'
  | 'variant'
  | 'flags'
  | 'target'
  | 'os'
  | 'platform'
  | 'namespace'
  | 'recipe'
  | 'patches'
  | 'compiler' // an attribute before format 5
  | 'provider' // another package provides a virtual package, languages among them
  | 'dependency' // an edge that came or went
  | 'edge' // one of another type, or for other virtual packages
  | 'provides'
  | 'external'
  | 'splice'
  | 'format'
  | 'other';

/** One thing to do to the nearest spec's dictionary. */
export type Edit =
  /** Sets what is at the path; undefined takes it away. */
  | { readonly at: readonly string[]; readonly value: unknown }
  /** Replaces the nearest spec's edge of that number; without a number adds one, undefined takes it away. */
  | { readonly edge: number | undefined; readonly to: unknown };

export interface Change {
  readonly kind: ChangeKind;
  /** Which variant, flag, dependency; where a kind has only one, undefined. */
  readonly name: string | undefined;
  /** For people. Undefined: it was not there, or is gone. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Undefined where no edit makes one of the other: another spec format. */
  readonly edits: readonly Edit[] | undefined;
}

/** Finds a spec of one side, to say which version an edge leads to. */
export type Lookup = (hash: string) => SpecNode | undefined;

/** The languages compilers provide, as virtual packages. */
export const LANGUAGES: readonly string[] = ['c', 'cxx', 'fortran'];

/**
 * @param near the nearest spec, of the same package
 * @param edges how the dependencies of the two are paired
 * @returns in the order in which people read a spec
 */
export function ownChanges(
  wanted: SpecNode,
  near: SpecNode,
  edges: readonly EdgePair[],
  lookup: { readonly wanted: Lookup; readonly near: Lookup },
): Change[] {
  const sameFormat = hasSameShape(wanted, near);
  // One array of all: a call takes no arguments by the hundred thousand.
  const changes = [
    sameFormat ? [] : [formatChange(wanted, near)],
    attributeChanges(wanted, near),
    parameterChanges(wanted, near),
    sameFormat ? otherChanges(wanted, near) : compilerAcrossFormats(wanted, near),
  ].flat();
  for (const pair of edges) {
    const change = edgeChange(pair, wanted.dict['dependencies'], lookup);
    if (change !== undefined && (sameFormat || countsAcrossFormats(pair))) changes.push(change);
  }
  return changes;
}

/** Whether two were hashed in one format and are written alike: from format 5 on, a newer Spack only adds. */
function hasSameShape(a: SpecNode, b: SpecNode): boolean {
  const isWrittenAlike = a.format === b.format || Math.min(a.format, b.format) >= 5;
  return a.originalFormat === b.originalFormat && isWrittenAlike;
}

/** What tells one change from another, wherever it is made. */
export function signature({ kind, name, from, to }: Change): string {
  return JSON.stringify([kind, name, from, to]);
}

const ATTRIBUTES: readonly (readonly [ChangeKind, readonly string[]])[] = [
  ['version', ['version']],
  ['platform', ['arch', 'platform']],
  ['os', ['arch', 'platform_os']],
  ['namespace', ['namespace']],
  ['recipe', ['package_hash']],
];

function attributeChanges(wanted: SpecNode, near: SpecNode): Change[] {
  const changes: Change[] = [];
  for (const [kind, at] of ATTRIBUTES) {
    const change = changeAt(kind, undefined, at, wanted, near);
    if (change !== undefined) changes.push(change);
  }
  return [...changes, ...targetChange(wanted, near), ...externalChange(wanted, near)];
}

/** A microarchitecture may be written with all its features. That is a change, but not another microarchitecture. */
function targetChange(wanted: SpecNode, near: SpecNode): Change[] {
  const at = ['arch', 'target'];
  const [to, from] = [valueAt(wanted.dict, at), valueAt(near.dict, at)];
  if (same(to, from)) return [];
  const edits = [{ at, value: to }];
  if (wanted.target !== near.target) {
    return [{ kind: 'target', name: undefined, from: near.target, to: wanted.target, edits }];
  }
  const described = (value: unknown) => (isObject(value) ? 'with its features' : 'by name');
  return [{ kind: 'target', name: 'description', from: described(from), to: described(to), edits }];
}

function externalChange(wanted: SpecNode, near: SpecNode): Change[] {
  const [to, from] = [wanted.dict['external'], near.dict['external']];
  if (same(to, from)) return [];
  if (!isObject(to) || !isObject(from)) {
    const edits = [{ at: ['external'], value: to }];
    return [{ kind: 'external', name: undefined, from: placeOf(from), to: placeOf(to), edits }];
  }
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((key) => {
    const change = changeAt('external', key, ['external', key], wanted, near);
    return change === undefined ? [] : [change];
  });
}

function placeOf(external: unknown): string {
  return isObject(external) ? `external at ${display(external['path'] ?? external['module'])}` : 'built';
}

function parameterChanges(wanted: SpecNode, near: SpecNode): Change[] {
  const [to, from] = [valuesOf(wanted.dict['parameters']), valuesOf(near.dict['parameters'])];
  const changes: Change[] = [];
  for (const name of new Set([...Object.keys(from), ...Object.keys(to)])) {
    if (name === 'patches') continue;
    const kind = FLAG_NAMES.includes(name) ? 'flags' : 'variant';
    const change = changeAt(kind, name, ['parameters', name], wanted, near);
    if (change !== undefined) changes.push(change);
  }
  const patches = PATCHES.filter((at) => !same(valueAt(wanted.dict, at), valueAt(near.dict, at)));
  const [first] = patches;
  if (first === undefined) return changes;
  const edits = patches.map((at) => ({ at, value: valueAt(wanted.dict, at) }));
  const show = (node: SpecNode) => displayPatches(valueAt(node.dict, first));
  return [...changes, { kind: 'patches', name: undefined, from: show(near), to: show(wanted), edits }];
}

/**
 * The list in the order in which patches apply, and the variant, which is a sorted set. To a person they are one
 * change.
 */
const PATCHES = [['patches'], ['parameters', 'patches']] as const;

/** Parts on which only specs of one format agree, and whatever else a dictionary says. */
function otherChanges(wanted: SpecNode, near: SpecNode): Change[] {
  const changes: Change[] = [];
  const keys = new Set([...Object.keys(near.dict), ...Object.keys(wanted.dict)]);
  for (const key of keys) {
    if (TOLD.has(key)) continue;
    const kind = KINDS.get(key) ?? 'other';
    const change = changeAt(kind, kind === 'other' ? key : undefined, [key], wanted, near);
    if (change !== undefined) changes.push(change);
  }
  return changes;
}

const TOLD = new Set([
  ...['name', 'version', 'arch', 'namespace', 'parameters', 'external', 'patches', 'package_hash'],
  ...['dependencies', 'hash'],
]);

const KINDS: ReadonlyMap<string, ChangeKind> = new Map([
  ['compiler', 'compiler'],
  ['provided_virtuals', 'provides'],
  ['build_spec', 'splice'],
]);

function changeAt(
  kind: ChangeKind,
  name: string | undefined,
  at: readonly string[],
  wanted: SpecNode,
  near: SpecNode,
): Change | undefined {
  const [to, from] = [valueAt(wanted.dict, at), valueAt(near.dict, at)];
  if (same(to, from)) return undefined;
  const show = kind === 'recipe' ? displayHash : display;
  return { kind, name, from: show(from), to: show(to), edits: [{ at, value: to }] };
}

function formatChange(wanted: SpecNode, near: SpecNode): Change {
  const written = ({ format, originalFormat }: SpecNode) =>
    format === originalFormat ? String(format) : `${originalFormat}, rewritten as ${format}`;
  return { kind: 'format', name: undefined, from: written(near), to: written(wanted), edits: undefined };
}

/** Before format 5 a compiler is an attribute. From then on it is a dependency for each of its languages. */
function compilerAcrossFormats(wanted: SpecNode, near: SpecNode): Change[] {
  const [to, from] = [compilerNames(wanted), compilerNames(near)];
  const named = new Set(from);
  if (to.length === 0 || from.length === 0 || to.some((name) => named.has(name))) return [];
  const [show, showNear] = [to, from].map((names) => names.map(compilerOfPackage).join(', '));
  return [{ kind: 'compiler', name: undefined, from: showNear, to: show, edits: undefined }];
}

function compilerNames(node: SpecNode): string[] {
  const old = compilerOf(node);
  if (old !== undefined) return [packageOfCompiler(old.name)];
  const edges = node.dependencies.filter(({ virtuals }) => virtuals.some((each) => LANGUAGES.includes(each)));
  return [...new Set(edges.map(({ name }) => name))];
}

/** Compilers and what comes with them are edges in format 5 only. */
function countsAcrossFormats({ wanted, near }: EdgePair): boolean {
  if (wanted !== undefined && near !== undefined) return false;
  const edge = wanted ?? near;
  if (edge === undefined || /^(?:compiler-wrapper|glibc|musl|.*-runtime)$/.test(edge.name)) return false;
  return !edge.virtuals.some((virtual) => virtual === 'libc' || LANGUAGES.includes(virtual));
}

function edgeChange(
  { wanted, near, wantedIndex, nearIndex }: EdgePair,
  written: unknown,
  lookup: { readonly wanted: Lookup; readonly near: Lookup },
): Change | undefined {
  const edge: unknown = Array.isArray(written) ? written[wantedIndex ?? -1] : undefined;
  if (wanted === undefined) {
    if (near === undefined) return undefined;
    const edits = [{ edge: nearIndex, to: undefined }];
    return { kind: 'dependency', name: near.name, from: edgeText(near, lookup.near), to: undefined, edits };
  }
  if (near === undefined) {
    const edits = [{ edge: undefined, to: edge }];
    const to = edgeText(wanted, lookup.wanted);
    return { kind: 'dependency', name: wanted.name, from: undefined, to, edits };
  }
  const edits = [{ edge: nearIndex, to: edge }];
  if (wanted.name !== near.name) {
    const name = near.virtuals.filter((each) => wanted.virtuals.includes(each)).join(',');
    const [from, to] = [edgeText(near, lookup.near), edgeText(wanted, lookup.wanted)];
    return { kind: 'provider', name, from, to, edits };
  }
  const [from, to] = [usesText(near), usesText(wanted)];
  return from === to ? undefined : { kind: 'edge', name: wanted.name, from, to, edits };
}

function edgeText(edge: Dependency, lookup: Lookup): string {
  const version = lookup(edge.hash)?.version;
  return `${edge.name}${version === undefined ? '' : `@${version}`} (${usesText(edge)})`;
}

function usesText({ deptypes, virtuals }: Dependency): string {
  return `${deptypes.join(', ')}${virtuals.length === 0 ? '' : ` for ${virtuals.join(', ')}`}`;
}

function valueAt(dict: Readonly<Record<string, unknown>>, at: readonly string[]): unknown {
  let value: unknown = dict;
  for (const key of at) value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

function valuesOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

/** Compares any two values of documents. Lists and objects are compared as they are hashed. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  return stringifyCompact(a) === stringifyCompact(b);
}

/** Longer values are cut: this is for a line of text. */
const SHOWN = 80;

function display(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : cut(value.map(String).join(' '));
  if (isObject(value)) {
    const { name, version, hash } = value;
    if (typeof name === 'string' && typeof version === 'string') return cut(`${name}@${version}`);
    if (typeof name === 'string' && typeof hash === 'string') return cut(`${name}/${hash.slice(0, 7)}`);
    return cut(stringifyCompact(value));
  }
  if (value === null) return 'none';
  return typeof value === 'boolean' || typeof value === 'string' ? cut(String(value)) : shown(value);
}

function displayHash(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, 7) : display(value);
}

function displayPatches(value: unknown): string | undefined {
  return Array.isArray(value) ? value.map((patch) => String(patch).slice(0, 7)).join(', ') : display(value);
}

function cut(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN - 1)}…`;
}
