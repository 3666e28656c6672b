/** The directories of an archive that is unpacked (`unpack-tree.ts` says why nothing is written elsewhere). */
import { chmodSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { isWithin, parentPath } from './archive-path.ts';
import { type ByteString, fsPath } from './byte-string.ts';
import type { ArchivedDirectory } from './package-prefix.ts';
import { attempt, twice } from './unpack-file.ts';

export interface UnpackedDirectories {
  /** By path below the root. */
  readonly all: ReadonlyMap<ByteString, ArchivedDirectory>;
  /** Where a path of the archive is on disk, for `node:fs`; until the next entry. */
  locate(path: ByteString): string | Buffer;
  /** Adds a directory of the archive. Its parents are made, as far as they are missing. */
  add(path: ByteString, mode: number): void;
  /** Makes the directory that a file or link at this path is in, and notes that it holds that. */
  makeFor(path: ByteString): void;
}

/** Who unpacks the files and links. */
export interface DirectoryOwner {
  /** Whether a link or a file that is not on disk yet has the path. */
  isTaken(path: ByteString): boolean;
  /** Called for each directory; it throws if there are too many. */
  remember(path: ByteString): void;
}

/**
 * The directories above the package's own are made only if something else is in them. Until then the package's directory
 * is `ROOT.package`. This saves time: ext4, for one, may take long to make directories where many were just removed.
 *
 * @param root an empty directory; no other process writes to it, nor to `ROOT.package`
 * @param packageHash usually in the name of the package's directory, which is recognized by it
 */
export function unpackDirectories(
  root: ByteString,
  packageHash: string,
  owner: DirectoryOwner,
): UnpackedDirectories {
  const all = new Map<ByteString, Writable<ArchivedDirectory>>();
  all.set('', { listed: false, holds: undefined });
  /** Modes of directories that are not made yet, parents first. They hold nothing but each other. */
  const waiting = new Map<ByteString, number>();
  /**
   * Below a directory that passes its group on, the system makes directories that do so, too. A shared tree may have that for
   * its quota. To set a mode without that bit would end it, and what comes after that would be of this user's own group.
   */
  const passesOn = statSync(fsPath(root)).mode & SETGID;
  /** The package's directory, while it is made at `ROOT.package` and its parents wait. */
  let lifted: ByteString | undefined;

  return {
    all,
    locate,
    add(path, mode) {
      directoryAt(path).listed = true;
      const bits = (mode & MODE.keep) | MODE.add | passesOn;
      if (waiting.has(path)) waiting.set(path, bits);
      else attempt(path, () => chmodSync(locate(path), bits));
    },
    makeFor(path) {
      directoryAt(parentPath(path)).holds ??= path;
      lower(path);
    },
  };

  function locate(path: ByteString): string | Buffer {
    if (lifted !== undefined && isWithin(path, lifted)) {
      return fsPath(`${root}.package${path.slice(lifted.length)}`);
    }
    return fsPath(path === '' ? root : `${root}/${path}`);
  }

  /** Makes the directory and its parents, as far as they are missing. */
  function directoryAt(path: ByteString): Writable<ArchivedDirectory> {
    const known = all.get(path);
    if (known !== undefined) return known;
    if (owner.isTaken(path)) throw twice(path);
    directoryAt(parentPath(path));
    make(path);
    owner.remember(path);
    const made = { listed: false, holds: undefined };
    all.set(path, made);
    return made;
  }

  function make(path: ByteString): void {
    const isAlone = all.size === waiting.size + 1 && waiting.has(parentPath(path));
    const isFirst = all.size === 1;
    const isPackage = path.slice(parentPath(path).length).includes(packageHash);
    if ((isFirst || isAlone) && !isPackage) {
      waiting.set(path, 0o755 | passesOn);
      return;
    }
    if (isAlone) lifted = path;
    else lower(path);
    attempt(path, () => mkdirSync(locate(path), 0o755));
  }

  /** Makes the waiting directories and moves the package's to its place. Does nothing for a path in the package's. */
  function lower(path: ByteString): void {
    if (waiting.size === 0 || (lifted !== undefined && isWithin(path, lifted))) return;
    for (const [each, mode] of waiting) {
      attempt(each, () => mkdirSync(locate(each), 0o755));
      attempt(each, () => chmodSync(locate(each), mode));
    }
    waiting.clear();
    if (lifted === undefined) return;
    const from = locate(lifted);
    const to = lifted;
    lifted = undefined;
    attempt(to, () => renameSync(from, locate(to)));
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** As for files: `unpack-file.ts` says why. */
const MODE = { keep: 0o755, add: 0o700 };
const SETGID = 0o2000;
