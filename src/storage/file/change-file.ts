/** Changes a file that other processes may change at the same time, such as `spack.yaml`, so that no change is lost. */
import type { Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { refuseDevice } from '../../core/device-path.ts';
import { BuildcacheError, fileError } from '../../core/errors.ts';
import { makeFolder } from '../../core/make-folder.ts';
import { sweepLeftovers } from './sweep.ts';
import { takeTurn } from './turn.ts';

/** More than there are processes that change one file at once. */
const ATTEMPTS = 100;

/**
 * Replaces the file as a whole, with the mode that it has, and clears away what killed processes have left of doing so. If
 * another process was faster, the change is made again from what is there now.
 * @param read the present text; undefined where there is no file
 * @param change the new text; the same where there is nothing to change
 * @returns whether there was anything to change
 * @throws what `read` and `change` throw; BuildcacheError as the file system does, naming the file; `conflict` where
 *   others keep changing it; `usage` as {@link refuseDevice}
 */
export async function changeFile(
  file: string,
  read: () => Promise<string | undefined>,
  change: (text: string | undefined) => Promise<string>,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  refuseDevice(file);
  // Also where there is nothing to change: the killed process may have changed it, and then left its turn.
  await sweepLeftovers(dirname(file));
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await read();
    const after = await change(before);
    if (after === (before ?? '')) return false;
    let isStill = false;
    const turn = {
      fill: async (path: string) => {
        // It may have secrets, and so be for its owner's eyes only.
        const old = before === undefined ? undefined : await stat(file);
        await writeLike(old, path, after);
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

/** By a handle: others who may write to the folder can put a link in the file's place at any moment. */
async function writeLike(old: Stats | undefined, path: string, text: string): Promise<void> {
  const handle = await open(path, 'wx', old === undefined ? 0o666 : old.mode & 0o600);
  try {
    await handle.writeFile(text);
    if (old === undefined) return;
    // An administrator who changes a user's file leaves it the user's. Others may give no file away, and neither may the
    // root of a container whose host knows more users.
    if (process.getuid?.() === 0) await handle.chown(old.uid, old.gid).catch(() => undefined);
    await handle.chmod(old.mode & 0o777); // whatever the umask is
  } finally {
    await handle.close();
  }
}
