/**
 * Git's plumbing: it is run so that nothing is checked out, fetched or written, and no program that a repository's
 * configuration names is run.
 */
import { execFile } from 'node:child_process';
import type { Env } from './env.ts';
import { BuildcacheError, oneLine, systemCode } from './errors.ts';

/** A lockfile of tens of thousands of specs. */
const MOST_BYTES = 256 * 1024 * 1024;

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** @throws `not-found` where there is no git, `too-large`, `io`; a failure of git itself is a code */
export function runGit(args: readonly string[], cwd: string, { PATH, HOME }: Env): Promise<Ran> {
  const env = {
    ...(PATH === undefined ? {} : { PATH }),
    ...(HOME === undefined ? {} : { HOME }),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    // Before 2.45 git does not know GIT_NO_LAZY_FETCH. To fetch a missing object it runs what the repository's
    // configuration names. That configuration can allow a protocol again, but not over this variable.
    GIT_ALLOW_PROTOCOL: 'none',
  };
  return new Promise((resolve, reject) => {
    execFile('git', [...args], { cwd, env, maxBuffer: MOST_BYTES }, (error, stdout, stderr) => {
      if (error === null) resolve({ code: 0, stdout, stderr });
      else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr });
      else reject(notRun(error, cwd));
    });
  });
}

/**
 * @returns the hash of the commit that a revision names
 * @throws `not-found` where there is none, no git, or no repository; `usage` for a name that more than one thing has
 */
export async function resolveCommit(revision: string, cwd: string, env: Env): Promise<string> {
  await requireOneMeaning(revision, cwd, env);
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const commit = await runGit(args, cwd, env);
  const hash = commit.stdout.trim();
  // Of `^REV`, git gives the hash with the mark.
  if (commit.code === 1 || (commit.code === 0 && !/^[0-9a-f]{40,64}$/.test(hash))) {
    throw new BuildcacheError('not-found', `there is no revision ${JSON.stringify(revision)}`, {
      file: cwd,
      hint: 'fetch it first; actions/checkout fetches one commit only, without fetch-depth: 0',
    });
  }
  if (commit.code !== 0) throw gitTrouble(commit.stderr, cwd);
  return hash;
}

/**
 * Of a tag and a branch of one name git takes the tag, and a ref before a commit whose hash begins so. Whoever may push one
 * could make another's `main` mean his commit.
 * @throws `usage`
 */
async function requireOneMeaning(revision: string, cwd: string, env: Env): Promise<void> {
  const [name = ''] = revision.split(/[~^:]|@\{/);
  // Git takes these before any ref of another folder.
  if (name === '' || name === 'HEAD' || name === '@' || name.startsWith('refs/')) return;
  if (/^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(name)) return;
  const places = ['refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/'].map((folder) => folder + name);
  const refs = new Set([...places, `refs/remotes/${name}/HEAD`]);
  const { code, stdout, stderr } = await runGit(['for-each-ref', '--format=%(refname)', ...refs], cwd, env);
  if (code !== 0) throw gitTrouble(stderr, cwd);
  const found = stdout.split('\n').filter((ref) => refs.has(ref));
  if (found.length > 0 && (await isBeginning(name, cwd, env))) found.push('a commit whose hash begins so');
  const [first, ...others] = found;
  if (first === undefined || others.length === 0) return;
  throw new BuildcacheError('usage', `${JSON.stringify(name)} has more than one meaning here`, {
    file: cwd,
    found: found.join(', '),
    hint: 'name the ref as a whole, such as refs/heads/main, or a commit by its whole hash',
  });
}

/** More objects than this whose hashes begin alike have been made to. */
const MOST_ALIKE = 1000;

/**
 * Whether the hash of a commit, or of a tag, begins so, or as the end of what `git describe` says. A branch may be called
 * `2024`, and with many objects there is always a file whose hash begins so, which nobody means.
 */
async function isBeginning(text: string, cwd: string, env: Env): Promise<boolean> {
  const [, start] = /^(?:.+-g)?([0-9a-f]{4,64})$/i.exec(text) ?? [];
  if (start === undefined) return false;
  const { stdout } = await runGit(['rev-parse', `--disambiguate=${start}`], cwd, env);
  const objects = stdout.split('\n').filter((hash) => hash !== '');
  if (objects.length > MOST_ALIKE) return true;
  for (const hash of objects) {
    const { stdout: type } = await runGit(['cat-file', '-t', hash], cwd, env);
    if (['commit', 'tag'].includes(type.trim())) return true;
  }
  return false;
}

/** What git says is wrong. */
export function gitTrouble(stderr: string, cwd: string): BuildcacheError {
  const [line = ''] = stderr.replace(/^fatal: /, '').split('\n');
  const isNone = /not a git repository/.test(line);
  // What else git says is cut off. In a container the clone is of the runner's user.
  const [, other] = /dubious ownership in repository at '(.+)'/.exec(line) ?? [];
  return new BuildcacheError(isNone ? 'not-found' : 'io', `git: ${oneLine(line.slice(0, 200))}`, {
    file: cwd,
    ...(isNone ? { hint: 'run this in a git repository' } : {}),
    ...(other === undefined
      ? {}
      : { hint: `if its owner may be trusted: git config --global --add safe.directory '${other}'` }),
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
