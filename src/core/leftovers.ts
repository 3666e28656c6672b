/** What killed processes have left: files and folders under names of our own making. */
import { lstat, readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** Longer than what is in use stays as it is, and than clocks of hosts differ. */
const AGE_MS = 24 * 3600 * 1000;
const FRESHEN_MS = 3600 * 1000;

/**
 * Removes what this user owns, is a day old and has such a name from a folder. Best effort: what cannot be removed
 * stays.
 * @param isOurs whether only this program makes this name, and only for what is not to stay
 */
export async function clearLeftovers(folder: string, isOurs: (name: string) => boolean): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const clear = async (path: string) => {
    try {
      const { mtimeMs, uid } = await lstat(path);
      const isOwn = process.getuid === undefined || uid === process.getuid();
      if (!isOwn || Date.now() - mtimeMs <= AGE_MS) return;
      const { removeTree } = await import('./remove-tree.ts'); // mostly there is nothing to remove
      await removeTree(path);
    } catch {
      // Another process was faster.
    }
  };
  await Promise.all(names.filter(isOurs).map((name) => clear(join(folder, name))));
}

/**
 * Keeps a folder from being taken for a leftover, however long it is used: a build is watched for days, and sends nothing
 * for one of them.
 * @returns a function that ends it
 */
export function keepFresh(folder: string): () => void {
  const freshen = () => {
    const now = new Date();
    utimes(folder, now, now).catch(() => undefined);
  };
  const timer = setInterval(freshen, FRESHEN_MS).unref();
  return () => clearInterval(timer);
}
