/** What processes that were killed have left: files and folders under names of our own making. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Longer than any job lasts, and than clocks of hosts differ. */
const AGE_MS = 24 * 3600 * 1000;

/**
 * Removes from a folder what is of this user, a day old, and has such a name. Best effort: what cannot be removed stays.
 * @param isOurs whether we alone make this name, and for nothing that is to stay
 */
export async function clearLeftovers(folder: string, isOurs: (name: string) => boolean): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const clear = async (path: string) => {
    try {
      const { mtimeMs, uid } = await stat(path);
      const isOwn = process.getuid === undefined || uid === process.getuid();
      if (isOwn && Date.now() - mtimeMs > AGE_MS) await rm(path, { recursive: true, force: true });
    } catch {
      // Somebody else was faster.
    }
  };
  await Promise.all(names.filter(isOurs).map((name) => clear(join(folder, name))));
}
