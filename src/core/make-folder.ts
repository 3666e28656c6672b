/**
 * Makes a folder with its missing parents. Node's own `recursive` never ends where the system says "no such file"
 * although the parent is there (automounted folders, /proc). On a read-only file system it says "no such file"
 * itself.
 */
import { mkdirSync, statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from './errors.ts';

/** How often parents may be removed by others meanwhile. */
const ATTEMPTS = 3;

/**
 * @param mode of what is made; undefined: as the umask has it
 * @returns whether it had to be made
 * @throws the system's error for what stood in the way: `EROFS`, `EACCES`, `ENOTDIR`, …
 */
export async function makeFolder(folder: string, mode?: number): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      await mkdir(folder, mode);
      return true;
    } catch (error) {
      const parent = dirname(folder);
      const lacksParent = systemCode(error) === 'ENOENT' && parent !== folder;
      if (!lacksParent || attempt === ATTEMPTS) {
        if (await isFolder(folder)) return false;
        throw error;
      }
      await makeFolder(parent, mode);
    }
  }
}

/**
 * The same at once.
 * @returns the outermost folder that had to be made; undefined: none
 * @throws as {@link makeFolder}
 */
export function makeFolderNow(folder: string): string | undefined {
  let outermost: string | undefined;
  for (let attempt = 1; ; attempt++) {
    try {
      mkdirSync(folder);
      return outermost ?? folder;
    } catch (error) {
      const parent = dirname(folder);
      const lacksParent = systemCode(error) === 'ENOENT' && parent !== folder;
      if (!lacksParent || attempt === ATTEMPTS) {
        if (isFolderNow(folder)) return outermost;
        throw error;
      }
      outermost = makeFolderNow(parent) ?? outermost;
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function isFolderNow(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
