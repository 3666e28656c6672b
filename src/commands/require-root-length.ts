/**
 * Refuses to push what was built below a short root. Strings in binaries can only be replaced by strings that are no
 * longer. So a package from `/opt/spack` cannot be installed at `/home/somebody/software`.
 */
import { BuildcacheError } from '../core/errors.ts';
import type { SpecNode } from '../spec/node.ts';
import type { InstallTree } from '../tree/install-tree.ts';

/**
 * @param least characters that the root of the install tree has to have, its padding included; undefined: any number
 * @throws BuildcacheError `usage` where the root of one of the specs is shorter
 */
export function requireRootLength(
  tree: InstallTree,
  specs: readonly Pick<SpecNode, 'hash'>[],
  least: number | undefined,
): void {
  if (least === undefined) return;
  const roots = new Set(specs.flatMap(({ hash }) => tree.placeOf(hash)?.root ?? []));
  for (const root of roots) {
    const problem = shortRoot(root, least);
    if (problem !== undefined) throw problem;
  }
}

/** The error for a root that is too short; undefined for one that is not. */
export function shortRoot(root: string, least: number): BuildcacheError | undefined {
  const length = Buffer.byteLength(root);
  if (length >= least) return undefined;
  return new BuildcacheError(
    'usage',
    `the root of the install tree has ${length} characters, and what is built there can only be installed below roots that are no longer`,
    {
      file: root,
      expected: `at least ${least} characters`,
      found: `${length}`,
      hint: `set config:install_tree:padded_length to ${Math.max(least, 128)} and build again`,
    },
  );
}
