/** Changes a file that other processes may change at the same time, such as `spack.yaml`, so that no change is lost. */
import { chmod, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BuildcacheError, fileError } from '../../core/errors.ts';
import { clearLeftovers } from '../../core/leftovers.ts';
import { makeFolder } from '../../core/make-folder.ts';
import { isLeftoverName } from '../../storage/file/names.ts';
import { takeTurn } from '../../storage/file/turn.ts';

/** More than there are processes that change one file at once. */
const ATTEMPTS = 100;

/**
 * Replaces the file as a whole, with the mode that it has, and clears away what killed processes have left of doing so. If
 * another process was faster, the change is made again from what is there now.
 * @param read the present text; undefined where there is no file
 * @param change the new text; the same where there is nothing to change
 * @returns whether there was anything to change
 * @throws what `read` and `change` throw; BuildcacheError as the file system does, naming the file; `conflict` where
 *   others keep changing it
 */
export async function changeFile(
  file: string,
  read: () => Promise<string | undefined>,
  change: (text: string | undefined) => Promise<string>,
  signal: AbortSignal,
): Promise<boolean> {
  // Also where there is nothing to change: the killed process may have changed it, and then left its turn.
  await clearLeftovers(dirname(file), isLeftoverName);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await read();
    const after = await change(before);
    if (after === (before ?? '')) return false;
    let isStill = false;
    const turn = {
      fill: async (path: string) => {
        // It may have secrets, and so be for its owner's eyes only.
        const mode = before === undefined ? undefined : (await stat(file)).mode & 0o777;
        await writeFile(path, after, { flag: 'wx', ...(mode === undefined ? {} : { mode }) });
        if (mode !== undefined) await chmod(path, mode); // whatever the umask is
      },
      decide: async () => {
        isStill = (await read()) === before;
        return isStill ? ('publish' as const) : ('leave' as const);
      },
    };
    try {
      await makeFolder(dirname(file));
      if ((await takeTurn(file, turn, signal)) === 'done' && isStill) return true;
    } catch (error) {
      throw fileError(error, file, 'write it');
    }
  }
  throw new BuildcacheError('conflict', 'others keep changing the file', { file, hint: 'try again' });
}
