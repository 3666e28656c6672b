/**
 * Finds out what a package tarball is as the layer of an image, without unpacking it. It takes one pass; memory grows
 * with the directories and symlinks, and by one number for each file. Every byte is attacker-controlled. A program that
 * unpacks a layer checks less than an install does, so what could reach out of the package's prefix is refused here, as
 * an install refuses it.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, join } from 'node:path/posix';
import { verifying } from '../core/digest.ts';
import { BuildcacheError, fileError, located, systemCode } from '../core/errors.ts';
import { through } from '../core/streams.ts';
import { withoutEnd } from '../core/without-end.ts';
import { archivePath, isWithin, parentPath } from './archive-path.ts';
import { type BuildInfo, checkIdentity, MAX_BUILD_INFO, readBuildInfo } from './build-info-reader.ts';
import { type ByteString, byteStringOf, printable } from './byte-string.ts';
import { inflateTarball, TARBALL_LIMITS, type TarballLimits } from './inflate-tarball.ts';
import { type ArchivedDirectory, isBuildInfo, packagePrefix, requireBuildInfo } from './package-prefix.ts';
import { readTar, type TarEntry, type TarHandler } from './tar-reader.ts';

export interface ScanOptions {
  /** The DAG hash the tarball must be of. */
  readonly hash: string;
  /** Folders below the prefix to look for, as prefix inspections name them: `./bin`, `./`. */
  readonly folders: Iterable<string>;
  /** SHA-256 of the file, where others may change it after it was verified. */
  readonly sha256?: string | undefined;
  /** Where it came from, for messages; the file itself when not given. */
  readonly source?: string | undefined;
  readonly limits?: Partial<TarballLimits>;
  readonly signal?: AbortSignal | undefined;
}

export interface ScannedTarball {
  /** Of the archive before compression. */
  readonly tarSha256: string;
  /** Where the package is once the layer is unpacked, absolute. */
  readonly prefix: string;
  /** Those of the asked folders that are present, absolute, without a slash at the end. A link to a folder counts. */
  readonly folders: ReadonlySet<string>;
  readonly info: BuildInfo;
}

/**
 * @param file the tar.gz, which must not change meanwhile
 * @throws BuildcacheError `corrupt` for a damaged or hostile archive or another package's; `too-large` over a limit;
 *   `bad-input` for a build info that is none; `unsupported`, also for set-id programs; `cancelled`; `io`
 */
export async function scanTarball(file: string, options: ScanOptions): Promise<ScannedTarball> {
  try {
    return await scan(file, options);
  } catch (error) {
    throw located(error, options.source ?? file);
  }
}

async function scan(file: string, options: ScanOptions): Promise<ScannedTarball> {
  const { signal } = options;
  const limits = { ...TARBALL_LIMITS, ...options.limits };
  const names = archiveNames(limits.maxEntries);
  const reader = readTar(names);
  const digest = createHash('sha256');
  const onBytes = (chunk: Buffer) => {
    digest.update(chunk);
    reader.write(chunk);
  };
  try {
    const bytes = createReadStream(file, { highWaterMark: READ });
    const { sha256 } = options;
    const checked = sha256 === undefined ? bytes : through(bytes, verifying({ sha256, source: file }));
    await inflateTarball(checked, onBytes, limits, signal);
  } catch (error) {
    if (signal?.aborted === true) throw new BuildcacheError('cancelled', 'cancelled', {}, error);
    throw systemCode(error) === undefined ? error : fileError(error, file, 'read the tarball');
  }
  reader.end();
  const found = requireBuildInfo(names.buildInfo());
  const prefix = packagePrefix(names.directories, found.path);
  const info = readBuildInfo(Buffer.concat(found.bytes));
  checkIdentity(info, options.hash);
  const at = `/${printable(prefix)}`;
  requirePlace(at, info);
  requirePlainParents(names.odd(), prefix);
  const isThere = (folder: string) => isFolder(byteStringOf(join(printable(prefix), folder)), prefix, names);
  const folders = [...options.folders].filter(isThere);
  return {
    tarSha256: digest.digest('hex'),
    prefix: at,
    folders: new Set(folders.map((folder) => withoutEnd(join(at, folder), '/'))),
    info,
  };
}

/**
 * A layer is unpacked where the names in it say, an install where the build info says. Both must be the same place, and
 * that must not be a folder that an image has of its own. Old tarballs begin with the prefix's own folder.
 * @throws BuildcacheError `corrupt`
 */
function requirePlace(at: string, { prefix }: BuildInfo): void {
  if (at !== prefix && at !== `/${basename(prefix)}`) {
    throw new BuildcacheError('corrupt', 'the archive has its package elsewhere than its build info says', {
      expected: prefix,
      found: at,
      hint: 'do not use this mirror before its owner has looked into it',
    });
  }
  if (!isSystemFolder(at)) return;
  throw new BuildcacheError('corrupt', "the package is in a folder of the system's", {
    expected: 'a prefix in an install tree',
    found: at,
  });
}

/** Whether a path is a folder that every image has, or in one. @param path absolute */
export function isSystemFolder(path: string): boolean {
  return SYSTEM.test(path);
}

/** Folders that every image has. A layer with such a prefix would replace parts of the system. */
const SYSTEM =
  /^\/(?:(?:bin|boot|dev|etc|lib\w*|proc|run|sbin|sys)(?:\/|$)|usr\/(?:bin|lib\w*|sbin|include|share)(?:\/|$)|usr\/local(?:\/(?:bin|etc|lib|sbin|include|share))?$|(?:home|media|mnt|opt|root|srv|tmp|usr|var)$)/;

/**
 * The folders above a prefix belong to the image, or to other packages too. Unpacking would give them the mode that the
 * archive says, so it must be what Spack writes: 0755.
 * @throws BuildcacheError `unsupported`
 */
function requirePlainParents(odd: ReadonlyMap<ByteString, string>, prefix: ByteString): void {
  for (const [path, found] of odd) {
    if (path === prefix || !isWithin(prefix, path)) continue;
    throw new BuildcacheError('unsupported', 'a folder above the package is not as Spack packs it', {
      file: printable(path),
      expected: 'mode 755',
      found,
      hint: 'install the package, and push it from there',
    });
  }
}

/** Bytes read at a time. */
const READ = 256 * 1024;

/** Bytes of names of directories and symlinks; real packages have a few megabytes of them. */
const MAX_NAMES = 32 * 1024 * 1024;

/** File systems take no longer path. The limit also keeps following a link short. */
const PATH_MAX = 4096;

interface ArchiveNames extends TarHandler {
  /** By path; `''` is the root. */
  readonly directories: ReadonlyMap<ByteString, ArchivedDirectory>;
  /** Targets of symlinks, by path. */
  readonly links: ReadonlyMap<ByteString, ByteString>;
  /** Directories with another mode than Spack gives them, each with what it has. */
  odd(): ReadonlyMap<ByteString, string>;
  buildInfo(): { readonly path: ByteString; readonly bytes: readonly Buffer[] } | undefined;
}

/** Remembers the names in an archive. Of a file it keeps only what tells whether a hard link to it leads to something. */
function archiveNames(maxEntries: number): ArchiveNames {
  const directories = new Map<ByteString, Writable<ArchivedDirectory>>();
  directories.set('', { listed: false, holds: undefined });
  const links = new Map<ByteString, ByteString>();
  const files = new Set<number>();
  let info: { readonly path: ByteString; readonly bytes: Buffer[] } | undefined;
  let isInInfo = false;
  const odd = new Map<ByteString, string>();
  let entries = 0;
  let heldBytes = 0;

  return {
    directories,
    links,
    buildInfo: () => info,
    odd: () => odd,
    attribute(key, value) {
      if (/^(?:SCHILY|LIBARCHIVE|RHT)\./.test(key)) throw notForLayer(`the attribute ${key}`);
      if (/^[ug]id$/.test(key) && !/^0+$/.test(value)) throw notForLayer(`${key} ${printable(value)}`);
      if (/^[ug]name$/.test(key) && !/^(?:root|wheel)?$/.test(value)) {
        throw notForLayer(`${key} ${printable(value)}`);
      }
    },
    entry(entry) {
      if (++entries > maxEntries) {
        throw new BuildcacheError('too-large', 'the archive has too many entries', {
          expected: `at most ${maxEntries}`,
        });
      }
      const path = archivePath(entry.path);
      if (WHITEOUT.test(path)) throw whiteout(path);
      if (entry.foreign === true) throw notForLayer('another owner than root', path);
      if (entry.type === 'directory') {
        directoryAt(path).listed = true;
        if (entry.mode !== 0o755) odd.set(path, `mode ${entry.mode.toString(8)}`);
        return;
      }
      if (directories.has(path) || links.has(path)) throw twice(path);
      // Docker gives a file the mode of each hard link to it, too. The mode of a symlink is nowhere kept.
      if (entry.type !== 'symlink' && (entry.mode & SET_ID) !== 0) throw setId(path);
      directoryAt(parentPath(path)).holds ??= path;
      isInInfo = isBuildInfo(entry, path, info?.path);
      if (isInInfo) {
        requireSmall(entry);
        info = { path, bytes: [] };
      }
      if (entry.type === 'file') files.add(fingerprint(path));
      if (entry.type === 'symlink') addLink(path, entry.target);
      if (entry.type === 'hardlink') addHardLink(path, archivePath(entry.target));
    },
    data(chunk) {
      if (isInInfo) info?.bytes.push(Buffer.from(chunk));
    },
    entryEnd() {
      isInInfo = false;
    },
  };

  /** @throws BuildcacheError `corrupt` where a symlink is on the way: a program that unpacks the layer may follow it */
  function directoryAt(path: ByteString): Writable<ArchivedDirectory> {
    const known = directories.get(path);
    if (known !== undefined) return known;
    if (links.has(path)) throw twice(path);
    directoryAt(parentPath(path));
    hold(path);
    const made = { listed: false, holds: undefined };
    directories.set(path, made);
    return made;
  }

  function addLink(path: ByteString, target: ByteString): void {
    hold(path, target);
    links.set(path, target);
  }

  /** A hard link's target has to be in the package, and before the link. A hard link to a symlink becomes a symlink. */
  function addHardLink(path: ByteString, target: ByteString): void {
    // A fingerprint can be forged, so whether the target is in the package is judged by the target's path.
    directoryAt(parentPath(target)).holds ??= target;
    const pointee = links.get(target);
    if (pointee !== undefined) addLink(path, pointee);
    else if (files.has(fingerprint(target))) files.add(fingerprint(path));
    else throw linkToNothing(path, target);
  }

  function hold(...names: readonly ByteString[]): void {
    for (const name of names) heldBytes += name.length;
    if (heldBytes <= MAX_NAMES) return;
    throw new BuildcacheError('too-large', 'the archive has too many directories and symlinks', {
      expected: `names of at most ${MAX_NAMES} bytes in all`,
    });
  }
}

/**
 * FNV-1a, in 32 bits. A hard link to a missing file passes where both names have the same fingerprint. Unpacking the
 * layer then fails at this link.
 */
function fingerprint(path: ByteString): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < path.length; i++) hash = Math.imul(hash ^ path.charCodeAt(i), 0x01000193);
  return hash;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What `stat` would say once the archive is unpacked. A link that leads out of the package is taken for a folder. */
function isFolder(path: ByteString, prefix: ByteString, { directories, links }: ArchiveNames): boolean {
  let at: ByteString = '';
  let hops = 0;
  const left = path.split('/').reverse();
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (name === '' || name === '.') continue;
    if (name === '..') {
      at = parentPath(at);
      continue;
    }
    const next = at === '' ? name : `${at}/${name}`;
    const target = links.get(next);
    if (target === undefined) {
      if (!directories.has(next)) return !isWithin(next, prefix);
      at = next;
      continue;
    }
    if (++hops > MOST_HOPS || target.length > PATH_MAX) return false;
    if (target.startsWith('/')) at = '';
    left.push(...target.split('/').reverse());
  }
  return true;
}

/** As Linux. */
const MOST_HOPS = 40;

function requireSmall({ path, size }: TarEntry): void {
  if (size <= MAX_BUILD_INFO) return;
  throw new BuildcacheError('too-large', 'the build info is too long', {
    file: printable(path),
    expected: `at most ${MAX_BUILD_INFO} bytes`,
    found: String(size),
  });
}

/** The set-id bits of a file's mode. On a directory they only say which group the files in it get. */
const SET_ID = 0o6000;

/** An install takes these bits away and today's packers do not write them, but a layer is unpacked as it was packed. */
function setId(path: ByteString): BuildcacheError {
  return new BuildcacheError('unsupported', 'the package has a set-id program, which is not for an image', {
    file: printable(path),
    expected: 'no set-user-ID or set-group-ID bits on files',
    hint: 'install the package, and push it from there',
  });
}

/** Capabilities, access lists and owners: an install leaves them out, a program that unpacks a layer does not. */
function notForLayer(found: string, path?: ByteString): BuildcacheError {
  return new BuildcacheError('unsupported', 'the package has attributes that are not for an image', {
    ...(path === undefined ? {} : { file: printable(path) }),
    expected: 'names, modes and contents',
    found: found.slice(0, 100),
    hint: 'install the package, and push it from there',
  });
}

/**
 * A name that tells a program which unpacks a layer to remove something of the layers below (OCI image-spec, layer.md),
 * whatever kind of entry has it.
 */
const WHITEOUT = /(?:^|\/)\.wh\./;

function whiteout(path: ByteString): BuildcacheError {
  return new BuildcacheError(
    'unsupported',
    'the package has a name that removes files where a layer is unpacked',
    {
      file: printable(path),
      expected: 'no name that begins with .wh.',
    },
  );
}

function linkToNothing(path: ByteString, target: ByteString): BuildcacheError {
  return new BuildcacheError('corrupt', 'a hard link points at no file of the archive', {
    file: printable(path),
    expected: 'the path of an earlier file',
    found: printable(target),
  });
}

function twice(path: ByteString): BuildcacheError {
  return new BuildcacheError('corrupt', 'the archive has two entries of one name, or one below a link', {
    file: printable(path),
    expected: 'each name once',
  });
}
