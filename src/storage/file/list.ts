/** Walking a folder as a flat list of keys. */
import type { Dirent } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { throwIfCancelled } from '../../core/abort.ts';
import { fileError, systemCode } from '../../core/errors.ts';
import { checkPrefix } from '../key.ts';
import type { ListOptions, ObjectInfo } from '../storage.ts';
import { isReservedName } from './names.ts';

/** `stat` calls under way at once. */
const STATS = 32;

/**
 * Every regular file below `root` whose key starts with `prefix`. Symbolic links are followed, as reading
 * follows them, except round in a circle. What vanishes meanwhile is left out; a folder that is not there is
 * empty; one that may not be read throws `denied`. A link that leads nowhere is told, also one above the prefix.
 */
export async function* listFiles(
  root: string,
  prefix: string,
  { signal, onHidden }: ListOptions,
): AsyncGenerator<ObjectInfo> {
  checkPrefix(prefix);
  const slash = prefix.lastIndexOf('/');
  // Only whole segments lead to a folder; the rest is compared with names.
  const folder = prefix.slice(0, slash + 1);
  if (onHidden !== undefined) await tellHidden(root, folder, onHidden);
  yield* walk({ root, folder, start: prefix.slice(slash + 1), above: new Set(), onHidden, signal });
}

interface Walk {
  readonly root: string;
  /** Key of the folder, empty or ending in a slash. */
  readonly folder: string;
  /** What names in this folder must start with. */
  readonly start: string;
  /** Identities of the folders we are in, to notice a link that leads back up. */
  readonly above: ReadonlySet<string>;
  readonly onHidden: ListOptions['onHidden'];
  readonly signal: AbortSignal | undefined;
}

async function* walk({ root, folder, start, above, onHidden, signal }: Walk): AsyncGenerator<ObjectInfo> {
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
      else if (what === 'nowhere') onHidden?.(folder + entry.name);
      else if (what !== undefined) yield { key: folder + entry.name, ...what };
    }
  }
  for (const name of folders) {
    yield* walk({
      root,
      folder: `${folder}${name}/`,
      start: '',
      above: new Set(above).add(identity),
      onHidden,
      signal,
    });
  }
}

async function inspect(
  path: string,
  entry: Dirent,
): Promise<'folder' | 'nowhere' | { readonly size: number; readonly modified: Date } | undefined> {
  if (entry.isDirectory()) return 'folder';
  try {
    const found = await stat(path);
    if (found.isDirectory()) return 'folder';
    return found.isFile() ? { size: found.size, modified: found.mtime } : undefined;
  } catch (error) {
    if (isNowhere(error)) return entry.isSymbolicLink() ? 'nowhere' : undefined;
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

/** Tells the first folder on the way to this one that is a link which leads nowhere. */
async function tellHidden(root: string, folder: string, onHidden: (key: string) => void): Promise<void> {
  const names = folder.split('/').slice(0, -1);
  for (let depth = 1; depth <= names.length; depth++) {
    const key = names.slice(0, depth).join('/');
    if (!(await leadsNowhere(join(root, key)))) continue;
    onHidden(key);
    return;
  }
}

async function leadsNowhere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return false;
  } catch (error) {
    if (!isNowhere(error)) throw fileError(error, path, 'list');
  }
  const found = await lstat(path).catch(() => undefined);
  return found?.isSymbolicLink() === true;
}

function isNowhere(error: unknown): boolean {
  return isGone(error) || systemCode(error) === 'ELOOP';
}

function isGone(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
