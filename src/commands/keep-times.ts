/** Records how long builds took, for the plans of later runs. */
import { addToHistory, type BuildTime } from '../plan/build-plan/install-times.ts';
import type { SpecNode } from '../spec/node.ts';
import type { InstallTree } from '../tree/install-tree.ts';
import { installedSeconds } from './plan-evidence.ts';

/**
 * Records the times of specs that were built in this tree, as far as Spack has noted them.
 * @throws BuildcacheError as `addToHistory`
 */
export async function keepTimes(file: string, tree: InstallTree, specs: readonly SpecNode[]): Promise<void> {
  const builds: BuildTime[] = [];
  for (const { name, version, hash } of specs) {
    const seconds = await installedSeconds(tree, hash);
    if (seconds !== undefined) builds.push({ name, version, hash, seconds });
  }
  await addToHistory(file, builds);
}
