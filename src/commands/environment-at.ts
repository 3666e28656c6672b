/** Reads the environment that a user names: by a folder, by a lockfile, or by a lockfile in a git revision. */

import { resolve } from 'node:path';
import type { Env } from '../core/env.ts';
import { parseGitFile, readGitFile } from '../core/git-file.ts';
import { findEnvironment, readEnvironment } from '../environment/environment.ts';
import type { SpecGraph } from '../spec/graph.ts';
import { readLockfile } from '../spec/lockfile.ts';

export interface Place {
  /** The folder that relative paths start from, and in which git is run. */
  readonly cwd: string;
  readonly env: Env;
}

/**
 * @param text a path, or `git:REV:PATH`
 * @throws BuildcacheError as `readGitFile` and `readEnvironment`
 */
export async function environmentAt(text: string, { cwd, env }: Place): Promise<SpecGraph> {
  const old = parseGitFile(text);
  if (old === undefined) return readEnvironment(await findEnvironment(resolve(cwd, text)));
  return readLockfile(await readGitFile(old, 'spack.lock', cwd, env), text);
}
