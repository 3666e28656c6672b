/** Files by a pattern, as a shell would find them: `*`, `?`, `[…]` and `{…}` within a name, `**` for any folders. */
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { BuildcacheError, systemCode } from '../../core/errors.ts';
import { globMatcher, hasWildcards } from '../../core/glob.ts';

/**
 * @param cwd what a relative pattern starts from
 * @returns absolute paths, sorted
 * @throws BuildcacheError `not-found` where no file matches; `usage` for a malformed pattern
 */
export async function globFiles(pattern: string, cwd: string): Promise<string[]> {
  if (!hasWildcards(pattern)) return [resolve(cwd, pattern)];
  const parts = pattern.split('/');
  const first = parts.findIndex(hasWildcards);
  const glob = parts.slice(first).join('/');
  const root = resolve(cwd, first === 1 && parts[0] === '' ? '/' : parts.slice(0, first).join('/'));
  const depth = glob.includes('**') ? Number.POSITIVE_INFINITY : parts.length - first;
  const found = await walk(root, '', depth, globMatcher(glob));
  if (found.length > 0) return found.sort();
  throw new BuildcacheError('not-found', 'no file matches the pattern', { file: resolve(cwd, pattern) });
}

async function walk(
  root: string,
  below: string,
  depth: number,
  isMatch: (path: string) => boolean,
): Promise<string[]> {
  const found: string[] = [];
  const entries = await readdir(join(root, below), { withFileTypes: true }).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(systemCode(error) ?? '')) return [];
    throw error;
  });
  for (const entry of entries) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      if (depth > 1) found.push(...(await walk(root, path, depth - 1, isMatch)));
    } else if (isMatch(path)) {
      found.push(join(root, path));
    }
  }
  return found;
}
