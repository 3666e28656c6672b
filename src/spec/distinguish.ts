/**
 * Tells specs apart for a person: each by its name and version, by what not all the specs of its package here have,
 * and by its hash.
 */
import { compilerOf } from './constraint/compiler.ts';
import { formatVariants, quoteIfNeeded } from './format.ts';
import { type SpecNode, shortHash } from './node.ts';

/**
 * One line a spec, such as `hdf5@1.14.3+mpi ^openmpi@4.1.6 /abcdefg`, in the order given.
 * @param lookup the dependencies that are known, for their versions
 */
export function distinguish(specs: readonly SpecNode[], lookup: Lookup): readonly string[] {
  const lines = new Map<SpecNode, string>();
  for (const name of new Set(specs.map((spec) => spec.name))) {
    const builds = specs.filter((spec) => spec.name === name);
    const told = distinguishBuilds(builds, lookup);
    for (const [i, spec] of builds.entries()) lines.set(spec, told[i] ?? '');
  }
  return specs.map((spec) => lines.get(spec) ?? '');
}

type Lookup = (hash: string) => SpecNode | undefined;

function distinguishBuilds(specs: readonly SpecNode[], lookup: Lookup): readonly string[] {
  const own = differingParts(specs.map(ownAttributes));
  const direct = differingParts(specs.map((spec) => directDependencies(spec, lookup)));
  const lines = specs.map((spec, i) => {
    const names = new Set(own[i]?.keys());
    const variants = new Map([...spec.variants].filter(([name]) => names.has(`variant ${name}`)));
    const rest = [...(own[i] ?? [])].filter(([name]) => !name.startsWith('variant ')).map(([, text]) => text);
    return [
      `${spec.name}@${spec.version}${formatVariants(variants)}`,
      ...rest,
      ...(direct[i]?.values() ?? []),
    ];
  });
  // Where lines are the same, the specs were built with or upon different builds of something.
  const texts = lines.map((parts) => parts.join(' '));
  const isAlone = texts.map((text) => texts.indexOf(text) === texts.lastIndexOf(text));
  const hashes = differingParts(specs.map(({ dependencies }) => new Map(dependencies.map(hashPart))));
  return specs.map((spec, i) => {
    const below = isAlone[i] ? [] : [...(hashes[i]?.values() ?? [])];
    return [texts[i], ...below, `/${shortHash(spec)}`].join(' ');
  });
}

type Parts = ReadonlyMap<string, string>;

/** Of what each has under a name, the parts that not all have. */
function differingParts(all: readonly Parts[]): readonly Parts[] {
  const names = new Set(all.flatMap((parts) => [...parts.keys()]));
  const differing = new Set(
    [...names].filter((name) => new Set(all.map((parts) => parts.get(name))).size > 1),
  );
  return all.map((parts) => new Map([...parts].filter(([name]) => differing.has(name))));
}

function ownAttributes(spec: SpecNode): Parts {
  const parts = new Map<string, string>();
  for (const [name, value] of spec.variants) parts.set(`variant ${name}`, String(value));
  for (const [name, values] of spec.flags)
    if (values.length > 0) parts.set(name, `${name}=${quoteIfNeeded(values.join(' '))}`);
  if (spec.namespace !== undefined) parts.set('namespace', `namespace=${spec.namespace}`);
  parts.set('platform', `platform=${spec.platform}`);
  parts.set('os', `os=${spec.os}`);
  parts.set('target', `target=${spec.target}`);
  const compiler = compilerOf(spec);
  if (compiler !== undefined) parts.set('compiler', `%${compiler.name}@${compiler.version}`);
  return parts;
}

function directDependencies({ dependencies }: SpecNode, lookup: Lookup): Parts {
  const parts = new Map<string, string>();
  for (const { name, hash } of dependencies) {
    const version = lookup(hash)?.version;
    const text = `^${name}${version === undefined ? '' : `@${version}`}`;
    const other = parts.get(name);
    parts.set(name, other === undefined || other === text ? text : `${other} ${text}`);
  }
  return parts;
}

function hashPart({ name, hash }: { readonly name: string; readonly hash: string }): [string, string] {
  return [name, `^${name}/${hash.slice(0, 7)}`];
}
