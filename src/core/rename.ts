/**
 * Renames, and asks what has come of it where that is said to have failed. On a network file system the server may have
 * done it while its answer was lost: it is asked a second time, and says that there is no such file. To believe that would
 * take what has its name now for what has not, and remove it.
 */
import { lstatSync, renameSync } from 'node:fs';
import { lstat, rename } from 'node:fs/promises';

/** @throws as `rename`; nothing was renamed then, as far as can be told */
export async function renamePath(from: string, to: string): Promise<void> {
  const before = await lstat(from, BIGINT).catch(() => undefined);
  try {
    await rename(from, to);
  } catch (error) {
    if (!isMoved(before, from, to)) throw error;
  }
}

/** The same at once. */
export function renamePathNow(from: string | Buffer, to: string): void {
  const before = look(from);
  try {
    renameSync(from, to);
  } catch (error) {
    if (!isMoved(before, from, to)) throw error;
  }
}

/** A number alone may be that of another file, which was made when this one had been removed. */
function isMoved(before: Seen | undefined, from: string | Buffer, to: string): boolean {
  if (before === undefined || look(from) !== undefined) return false;
  const now = look(to);
  return now?.ino === before.ino && now.dev === before.dev && now.mtimeNs === before.mtimeNs;
}

interface Seen {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly mtimeNs: bigint;
}

function look(path: string | Buffer): Seen | undefined {
  try {
    return lstatSync(path, { ...BIGINT, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

const BIGINT = { bigint: true } as const;
