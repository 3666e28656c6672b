/**
 * A folder as a storage: `file://` mirrors and plain paths, on local and network file systems. A key is a path below
 * the root. Symbolic links are followed. Nothing is written or deleted behind a link that a stranger has made
 * (own-folders.ts).
 *
 * Writing is atomic. Conditions hold between all writers of this program, on all hosts that share the folder
 * (turn.ts). They do not hold against a Spack that writes at the same time, which takes no locks.
 */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { throwIfCancelled } from '../../core/abort.ts';
import { BuildcacheError, fileError } from '../../core/errors.ts';
import { checkKey } from '../key.ts';
import type { Storage } from '../storage.ts';
import { listFiles } from './list.ts';
import { isReservedName } from './names.ts';
import { requireOwnFolders } from './own-folders.ts';
import { getFile, headFile, statFile } from './read.ts';
import { quickReader } from './read-now.ts';
import { sweepTree } from './sweep.ts';
import { copyIntoPlace, moveFile, removeFile, writeFile } from './write.ts';

/**
 * @param root a folder, absolute or relative to the working directory; it need not be there: reading finds
 *   nothing, writing makes it
 * @throws BuildcacheError `bad-input` when that is no folder name
 */
export function openFileStorage(root: string): Storage {
  if (root === '' || root.includes('\0')) {
    throw new BuildcacheError('bad-input', 'not a folder name', { found: JSON.stringify(root) });
  }
  const top = resolve(root);
  const swept = new Set<string>();
  const quick = quickReader();
  const storage: Storage = {
    url: pathToFileURL(top).href,
    fileOf: (key) => pathOf(top, key),
    conditions: 'lock',
    get: async (key, options = {}) => await getFile(pathOf(top, key), key, options, quick),
    head: async (key, options = {}) => {
      throwIfCancelled(options.signal);
      const look = options.withoutEtag === true ? statFile : headFile;
      return await look(pathOf(top, key), key);
    },
    list: (prefix, options = {}) => listFiles(top, prefix, options),
    put: async (key, source, options = {}) => ({
      etag: await writeFile(ownPathOf(top, key), source, { ...options, swept }),
    }),
    delete: async (key, options = {}) => await removeFile(ownPathOf(top, key), options),
    move: async (key, to, { signal } = {}) => await moveFile(ownPathOf(top, key), ownPathOf(top, to), signal),
    sweep: async ({ signal } = {}) => await sweepTree(top, signal),
    copyFrom: async (source, sourceKey, key, options = {}) => {
      const part = source.extentOf?.(sourceKey);
      const known = options.expected;
      if (part !== undefined && known?.size !== undefined && options.condition === undefined) {
        const { sha256, size } = known;
        await copyIntoPlace(
          ownPathOf(top, key),
          { ...part, size, sha256 },
          { swept, signal: options.signal },
        );
        return true;
      }
      const file = source.fileOf?.(sourceKey);
      if (file === undefined) return undefined;
      const path = ownPathOf(top, key);
      const { expected, hardLink, condition, signal } = options;
      const size = expected?.size ?? (await sizeOf(file));
      if (expected === undefined || condition !== undefined) {
        await writeFile(path, { file, size, sha256: expected?.sha256, hardLink }, { ...options, swept });
      } else {
        await copyIntoPlace(path, { file, size, sha256: expected.sha256, hardLink }, { swept, signal });
      }
      return true;
    },
    close: async () => {},
  };
  return storage;
}

/** @param key attacker-controlled */
function pathOf(top: string, key: string): string {
  checkKey(key);
  const reserved = key.split('/').find(isReservedName);
  if (reserved !== undefined) {
    throw new BuildcacheError('bad-input', `"${reserved}" is a name kept for unfinished files and locks`, {
      found: JSON.stringify(key),
    });
  }
  return join(top, key);
}

/** For what changes the file. */
function ownPathOf(top: string, key: string): string {
  const path = pathOf(top, key);
  requireOwnFolders(top, key);
  return path;
}

async function sizeOf(file: string): Promise<number> {
  try {
    const found = await stat(file);
    if (found.isFile()) return found.size;
  } catch (error) {
    throw fileError(error, file, 'copy');
  }
  throw new BuildcacheError('not-found', 'cannot copy: not a file', { file });
}
