/** Where in an archive its package is: the prefix it was packed from, by Spack's rules. Names are attacker-controlled. */
import { BuildcacheError } from '../core/errors.ts';
import { isWithin, parentPath } from './archive-path.ts';
import { type ByteString, byteStringOf, printable } from './byte-string.ts';
import type { TarEntry } from './tar-reader.ts';

/** A directory of an archive. */
export interface ArchivedDirectory {
  /** In the archive itself, not just implied by what is in it. */
  readonly listed: boolean;
  /** The first thing in it that is no directory. */
  readonly holds: ByteString | undefined;
}

/**
 * Whether a file of the archive is its build info: of several the one with the shortest name.
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
 * The prefix, which everything but the directories above it must be in, as in Spack.
 * @param directories all of the archive, by path; `''` is its root
 * @param infoPath the build info's
 * @throws BuildcacheError `corrupt` where it has no directory, or something is outside of it; `unsupported`
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
  // Its directory is handed on by name, and would not be found by the one that can be written down.
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
