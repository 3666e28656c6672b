/**
 * Concrete specs written as Spack 1.x writes them, whatever format they were read from: the nodes of an index and of
 * a `spec.json`. What a document says beyond what we model is kept.
 *
 * A spec is written in format 5, which every Spack 1.x reads, unless it, or one below it, was a format 6 spec from
 * the start: the hash of such a spec covers what format 5 has no place for.
 */
import { BuildcacheError } from '../core/errors.ts';
import { isObject, stringifyCompact } from '../core/json.ts';
import type { SpecGraph } from './graph.ts';
import { type SpecNode, shortHash } from './node.ts';

/** The formats we write. */
export type EmittedFormat = 5 | 6;

export interface SpecEmitter {
  /** A node's compact JSON, its hash included. In format 5, a format 6 spec loses parts that its hash covers. */
  node(node: SpecNode, format: EmittedFormat): string;
  /** The oldest format that holds the spec with all below it. */
  formatOf(hash: string): EmittedFormat;
  /** The text of the spec's `spec.json` in a build cache: the node itself, then all below it. */
  document(hash: string): string;
  /** The text of an installed spec's `.spack/spec.json`, and of what Spack saves: without what only build caches have. */
  installedDocument(hash: string): string;
}

/**
 * An emitter for the specs of one graph. Nodes stand in many documents, so each one's text is made once and kept.
 * The documents' methods throw BuildcacheError `not-found` where the graph lacks a node.
 */
export function specEmitter(graph: Pick<SpecGraph, 'nodes'>): SpecEmitter {
  const texts = new Map<string, string>();
  const formatOf = neededFormat(graph);
  const node = (from: SpecNode, format: EmittedFormat): string => {
    const key = `${format}${from.hash}`;
    let text = texts.get(key);
    if (text === undefined) {
      text = stringifyCompact(dictionaryOf(from, format));
      texts.set(key, text);
    }
    return text;
  };
  const spec = (hash: string) => {
    const format = formatOf(hash);
    const nodes = documentOrder(graph, hash).map((each) => node(each, format));
    return `"spec":{"_meta":{"version":${format}},"nodes":[${nodes.join(',')}]}`;
  };
  return {
    node,
    formatOf,
    // Spack still writes this version, an older layout's, for the sake of registries.
    document: (hash) => `{${spec(hash)},"buildcache_layout_version":2}`,
    installedDocument: (hash) => `{${spec(hash)}}`,
  };
}

/**
 * A spec and all below it, each once: depth first, a node before its dependencies, children by name; after a spliced
 * node come the nodes of its build spec.
 * @param within used by the function itself: the build specs on the way here
 * @throws BuildcacheError `not-found` where the graph lacks a node; `unsupported` where build specs go round in a
 *   circle
 */
export function documentOrder(
  graph: Pick<SpecGraph, 'nodes'>,
  hash: string,
  within: readonly string[] = [],
): SpecNode[] {
  const order = new Map<string, SpecNode>();
  // Nodes that a build spec brought in are written but not yet visited: Spack still walks through them.
  const visited = new Set<string>();
  const stack = [nodeOf(graph, hash, undefined)];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (visited.has(node.hash)) continue;
    visited.add(node.hash);
    order.set(node.hash, node);
    if (node.buildSpec !== undefined) {
      const built = nodeOf(graph, node.buildSpec.hash, node).hash;
      if (within.includes(built) || within.length >= MAX_SPLICES) throw circular(node);
      for (const each of documentOrder(graph, built, [...within, built]))
        if (!order.has(each.hash)) order.set(each.hash, each);
    }
    const children = [...node.dependencies].sort((a, b) => (a.name < b.name ? 1 : a.name > b.name ? -1 : 0));
    for (const edge of children) stack.push(nodeOf(graph, edge.hash, node));
  }
  return [...order.values()];
}

/** A spec that is spliced again keeps its first build spec. So there are no long chains but made-up ones. */
const MAX_SPLICES = 16;

function circular(node: SpecNode): BuildcacheError {
  return new BuildcacheError(
    'unsupported',
    `the chain of build specs of ${node.name}/${shortHash(node)} never ends`,
    {
      expected: 'a build spec that is not made of the spliced one',
      hint: 'concretize again, or run `spack reindex` where it is installed',
    },
  );
}

/**
 * {@link SpecEmitter.formatOf} for a graph. The result for a spec is kept for those above it: making an index asks
 * about each of its specs. Specs that the graph lacks, and circles, do no harm.
 */
export function neededFormat({ nodes }: Pick<SpecGraph, 'nodes'>): (hash: string) => EmittedFormat {
  const fit = new Set<string>();
  return (hash) => {
    const below = new Set([hash]);
    // Iterating a set also visits what is added on the way.
    for (const at of below) {
      const node = fit.has(at) ? undefined : nodes.get(at);
      if (node === undefined) continue;
      if (node.originalFormat > 5) return 6;
      for (const edge of node.dependencies) below.add(edge.hash);
      if (node.buildSpec !== undefined) below.add(node.buildSpec.hash);
    }
    for (const each of below) fit.add(each);
    return 5;
  };
}

/**
 * The node's dictionary as the format has it, without the mark of direct dependencies, which databases drop. Format 5
 * does not say what a node provides: a Spack that reads it finds that out by itself.
 */
function dictionaryOf(node: SpecNode, format: EmittedFormat): Record<string, unknown> {
  const {
    compiler: _,
    annotations,
    dependencies: __,
    hash: ___,
    build_spec,
    provided_virtuals,
    ...rest
  } = node.dict;
  const dependencies = node.dependencies.map(({ name, hash, deptypes, virtuals }) => ({
    name,
    hash,
    parameters: { deptypes, virtuals },
  }));
  return {
    ...rest,
    ...(provided_virtuals === undefined || format < 6 ? {} : { provided_virtuals }),
    ...(dependencies.length === 0 ? {} : { dependencies }),
    ...(build_spec === undefined ? {} : { build_spec }),
    annotations: isObject(annotations) ? annotations : annotationsOf(node),
    hash: node.hash,
  };
}

/** Formats before 5 had the compiler in the node itself. */
function annotationsOf({ originalFormat, compiler }: SpecNode): Record<string, unknown> {
  if (originalFormat >= 5) return { original_specfile_version: originalFormat };
  const text = compiler === undefined ? 'None' : `${compiler.name}@=${compiler.version}`;
  return { original_specfile_version: originalFormat, compiler: text };
}

function nodeOf(graph: Pick<SpecGraph, 'nodes'>, hash: string, from: SpecNode | undefined): SpecNode {
  const node = graph.nodes.get(hash);
  if (node !== undefined) return node;
  const what = from === undefined ? 'the spec' : `a spec that ${from.name}/${shortHash(from)} needs`;
  throw new BuildcacheError('not-found', `${what} is in neither the install database nor the environment`, {
    expected: `/${hash}`,
    hint: 'name the environment it was concretized in (--environment), the tree it is in (upstreams: in spack.yaml), or run `spack reindex`',
  });
}
