/** Which old path becomes which new one when a package moves into another store. */
import type { BuildInfo } from './build-info-reader.ts';

/** Old path to new path, in the order in which they are tried at a place. */
export type RelocationMap = ReadonlyMap<string, string>;

export interface RelocationTarget {
  /** Root of the store installed into. */
  readonly storeRoot: string;
  /** That store's sbang script, `<unpadded root>/bin/sbang`. */
  readonly sbangPath: string;
  /**
   * New prefixes by DAG hash, in Spack's order: the spec itself, its link dependencies breadth-first, its
   * direct run dependencies; externals left out. They may be in other stores (upstreams).
   */
  readonly prefixes: Iterable<readonly [hash: string, prefix: string]>;
  /** For a spliced spec: the node of the build spec that each node stands for, itself included, by new hash. */
  readonly splicedFrom?: ReadonlyMap<string, string>;
}

/**
 * Spack's map: sbang first, then the prefix of each hash the build info knows, then the store's root for
 * everything else below it. A path that stays where it is is left out, so that what is below it can still be
 * reached by the root's mapping.
 */
export function relocationMap(info: BuildInfo, target: RelocationTarget): RelocationMap {
  const map = new Map<string, string>();
  if (info.sbangInstallPath !== undefined) map.set(info.sbangInstallPath, target.sbangPath);
  for (const [hash, prefix] of target.prefixes) {
    const old = info.hashToPrefix.get(target.splicedFrom?.get(hash) ?? hash);
    if (old !== undefined) map.set(old, prefix);
  }
  map.set(info.buildPath, target.storeRoot);
  return new Map([...map].filter(([old, now]) => old !== now));
}
