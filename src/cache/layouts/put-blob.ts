/**
 * Writing layout 3's two kinds of documents: blobs under the digest of their content, and the manifests that name
 * them. A blob is written before what names it, so that nothing ever names what is not there.
 */
import { sha256 } from '../../core/digest.ts';
import { errorCode } from '../../core/errors.ts';
import type { PutCondition, Storage } from '../../storage/storage.ts';
import { blobKey } from './layout3.ts';
import { type BlobRecord, formatManifest, MEDIA_TYPE, type MediaKind } from './manifest.ts';

/** A blob's content: bytes in memory, or a file whose digest is known. */
export type BlobContent = Uint8Array | BlobFile;

export interface BlobFile {
  readonly file: string;
  readonly size: number;
  readonly sha256: string;
  /** As of what is put. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/** What a manifest says of a blob. @param mediaType where the kind has several */
export function blobRecord(
  kind: MediaKind,
  content: BlobContent,
  compression: BlobRecord['compression'],
  mediaType: string = MEDIA_TYPE[kind],
): BlobRecord {
  const isBytes = content instanceof Uint8Array;
  return {
    mediaType,
    compression,
    size: isBytes ? content.length : content.size,
    sha256: isBytes ? sha256(content) : content.sha256,
  };
}

/**
 * The answer to a question that is asked before a write, or `otherwise` where the question is denied. A store that
 * may not be listed also denies what is not there. If we may not write either, the write itself will fail.
 */
export async function unlessDenied<T>(question: Promise<T>, otherwise: T): Promise<T> {
  return await question.catch((error: unknown) => {
    if (errorCode(error) === 'denied') return otherwise;
    throw error;
  });
}

/** Whether the blob is there in its whole length. */
export async function hasBlob(
  storage: Pick<Storage, 'head'>,
  { sha256: digest, size }: Pick<BlobRecord, 'sha256' | 'size'>,
  signal?: AbortSignal,
): Promise<boolean> {
  const asked = storage.head(blobKey(digest), { signal, withoutEtag: true });
  const found = await unlessDenied(asked, undefined);
  return found !== undefined && (found.size === undefined || found.size === size);
}

/** Sends a blob unless it is there. @returns whether it was there */
export async function putBlob(
  storage: Storage,
  content: BlobContent,
  record: BlobRecord,
  signal?: AbortSignal,
): Promise<'sent' | 'reused'> {
  if (await hasBlob(storage, record, signal)) return 'reused';
  await storage.put(blobKey(record.sha256), content, { signal });
  return 'sent';
}

/** An unsigned manifest. @throws BuildcacheError `conflict` when the condition does not hold */
export async function putManifest(
  storage: Storage,
  key: string,
  records: readonly BlobRecord[],
  {
    others,
    ...options
  }: {
    /** Records of others, as they were parsed. */
    readonly others?: readonly unknown[] | undefined;
    readonly condition?: PutCondition | undefined;
    readonly signal?: AbortSignal | undefined;
  } = {},
): Promise<void> {
  await storage.put(key, Buffer.from(formatManifest(records, others)), {
    contentType: 'application/json',
    ...options,
  });
}
