/**
 * What an install may replace at a prefix. A checked-out file can say where specs go, and a projection without the hash can
 * give two specs one place, or give one the place of something that a person keeps there. Only what an install has left
 * makes way.
 */

import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { BuildcacheError } from '../core/errors.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';
import type { InstallSettings } from './install-settings.ts';
import { installedHash } from './metadata.ts';

/**
 * Passes what is this spec's by its spec file or by the hash in its path, an empty folder, and nothing. A record of the database is no
 * proof: a checkout may bring an install tree. So may it bring a spec file, for which the folders in use are looked at.
 * @param node where it goes is by these `settings`
 * @throws BuildcacheError `conflict` for anything else
 */
export async function requireReplaceable(
  prefix: string,
  { root, inUse = [] }: Pick<InstallSettings, 'root' | 'inUse'>,
  node: Pick<SpecNode, 'name' | 'hash'>,
): Promise<void> {
  const name = `${node.name}/${shortHash(node)}`;
  const below = path.relative(root, prefix);
  const used = below.includes(node.hash) ? undefined : inUse.find((folder) => isIn(folder, prefix));
  if (used !== undefined) {
    throw new BuildcacheError('conflict', `${name} cannot replace a folder that is in use`, {
      file: prefix,
      found: used,
      hint: 'put {hash} into config:install_tree:projections',
    });
  }
  const found = await installedHash(prefix);
  if (found === node.hash) return;
  if (found !== undefined) {
    throw new BuildcacheError('conflict', `another spec is installed where ${name} goes`, {
      file: prefix,
      expected: `/${node.hash}`,
      found: `/${found}`,
      hint: 'put {hash} into config:install_tree:projections, or uninstall the other one',
    });
  }
  // Whoever makes a spec can make seven characters of its hash a word, such as a folder of the user's has for a name.
  const isNamed = below.includes(node.hash) || (below.includes(shortHash(node)) && hasMetadata(prefix));
  if (isNamed || isFree(prefix)) return;
  throw new BuildcacheError('conflict', `there is something where ${name} goes that no install has left`, {
    file: prefix,
    expected: 'nothing, or the spec file of this spec in it',
    hint: 'move it away, or put {hash} into config:install_tree:projections',
  });
}

/** Both as far as links lead. */
function isIn(folder: string, prefix: string): boolean {
  const [inner, outer] = [folder, prefix].map((each) => {
    try {
      return realpathSync(each);
    } catch {
      return path.resolve(each);
    }
  });
  return inner === outer || inner?.startsWith(`${outer}${path.sep}`) === true;
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
