/**
 * What an install may replace at a prefix. A checked-out file can say where specs go, and a projection without the hash can
 * give two specs one place, or give one the place of something that a person keeps there. A checkout also brings links,
 * databases and spec files. Only what an install has left in this tree makes way.
 */

import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { BuildcacheError } from '../core/errors.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';
import type { InstallSettings } from './install-settings.ts';
import { latestRecords, type RecordByNow } from './latest-records.ts';
import { installedHash } from './metadata.ts';
import { databaseFile, isSameFolder } from './tree-root.ts';

/**
 * Passes what is this spec's by its spec file or by the hash in its path, an empty folder, and nothing. A record of the
 * database is no proof: a checkout may bring an install tree. So may it bring a spec file, for which clones and the folders
 * in use are looked at.
 * @param node where it goes is by these `settings`
 * @throws BuildcacheError `conflict` for anything else
 */
export async function requireReplaceable(
  prefix: string,
  tree: Pick<InstallSettings, 'root' | 'unpaddedRoot' | 'inUse'>,
  node: Pick<SpecNode, 'name' | 'hash'>,
): Promise<void> {
  const name = `${node.name}/${shortHash(node)}`;
  // Links are followed: one whose name has the hash in it leads anywhere.
  const real = path.join(realPath(path.dirname(prefix)), path.basename(prefix));
  const below = path.relative(realPath(tree.root), real);
  // All of it: whoever makes a spec can make seven characters of its hash a word, and a folder of the user's may have that
  // for a name.
  const hasHash = below.includes(node.hash);
  const used = hasHash ? undefined : tree.inUse?.find((folder) => isIn(folder, prefix));
  if (used !== undefined) {
    throw new BuildcacheError('conflict', `${name} cannot replace a folder that is in use`, {
      file: prefix,
      found: used,
      hint: 'put {hash} into config:install_tree:projections',
    });
  }
  const found = await installedHash(prefix);
  if (found !== undefined && found !== node.hash) {
    throw new BuildcacheError('conflict', `another spec is installed where ${name} goes`, {
      file: prefix,
      expected: `/${node.hash}`,
      found: `/${found}`,
      hint: 'put {hash} into config:install_tree:projections, or uninstall the other one',
    });
  }
  if (isFree(prefix)) return;
  const other = await otherTree(real, tree, node.hash);
  if (other !== undefined) {
    throw new BuildcacheError('conflict', `${name} goes where another install tree has something`, {
      file: prefix,
      expected: `a place in ${tree.root} only`,
      found: `a place in ${other}`,
      hint: 'say with --store (in the action: install-tree) which of the two is meant',
    });
  }
  const hasStart = below.includes(shortHash(node));
  const isLeft = found === node.hash || (hasStart && hasMetadata(prefix));
  if (hasHash || (isLeft && !mayBeCheckedOut(real, hasStart))) return;
  throw new BuildcacheError('conflict', `there is something where ${name} goes that no install has left`, {
    file: prefix,
    expected: 'nothing, or the spec file of this spec in it',
    hint: 'move it away, or put {hash} into config:install_tree:projections',
  });
}

/**
 * The root of a tree that has the prefix in it, and is not this one. A tree that this one lies in has there what its
 * database says.
 */
async function otherTree(
  real: string,
  { root, unpaddedRoot }: Pick<InstallSettings, 'root' | 'unpaddedRoot'>,
  hash: string,
): Promise<string | undefined> {
  const isOther = (at: string) =>
    isThere(path.dirname(databaseFile(at))) && !isSameFolder(at, root) && !isSameFolder(at, unpaddedRoot);
  for (let at = path.dirname(real); ; at = path.dirname(at)) {
    if (isOther(at) && (!isIn(root, at) || (await mayHave(at, hash, real)))) return at;
    if (at === path.dirname(at)) return undefined;
  }
}

/** Of the trees that others lie in. Each is asked about every package. */
const recordsOf = new Map<string, RecordByNow>();

async function mayHave(root: string, hash: string, prefix: string): Promise<boolean> {
  const byNow = recordsOf.get(root) ?? latestRecords(root);
  recordsOf.set(root, byNow);
  try {
    const record = await byNow(hash);
    return record?.path !== undefined && realPath(record.path) === realPath(prefix);
  } catch {
    return true; // nobody can tell
  }
}

/** Whether a folder's metadata may be a stranger's commit, beside files of the user's: it is a clone, or in one by any name. */
function mayBeCheckedOut(folder: string, hasStart: boolean): boolean {
  const clone = nearestAbove(folder, (at) => isThere(path.join(at, '.git')));
  return clone === folder || (clone !== undefined && !hasStart);
}

function nearestAbove(folder: string, isIt: (folder: string) => boolean): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    if (isIt(at)) return at;
    if (at === path.dirname(at)) return undefined;
  }
}

/** Both as far as links lead. */
function isIn(folder: string, prefix: string): boolean {
  const [inner, outer] = [realPath(folder), realPath(prefix)];
  return inner === outer || inner.startsWith(outer === path.sep ? outer : `${outer}${path.sep}`);
}

function realPath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return path.resolve(folder);
  }
}

function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

/** Whether there is a folder such as a spec file is in: Spack makes it first. */
function hasMetadata(prefix: string): boolean {
  try {
    return lstatSync(path.join(prefix, '.spack')).isDirectory();
  } catch {
    return false;
  }
}

/** Whether there is nothing, or an empty folder; not one that a link leads to. */
function isFree(prefix: string): boolean {
  try {
    const found = lstatSync(prefix, { throwIfNoEntry: false });
    return found === undefined || (found.isDirectory() && readdirSync(prefix).length === 0);
  } catch {
    return false;
  }
}
