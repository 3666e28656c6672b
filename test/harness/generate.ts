/**
 * Environments of any size: a lockfile (version 6, spec format 5) over a layered graph like those of real
 * sites, with hashes as Spack computes them. The same seed gives the same environment. Written without the
 * project's own code, so that tests may compare the two. For mirrors of one see generate-mirror.ts.
 */
import { createHash } from 'node:crypto';

export interface GeneratedDependency {
  readonly name: string;
  readonly hash: string;
  readonly parameters: { readonly deptypes: readonly string[]; readonly virtuals: readonly string[] };
}

/** A node dictionary, its keys in Spack's order. */
export interface GeneratedNode {
  readonly name: string;
  readonly version: string;
  readonly arch: Readonly<Record<string, string>>;
  readonly namespace: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly external?: { readonly path: string; readonly module: null; readonly extra_attributes: object };
  readonly package_hash: string;
  /** In format 6 only. */
  readonly provided_virtuals?: readonly string[];
  readonly dependencies?: readonly GeneratedDependency[];
  readonly annotations: { readonly original_specfile_version: 5 | 6 };
  readonly hash: string;
}

export interface GeneratedEnvironment {
  /** Text of the spack.lock. */
  readonly lockfile: string;
  /** By DAG hash; in the lockfile's order, which is from each root down. */
  readonly nodes: ReadonlyMap<string, GeneratedNode>;
  /** Nothing depends on them, and all else is below them. */
  readonly roots: readonly { readonly hash: string; readonly spec: string }[];
}

export interface EnvironmentOptions {
  /** How many specs there are beside the three external ones. */
  readonly specs: number;
  readonly seed?: number;
  /** What stands among the variants of the spec of this number, beside those it has by chance. */
  readonly variants?: (i: number) => Readonly<Record<string, unknown>>;
}

/** Specs of one stack: with the base below, what bounds the closure of a spec to some sixty nodes. */
const STACK = 40;
const BASE = 20;

export function generateEnvironment({
  specs,
  seed = 1,
  variants: more = () => ({}),
}: EnvironmentOptions): GeneratedEnvironment {
  const random = generator(seed);
  const made: GeneratedNode[] = [];
  const add = (node: Omit<GeneratedNode, 'annotations' | 'hash'>): GeneratedNode => {
    const annotated = { ...node, annotations: { original_specfile_version: 5 } as const };
    const whole = { ...annotated, hash: dagHash(annotated) };
    made.push(whole);
    return whole;
  };
  const compilers = { c: '/usr/bin/gcc', cxx: '/usr/bin/g++', fortran: '/usr/bin/gfortran' };
  const gcc = add(external('gcc', '13.2.0', { languages: ['c', 'c++', 'fortran'] }, { compilers }));
  const glibc = add(external('glibc', '2.36', {}, {}));
  const cmake = add(external('cmake', '3.27.4', {}, {}));
  const first = made.length;

  for (let i = 0; i < specs; i++) {
    const candidates =
      i < BASE ? made.slice(first) : [...made.slice(first, first + BASE), ...stackOf(made, first, i)];
    const chosen = new Set<GeneratedNode>();
    for (let n = Math.min(candidates.length, 3 + random(5)); n > 0; n--) {
      const dependency = candidates[random(candidates.length)];
      if (dependency !== undefined) chosen.add(dependency);
    }
    const edges = [...chosen].map((node) => edge(node, DEPTYPES[random(DEPTYPES.length)] ?? ['link'], []));
    edges.push(edge(gcc, ['build'], random(2) === 0 ? ['c'] : ['c', 'cxx']), edge(glibc, ['link'], ['libc']));
    if (random(2) === 0) edges.push(edge(cmake, ['build'], []));
    add({
      name: nameOf(i, random),
      version: `${1 + random(20)}.${random(15)}.${random(10)}`,
      arch: ARCH,
      namespace: 'builtin',
      parameters: { ...variants(random, more(i)), ...FLAGS },
      package_hash: packageHash(`${seed} ${i}`),
      dependencies: edges.sort((a, b) => (a.name < b.name ? -1 : 1)),
    });
  }

  const needed = new Set(made.flatMap((node) => node.dependencies ?? []).map((each) => each.hash));
  const byHash = new Map(made.map((node) => [node.hash, node]));
  const roots = made
    .filter((node) => node.external === undefined && !needed.has(node.hash))
    .map((node) => ({ hash: node.hash, spec: `${node.name}@${node.version}` }));
  const nodes = new Map<string, GeneratedNode>();
  for (const root of roots) for (const node of preOrder(byHash, root.hash)) nodes.set(node.hash, node);
  const document = {
    _meta: { 'file-type': 'spack-lockfile', 'lockfile-version': 6, 'specfile-version': 5 },
    spack: { version: '1.2.0.dev0', type: 'git', commit: '0'.repeat(40) },
    roots,
    concrete_specs: Object.fromEntries(nodes),
  };
  return { lockfile: JSON.stringify(document), nodes, roots };
}

/** A node and all below it, each once: the order of nodes in a spec.json. Dependencies are sorted by name. */
export function preOrder(nodes: ReadonlyMap<string, GeneratedNode>, hash: string): GeneratedNode[] {
  const seen = new Map<string, GeneratedNode>();
  const visit = (at: string) => {
    const node = nodes.get(at);
    if (node === undefined || seen.has(at)) return;
    seen.set(at, node);
    for (const dependency of node.dependencies ?? []) visit(dependency.hash);
  };
  visit(hash);
  return [...seen.values()];
}

/** Lower-case base32 of SHA-1 over the compact JSON; everything here is ASCII. */
export function dagHash(node: object): string {
  return base32(createHash('sha1').update(JSON.stringify(node)).digest());
}

function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const fives = bits.match(/.{1,5}/g) ?? [];
  return fives
    .map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
}

function packageHash(text: string): string {
  return `${base32(createHash('sha256').update(text).digest())}====`;
}

const ARCH = { platform: 'linux', platform_os: 'debian12', target: 'x86_64_v3' };
const FLAGS = { cflags: [], cppflags: [], cxxflags: [], fflags: [], ldflags: [], ldlibs: [] };
const DEPTYPES = [
  ['build', 'link'],
  ['build', 'link'],
  ['link'],
  ['build'],
  ['build', 'run'],
  ['build', 'link', 'run'],
];

function external(
  name: string,
  version: string,
  variants: Readonly<Record<string, unknown>>,
  attributes: object,
): Omit<GeneratedNode, 'annotations' | 'hash'> {
  return {
    name,
    version,
    arch: ARCH,
    namespace: 'builtin',
    parameters: { build_system: 'generic', ...variants, ...FLAGS },
    external: { path: '/usr', module: null, extra_attributes: attributes },
    package_hash: packageHash(name),
  };
}

function edge(
  node: GeneratedNode,
  deptypes: readonly string[],
  virtuals: readonly string[],
): GeneratedDependency {
  return { name: node.name, hash: node.hash, parameters: { deptypes, virtuals } };
}

function stackOf(made: readonly GeneratedNode[], first: number, i: number): readonly GeneratedNode[] {
  return made.slice(first + BASE + Math.floor((i - BASE) / STACK) * STACK);
}

const PREFIXES = ['lib', 'py-', 'r-', '', '', 'perl-', 'xorg-'];
const STEMS = [
  'alpha',
  'boost',
  'curl',
  'dyn',
  'expat',
  'fft',
  'geo',
  'hdf',
  'image',
  'json',
  'krylov',
  'lapack',
];

function nameOf(i: number, random: (below: number) => number): string {
  return `${PREFIXES[random(PREFIXES.length)]}${STEMS[random(STEMS.length)]}${i}`;
}

const SWITCHES =
  'cuda debug doc examples fortran hwloc ipo mpi openmp optimize pic python rocm shared zstd'.split(' ');

/** By name, as Spack sorts them: `build_system` and others among them. */
function variants(random: (below: number) => number, more: object): Record<string, unknown> {
  const chosen: [string, unknown][] = [['build_system', random(2) === 0 ? 'cmake' : 'autotools']];
  chosen.push(...Object.entries(more));
  for (const name of SWITCHES) if (random(2) === 0) chosen.push([name, random(2) === 0]);
  if (random(3) === 0) chosen.push(['cxxstd', ['11', '14', '17', '20'][random(4)]]);
  if (random(3) === 0) chosen.push(['libs', ['shared', 'static'].slice(random(2))]);
  return Object.fromEntries(chosen.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Integers below a bound; mulberry32, small and the same everywhere. */
function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}
