/** Copies between buckets of one server, without the bytes passing through this process. */
import { BuildcacheError } from '../../core/errors.ts';
import type { CopyOptions, PutOptions } from '../storage.ts';
import type { S3Conditions } from './conditions.ts';
import type { S3Connection } from './connection.ts';
import { PARTS_MOST, uploadInParts } from './multipart.ts';
import { headS3 } from './read.ts';
import { deleteS3, metadataOf, requireWritten } from './write.ts';

/** AWS copies objects over 5 GiB only in parts. Such a part is so many times as large as an uploaded one. */
const COPIED_PART_TIMES = 32;

/** As `Storage.copyFrom`: undefined where the server cannot, or will not with the target's credentials. */
export async function copyS3(
  source: S3Connection,
  sourceKey: string,
  target: S3Connection,
  conditions: S3Conditions,
  key: string,
  options: CopyOptions,
): Promise<true | undefined> {
  if (source.endpoint !== target.endpoint) return undefined;
  const { sdk } = target;
  const { condition, signal, expected } = options;
  const from = { Bucket: source.bucket, Key: source.keyOf(sourceKey) };
  const to = { Bucket: target.bucket, Key: target.keyOf(key) };
  // A server that decides on the conditions of a PUT may ignore those of a copy.
  await conditions.precheck(key, condition, signal);
  if (from.Bucket === to.Bucket && from.Key === to.Key) return true;
  const metadata = metadataOf(options);
  const input = {
    ...to,
    ...metadata,
    CopySource: [from.Bucket, ...from.Key.split('/')].map(encodeURIComponent).join('/'),
    ...(metadata.ContentType === undefined ? {} : { MetadataDirective: 'REPLACE' as const }),
    // Asks the server for the digest of what it has written. Servers that do not know this header ignore it.
    ...(expected === undefined ? {} : { ChecksumAlgorithm: 'SHA256' as const }),
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
  if (!('error' in answer)) {
    const { CopyObjectResult: copied } = answer.value;
    if (copied?.ETag === undefined) {
      const size = expected?.size ?? (await headS3(source, sourceKey, signal))?.size;
      await requireWritten(target, key, size, signal);
    }
    await verifyCopy(target, key, copied?.ChecksumSHA256, options);
    return true;
  }
  const { status, code } = answer.refusal;
  if (code === 'NoSuchKey') {
    throw new BuildcacheError('not-found', 'there is no such object to copy', {
      url: source.urlOf(sourceKey),
    });
  }
  if (status === 401 || status === 403 || status === 501) return undefined;
  // AWS answers InvalidRequest for more than 5 GiB. If it meant something else, copying in parts fails with that
  // again.
  if (status !== 413 && code !== 'InvalidRequest' && code !== 'EntityTooLarge') throw answer.error;
  const found = await headS3(source, sourceKey, signal);
  if (found?.size === undefined) throw answer.error;
  await copyInParts(target, conditions, key, input.CopySource, found.size, options);
  if (expected === undefined) await requireWritten(target, key, found.size, signal);
  await verifyCopy(target, key, undefined, options);
  return true;
}

/** @param checksum what the server says, in base64 @throws `corrupt`, and the copy is gone */
async function verifyCopy(
  target: S3Connection,
  key: string,
  checksum: string | undefined,
  { expected, signal }: CopyOptions,
): Promise<void> {
  if (expected === undefined) return;
  // The checksum of an object in parts is a digest of digests, and has another form.
  const digest = checksum !== undefined && /^[A-Za-z0-9+/]{43}=$/.test(checksum) ? checksum : undefined;
  const size = digest === undefined ? (await headS3(target, key, signal))?.size : expected.size;
  const found = digest === undefined ? undefined : Buffer.from(digest, 'base64').toString('hex');
  const sizeFits = expected.size === undefined || size === expected.size;
  if (sizeFits && (found === undefined || found === expected.sha256)) return;
  await deleteS3(target, key, { signal });
  throw new BuildcacheError('corrupt', sizeFits ? 'its SHA-256 is wrong' : 'its length is wrong', {
    url: target.urlOf(key),
    expected: sizeFits ? expected.sha256 : `${expected.size} bytes`,
    found: sizeFits ? (found ?? '') : `${size ?? 0} bytes`,
  });
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
