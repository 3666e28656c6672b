/** A Spack environment on disk: where its lockfile is, and which specs it has. */
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Env } from '../core/env.ts';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { isObject, kindOf } from '../core/json.ts';
import { readBoundedText } from '../core/read-file.ts';
import type { SpecGraph } from '../spec/graph.ts';
import { readLockfileInTurns } from '../spec/lockfile.ts';
import type { Including } from './included-lockfiles.ts';
import { readYaml, sectionOf } from './scopes.ts';

export interface EnvironmentFiles {
  readonly folder: string;
  readonly lockfile: string;
  /** For variables in the paths of includes. Without it they stay as they are written. */
  readonly env?: Env | undefined;
  /** What the lockfile holds, where it was read before. */
  readonly text?: string | undefined;
}

/** Bytes. The largest lockfile known has one and a half million. */
const MAX_LOCKFILE = 64 * 1024 * 1024;

/**
 * @param where a folder, or a file in it: `spack.lock` by any name, or `spack.yaml`
 * @throws `not-found` when there is no such folder or file
 */
export async function findEnvironment(where: string, env?: Env): Promise<EnvironmentFiles> {
  const path = resolve(where);
  let isFolder: boolean;
  try {
    isFolder = (await stat(path)).isDirectory();
  } catch (error) {
    throw fileError(error, path, 'open the environment');
  }
  const given = env === undefined ? {} : { env };
  if (isFolder) return { folder: path, lockfile: join(path, 'spack.lock'), ...given };
  if (basename(path) === 'spack.yaml')
    return { folder: dirname(path), lockfile: join(dirname(path), 'spack.lock'), ...given };
  return { folder: dirname(path), lockfile: path, ...given };
}

/**
 * The specs of its lockfile. Where there is none yet, the specs of the lockfiles that its `spack.yaml` includes,
 * which Spack would take over.
 * @param above of the environments that include this one
 * @throws `not-found` with what to run when it is not concretized; whatever {@link readLockfileInTurns} throws
 */
export async function readEnvironment(files: EnvironmentFiles, above?: Including): Promise<SpecGraph> {
  const { lockfile, folder } = files;
  const text = files.text ?? (await readLockfileText(files));
  above?.count(text ?? '', lockfile);
  if (text === undefined) {
    const { readIncludedLockfiles } = await import('./included-lockfiles.ts');
    const included = await readIncludedLockfiles(files, above);
    if (included !== undefined) return included;
    throw new BuildcacheError('not-found', 'there is no lockfile', {
      file: lockfile,
      hint: `concretize the environment first (\`spack -e ${folder} concretize\`), or name another (environment)`,
    });
  }
  return await readLockfileInTurns(text, lockfile);
}

/**
 * The text of its lockfile.
 * @returns undefined where there is none
 * @throws BuildcacheError for one that cannot be read
 */
export async function readLockfileText({
  lockfile,
}: Pick<EnvironmentFiles, 'lockfile'>): Promise<string | undefined> {
  try {
    return await readBoundedText(lockfile, MAX_LOCKFILE);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw fileError(error, lockfile, 'read the lockfile');
  }
}

/**
 * The groups of `spack.yaml` whose roots are installed as if something else needed them (`explicit: false`).
 * @throws `bad-input` for a file that is malformed
 */
export async function implicitGroups({ folder }: EnvironmentFiles): Promise<ReadonlySet<string>> {
  const file = join(folder, 'spack.yaml');
  const document = await readYaml(file, true);
  const spack = isObject(document) ? document['spack'] : undefined;
  const specs = isObject(spack) ? sectionOf(spack, 'specs')?.[1] : undefined;
  const groups = new Set<string>();
  for (const [i, item] of (Array.isArray(specs) ? specs : []).entries()) {
    const { group, explicit = true } = isObject(item) ? item : {};
    if (group === undefined || group === 'default') continue; // the default group is always explicit
    if (typeof group !== 'string' || typeof explicit !== 'boolean') {
      throw new BuildcacheError('bad-input', `specs[${i}] is malformed`, {
        file,
        expected: 'a group with a string for its name, and true or false for explicit',
        found: kindOf(typeof group === 'string' ? explicit : group),
      });
    }
    if (!explicit) groups.add(group);
  }
  return groups;
}
