/**
 * Paths through an open directory. A path is looked up anew each time. Another user who may write to a folder above can
 * put a link in its place between two calls, and so lead us anywhere. What is open stays what it is.
 */
import { randomBytes } from 'node:crypto';
import { constants, fstatSync, statSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BuildcacheError } from './errors.ts';

let isThere: boolean | undefined;

/**
 * A path of an open directory, to be put before the names in it. It is good until the descriptor is closed.
 * @returns undefined where the system has none: not Linux, or no `/proc`
 */
export function throughDescriptor(descriptor: number): Buffer | undefined {
  const path = `/proc/self/fd/${descriptor}`;
  isThere ??= process.platform === 'linux' && leadsTo(path, descriptor);
  return isThere ? Buffer.from(path) : undefined;
}

/**
 * Runs `use` with a path of a folder that we have made beside its target, and in which others can change nothing. They may
 * write to the folder above, and put another folder, or a link to one, in its place.
 * @throws BuildcacheError `conflict` where another user has done so; the system's errors, also for a link
 */
export async function inOwnFolder<T>(folder: string, use: (at: string) => Promise<T>): Promise<T> {
  const { O_DIRECTORY = 0, O_NOFOLLOW = 0 } = constants;
  const handle = await open(folder, O_DIRECTORY | O_NOFOLLOW);
  try {
    const { uid } = await handle.stat();
    const own = process.getuid?.() ?? uid;
    if (uid !== own && uid !== (await ownerOfNew(dirname(folder)))) {
      throw new BuildcacheError('conflict', 'another user has put a folder in the place of ours', {
        file: folder,
        expected: `a folder of user ${own}`,
        found: `one of user ${uid}`,
        hint: 'write to a folder that only you may write to',
      });
    }
    return await use(throughDescriptor(handle.fd)?.toString() ?? folder);
  } finally {
    await handle.close();
  }
}

/** A network file system may have another owner for what root makes, and some have one owner for everything. */
async function ownerOfNew(folder: string): Promise<number> {
  const file = join(folder, `.owner-${randomBytes(12).toString('hex')}.tmp`);
  const handle = await open(file, 'wx', 0o600);
  try {
    await rm(file); // at once, so that a process that is killed leaves none
    return (await handle.stat()).uid;
  } finally {
    await handle.close();
  }
}

function leadsTo(path: string, descriptor: number): boolean {
  try {
    const found = statSync(path, { bigint: true });
    const open = fstatSync(descriptor, { bigint: true });
    return found.ino === open.ino && found.dev === open.dev;
  } catch {
    return false; // A sandbox may have an empty `/proc`, or one that this user may not look into.
  }
}
