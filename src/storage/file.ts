/**
 * A folder as a storage: `file://` mirrors and plain paths, on local and network file systems. A key is a
 * path below the root. Symbolic links are followed: who may put them there may also put files there.
 */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { throwIfCancelled } from '../core/abort.ts';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { fileBody } from './file-body.ts';
import { contentEtag, isSmall, statEtag } from './file-etag.ts';
import { listFiles } from './file-list.ts';
import { isReservedName } from './file-names.ts';
import { checkKey, checkPrefix } from './key.ts';
import type { GetOptions, ObjectInfo, Storage, StoredObject } from './storage.ts';

/**
 * @param root a folder, absolute or relative to the working directory; it need not be there: reading finds
 *   nothing, writing makes it
 */
export function openFileStorage(root: string): Storage {
  if (root === '' || root.includes('\0')) {
    throw new BuildcacheError('bad-input', 'not a folder name', { found: JSON.stringify(root) });
  }
  const top = resolve(root);
  const pathOf = (key: string): string => {
    checkKey(key);
    const reserved = key.split('/').find(isReservedName);
    if (reserved !== undefined) {
      throw new BuildcacheError('bad-input', `"${reserved}" is a name kept for unfinished files and locks`, {
        found: JSON.stringify(key),
      });
    }
    return join(top, key);
  };
  return {
    url: pathToFileURL(top).href,
    conditions: 'lock',
    get: async (key, options = {}) => await getFile(pathOf(key), key, options),
    head: async (key, options = {}) => {
      const found = await getFile(pathOf(key), key, options);
      if (found === undefined || found === 'not-modified') return undefined;
      found.body.destroy();
      return { key, size: found.size, modified: found.modified, etag: found.etag };
    },
    list: (prefix, options = {}) => {
      checkPrefix(prefix);
      return listFiles(top, prefix, options.signal);
    },
    put: async () => {
      throw new BuildcacheError('unsupported', 'writing is not here yet');
    },
    delete: async () => {
      throw new BuildcacheError('unsupported', 'writing is not here yet');
    },
    close: async () => {},
  };
}

async function getFile(
  path: string,
  key: string,
  options: GetOptions,
): Promise<StoredObject | 'not-modified' | undefined> {
  throwIfCancelled(options.signal);
  const handle = await openIfThere(path);
  if (handle === undefined) return undefined;
  let handedOn = false;
  try {
    const found = await handle.stat({ bigint: true });
    // A folder, a FIFO or a device is not an object.
    if (!found.isFile()) return undefined;
    // A small file is read at once, so that its etag is that of the very bytes handed out.
    const content = isSmall(found.size) ? await handle.readFile() : undefined;
    const etag = content === undefined ? statEtag(found) : contentEtag(content);
    if (etag === options.ifNoneMatch) return 'not-modified';
    const size = content?.length ?? Number(found.size);
    const start = options.range?.start ?? 0;
    const end = Math.min(size, (options.range?.end ?? Number.MAX_SAFE_INTEGER - 1) + 1);
    const info: ObjectInfo = { key, size, modified: found.mtime, etag };
    if (content !== undefined) {
      return {
        ...info,
        offset: start,
        body: Readable.from(slices(content.subarray(start, end)), { objectMode: false }),
      };
    }
    handedOn = true;
    return { ...info, offset: start, body: fileBody(handle, { start, end }, path, options.signal) };
  } catch (error) {
    throw fileError(error, path, 'read');
  } finally {
    if (!handedOn) await handle.close();
  }
}

function* slices(content: Buffer): Generator<Buffer> {
  if (content.length > 0) yield content;
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    // Not blocking: opening a FIFO would wait for a writer.
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    switch (systemCode(error)) {
      case 'ENOENT':
      case 'ENOTDIR':
      case 'EISDIR':
      case 'ENXIO': // a socket
      case 'ENAMETOOLONG': // nothing can be there
        return undefined;
      default:
        throw fileError(error, path, 'read');
    }
  }
}
