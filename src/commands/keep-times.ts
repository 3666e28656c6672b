/** Records how long builds took, for the plans of later runs. */
import { type BuildTime, historyWith, readHistoryText } from '../plan/build-plan/install-times.ts';
import type { SpecNode } from '../spec/node.ts';
import { changeFile } from '../storage/file/change-file.ts';
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

/**
 * Adds builds to a history, as other jobs may do at the same time.
 * @throws BuildcacheError `bad-input` for a file that is no history, which stays as it was; as the file system does
 */
export async function addToHistory(file: string, builds: readonly BuildTime[]): Promise<void> {
  const read = () => readHistoryText(file);
  await changeFile(file, read, async (text) => historyWith(text, builds, file), undefined);
}
