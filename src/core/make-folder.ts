/**
 * A folder with its missing parents. Node's own `recursive` never ends where the system says "no such file" of a parent
 * that is there (automounted folders, /proc), and says so itself of a read-only file system.
 */
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from './errors.ts';

/** Parents may be removed by somebody else meanwhile, so often. */
const ATTEMPTS = 3;

/** @throws the system's error for what stood in the way: `EROFS`, `EACCES`, `ENOTDIR`, … */
export async function makeFolder(folder: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return void (await mkdir(folder));
    } catch (error) {
      const parent = dirname(folder);
      const lacksParent = systemCode(error) === 'ENOENT' && parent !== folder;
      if (!lacksParent || attempt === ATTEMPTS) {
        if (await isFolder(folder)) return;
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
