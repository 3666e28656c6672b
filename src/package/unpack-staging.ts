/** The directory beside a prefix in which a package is put together: ours alone, and on the file system of the prefix. */
import { lstatSync, mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { sha256 } from '../core/digest.ts';
import { BuildcacheError } from '../core/errors.ts';
import { makeFolderNow } from '../core/make-folder.ts';
import { removeTree } from '../core/remove-tree.ts';
import { renamePathNow } from '../core/rename.ts';

export interface Staging {
  /** The prefix, without what could make it mean something else: `..`, a slash at its end. */
  readonly prefix: string;
  /** The archive's root. */
  readonly tree: string;
  /** Paths for a temporary file, and for what was at the prefix before. */
  readonly scratch: string;
  readonly replaced: string;
  /** Removes all of it, and those parents of the prefix that were made for it and stayed empty. */
  remove(): Promise<void>;
}

/** Makes the parents of a prefix, and in its parent the directory. Throws `usage` for a relative prefix. */
export function makeStaging(prefix: string): Staging {
  if (!isAbsolute(prefix) || basename(prefix) === '') {
    throw new BuildcacheError('usage', 'cannot install there', {
      expected: 'an absolute path',
      found: prefix,
    });
  }
  const resolved = resolve(prefix);
  const parent = dirname(resolved);
  const firstMade = makeFolderNow(parent);
  const directory = mkdtempSync(join(parent, stagingName(resolved)));
  const tree = join(directory, TREE);
  mkdirSync(tree);
  return {
    prefix: resolved,
    tree,
    scratch: join(directory, SCRATCH),
    replaced: replacedIn(directory),
    async remove() {
      if (isThere(keptIn(directory)) || isOnlyOne(directory, resolved)) return;
      // The package is installed or not whether or not this works. An earlier error is the one to report.
      if (!removedEmpty(tree, directory)) await removeStaging(directory).catch(() => undefined);
      if (firstMade !== undefined) removeEmpty(parent, dirname(firstMade));
    },
  };
}

/**
 * @returns a function that removes what a killed process left of unpacking to a prefix. Its caller must hold the lock on
 *   that prefix, or have the install tree to itself: the directory of another process that unpacks now looks the same.
 */
export function stagingSweeper(): (prefix: string) => Promise<void> {
  // A folder may have a thousand prefixes in it, so it is read once. What a killed process left was there before that.
  const listed = new Map<string, Promise<readonly string[]>>();
  return async (prefix) => {
    const resolved = resolve(prefix);
    const parent = dirname(resolved);
    const names = listed.get(parent) ?? leftIn(parent);
    listed.set(parent, names);
    for (const name of (await names).filter((each) => each.startsWith(stagingName(resolved)))) {
      const directory = join(parent, name);
      if (isOnlyOne(directory, resolved) || isThere(keptIn(directory))) continue;
      await removeStaging(directory).catch(() => undefined);
    }
  };
}

async function leftIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.startsWith(STAGING));
}

const STAGING = '.unpack-';

/** What is in the directory. While a package is unpacked, its own directory may be beside the tree (`unpack-directories.ts`). */
const TREE = 'tree';
const SCRATCH = 'scratch';
const REPLACED = 'replaced';
const NAMES = [TREE, `${TREE}.package`, SCRATCH, REPLACED];

/**
 * Others who may write to the folder above can give the name of such a directory to another one of ours. So nothing is removed
 * but what is put together in it.
 */
async function removeStaging(directory: string): Promise<void> {
  for (const name of NAMES) await removeTree(join(directory, name));
  rmdirSync(directory);
}

const replacedIn = (directory: string): string => join(directory, REPLACED);

/** What could not be put back. Nobody removes it. */
const keptIn = (directory: string): string => join(directory, 'kept');

/** Between the two renames of the last step a process was killed, or the system failed: this is all there is of the old package. */
function isOnlyOne(directory: string, prefix: string): boolean {
  return isThere(replacedIn(directory)) && !isThere(prefix);
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** The name says for which prefix the directory is. It has the same length however long the prefix's name is. */
function stagingName(prefix: string): string {
  return `${STAGING}${sha256(prefix).slice(0, 12)}-`;
}

/** What is left of a package that is in place: far less work than to look for what there is. */
function removedEmpty(...directories: readonly string[]): boolean {
  try {
    for (const directory of directories) rmdirSync(directory);
    return true;
  } catch {
    return false;
  }
}

/** Removes a directory if it is empty, then its parents while they are empty, and stops at one that stays. */
function removeEmpty(directory: string, stays: string): void {
  try {
    for (let at = directory; at !== stays; at = dirname(at)) rmdirSync(at);
  } catch {
    // The directory is not empty: we or another process installed something in it.
  }
}

/** Throws `conflict` if something is at the prefix, a dangling symlink included. */
export function refuseExisting(prefix: string): void {
  if (!isThere(prefix)) return;
  throw new BuildcacheError('conflict', 'there is something at the prefix already', {
    file: prefix,
    hint: 'remove it, or install over it',
  });
}

/**
 * The last step: one rename. What is at the prefix is moved aside first, and moved back if the rename fails.
 * @param aside where to move it: `replaced` of the prefix's staging; when undefined nothing may be at the prefix
 * @throws as the rename; BuildcacheError `io` where what was at the prefix cannot be moved back, and is kept aside
 */
export function moveInPlace(from: string | Buffer, prefix: string, aside: string | undefined): void {
  if (aside === undefined) refuseExisting(prefix);
  const isMoved = aside !== undefined && isThere(prefix);
  if (isMoved) renamePathNow(prefix, aside);
  try {
    renamePathNow(from, prefix);
  } catch (error) {
    if (isMoved) moveBack(aside, prefix, error);
    throw error;
  }
}

/** Something else may be at the prefix by now, or its parent may have become read-only. */
function moveBack(aside: string, prefix: string, cause: unknown): void {
  try {
    renamePathNow(aside, prefix);
  } catch {
    const kept = keptIn(dirname(aside));
    renamePathNow(aside, kept);
    throw new BuildcacheError(
      'io',
      'neither the new package nor what it was to replace could be moved to the prefix',
      {
        file: prefix,
        found: `what was there is in ${kept}`,
        hint: 'move that back, or remove it and install again',
      },
      cause,
    );
  }
}
