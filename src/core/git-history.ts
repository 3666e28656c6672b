/**
 * A file as it was in many commits, read by git's plumbing (git-command.ts). What a clone does not have cannot be told
 * from what there never was, so that anything that may be missing is an error: nobody may take a shallow clone for a
 * short history.
 */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import pLimit from 'p-limit';
import type { Env } from './env.ts';
import { BuildcacheError, systemCode } from './errors.ts';
import { gitTrouble, resolveCommit, runGit } from './git-command.ts';
import { fetchAll, requireAllBranches } from './git-refs.ts';
import { withoutEnd } from './without-end.ts';

export interface GitHistory {
  readonly commits: number;
  /** Those of the paths that some commit has. */
  readonly paths: ReadonlySet<string>;
  /** Each content once, from the newest commit that has it. */
  readonly files: readonly GitVersion[];
}

export interface GitVersion {
  /** `git:REVISION:PATH`, with the commit's hash cut to what people read. */
  readonly name: string;
  read(): Promise<string>;
}

/**
 * @param range `A..B`: what B has and A has not; a pattern such as `refs/tags/*`: the commits of the refs that match; else
 *   one revision
 * @param paths from the root of the repository, or with `./` from the working directory, as git has it
 * @param inFolder names the file in it, where a path is a folder's
 * @throws BuildcacheError `usage` for a range that can be none or has no commit, or whose commits all lack the file;
 *   `not-found` for revisions, refs and objects that are not in this clone; as {@link runGit}
 */
export async function gitHistory(
  range: string,
  paths: readonly string[],
  inFolder: string,
  cwd: string,
  env: Env,
): Promise<GitHistory> {
  const commits = await commitsOf(range, cwd, env);
  const found = new Map<string, GitVersion>();
  const there = new Set<string>();
  const limit = pLimit(4);
  const looked = await Promise.allSettled(
    commits.flatMap((commit) =>
      paths.map((path) =>
        limit(async () => ({ commit, path, blob: await blobAt(commit, path, inFolder, cwd, env) })),
      ),
    ),
  );
  for (const look of looked) {
    if (look.status === 'rejected') throw look.reason;
    const { commit, path, blob } = look.value;
    if (blob === undefined) continue;
    there.add(path);
    if (found.has(blob)) continue;
    const name = `git:${commit.slice(0, 12)}:${path}`;
    found.set(blob, { name, read: () => readBlob(blob, name, cwd, env) });
  }
  if (found.size === 0) {
    throw new BuildcacheError('usage', `no commit of ${JSON.stringify(range)} has ${paths.join(' or ')}`, {
      file: cwd,
      hint: 'paths are from the root of the repository; ./ begins one from here',
    });
  }
  return { commits: commits.length, paths: there, files: [...found.values()] };
}

async function commitsOf(range: string, cwd: string, env: Env): Promise<string[]> {
  const [from = '', to = '', ...more] = range.split('..');
  const isNone = range === '' || range.startsWith('-') || range.includes('...') || /[\s\0]/.test(range);
  if (isNone || more.length > 0) {
    throw new BuildcacheError('usage', `not a range of commits: ${JSON.stringify(range.slice(0, 200))}`, {
      expected: 'A..B, a pattern such as refs/tags/*, or one revision',
    });
  }
  if (!range.includes('..')) {
    if (!/[*?[]/.test(range)) return [await resolveCommit(range, cwd, env)];
    await requireAllRefs(range, cwd, env);
    return await list(
      ['--no-walk=sorted', `--glob=${range}`],
      `no ref matches ${JSON.stringify(range)}`,
      cwd,
      env,
    );
  }
  const [first, last] = [
    await resolveCommit(from || 'HEAD', cwd, env),
    await resolveCommit(to || 'HEAD', cwd, env),
  ];
  const empty = `there is no commit in ${JSON.stringify(range)}`;
  const commits = await list([last, `^${first}`], empty, cwd, env);
  await requireWhole(commits, range, cwd, env);
  return commits;
}

async function list(args: readonly string[], empty: string, cwd: string, env: Env): Promise<string[]> {
  const { code, stdout, stderr } = await runGit(['rev-list', ...args], cwd, env);
  if (code !== 0) throw gitTrouble(stderr, cwd);
  const commits = stdout.split('\n').filter((line) => line !== '');
  if (commits.length > 0) return commits;
  throw new BuildcacheError('usage', empty, {
    file: cwd,
    hint: 'actions/checkout fetches one commit and no tags, without fetch-depth: 0',
  });
}

/** Nobody says which refs a shallow clone has left out. @throws `not-found` for one, and for one that lacks branches */
async function requireAllRefs(range: string, cwd: string, env: Env): Promise<void> {
  if ((await endsOf(cwd, env)).size === 0) return await requireAllBranches(range, cwd, env);
  throw new BuildcacheError(
    'not-found',
    `this clone is shallow, and may lack refs like ${JSON.stringify(range)}`,
    {
      file: cwd,
      // A shallow clone is most often of one branch, and to fetch the rest of that brings no other.
      hint: `fetch the rest first: ${fetchAll('origin', '--unshallow')}; ${CHECKOUT}`,
    },
  );
}

const CHECKOUT = 'actions/checkout with fetch-depth: 0';
const WHOLE = `fetch the rest first: \`git fetch --unshallow --tags\`; ${CHECKOUT}`;

/** Where a shallow clone ends git shows a commit without its parents. @throws `not-found` where that is in the range */
async function requireWhole(commits: readonly string[], range: string, cwd: string, env: Env): Promise<void> {
  const ends = await endsOf(cwd, env);
  if (!commits.some((commit) => ends.has(commit))) return;
  throw new BuildcacheError('not-found', `this clone is shallow and ends within ${JSON.stringify(range)}`, {
    file: cwd,
    hint: WHOLE,
  });
}

/** The commits whose parents a shallow clone does not have; none for a whole one. */
async function endsOf(cwd: string, env: Env): Promise<ReadonlySet<string>> {
  const where = await runGit(['rev-parse', '--git-path', 'shallow'], cwd, env);
  if (where.code !== 0) throw gitTrouble(where.stderr, cwd);
  const file = resolve(cwd, withoutEnd(where.stdout, '\n'));
  const ends = await readFile(file, 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return '';
    throw new BuildcacheError('io', 'it is not known where this clone ends', { file }, error);
  });
  return new Set(ends.split('\n').filter((line) => line !== ''));
}

/** @returns undefined where the commit has no such file */
async function blobAt(
  commit: string,
  path: string,
  inFolder: string,
  cwd: string,
  env: Env,
): Promise<string | undefined> {
  const found = await entryAt(commit, withoutEnd(path, '/'), cwd, env);
  const file =
    found?.type === 'tree' ? await entryAt(commit, `${withoutEnd(path, '/')}/${inFolder}`, cwd, env) : found;
  if (file === undefined) return undefined;
  if (file.type === 'blob' && file.mode !== '120000') return file.id;
  throw new BuildcacheError('bad-input', `${path} is no file in commit ${commit.slice(0, 12)}`, {
    file: cwd,
    expected: 'a file',
    found: file.mode === '120000' ? 'a symbolic link' : file.type,
  });
}

async function entryAt(commit: string, path: string, cwd: string, env: Env) {
  const base = path.startsWith('./') || path.startsWith('../') ? [] : ['--full-tree'];
  const asked = ['--literal-pathspecs', 'ls-tree', '-z', ...base, commit, '--', path];
  const { code, stdout, stderr } = await runGit(asked, cwd, env);
  // Also where a clone without trees would have to fetch one.
  if (code !== 0) throw gitTrouble(stderr, cwd);
  const [, mode = '', type = '', id = ''] = /^(\d{6}) (\w+) ([0-9a-f]{40,64})\t/.exec(stdout) ?? [];
  return id === '' ? undefined : { mode, type, id };
}

async function readBlob(id: string, name: string, cwd: string, env: Env): Promise<string> {
  const { code, stdout } = await runGit(['cat-file', 'blob', id], cwd, env);
  if (code === 0) return stdout;
  throw new BuildcacheError('not-found', `${name} is not in this clone`, {
    file: cwd,
    hint: 'it was cloned with a filter: fetch all of it first',
  });
}
