/**
 * Brings files of a draft to their places in a volume, verified on the way. A thread copies those that lie on this
 * machine, many in one go; any other is written as it arrives. Places are known beforehand, so many can be on their
 * way at once.
 */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { BuildcacheError, fileError } from '../../core/errors.ts';
import { passed } from '../../core/release.ts';
import { retrying } from '../../core/retry.ts';
import { type WatchTransfer, watching } from '../../core/transfer.ts';
import { insertFiles } from '../../storage/file-copier.ts';
import type { StoredObject } from '../../storage/storage.ts';
import { documentUrl } from '../fetch-document.ts';
import type { BundledFile } from './documents.ts';
import type { Draft, Extent } from './draft.ts';
import { memberHead, memberLength, paddingOf } from './tar-member.ts';

/** A volume that is being written. */
export interface Target {
  readonly file: string;
  readonly handle: FileHandle;
}

/** A file of a volume, and the place of its header there. */
export interface Place {
  readonly file: BundledFile;
  readonly at: number;
}

/** Files of this machine, each right behind the one before; or one that has to be fetched. */
export type Batch =
  | { readonly kind: 'local'; readonly places: readonly (Place & { readonly extent: Extent })[] }
  | { readonly kind: 'remote'; readonly places: readonly [Place] };

/** Bytes, and files: so much goes to a thread at once. A larger file goes alone. */
const MOST = { bytes: 8 * 1024 * 1024, files: 256 };

/** @param places in order, maybe with gaps */
export function inBatches(places: readonly Place[], draft: Draft): Batch[] {
  const batches: Batch[] = [];
  let last: { places: (Place & { extent: Extent })[]; end: number; bytes: number } | undefined;
  for (const place of places) {
    const { path, size } = place.file;
    const extent = draft.extentOf(path);
    if (extent === undefined) {
      batches.push({ kind: 'remote', places: [place] });
      continue;
    }
    const isFull =
      last !== undefined && (last.bytes + size > MOST.bytes || last.places.length === MOST.files);
    if (last === undefined || isFull || last.end !== place.at) {
      last = { places: [], end: place.at, bytes: 0 };
      batches.push({ kind: 'local', places: last.places });
    }
    last.places.push({ ...place, extent });
    last.end += memberLength(path, size);
    last.bytes += size;
  }
  return batches;
}

interface BringSettings {
  readonly watch?: WatchTransfer | undefined;
  readonly signal: AbortSignal;
}

/**
 * @throws BuildcacheError `not-found` or `corrupt` for a file that is not what its manifest says, as the storages do;
 *   the volume has part of the batch then
 */
export async function bringBatch(
  batch: Batch,
  draft: Draft,
  target: Target,
  settings: BringSettings,
): Promise<void> {
  if (batch.kind === 'remote') return await fetchFile(batch.places[0], draft, target, settings);
  const { places } = batch;
  const parts = places.map(({ file: { path, size }, extent: { file: from, start, isPart } }) => {
    return { from, start, isPart, size, head: memberHead(path, size), zeros: paddingOf(size) };
  });
  const job = { into: target.handle.fd, at: places[0]?.at ?? 0, parts };
  const found = await insertFiles(job, settings.signal).catch((error: unknown) => {
    throw writeError(error, target.file);
  });
  // After the first that is not as long as it should be, there are no more.
  for (const [i, { file }] of places.entries()) {
    requireRight(found[i] ?? { size: 0, sha256: undefined }, file, urlOf(file.path, draft));
  }
}

function urlOf(path: string, { objects, storage }: Draft): string {
  const from = objects.get(path)?.from;
  return from === undefined ? documentUrl(storage, path) : documentUrl(from.storage, from.key);
}

async function fetchFile(
  { file, at }: Place,
  draft: Draft,
  target: Target,
  { watch, signal }: BringSettings,
): Promise<void> {
  const { path, size } = file;
  const { storage } = draft;
  const url = urlOf(path, draft);
  const head = memberHead(path, size);
  const zeros = paddingOf(size);
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
    passed(piece.length);
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
    throw writeError(error, target.file);
  }
}

/** @param file the volume */
export function writeError(error: unknown, file: string): BuildcacheError {
  if (error instanceof BuildcacheError) return error;
  const { code, message, facts } = fileError(error, file, 'write the volume');
  const hint = 'what is written stays: run it again to go on';
  return new BuildcacheError(code, message, { ...facts, hint }, error);
}
