/** Files by a pattern, as a shell would find them: `*`, `?`, `[…]` and `{…}` within a name, `**` for any folders. */
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { BuildcacheError, systemCode } from '../core/errors.ts';

/**
 * @param cwd what a relative pattern starts from
 * @returns absolute paths, sorted
 * @throws BuildcacheError `not-found` when there is none; `usage` for a pattern that is none
 */
export async function globFiles(pattern: string, cwd: string): Promise<string[]> {
  const { default: picomatch } = await import('picomatch');
  const { base, glob } = picomatch.scan(pattern);
  const root = resolve(cwd, base === '' && pattern.startsWith('/') ? '/' : base);
  const depth = glob.includes('**') ? Number.POSITIVE_INFINITY : glob.split('/').length;
  const isMatch = picomatch(glob === '' ? '*' : glob, { dot: false });
  const found = glob === '' ? [resolve(cwd, pattern)] : await walk(root, '', depth, isMatch);
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
