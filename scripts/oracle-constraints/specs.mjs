/** Makes up a DAG of concrete specs with right hashes, and says which packages provide what. */
import { createHash } from 'node:crypto';
import microarchitectures from '../../src/spec/data/microarchitectures.json' with { type: 'json' };
import { DEPTYPES, FLAG_NAMES } from '../../src/spec/node.ts';
import { microarchitectures as knownTargets } from '../../src/spec/target.ts';
import { below, chance, pick, reseed, sample, some } from './chance.mjs';

/** What each package provides, to its recipe and on edges. */
export const PROVIDERS = {
  gcc: ['c', 'cxx', 'fortran'],
  llvm: ['c', 'cxx'],
  openmpi: ['mpi'],
  mpich: ['mpi'],
  openblas: ['blas', 'lapack'],
  netlib: ['blas', 'lapack'],
  zlib: ['zlib-api'],
  'zlib-ng': ['zlib-api'],
};

/** Of repositories in which Spack finds no packages. */
export const NAMESPACES = ['other'];
export const COMPILERS = ['gcc', 'llvm'];
export const LIBRARIES = words('openmpi mpich openblas netlib zlib zlib-ng');
export const OTHERS = words(
  'cmake python hdf5 fftw petsc boost ncurses readline sqlite py-numpy py-scipy curl openssl perl metis ' +
    'hypre trilinos app-a app-b app-c 7zip libxml2 xz bzip2 hwloc',
);
export const COMMIT = '0123456789abcdef0123456789abcdef01234567';
export const VERSIONS = words(
  '1.0 1.0.1 1.2.3 1.2-1 1.10 1.10.2 2.0-rc1 2.0 2.1b2 2.1 2024.01.15 3.11.0rc1 12.2.0 13.1.0 develop main ' +
    `stable abc 1.2alpha3 git.main=1.5 ${COMMIT}=2.0`,
);
/** The last one is not known to archspec. */
export const TARGETS = words(
  'x86_64 x86_64_v3 x86_64_v4 haswell icelake zen2 zen4 aarch64 neoverse_v1 zen99',
);
/** Variants by name, each with how to make up a value. */
export const VARIANTS = {
  shared: () => pick([true, false]),
  pic: () => pick([true, false]),
  mpi: () => pick([true, false]),
  build_type: () => pick(['Release', 'Debug', 'RelWithDebInfo']),
  api: () => pick(['none', 'default', 'v1.2']),
  cuda_arch: () => some(['70', '80', '90', 'none']),
  languages: () => some(['c', 'c++', 'fortran']),
  patches: () => some(['abc123'.repeat(10), 'abd999'.repeat(10), '00ff'.repeat(16)]),
};
export const FLAGS = ['-O2', '-O3', '-g', '-fPIC', '-I /opt/x', '-DX=1'];

const SYSTEMS = [
  ['linux', 'debian12'],
  ['linux', 'ubuntu22.04'],
  ['darwin', 'sonoma'],
];
const OLD_COMPILERS = words('gcc@12.2.0 gcc@11.4.0 clang@15.0.7 oneapi@2024.1.0');
const TYPES = [['build'], ['build', 'link'], ['link'], ['run'], ['link', 'run'], ['test'], ['build', 'run']];

/** Node dicts, dependencies before dependents: of format 5, and some of format 4, which only have each other. */
export function generateSpecs(seed, count) {
  reseed(seed);
  const old = generateLayer(Math.floor(count / 6), 4);
  const modern = generateLayer(count - old.length, 5);
  return { modern, old };
}

function generateLayer(count, format) {
  const nodes = [];
  for (let i = 0; i < count; i++) nodes.push(generateNode(i, nodes, format));
  // A provider is known as one by an edge that says so, which in a real cache its dependents have.
  for (const [name, virtuals] of Object.entries(PROVIDERS)) {
    for (const provider of nodes.filter((node) => node.name === name)) {
      const edges = nodes
        .flatMap((node) => node.dependencies ?? [])
        .filter(({ hash }) => hash === provider.hash);
      if (virtuals.every((virtual) => edges.some(({ parameters }) => parameters.virtuals.includes(virtual))))
        continue;
      nodes.push(withHash(nodeDict(pick(OTHERS), format, [edgeTo(provider, ['build'], virtuals)])));
    }
  }
  return nodes;
}

function generateNode(i, nodes, format) {
  const compilers = format < 5 ? 0 : 6;
  if (i < compilers) {
    const node = nodeDict(COMPILERS[i % 2], format, []);
    return withHash({ ...node, ...(chance(0.6) ? externalPart(node) : {}) });
  }
  const kind = below(10);
  const name = pick(kind < 1 ? COMPILERS : kind < 4 ? LIBRARIES : OTHERS);
  const dependencies = [];
  for (const dependency of sample(nodes, below(8))) {
    // The same package twice is possible as one for building and one for running.
    if (dependencies.some((edge) => edge.name === dependency.name)) continue;
    const types = COMPILERS.includes(dependency.name) ? ['build'] : pick(TYPES);
    const twin = types.includes('build')
      ? undefined
      : nodes.find((node) => node.name === dependency.name && node !== dependency);
    dependencies.push(edgeTo(dependency, types));
    if (twin !== undefined && chance(0.5)) dependencies.push(edgeTo(twin, ['build']));
  }
  const node = nodeDict(name, format, dependencies);
  if (format === 5 && chance(0.1)) {
    node.annotations = { original_specfile_version: 4, compiler: pick(OLD_COMPILERS).replace('@', '@=') };
  }
  return withHash(chance(0.05) ? { ...node, ...externalPart(node) } : node);
}

function nodeDict(name, format, dependencies) {
  const [platform, os] = pick(SYSTEMS);
  const variants = Object.keys(VARIANTS).filter(() => chance(0.4));
  const parameters = { build_system: pick(['cmake', 'generic']) };
  for (const variant of variants.sort()) parameters[variant] = VARIANTS[variant]();
  const { patches } = parameters;
  const flags = FLAG_NAMES.map((flag) => [flag, chance(0.2) ? sample(FLAGS, 1 + below(2)) : []]);
  const [compiler, compilerVersion] = pick(OLD_COMPILERS).split('@');
  return {
    name,
    version: pick(VERSIONS),
    arch: { platform, platform_os: os, target: targetOf(pick(TARGETS)) },
    ...(format < 5 ? { compiler: { name: compiler, version: compilerVersion } } : {}),
    // Only of its own repository's packages does Spack know what they provide.
    namespace: name in PROVIDERS ? 'oracle' : pick(['oracle', ...NAMESPACES]),
    parameters: {
      ...Object.fromEntries(Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1))),
      ...Object.fromEntries(flags),
    },
    external: undefined,
    patches: patches === undefined ? undefined : [...patches],
    package_hash: 'pkg'.padEnd(52, name.replaceAll('-', '')).padEnd(56, '='),
    dependencies: dependencies.length === 0 ? undefined : dependencies.sort(byNameThenTypes),
    annotations: format < 5 ? undefined : { original_specfile_version: 5 },
  };
}

function externalPart({ name }) {
  return { external: { path: `/usr/${name}`, module: null, extra_attributes: {} } };
}

function edgeTo({ name, hash }, deptypes, virtuals = (PROVIDERS[name] ?? []).filter(() => chance(0.7))) {
  return {
    name,
    hash,
    parameters: { deptypes: DEPTYPES.filter((type) => deptypes.includes(type)), virtuals },
  };
}

/** Spack orders the types of edges to one package by the bits link 1, run 2, build 4, test 8. */
function byNameThenTypes(a, b) {
  const bits = ({ parameters }) =>
    parameters.deptypes.reduce((sum, type) => sum + { link: 1, run: 2, build: 4, test: 8 }[type], 0);
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return bits(a) - bits(b);
}

function targetOf(name) {
  const target = knownTargets().get(name);
  if (target === undefined || target.vendor === 'generic') return name;
  const { vendor, generation, part } = target;
  const parents = microarchitectures.targets[name].from;
  return { name, vendor, features: [...target.features].sort(), generation, parents, cpupart: part ?? '' };
}

/** Lower-case base32 of the SHA-1 of the compact JSON; here all of it is ASCII. */
function withHash(dict) {
  const text = JSON.stringify(dict);
  const bits = [...createHash('sha1').update(text).digest()]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');
  const hash = bits
    .match(/.{5}/g)
    .map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(five, 2)])
    .join('');
  return { ...JSON.parse(text), hash };
}

function words(text) {
  return text.split(' ');
}
