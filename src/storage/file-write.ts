/**
 * Putting and deleting files, whole or not at all.
 *
 * Durability: content is synced to disk before it gets its final name, so that a crash leaves no empty or
 * torn file under a content address, where it would be taken for present ever after. Folders are not synced:
 * a name lost in a crash is an entry that was not published, and is pushed again.
 */
import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, type FileHandle, link, mkdir, open, stat } from 'node:fs/promises';
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

/** What is written: bytes, or a file, perhaps one that must have a certain digest, or may be shared by a second name. */
export type FileSource =
  | Uint8Array
  | (Exclude<PutSource, Uint8Array> & {
      readonly sha256?: string | undefined;
      readonly hardLink?: boolean | undefined;
    });

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
export async function writeFile(path: string, source: FileSource, options: WriteOptions): Promise<string> {
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

async function fill(file: string, source: FileSource, signal: AbortSignal | undefined): Promise<void> {
  throwIfCancelled(signal);
  if (source instanceof Uint8Array) {
    const handle = await open(file, 'wx', PUBLIC);
    return await closing(handle, async () => {
      await handle.writeFile(source);
      await handle.sync();
    });
  }
  const linked = source.hardLink === true && (await tryLink(source.file, file));
  const shared = linked || (await clone(source.file, file));
  const handle = await open(file, shared ? 'r' : 'w', PUBLIC);
  await closing(handle, async () => {
    const hash = source.sha256 === undefined ? undefined : createHash('sha256');
    const size = shared
      ? await pass(handle, undefined, hash, signal)
      : await copy(source.file, handle, hash, signal);
    if (size !== source.size) throw sizeChanged(source.file, source.size, size);
    requireDigest(hash, source);
    if (!linked) await handle.sync();
  });
}

/** A second name for the same file. False where there can be none: another file system, or one without them. */
async function tryLink(from: string, to: string): Promise<boolean> {
  return await link(from, to).then(
    () => true,
    () => false,
  );
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

async function copy(
  from: string,
  to: FileHandle,
  hash: Hash | undefined,
  signal: AbortSignal | undefined,
): Promise<number> {
  const source = await open(from).catch((error: unknown) => {
    throw fileError(error, from, 'read');
  });
  let size = 0;
  await closing(source, async () => {
    size = await pass(source, to, hash, signal);
  });
  return size;
}

/** Reads to the end, into a file and a digest where there are any. @returns bytes */
async function pass(
  from: FileHandle,
  to: FileHandle | undefined,
  hash: Hash | undefined,
  signal: AbortSignal | undefined,
): Promise<number> {
  if (to === undefined && hash === undefined) return (await from.stat()).size;
  const buffer = Buffer.allocUnsafe(COPY_CHUNK);
  for (let size = 0; ; ) {
    throwIfCancelled(signal);
    const { bytesRead } = await from.read(buffer, 0, COPY_CHUNK, size);
    if (bytesRead === 0) return size;
    const chunk = buffer.subarray(0, bytesRead);
    const writing = to?.writeFile(chunk); // Goes on where the last one ended.
    hash?.update(chunk); // meanwhile
    await writing;
    size += bytesRead;
  }
}

function requireDigest(hash: Hash | undefined, { file, sha256 }: Exclude<FileSource, Uint8Array>): void {
  const found = hash?.digest('hex');
  if (found === sha256) return;
  throw new BuildcacheError('corrupt', 'its SHA-256 is wrong', {
    file,
    expected: sha256 ?? '',
    found: found ?? '',
  });
}

async function closing(handle: FileHandle, use: () => Promise<void>): Promise<void> {
  try {
    await use();
  } finally {
    await handle.close();
  }
}
