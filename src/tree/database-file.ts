/**
 * Replaces the file of an install database, as Spack does: a temporary file is written and renamed. A new verifier is
 * written too: without one, a running Spack would keep what it read before and might write that back.
 */
import { randomUUID } from 'node:crypto';
import { link, lstat, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { fileError, systemCode } from '../core/errors.ts';
import { makeFolder } from '../core/make-folder.ts';
import { renamePath } from '../core/rename.ts';
import { writeWholeFile } from '../core/write-file.ts';
import type { HeldLock } from './database-lock.ts';

/**
 * @param isNew there was no database when this one was to be read
 * @returns false where there is one nevertheless, which stays as it is
 */
export async function replaceDatabase(
  folder: string,
  file: string,
  text: string,
  lock: HeldLock | undefined,
  isNew = false,
): Promise<boolean> {
  const temporary = `${file}.${hostname()}.${process.pid}.temp`;
  try {
    await makeFolder(folder);
    if (lock !== undefined) await removeLeft(folder);
    // Its name can be guessed. A link that others who may write here have put there must not lead us elsewhere.
    await rm(temporary, { force: true });
    await writeFile(temporary, text, { flag: 'wx' });
    lock?.assertHeld();
    // The verifier is written before the database, so that nothing can fail once the database is changed. The next
    // process that gets the lock reads the database again.
    await writeWholeFile(path.join(folder, 'index_verifier'), randomUUID());
    lock?.assertHeld();
    const name = isNew ? await takeName(temporary, file) : 'refused';
    if (name === 'refused') await renamePath(temporary, file);
    return name !== 'taken';
  } catch (error) {
    throw fileError(error, file, 'write the install database');
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/**
 * Gives the new database its name if nothing has it. A network file system may say for a minute that there is no such file,
 * since there was none before; a name is given by its server.
 * @returns `refused` for any other reason why it cannot have it, such as a file system without second names
 */
async function takeName(temporary: string, file: string): Promise<'had' | 'taken' | 'refused'> {
  try {
    await link(temporary, file);
    return 'had';
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') return 'refused';
    const look = (path: string) => lstat(path, { bigint: true }).catch(() => undefined);
    const [ours, there] = [await look(temporary), await look(file)];
    // The server was asked twice, as its answer was lost.
    if (ours !== undefined && ours.ino === there?.ino && ours.dev === there.dev) return 'had';
    return there?.isSymbolicLink() === true ? 'refused' : 'taken'; // a link to nowhere is no database
  }
}

/** Removes temporary files that a killed process, ours or a Spack, has left. Only we write now, since we have the lock. */
async function removeLeft(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => /^index\.json\..+\.temp$/.test(each))) {
    await rm(path.join(folder, name), { force: true }).catch(() => undefined);
  }
}
