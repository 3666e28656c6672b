/**
 * Brings one file of a draft to its place in a volume, verified on the way. A thread copies a file of this machine;
 * any other is written as it arrives. Places are known beforehand, so many files can be on their way at once.
 */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { BuildcacheError, fileError } from '../../core/errors.ts';
import { retrying } from '../../core/retry.ts';
import { type WatchTransfer, watching } from '../../core/transfer.ts';
import { insertFile } from '../../storage/file-copier.ts';
import type { StoredObject } from '../../storage/storage.ts';
import { documentUrl } from '../fetch-document.ts';
import type { BundledFile } from './documents.ts';
import type { Draft } from './draft.ts';
import { memberHead, paddingOf } from './tar-member.ts';

/** A volume that is being written. */
export interface Target {
  readonly file: string;
  readonly handle: FileHandle;
}

/**
 * @param at the place of its header
 * @throws BuildcacheError `not-found` or `corrupt` for a file that is not what its manifest says, as the storages do;
 *   the volume has part of it then
 */
export async function bringFile(
  file: BundledFile,
  at: number,
  { objects, storage }: Draft,
  target: Target,
  { watch, signal }: { readonly watch?: WatchTransfer | undefined; readonly signal: AbortSignal },
): Promise<void> {
  const { path, size } = file;
  const from = objects.get(path)?.from;
  const url = from === undefined ? documentUrl(storage, path) : documentUrl(from.storage, from.key);
  const head = memberHead(path, size);
  const zeros = paddingOf(size);
  const local = from?.storage.fileOf?.(from.key);
  if (local !== undefined) {
    const into = { file: target.file, at, head, zeros };
    const found = await insertFile({ from: local, size, into }, signal).catch((error: unknown) => {
      throw error instanceof BuildcacheError ? error : writeError(error, target);
    });
    return requireRight(found, file, url);
  }
  const get = async () => {
    const object = await storage.get(path, { signal });
    if (object !== undefined && object !== 'not-modified') return object;
    const hint = 'push the spec again with --force, or leave it out';
    throw new BuildcacheError('not-found', 'a blob that its manifest names is not there', { url, hint });
  };
  // The backend has retried the request. This retries bodies that are cut short.
  const bring = (put: (bytes: Uint8Array, behind: number) => Promise<void>) =>
    retrying(async () => requireRight(await receive(await get(), size, put), file, url), RETRY, signal);
  const write = (bytes: Uint8Array, behind: number) => writeAt(target, bytes, at + behind);
  if (size > SMALL) {
    await write(head, 0);
    await watching(watch, `writing ${path.slice(-64, -52)}`, size, async (onBytes) => {
      await bring(async (bytes, behind) => {
        await write(bytes, head.length + behind);
        onBytes?.(bytes.length);
      });
    });
    return await write(Buffer.alloc(zeros), head.length + size);
  }
  const whole = Buffer.alloc(head.length + size + zeros);
  whole.set(head);
  await bring(async (bytes, behind) => whole.set(bytes, head.length + behind));
  await write(whole, 0);
}

/** The same policy as for a blob that is copied. */
const RETRY = { retries: 2, baseDelayMs: 100, maxDelayMs: 1000 };
/** Bytes. A smaller file is written in one piece. */
const SMALL = 1024 * 1024;

interface Received {
  readonly size: number;
  readonly sha256: string | undefined;
}

/** Never passes on more bytes than there should be. */
async function receive(
  { body }: StoredObject,
  size: number,
  put: (bytes: Uint8Array, behind: number) => Promise<void>,
): Promise<Received> {
  const hash = createHash('sha256');
  let length = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    if (length + piece.length > size) return { size: length + piece.length, sha256: undefined };
    await put(piece, length);
    hash.update(piece);
    length += piece.length;
  }
  return { size: length, sha256: hash.digest('hex') };
}

function requireRight(found: Received, { size, sha256 }: BundledFile, url: string): void {
  if (found.size === size && found.sha256 === sha256) return;
  const isLength = found.size !== size;
  throw new BuildcacheError('corrupt', isLength ? 'its length is wrong' : 'its SHA-256 is wrong', {
    url,
    expected: isLength ? `${size} bytes` : sha256,
    found: isLength ? `${found.size > size ? 'more' : `${found.size} bytes`}` : (found.sha256 ?? ''),
    hint: 'push the spec again with --force, or leave it out',
  });
}

export async function writeAt(target: Target, bytes: Uint8Array, at: number): Promise<void> {
  try {
    for (let done = 0; done < bytes.length; )
      done += (await target.handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  } catch (error) {
    throw writeError(error, target);
  }
}

function writeError(error: unknown, { file }: Target): BuildcacheError {
  const { code, message, facts } = fileError(error, file, 'write the volume');
  const hint = 'what is written stays: run it again to go on';
  return new BuildcacheError(code, message, { ...facts, hint }, error);
}
