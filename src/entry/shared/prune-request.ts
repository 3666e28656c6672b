/** What verb and step say of a prune: what is kept and by what, and how young what goes may be. */
import { relative, resolve } from 'node:path';
import type { NamedSpec } from '../../commands/prune-evidence.ts';
import { BuildcacheError, fileError } from '../../core/errors.ts';
import { readBoundedText } from '../../core/read-file.ts';
import { findEnvironment, readEnvironment } from '../../environment/environment.ts';
import { parseKeepList, parseRootList } from '../../plan/keep-list.ts';
import type { Keep } from '../../plan/prune-plan.ts';
import type { Invocation } from './invocation.ts';

export interface KeepRequest {
  /** Files of hashes. */
  readonly keepLists: readonly string[];
  /** Lockfiles, or folders that have one. */
  readonly environments: readonly string[];
  /** Ranges of commits, patterns of refs, revisions. */
  readonly git: readonly string[];
  /** What to read in these, as git names it; none: the environment's. */
  readonly lockfiles: readonly string[];
  /** The environment's. */
  readonly lockfile: string;
  /** Files of specs. */
  readonly rootLists: readonly string[];
  /** Specs. */
  readonly pins: readonly string[];
}

/** Bytes: some million hashes. */
const MAX_KEEP_LIST = 64 * 1024 * 1024;

/** A blob that a running push has sent, and no manifest names yet, is protected only by its age. */
const SHORTEST_GRACE_MS = 3_600_000;

/** @throws BuildcacheError `usage` for a grace so short that the blobs of running pushes could be removed */
export function requireGrace({
  graceMs,
  nobodyPushes,
  deletes,
}: {
  readonly graceMs: number;
  readonly nobodyPushes: boolean;
  readonly deletes: boolean;
}): void {
  if (graceMs >= SHORTEST_GRACE_MS || nobodyPushes || !deletes) return;
  throw new BuildcacheError('usage', 'with so short a grace, blobs of pushes that are under way could go', {
    expected: 'a grace of 1h or more, longer than the longest push',
    hint: 'say --nobody-pushes (in a workflow nobody-pushes: true) if nobody writes to the mirror now',
  });
}

export interface KeepSettings {
  readonly lists: readonly Keep[];
  readonly roots: readonly NamedSpec[];
  readonly pins: readonly NamedSpec[];
}

/** @throws BuildcacheError for what cannot be read, and `usage` for what keeps nothing */
export async function readKeep(request: KeepRequest, place: Invocation): Promise<KeepSettings> {
  const { keepLists, environments, git, rootLists, pins } = request;
  if (request.lockfiles.length > 0 && git.length === 0) {
    throw new BuildcacheError('usage', 'a lockfile keeps nothing without the commits that it is read in', {
      found: request.lockfiles.join(', '),
      hint: 'say --keep-git, or --keep-environment for a lockfile that is here (in a workflow keep-git, keep-environment)',
    });
  }
  const lists: Keep[] = [];
  for (const name of keepLists) {
    const { text, file } = await readList(name, place);
    lists.push({ by: `keep-list ${name}`, hashes: parseKeepList(text, file) });
  }
  for (const where of environments) lists.push(await keptByEnvironment(where, place));
  const found = new Set<string>();
  for (const range of git) lists.push(await keptByGit(range, request, place, found));
  requireFound(request, found, place);
  const roots: NamedSpec[] = [];
  for (const name of rootLists) {
    const { text, file } = await readList(name, place);
    roots.push(...parseRootList(text, file).map((spec) => ({ spec, by: `root ${spec} of ${name}` })));
  }
  return { lists, roots, pins: pins.map((spec) => ({ spec, by: `pin ${spec}` })) };
}

async function readList(name: string, { cwd }: Invocation): Promise<{ text: string; file: string }> {
  const file = resolve(cwd, name);
  const text = await readBoundedText(file, MAX_KEEP_LIST).catch((error: unknown) => {
    throw fileError(error, file, 'read the keep-list');
  });
  return { text, file };
}

async function keptByEnvironment(where: string, { cwd, env }: Invocation): Promise<Keep> {
  const { nodes } = await readEnvironment(await findEnvironment(resolve(cwd, where), env));
  // Concretizing it has failed, most likely; all it was meant to keep would go.
  if (nodes.size === 0) throw keepsNothing('an environment without specs', resolve(cwd, where));
  return { by: `environment ${where}`, hashes: new Set(nodes.keys()) };
}

/**
 * A lockfile that is misspelled keeps nothing, and beside others nobody would see that: what it was to keep would go. Not
 * each range has to have each of them, since tags may be older than an environment.
 */
function requireFound(
  { lockfiles, git }: KeepRequest,
  found: ReadonlySet<string>,
  { cwd }: Invocation,
): void {
  const absent = lockfiles.find((path) => !found.has(path));
  if (absent === undefined) return;
  throw new BuildcacheError('usage', `no commit of ${git.join(', ')} has ${absent}`, {
    file: cwd,
    hint: 'what it was to keep would go: correct it, or leave it out. Paths are from the root of the repository; ./ begins one from here',
  });
}

/** What the lockfiles of many commits list. @param found gets the paths that the range has */
async function keptByGit(
  range: string,
  request: KeepRequest,
  { cwd, env }: Invocation,
  found: Set<string>,
): Promise<Keep> {
  const [{ gitHistory }, { readLockfile }] = await Promise.all([
    import('../../core/git-history.ts'),
    import('../../spec/lockfile.ts'),
  ]);
  const paths = request.lockfiles.length > 0 ? request.lockfiles : [fromHere(request.lockfile, cwd)];
  const { commits, files, paths: there } = await gitHistory(range, paths, 'spack.lock', cwd, env);
  for (const path of there) found.add(path);
  const hashes = new Set<string>();
  for (const { name, read } of files) {
    for (const hash of readLockfile(await read(), name).nodes.keys()) hashes.add(hash);
  }
  if (hashes.size === 0) throw keepsNothing(`${range}, whose lockfiles have no specs,`, cwd);
  return { by: `${range} (${amount(commits, 'commit')}, ${amount(files.length, 'lockfile')})`, hashes };
}

function fromHere(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return path.startsWith('../') ? path : `./${path}`;
}

function amount(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function keepsNothing(what: string, file: string): BuildcacheError {
  return new BuildcacheError('usage', `${what} keeps nothing`, {
    file,
    hint: 'concretize it, or leave it out',
  });
}
