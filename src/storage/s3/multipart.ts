/** Uploads objects in parts: several at a time, completed in one step, and nothing left behind when it fails. */
import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { CompletedPart, S3Client } from '@aws-sdk/client-s3';
import { throwIfCancelled } from '../../core/abort.ts';
import type { ConditionHeaders } from './conditions.ts';
import { type Answer, granted, type S3Connection } from './connection.ts';
import { headS3 } from './read.ts';

/** S3's own limit. */
export const PARTS_MOST = 10_000;
const PARTS_AT_ONCE = 4;
/** Far longer than the time between two listings of a running upload, and than clocks differ. */
const STALE_MS = 24 * 60 * 60 * 1000;
/**
 * The limit for clearing up after a failure. The caller's own signal is not used: it may be the reason for the
 * failure.
 */
const ABORT_MS = 10_000;

/** The address of a part, in the SDK's terms. */
interface PartAddress {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string;
  readonly PartNumber: number;
}

type Sending = { readonly abortSignal?: AbortSignal };

/** Sends a part, once or again. @returns its etag */
export type SendPart = (client: S3Client, part: PartAddress, sending: Sending) => Promise<string | undefined>;

export interface Upload {
  readonly key: string;
  /** What the object carries besides its bytes. */
  readonly metadata: { readonly ContentType?: string; readonly CacheControl?: string };
  /** How many. */
  readonly parts: number;
  /** @param number from 1 on */
  preparePart(number: number, signal: AbortSignal): Promise<SendPart>;
  /** Wraps the request that makes the object appear. Conditions are put there. */
  complete<T>(send: (headers: ConditionHeaders) => Promise<Answer<T>>): Promise<Answer<T>>;
  readonly signal: AbortSignal | undefined;
}

/** @returns the new object's etag */
export async function uploadInParts(connection: S3Connection, upload: Upload): Promise<string | undefined> {
  const { sdk } = connection;
  const { key, metadata, signal } = upload;
  const target = { Bucket: connection.bucket, Key: connection.keyOf(key) };
  const create = { ...target, ...metadata };
  await abortStale(connection, key, signal);
  const created = granted(
    await connection.ask(
      key,
      async (client, sending) => await client.send(new sdk.CreateMultipartUploadCommand(create), sending),
      signal,
    ),
  );
  const address = { ...target, UploadId: created.UploadId ?? '' };
  try {
    const Parts = await sendParts(connection, upload, address);
    const input = { ...address, MultipartUpload: { Parts } };
    const answer = await upload.complete(
      async (headers) =>
        await connection.ask(
          key,
          async (client, sending) =>
            await client.send(new sdk.CompleteMultipartUploadCommand({ ...input, ...headers }), sending),
          signal,
        ),
    );
    if ('error' in answer && answer.refusal.code === 'NoSuchUpload') {
      // The upload may be complete, and the answer that said so lost on the way.
      const found = await headS3(connection, key, signal);
      if (found?.etag !== undefined && found.etag === etagOf(Parts)) return found.etag;
    }
    return granted(answer).ETag || undefined; // Ceph may leave it empty.
  } catch (error) {
    await connection
      .ask(
        key,
        async (client, sending) => await client.send(new sdk.AbortMultipartUploadCommand(address), sending),
        AbortSignal.timeout(ABORT_MS),
      )
      .catch(() => undefined);
    throw error;
  }
}

/**
 * Aborts unfinished uploads of the same key that a killed process left: their parts cost money, and no listing shows
 * them. Best effort: not everybody may list them, and not every server can.
 */
async function abortStale(
  connection: S3Connection,
  key: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { sdk, bucket: Bucket } = connection;
  const Key = connection.keyOf(key);
  try {
    const { Uploads = [] } = granted(
      await connection.ask(
        key,
        async (client, sending) =>
          await client.send(new sdk.ListMultipartUploadsCommand({ Bucket, Prefix: Key }), sending),
        signal,
      ),
    );
    for (const { Key: found, UploadId, Initiated } of Uploads) {
      const isStale = Initiated !== undefined && Date.now() - Initiated.getTime() > STALE_MS;
      if (!isStale || found !== Key || UploadId === undefined) continue;
      const address = { Bucket, Key, UploadId };
      await connection.ask(
        key,
        async (client, sending) => await client.send(new sdk.AbortMultipartUploadCommand(address), sending),
        signal,
      );
    }
  } catch {
    throwIfCancelled(signal);
  }
}

async function sendParts(
  connection: S3Connection,
  { key, parts, preparePart, signal }: Upload,
  address: Omit<PartAddress, 'PartNumber'>,
): Promise<CompletedPart[]> {
  const failed = new AbortController();
  const either = signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]);
  setMaxListeners(0, either); // There are several listeners for each part. Node warns at eleven.
  const done: CompletedPart[] = [];
  let next = 1;
  const worker = async (): Promise<void> => {
    for (let PartNumber = next++; PartNumber <= parts; PartNumber = next++) {
      const send = await preparePart(PartNumber, either);
      const answer = await connection.ask(
        key,
        async (client, sending) => await send(client, { ...address, PartNumber }, sending),
        either,
      );
      const ETag = granted(answer);
      done.push({ PartNumber, ...(ETag === undefined ? {} : { ETag }) });
    }
  };
  const workers = Array.from({ length: Math.min(PARTS_AT_ONCE, parts) }, async () => {
    try {
      await worker();
    } catch (error) {
      failed.abort(error);
    }
  });
  // All workers stop before the clearing up. The first failure is what stopped the others.
  await Promise.all(workers);
  if (failed.signal.aborted) throw failed.signal.reason;
  return done.sort((a, b) => (a.PartNumber ?? 0) - (b.PartNumber ?? 0));
}

/** S3's etag of an object in parts: the MD5 of the parts' MD5s. It is another where the server encrypts. */
function etagOf(parts: readonly CompletedPart[]): string {
  const hash = createHash('md5');
  for (const { ETag = '' } of parts) hash.update(Buffer.from(ETag.replaceAll('"', ''), 'hex'));
  return `"${hash.digest('hex')}-${parts.length}"`;
}
