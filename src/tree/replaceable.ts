/**
 * What an install may replace at a prefix. A checked-out file can say where specs go, and a projection without the hash can
 * give two specs one place, or give one the place of something that a person keeps there. Only what an install has left
 * makes way.
 */

import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { BuildcacheError } from '../core/errors.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';
import { installedHash } from './metadata.ts';

/**
 * Passes what is this spec's by its spec file or by the hash in its path, and an empty folder. A record of the database is no
 * proof: a checkout may bring an install tree.
 * @param root of the install tree, absolute
 * @throws BuildcacheError `conflict` for anything else
 */
export async function requireReplaceable(
  prefix: string,
  root: string,
  node: Pick<SpecNode, 'name' | 'hash'>,
): Promise<void> {
  const found = await installedHash(prefix);
  if (found === node.hash) return;
  const name = `${node.name}/${shortHash(node)}`;
  if (found !== undefined) {
    throw new BuildcacheError('conflict', `another spec is installed where ${name} goes`, {
      file: prefix,
      expected: `/${node.hash}`,
      found: `/${found}`,
      hint: 'put {hash} into config:install_tree:projections, or uninstall the other one',
    });
  }
  const isNamed = path.relative(root, prefix).includes(shortHash(node));
  if (isNamed || isEmptyFolder(prefix)) return;
  throw new BuildcacheError('conflict', `there is something where ${name} goes that no install has left`, {
    file: prefix,
    expected: 'nothing, or the spec file of this spec in it',
    hint: 'move it away, or put {hash} into config:install_tree:projections',
  });
}

/** Not one that a link leads to. */
function isEmptyFolder(prefix: string): boolean {
  try {
    return lstatSync(prefix).isDirectory() && readdirSync(prefix).length === 0;
  } catch {
    return false;
  }
}
