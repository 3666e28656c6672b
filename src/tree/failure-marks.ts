/**
 * Spack's marks of builds that have failed: files in `.spack-db/failures`. Its older installer builds nothing with
 * `--only package`, which is what `spack env depfile` runs, where something below the spec has a mark, installed or not. So
 * whoever installs a spec takes its mark away.
 */
import { lstat, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Best effort: the specs are installed all the same.
 * @param folder the database's, `.spack-db`
 * @param specs that are installed now
 */
export async function clearFailureMarks(
  folder: string,
  specs: Iterable<{ readonly name: string; readonly hash: string }>,
): Promise<void> {
  const marks = path.join(folder, 'failures');
  try {
    // Others who may write here could have put a link there.
    if (!(await lstat(marks)).isDirectory()) return;
    const names = new Set(await readdir(marks));
    for (const { name, hash } of specs) {
      const mark = `${name}-${hash}`;
      if (names.has(mark)) await rm(path.join(marks, mark), { force: true });
    }
  } catch {
    // Mostly there are none.
  }
}
