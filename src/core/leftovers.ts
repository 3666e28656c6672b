/**
 * What killed processes have left: files and folders under names of our own making.
 *
 * Another user who may write to the folder that they are in can give such a name to any folder of ours that is in there,
 * too. So each temporary folder has a mark in it, and without it nothing in a folder is removed. Nobody can put a mark
 * into a folder in which they could not remove things themselves.
 */
import { constants, lstatSync } from 'node:fs';
import { lstat, mkdtemp, open, opendir, readdir, rmdir, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inOwnFolder, throughDescriptor } from './descriptor-path.ts';
import { BuildcacheError } from './errors.ts';

/** Longer than what is in use stays as it is, and than clocks of hosts differ. */
const AGE_MS = 24 * 3600 * 1000;
const FRESHEN_MS = 3600 * 1000;

const MARK = '.buildcache-temporary';

/**
 * Makes a folder with a mark, which only this user may look into.
 * @param start of its path; six letters or digits follow
 * @throws the system's errors; BuildcacheError `conflict` where something else has taken its place at once
 */
export async function makeTemporary(start: string): Promise<string> {
  const folder = await mkdtemp(start);
  try {
    await mark(folder);
    return folder;
  } catch (error) {
    await rmdir(folder).catch(() => undefined);
    throw error;
  }
}

/**
 * Runs `use` with a path of a folder of {@link makeTemporary}, which leads to it whatever takes its place.
 * @throws BuildcacheError `conflict` where something has taken its place; the system's errors, also for a link
 */
export async function inTemporary<T>(folder: string, use: (at: string) => Promise<T>): Promise<T> {
  return await inOwnFolder(folder, async (at) => {
    const mark = await lstat(join(at, MARK)).catch(() => undefined);
    if (mark?.isFile() !== true) throw taken(folder);
    return await use(at);
  });
}

/**
 * Removes a folder of {@link makeTemporary}. What has no mark and is not empty stays.
 * @throws as `removeTree`
 */
export async function removeTemporary(folder: string): Promise<void> {
  const { removeTree } = await import('./remove-tree.ts'); // mostly there is nothing to remove
  await removeTree(folder, MARK);
}

/**
 * Removes what this user owns, is a day old and has such a name from a folder: files, and folders with a mark. Best
 * effort: what cannot be removed stays.
 * @param isOurs whether only this program makes this name, and only for what is not to stay
 */
export async function clearLeftovers(folder: string, isOurs: (name: string) => boolean): Promise<void> {
  // One after the other: others may have made a million files of such names in a folder that is everybody's.
  try {
    for await (const { name } of await opendir(folder, { bufferSize: 256 })) {
      if (isOurs(name)) await clear(join(folder, name));
    }
  } catch {
    // It cannot be read, or another process was faster.
  }
}

async function clear(path: string): Promise<void> {
  try {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) return;
    const isOwn = process.getuid === undefined || found.uid === process.getuid();
    if (!isOwn || Date.now() - found.mtimeMs <= AGE_MS) return;
    if (found.isDirectory()) await removeTemporary(path);
    else await unlink(path);
  } catch {
    // Another process was faster.
  }
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

async function mark(folder: string): Promise<void> {
  const { O_DIRECTORY = 0, O_NOFOLLOW = 0 } = constants;
  const handle = await open(folder, O_DIRECTORY | O_NOFOLLOW);
  try {
    const at = throughDescriptor(handle.fd)?.toString() ?? folder;
    if ((await readdir(at)).length > 0) throw taken(folder);
    await writeFile(join(at, MARK), '', { flag: 'wx' });
  } finally {
    await handle.close();
  }
}

function taken(file: string): BuildcacheError {
  return new BuildcacheError('conflict', 'something else has taken the place of a temporary folder', {
    file,
    hint: 'find out who else writes to the folder above',
  });
}
