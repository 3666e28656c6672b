/**
 * Writes the archive of an install prefix: parent directories, the prefix, the build info, byte for byte as Spack
 * does. One pass: a file's bytes are read once, for the archive and the build info alike. What grows with the
 * prefix is a few words per directory, per hard-linked inode and per file to relocate.
 *
 * Opens and reads synchronously, for the reason given in walk-prefix.ts; the gzip writer gives way once a MiB.
 */
import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
} from 'node:fs';
import path from 'node:path';
import { BuildcacheError } from '../core/errors.ts';
import { BUILD_INFO_PATH, buildInfoLine } from './build-info.ts';
import { FileClassifier } from './file-class.ts';
import type { GzipWriter } from './gzip.ts';
import { decodePath, joinPath } from './path-bytes.ts';
import { type PrefixScanner, prefixScanner } from './prefix-scan.ts';
import { tarEnd, tarHeader, tarPadding } from './tar-writer.ts';
import { changed, readError, stamp, walkPrefix } from './walk-prefix.ts';

export interface ArchiveOptions {
  /** The install prefix, absolute: it names the archive's entries. */
  readonly prefix: string;
  /** Where the prefix's files really are, when not at `prefix`. */
  readonly readFrom?: string | undefined;
  /** Root of the install tree with its padding: the build info's `buildpath`. */
  readonly storeRoot: string;
  /** `bin/sbang` below the root without its padding. */
  readonly sbangInstallPath: string;
  readonly spackPrefix: string;
  /** The prefix relative to `storeRoot`. */
  readonly relativePrefix: string;
  /** Every prefix the files may mention, the spec's own first; see hash-to-prefix.ts. */
  readonly hashToPrefix: ReadonlyArray<readonly [hash: string, prefix: string]>;
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes of file contents read so far. */
  readonly onProgress?: ((bytesRead: number) => void) | undefined;
}

/** Writes the whole archive, its end included, into `out`, which is left open. Errors: those of `packPrefix`. */
export async function writePrefixArchive(options: ArchiveOptions, out: GzipWriter): Promise<void> {
  checkPaths(options);
  const root = path.resolve(options.readFrom ?? options.prefix);
  const prefixes = options.hashToPrefix.map(([, prefix]) => prefix);
  const archive: Archive = {
    options,
    out,
    name: Buffer.from(archiveName(options.prefix)),
    scanner: prefixScanner([...prefixes, options.sbangInstallPath, options.storeRoot]),
    linked: linksToBuildInfo(path.join(root, BUILD_INFO_PATH)),
    binaries: [],
    links: [],
    textfiles: [],
    bytesRead: 0,
  };
  await writeParents(archive);
  for (const directory of walkPrefix(root, BUILD_INFO_PATH)) {
    await out.write(tarHeader({ type: 'directory', name: joinPath(archive.name, directory.relative) }));
    for (const entry of directory.entries) {
      options.signal?.throwIfAborted();
      const source: Source = {
        path: joinPath(directory.path, entry.name),
        at: joinPath(directory.at, entry.name),
        relative: joinPath(directory.relative, entry.name),
      };
      if (entry.kind === 'symlink') await writeSymlink(archive, source);
      else await writeFile(archive, source);
    }
  }
  await writeBuildInfo(archive);
  await out.write(tarEnd(out.rawSize));
}

/** An archive in the making. */
interface Archive {
  readonly options: ArchiveOptions;
  readonly out: GzipWriter;
  /** The prefix as the archive's entries have it, without slashes at its ends. */
  readonly name: Buffer;
  readonly scanner: PrefixScanner;
  /** By inode, where a file has several names: the one it was archived under, or undefined to leave it out. */
  readonly linked: Map<string, Buffer | undefined>;
  readonly binaries: string[];
  readonly links: string[];
  readonly textfiles: string[];
  bytesRead: number;
}

/** Something in the prefix: where it is on disk, and relative to the prefix. */
interface Source {
  readonly path: Buffer;
  /** The same, for reading. */
  readonly at: Buffer;
  readonly relative: Buffer;
}

/** Should a symlink or a FIFO have taken a file's place: the symlink is not followed, the FIFO's writer not waited for. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const OWNER_EXECUTES = 0o100n;
const METADATA_DIRECTORY = Buffer.from('.spack');
const SLASH = 0x2f;

function checkPaths({ prefix, storeRoot, sbangInstallPath }: ArchiveOptions): void {
  for (const given of [prefix, storeRoot, sbangInstallPath]) {
    if (!path.isAbsolute(given) || archiveName(given) === '' || given.split('/').includes('..')) {
      const facts = { expected: 'an absolute path below / without ..', found: given };
      throw new BuildcacheError('bad-input', 'this cannot be a path of an install tree', facts);
    }
  }
}

/** Without `.` and doubled slashes, as Python's pure paths are. */
function archiveName(prefix: string): string {
  const parts = prefix.split('/').filter((part) => part !== '' && part !== '.');
  return parts.join('/');
}

/** Spack finds an old build info by its inode and leaves it out, so it leaves out its hard links too. */
function linksToBuildInfo(file: string): Archive['linked'] {
  try {
    const stats = lstatSync(file, { bigint: true });
    return new Map(stats.isFile() && stats.nlink > 1n ? [[inodeOf(stats), undefined]] : []);
  } catch {
    // Mostly there is no old build info. If something else is wrong with `.spack`, the walk will find it and say so.
    return new Map();
  }
}

async function writeParents({ name, out }: Archive): Promise<void> {
  for (let slash = name.indexOf(SLASH); slash !== -1; slash = name.indexOf(SLASH, slash + 1)) {
    await out.write(tarHeader({ type: 'directory', name: name.subarray(0, slash) }));
  }
}

async function writeSymlink(archive: Archive, source: Source): Promise<void> {
  const target = reading(source, () => readlinkSync(source.at, { encoding: 'buffer' }));
  if (archive.scanner.startsWithPrefix(target)) archive.links.push(decodePath(source.relative));
  const name = joinPath(archive.name, source.relative);
  await archive.out.write(tarHeader({ type: 'symlink', name, target }));
}

async function writeFile(archive: Archive, source: Source): Promise<void> {
  const { out, linked } = archive;
  const descriptor = reading(source, () => openSync(source.at, OPEN_FLAGS));
  try {
    const before = reading(source, () => fstatSync(descriptor, { bigint: true }));
    if (!before.isFile()) throw changed(source.path);
    const name = joinPath(archive.name, source.relative);
    const executable = (before.mode & OWNER_EXECUTES) !== 0n;
    if (before.nlink > 1n) {
      const inode = inodeOf(before);
      if (linked.has(inode)) {
        const target = linked.get(inode);
        if (target !== undefined) await out.write(tarHeader({ type: 'link', name, target, executable }));
        return;
      }
      linked.set(inode, name);
    }
    const size = Number(before.size);
    await out.write(tarHeader({ type: 'file', name, executable, size }));
    await copyContents(archive, source, descriptor, size);
    const after = reading(source, () => fstatSync(descriptor, { bigint: true }));
    if (stamp(after) !== stamp(before)) throw changed(source.path);
  } finally {
    closeSync(descriptor);
  }
}

/** Reads straight into the block to compress, and judges each piece where it lies. */
async function copyContents(
  archive: Archive,
  source: Source,
  descriptor: number,
  size: number,
): Promise<void> {
  const { out, options } = archive;
  const classifier = isMetadata(source.relative) ? undefined : new FileClassifier(archive.scanner);
  for (let left = size; left > 0; ) {
    options.signal?.throwIfAborted();
    const room = await out.room();
    const wanted = Math.min(room.length, left);
    const length = reading(source, () => readSync(descriptor, room, 0, wanted, null));
    if (length === 0) throw changed(source.path);
    classifier?.push(room.subarray(0, length));
    out.advance(length);
    left -= length;
    archive.bytesRead += length;
    options.onProgress?.(archive.bytesRead);
  }
  await out.write(Buffer.alloc(tarPadding(size)));
  const found = classifier?.end();
  if (found === 'binary') archive.binaries.push(decodePath(source.relative));
  if (found === 'text') archive.textfiles.push(decodePath(source.relative));
}

async function writeBuildInfo({ options, out, name, binaries, links, textfiles }: Archive): Promise<void> {
  const line = buildInfoLine({
    sbangInstallPath: options.sbangInstallPath,
    buildpath: options.storeRoot,
    spackprefix: options.spackPrefix,
    relativePrefix: options.relativePrefix,
    hashToPrefix: options.hashToPrefix,
    relocateBinaries: binaries,
    relocateLinks: links,
    relocateTextfiles: textfiles,
  });
  const data = Buffer.from(line);
  const path = joinPath(name, Buffer.from(BUILD_INFO_PATH));
  await out.write(tarHeader({ type: 'file', name: path, executable: false, size: data.length }));
  await out.write(data);
  await out.write(Buffer.alloc(tarPadding(data.length)));
}

/** Below `.spack`, where nothing is relocated but symlinks; a file of that name counts too. */
function isMetadata(relative: Buffer): boolean {
  const slash = relative.indexOf(SLASH);
  return relative.subarray(0, slash === -1 ? relative.length : slash).equals(METADATA_DIRECTORY);
}

function inodeOf(stats: BigIntStats): string {
  return `${stats.dev}:${stats.ino}`;
}

function reading<T>(source: Source, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw readError(error, source.path, 'read it');
  }
}
