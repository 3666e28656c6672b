/**
 * Permissions of installed packages, `packages:NAME:permissions` in Spack's configuration, and of the directories
 * above them. Nothing is changed where nothing is configured: prefixes are unpacked with 0755 and 0644.
 */
import { execFile } from 'node:child_process';
import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  openSync,
  rmdirSync,
  statSync,
} from 'node:fs';
import { chmod, chown, lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from '../core/child-environment.ts';
import { inOwnFolder } from '../core/descriptor-path.ts';
import { BuildcacheError, systemCode } from '../core/errors.ts';
import { makeFolderNow } from '../core/make-folder.ts';
import { joinPath } from '../package/path-bytes.ts';

/** Whom a permission is for, each including those before it. */
export const WHO = ['user', 'group', 'world'] as const;
export type Who = (typeof WHO)[number];

export interface PermissionSettings {
  /** By package name; `all` has what a package's own entry does not say. */
  readonly byPackage: ReadonlyMap<string, PackagePermissions>;
  /** `config:allow_sgid`: directories that a group can read pass their group on to what is made in them. */
  readonly allowSetgid: boolean;
}

export interface PackagePermissions {
  readonly read: Who | undefined;
  readonly write: Who | undefined;
  /** A group's name or number. */
  readonly group: string | undefined;
}

/** What a prefix gets. */
export interface PrefixMode {
  /** Of files that can be executed; others lack the x bits. */
  readonly file: number;
  readonly directory: number;
  readonly gid: number | undefined;
}

/** That of prefixes for which nothing is configured. What is made beside a tarball's files gets it, whatever the umask. */
export const PLAIN_MODE: PrefixMode = { file: 0o755, directory: 0o755, gid: undefined };

/**
 * Undefined where nothing is configured for the package.
 * @throws BuildcacheError `bad-input` where more may write than may read, or for an unknown group
 */
export async function prefixMode(
  name: string,
  settings: PermissionSettings,
): Promise<PrefixMode | undefined> {
  const own = settings.byPackage.get(name);
  const all = settings.byPackage.get('all');
  const { read = all?.read, write = all?.write, group = all?.group } = defined(own);
  if (read === undefined && write === undefined && group === undefined) return undefined;
  // Where only one of read and write is configured, the other has Spack's default.
  const readers = WHO.indexOf(read ?? 'world');
  const writers = WHO.indexOf(write ?? 'user');
  if (writers > readers) {
    throw new BuildcacheError('bad-input', `more may write to the prefix of ${name} than may read it`, {
      expected: `packages:${own === undefined ? 'all' : name}:permissions:read to be at least ${WHO[writers]}`,
      found: WHO[readers] ?? '',
    });
  }
  let file = 0o700;
  if (readers >= 1) file |= 0o050;
  if (readers >= 2) file |= 0o005;
  if (writers >= 1) file |= 0o020;
  if (writers >= 2) file |= 0o002;
  const setgid = settings.allowSetgid && (file & 0o070) !== 0 ? 0o2000 : 0;
  if (setgid !== 0 && writers >= 2) {
    throw new BuildcacheError(
      'bad-input',
      `every user could write to directories of ${name} with a set group`,
      {
        expected: 'packages to be writable by a group at most, or config:allow_sgid to be false',
        found: 'write: world',
      },
    );
  }
  return { file, directory: file | setgid, gid: group === undefined ? undefined : await groupId(group) };
}

/**
 * Applies a mode to a directory and all that is in it. Symlinks are left alone. A directory whose contents come from
 * others should have no symlinks yet. Others who may write to the folder above can put a link in its own place.
 */
export async function applyMode(directory: string, mode: PrefixMode): Promise<void> {
  await inOwnFolder(directory, async (open) => {
    const pending: Buffer[] = [Buffer.from(`${open}/.`)];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      await applyTo(at, mode, true);
      for (const entry of await readdir(at, { withFileTypes: true, encoding: 'buffer' })) {
        const inner = joinPath(at, entry.name);
        if (entry.isDirectory()) pending.push(inner);
        else if (entry.isFile()) await applyTo(inner, mode, false);
      }
    }
  });
}

/** Applies a mode to one file that is no symlink. */
export async function applyFileMode(file: string, mode: PrefixMode): Promise<void> {
  await applyTo(Buffer.from(file), mode, false);
}

/**
 * Makes the missing directories between an install tree's root and a prefix. As in Spack, each gets the mode and group
 * of the nearest directory above that existed.
 * @returns a function that removes the made directories again, as far as they are empty
 */
export function makeParents(root: string, prefix: string): () => void {
  makeFolderNow(root);
  const made: string[] = [];
  let existing = path.dirname(prefix);
  for (; statSync(existing, { throwIfNoEntry: false }) === undefined; existing = path.dirname(existing)) {
    made.push(existing);
  }
  const { mode, gid } = statSync(existing);
  for (const directory of [...made].reverse()) {
    makeFolderNow(directory); // another process may make it at the same time
    likeParent(directory, mode & 0o7777, gid);
  }
  return () => {
    try {
      for (const directory of made) rmdirSync(directory);
    } catch {
      // The directory is not empty: we or another process installed something in it.
    }
  };
}

/**
 * Best effort: we may not be a member of the group. By a descriptor: others who may write to the tree can put a link in the
 * directory's place at any moment.
 */
function likeParent(directory: string, mode: number, gid: number): void {
  const { O_DIRECTORY = 0, O_NOFOLLOW = 0 } = constants;
  let descriptor: number | undefined;
  try {
    descriptor = openSync(directory, O_DIRECTORY | O_NOFOLLOW);
    const stats = fstatSync(descriptor);
    const isForAll = (mode & 0o002) !== 0;
    if (stats.gid !== gid && !isForAll) fchownSync(descriptor, stats.uid, gid);
    if ((stats.mode & 0o7777) !== mode) fchmodSync(descriptor, mode);
  } catch (error) {
    // Another user's process may have made it at the same time.
    if (systemCode(error) !== 'EPERM' && systemCode(error) !== 'EACCES') throw error;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

async function applyTo(at: Buffer, mode: PrefixMode, isDirectory: boolean): Promise<void> {
  // The group first: changing it may take the set-group bit away.
  const stats = await lstat(at);
  if (mode.gid !== undefined && stats.gid !== mode.gid) await chown(at, stats.uid, mode.gid);
  await chmod(at, isDirectory ? mode.directory : (stats.mode & 0o111) === 0 ? mode.file & 0o666 : mode.file);
}

function defined(own: PackagePermissions | undefined): Partial<PackagePermissions> {
  const entries = Object.entries(own ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
}

/** Node has no call that looks a group up. `/etc/group` has local groups, `getent` those of a directory service too. */
async function groupId(group: string): Promise<number> {
  if (/^\d+$/.test(group)) return Number(group);
  const isIt = (line: string) => line.startsWith(`${group}:`);
  const file = await readFile('/etc/group', 'utf8').catch(() => '');
  const line = file.split('\n').find(isIt) ?? (await getent(group)).split('\n').find(isIt);
  const id = line?.split(':')[2];
  if (id !== undefined && /^\d+$/.test(id)) return Number(id);
  throw new BuildcacheError('bad-input', `there is no group ${group} here`, {
    expected: 'a group of this machine in packages:…:permissions:group, or its number',
  });
}

/** @returns nothing where the group is not known; that the directory service does not answer is an error */
async function getent(group: string): Promise<string> {
  const options = { env: childEnvironment(), timeout: GETENT_MS };
  try {
    return (await promisify(execFile)('getent', ['group', '--', group], options)).stdout;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === UNKNOWN_KEY || code === 'ENOENT') return '';
    throw new BuildcacheError(
      'io',
      `whether there is a group ${group} cannot be told: getent failed`,
      { hint: 'give its number in packages:…:permissions:group, or try again' },
      error,
    );
  }
}

const GETENT_MS = 30_000;
/** getent(1): the exit code for a key that was not found. */
const UNKNOWN_KEY = 2;
