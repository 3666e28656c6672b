/**
 * Removes a folder with everything in it. Node's own `rm` begins with all entries of a folder at once: a package with a
 * million folders, a tarball of megabytes, took gigabytes to remove. This takes one entry after the other, by calls that do
 * not wait, as it was unpacked.
 *
 * Others who may write to a folder above can put a link in the place of one that is being removed, and what the link leads
 * to must stay. So each folder is open while its entries are removed, and has to be the one that was seen before. Some file
 * systems (FUSE, an overlay over two others) give a folder a new number once nobody has used it for a while. So what has
 * another number is looked for again, from the outermost folder on. That one is open all the time, and keeps its own.
 */
import {
  type BigIntStats,
  closeSync,
  constants,
  type Dir,
  fchmodSync,
  fstatSync,
  lstatSync,
  opendirSync,
  openSync,
  rmdirSync,
  unlinkSync,
} from 'node:fs';
import { breather } from './breathe.ts';
import { throughDescriptor } from './descriptor-path.ts';
import { BuildcacheError, systemCode } from './errors.ts';

/** Folders of one folder that are remembered before they are removed. */
const MOST_BELOW = 10_000;
/** How often a folder that seemed to be empty may not be: a file system may pass over names while others are removed. */
const MOST_IN_VAIN = 10;

interface Folder {
  readonly path: Buffer;
  /** What has this path: the device and the inode. */
  readonly id: string;
}

/**
 * No link is followed. What is gone already is no error.
 * @param mark the name of a file in it. A folder that is not empty and has no such file stays as it is. The mark goes last
 * @throws as the file system does, and `conflict` where another folder has taken a place; part of it may be gone then
 */
export async function removeTree(path: string, mark?: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isDirectory()) return ignoringMissing(() => unlinkSync(path));
  const top = openFolder(Buffer.from(path));
  if (top === undefined) return;
  if (top === 'another') throw taken(path);
  try {
    const id = idOf(fstatSync(top, { bigint: true }));
    await removeFolder({ path: Buffer.from(path), id }, mark);
  } finally {
    closeSync(top);
  }
}

async function removeFolder(top: Folder, mark: string | undefined): Promise<void> {
  const breathe = breather(undefined);
  const folders = [top];
  let left = mark;
  let inVain = 0;
  for (let folder = folders.at(-1); folder !== undefined; folder = folders.at(-1)) {
    const below = await removeEntries(folder, breathe, folder === top ? left : undefined);
    if (below === 'unmarked') {
      isRemoved(top.path);
      return;
    }
    if (below === 'another') {
      if (folder === top || ++inVain > MOST_IN_VAIN) throw taken(folder.path.toString());
      folders.length = 1;
      continue;
    }
    if (folder === top && left !== undefined && below.length === 0) {
      const path = `${top.path}/${left}`;
      ignoringMissing(() => unlinkSync(path));
      left = undefined;
    }
    if (below.length > 0) {
      for (const each of below) folders.push(each);
    } else if (isRemoved(folder.path)) {
      folders.pop();
      inVain = 0;
    } else if (++inVain > MOST_IN_VAIN) {
      rmdirSync(folder.path);
    }
  }
}

/** Removes files, links and empty folders. @returns some of the other folders; none where there are none */
async function removeEntries(
  folder: Folder,
  breathe: () => Promise<void>,
  mark: string | undefined,
): Promise<Folder[] | 'unmarked' | 'another'> {
  const descriptor = openFolder(folder.path);
  if (descriptor === undefined) return [];
  if (descriptor === 'another') return 'another';
  try {
    const found = fstatSync(descriptor, { bigint: true });
    if (idOf(found) !== folder.id) return 'another';
    const at = throughDescriptor(descriptor) ?? folder.path;
    if (mark === undefined) {
      letRemove(descriptor, found);
      return await removeIn(folder.path, at, breathe, undefined);
    }
    const marked = Buffer.from(mark);
    const isMarked =
      lstatSync(Buffer.concat([at, SLASH, marked]), { throwIfNoEntry: false })?.isFile() === true;
    return isMarked ? await removeIn(folder.path, at, breathe, marked) : 'unmarked';
  } finally {
    closeSync(descriptor);
  }
}

/** Of what is in a folder that may not be written to, nothing can be removed. Builds make such folders. */
function letRemove(descriptor: number, { mode, uid }: BigIntStats): void {
  const bits = Number(mode) & 0o7777;
  const isOwn = Number(uid) === process.geteuid?.();
  if (isOwn && (bits & MAY_REMOVE) !== MAY_REMOVE) fchmodSync(descriptor, bits | MAY_REMOVE);
}

const MAY_REMOVE = 0o300;

/** @param at the path by which it is open */
async function removeIn(
  folder: Buffer,
  at: Buffer,
  breathe: () => Promise<void>,
  kept: Buffer | undefined,
): Promise<Folder[]> {
  const below: Folder[] = [];
  // Names are bytes. (Documented, and not in the types.)
  const open = opendirSync as unknown as (path: Buffer, options: object) => Dir;
  const entries = open(at, { encoding: 'buffer', bufferSize: 256 });
  try {
    for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
      await breathe();
      const name = entry.name as unknown as Buffer;
      if (kept?.equals(name) === true) continue;
      const path = Buffer.concat([at, SLASH, name]);
      if (!entry.isDirectory()) ignoringMissing(() => unlinkSync(path));
      else if (!isRemoved(path)) {
        const found = lstatSync(path, { throwIfNoEntry: false, bigint: true });
        if (found === undefined) continue;
        if (below.push({ path: Buffer.concat([folder, SLASH, name]), id: idOf(found) }) === MOST_BELOW) break;
      }
    }
  } finally {
    entries.closeSync();
  }
  return below;
}

/** @returns undefined for one that is gone, `another` for what is no folder by now */
function openFolder(path: Buffer): number | 'another' | undefined {
  const { O_DIRECTORY = 0, O_NOFOLLOW = 0 } = constants;
  try {
    return openSync(path, O_DIRECTORY | O_NOFOLLOW);
  } catch (error) {
    switch (systemCode(error)) {
      case 'ENOENT':
        return undefined;
      case 'ELOOP':
      case 'ENOTDIR':
        return 'another';
      default:
        throw error;
    }
  }
}

function taken(file: string): BuildcacheError {
  return new BuildcacheError('conflict', 'it became another folder while it was being removed', {
    file,
    hint: 'find out who else writes to the folder above',
  });
}

function idOf({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
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
