/**
 * Makes the layer of an image from unpacked packages, and from files of our own: one tar.gz, with its digests, after the
 * OCI image specification ("Image Layer Filesystem Changeset"). Its bytes depend on the packages' contents only: the order
 * is theirs, owners are root, times are zero, and a mode says no more than whether its owner may execute a file.
 *
 * A hard link leads to a file of the same package, also where packages share a layer: it is found by the file itself, and
 * each package has files of its own. A folder that packages share is written once.
 */
import { type BigIntStats, closeSync, constants, fstatSync, openSync, readlinkSync, readSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { BuildcacheError, fileError } from '../core/errors.ts';
import { GzipWriter } from './gzip.ts';
import { joinPath } from './path-bytes.ts';
import { tarEnd, tarHeader, tarPadding } from './tar-writer.ts';
import { changed, readError, walkPrefix } from './walk-prefix.ts';

/** A finished layer. Sizes are bytes, digests lower-case hex. */
export interface PackedLayer {
  readonly file: string;
  readonly size: number;
  readonly sha256: string;
  /** Of the archive before compression: the `diff_id`. */
  readonly tarSha256: string;
}

export interface LayerArchive {
  /**
   * Adds a package.
   * @param folder where its files are
   * @param prefix where they are in images, absolute
   * @throws BuildcacheError `unsupported` for a name that no layer can hold; `conflict`, `denied`, `io`; the signal's reason
   */
  addPackage(folder: string, prefix: string, signal?: AbortSignal): Promise<void>;
  /** Adds a file of our own. @param path absolute */
  addFile(path: string, bytes: Buffer, executable: boolean): Promise<void>;
  finish(): Promise<PackedLayer>;
  /** Ends it and removes the file, unless it is finished. */
  discard(): Promise<void>;
}

/**
 * @param file is made
 * @param jobs how many blocks to deflate at once
 */
export async function openLayerArchive(file: string, jobs: number): Promise<LayerArchive> {
  const spool = await onSpool(file, () => open(file, 'wx'));
  const out = new GzipWriter((bytes) => onSpool(file, () => spool.writeFile(bytes)), jobs);
  const folders = new Set<string>();
  let isFinished = false;

  /** Writes the folders above a path, unless that was done. */
  const addParents = async (name: Buffer) => {
    for (let slash = name.indexOf(SLASH); slash !== -1; slash = name.indexOf(SLASH, slash + 1)) {
      await addFolder(name.subarray(0, slash));
    }
  };

  const addFolder = async (name: Buffer) => {
    requireNoWhiteout(name);
    const key = name.toString('latin1');
    if (folders.has(key)) return;
    folders.add(key);
    await out.write(tarHeader({ type: 'directory', name }));
  };

  return {
    async addPackage(folder, prefix, signal) {
      const below = archiveName(prefix);
      await addParents(below);
      const linked = new Map<string, Buffer>();
      for (const directory of walkPrefix(folder, NOTHING_LEFT_OUT)) {
        const name = joinPath(below, directory.relative);
        await addFolder(name);
        for (const entry of directory.entries) {
          signal?.throwIfAborted();
          const source = {
            path: joinPath(directory.path, entry.name),
            at: joinPath(directory.at, entry.name),
            name: joinPath(name, entry.name),
          };
          requireNoWhiteout(source.name);
          if (entry.kind === 'symlink') await writeSymlink(out, source);
          else await writeFile(out, source, linked, signal);
        }
      }
    },

    async addFile(path, bytes, executable) {
      const name = archiveName(path);
      await addParents(name);
      await out.write(tarHeader({ type: 'file', name, executable, size: bytes.length }));
      await out.write(bytes);
      await out.write(Buffer.alloc(tarPadding(bytes.length)));
    },

    async finish() {
      await out.write(tarEnd(out.rawSize));
      const { size, sha256, rawSha256 } = await out.finish();
      await onSpool(file, () => spool.close());
      isFinished = true;
      return { file, size, sha256, tarSha256: rawSha256 };
    },

    async discard() {
      if (isFinished) return;
      await out.settle();
      await Promise.allSettled([spool.close()]);
      await rm(file, { force: true });
    },
  };
}

const SLASH = 0x2f;
/** No path is empty but the package's own, which the walk does not ask about. */
const NOTHING_LEFT_OUT = '/';

/** A symlink that took a file's place meanwhile is not followed. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const OWNER_EXECUTES = 0o100n;

interface Source {
  /** On disk, for people. */
  readonly path: Buffer;
  /** The same, for reading. */
  readonly at: Buffer;
  /** In the archive. */
  readonly name: Buffer;
}

/** @param path absolute, without `.` and `..` */
function archiveName(path: string): Buffer {
  return Buffer.from(
    path
      .split('/')
      .filter((part) => part !== '')
      .join('/'),
  );
}

const WHITEOUT = Buffer.from('.wh.');

/**
 * In a layer such a name deletes a file of the layers below, and the specification has no way to write it otherwise.
 * @param name in the archive
 */
function requireNoWhiteout(name: Buffer): void {
  const base = name.subarray(name.lastIndexOf(SLASH) + 1);
  if (!base.subarray(0, WHITEOUT.length).equals(WHITEOUT)) return;
  throw new BuildcacheError('unsupported', 'no image can hold a file of this name', {
    file: `/${name.toString()}`,
    expected: 'no name that begins with .wh.: in the layer of an image it would delete another file',
    hint: 'leave the package out of the image, or build it so that it has no such file',
  });
}

async function writeSymlink(out: GzipWriter, { path, at, name }: Source): Promise<void> {
  const target = reading(path, () => readlinkSync(at, { encoding: 'buffer' }));
  await out.write(tarHeader({ type: 'symlink', name, target }));
}

async function writeFile(
  out: GzipWriter,
  { path, at, name }: Source,
  linked: Map<string, Buffer>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const descriptor = reading(path, () => openSync(at, OPEN_FLAGS));
  try {
    const stats = reading(path, () => fstatSync(descriptor, { bigint: true }));
    if (!stats.isFile()) throw changed(path);
    const executable = (stats.mode & OWNER_EXECUTES) !== 0n;
    if (stats.nlink > 1n) {
      const target = linked.get(inodeOf(stats));
      if (target !== undefined) {
        await out.write(tarHeader({ type: 'link', name, target, executable }));
        return;
      }
      linked.set(inodeOf(stats), name);
    }
    const size = Number(stats.size);
    await out.write(tarHeader({ type: 'file', name, executable, size }));
    for (let left = size; left > 0; ) {
      signal?.throwIfAborted();
      const room = await out.room();
      const length = reading(path, () => readSync(descriptor, room, 0, Math.min(room.length, left), null));
      if (length === 0) throw changed(path);
      out.advance(length);
      left -= length;
    }
    await out.write(Buffer.alloc(tarPadding(size)));
  } finally {
    closeSync(descriptor);
  }
}

function inodeOf(stats: BigIntStats): string {
  return `${stats.dev}:${stats.ino}`;
}

function reading<T>(path: Buffer, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw readError(error, path, 'read it');
  }
}

async function onSpool<T>(file: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw fileError(error, file, 'write the layer');
  }
}
