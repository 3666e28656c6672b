/**
 * Copies one blob from one mirror to another, verified. The server or the file system does it where the two ends can.
 * Else the bytes come through this process: small blobs in memory, large ones through a file.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { verifyDigest, verifying } from '../../core/digest.ts';
import { BuildcacheError, fileError, systemCode } from '../../core/errors.ts';
import { fileSink } from '../../core/file-sink.ts';
import { passed } from '../../core/release.ts';
import { BODY_RETRY, retrying } from '../../core/retry.ts';
import { type WatchTransfer, watching } from '../../core/transfer.ts';
import { digestFile } from '../../storage/file-copier.ts';
import type { PutSource, Storage, StorageReader } from '../../storage/storage.ts';
import { documentUrl, fetchNamed, type KnownDescriptor } from '../fetch-document.ts';
import { blobKey } from './layout3.ts';
import { hasBlob } from './put-blob.ts';

/** Where and how blobs are copied. */
export interface CopySettings {
  /** An existing folder for blobs that are on their way. */
  readonly spool: string;
  /** Between folders: share the files themselves. */
  readonly hardLink: boolean;
  /** Follows the bytes that come through this process. */
  readonly watch?: WatchTransfer | undefined;
}

/** `there`: it was there already. `between`: the two ends copied it. `through`: its bytes came through this process. */
export type BlobCopy = 'there' | 'between' | 'through';

/** Bytes. A smaller blob is held in memory, which spares reading it three times. */
const SMALL = 4 * 1024 * 1024;

/**
 * Brings a blob to where layout 3 keeps it, unless it is there.
 * @throws BuildcacheError `not-found` when the source lacks it, `corrupt` when it is not what its name says; else as
 *   the storages do
 */
export async function copyBlob(
  from: StorageReader,
  blob: KnownDescriptor & { readonly size: number },
  to: Storage,
  settings: CopySettings,
  signal?: AbortSignal,
): Promise<BlobCopy> {
  if (await hasBlob(to, blob, signal)) return 'there';
  const { sha256, size } = blob;
  const key = blobKey(sha256);
  const options = { expected: { sha256, size }, hardLink: settings.hardLink, signal };
  if ((await to.copyFrom?.(from, blob.key, key, options)) === true) return 'between';
  const put = async (content: PutSource) => void (await to.put(key, content, { signal }));
  await withBlob(from, blob, settings.spool, signal, put, settings.watch);
  return 'through';
}

/**
 * Runs `use` with a blob, verified: small ones in memory, large ones as {@link withBlobFile} has them.
 * @throws as {@link copyBlob}
 */
export async function withBlob<T>(
  from: StorageReader,
  blob: KnownDescriptor & { readonly size: number },
  spool: string,
  signal: AbortSignal | undefined,
  use: (content: PutSource) => Promise<T>,
  watch?: WatchTransfer,
): Promise<T> {
  const { size } = blob;
  if (size > SMALL) {
    const send = (file: string) =>
      watching(watch, 'sending', size, (onBytes) => use({ file, size, sha256: blob.sha256, onBytes }));
    return await withBlobFile(from, blob, spool, signal, send, watch);
  }
  const bytes = await fetchNamed(from, blob, { what: 'the blob', maxBytes: SMALL, signal });
  if (bytes === undefined) throw missing(documentUrl(from, blob.key));
  return await use(bytes);
}

/**
 * Runs `use` with a blob as a verified file: the mirror's own file where that is on this machine, else a temporary
 * one.
 * @throws as {@link copyBlob}
 */
export async function withBlobFile<T>(
  from: StorageReader,
  blob: KnownDescriptor,
  spool: string,
  signal: AbortSignal | undefined,
  use: (file: string, size: number) => Promise<T>,
  watch?: WatchTransfer,
): Promise<T> {
  const local = from.fileOf?.(blob.key);
  if (local !== undefined) return await use(local, await verifyFile(from, blob, local, signal));
  const file = path.join(spool, `${blob.sha256}-${counter++}`);
  try {
    const length = await watching(watch, 'fetching', blob.size, (onBytes) =>
      receive(from, blob, file, signal, onBytes),
    );
    return await use(file, length);
  } finally {
    await rm(file, { force: true }).catch(() => undefined); // a file that cannot be removed now goes with its folder
  }
}

/** Two copies of one blob at once, to two mirrors, need two files. */
let counter = 0;

/** A blob that is a file of this machine. @returns bytes */
async function verifyFile(
  from: StorageReader,
  { key, sha256, size }: KnownDescriptor,
  file: string,
  signal: AbortSignal | undefined,
): Promise<number> {
  const source = documentUrl(from, key);
  const end = (await from.head(key, { signal, withoutEtag: true }))?.size;
  if (end === undefined) throw missing(source);
  verifyDigest(await digestFile({ file, start: 0, end }, signal), { sha256, size, source });
  return end;
}

/** Reads a blob to its end, verified, into a file. @returns bytes */
async function receive(
  from: StorageReader,
  { key, sha256, size }: KnownDescriptor,
  file: string,
  signal: AbortSignal | undefined,
  onBytes: ((bytes: number) => void) | undefined,
): Promise<number> {
  const source = documentUrl(from, key);
  // The backend has retried the request. This retries bodies that are cut short.
  return await retrying(
    async () => {
      const object = await from.get(key, { signal });
      if (object === undefined || object === 'not-modified') throw missing(source);
      let received = 0;
      const count = async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          received += chunk.length;
          onBytes?.(chunk.length);
          yield chunk;
          passed(chunk.length);
        }
      };
      const checked = verifying({ sha256, size, source });
      try {
        await pipeline(object.body, checked, count, fileSink(file, { mode: 0o600 }));
      } catch (error) {
        if (systemCode(error) !== undefined && !(error instanceof BuildcacheError)) {
          throw fileError(error, file, 'keep a blob that is on its way');
        }
        throw error;
      }
      return received;
    },
    BODY_RETRY,
    signal,
  );
}

function missing(url: string): BuildcacheError {
  return new BuildcacheError('not-found', 'a blob that its manifest names is not there', {
    url,
    hint: 'push the spec again: `buildcache push --force MIRROR SPEC`, or sync it from another mirror',
  });
}
