/**
 * Blobs on their way to this machine: handed on while they arrive, checked on the way, and kept under their digest so
 * that they are downloaded once. Bytes that arrived before a download broke off are not asked for again.
 *
 * The bytes are handed on at once, not when the download is complete. So unpacking runs while the network is waited
 * for, and a large tarball is not read a second time. A small one may be wanted whole: streams cost more than its bytes.
 */

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfCancelled } from '../../core/abort.ts';
import { MAX_BLOB } from '../../core/digest.ts';
import { BuildcacheError, type ErrorCode, errorCode } from '../../core/errors.ts';
import { passed, release } from '../../core/release.ts';
import { isTransient } from '../../core/retry.ts';
import { chunksOf } from '../../storage/bytes-body.ts';
import type { StorageReader } from '../../storage/storage.ts';
import { documentUrl } from '../fetch-document.ts';
import { type BlobStore, openBlobStore, type PartialBlob } from './blob-store.ts';

export interface BlobRequest {
  readonly storage: StorageReader;
  readonly key: string;
  readonly sha256: string;
  /** Bytes; undefined where nothing says (layout 2). */
  readonly size: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told how many bytes more have come from the mirror. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/** `failed`: the blob could not be had from there, and somebody else may be asked for it. */
export type Delivery<T> =
  | { readonly kind: 'used'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown };

/** How blobs of a known and small size are used: as bytes that are all there, and are the right ones. */
export interface WholeUse<T> {
  /** Bytes; larger blobs are handed on as they arrive. */
  readonly upTo: number;
  /** The bytes are gone when it has ended. */
  readonly use: (bytes: Buffer) => Promise<T>;
}

export interface DownloadCache {
  /**
   * Hands the blob's bytes to `use`, which must read them to their end. When the stream fails, `use` must keep
   * nothing of them: only its end tells that they are the right ones. `use` may be called again with a new stream.
   * Where `use` finds fault with the bytes (`corrupt`, `bad-input`, `too-large`), the delivery has failed, and none
   * of them are kept.
   * @param whole used instead of `use` for small blobs
   * @throws any other error of `use`; `cancelled`
   */
  deliver<T>(
    request: BlobRequest,
    use: (bytes: Readable) => Promise<T>,
    whole?: WholeUse<T>,
  ): Promise<Delivery<T>>;
}

/** @param folder created when something is first kept; undefined: nothing is */
export function openDownloadCache(folder: string | undefined): DownloadCache {
  const store = folder === undefined ? undefined : openBlobStore(folder);
  return {
    async deliver<T>(
      request: BlobRequest,
      use: (bytes: Readable) => Promise<T>,
      whole?: WholeUse<T>,
    ): Promise<Delivery<T>> {
      const { size = Number.POSITIVE_INFINITY } = request;
      const small = size <= (whole?.upTo ?? 0) ? whole : undefined;
      const hand: HandOver<T> =
        small === undefined
          ? (chunks, stop) => handOver(request, chunks, use, stop)
          : (chunks) =>
              handOverWhole(request, size, chunks, (all) => small.use(all).finally(() => release(all)));
      // A blob that lies on this machine's disks already need not lie there twice.
      const keeping = request.storage.url.startsWith('file:') ? undefined : store;
      // Not what may be moved to a thread (release.ts): that is not there to be kept afterwards.
      if (small !== undefined && size < CHUNK) return await deliverFew(request, size, keeping, small.use);
      const kept = await keeping?.openWhole(request.sha256, request.size);
      if (kept !== undefined) {
        try {
          const delivery = await hand(bytesOf(kept, Number.POSITIVE_INFINITY));
          if (delivery.kind === 'used') return delivery;
        } catch (error) {
          // Another job may have left the bytes, and then the error is theirs: whatever comes of them.
          if (request.signal?.aborted === true || (await isRight(request, kept))) throw error;
        } finally {
          await kept.close().catch(() => undefined);
        }
        await keeping?.drop(request.sha256);
      }
      const part = await keeping?.begin(request.sha256);
      const delivery = await fetchOnce(request, part, hand);
      // The bytes that an earlier download has left may be the wrong ones.
      const tainted =
        part !== undefined && part.size > 0 && delivery.kind === 'failed' && !isAbsence(delivery.error);
      return tainted ? await fetchOnce(request, await keeping?.begin(request.sha256), hand) : delivery;
    },
  };
}

const CHUNK = 256 * 1024;
/** How often a body that breaks off is continued without getting much further. */
const RETRIES = 3;
/** Short: the request that follows is what keeps failing, and the storage retries that with longer pauses. */
const PAUSE_MS = 50;
const PROGRESS = 64 * 1024;

/** So few bytes are sooner asked for again than what there is of them is looked for and gone on with. */
async function deliverFew<T>(
  request: BlobRequest,
  size: number,
  store: BlobStore | undefined,
  use: (bytes: Buffer) => Promise<T>,
): Promise<Delivery<T>> {
  const kept = await store?.readSmall(request.sha256, size);
  if (kept !== undefined) {
    const delivery = await handOverWhole(request, size, [kept], use);
    if (delivery.kind === 'used') return delivery;
    await store?.drop(request.sha256);
  }
  let bytes: Buffer | undefined;
  const delivery = await handOverWhole(request, size, mirrorBytes(request, undefined), async (whole) => {
    bytes = whole;
    return await use(whole);
  });
  if (delivery.kind === 'used' && bytes !== undefined) await store?.keep(request.sha256, bytes);
  return delivery;
}

/** @param stop called when nothing reads the bytes any more */
type HandOver<T> = (chunks: AsyncIterable<Buffer>, stop?: () => void) => Promise<Delivery<T>>;

/** Delivers the blob from the mirror, beginning with the bytes that are here already. */
async function fetchOnce<T>(
  request: BlobRequest,
  part: PartialBlob | undefined,
  hand: HandOver<T>,
): Promise<Delivery<T>> {
  const stop = new AbortController();
  const signals = request.signal === undefined ? [stop.signal] : [request.signal, stop.signal];
  const chunks = mirrorBytes({ ...request, signal: AbortSignal.any(signals) }, part);
  let outcome: 'whole' | 'wrong' | 'cut' = 'cut';
  try {
    const delivery = await hand(chunks, () => stop.abort());
    if (delivery.kind === 'used') outcome = 'whole';
    else if (!isAbsence(delivery.error)) outcome = 'wrong';
    return delivery;
  } catch (error) {
    const isLeft = part !== undefined && part.size > 0;
    if (!isLeft || request.signal?.aborted === true || isAbsence(error)) throw error;
    // As above: of what an earlier download has left, nothing is known yet.
    outcome = 'wrong';
    return { kind: 'failed', error };
  } finally {
    if (outcome === 'whole') await part?.commit();
    else if (outcome === 'wrong') await part?.discard();
    else await part?.release();
  }
}

/** @param size of the blob */
async function handOverWhole<T>(
  request: BlobRequest,
  size: number,
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  use: (bytes: Buffer) => Promise<T>,
): Promise<Delivery<T>> {
  const bytes = Buffer.allocUnsafeSlow(size);
  let filled = 0;
  try {
    for await (const part of checkedBytes(request, chunks)) filled += part.copy(bytes, filled);
  } catch (error) {
    return failed(request, error);
  }
  try {
    return { kind: 'used', value: await use(bytes) };
  } catch (error) {
    if (FAULTY.has(errorCode(error))) return failed(request, error);
    throw error;
  }
}

async function handOver<T>(
  request: BlobRequest,
  chunks: AsyncIterable<Buffer>,
  use: (bytes: Readable) => Promise<T>,
  stop: () => void = () => undefined,
): Promise<Delivery<T>> {
  let state: { readonly whole: true } | { readonly error: unknown } | undefined;
  const source = checkedBytes(request, chunks);
  let begun = false;
  const watched = async function* () {
    begun = true;
    try {
      for (;;) {
        // The `catch` is not around the `yield`: an error that the reader throws in there is the reader's.
        const next = await source.next().catch((error: unknown) => {
          state = { error };
          throw error;
        });
        if (next.done === true) break;
        yield next.value;
        passed(next.value.length);
      }
      state = { whole: true };
    } finally {
      await source.return(undefined);
    }
  };
  // One piece waits, not several: the stream would copy them into one.
  const bytes = Readable.from(watched(), { objectMode: false, highWaterMark: CHUNK });
  // The reader hears of this error. When there is no reader any more, it must not end the process.
  bytes.on('error', () => undefined);
  let value: T;
  try {
    value = await use(bytes);
  } catch (error) {
    if (state !== undefined && 'error' in state) return failed(request, state.error);
    // `use` may have seen no more than the first bytes: their digest has not told right from wrong yet.
    const isDoubtful = state === undefined && begun && errorCode(error) === 'unsupported';
    if (isDoubtful || FAULTY.has(errorCode(error))) return failed(request, error);
    throw error;
  } finally {
    if (!bytes.closed) {
      stop();
      bytes.destroy();
      await once(bytes, 'close').catch(() => undefined);
    }
  }
  if (state !== undefined && 'error' in state) return failed(request, state.error);
  if (state === undefined) throw new BuildcacheError('internal', 'a blob was not read to its end');
  return { kind: 'used', value };
}

async function isRight(request: BlobRequest, kept: FileHandle): Promise<boolean> {
  try {
    for await (const _ of checkedBytes(request, bytesOf(kept, Number.POSITIVE_INFINITY)));
    return true;
  } catch {
    throwIfCancelled(request.signal);
    return false;
  }
}

function failed({ signal }: BlobRequest, error: unknown): { kind: 'failed'; error: unknown } {
  throwIfCancelled(signal);
  return { kind: 'failed', error };
}

/** Passes on the bytes. Their end comes only when all of them were right. */
async function* checkedBytes(
  request: BlobRequest,
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
): AsyncGenerator<Buffer> {
  const { sha256, size, signal } = request;
  const most = size ?? MAX_BLOB;
  const hash = createHash('sha256');
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    throwIfCancelled(signal);
    if (length > most) throw wrong(request, 'its length is wrong', `${most} bytes`, 'more');
    hash.update(chunk);
    yield chunk;
  }
  if (size !== undefined && length !== size) {
    throw wrong(request, 'its length is wrong', `${size} bytes`, `${length} bytes`);
  }
  const found = hash.digest('hex');
  if (found !== sha256) throw wrong(request, 'its SHA-256 is wrong', sha256, found);
}

async function* bytesOf(handle: FileHandle, end: number): AsyncGenerator<Buffer> {
  for (let position = 0; position < end; ) {
    const wanted = Math.min(CHUNK, end - position);
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(wanted), 0, wanted, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** The bytes that are here already, then the rest; continued where it breaks off. */
async function* mirrorBytes(request: BlobRequest, part: PartialBlob | undefined): AsyncGenerator<Buffer> {
  const { size, signal, onBytes } = request;
  let position = 0;
  if (part !== undefined) {
    for await (const chunk of bytesOf(part.handle, part.size)) {
      position += chunk.length;
      yield chunk;
    }
  }
  let failures = 0;
  let milestone = position;
  while (size === undefined || position < size) {
    try {
      for await (const chunk of rest(request, position)) {
        position += chunk.length;
        onBytes?.(chunk.length);
        await part?.append(chunk);
        yield chunk;
      }
      return;
    } catch (error) {
      if (position - milestone >= PROGRESS) failures = 0;
      milestone = position;
      if (!isTransient(error) || failures++ === RETRIES || signal?.aborted === true) throw error;
      await sleep(PAUSE_MS * 2 ** (failures - 1), undefined, signal === undefined ? {} : { signal });
    }
  }
}

/** The blob from this position on. */
async function* rest(request: BlobRequest, position: number): AsyncGenerator<Buffer> {
  const { storage, key, size, signal } = request;
  // One byte more than is missing: where nothing is missing, the range would be refused.
  const range = position === 0 ? undefined : { start: position - 1 };
  const object = await storage.get(key, { signal, ...(range === undefined ? {} : { range }) });
  if (object === undefined || object === 'not-modified') {
    throw new BuildcacheError('not-found', 'it is named but not there', {
      url: documentUrl(storage, key),
      hint: 'push the spec again: `buildcache push --force MIRROR SPEC`',
    });
  }
  const { body, offset } = object;
  // When a body is destroyed unread, nothing else hears of its error.
  body.on('error', () => undefined);
  try {
    const html = object.contentType === 'text/html';
    if (size !== undefined && object.size !== undefined && object.size !== size) {
      throw wrong(
        request,
        'its length is wrong',
        `${size} bytes`,
        `${object.size} bytes${html ? ' of HTML' : ''}`,
      );
    }
    if (offset > position)
      throw wrong(request, 'the server sent another range', `from ${position}`, `from ${offset}`);
    let skip = position - offset;
    for await (const chunk of chunksOf(body)) {
      if (chunk.length > skip) yield skip === 0 ? chunk : chunk.subarray(skip);
      skip = Math.max(0, skip - chunk.length);
    }
  } finally {
    body.destroy();
  }
}

function wrong(
  { storage, key }: BlobRequest,
  message: string,
  expected: string,
  found: string,
): BuildcacheError {
  return new BuildcacheError('corrupt', message, { url: documentUrl(storage, key), expected, found });
}

/** Errors with which `use` finds fault with the bytes. Other errors are about what it does with them. */
const FAULTY: ReadonlySet<ErrorCode> = new Set(['corrupt', 'bad-input', 'too-large']);
const ABSENT: ReadonlySet<ErrorCode> = new Set(['not-found', 'denied', 'cancelled']);

/** Whether bytes did not come. That says nothing against those that did. */
function isAbsence(error: unknown): boolean {
  return isTransient(error) || ABSENT.has(errorCode(error));
}
