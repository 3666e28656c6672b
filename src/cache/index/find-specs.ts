/**
 * Finds the specs of a cache that match a constraint. The source narrows them down by name and hash. What is left is
 * tested in batches, and what lies below a spec is read only for constraints that ask about it. So memory does not
 * grow with the cache.
 */
import { compilerOf, compilerOfPackage } from '../../spec/constraint/compiler.ts';
import { askedOfProvider, type Constraint } from '../../spec/constraint/constraint.ts';
import { compileConstraint } from '../../spec/constraint/match.ts';
import type { SpecNode } from '../../spec/node.ts';

/** The specs of one cache, wherever they are read from. */
export interface SpecSource {
  /**
   * The specs in the cache whose hash begins so and whose package, or a virtual package they provide, has that
   * name.
   */
  candidates(asked: Pick<Constraint, 'name' | 'hash'>): AsyncIterable<SpecNode>;
  /** Specs in the cache or below one that is; those that are not known are left out. */
  get(hashes: Iterable<string>): Promise<ReadonlyMap<string, SpecNode>>;
}

/**
 * @param visit called for each match, once; `compilers` is what Spack puts above a group: `%c,cxx=gcc@12.2.0`,
 *   for specs from before format 5 `%gcc@=12.2.0`, empty for none
 */
export async function findSpecs(
  source: SpecSource,
  asked: Constraint,
  visit: (node: SpecNode, compilers: string) => void,
): Promise<void> {
  const deep = looksBelow(asked);
  // The source knows who provides a virtual package. The nodes that are tested together may not.
  const ofProvider = askedOfProvider(asked);
  const compile = (nodes: ReadonlyMap<string, SpecNode>) => {
    const byName = compileConstraint({ nodes }, asked);
    const byVirtual = compileConstraint({ nodes }, ofProvider);
    return (node: SpecNode) =>
      asked.name === undefined || node.name === asked.name ? byName(node) : byVirtual(node);
  };
  // Without questions about what is below, one test serves all and needs no graph.
  const shallow = deep ? undefined : compile(new Map());
  for await (const batch of batches(source.candidates(asked), deep ? DEEP_BATCH : BATCH)) {
    const nodes = deep
      ? await closure(source, batch)
      : await source.get(batch.flatMap(compilerEdges).map(hashOf));
    const test = shallow ?? compile(nodes);
    for (const node of batch) if (test(node)) visit(node, compilersOf(node, nodes));
  }
}

const BATCH = 1000;

/** Large, since each batch reads all that lies below its specs, which for many specs is hardly more than for a few. */
const DEEP_BATCH = 100_000;

async function* batches(nodes: AsyncIterable<SpecNode>, size: number): AsyncGenerator<SpecNode[]> {
  let batch: SpecNode[] = [];
  for await (const node of nodes) {
    if (batch.push(node) < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function looksBelow({ dependencies, variants }: Constraint): boolean {
  return dependencies.length > 0 || variants.some(({ propagate }) => propagate);
}

async function closure(
  source: SpecSource,
  roots: readonly SpecNode[],
): Promise<ReadonlyMap<string, SpecNode>> {
  const nodes = new Map(roots.map((node) => [node.hash, node]));
  const asked = new Set(nodes.keys());
  for (let level: Iterable<SpecNode> = roots; ; ) {
    const below = new Set<string>();
    for (const node of level) {
      for (const { hash } of node.dependencies) if (!asked.has(hash)) below.add(hash);
    }
    if (below.size === 0) return nodes;
    const found = await source.get(below);
    for (const hash of below) asked.add(hash);
    for (const [hash, node] of found) nodes.set(hash, node);
    level = found.values();
  }
}

const LANGUAGES = ['c', 'cxx', 'fortran'];

function compilerEdges(node: SpecNode): SpecNode['dependencies'] {
  return node.dependencies.filter(({ virtuals }) => virtuals.some((virtual) => LANGUAGES.includes(virtual)));
}

function hashOf({ hash }: { readonly hash: string }): string {
  return hash;
}

function compilersOf(node: SpecNode, nodes: ReadonlyMap<string, SpecNode>): string {
  if (node.originalFormat < 5) {
    const compiler = compilerOf(node);
    return compiler === undefined ? '' : `%${compiler.name}@=${compiler.version}`;
  }
  const edges = compilerEdges(node).toSorted((a, b) => Number(a.name > b.name) - Number(a.name < b.name));
  const compilers = edges.map(({ name, hash, virtuals }) => {
    const version = nodes.get(hash)?.version;
    return `%${virtuals.join(',')}=${compilerOfPackage(name)}${version === undefined ? '' : `@${version}`}`;
  });
  return compilers.join(' ');
}
