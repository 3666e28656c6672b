/** Removes what dead writers left in a folder. */
import type { Dirent } from 'node:fs';
import { lstat, readdir, rm, rmdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { throwIfCancelled } from '../../core/abort.ts';
import { isLeftoverName, isOwnerName, isReservedName } from './names.ts';

/** Far longer than one write takes, and than the clocks of hosts differ. */
const AGE_MS = 24 * 60 * 60 * 1000;

/** Removes old leftovers of writers from a folder. Best effort: what cannot be removed stays. @returns how many */
export async function sweepLeftovers(folder: string): Promise<number> {
  return await sweepNames(folder, await readdir(folder).catch(() => []));
}

/** The same for a folder and all below it; symbolic links are not followed. @throws only when cancelled */
export async function sweepTree(root: string, signal: AbortSignal | undefined): Promise<number> {
  let removed = 0;
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    throwIfCancelled(signal);
    const entries: Dirent[] = await readdir(folder, { withFileTypes: true }).catch(() => []);
    removed += await sweepNames(
      folder,
      entries.map(({ name }) => name),
    );
    for (const entry of entries) {
      if (entry.isDirectory() && !isReservedName(entry.name)) folders.push(join(folder, entry.name));
    }
  }
  return removed;
}

async function sweepNames(folder: string, names: readonly string[]): Promise<number> {
  let removed = 0;
  for (const name of names.filter(isLeftoverName)) {
    const path = join(folder, name);
    try {
      const found = await lstat(path);
      if (Date.now() - found.mtimeMs <= AGE_MS) continue;
      if (found.isDirectory()) await removeTurn(path);
      else await unlink(path);
      removed++;
    } catch {
      // Another process was faster, or we may not remove it.
    }
  }
  return removed;
}

/** No more than a writer has made: others may put a link in the folder's place, and what it leads to is not ours. */
async function removeTurn(folder: string): Promise<void> {
  const owners = (await readdir(folder)).filter(isOwnerName);
  for (const owner of owners) await rm(join(folder, owner), { force: true });
  await rmdir(folder);
}
