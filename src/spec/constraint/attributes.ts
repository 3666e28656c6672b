/** The part of matching that looks at one node alone: everything a constraint asks but names and dependencies. */
import type { SpecNode, VariantValue } from '../node.ts';
import { targetInSet } from '../target.ts';
import { parseVersion, type VersionSet, versionInSet } from '../version.ts';
import type { Constraint, FlagConstraint, VariantConstraint } from './constraint.ts';
import { type GraphIndex, holdsThroughout, type NodeTest } from './reach.ts';

/** One test an attribute that asks something, the cheap ones first. */
export function attributeTests(index: GraphIndex, asked: Constraint): NodeTest[] {
  const { namespace, versions, platform, os, target } = asked;
  const tests: NodeTest[] = [];
  // A spec without a namespace matches every namespace.
  if (namespace !== undefined) {
    tests.push((node) => node.namespace === undefined || node.namespace === namespace);
  }
  if (versions !== undefined) tests.push(versionTest(versions));
  for (const variant of asked.variants) tests.push(variantTest(index, variant));
  // In Spack, `platform=*` and `os=*` switch off the other questions about the architecture. Here they ask nothing.
  if (platform !== undefined && platform !== '*') tests.push((node) => node.platform === platform);
  if (os !== undefined && os !== '*') tests.push((node) => node.os === os);
  if (target !== undefined)
    tests.push(
      remember(
        (node) => node.target,
        (name) => targetInSet(name, target),
      ),
    );
  for (const flag of asked.flags) tests.push((node) => hasFlags(node, flag));
  return tests;
}

/** Whether a version written in a set is that of a compiler known by name and version only. */
export function versionTest(versions: VersionSet): (spec: { readonly version: string }) => boolean {
  return remember(
    (spec) => spec.version,
    (text) => versionInSet(parseVersion(text), versions),
  );
}

/** Caches by the one string of a node that decides: a graph has few of each. */
function remember<T>(key: (node: T) => string, decide: (key: string) => boolean): (node: T) => boolean {
  const known = new Map<string, boolean>();
  return (node) => {
    const text = key(node);
    let answer = known.get(text);
    if (answer === undefined) {
      answer = decide(text);
      known.set(text, answer);
    }
    return answer;
  };
}

function variantTest(index: GraphIndex, asked: VariantConstraint): NodeTest {
  const { name } = asked;
  const matches = (value: VariantValue) =>
    asked.kind === 'boolean' ? toBoolean(value) === asked.value : hasValues(value, asked);
  if (!asked.propagate) {
    return (node) => {
      const value = variantOf(node, name);
      return value !== undefined && matches(value);
    };
  }
  return holdsThroughout(index, (node) => {
    const value = variantOf(node, name);
    return value === undefined || matches(value);
  });
}

function variantOf(node: SpecNode, name: string): VariantValue | undefined {
  const value = node.variants.get(name);
  if (value !== undefined || name !== 'patches') return value;
  // The dictionary also has a key `patches` of its own, where Spack keeps the order in which they apply.
  const { patches } = node.dict;
  return Array.isArray(patches) ? patches.filter((patch) => typeof patch === 'string') : undefined;
}

/** Spack reads the words in any case as booleans, also where a document has them as strings. */
function toBoolean(value: VariantValue): boolean | undefined {
  if (typeof value !== 'string') return typeof value === 'boolean' ? value : undefined;
  return /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : undefined;
}

function hasValues(value: VariantValue, asked: Extract<VariantConstraint, { kind: 'values' }>): boolean {
  if (toBoolean(value) !== undefined) return asked.values.length === 0 && !asked.exact;
  const actual = typeof value === 'string' ? [value] : (value as readonly string[]);
  // Patches are named by the first digits of their SHA-256.
  const isPrefixed = asked.name === 'patches' && !asked.exact;
  const isThere = (wanted: string) =>
    isPrefixed ? actual.some((one) => one.startsWith(wanted)) : actual.includes(wanted);
  return asked.values.every(isThere) && (!asked.exact || actual.every((one) => asked.values.includes(one)));
}

function hasFlags(node: SpecNode, asked: FlagConstraint): boolean {
  const actual = node.flags.get(asked.name);
  return actual !== undefined && asked.values.every((flag) => actual.includes(flag));
}
