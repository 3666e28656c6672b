/** Reading objects of a bucket. */
import { Readable } from 'node:stream';
import { BuildcacheError } from '../../core/errors.ts';
import { percentDecoded } from '../../core/user-info.ts';
import { packingOf } from '../content-coding.ts';
import { partOf, requireContent } from '../content-range.ts';
import { checkPrefix, isKey } from '../key.ts';
import { pages } from '../pages.ts';
import type { GetOptions, ObjectInfo, StoredObject } from '../storage.ts';
import { granted, type Refused, type S3Connection } from './connection.ts';

/** As `StorageReader.get`. */
export async function getS3(
  connection: S3Connection,
  key: string,
  { range, ifNoneMatch, signal }: GetOptions,
): Promise<StoredObject | 'not-modified' | undefined> {
  const input = {
    Bucket: connection.bucket,
    Key: connection.keyOf(key),
    ...(range === undefined ? {} : { Range: `bytes=${range.start}-${range.end ?? ''}` }),
    ...(ifNoneMatch === undefined ? {} : { IfNoneMatch: ifNoneMatch }),
  };
  const answer = await connection.ask(
    key,
    (client, options) => client.send(new connection.sdk.GetObjectCommand(input), options),
    signal,
  );
  if ('error' in answer) {
    const { status, headers } = answer.refusal;
    // Without a question it is no answer, and says nothing of what is there.
    if (status === 304 && ifNoneMatch !== undefined) return 'not-modified';
    if (status === 416 && range !== undefined) {
      const total = /^bytes \*\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1];
      const size = total === undefined ? undefined : Number(total);
      return { key, size, offset: range.start, body: Readable.from([], { objectMode: false }) };
    }
    return await absent(connection, answer, signal);
  }
  const { Body: body, ContentRange, ...found } = answer.value;
  if (!(body instanceof Readable)) throw new BuildcacheError('internal', 'the AWS SDK gave no stream');
  const part = partOf(ContentRange);
  const status = found.$metadata.httpStatusCode ?? 200;
  requireContent({ status, part, body }, range !== undefined, connection.urlOf(key));
  const size = part === undefined ? found.ContentLength : part.total;
  const packed = packingOf(found.ContentEncoding, found.ContentLength);
  return { ...objectInfo(key, found), packed, size, offset: part?.start ?? 0, body };
}

/** As `StorageReader.head`. */
export async function headS3(
  connection: S3Connection,
  key: string,
  signal: AbortSignal | undefined,
): Promise<ObjectInfo | undefined> {
  const input = { Bucket: connection.bucket, Key: connection.keyOf(key) };
  const answer = await connection.ask(
    key,
    (client, options) => client.send(new connection.sdk.HeadObjectCommand(input), options),
    signal,
  );
  if (!('error' in answer)) {
    const status = answer.value.$metadata.httpStatusCode ?? 200;
    requireContent({ status, part: undefined }, false, connection.urlOf(key));
    return objectInfo(key, answer.value);
  }
  if (answer.refusal.status === 404) return await absent(connection, answer, signal);
  // The answer to a HEAD has no body that would say why. The answer to a GET has.
  const found = await getS3(connection, key, { range: { start: 0, end: 0 }, signal });
  if (found === undefined || found === 'not-modified') return undefined;
  found.body.destroy();
  throw answer.error;
}

/** As `StorageLister.list`. A name that is no key of ours (a marker of a folder, say) is passed over. */
export async function* listS3(
  connection: S3Connection,
  prefix: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<ObjectInfo> {
  checkPrefix(prefix);
  const above = connection.keyOf('x').slice(0, -1);
  let token: string | undefined;
  const listing = pages(connection.urlOf(prefix));
  do {
    const input = {
      Bucket: connection.bucket,
      Prefix: above + prefix,
      // XML cannot carry every character a key can have.
      EncodingType: 'url' as const,
      ...(token === undefined ? {} : { ContinuationToken: token }),
    };
    const page = granted(
      await connection.ask(
        prefix,
        (client, options) => client.send(new connection.sdk.ListObjectsV2Command(input), options),
        signal,
      ),
    );
    if (page.Name === undefined) {
      // Some web server's page, in which the SDK found no listing.
      throw new BuildcacheError('protocol', 'the answer is no listing of a bucket', {
        url: connection.urlOf(prefix),
        hint: 'check the endpoint URL',
      });
    }
    const decode = page.EncodingType === 'url' ? urlDecoded : (text: string) => text;
    for (const found of page.Contents ?? []) {
      const full = decode(found.Key ?? '');
      const key = full.slice(above.length);
      if (!full.startsWith(above + prefix) || !isKey(key)) continue;
      yield { key, size: found.Size, modified: found.LastModified, etag: found.ETag };
    }
    const { IsTruncated, NextContinuationToken, Contents = [] } = page;
    // A server that does not say whether there is more says it by a token.
    const isMore = IsTruncated ?? NextContinuationToken !== undefined;
    const keys = Contents.map(({ Key }) => Key);
    token = isMore ? listing.next(NextContinuationToken, keys) : undefined;
  } while (token !== undefined);
}

/** Undefined when the refusal means that the object is not there. Throws it otherwise. */
async function absent(
  connection: S3Connection,
  { refusal, error }: Refused,
  signal: AbortSignal | undefined,
): Promise<undefined> {
  if (refusal.status !== 404 || refusal.code === 'NoSuchBucket') throw error;
  // Without a body (HEAD) a 404 may also mean the bucket, or come from some web server.
  if (refusal.code !== 'NoSuchKey') await connection.checkBucket(signal);
  return undefined;
}

interface Found {
  readonly ContentLength?: number | undefined;
  readonly LastModified?: Date | undefined;
  readonly ETag?: string | undefined;
  readonly ContentType?: string | undefined;
}

function objectInfo(key: string, found: Found): ObjectInfo {
  return {
    key,
    size: found.ContentLength,
    modified: found.LastModified,
    etag: found.ETag,
    contentType: found.ContentType?.split(';')[0]?.trim().toLowerCase(),
  };
}

function urlDecoded(text: string): string {
  return percentDecoded(text.replaceAll('+', ' '));
}
