/** Writes files that are either whole or not there: written beside their place, then renamed into it. */
import { randomBytes } from 'node:crypto';
import { access, constants, rm, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { fileError } from './errors.ts';
import { clearLeftovers } from './leftovers.ts';
import { makeFolder } from './make-folder.ts';
import { renamePath } from './rename.ts';

/**
 * Creates missing folders, and clears away what killed processes have left of writing this file.
 * @throws `denied`, `io`, … naming the file
 */
export async function writeWholeFile(
  file: string,
  content: string | Uint8Array | Iterable<Uint8Array>,
): Promise<void> {
  const temporary = `${file}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await makeFolder(dirname(file));
    await writeFile(temporary, content, { flag: 'wx' });
    await renamePath(temporary, file);
    await clearLeftovers(dirname(file), (name) => isTemporaryOf(file, name));
  } catch (error) {
    throw fileError(error, file, 'write it');
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

function isTemporaryOf(file: string, name: string): boolean {
  const start = `${basename(file)}.`;
  return name.startsWith(start) && /^\d+\.[0-9a-f]{8}\.tmp$/.test(name.slice(start.length));
}

/** Removes a file if it is there. @throws as {@link writeWholeFile} */
export async function removeFile(file: string): Promise<void> {
  try {
    await rm(file, { force: true });
  } catch (error) {
    throw fileError(error, file, 'remove it');
  }
}

/** Whether files can be made in a folder, which is made if need be. */
export async function canWriteFolder(folder: string): Promise<boolean> {
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
