/** Copying between buckets of one server, which moves no bytes through us. */
import { BuildcacheError } from '../core/errors.ts';
import type { S3Conditions } from './s3-conditions.ts';
import type { S3Connection } from './s3-connection.ts';
import { PARTS_MOST, uploadInParts } from './s3-multipart.ts';
import { headS3 } from './s3-read.ts';
import { metadataOf } from './s3-write.ts';
import type { PutOptions } from './storage.ts';

/** Parts of what AWS copies in parts alone (over 5 GiB) are so many times as large as uploaded ones. */
const COPIED_PART_TIMES = 32;

/** As `Storage.copyFrom`: undefined where the server cannot, or will not with the target's credentials. */
export async function copyS3(
  source: S3Connection,
  sourceKey: string,
  target: S3Connection,
  conditions: S3Conditions,
  key: string,
  options: PutOptions,
): Promise<true | undefined> {
  if (source.endpoint !== target.endpoint) return undefined;
  const { sdk } = target;
  const { condition, signal } = options;
  const from = { Bucket: source.bucket, Key: source.keyOf(sourceKey) };
  const to = { Bucket: target.bucket, Key: target.keyOf(key) };
  // Servers that decide on conditions of a PUT may still not on those of a copy.
  await conditions.precheck(key, condition, signal);
  if (from.Bucket === to.Bucket && from.Key === to.Key) return true;
  const metadata = metadataOf(options);
  const input = {
    ...to,
    ...metadata,
    CopySource: [from.Bucket, ...from.Key.split('/')].map(encodeURIComponent).join('/'),
    ...(metadata.ContentType === undefined ? {} : { MetadataDirective: 'REPLACE' as const }),
  };
  const answer = await conditions.decide(
    key,
    condition,
    async (headers) =>
      await target.ask(
        key,
        async (client, sending) =>
          await client.send(new sdk.CopyObjectCommand({ ...input, ...headers }), sending),
        signal,
      ),
    signal,
  );
  if (!('error' in answer)) return true;
  const { status, code } = answer.refusal;
  if (code === 'NoSuchKey') {
    throw new BuildcacheError('not-found', 'there is no such object to copy', {
      url: source.urlOf(sourceKey),
    });
  }
  if (status === 401 || status === 403 || status === 501) return undefined;
  // What AWS says of more than 5 GiB: InvalidRequest. If it was something else, the parts meet it again.
  if (status !== 413 && code !== 'InvalidRequest' && code !== 'EntityTooLarge') throw answer.error;
  const found = await headS3(source, sourceKey, signal);
  if (found?.size === undefined) throw answer.error;
  await copyInParts(target, conditions, key, input.CopySource, found.size, options);
  return true;
}

async function copyInParts(
  target: S3Connection,
  conditions: S3Conditions,
  key: string,
  CopySource: string,
  size: number,
  options: PutOptions,
): Promise<void> {
  const { condition, signal } = options;
  const partSize = Math.max(COPIED_PART_TIMES * target.partBytes, Math.ceil(size / PARTS_MOST));
  await uploadInParts(target, {
    key,
    metadata: metadataOf(options),
    parts: Math.max(1, Math.ceil(size / partSize)),
    preparePart: async (number) => {
      const start = (number - 1) * partSize;
      const CopySourceRange = `bytes=${start}-${Math.min(start + partSize, size) - 1}`;
      return async (client, address, sending) => {
        const command = new target.sdk.UploadPartCopyCommand({ ...address, CopySource, CopySourceRange });
        return (await client.send(command, sending)).CopyPartResult?.ETag;
      };
    },
    complete: async (send) => await conditions.decide(key, condition, send, signal),
    signal,
  });
}
