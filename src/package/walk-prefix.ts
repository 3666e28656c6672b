/**
 * Walks an install prefix in the order of Spack's tarballs: a directory, then its files and links sorted by name, then
 * its subdirectories sorted by name, each the same way. One directory's entries are in memory at a time.
 * A directory that is not the same at the end of the walk as when it was listed is a `conflict`. It is open while its
 * entries are read, since the folders above it may be another user's, who can put a link in the place of one.
 *
 * Reads synchronously. A small file costs a few microseconds that way and some thirty per call through libuv's
 * pool, whose threads are better spent on compression.
 */
import {
  type BigIntStats,
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  statSync,
} from 'node:fs';
import { throughDescriptor } from '../core/descriptor-path.ts';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { joinPath, sortByName } from './path-bytes.ts';

/** Something to archive that is not a directory; devices, sockets and FIFOs are not among them. */
export interface PrefixEntry {
  readonly name: Buffer;
  readonly kind: 'file' | 'symlink';
}

export interface PrefixDirectory {
  /** Where it is on disk, for people. */
  readonly path: Buffer;
  /** The same directory, for reading what is in it until the walk goes on. */
  readonly at: Buffer;
  /** Relative to the prefix, which itself is the empty path. */
  readonly relative: Buffer;
  readonly entries: readonly PrefixEntry[];
}

/**
 * @param root the prefix, absolute; may be a symlink to it
 * @param except a path relative to the prefix to leave out, with all below it
 * @throws BuildcacheError `not-found`, `denied`, `conflict`, `io`, with the directory named
 */
export function* walkPrefix(root: string, except: string): Generator<PrefixDirectory, void, void> {
  const leftOut = Buffer.from(except);
  const listed: Listed[] = [];
  const stack: Location[] = [{ path: Buffer.from(root), relative: Buffer.alloc(0) }];
  for (let here = stack.pop(); here !== undefined; here = stack.pop()) {
    const descriptor = openDirectory(here);
    try {
      listed.push({ ...here, stamp: stamp(fstatSync(descriptor, BIGINT)) });
      const at = throughDescriptor(descriptor) ?? here.path;
      const entries: PrefixEntry[] = [];
      const subdirectories: (Location & { readonly name: Buffer })[] = [];
      for (const dirent of list(here, at)) {
        const { name } = dirent;
        const relative = joinPath(here.relative, name);
        if (relative.equals(leftOut)) continue;
        if (dirent.isDirectory()) {
          const path = joinPath(here.path, name);
          subdirectories.push({ name, path, relative, inode: inodeAt(joinPath(at, name), path) });
        } else if (dirent.isSymbolicLink()) entries.push({ name, kind: 'symlink' });
        else if (dirent.isFile()) entries.push({ name, kind: 'file' });
      }
      yield { path: here.path, at, relative: here.relative, entries: sortByName(entries) };
      for (const subdirectory of sortByName(subdirectories).reverse()) stack.push(subdirectory);
    } finally {
      closeSync(descriptor);
    }
  }
  for (const directory of listed) {
    if (stampDirectory(directory) !== directory.stamp) throw changed(directory.path);
  }
}

/** If it is the same before and after something was read, then one version of it was read. */
export function stamp(stats: BigIntStats): string {
  return `${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeNs}:${stats.ctimeNs}`;
}

/** The error for a file or directory that changed, or went away, while the prefix was read. */
export function changed(path: Buffer, cause?: unknown): BuildcacheError {
  const facts = { file: path.toString(), hint: 'wait until nothing writes to the prefix, then push again' };
  return new BuildcacheError('conflict', 'it changed while the prefix was being read', facts, cause);
}

/** A failed call on something the walk had just seen: gone or replaced is `conflict`. */
export function readError(error: unknown, path: Buffer, doing: string): BuildcacheError {
  switch (systemCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ELOOP': // a symlink now
    case 'ENXIO': // a socket now
    case 'EINVAL': // no longer a symlink
    case 'ESTALE':
      return changed(path, error);
    default:
      return fileError(error, path.toString(), doing);
  }
}

interface Location {
  readonly path: Buffer;
  readonly relative: Buffer;
  /** What it was when the directory that it is in was listed. Undefined for the prefix itself. */
  readonly inode?: string;
}

type Listed = Location & { readonly stamp: string };

function stampDirectory({ path, relative }: Location): string {
  try {
    // Only the prefix itself may be a symlink. Below it, a symlink that took a directory's place must not be followed.
    const stats = relative.length === 0 ? statSync(path, BIGINT) : lstatSync(path, BIGINT);
    if (!stats.isDirectory()) throw notDirectory(path, relative);
    return stamp(stats);
  } catch (error) {
    throw directoryError(error, path, relative);
  }
}

function openDirectory({ path, relative, inode }: Location): number {
  const { O_DIRECTORY = 0, O_NOFOLLOW = 0 } = constants;
  let descriptor: number;
  try {
    descriptor = openSync(path, O_DIRECTORY | (relative.length === 0 ? 0 : O_NOFOLLOW));
  } catch (error) {
    if (systemCode(error) === 'ENOTDIR') throw notDirectory(path, relative);
    throw directoryError(error, path, relative);
  }
  if (inode === undefined || inodeOf(fstatSync(descriptor, BIGINT)) === inode) return descriptor;
  closeSync(descriptor);
  throw changed(path);
}

function inodeAt(at: Buffer, path: Buffer): string {
  try {
    return inodeOf(lstatSync(at, BIGINT));
  } catch (error) {
    throw readError(error, path, 'list the directory');
  }
}

function inodeOf({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}

function list({ path, relative }: Location, at: Buffer): Dirent<Buffer>[] {
  try {
    return readdirSync(at, { withFileTypes: true, encoding: 'buffer' });
  } catch (error) {
    throw directoryError(error, path, relative);
  }
}

function notDirectory(path: Buffer, relative: Buffer): BuildcacheError {
  if (relative.length > 0) return changed(path);
  return new BuildcacheError('bad-input', 'the install prefix is not a directory', { file: path.toString() });
}

function directoryError(error: unknown, path: Buffer, relative: Buffer): BuildcacheError {
  const doing = 'list the directory';
  return relative.length === 0 ? fileError(error, path.toString(), doing) : readError(error, path, doing);
}

const BIGINT = { bigint: true } as const;
