/** The directory beside a prefix in which a package is put together: ours alone, and on the same file system. */
import { lstatSync, mkdirSync, mkdtempSync, renameSync, rmdirSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { sha256 } from '../core/digest.ts';
import { BuildcacheError } from '../core/errors.ts';

export interface Staging {
  /** The prefix, without what could make it mean something else: `..`, a slash at its end. */
  readonly prefix: string;
  /** The archive's root. */
  readonly tree: string;
  /** Names for a file, and for what was at the prefix. */
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
  const firstMade = mkdirSync(parent, { recursive: true });
  const directory = mkdtempSync(join(parent, stagingName(resolved)));
  const tree = join(directory, 'tree');
  mkdirSync(tree);
  return {
    prefix: resolved,
    tree,
    scratch: join(directory, 'scratch'),
    replaced: join(directory, 'replaced'),
    async remove() {
      // Whether the package is installed does not depend on it, so what went wrong before is what counts.
      await rm(directory, { recursive: true, force: true }).catch(() => undefined);
      if (firstMade !== undefined) removeEmpty(parent, dirname(firstMade));
    },
  };
}

/**
 * @returns removes what a killed process left of unpacking to a prefix. Only for whoever holds the lock on that prefix, or
 * has the install tree for itself: somebody else's directory looks the same.
 */
export function stagingSweeper(): (prefix: string) => Promise<void> {
  // A folder has a thousand prefixes in it, and is read once: what is left there was left before.
  const listed = new Map<string, Promise<readonly string[]>>();
  return async (prefix) => {
    const resolved = resolve(prefix);
    const parent = dirname(resolved);
    const names = listed.get(parent) ?? leftIn(parent);
    listed.set(parent, names);
    for (const name of (await names).filter((each) => each.startsWith(stagingName(resolved)))) {
      await rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined);
    }
  };
}

async function leftIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.startsWith(STAGING));
}

const STAGING = '.unpack-';

/** Says for which prefix it is, and is no longer for one with a long name. */
function stagingName(prefix: string): string {
  return `${STAGING}${sha256(prefix).slice(0, 12)}-`;
}

/** Removes a directory and the ones it is in, up to one that stays, as far as they are empty. */
function removeEmpty(directory: string, stays: string): void {
  try {
    for (let at = directory; at !== stays; at = dirname(at)) rmdirSync(at);
  } catch {
    // Not empty: something is installed there, by us or by somebody else.
  }
}

/** Throws `conflict` if something is at the prefix, a dangling symlink included. */
export function refuseExisting(prefix: string): void {
  if (lstatSync(prefix, { throwIfNoEntry: false }) === undefined) return;
  throw new BuildcacheError('conflict', 'there is something at the prefix already', {
    file: prefix,
    hint: 'remove it, or install over it',
  });
}

/**
 * The last step: one rename. What is at the prefix is put aside, and back if that fails.
 * @param aside where to put it; without it nothing may be at the prefix
 */
export function moveInPlace(from: string | Buffer, prefix: string, aside: string | undefined): void {
  if (aside === undefined) refuseExisting(prefix);
  const isThere = lstatSync(prefix, { throwIfNoEntry: false }) !== undefined;
  if (aside !== undefined && isThere) renameSync(prefix, aside);
  try {
    renameSync(from, prefix);
  } catch (error) {
    if (aside !== undefined && isThere) renameSync(aside, prefix);
    throw error;
  }
}
