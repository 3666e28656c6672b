/**
 * Which of the builds of one package is most like a spec: its time says most about the time that the spec will take.
 *
 * Each spec is compared with each build of its package. A lockfile, a history and a mirror's index are anybody's, and may
 * have thousands of a package, so there is a limit.
 */
import { addTo } from '../../core/multimap.ts';
import type { SpecNode, VariantValue } from '../../spec/node.ts';

type Build = Pick<SpecNode, 'name' | 'version' | 'hash'>;

/** Comparisons of a part of a version or a variant: some seconds. */
const MOST_COMPARISONS = 50_000_000;
/** So many builds are enough to find one that is alike, and so many can always be compared. */
const MOST_BUILDS = 1000;
const LEAST_BUILDS = 10;

/** With how many builds each of these specs can be compared. */
export function mostBuilds(specs: Iterable<SpecNode>): number {
  let parts = 0;
  for (const { version, variants } of specs) {
    parts += 1 + version.length / 8;
    for (const value of variants.values()) parts += Array.isArray(value) ? 1 + value.length : 1;
  }
  return Math.max(LEAST_BUILDS, Math.min(MOST_BUILDS, Math.floor(MOST_COMPARISONS / parts)));
}

/**
 * @param builds of any packages. The order in which they were read does not matter
 * @param most of a package that are compared, as {@link mostBuilds} says
 * @returns finds the build that is most like a spec; undefined where there is none of its package
 */
export function nearestOf<T extends Build>(
  builds: Iterable<T>,
  most: number,
  nodeOf: (build: T) => SpecNode | undefined,
): (spec: SpecNode) => T | undefined {
  const ofPackage = new Map<string, T[]>();
  for (const build of builds) addTo(ofPackage, build.name, build);
  const finders = new Map<string, (spec: SpecNode) => T | undefined>();
  return (spec) => {
    const finder = finders.get(spec.name) ?? among(ofPackage.get(spec.name) ?? [], most, nodeOf);
    finders.set(spec.name, finder);
    return finder(spec);
  };
}

function among<T extends Build>(
  builds: readonly T[],
  most: number,
  nodeOf: (build: T) => SpecNode | undefined,
): (spec: SpecNode) => T | undefined {
  const same = new Map(builds.map((build) => [build.hash, build]));
  const compared = builds
    .toSorted((a, b) => (a.hash < b.hash ? -1 : 1))
    .slice(0, most)
    .map((build) => ({ build, parts: partsOf(build), node: nodeOf(build) }));
  return (spec) => {
    const known = same.get(spec.hash);
    if (known !== undefined) return known;
    const own = partsOf(spec);
    let best: { readonly build: T; readonly score: number } | undefined;
    // Of several that are as good the first one by its hash.
    for (const { build, parts, node } of compared) {
      const score = likenessOfVersions(spec.version, own, build.version, parts) + likeness(spec, node);
      if (best === undefined || score > best.score) best = { build, score };
    }
    return best?.build;
  };
}

function partsOf({ version }: Pick<Build, 'version'>): readonly string[] {
  return version.split(/[.-]/);
}

function likenessOfVersions(
  version: string,
  own: readonly string[],
  otherVersion: string,
  other: readonly string[],
): number {
  if (version === otherVersion) return 5;
  const differs = own.findIndex((part, i) => part !== other[i]);
  return (3 * (differs < 0 ? own.length : differs)) / own.length;
}

function likeness(spec: SpecNode, node: SpecNode | undefined): number {
  if (node === undefined) return 0;
  let same = 0;
  for (const [name, value] of spec.variants) if (isSame(value, node.variants.get(name))) same++;
  const share = spec.variants.size === 0 ? 1 : same / spec.variants.size;
  return 3 * share + (node.target === spec.target ? 1 : 0) + (node.os === spec.os ? 1 : 0);
}

function isSame(a: VariantValue, b: VariantValue | undefined): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
