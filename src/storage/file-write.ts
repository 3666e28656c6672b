/**
 * Putting and deleting files, whole or not at all.
 *
 * Durability: content is synced to disk before it gets its final name, so that a crash leaves no empty or
 * torn file under a content address, where it would be taken for present ever after. Folders are not synced:
 * a name lost in a crash is an entry that was not published, and is pushed again.
 */
import { constants } from 'node:fs';
import { chmod, copyFile, type FileHandle, mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { throwIfCancelled } from '../core/abort.ts';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { headFile } from './file-read.ts';
import { sweepLeftovers } from './file-sweep.ts';
import { takeTurn } from './file-turn.ts';
import { sizeChanged } from './payload.ts';
import type { PutCondition, PutSource } from './storage.ts';

/** Less the umask, or as the folder's default access list says: a mirror is for others to read. */
const PUBLIC = 0o666;
const COPY_CHUNK = 1024 * 1024;
/** Turns lost in a row before we give up: each takes a pause of seconds in the middle of milliseconds' work. */
const ATTEMPTS = 3;

export interface WriteOptions {
  readonly condition?: PutCondition | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Folders already cleared of leftovers; added to. */
  readonly swept: Set<string>;
}

/**
 * @returns the etag of what was written
 * @throws BuildcacheError `conflict` when the condition does not hold; `denied`, `io` (a full disk among them)
 */
export async function writeFile(path: string, source: PutSource, options: WriteOptions): Promise<string> {
  const { condition, signal, swept } = options;
  const folder = dirname(path);
  try {
    // Asked before the copying as well, which may be long and in vain.
    await checkCondition(path, condition);
    await mkdir(folder, { recursive: true });
    if (!swept.has(folder)) {
      swept.add(folder);
      await sweepLeftovers(folder);
    }
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      let etag = '';
      const outcome = await takeTurn(
        path,
        {
          fill: async (file) => {
            await fill(file, source, signal);
            etag = (await currentEtag(file)) ?? '';
          },
          decide: async () => {
            await checkCondition(path, condition);
            return 'publish';
          },
        },
        signal,
      );
      if (outcome === 'done') return etag;
    }
  } catch (error) {
    throw fileError(error, path, 'write');
  }
  throw new BuildcacheError('conflict', 'others kept writing this file', { file: path, hint: 'try again' });
}

/** @returns false when nothing was there */
export async function removeFile(path: string, signal: AbortSignal | undefined): Promise<boolean> {
  let removed = false;
  try {
    throwIfCancelled(signal);
    if (!(await isFile(path))) return false;
    const outcome = await takeTurn(
      path,
      {
        fill: async (file) => await (await open(file, 'wx')).close(),
        decide: async () => {
          removed = await isFile(path);
          return removed ? 'remove' : 'leave';
        },
      },
      signal,
    );
    return removed && outcome === 'done';
  } catch (error) {
    throw fileError(error, path, 'delete');
  }
}

/** @returns false when nothing was there */
export async function moveFile(from: string, to: string, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    throwIfCancelled(signal);
    if (!(await isFile(from))) return false;
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw fileError(error, from, 'move');
  }
}

async function checkCondition(path: string, condition: PutCondition | undefined): Promise<void> {
  if (condition === undefined) return;
  const found = await currentEtag(path);
  if ('ifAbsent' in condition) {
    if (found === undefined) return;
    throw new BuildcacheError('conflict', 'there is a file already', { file: path, expected: 'no file' });
  }
  if (found === condition.ifMatch) return;
  throw new BuildcacheError('conflict', 'somebody else changed this file meanwhile', {
    file: path,
    expected: condition.ifMatch,
    found: found ?? 'no file',
  });
}

async function currentEtag(path: string): Promise<string | undefined> {
  return (await headFile(path, path))?.etag;
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return false;
    throw error;
  }
}

async function fill(file: string, source: PutSource, signal: AbortSignal | undefined): Promise<void> {
  throwIfCancelled(signal);
  if (source instanceof Uint8Array) {
    const handle = await open(file, 'wx', PUBLIC);
    return await closing(handle, async () => {
      await handle.writeFile(source);
      await handle.sync();
    });
  }
  const cloned = await clone(source.file, file);
  const handle = await open(file, cloned ? 'r+' : 'w', PUBLIC);
  await closing(handle, async () => {
    if (!cloned) await copy(source.file, handle, signal);
    const { size } = await handle.stat();
    if (size !== source.size) throw sizeChanged(source.file, source.size, size);
    await handle.sync();
  });
}

/** Shares the blocks of `from` where the file system can: no bytes are moved. False where it cannot. */
async function clone(from: string, to: string): Promise<boolean> {
  const handle = await open(to, 'wx', PUBLIC);
  const { mode } = await handle.stat();
  await handle.close();
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE);
  } catch {
    return false; // Whatever it was: copying meets it again, or does not.
  }
  await chmod(to, mode & 0o7777); // The mode came along; a spooled file is private.
  return true;
}

async function copy(from: string, to: FileHandle, signal: AbortSignal | undefined): Promise<void> {
  const source = await open(from).catch((error: unknown) => {
    throw fileError(error, from, 'read');
  });
  await closing(source, async () => {
    const buffer = Buffer.allocUnsafe(COPY_CHUNK);
    for (;;) {
      throwIfCancelled(signal);
      const { bytesRead } = await source.read(buffer, 0, COPY_CHUNK, null);
      if (bytesRead === 0) return;
      await to.writeFile(buffer.subarray(0, bytesRead)); // Goes on where the last one ended.
    }
  });
}

async function closing(handle: FileHandle, use: () => Promise<void>): Promise<void> {
  try {
    await use();
  } finally {
    await handle.close();
  }
}
