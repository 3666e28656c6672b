/** Paths inside an archive, which are attacker-controlled, as relative paths that stay below where they start. */
import { BuildcacheError } from '../core/errors.ts';
import { type ByteString, printable } from './byte-string.ts';

/**
 * The path without a trailing slash, `.` and empty components; `''` for the root itself.
 * Throws `corrupt` where it is absolute or has a `..` component, neither of which a package needs, and
 * `too-large` where no file system would take it.
 */
export function archivePath(path: ByteString): ByteString {
  if (path.length > PATH_MAX) {
    throw new BuildcacheError('too-large', 'the archive has a name no file can have', {
      file: `${printable(path.slice(0, 100))}…`,
      expected: `at most ${PATH_MAX} bytes`,
      found: String(path.length),
    });
  }
  if (path.startsWith('/')) throw leaving(path, 'absolute');
  if (!/(^|\/)\.{0,2}(\/|$)/.test(path)) return path;
  const components = path.split('/').filter((component) => component !== '' && component !== '.');
  if (components.includes('..')) throw leaving(path, 'leading upwards');
  return components.join('/');
}

/** The path of the directory a path is in; `''` for the root, which is in itself. */
export function parentPath(path: ByteString): ByteString {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Whether `path` is `directory` or below it, component by component. */
export function isWithin(path: ByteString, directory: ByteString): boolean {
  return directory === '' || path === directory || path.startsWith(`${directory}/`);
}

/** Linux's; also what keeps the recursion over components shallow. */
const PATH_MAX = 4096;

function leaving(path: ByteString, found: string): BuildcacheError {
  return new BuildcacheError('corrupt', 'the archive names a file outside of itself', {
    file: printable(path),
    expected: 'a relative path without ".."',
    found,
  });
}
