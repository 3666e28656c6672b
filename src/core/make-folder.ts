/**
 * Makes a folder with its missing parents. Node's own `recursive` never ends where the system says "no such file"
 * although the parent is there (automounted folders, /proc). On a read-only file system it says "no such file"
 * itself.
 */
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from './errors.ts';

/** How often parents may be removed by others meanwhile. */
const ATTEMPTS = 3;

/**
 * @returns whether it had to be made
 * @throws the system's error for what stood in the way: `EROFS`, `EACCES`, `ENOTDIR`, …
 */
export async function makeFolder(folder: string): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      await mkdir(folder);
      return true;
    } catch (error) {
      const parent = dirname(folder);
      const lacksParent = systemCode(error) === 'ENOENT' && parent !== folder;
      if (!lacksParent || attempt === ATTEMPTS) {
        if (await isFolder(folder)) return false;
        throw error;
      }
      await makeFolder(parent);
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
