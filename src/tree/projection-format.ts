/**
 * The part of Spack's format language that says where a spec goes: `{name}-{version}-{hash:7}`. Specs come from others,
 * so the value of a token has its special characters replaced before it becomes part of a path.
 */
import { BuildcacheError } from '../core/errors.ts';
import { compilerOf } from '../spec/constraint/compiler.ts';
import { findPackage, indexGraph } from '../spec/constraint/reach.ts';
import { formatVariants } from '../spec/format.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { SpecNode, VariantValue } from '../spec/node.ts';

/**
 * @param format in Spack's language; no `/` in it
 * @throws BuildcacheError `bad-input` for a token that does not exist, or that this spec has no value for
 */
export function formatSpec(format: string, node: SpecNode, graph: Pick<SpecGraph, 'nodes'>): string {
  const replaced = format.replace(
    TOKEN,
    (_, escaped, sigil, dependency, hash, length, attribute: string | undefined, close, stray) => {
      if (escaped !== undefined) return String(escaped);
      if (stray !== undefined || close === undefined) throw unknown(format, 'braces in pairs', format);
      const of =
        dependency === undefined ? node : findPackage(indexGraph(graph.nodes), node, String(dependency));
      if (of === undefined) {
        throw unknown(format, `a dependency ${String(dependency)} of ${node.name}`, 'none');
      }
      const value = hash === undefined ? attributeOf(attribute ?? '', of, graph) : hashOf(of, length);
      const isKnown = value !== UNKNOWN && (hash !== undefined || allows(sigil, attribute ?? ''));
      if (!isKnown) throw unknown(format, TOKENS, `{${sigil ?? ''}${attribute ?? ''}}`);
      return value === undefined || value === NO_COMPILER ? (value ?? '') : `${sigil ?? ''}${value}`;
    },
  );
  return replaced.trim();
}

/** An escape, a token with its sigil and dependency, or a brace that closes nothing. */
const TOKEN = /\\(.)|\{( ?[%@/]|[\w ][\w -]*=)?(?:\^([^}.]+)\.)?(?:(hash\b)(?::(\d+))?|([^}]*))(\})?|(\})/gi;

const TOKENS =
  'name, version, hash, namespace, architecture (arch), platform, os, target, compiler, compiler.name, compiler.version, variants or variants.NAME, after ^DEPENDENCY. where it is one';

const UNKNOWN = Symbol('unknown');

/** Printed without its sigil. */
const NO_COMPILER = 'none';

/** Whether an attribute may be printed with this sign before it: `@` before versions, `%` before compilers. */
function allows(sigil: unknown, attribute: string): boolean {
  if (typeof sigil !== 'string' || sigil.endsWith('=')) return true;
  const what = attribute.toLowerCase();
  if (sigil.endsWith('@')) return /(?:^|\.)versions?$/.test(what);
  return sigil.endsWith('%') && (what === 'compiler' || what === 'compiler.name');
}

function hashOf(node: SpecNode, length: unknown): string {
  return typeof length === 'string' ? node.hash.slice(0, Number(length)) : node.hash;
}

/** Undefined where Spack has nothing to print. */
function attributeOf(
  attribute: string,
  node: SpecNode,
  graph: Pick<SpecGraph, 'nodes'>,
): string | undefined | typeof UNKNOWN {
  const [first = '', ...rest] = attribute.toLowerCase().split('.');
  if (first === 'variants') return variantOf(rest, node);
  if (first === 'compiler') return compilerAttribute(rest, node, graph);
  const part = first === 'arch' || first === 'architecture' ? rest.shift() : first;
  if (rest.length > 0) return UNKNOWN;
  switch (part) {
    case undefined:
      return `${node.platform}-${node.os}-${node.target}`;
    case 'platform':
      return node.platform;
    case 'os':
      return node.os;
    case 'target':
      return node.target;
  }
  if (part !== first) return UNKNOWN;
  switch (first) {
    case 'name':
      return node.name;
    case 'version':
      return node.version;
    case 'versions':
      return `=${node.version}`;
    case 'namespace':
      return node.namespace;
    default:
      return UNKNOWN;
  }
}

function variantOf(rest: readonly string[], node: SpecNode): string | undefined | typeof UNKNOWN {
  const [name, what, ...more] = rest;
  if (name === undefined) return formatVariants(node.variants);
  const variant = [...node.variants].find(([each]) => each.toLowerCase() === name);
  if (variant === undefined || more.length > 0) return UNKNOWN;
  if (what === undefined) return formatVariants(new Map([variant])).trim();
  if (what === 'name') return variant[0];
  return what === 'value' ? pythonValue(variant[1]) : UNKNOWN;
}

/** Several values print as Python's tuple. */
function pythonValue(value: VariantValue): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return value;
  return `(${value.map((each) => `'${each}'`).join(', ')}${value.length === 1 ? ',' : ''})`;
}

/** In format 5 the compiler is the dependency that provides a language; a spec without one has `none`. */
function compilerAttribute(
  rest: readonly string[],
  node: SpecNode,
  graph: Pick<SpecGraph, 'nodes'>,
): string | undefined | typeof UNKNOWN {
  const [what, ...more] = rest;
  if (more.length > 0 || (what !== undefined && what !== 'name' && what !== 'version')) return UNKNOWN;
  const written = node.originalFormat < 5 ? compilerOf(node) : undefined;
  const provider = written === undefined ? providerOf(node, graph) : undefined;
  const compiler = written ?? provider;
  if (compiler === undefined) return NO_COMPILER;
  if (what !== undefined) return compiler[what];
  return provider === undefined
    ? `${compiler.name}@=${compiler.version}`
    : `${provider.name}@${provider.version}/${provider.hash}`;
}

function providerOf(node: SpecNode, graph: Pick<SpecGraph, 'nodes'>): SpecNode | undefined {
  for (const language of ['c', 'cxx', 'fortran']) {
    const edge = node.dependencies.find(({ virtuals }) => virtuals.includes(language));
    if (edge !== undefined) return graph.nodes.get(edge.hash);
  }
  return undefined;
}

function unknown(format: string, expected: string, found: string): BuildcacheError {
  return new BuildcacheError('bad-input', `cannot read the projection ${JSON.stringify(format)}`, {
    expected,
    found,
    hint: 'change config:install_tree:projections',
  });
}
