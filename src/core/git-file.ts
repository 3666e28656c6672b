/**
 * A file as it was in a git revision, read by git's plumbing: nothing is checked out, fetched or written, and no program
 * that a repository's configuration names is run.
 */

import { execFile } from 'node:child_process';
import type { Env } from './env.ts';
import { BuildcacheError, oneLine, systemCode } from './errors.ts';
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
  const git = (args: readonly string[]) => run(args, cwd, env);
  const commit = await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (commit.code === 1) {
    throw new BuildcacheError('not-found', `there is no revision ${JSON.stringify(revision)}`, {
      file: cwd,
      hint: 'fetch it first; actions/checkout fetches one commit only, without fetch-depth: 0',
    });
  }
  if (commit.code !== 0) throw trouble(commit.stderr, cwd);
  // From here on every argument begins with a commit's hash, so that none can be an option.
  const object = `${commit.stdout.trim()}:${path}`;
  const type = await git(['cat-file', '-t', object]);
  if (type.code !== 0) throw absent(revision, path, cwd);
  const isFolder = type.stdout.trim() === 'tree';
  const whole = isFolder ? `${withoutEnd(object, '/')}/${inFolder}` : object;
  const content = await git(['cat-file', 'blob', whole]);
  if (content.code !== 0) throw absent(revision, path, cwd);
  return content.stdout;
}

/** A lockfile of tens of thousands of specs. */
const MOST_BYTES = 256 * 1024 * 1024;

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], cwd: string, { PATH, HOME }: Env): Promise<Ran> {
  const env = {
    ...(PATH === undefined ? {} : { PATH }),
    ...(HOME === undefined ? {} : { HOME }),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
  };
  // Where git is too old for the variable, a missing object must still not be fetched.
  const command = ['-c', 'protocol.allow=never', ...args];
  return new Promise((resolve, reject) => {
    execFile('git', command, { cwd, env, maxBuffer: MOST_BYTES }, (error, stdout, stderr) => {
      if (error === null) resolve({ code: 0, stdout, stderr });
      else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr });
      else reject(notRun(error, cwd));
    });
  });
}

function notRun(error: unknown, cwd: string): BuildcacheError {
  switch (systemCode(error)) {
    case 'ENOENT':
      return new BuildcacheError('not-found', 'git could not be run', {
        file: cwd,
        hint: 'install git, or name a file instead of a revision',
      });
    case 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER':
      return new BuildcacheError('too-large', 'the file in the git revision is too large', {
        file: cwd,
        expected: `at most ${MOST_BYTES} bytes`,
      });
    default:
      return new BuildcacheError('io', 'git could not be run', { file: cwd }, error);
  }
}

function absent(revision: string, path: string, cwd: string): BuildcacheError {
  return new BuildcacheError('not-found', `there is no ${path} in revision ${JSON.stringify(revision)}`, {
    file: cwd,
    hint: 'paths are from the root of the repository; ./ begins one from here',
  });
}

function trouble(stderr: string, cwd: string): BuildcacheError {
  const [line = ''] = stderr.replace(/^fatal: /, '').split('\n');
  const isNone = /not a git repository/.test(line);
  return new BuildcacheError(isNone ? 'not-found' : 'io', `git: ${oneLine(line.slice(0, 200))}`, {
    file: cwd,
    ...(isNone ? { hint: 'run this in a git repository' } : {}),
  });
}
