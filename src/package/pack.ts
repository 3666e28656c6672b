/**
 * From an install prefix to the tarball Spack would write, byte for byte before compression, in one pass: each
 * file is read once, for the archive, the digests and the build info together. Memory is bounded by the blocks
 * in flight, not by the prefix (a few words per directory, per hard-linked inode and per file to relocate aside).
 *
 * Opens and reads synchronously, for the reason given in walk-prefix.ts; it gives way to others once a MiB.
 */
import { randomUUID } from 'node:crypto';
import { type BigIntStats, closeSync, constants, fstatSync, lstatSync, openSync, readlinkSync, readSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { BuildcacheError, fileError } from '../core/errors.ts';
import { BUILD_INFO_PATH, buildInfoLine } from './build-info.ts';
import { FileClassifier } from './file-class.ts';
import { type GzipTotals, GzipWriter } from './gzip.ts';
import { decodePath, joinPath } from './path-bytes.ts';
import { type PrefixScanner, prefixScanner } from './prefix-scan.ts';
import { tarEnd, tarHeader, tarPadding } from './tar-writer.ts';
import { changed, type PrefixEntry, readError, stamp, walkPrefix } from './walk-prefix.ts';

export interface PackOptions {
  /** The install prefix, absolute: it names the archive's entries. */
  readonly prefix: string;
  /** Where the prefix's files really are, when not at `prefix`. */
  readonly readFrom?: string;
  /** Root of the install tree with its padding: the build info's `buildpath`. */
  readonly storeRoot: string;
  /** `bin/sbang` below the root without its padding. */
  readonly sbangInstallPath: string;
  readonly spackPrefix: string;
  /** The prefix relative to `storeRoot`. */
  readonly relativePrefix: string;
  /** Every prefix the files may mention, the spec's own first; see hash-to-prefix.ts. */
  readonly hashToPrefix: ReadonlyArray<readonly [hash: string, prefix: string]>;
  /** An existing folder for the temporary file. */
  readonly spoolDir: string;
  /** Blocks to compress at once; as many as there are cores when not given. */
  readonly jobs?: number;
  readonly signal?: AbortSignal;
  /** Called with the bytes of file contents read so far. */
  readonly onProgress?: (bytesRead: number) => void;
}

/** A tarball on disk, for as many uploads as want it. Sizes in bytes, digests in lower-case hex. */
export interface Packed {
  /** The gzip-compressed archive. */
  readonly file: string;
  readonly size: number;
  readonly sha256: string;
  /** Of the archive before compression. */
  readonly tarSize: number;
  readonly tarSha256: string;
  /** Removes the file; may be called more than once. */
  dispose(): Promise<void>;
}

/**
 * Packs a prefix into a new file in `spoolDir`; on failure no file is left.
 * @throws BuildcacheError `bad-input` (not an absolute path, not a directory), `not-found` (no prefix), `denied`
 *   (a file that cannot be read), `conflict` (the prefix changed meanwhile), `io`; the signal's reason
 */
export async function packPrefix(options: PackOptions): Promise<Packed> {
  for (const given of [options.prefix, options.storeRoot, options.sbangInstallPath]) {
    if (!path.isAbsolute(given)) {
      throw new BuildcacheError('bad-input', 'a path of the install tree is not absolute', { found: given });
    }
  }
  const file = path.join(options.spoolDir, `${randomUUID()}.tar.gz`);
  const dispose = () => rm(file, { force: true });
  const spool = await openSpool(file);
  const gzip = new GzipWriter((bytes) => append(spool, bytes, file), options.jobs ?? availableParallelism());
  try {
    const totals = await writeArchive(options, gzip);
    await spool.close();
    return packed(file, totals, dispose);
  } catch (error) {
    await gzip.settle();
    await spool.close();
    await dispose();
    throw error;
  }
}

/** Owner only: a prefix may hold files nobody else may read. */
const SPOOL_MODE = 0o600;
/** Neither follows a symlink nor waits for a FIFO's writer, should one have taken a file's place. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const OWNER_EXECUTES = 0o100n;
const METADATA_DIRECTORY = Buffer.from('.spack');
const SLASH = 0x2f;

async function openSpool(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'wx', SPOOL_MODE);
  } catch (error) {
    throw fileError(error, file, 'create the temporary file');
  }
}

async function append(spool: FileHandle, bytes: Buffer, file: string): Promise<void> {
  try {
    await spool.writeFile(bytes);
  } catch (error) {
    throw fileError(error, file, 'write the temporary file');
  }
}

function packed(file: string, totals: GzipTotals, dispose: () => Promise<void>): Packed {
  return {
    file,
    size: totals.size,
    sha256: totals.sha256,
    tarSize: totals.rawSize,
    tarSha256: totals.rawSha256,
    dispose,
  };
}

/** What one run of packPrefix carries along. */
interface Run {
  readonly options: PackOptions;
  readonly gzip: GzipWriter;
  /** Name in the archive of the prefix, without slashes at its ends. */
  readonly archiveName: Buffer;
  readonly scanner: PrefixScanner;
  /** By device and inode: the name a file with several links was first archived under; undefined to leave it out. */
  readonly linked: Map<string, Buffer | undefined>;
  readonly binaries: string[];
  readonly links: string[];
  readonly textfiles: string[];
  bytesRead: number;
}

async function writeArchive(options: PackOptions, gzip: GzipWriter): Promise<GzipTotals> {
  const { storeRoot, sbangInstallPath } = options;
  const root = path.resolve(options.readFrom ?? options.prefix);
  const run: Run = {
    options,
    gzip,
    archiveName: Buffer.from(archiveName(options.prefix)),
    scanner: prefixScanner([
      ...options.hashToPrefix.map(([, prefix]) => prefix),
      sbangInstallPath,
      storeRoot,
    ]),
    linked: linksToBuildInfo(path.join(root, BUILD_INFO_PATH)),
    binaries: [],
    links: [],
    textfiles: [],
    bytesRead: 0,
  };
  await writeParents(run);
  for (const directory of walkPrefix(root, BUILD_INFO_PATH)) {
    options.signal?.throwIfAborted();
    await gzip.write(tarHeader({ type: 'directory', name: joinPath(run.archiveName, directory.relative) }));
    for (const entry of directory.entries) {
      const onDisk = joinPath(directory.path, entry.name);
      await writeEntry(run, entry, onDisk, joinPath(directory.relative, entry.name));
    }
  }
  await writeBuildInfo(run);
  await gzip.write(tarEnd(gzip.rawSize));
  return gzip.finish();
}

/** Without `.` and doubled slashes, as Python's pure paths are; `..` stays. */
function archiveName(prefix: string): string {
  return prefix
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/** Spack leaves out the old build info by inode, so its hard links too. */
function linksToBuildInfo(file: string): Run['linked'] {
  try {
    const stats = lstatSync(file, { bigint: true });
    return new Map(stats.isFile() && stats.nlink > 1n ? [[inodeOf(stats), undefined]] : []);
  } catch {
    // Mostly there is none. Whatever else is wrong with `.spack`, the walk will meet it and say so.
    return new Map();
  }
}

async function writeParents({ gzip, archiveName: name }: Run): Promise<void> {
  for (let slash = name.indexOf(SLASH); slash !== -1; slash = name.indexOf(SLASH, slash + 1)) {
    await gzip.write(tarHeader({ type: 'directory', name: name.subarray(0, slash) }));
  }
}

async function writeEntry(run: Run, entry: PrefixEntry, onDisk: Buffer, relative: Buffer): Promise<void> {
  switch (entry.kind) {
    case 'symlink':
      return writeSymlink(run, onDisk, relative);
    case 'file':
      return writeFile(run, onDisk, relative);
  }
}

async function writeSymlink(run: Run, onDisk: Buffer, relative: Buffer): Promise<void> {
  const target = readTarget(onDisk);
  if (run.scanner.startsWithPrefix(target)) run.links.push(decodePath(relative));
  await run.gzip.write(tarHeader({ type: 'symlink', name: joinPath(run.archiveName, relative), target }));
}

function readTarget(onDisk: Buffer): Buffer {
  try {
    return readlinkSync(onDisk, { encoding: 'buffer' });
  } catch (error) {
    throw readError(error, onDisk, 'read the symlink');
  }
}

async function writeFile(run: Run, onDisk: Buffer, relative: Buffer): Promise<void> {
  run.options.signal?.throwIfAborted();
  const descriptor = openFile(onDisk);
  try {
    const before = fstatSync(descriptor, { bigint: true });
    if (!before.isFile()) throw changed(onDisk);
    const name = joinPath(run.archiveName, relative);
    const executable = (before.mode & OWNER_EXECUTES) !== 0n;
    if (before.nlink > 1n) {
      const inode = inodeOf(before);
      if (run.linked.has(inode)) {
        const target = run.linked.get(inode);
        if (target !== undefined) await run.gzip.write(tarHeader({ type: 'link', name, target, executable }));
        return;
      }
      run.linked.set(inode, name);
    }
    const size = Number(before.size);
    await run.gzip.write(tarHeader({ type: 'file', name, executable, size }));
    await copyContents(run, descriptor, size, onDisk, relative);
    if (stamp(fstatSync(descriptor, { bigint: true })) !== stamp(before)) throw changed(onDisk);
  } finally {
    closeSync(descriptor);
  }
}

function inodeOf(stats: BigIntStats): string {
  return `${stats.dev}:${stats.ino}`;
}

function openFile(onDisk: Buffer): number {
  try {
    return openSync(onDisk, OPEN_FLAGS);
  } catch (error) {
    throw readError(error, onDisk, 'read the file');
  }
}

async function copyContents(
  run: Run,
  descriptor: number,
  size: number,
  onDisk: Buffer,
  relative: Buffer,
): Promise<void> {
  const classifier = isMetadata(relative) ? undefined : new FileClassifier(run.scanner);
  let left = size;
  while (left > 0) {
    run.options.signal?.throwIfAborted();
    const room = await run.gzip.room();
    const length = readSome(descriptor, room.subarray(0, Math.min(room.length, left)), onDisk);
    if (length === 0) throw changed(onDisk);
    classifier?.push(room.subarray(0, length));
    run.gzip.advance(length);
    left -= length;
    run.bytesRead += length;
    run.options.onProgress?.(run.bytesRead);
  }
  switch (classifier?.end()) {
    case 'binary':
      run.binaries.push(decodePath(relative));
      break;
    case 'text':
      run.textfiles.push(decodePath(relative));
      break;
    case undefined:
      break;
  }
  await run.gzip.write(Buffer.alloc(tarPadding(size)));
}

function readSome(descriptor: number, into: Buffer, onDisk: Buffer): number {
  try {
    return readSync(descriptor, into, 0, into.length, null);
  } catch (error) {
    throw readError(error, onDisk, 'read the file');
  }
}

/** Whether it lies below `.spack`, where nothing is relocated but symlinks. A file of that name counts too. */
function isMetadata(relative: Buffer): boolean {
  const slash = relative.indexOf(SLASH);
  return relative.subarray(0, slash === -1 ? relative.length : slash).equals(METADATA_DIRECTORY);
}

async function writeBuildInfo(run: Run): Promise<void> {
  const { options, gzip } = run;
  const line = buildInfoLine({
    sbangInstallPath: options.sbangInstallPath,
    buildpath: options.storeRoot,
    spackprefix: options.spackPrefix,
    relativePrefix: options.relativePrefix,
    hashToPrefix: options.hashToPrefix,
    relocateBinaries: run.binaries,
    relocateLinks: run.links,
    relocateTextfiles: run.textfiles,
  });
  const data = Buffer.from(line);
  const name = joinPath(run.archiveName, Buffer.from(BUILD_INFO_PATH));
  await gzip.write(tarHeader({ type: 'file', name, executable: false, size: data.length }));
  await gzip.write(data);
  await gzip.write(Buffer.alloc(tarPadding(data.length)));
}
