/** Finds the prefix that an archive was packed from, by Spack's rules. Names are attacker-controlled. */
import { BuildcacheError } from '../core/errors.ts';
import { isWithin, parentPath } from './archive-path.ts';
import { type ByteString, byteStringOf, printable } from './byte-string.ts';
import type { TarEntry } from './tar-reader.ts';

/** A directory of an archive. */
export interface ArchivedDirectory {
  /** Whether the archive has an entry for it; else it is only implied by the entries in it. */
  readonly listed: boolean;
  /** The first thing in it that is no directory. */
  readonly holds: ByteString | undefined;
}

/**
 * Whether a file of the archive is its build info. Where several could be, the one with the shortest path is.
 * @param path of the entry, as `archivePath` gives it
 * @param soFar the one that was found before it
 */
export function isBuildInfo(
  { type }: Pick<TarEntry, 'type'>,
  path: ByteString,
  soFar: ByteString | undefined,
): boolean {
  const isNamed = type === 'file' && /(^|\/)\.spack\/binary_distribution$/.test(path);
  return isNamed && (soFar === undefined || path.length < soFar.length);
}

/** @throws BuildcacheError `corrupt` where an archive has none */
export function requireBuildInfo<T>(found: T | undefined): T {
  if (found !== undefined) return found;
  throw new BuildcacheError('corrupt', 'the tarball is not a Spack package', {
    expected: 'a file .spack/binary_distribution',
  });
}

/**
 * The prefix of the package. As in Spack, everything in the archive but the directories above the prefix must be in it.
 * @param directories all of the archive, by path; `''` is its root
 * @param infoPath the build info's
 * @throws BuildcacheError `corrupt` where the prefix has no directory, or something is outside of it; `unsupported`
 *   where its name cannot be written as text
 */
export function packagePrefix(
  directories: ReadonlyMap<ByteString, ArchivedDirectory>,
  infoPath: ByteString,
): ByteString {
  const prefix = parentPath(parentPath(infoPath));
  if (prefix === '' || directories.get(prefix)?.listed !== true) {
    throw new BuildcacheError('corrupt', 'the archive has no entry for the prefix of its package', {
      expected: `a directory above ${printable(infoPath)}`,
    });
  }
  // The prefix is handed on as text. Text that is not exactly its name would not find its directory.
  if (byteStringOf(printable(prefix)) !== prefix) {
    throw new BuildcacheError('unsupported', 'the package was built at a path that is not UTF-8', {
      found: printable(prefix),
    });
  }
  for (const [path, { holds }] of directories) {
    if (isWithin(path, prefix) || (isWithin(prefix, path) && holds === undefined)) continue;
    throw new BuildcacheError('corrupt', 'the archive has something outside of the prefix of its package', {
      file: printable(holds ?? path),
      expected: `nothing outside of ${printable(prefix)}`,
    });
  }
  return prefix;
}
