/** Files that are whole or not there: written beside their place, then renamed into it. */
import { randomBytes } from 'node:crypto';
import { access, constants, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileError } from './errors.ts';
import { makeFolder } from './make-folder.ts';

/** Creates missing folders. @throws `denied`, `io`, … naming the file */
export async function writeWholeFile(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${file}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await makeFolder(dirname(file));
    await writeFile(temporary, content, { flag: 'wx' });
    await rename(temporary, file);
  } catch (error) {
    throw fileError(error, file, 'write it');
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
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
