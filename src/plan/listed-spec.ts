/** What `list` says of a spec, and the order it says it in. */
import type { SpecNode } from '../spec/node.ts';
import { compareVersions, parseVersion, type Version } from '../spec/version.ts';

/** One spec in some mirror's cache; no more of it than can be shown, for there may be a million. */
export interface ListedSpec
  extends Pick<SpecNode, 'name' | 'version' | 'namespace' | 'hash' | 'platform' | 'os' | 'target'> {
  /** As Spack prints them. */
  readonly variants: string;
  /** As Spack puts them above a group; empty for none. */
  readonly compilers: string;
  /** Where it is spliced: the hash of what it was built as, whose entry it is installed from. */
  readonly buildSpec?: string;
  /** Names of the mirrors that have it, in the order they are configured. */
  readonly mirrors: readonly string[];
}

/** By architecture, compilers (none last), name, namespace, version, variants; then by hash, to be the same always. */
export function sortSpecs(specs: readonly ListedSpec[]): ListedSpec[] {
  const versions = new Map<string, Version>();
  const version = ({ version: text }: ListedSpec): Version => {
    const parsed = versions.get(text) ?? parseVersion(text);
    versions.set(text, parsed);
    return parsed;
  };
  return specs.toSorted(
    (a, b) =>
      compareText(a.platform, b.platform) ||
      compareText(a.os, b.os) ||
      compareText(a.target, b.target) ||
      Number(a.compilers === '') - Number(b.compilers === '') ||
      compareText(a.compilers, b.compilers) ||
      compareText(a.name, b.name) ||
      compareText(a.namespace ?? '', b.namespace ?? '') ||
      (a.version === b.version ? 0 : compareVersions(version(a), version(b))) ||
      compareText(a.variants, b.variants) ||
      compareText(a.hash, b.hash),
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
