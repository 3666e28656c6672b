/**
 * Writes the entries of an archive below one directory and nowhere else, whatever the archive says.
 *
 * Why that holds: The root is a fresh directory of ours. Every directory on the way to a file was made by our own
 * `mkdir` of exactly that path, or was renamed to that path within such directories. Files are created exclusively. A
 * hard link's target is a regular file that is reached through such directories. No symlink exists before
 * {@link UnpackedTree.makeLinks}, when everything is written. Where the file system takes two names for one (case,
 * normalization), the second fails with `EEXIST` and is refused, so we need not know how it compares names.
 *
 * Small files are held in memory until {@link UnpackedTree.writeHeld}, so that they are relocated before they are
 * written. All of the above holds for them too: they are made by the same calls, only later.
 *
 * Calls are synchronous: a small file costs a quarter of what it costs through the thread pool, which is busy with
 * inflating. The caller yields between chunks of the stream.
 */
import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  futimesSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { archivePath, isWithin, parentPath } from './archive-path.ts';
import { type OpenByteFile, openByteFile } from './byte-file.ts';
import { type ByteString, bytesOf, fsPath, printable } from './byte-string.ts';
import { HELD_OVERHEAD, type HeldFile, holdFile, MAX_HELD, MAX_HELD_FILE } from './held-file.ts';
import type { ArchivedDirectory } from './package-prefix.ts';
import type { TarEntry, TarHandler } from './tar-reader.ts';

export interface UnpackedTree extends TarHandler {
  /** By path below the root. */
  readonly directories: ReadonlyMap<ByteString, ArchivedDirectory>;
  /** Targets of the symlinks, by path below the root. */
  readonly links: Map<ByteString, ByteString>;
  readonly counts: { files: number; bytes: number };
  /** Where a path of the archive is on disk, for `node:fs`; until the next entry. */
  locate(path: ByteString): string | Buffer;
  /**
   * Opens a regular file of the archive, in memory or on disk, to read and to change it.
   * @throws as `openByteFile`
   */
  open(path: ByteString): OpenByteFile;
  /** The same as {@link locate}, of a file that is on disk by then. */
  onDisk(path: ByteString): string | Buffer;
  /** Writes the files that are still in memory. */
  writeHeld(): void;
  /** Creates the symlinks. Nothing may be written below the root afterwards. */
  makeLinks(): void;
  /** Closes a file left open by an archive that ends early. */
  close(): void;
}

/**
 * The directories above the package's own are made only if something else is in them. Until then the package's directory
 * is `ROOT.package`. This saves time: ext4, for one, may take long to make directories where many were just removed.
 *
 * @param root an empty directory; no other process writes to it, nor to `ROOT.package`
 * @param packageHash usually in the name of the package's directory, which is recognized by it; unpacking works where
 *   it is not, too
 * @param maxHeld bytes of files in memory at once
 * Methods throw `BuildcacheError`: `corrupt` for entries that cannot be meant well, `too-large`, or what the
 * file system said.
 */
export function unpackTree(
  root: ByteString,
  maxEntries: number,
  packageHash: string,
  maxHeld = MAX_HELD,
): UnpackedTree {
  const directories = new Map<ByteString, Writable<ArchivedDirectory>>();
  directories.set('', { listed: false, holds: undefined });
  const links = new Map<ByteString, ByteString>();
  const counts = { files: 0, bytes: 0 };
  let entries = 0;
  let heldNames = 0;
  /** Modes of directories that are not made yet, parents first. They hold nothing but each other. */
  const waiting = new Map<ByteString, number>();
  /** The package's directory, while it is made at `ROOT.package` and its parents wait. */
  let lifted: ByteString | undefined;
  /** By path. Names of one file have the same {@link Held}. */
  const held = new Map<ByteString, Held>();
  /** Identities of files that were held, by path: a file is the same one before and after it is written. */
  const wasHeld = new Map<ByteString, string>();
  let heldBytes = 0;
  let open: { readonly into: number | HeldFile; readonly entry: TarEntry } | undefined;

  return {
    directories,
    links,
    counts,
    locate,
    open: (path) => held.get(path)?.file ?? openOnDisk(path),
    onDisk(path) {
      const file = held.get(path);
      if (file !== undefined) writeFile(file);
      return locate(path);
    },
    writeHeld() {
      for (const file of held.values()) writeFile(file);
    },
    entry(entry) {
      if (++entries > maxEntries) {
        throw new BuildcacheError('too-large', 'the archive has too many entries', {
          expected: `at most ${maxEntries}`,
        });
      }
      const path = archivePath(entry.path);
      switch (entry.type) {
        case 'directory':
          addDirectory(path, entry.mode);
          break;
        case 'file':
          addFile(path, entry);
          break;
        case 'symlink':
          addLink(path, entry.target);
          break;
        case 'hardlink':
          addHardLink(path, archivePath(entry.target));
          break;
      }
    },
    data(chunk) {
      if (open === undefined) throw new BuildcacheError('internal', 'data of no file');
      const { into, entry } = open;
      if (typeof into === 'number') attempt(entry.path, () => writeAll(into, chunk));
      else into.append(chunk);
      counts.bytes += chunk.length;
    },
    entryEnd() {
      if (open === undefined) return;
      const { into, entry } = open;
      if (typeof into === 'number') attempt(entry.path, () => finishFile(into, entry, true));
      close();
    },
    makeLinks() {
      for (const [path, target] of links) {
        attempt(path, () => symlinkSync(bytesOf(target), locate(path)));
      }
    },
    close,
  };

  function locate(path: ByteString): string | Buffer {
    if (lifted !== undefined && isWithin(path, lifted)) {
      return fsPath(`${root}.package${path.slice(lifted.length)}`);
    }
    return fsPath(path === '' ? root : `${root}/${path}`);
  }

  function close(): void {
    if (open === undefined) return;
    const { into } = open;
    open = undefined;
    if (typeof into === 'number') closeSync(into);
  }

  function addDirectory(path: ByteString, mode: number): void {
    directoryAt(path).listed = true;
    const bits = (mode & DIRECTORY_MODE.keep) | DIRECTORY_MODE.add;
    if (waiting.has(path)) waiting.set(path, bits);
    else attempt(path, () => chmodSync(locate(path), bits));
  }

  /** Makes the directory and its parents, as far as they are missing. */
  function directoryAt(path: ByteString): Writable<ArchivedDirectory> {
    const known = directories.get(path);
    if (known !== undefined) return known;
    if (links.has(path) || held.has(path)) throw twice(path);
    directoryAt(parentPath(path));
    makeDirectory(path);
    hold(path);
    const made = { listed: false, holds: undefined };
    directories.set(path, made);
    return made;
  }

  function makeDirectory(path: ByteString): void {
    const isAlone = directories.size === waiting.size + 1 && waiting.has(parentPath(path));
    const isFirst = directories.size === 1;
    const isPackage = path.slice(parentPath(path).length).includes(packageHash);
    if ((isFirst || isAlone) && !isPackage) {
      waiting.set(path, 0o755);
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

  /**
   * Makes sure that nothing that is not on disk yet and no directory has the path, and that we made its parent. Creating
   * a file twice fails by itself.
   */
  function prepare(path: ByteString): void {
    if (directories.has(path) || links.has(path) || held.has(path)) throw twice(path);
    directoryAt(parentPath(path)).holds ??= path;
    lower(path);
  }

  function addFile(path: ByteString, entry: TarEntry): void {
    prepare(path);
    if (entry.size <= MAX_HELD_FILE && heldBytes + heldCost(path, entry.size) <= maxHeld) {
      open = { into: holdAt(path, entry), entry };
    } else {
      open = { into: attempt(path, () => openSync(locate(path), CREATE, 0o600)), entry };
    }
    counts.files++;
  }

  function holdAt(path: ByteString, entry: TarEntry): HeldFile {
    const file = holdFile(entry.size, modeOf(entry), () => {
      // Longer prefixes make files longer, and those of a hostile package by far.
      recount(heldCost(path, file.size));
      if (file.size > MAX_HELD_FILE || heldBytes > maxHeld) writeFile(kept);
    });
    const recount = (cost: number) => {
      heldBytes += cost - kept.cost;
      kept.cost = cost;
    };
    const kept: Held = { file, entry, names: [path], cost: 0 };
    recount(heldCost(path, entry.size));
    held.set(path, kept);
    return file;
  }

  function writeFile(kept: Held): void {
    const { file, entry, names } = kept;
    const [name, ...others] = names;
    if (name === undefined) return;
    attempt(name, () => {
      const descriptor = openSync(locate(name), CREATE, 0o600);
      try {
        writeAll(descriptor, file.bytes);
        finishFile(descriptor, entry, !file.isChanged);
      } finally {
        closeSync(descriptor);
      }
    });
    for (const other of others) attempt(other, () => linkSync(locate(name), locate(other)));
    for (const each of names) {
      held.delete(each);
      wasHeld.set(each, file.identity);
    }
    heldBytes -= kept.cost;
    kept.cost = 0;
  }

  function openOnDisk(path: ByteString): OpenByteFile {
    const file = openByteFile(locate(path), 'read-write');
    const identity = wasHeld.get(path);
    return identity === undefined ? file : known(file, identity);
  }

  function addLink(path: ByteString, target: ByteString): void {
    prepare(path);
    hold(path, target);
    links.set(path, target);
    counts.files++;
  }

  /** Files are forgotten once written; what else there is has to be remembered. */
  function hold(...names: readonly ByteString[]): void {
    for (const name of names) heldNames += name.length + NAME_OVERHEAD;
    if (heldNames <= MAX_NAMES) return;
    throw new BuildcacheError('too-large', 'the archive has too many directories and symlinks', {
      expected: `names of at most ${MAX_NAMES} bytes in all, ${NAME_OVERHEAD} added to each`,
    });
  }

  /** Python packed a second name of a symlink as a hard link to it; they become two symlinks here. */
  function addHardLink(path: ByteString, target: ByteString): void {
    const pointee = links.get(target);
    if (pointee !== undefined) {
      addLink(path, pointee);
      return;
    }
    prepare(path);
    const file = held.get(target);
    if (file !== undefined) {
      file.names.push(path);
      held.set(path, file);
      hold(path);
      counts.files++;
      return;
    }
    const isFile =
      directories.has(parentPath(target)) &&
      attempt(target, () => lstatSync(locate(target), { throwIfNoEntry: false }))?.isFile() === true;
    if (!isFile) {
      throw new BuildcacheError('corrupt', 'a hard link points at no file of the archive', {
        file: printable(path),
        expected: 'the path of an earlier file',
        found: printable(target),
      });
    }
    attempt(path, () => linkSync(locate(target), locate(path)));
    counts.files++;
  }
}

/** A file in memory, all its names, and its entry in the archive. */
interface Held {
  readonly file: HeldFile;
  readonly entry: TarEntry;
  readonly names: ByteString[];
  /** Bytes that it counts for among those in memory. */
  cost: number;
}

function heldCost(path: ByteString, size: number): number {
  return size + path.length + HELD_OVERHEAD;
}

function known(file: OpenByteFile, identity: string): OpenByteFile {
  const { isExecutable, read, write, truncate, close } = file;
  return {
    identity,
    isExecutable,
    get size() {
      return file.size;
    },
    read,
    write,
    truncate,
    close,
  };
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}

/** A file that was relocated has the time of that, as with Spack. */
function finishFile(descriptor: number, entry: TarEntry, hasOwnTime: boolean): void {
  fchmodSync(descriptor, modeOf(entry));
  if (hasOwnTime) futimesSync(descriptor, entry.mtime, entry.mtime);
}

function modeOf({ mode }: TarEntry): number {
  return (mode & FILE_MODE.keep) | FILE_MODE.add;
}

/** Bytes that a name takes beside its characters, in the maps that it is in. */
const NAME_OVERHEAD = 64;
/** Real packages have a few megabytes of them. Half a million symlinks with long names fit. */
const MAX_NAMES = 192 * 1024 * 1024;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Set-id and sticky bits and the write bits of group and others are removed, and the owner may always read and write:
 * who may write, or run as whom, is decided by the recipient's configuration and not by the packer. The modes that
 * today's Spack packs, 0755 and 0644, stay as they are whatever the umask. Owners are not restored; times of files are.
 */
const FILE_MODE = { keep: 0o755, add: 0o600 };
const DIRECTORY_MODE = { keep: 0o755, add: 0o700 };

const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

function attempt<T>(path: ByteString, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw twice(path, error);
    // A full or read-only file system is not this entry's fault. A caller that knows the store names it in the error.
    if (OF_FILE_SYSTEM.has(systemCode(error) ?? '')) throw error;
    throw fileError(error, printable(path), 'unpack it');
  }
}

const OF_FILE_SYSTEM: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO']);

function twice(path: ByteString, cause?: unknown): BuildcacheError {
  const facts = {
    file: printable(path),
    expected: 'each name once',
    hint: 'if two names differ only in case, unpack to a case-sensitive file system',
  };
  return new BuildcacheError('corrupt', 'the archive has two entries that are one file here', facts, cause);
}
