/**
 * Whether a clone has all refs that a pattern means. What it lacks nobody says: a job has the branch it was started for, and
 * a clone of one branch fetches no other. Whoever keeps what these refs name must not take them for all there are.
 */
import type { Env } from './env.ts';
import { BuildcacheError } from './errors.ts';
import { gitTrouble, runGit } from './git-command.ts';

const HEADS = 'refs/heads/';
const REMOTES = 'refs/remotes/';

/**
 * @param range a pattern such as `refs/heads/*`, as `git rev-list --glob` takes it
 * @throws BuildcacheError `not-found` where branches are known to be missing, or may be; as {@link runGit}
 */
export async function requireAllBranches(range: string, cwd: string, env: Env): Promise<void> {
  const pattern = range.startsWith('refs/') ? range : `refs/${range}`;
  const remotes = await remotesOf(cwd, env);
  for (const remote of remotes) requireWholeFetch(pattern, range, remote, cwd);
  if (!isAbout(pattern, HEADS)) return;
  const kept = new Set(await refsLike(pattern, cwd, env));
  for (const { name } of remotes) {
    const there = `${REMOTES}${name}/`;
    // Of a pattern such as `refs/*`, all that the remote has.
    const same = there + (pattern.startsWith(HEADS) ? pattern.slice(HEADS.length) : '*');
    const branches = (await refsLike(same, cwd, env))
      .filter((ref) => !kept.has(ref))
      .map((ref) => ref.slice(there.length));
    const lacking = branches.filter((branch) => branch !== 'HEAD' && !kept.has(HEADS + branch));
    if (lacking.length === 0) continue;
    throw new BuildcacheError(
      'not-found',
      `${name} has branches that ${JSON.stringify(range)} does not mean here, since they were not checked out`,
      {
        file: cwd,
        found: lacking.length > 3 ? `${lacking.slice(0, 3).join(', ')} and more` : lacking.join(', '),
        hint: `say ${JSON.stringify(same)}`,
      },
    );
  }
}

interface Remote {
  readonly name: string;
  /** What is fetched of it by default, and to where: the beginnings of refs, before a `*`. */
  readonly fetched: readonly { readonly from: string; readonly to: string }[];
  readonly isSet: boolean;
}

/** @throws `not-found` where a remote is set to fetch only some of the branches that the pattern is about */
function requireWholeFetch(
  pattern: string,
  range: string,
  { name, fetched, isSet }: Remote,
  cwd: string,
): void {
  const there = `${REMOTES}${name}/`;
  const isFetched = (folder: string, side: 'from' | 'to') =>
    !isAbout(pattern, folder) || fetched.some((each) => beginning(pattern, folder).startsWith(each[side]));
  // What is copied once into a bare repository is not fetched to anywhere, and is all there.
  if (isFetched(there, 'to') && (!isSet || isFetched(HEADS, 'from'))) return;
  throw new BuildcacheError(
    'not-found',
    `this clone does not fetch all branches of ${name}, and may lack refs like ${JSON.stringify(range)}`,
    { file: cwd, hint: `fetch all first: ${fetchAll(name)}` },
  );
}

/** What makes a clone of one branch one of all. */
export function fetchAll(remote: string, ...how: readonly string[]): string {
  return `\`git remote set-branches ${remote} '*'\`, then \`git ${['fetch', ...how, '--tags', remote].join(' ')}\``;
}

/** What a pattern says before its first special character. */
function literal(pattern: string): string {
  return pattern.slice(0, pattern.search(/[*?[\\]|$/));
}

/** Whether the pattern may mean refs in this folder. */
function isAbout(pattern: string, folder: string): boolean {
  const start = literal(pattern);
  return start.startsWith(folder) || folder.startsWith(start);
}

/** How the refs in this folder begin that the pattern is about. */
function beginning(pattern: string, folder: string): string {
  const start = literal(pattern);
  return start.length > folder.length ? start : folder;
}

async function refsLike(pattern: string, cwd: string, env: Env): Promise<string[]> {
  const { code, stdout, stderr } = await runGit(['rev-parse', '--symbolic', `--glob=${pattern}`], cwd, env);
  if (code !== 0) throw gitTrouble(stderr, cwd);
  return stdout.split('\n').filter((ref) => ref !== '');
}

async function remotesOf(cwd: string, env: Env): Promise<Remote[]> {
  const { code, stdout, stderr } = await runGit(['config', '-z', '--get-regexp', '^remote\\.'], cwd, env);
  if (code === 1) return []; // nothing is set
  if (code !== 0) throw gitTrouble(stderr, cwd);
  const found = new Map<string, string[]>();
  // Settings for a remote that is not there may be the user's, for any repository.
  const there = new Set<string>();
  for (const line of stdout.split('\0')) {
    const [, name, key, value = ''] = /^remote\.([^\n]+)\.([^.\n]+)(?:\n(.*))?$/s.exec(line) ?? [];
    if (name === undefined) continue;
    const specs = found.get(name) ?? [];
    if (key === 'fetch') specs.push(value);
    if (key === 'url') there.add(name);
    found.set(name, specs);
  }
  const remotes = [...found].filter(([name]) => there.has(name));
  return remotes.map(([name, specs]) => ({
    name,
    isSet: specs.length > 0,
    fetched: specs.flatMap((spec) => {
      const [, from, to] = /^\+?([^*^:]*)\*:([^*:]*)\*$/.exec(spec) ?? [];
      return from === undefined || to === undefined ? [] : [{ from, to }];
    }),
  }));
}
