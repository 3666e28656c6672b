/**
 * Changes some nodes of a lockfile, each in one way, and hashes them and all above them anew, as concretizing again
 * would. The same seed gives the same changes.
 */
import { dagHash, inSpackOrder } from '../../../src/spec/hash.ts';

export type Dict = Record<string, unknown>;

export interface Edge {
  readonly name: string;
  readonly hash: string;
  readonly parameters: { readonly deptypes: readonly string[]; readonly virtuals: readonly string[] };
}

export interface Lock {
  readonly format: 4 | 5;
  /** By DAG hash. */
  readonly nodes: ReadonlyMap<string, Dict>;
  readonly roots: readonly string[];
}

export interface Mutated {
  readonly lock: Lock;
  /** What was done to which node, by the hash it had. */
  readonly done: ReadonlyMap<string, Way>;
  /** From the hashes before to those after. */
  readonly renamed: ReadonlyMap<string, string>;
}

type Random = (below: number) => number;

export interface Way {
  readonly kind: string;
  /** @returns undefined where the node cannot be changed so */
  readonly change: (node: Dict, context: { lock: Lock; hash: string; random: Random }) => Dict | undefined;
}

/** Every way in which a node can differ in itself. */
export const WAYS: readonly Way[] = [
  way('version', (node) => ({ ...node, version: `${String(node['version'])}.1` })),
  way('variant', (node) => withParameters(node, (values) => toggled(values))),
  way('variant', (node) => withParameters(node, (values) => ({ ...values, brandnew: 'yes' }))),
  way('variant', (node) => withParameters(node, (values) => without(values, 'build_system'))),
  way('flags', (node) => withParameters(node, (values) => ({ ...values, cflags: ['-O3', '-g'] }))),
  way('target', (node) => withArch(node, { target: 'zen4' })),
  way('os', (node) => withArch(node, { platform_os: 'rocky9' })),
  way('platform', (node) => withArch(node, { platform: 'freebsd' })),
  way('namespace', (node) => ({ ...node, namespace: 'ours' })),
  way('recipe', (node) => ({ ...node, package_hash: `${String(node['package_hash'])}x` })),
  way('patches', (node) => withPatches(node, ['aaaaaaa1', 'bbbbbbb2'])),
  way('patches', (node) => (listOf(node['patches']).length < 2 ? undefined : reversedPatches(node))),
  way('compiler', (node, { lock }) =>
    lock.format === 4 ? { ...node, compiler: { name: 'gcc', version: '99.1' } } : undefined,
  ),
  way('provider', (node, { lock }) => otherProvider(node, lock)),
  way('dependency', (node, context) => withEdge(node, context)),
  way('dependency', (node, { random }) => {
    const edges = edgesOf(node);
    const gone = random(Math.max(1, edges.length));
    // Beside another of its name it would not be told which of the two went.
    const isAlone = edges.filter(({ name }) => name === edges[gone]?.name).length === 1;
    return isAlone ? withEdges(node, edges.toSpliced(gone, 1)) : undefined;
  }),
  way('edge', (node, { random }) =>
    onEdge(node, random, ({ deptypes, virtuals }) => ({
      deptypes: deptypes.includes('run') ? deptypes.filter((type) => type !== 'run') : [...deptypes, 'run'],
      virtuals,
    })),
  ),
  way('edge', (node, { random }) =>
    onEdge(node, random, ({ deptypes, virtuals }) => ({ deptypes, virtuals: [...virtuals, 'zz-virtual'] })),
  ),
  way('provides', (node, { lock }) =>
    lock.format === 5 ? { ...node, provided_virtuals: ['zlib-api'] } : undefined,
  ),
  way('external', (node) => withExternal(node, { path: '/elsewhere' })),
  way('external', (node) => withExternal(node, { module: ['other/1.0'] })),
  way('external', (node) => withExternal(node, { extra_attributes: { environment: { set: { A: 'b' } } } })),
  // An external is never missing: as a root there would be nothing to find.
  way('external', (node, { lock, hash }) =>
    'external' in node || lock.roots.includes(hash)
      ? undefined
      : { ...node, external: { path: '/usr', module: null, extra_attributes: {} } },
  ),
  // It was built as what it was before, which stays in the file.
  way('splice', (node, { hash }) => ({ ...node, build_spec: { name: node['name'], hash } })),
  way('other', (node) => ({ ...node, concrete: true })),
];

export function lockOf(document: unknown): Lock {
  const lock = document as {
    _meta: { 'lockfile-version': number };
    roots: { hash: string }[];
    concrete_specs: Record<string, Dict>;
  };
  return {
    format: lock._meta['lockfile-version'] < 6 ? 4 : 5,
    nodes: new Map(Object.entries(lock.concrete_specs)),
    roots: lock.roots.map(({ hash }) => hash),
  };
}

export function lockText({ format, nodes, roots }: Lock): string {
  return JSON.stringify({
    _meta: { 'file-type': 'spack-lockfile', 'lockfile-version': format + 1, 'specfile-version': format },
    roots: roots.map((hash) => ({ hash, spec: String(nodes.get(hash)?.['name']) })),
    concrete_specs: Object.fromEntries(nodes),
  });
}

/**
 * @param count how many nodes are changed
 * @param ways to choose from
 * @returns undefined where a node has become another that is there
 */
export function mutate(
  lock: Lock,
  count: number,
  seed: number,
  ways: readonly Way[] = WAYS,
): Mutated | undefined {
  const random = generator(seed);
  const hashes = [...reachable(lock)];
  const changed = new Map<string, Dict>();
  const done = new Map<string, Way>();
  for (let tries = 0; done.size < count && tries < 200; tries++) {
    const hash = hashes[random(hashes.length)] ?? '';
    const chosen = ways[random(ways.length)];
    const node = lock.nodes.get(hash);
    if (chosen === undefined || node === undefined || done.has(hash)) continue;
    const next = chosen.change(node, { lock, hash, random });
    if (next === undefined || dagHash(inSpackOrder(next)) === dagHash(inSpackOrder(node))) continue;
    changed.set(hash, next);
    done.set(hash, chosen);
  }
  return rehash(lock, changed, done);
}

function rehash(lock: Lock, changed: ReadonlyMap<string, Dict>, done: Mutated['done']): Mutated | undefined {
  const renamed = new Map<string, string>();
  const nodes = new Map<string, Dict>();
  const visiting = new Set<string>();
  let isCyclic = false;
  const visit = (hash: string): string => {
    const known = renamed.get(hash);
    if (known !== undefined) return known;
    if (visiting.has(hash)) isCyclic = true;
    if (isCyclic) return hash;
    visiting.add(hash);
    const node = changed.get(hash) ?? lock.nodes.get(hash) ?? {};
    let isSame = !changed.has(hash);
    const edges = edgesOf(node).map((edge) => {
      const next = visit(edge.hash);
      if (next !== edge.hash) isSame = false;
      return { ...edge, hash: next };
    });
    visiting.delete(hash);
    const next = isSame ? hash : dagHash(inSpackOrder(withEdges(node, edges)));
    nodes.set(next, isSame ? node : { ...inSpackOrder(withEdges(node, edges)), hash: next });
    renamed.set(hash, next);
    return next;
  };
  const roots = lock.roots.map(visit);
  const isMerged = [...renamed].some(([from, to]) => from !== to && lock.nodes.has(to));
  // A root of which a changed node is no longer below has lost it: there is nothing to find.
  const isLost = [...done.keys()].some((hash) => !renamed.has(hash));
  if (isCyclic || isMerged || isLost) return undefined;
  const keep = (hash: string) => {
    const node = lock.nodes.get(hash);
    if (node === undefined || nodes.has(hash)) return;
    nodes.set(hash, node);
    for (const edge of edgesOf(node)) keep(edge.hash);
  };
  for (const { build_spec: built } of [...nodes.values()]) keep((built as { hash?: string })?.hash ?? '');
  return { lock: { ...lock, nodes, roots }, done, renamed };
}

/** The same graph with several packages, one beside the other, under one name: `by` versions of each. */
export function withRepeatedNames(lock: Lock, by: number): Lock {
  const changed = new Map<string, Dict>();
  const taken = new Map<string, number>();
  let names: string[] = [];
  for (const [hash, node] of lock.nodes) {
    if ('external' in node) continue;
    const name = names.find((each) => {
      const others = [...changed].filter(([, { name: known }]) => known === each).map(([other]) => other);
      return others.every((other) => !isAbove(lock, other, hash) && !isAbove(lock, hash, other));
    });
    const chosen = name ?? String(node['name']);
    changed.set(hash, { ...node, name: chosen });
    const count = (taken.get(chosen) ?? 0) + 1;
    taken.set(chosen, count);
    if (name === undefined) names.push(chosen);
    else if (count >= by) names = names.filter((each) => each !== name);
  }
  const renamed = new Map<string, Dict>();
  for (const [hash, node] of lock.nodes) {
    const own = changed.get(hash) ?? node;
    const edges = edgesOf(own).map((edge) => ({
      ...edge,
      name: String((changed.get(edge.hash) ?? lock.nodes.get(edge.hash))?.['name']),
    }));
    renamed.set(hash, withEdges(own, edges));
  }
  return rehash(lock, renamed, new Map())?.lock ?? lock;
}

export function edgesOf(node: Dict | undefined): readonly Edge[] {
  return (node?.['dependencies'] ?? []) as readonly Edge[];
}

function reachable(lock: Lock): Set<string> {
  const seen = new Set(lock.roots);
  for (const hash of seen) for (const edge of edgesOf(lock.nodes.get(hash))) seen.add(edge.hash);
  return seen;
}

function way(kind: string, change: Way['change']): Way {
  return { kind, change };
}

function withParameters(node: Dict, change: (values: Dict) => Dict | undefined): Dict | undefined {
  const values = change(node['parameters'] as Dict);
  return values === undefined ? undefined : { ...node, parameters: values };
}

function toggled(values: Dict): Dict | undefined {
  const name = Object.keys(values).find((each) => typeof values[each] === 'boolean');
  return name === undefined ? undefined : { ...values, [name]: values[name] !== true };
}

function without(values: Dict, name: string): Dict {
  const { [name]: _, ...rest } = values;
  return rest;
}

function withArch(node: Dict, change: Dict): Dict {
  return { ...node, arch: { ...(node['arch'] as Dict), ...change } };
}

function withPatches(node: Dict, patches: readonly string[]): Dict {
  return {
    ...node,
    parameters: { ...(node['parameters'] as Dict), patches: [...patches].sort() },
    patches,
  };
}

/** Applied in another order: the variant, which is sorted, stays. */
function reversedPatches(node: Dict): Dict {
  return { ...node, patches: listOf(node['patches']).toReversed() };
}

function withExternal(node: Dict, change: Dict): Dict | undefined {
  return 'external' in node ? { ...node, external: { ...(node['external'] as Dict), ...change } } : undefined;
}

function withEdges(node: Dict, edges: readonly Edge[]): Dict {
  const { dependencies: _, ...rest } = node;
  const order = ['build', 'link', 'run', 'test'];
  const flag = ({ parameters: { deptypes } }: Edge) =>
    deptypes.reduce((sum, type) => sum + (1 << order.indexOf(type)), 0);
  const sorted = edges.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : flag(a) - flag(b)));
  return sorted.length === 0 ? rest : { ...rest, dependencies: sorted };
}

function onEdge(
  node: Dict,
  random: Random,
  change: (parameters: Edge['parameters']) => Edge['parameters'],
): Dict | undefined {
  const edges = edgesOf(node);
  const at = random(Math.max(1, edges.length));
  const edge = edges[at];
  if (edge === undefined || edges.filter(({ name }) => name === edge.name).length > 1) return undefined;
  const parameters = change(edge.parameters);
  if (parameters.deptypes.length === 0) return undefined;
  return withEdges(node, edges.with(at, { ...edge, parameters }));
}

function withEdge(
  node: Dict,
  { lock, hash, random }: { lock: Lock; hash: string; random: Random },
): Dict | undefined {
  const hashes = [...lock.nodes.keys()];
  const other = hashes[random(hashes.length)] ?? '';
  const name = String(lock.nodes.get(other)?.['name']);
  if (edgesOf(node).some((edge) => edge.name === name) || isAbove(lock, other, hash)) return undefined;
  const edge = { name, hash: other, parameters: { deptypes: ['build'], virtuals: [] } };
  return withEdges(node, [...edgesOf(node), edge]);
}

/** Its compiler, or what else provides a virtual package, replaced by a package it does not depend on. */
function otherProvider(node: Dict, lock: Lock): Dict | undefined {
  const edges = edgesOf(node);
  const at = edges.findIndex(({ parameters }) => parameters.virtuals.length > 0);
  const edge = edges[at];
  if (edge === undefined) return undefined;
  for (const [hash, { name }] of lock.nodes) {
    const isKnown = edges.some((each) => each.name === name) || name === node['name'];
    if (isKnown || edgesOf(lock.nodes.get(hash)).length > 0) continue;
    return withEdges(node, edges.with(at, { ...edge, name: String(name), hash }));
  }
  return undefined;
}

function isAbove(lock: Lock, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const hash of seen) for (const edge of edgesOf(lock.nodes.get(hash))) seen.add(edge.hash);
  return seen.has(to);
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value : [];
}

export function generator(seed: number): Random {
  let state = (seed * 2654435761 + 12345) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
