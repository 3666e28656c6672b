/** Walking a folder as a flat list of keys. */
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { throwIfCancelled } from '../../core/abort.ts';
import { fileError, systemCode } from '../../core/errors.ts';
import { checkPrefix } from '../key.ts';
import type { ObjectInfo } from '../storage.ts';
import { isReservedName } from './names.ts';

/** `stat` calls under way at once. */
const STATS = 32;

/**
 * Every regular file below `root` whose key starts with `prefix`. Symbolic links are followed, as reading
 * follows them, except round in a circle. What vanishes meanwhile is left out; a folder that is not there is
 * empty; one that may not be read throws `denied`.
 */
export async function* listFiles(
  root: string,
  prefix: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<ObjectInfo> {
  checkPrefix(prefix);
  const slash = prefix.lastIndexOf('/');
  // Only whole segments lead to a folder; the rest is compared with names.
  const folder = prefix.slice(0, slash + 1);
  yield* walk({ root, folder, start: prefix.slice(slash + 1), above: new Set(), signal });
}

interface Walk {
  readonly root: string;
  /** Key of the folder, empty or ending in a slash. */
  readonly folder: string;
  /** What names in this folder must start with. */
  readonly start: string;
  /** Identities of the folders we are in, to notice a link that leads back up. */
  readonly above: ReadonlySet<string>;
  readonly signal: AbortSignal | undefined;
}

async function* walk({ root, folder, start, above, signal }: Walk): AsyncGenerator<ObjectInfo> {
  throwIfCancelled(signal);
  const path = join(root, folder);
  const identity = await folderIdentity(path);
  if (identity === undefined || above.has(identity)) return;
  const entries = (await readFolder(path)).filter(
    ({ name }) => name.startsWith(start) && !isReservedName(name),
  );
  const folders: string[] = [];
  for (let at = 0; at < entries.length; at += STATS) {
    throwIfCancelled(signal);
    const batch = entries.slice(at, at + STATS);
    const found = await Promise.all(batch.map((entry) => inspect(join(path, entry.name), entry)));
    for (const [i, entry] of batch.entries()) {
      const what = found[i];
      if (what === 'folder') folders.push(entry.name);
      else if (what !== undefined) yield { key: folder + entry.name, ...what };
    }
  }
  for (const name of folders) {
    yield* walk({
      root,
      folder: `${folder}${name}/`,
      start: '',
      above: new Set(above).add(identity),
      signal,
    });
  }
}

async function inspect(
  path: string,
  entry: Dirent,
): Promise<'folder' | { readonly size: number; readonly modified: Date } | undefined> {
  if (entry.isDirectory()) return 'folder';
  try {
    const found = await stat(path);
    if (found.isDirectory()) return 'folder';
    return found.isFile() ? { size: found.size, modified: found.mtime } : undefined;
  } catch (error) {
    if (isGone(error) || systemCode(error) === 'ELOOP') return undefined;
    throw fileError(error, path, 'list');
  }
}

async function readFolder(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (isGone(error)) return [];
    throw fileError(error, path, 'list');
  }
}

async function folderIdentity(path: string): Promise<string | undefined> {
  try {
    const { dev, ino } = await stat(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw fileError(error, path, 'list');
  }
}

function isGone(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
