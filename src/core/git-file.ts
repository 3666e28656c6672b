/**
 * A file as it was in a git revision, read by git's plumbing: nothing is checked out, fetched or written, and no program
 * that a repository's configuration names is run.
 */

import type { Env } from './env.ts';
import { BuildcacheError } from './errors.ts';
import { resolveCommit, runGit } from './git-command.ts';
import { withoutEnd } from './without-end.ts';

export interface GitFile {
  readonly revision: string;
  /** From the root of the repository, or with `./` from the working directory, as git has it. */
  readonly path: string;
}

/** What a user names such a file by: `git:REV:PATH`. */
const SCHEME = 'git:';

/**
 * @returns undefined for text of another form
 * @throws `usage` for one of this form that can be none
 */
export function parseGitFile(text: string): GitFile | undefined {
  if (!text.startsWith(SCHEME)) return undefined;
  const colon = text.indexOf(':', SCHEME.length);
  const revision = text.slice(SCHEME.length, colon < 0 ? undefined : colon);
  const path = colon < 0 ? '' : text.slice(colon + 1);
  if (revision !== '' && !revision.startsWith('-') && path !== '' && !text.includes('\0')) {
    return { revision, path };
  }
  throw new BuildcacheError('usage', `not a file of a git revision: ${JSON.stringify(text.slice(0, 200))}`, {
    expected: 'git:REVISION:PATH, such as git:HEAD~1:env/spack.lock',
  });
}

/**
 * @param inFolder names the file in it, where the path is a folder's
 * @param cwd in the repository
 * @param env `PATH` to find git with, and `HOME`, whose configuration says which repositories are safe
 * @throws `not-found` where there is no git, repository, revision or file; `too-large`; `io` for what else git says
 */
export async function readGitFile(
  { revision, path }: GitFile,
  inFolder: string,
  cwd: string,
  env: Env,
): Promise<string> {
  const git = (args: readonly string[]) => runGit(args, cwd, env);
  const commit = await resolveCommit(revision, cwd, env);
  // From here on every argument begins with a commit's hash, so that none can be an option.
  const object = `${commit}:${path}`;
  const type = await git(['cat-file', '-t', object]);
  if (type.code !== 0) throw absent(revision, path, cwd);
  const isFolder = type.stdout.trim() === 'tree';
  const whole = isFolder ? `${withoutEnd(object, '/')}/${inFolder}` : object;
  const content = await git(['cat-file', 'blob', whole]);
  if (content.code !== 0) throw absent(revision, path, cwd);
  return content.stdout;
}

function absent(revision: string, path: string, cwd: string): BuildcacheError {
  return new BuildcacheError('not-found', `there is no ${path} in revision ${JSON.stringify(revision)}`, {
    file: cwd,
    hint: 'paths are from the root of the repository; ./ begins one from here',
  });
}
