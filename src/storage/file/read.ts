/** Reading one file as an object. */
import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { throwIfCancelled } from '../../core/abort.ts';
import { fileError, systemCode } from '../../core/errors.ts';
import { BytesBody } from '../bytes-body.ts';
import type { GetOptions, ObjectInfo, StoredObject } from '../storage.ts';
import { fileBody } from './body.ts';
import { contentEtag, isSmall, statEtag } from './etag.ts';
import type { FileNow, QuickReader } from './read-now.ts';

/** As `StorageReader.get`. A folder, FIFO, socket or device is not an object. */
export async function getFile(
  path: string,
  key: string,
  options: GetOptions,
  quick?: QuickReader,
): Promise<StoredObject | 'not-modified' | undefined> {
  throwIfCancelled(options.signal);
  const now = quick?.(path);
  const found = now === undefined ? await openFile(path) : smallFile(now);
  if (found === undefined) return undefined;
  const { size, modified } = found;
  if (options.ifNoneMatch !== undefined && found.etag === options.ifNoneMatch) {
    await found.handle?.close();
    return 'not-modified';
  }
  const start = options.range?.start ?? 0;
  const end = Math.min(size, (options.range?.end ?? Number.MAX_SAFE_INTEGER - 1) + 1);
  const body =
    found.handle === undefined
      ? new BytesBody(found.content.subarray(start, Math.max(start, end)))
      : fileBody(found.handle, { start, end }, path, options.signal);
  return {
    key,
    size,
    modified,
    get etag() {
      return found.etag;
    },
    offset: start,
    body,
  };
}

/** As `StorageReader.head`. */
export async function headFile(path: string, key: string): Promise<ObjectInfo | undefined> {
  const found = await openFile(path);
  if (found === undefined) return undefined;
  await found.handle?.close();
  return { key, size: found.size, modified: found.modified, etag: found.etag };
}

/** The same without the etag: for a small file, that takes reading it. */
export async function statFile(path: string, key: string): Promise<ObjectInfo | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? { key, size: found.size, modified: found.mtime } : undefined;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw fileError(error, path, 'read');
  }
}

type OpenFile = { readonly etag: string; readonly size: number; readonly modified: Date } & (
  | { readonly handle: FileHandle }
  | { readonly handle: undefined; readonly content: Buffer }
);

async function openFile(path: string): Promise<OpenFile | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryOpenFile(path);
    } catch (error) {
      // NFS: the file was replaced between our opening and our reading it.
      if (systemCode(error) !== 'ESTALE' || attempt === 3) throw fileError(error, path, 'read');
    }
  }
}

async function tryOpenFile(path: string): Promise<OpenFile | undefined> {
  const handle = await openIfThere(path);
  if (handle === undefined) return undefined;
  let keep = false;
  try {
    const found = await handle.stat({ bigint: true });
    if (!found.isFile()) return undefined;
    const modified = found.mtime;
    if (isSmall(found.size)) {
      // Read at once, so that the etag is that of the very bytes handed out.
      const content = await readSmall(handle, Number(found.size));
      return smallFile({ content, modified });
    }
    keep = true;
    return { handle, etag: statEtag(found), size: Number(found.size), modified };
  } finally {
    if (!keep) await handle.close();
  }
}

function smallFile({ content, modified }: FileNow): OpenFile {
  return {
    handle: undefined,
    content,
    // Made when it is asked for: most readers want no etag, and it takes as long as all the rest.
    get etag() {
      return contentEtag(content);
    },
    size: content.length,
    modified,
  };
}

/**
 * Reads to the end. Asking for a byte more than there should be shows the end; some file systems give less than there
 * is.
 */
async function readSmall(handle: FileHandle, size: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(size + 1);
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
  return bytesRead === size ? buffer.subarray(0, size) : await handle.readFile();
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    // Not blocking: opening a FIFO would wait for a writer.
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  switch (systemCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENXIO': // a socket
    case 'ENAMETOOLONG': // nothing can be there
      return true;
    default:
      return false;
  }
}
