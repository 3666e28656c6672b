/** Putting and deleting objects of a bucket. */
import { stat } from 'node:fs/promises';
import { BuildcacheError, fileError } from '../../core/errors.ts';
import { notDeleted } from '../../core/http-status.ts';
import {
  digestParts,
  type PartDigests,
  type Payload,
  payloadOf,
  sizeChanged,
  verifySource,
} from '../payload.ts';
import { readAll } from '../read.ts';
import { type DeleteOptions, isAsListed, type PutOptions, type PutSource } from '../storage.ts';
import type { ConditionHeaders, S3Conditions } from './conditions.ts';
import { granted, type S3Connection } from './connection.ts';
import { PARTS_MOST, uploadInParts } from './multipart.ts';
import { getS3, headS3 } from './read.ts';

/** A file of more parts than this is uploaded in parts… */
const SINGLE_MOST_PARTS = 4;
/**
 * …except where it replaces a certain version, up to the most bytes S3 takes at once: Ceph ignores the conditions of
 * uploads in parts. (`ifAbsent` is compared before the upload and sent along: a name of something that large is its
 * digest, so a second writer writes the same.)
 */
const SINGLE_REPLACEMENT_MOST = 5 * 1024 ** 3;

/** As `Storage.put`. @returns the etag */
export async function putS3(
  connection: S3Connection,
  conditions: S3Conditions,
  key: string,
  source: PutSource,
  options: PutOptions,
): Promise<string | undefined> {
  const { sdk } = connection;
  const { condition, signal } = options;
  const target = { Bucket: connection.bucket, Key: connection.keyOf(key), ...metadataOf(options) };
  if (!(source instanceof Uint8Array)) {
    await checkSize(source);
    const replacing = condition !== undefined && 'ifMatch' in condition;
    const most = replacing ? SINGLE_REPLACEMENT_MOST : SINGLE_MOST_PARTS * connection.partBytes;
    if (source.size > most) return await putInParts(connection, conditions, key, source, options);
  }
  const content = source instanceof Uint8Array ? source : { ...source, start: 0, end: source.size };
  const payload = await payloadOf(content, signal);
  if (!(source instanceof Uint8Array)) verifySource(source, payload);
  const answer = await conditions.decide(
    key,
    condition,
    async (headers) =>
      await connection.ask(
        key,
        async (client, sending) =>
          await payload.withBody(async (Body) => {
            const input = { ...target, ...headers, Body, ContentLength: payload.size };
            const command = new sdk.PutObjectCommand(input);
            command.middlewareStack.add(declaring(payload), { step: 'build' });
            return await client.send(command, sending);
          }),
        signal,
      ),
    signal,
  );
  const { ETag } = granted(answer);
  if (ETag === undefined) {
    await requireWritten(connection, key, payload.size, signal);
    if (source instanceof Uint8Array) await requireBytes(connection, key, source, signal);
  }
  return ETag;
}

/**
 * For a write that was answered with a success and without an etag, which every S3 server gives: something on the way may
 * have answered instead, such as a log-in page.
 * @param size bytes, where known
 * @throws BuildcacheError `protocol` where the object is not there in this length
 */
export async function requireWritten(
  connection: S3Connection,
  key: string,
  size: number | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const found = await headS3(connection, key, signal);
  if (found?.size !== undefined && found.size === (size ?? found.size)) return;
  throw new BuildcacheError('protocol', 'it counts as written, and is not there', {
    url: connection.urlOf(key),
    expected: size === undefined ? 'the object' : `${size} bytes`,
    found: found === undefined ? 'no object' : `${found.size ?? 'an unknown number of'} bytes`,
    hint: 'check the endpoint URL, and what is between here and there',
  });
}

/** A document may be as long as the one that it replaces: the same, for what is small. */
async function requireBytes(
  connection: S3Connection,
  key: string,
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<void> {
  const url = connection.urlOf(key);
  const found = await getS3(connection, key, { signal });
  if (typeof found === 'object') {
    const there = await readAll(found, { maxBytes: bytes.length, what: 'what was written', url });
    if (there.equals(bytes)) return;
  }
  throw new BuildcacheError('protocol', 'it counts as written, and something else is there', {
    url,
    hint: 'check the endpoint URL, and what is between here and there',
  });
}

/**
 * As `Storage.delete`. S3 itself does not say whether an object was there. It says 204, so that any other success is looked
 * into: something on the way may have answered instead, such as a log-in page. Many servers know no condition on a DELETE:
 * they pass over it, or refuse it. Then what is there is compared once more right before.
 */
export async function deleteS3(
  connection: S3Connection,
  key: string,
  { signal, listed }: DeleteOptions,
): Promise<boolean> {
  const found = await headS3(connection, key, signal);
  if (found === undefined || !isAsListed(found, listed)) return false;
  const target = { Bucket: connection.bucket, Key: connection.keyOf(key) };
  let sent = 0;
  const send = async (condition: ConditionHeaders) =>
    await connection.ask(
      key,
      async (client, sending) => {
        sent++;
        return await client.send(
          new connection.sdk.DeleteObjectCommand({ ...target, ...condition }),
          sending,
        );
      },
      signal,
    );
  const isConditional = listed !== undefined && found.etag !== undefined;
  let answer = await send(isConditional ? { IfMatch: found.etag } : {});
  if (isConditional && 'error' in answer && CONDITION_FAILED.includes(answer.refusal.status)) {
    const now = await headS3(connection, key, signal);
    if (now === undefined) return sent > 1;
    if (now.etag !== found.etag || !isAsListed(now, listed)) return false;
    answer = await send({});
  }
  // Not all servers have a success for what is gone, and after a lost answer it is asked for again.
  if ('error' in answer && answer.refusal.code === 'NoSuchKey') return sent > 1;
  const { $metadata } = granted(answer);
  if ($metadata.httpStatusCode !== 204 && (await headS3(connection, key, signal)) !== undefined)
    throw notDeleted(connection.urlOf(key), $metadata.httpStatusCode);
  return true;
}

/** It is not what it was, or the server does not understand the question: it may know another form of etags, or none. */
const CONDITION_FAILED: readonly number[] = [400, 409, 412, 501];

/** What an object carries besides its bytes, in the SDK's words. */
export function metadataOf({ contentType, cacheControl }: PutOptions): {
  readonly ContentType?: string;
  readonly CacheControl?: string;
} {
  return {
    ...(contentType === undefined ? {} : { ContentType: contentType }),
    ...(cacheControl === undefined ? {} : { CacheControl: cacheControl }),
  };
}

/** One pass over the file gives the digests of all parts and of the whole. The server compares each part with its own. */
async function putInParts(
  connection: S3Connection,
  conditions: S3Conditions,
  key: string,
  source: Exclude<PutSource, Uint8Array>,
  options: PutOptions,
): Promise<string | undefined> {
  const { condition, signal } = options;
  const { file, size, onBytes } = source;
  await conditions.precheck(key, condition, signal); // before the long upload
  const partSize = Math.max(connection.partBytes, Math.ceil(size / PARTS_MOST));
  const over = new AbortController();
  const either = signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]);
  let begun: PartDigests | undefined;
  const digests = () => (begun ??= digestParts({ file, size, partSize }, either));
  try {
    const etag = await uploadInParts(connection, {
      key,
      metadata: metadataOf(options),
      parts: Math.ceil(size / partSize),
      preparePart: async (number, partSignal) => {
        const start = (number - 1) * partSize;
        const part = { file, start, end: Math.min(start + partSize, size), onBytes };
        const payload = await payloadOf(part, partSignal, await digests().part(number));
        return async (client, address, sending) =>
          await payload.withBody(async (Body) => {
            const input = { ...address, Body, ContentLength: payload.size };
            const command = new connection.sdk.UploadPartCommand(input);
            command.middlewareStack.add(declaring(payload), { step: 'build' });
            return (await client.send(command, sending)).ETag;
          });
      },
      complete: async (send) => {
        verifySource(source, await digests().whole);
        return await conditions.decide(key, condition, send, signal);
      },
      signal,
    });
    if (etag === undefined) await requireWritten(connection, key, size, signal);
    return etag;
  } finally {
    over.abort();
  }
}

async function checkSize({ file, size }: { readonly file: string; readonly size: number }): Promise<void> {
  const found = await stat(file).catch((error: unknown) => {
    throw fileError(error, file, 'read');
  });
  if (found.size !== size) throw sizeChanged(file, size, found.size);
}

/**
 * Puts the digest of the bytes into the signature, which the SDK does only for bytes in memory. The server then
 * refuses bytes that were damaged on the way, or changed in the file since.
 */
function declaring({ sha256 }: Payload) {
  return <Input extends { request: unknown }, Output>(next: (args: Input) => Promise<Output>) =>
    async (args: Input): Promise<Output> => {
      const { headers } = args.request as { headers: Record<string, string> };
      headers['x-amz-content-sha256'] = sha256;
      return await next(args);
    };
}
