/** Lists of what a prune is to leave: Spack's keep-list has a hash a line, a list of roots a spec a line. */
import { BuildcacheError } from '../core/errors.ts';

/**
 * Empty lines and what follows a `#` are passed over; a slash before a hash is allowed.
 * @throws BuildcacheError `bad-input` for a line that is no whole hash, and for a list without any
 */
export function parseKeepList(text: string, file: string): Set<string> {
  const hashes = new Set<string>();
  for (const [i, line] of text.split('\n').entries()) {
    const hash = (line.split('#', 1)[0] ?? '').trim().replace(/^\/+/, '');
    if (hash === '') continue;
    if (!/^[a-z2-7]{32}$/.test(hash)) {
      throw new BuildcacheError('bad-input', `line ${i + 1} of the keep-list is no hash`, {
        file,
        expected: '32 characters, a to z and 2 to 7',
        found: 'something else',
      });
    }
    hashes.add(hash);
  }
  if (hashes.size === 0)
    throw new BuildcacheError('bad-input', 'there is no hash in the keep-list', { file });
  return hashes;
}

/**
 * Empty lines and those that begin with `#` are passed over.
 * @throws BuildcacheError `bad-input` for a file without any
 */
export function parseRootList(text: string, file: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  const specs = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (specs.length > 0) return specs;
  throw new BuildcacheError('bad-input', 'there is no spec in the list of roots', { file });
}
