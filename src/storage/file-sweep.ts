/** Clearing away what writers that died left in a folder. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isLeftoverName } from './file-names.ts';

/** Far longer than one write takes, and than clocks of hosts differ. */
const AGE_MS = 24 * 60 * 60 * 1000;

/** Removes old leftovers of writers from a folder. Best effort: what cannot be removed stays. */
export async function sweepLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(isLeftoverName)) {
    const path = join(folder, name);
    try {
      if (Date.now() - (await stat(path)).mtimeMs > AGE_MS) await rm(path, { recursive: true, force: true });
    } catch {
      // Somebody else was faster, or it is not ours to remove.
    }
  }
}
