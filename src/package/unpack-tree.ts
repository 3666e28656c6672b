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
import { linkSync, lstatSync, symlinkSync } from 'node:fs';
import { BuildcacheError } from '../core/errors.ts';
import { archivePath, parentPath } from './archive-path.ts';
import { type OpenByteFile, openByteFile } from './byte-file.ts';
import { type ByteString, bytesOf, printable } from './byte-string.ts';
import { type HeldFile, MAX_HELD } from './held-file.ts';
import { heldFiles } from './held-files.ts';
import type { ArchivedDirectory } from './package-prefix.ts';
import type { TarEntry, TarHandler } from './tar-reader.ts';
import { unpackDirectories } from './unpack-directories.ts';
import { attempt, createFile, twice, type UnpackedFile } from './unpack-file.ts';

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
  const links = new Map<ByteString, ByteString>();
  const counts = { files: 0, bytes: 0 };
  let entries = 0;
  let rememberedBytes = 0;
  let open: { readonly entry: TarEntry; readonly held?: HeldFile; readonly file?: UnpackedFile } | undefined;
  const directories = unpackDirectories(root, packageHash, {
    isTaken: (path) => links.has(path) || held.has(path),
    remember,
  });
  const { locate } = directories;
  const held = heldFiles(locate, maxHeld);

  return {
    directories: directories.all,
    links,
    counts,
    locate,
    open: (path) => held.get(path) ?? held.known(path, openByteFile(locate(path), 'read-write')),
    onDisk(path) {
      held.write(path);
      return locate(path);
    },
    writeHeld: held.writeAll,
    entry(entry) {
      if (++entries > maxEntries) {
        throw new BuildcacheError('too-large', 'the archive has too many entries', {
          expected: `at most ${maxEntries}`,
        });
      }
      const path = archivePath(entry.path);
      switch (entry.type) {
        case 'directory':
          directories.add(path, entry.mode);
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
      const { file, entry } = open;
      if (file === undefined) open.held?.append(chunk);
      else attempt(entry.path, () => file.write(chunk));
      counts.bytes += chunk.length;
    },
    entryEnd() {
      if (open === undefined) return;
      const { file, entry } = open;
      if (file !== undefined) attempt(entry.path, () => file.finish(true));
      close();
    },
    makeLinks() {
      for (const [path, target] of links) {
        attempt(path, () => symlinkSync(bytesOf(target), locate(path)));
      }
    },
    close,
  };

  function close(): void {
    const file = open?.file;
    open = undefined;
    file?.close();
  }

  /**
   * Makes sure that nothing that is not on disk yet and no directory has the path, and that we made its parent. Creating
   * a file twice fails by itself.
   */
  function prepare(path: ByteString): void {
    if (directories.all.has(path) || links.has(path) || held.has(path)) throw twice(path);
    directories.makeFor(path);
    counts.files++;
  }

  function addFile(path: ByteString, entry: TarEntry): void {
    prepare(path);
    const inMemory = held.hold(path, entry);
    open =
      inMemory === undefined
        ? { entry, file: attempt(path, () => createFile(locate(path), entry)) }
        : { entry, held: inMemory };
  }

  function addLink(path: ByteString, target: ByteString): void {
    prepare(path);
    remember(path, target);
    links.set(path, target);
  }

  /** Files are forgotten once written; what else there is has to be remembered. */
  function remember(...names: readonly ByteString[]): void {
    for (const name of names) rememberedBytes += name.length + NAME_OVERHEAD;
    if (rememberedBytes <= MAX_NAMES) return;
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
    if (held.addName(path, target)) {
      remember(path);
      return;
    }
    const isFile =
      directories.all.has(parentPath(target)) &&
      attempt(target, () => lstatSync(locate(target), { throwIfNoEntry: false }))?.isFile() === true;
    if (!isFile) {
      throw new BuildcacheError('corrupt', 'a hard link points at no file of the archive', {
        file: printable(path),
        expected: 'the path of an earlier file',
        found: printable(target),
      });
    }
    attempt(path, () => linkSync(locate(target), locate(path)));
  }
}

/** Bytes that a name takes beside its characters, in the maps that it is in. */
const NAME_OVERHEAD = 64;
/** Real packages have a few megabytes of them. Half a million symlinks with long names fit. */
const MAX_NAMES = 192 * 1024 * 1024;
