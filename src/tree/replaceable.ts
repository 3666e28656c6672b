/**
 * What an install may replace at a prefix. A checked-out file can say where specs go, and a projection without the hash can
 * give two specs one place, or give one the place of something that a person keeps there. A checkout also brings links,
 * databases and spec files. Only what an install has left in this tree makes way.
 */

import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { BuildcacheError } from '../core/errors.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';
import { installedHash } from './metadata.ts';
import { databaseFile, isSameFolder, type TreePlace } from './tree-root.ts';

/**
 * Passes what is this spec's by its spec file or by the hash in its path, and an empty folder. A record of the database is no
 * proof: a checkout may bring an install tree.
 * @param tree the install tree that the prefix is in; its root is absolute
 * @throws BuildcacheError `conflict` for anything else
 */
export async function requireReplaceable(
  prefix: string,
  tree: Pick<TreePlace, 'root' | 'unpaddedRoot'>,
  node: Pick<SpecNode, 'name' | 'hash'>,
): Promise<void> {
  const name = `${node.name}/${shortHash(node)}`;
  const found = await installedHash(prefix);
  if (found !== undefined && found !== node.hash) {
    throw new BuildcacheError('conflict', `another spec is installed where ${name} goes`, {
      file: prefix,
      expected: `/${node.hash}`,
      found: `/${found}`,
      hint: 'put {hash} into config:install_tree:projections, or uninstall the other one',
    });
  }
  if (isEmptyFolder(prefix)) return;
  // Links are followed: one whose name has the hash in it leads anywhere.
  const real = path.join(realpathSync(path.dirname(prefix)), path.basename(prefix));
  const other = otherTree(real, tree);
  if (other !== undefined) {
    throw new BuildcacheError('conflict', `${name} goes where another install tree has something`, {
      file: prefix,
      expected: `a place in ${tree.root} only`,
      found: `a place in ${other}`,
      hint: 'say with --store (in the action: install-tree) which of the two is meant',
    });
  }
  const below = path.relative(realpathSync(tree.root), real);
  // All of the hash: its first letters are also a word that a folder of a person can have for a name.
  if (below.includes(node.hash)) return;
  if (found === node.hash && !mayBeCheckedOut(real, below.includes(shortHash(node)))) return;
  throw new BuildcacheError('conflict', `there is something where ${name} goes that no install has left`, {
    file: prefix,
    expected: 'nothing, or the spec file of this spec in it',
    hint: 'move it away, or put {hash} into config:install_tree:projections',
  });
}

/** The root of a tree that has the prefix in it, and is not this one. */
function otherTree(real: string, { root, unpaddedRoot }: Pick<TreePlace, 'root' | 'unpaddedRoot'>) {
  return nearestAbove(
    path.dirname(real),
    (at) =>
      isThere(path.dirname(databaseFile(at))) && !isSameFolder(at, root) && !isSameFolder(at, unpaddedRoot),
  );
}

/** Whether a folder's spec file may be a stranger's commit, beside files of the user's: it is a clone, or in one by any name. */
function mayBeCheckedOut(folder: string, isNamed: boolean): boolean {
  const clone = nearestAbove(folder, (at) => isThere(path.join(at, '.git')));
  return clone === folder || (clone !== undefined && !isNamed);
}

function nearestAbove(folder: string, isIt: (folder: string) => boolean): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    if (isIt(at)) return at;
    if (at === path.dirname(at)) return undefined;
  }
}

/** Not one that a link leads to. */
function isEmptyFolder(prefix: string): boolean {
  try {
    return lstatSync(prefix).isDirectory() && readdirSync(prefix).length === 0;
  } catch {
    return false;
  }
}

function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}
