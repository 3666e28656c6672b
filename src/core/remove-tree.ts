/**
 * Removes a folder with everything in it. Node's own `rm` begins with all entries of a folder at once: a package with a
 * million folders, a tarball of megabytes, took gigabytes to remove. This takes one entry after the other, by calls that do
 * not wait, as it was unpacked.
 */
import { type Dir, lstatSync, opendirSync, rmdirSync, unlinkSync } from 'node:fs';
import { breather } from './breathe.ts';
import { systemCode } from './errors.ts';

/** Folders of one folder that are remembered before they are removed. */
const MOST_BELOW = 10_000;
/** How often a folder that seemed to be empty may not be: a file system may pass over names while others are removed. */
const MOST_IN_VAIN = 10;

/**
 * No link is followed. What is gone already is no error.
 * @throws as the file system does; part of it may be gone then
 */
export async function removeTree(path: string): Promise<void> {
  const top = lstatSync(path, { throwIfNoEntry: false });
  if (top === undefined) return;
  if (!top.isDirectory()) return ignoringMissing(() => unlinkSync(path));
  const breathe = breather(undefined);
  const folders: Buffer[] = [Buffer.from(path)];
  let inVain = 0;
  for (let folder = folders.at(-1); folder !== undefined; folder = folders.at(-1)) {
    const below = await removeEntries(folder, breathe);
    if (below.length > 0) {
      for (const each of below) folders.push(each);
    } else if (isRemoved(folder)) {
      folders.pop();
      inVain = 0;
    } else if (++inVain > MOST_IN_VAIN) {
      rmdirSync(folder);
    }
  }
}

/** Removes files, links and empty folders. @returns some of the other folders; none where there are none */
async function removeEntries(folder: Buffer, breathe: () => Promise<void>): Promise<Buffer[]> {
  const below: Buffer[] = [];
  // Names are bytes. (Documented, and not in the types.)
  const open = opendirSync as unknown as (path: Buffer, options: object) => Dir;
  let entries: Dir;
  try {
    entries = open(folder, { encoding: 'buffer', bufferSize: 256 });
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return below;
    throw error;
  }
  try {
    for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
      await breathe();
      const path = Buffer.concat([folder, SLASH, entry.name as unknown as Buffer]);
      if (!entry.isDirectory()) ignoringMissing(() => unlinkSync(path));
      else if (!isRemoved(path) && below.push(path) === MOST_BELOW) break;
    }
  } finally {
    entries.closeSync();
  }
  return below;
}

const SLASH = Buffer.from('/');

/** @returns false for a folder that is not empty */
function isRemoved(folder: Buffer): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    if (code === 'ENOENT') return true;
    throw error;
  }
}

function ignoringMissing(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}
