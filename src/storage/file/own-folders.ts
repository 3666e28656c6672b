/**
 * Where files are written, moved or deleted, the folders on the way have to be the mirror's own. In a folder that many
 * users may add to, one of them can put a link in the place of a folder, such as `blobs/sha256/15`. It may lead into another
 * mirror, which that user may not write to. Reading follows such a link, since nobody loses anything by it. A prune by a
 * user who may write there would delete what lies behind it.
 *
 * The kernel's `protected_symlinks` has nearly the same rule. Between this look and the change a link can still be put
 * there, where a user may also rename folders of others: in folders without the sticky bit.
 */
import { lstatSync, type Stats, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BuildcacheError, systemCode } from '../../core/errors.ts';

/**
 * @param top the folder that was named, which may be a link itself
 * @param key of a file below it
 * @throws BuildcacheError `denied` for a link that was made neither by this user, nor by root, nor by the owner of `top`
 */
export function requireOwnFolders(top: string, key: string): void {
  const euid = process.geteuid?.();
  if (euid === undefined) return; // Windows
  const names = dirname(key).split('/');
  for (let depth = 1; depth <= names.length; depth++) {
    const path = join(top, ...names.slice(0, depth));
    const found = look(() => lstatSync(path));
    if (found === undefined) return; // It is made, or nothing is there to delete.
    if (!found.isSymbolicLink()) continue;
    const owner = look(() => statSync(top))?.uid;
    if ([euid, 0, owner].includes(found.uid)) continue;
    throw new BuildcacheError('denied', 'a folder of the mirror is a link that another user has made', {
      file: path,
      expected: 'a folder, or a link by you, by root or by the owner of the mirror',
      found: `a link by user ${found.uid}`,
      hint: 'find out who has put it there, and remove it: nothing is written or deleted behind it',
    });
  }
}

function look(at: () => Stats): Stats | undefined {
  try {
    return at();
  } catch (error) {
    // Whatever else is wrong with it, the change itself will tell.
    if (systemCode(error) !== undefined) return undefined;
    throw error;
  }
}
