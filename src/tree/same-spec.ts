/**
 * Whether a prefix holds the spec that its hash stands for. A build can write into any prefix and into the database. So
 * autopush pushes a spec only where the prefix's own `.spack/spec.json` and the database say of every node what the
 * lockfile says. Readers have already recomputed the DAG hashes that must hold. Some normally do not hold: those of
 * spliced specs, of targets with all their features, and of nodes that Spack has rewritten. For these the nodes' contents are
 * compared, except for parts that different Spacks write differently.
 */
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { BuildcacheError, describeError, fileError, systemCode } from '../core/errors.ts';
import { readBounded } from '../core/read-file.ts';
import type { SpecGraph } from '../spec/graph.ts';
import { shortHash } from '../spec/node.ts';
import { differenceOf } from '../spec/same-nodes.ts';
import { readSpecFile } from '../spec/spec-file.ts';
import type { InstallTree } from './install-tree.ts';

type Nodes = SpecGraph['nodes'];

/**
 * @param expected the spec as the lockfile has it, if there is one; else as the database has it
 * @returns a sentence that says why the prefix is not the spec's; undefined where it is
 */
export async function whyNotItsSpec(
  tree: Pick<InstallTree, 'prefixOf' | 'filesOf' | 'nodes'>,
  hash: string,
  expected: Nodes,
): Promise<string | undefined> {
  const inDatabase = differenceOf(hash, tree.nodes, expected);
  if (inDatabase !== undefined) return `the database says otherwise than the lockfile: ${inDatabase}`;
  const prefix = tree.prefixOf(hash);
  // The push itself reports a prefix that is missing.
  if (prefix === undefined || !(await isThere(tree.filesOf(prefix)))) return undefined;
  const file = path.join(tree.filesOf(prefix), '.spack', 'spec.json');
  try {
    const bytes = await readSmallFile(file);
    const { root, nodes } = readSpecFile(bytes, file);
    if (root.hash !== hash)
      return `its prefix says that it is ${root.name}@${root.version}/${shortHash(root)}`;
    const inPrefix = differenceOf(hash, nodes, expected);
    return inPrefix === undefined ? undefined : `its prefix says otherwise than the lockfile: ${inPrefix}`;
  } catch (error) {
    return `what its prefix is of cannot be told: ${describeError(error)}`;
  }
}

async function isThere(folder: string): Promise<boolean> {
  return await access(folder).then(
    () => true,
    (error: unknown) => systemCode(error) !== 'ENOENT',
  );
}

/**
 * The largest spec file that is read: thousands of nodes take some megabytes. A build may have put anything there, even
 * a pipe, or a link to a device without end.
 */
const MOST = 64 * 1024 * 1024;

async function readSmallFile(file: string): Promise<Buffer> {
  try {
    const found = await stat(file);
    if (!found.isFile() || found.size > MOST) {
      throw new BuildcacheError('bad-input', 'not a spec file', {
        file,
        expected: `a file of at most ${MOST} bytes`,
      });
    }
    // It may have been replaced meanwhile.
    return await readBounded(file, MOST);
  } catch (error) {
    throw fileError(error, file, 'read what is in the prefix');
  }
}
