/** Packs an installed spec of a tree, with all that Spack says in its build info. */
import path from 'node:path';
import { BuildcacheError } from '../core/errors.ts';
import { hashToPrefix } from '../package/hash-to-prefix.ts';
import { type Packed, packPrefix } from '../package/pack.ts';
import type { SpecGraph } from '../spec/graph.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';
import { ELSEWHERE_HINT, type InstallTree } from './install-tree.ts';

export interface PackSpecOptions {
  /** What the spec and its dependencies are looked up in; at least the tree's own specs. */
  readonly graph: Pick<SpecGraph, 'nodes'>;
  /** Written into the build info; Spack's own prefix. */
  readonly spackPrefix: string;
  /** An existing folder for the tarball. */
  readonly spoolDir: string;
  /** Blocks to compress at once; as many as there are cores when not given. */
  readonly packJobs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told how many bytes more of the prefix were read. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/**
 * A spec of an upstream is packed as it would be packed there: its files mention the root and the sbang of that tree.
 * @throws BuildcacheError as `packPrefix`; `not-found` where the tree does not know the spec's prefix, or does not hold it
 */
export async function packSpec(tree: InstallTree, spec: SpecNode, options: PackSpecOptions): Promise<Packed> {
  const prefix = tree.prefixOf(spec.hash);
  if (prefix === undefined) {
    throw new BuildcacheError(
      'not-found',
      `${spec.name}/${shortHash(spec)} has no prefix in the install tree`,
    );
  }
  const place = tree.placeOf(spec.hash);
  if (place === undefined) {
    throw new BuildcacheError('not-found', 'the database lists a prefix that is not in the install tree', {
      expected: `a prefix below ${tree.root}`,
      found: prefix,
      hint: ELSEWHERE_HINT,
    });
  }
  let read = 0;
  return await packPrefix({
    prefix,
    readFrom: tree.filesOf(prefix),
    storeRoot: place.root,
    sbangInstallPath: path.join(place.unpaddedRoot, 'bin', 'sbang'),
    spackPrefix: options.spackPrefix,
    relativePrefix: path.relative(place.root, prefix),
    hashToPrefix: hashToPrefix(options.graph, spec.hash, tree.prefixOf),
    spoolDir: options.spoolDir,
    jobs: options.packJobs,
    signal: options.signal,
    onProgress(bytes) {
      options.onBytes?.(bytes - read);
      read = bytes;
    },
  });
}
