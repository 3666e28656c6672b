/**
 * What relocating a package would change, and how long a root its binaries have room for. Text and links take paths of
 * any length. A path that is compiled into a binary has to fit where it is.
 */
import { readlinkSync, realpathSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { BuildcacheError, fileError } from '../core/errors.ts';
import { archivePath, isWithin, parentPath } from './archive-path.ts';
import type { BuildInfo } from './build-info-reader.ts';
import { type ByteFile, openByteFile } from './byte-file.ts';
import { type ByteString, byteString, byteStringOf, fsPath, printable } from './byte-string.ts';
import { readElf, type StoredString } from './elf.ts';
import { rpathEntries } from './relocate-elf.ts';
import { type PrefixMatcher, prefixMatcher } from './relocate-matcher.ts';
import { PAUSE, type StringMatch, SUFFIX, stringMatches } from './relocate-strings.ts';
import { lineWindows, textMatches } from './relocate-text.ts';

/** The part of a build info that preview needs, so that a prefix not packed yet has it as well. */
export type Relocatable = Pick<
  BuildInfo,
  'buildPath' | 'hashToPrefix' | 'sbangInstallPath' | 'textFiles' | 'binaries' | 'links'
>;

export type FilePreview = TextPreview | BinaryPreview;

export interface TextPreview {
  readonly kind: 'text' | 'link';
  /** Relative to the prefix, as text. */
  readonly path: string;
  /** How many paths are to be replaced in it. */
  readonly paths: number;
}

export interface BinaryPreview {
  readonly kind: 'binary';
  readonly path: string;
  readonly paths: number;
  /**
   * By how many bytes the root may get longer. A negative number says by how many it must get shorter, unless the new
   * root ends like the old one.
   */
  readonly room: number;
  /** All paths in the file are run paths or the interpreter, which patchelf can give any length. */
  readonly patchelfHelps: boolean;
}

export interface RelocationPreview {
  /** The files that would change: text first, then links, then binaries. */
  readonly files: readonly FilePreview[];
  /** Bytes of the longest root the package fits below as it is; `undefined` where any will do. */
  readonly maxRootLength: number | undefined;
}

/**
 * @param directory where the package is, absolute
 * Throws `bad-input` where a listed file is not in the package, or what the file system said.
 */
export async function previewRelocation(
  directory: string,
  package_: Relocatable,
): Promise<RelocationPreview> {
  const olds = [package_.sbangInstallPath, ...package_.hashToPrefix.values(), package_.buildPath];
  const matcher = prefixMatcher(new Map(olds.flatMap((old) => (old === undefined ? [] : [[old, '']]))));
  const files: FilePreview[] = [];
  if (matcher === undefined) return { files, maxRootLength: undefined };
  const root = byteStringOf(package_.buildPath);
  const base = byteString(realpathSync(directory, 'buffer'));

  // As in a relocation, a file that is listed again, or by another of its names, does not count again.
  const done = new Set<string>();
  for (const name of package_.textFiles) {
    await setImmediate();
    const paths = inspect(base, name, done, (file) => countInText(file, matcher));
    if (paths !== undefined && paths > 0) files.push({ kind: 'text', path: printable(name), paths });
  }
  for (const name of new Set(package_.links)) {
    const target = readLink(base, name);
    const isOld = target[0] === SLASH && matcher.matchAt(target, 0) !== undefined;
    if (isOld) files.push({ kind: 'link', path: printable(name), paths: 1 });
  }
  for (const name of package_.binaries) {
    await setImmediate();
    const found = inspect(base, name, done, (file) => inspectBinary(file, matcher, root));
    if (found !== undefined && found.paths > 0)
      files.push({ kind: 'binary', path: printable(name), ...found });
  }
  let room: number | undefined;
  for (const file of files) if (file.kind === 'binary') room = Math.min(room ?? file.room, file.room);
  return { files, maxRootLength: room === undefined ? undefined : root.length + room };
}

const SLASH = 0x2f;

function countInText(file: ByteFile, matcher: PrefixMatcher): number {
  let count = 0;
  for (const lines of lineWindows(file)) {
    for (const _ of textMatches(lines, matcher)) count++;
  }
  return count;
}

function inspectBinary(
  file: ByteFile,
  matcher: PrefixMatcher,
  root: ByteString,
): Pick<BinaryPreview, 'paths' | 'room' | 'patchelfHelps'> {
  const elf = readElf(file);
  const pathsRoom = rpathRoom(elf?.rpath, matcher);
  let paths = 0;
  let room = pathsRoom ?? Number.POSITIVE_INFINITY;
  let patchelfHelps = true;
  for (const match of stringMatches(file, matcher)) {
    if (match === PAUSE) continue;
    paths++;
    if (pathsRoom !== undefined && isIn(match, elf?.rpath)) continue;
    if (match.at === elf?.interpreter?.at) {
      room = Math.min(room, 0);
    } else {
      room = Math.min(room, stringRoom(match, root));
      patchelfHelps = false;
    }
  }
  return { paths, room, patchelfHelps };
}

function isIn(match: StringMatch, stored: StoredString | undefined): boolean {
  return stored !== undefined && match.at >= stored.at && match.at < stored.at + stored.value.length;
}

/** Empty entries of a run path are room for the others. `undefined` where none begins with an old path. */
function rpathRoom(rpath: StoredString | undefined, matcher: PrefixMatcher): number | undefined {
  const entries = rpathEntries(rpath);
  const growing = entries.filter((entry) => matcher.matchAt(entry, 0) !== undefined).length;
  if (rpath === undefined || growing === 0) return undefined;
  const needed = entries.reduce((sum, entry) => sum + entry.length + 1, -1);
  return Math.floor((rpath.value.length - needed) / growing);
}

/** A string keeps its length and its end, and the end may be that of the root: see `relocate-strings.ts`. */
function stringRoom({ replacement, rest }: StringMatch, root: ByteString): number {
  const { old } = replacement;
  const belowRoot = isWithin(byteString(old), root) ? old.length - root.length : 0;
  const staying = rest === undefined ? 0 : SUFFIX - rest.length;
  return staying > belowRoot ? -(SUFFIX + 1) : 0;
}

function readLink(base: ByteString, name: ByteString): Buffer {
  const path = locate(base, name);
  try {
    return readlinkSync(path, 'buffer');
  } catch (error) {
    throw fileError(error, printable(name), 'read the symlink');
  }
}

/** @returns undefined for a file that is in `done`, where it is added */
function inspect<T>(
  base: ByteString,
  name: ByteString,
  done: Set<string>,
  action: (file: ByteFile) => T,
): T | undefined {
  const path = locate(base, name);
  try {
    const file = openByteFile(path, 'read');
    try {
      if (done.has(file.identity)) return undefined;
      done.add(file.identity);
      return action(file);
    } finally {
      file.close();
    }
  } catch (error) {
    throw fileError(error, printable(name), 'read it');
  }
}

/** Where a listed file is. The list and the symlinks come from the package, so both may be hostile. */
function locate(base: ByteString, name: ByteString): string | Buffer {
  const path = `${base}/${archivePath(name)}`;
  let parent: ByteString;
  try {
    parent = byteString(realpathSync(fsPath(parentPath(path)), 'buffer'));
  } catch (error) {
    throw fileError(error, printable(name), 'find it');
  }
  if (isWithin(parent, base)) return fsPath(path);
  throw new BuildcacheError('bad-input', 'the package lists a file outside of itself', {
    file: printable(name),
  });
}
