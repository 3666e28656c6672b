/**
 * A bucket, or what is below a prefix of one, as a storage: `s3://` mirrors, at AWS and elsewhere.
 *
 * `conditions` is `native` until the first conditional write has shown that the server does not have them, and `none`
 * from then on: look at it after a conditional put, not before. Where it is `none`, a put still compares right before
 * it writes.
 *
 * A put that failed as `unreachable` may have been done. A retry on its condition is then a `conflict`. Read what is
 * there and merge again: nothing is lost.
 */

import type { Storage, StorageReader } from '../storage.ts';
import { type S3Conditions, s3Conditions } from './conditions.ts';
import { connectS3, type S3Connection } from './connection.ts';
import { copyS3 } from './copy.ts';
import { getS3, headS3, listS3 } from './read.ts';
import type { S3Options } from './settings.ts';
import { deleteS3, putS3 } from './write.ts';

/**
 * Finds out where the bucket is and which credentials to use. No request is sent to the bucket yet.
 * @throws BuildcacheError `bad-input` for a bucket, prefix or endpoint that can be none, `denied` when credentials
 *   were configured but could not be obtained
 */
export async function openS3Storage(options: S3Options): Promise<Storage> {
  const connection = await connectS3(options);
  const conditions: S3Conditions = s3Conditions(connection);
  const storage: Storage = {
    url: connection.urlOf(''),
    endpoint: connection.endpoint,
    get conditions() {
      return conditions.support;
    },
    get: async (key, request = {}) => await getS3(connection, key, request),
    head: async (key, { signal } = {}) => await headS3(connection, key, signal),
    list: (prefix, { signal } = {}) => listS3(connection, prefix, signal),
    put: async (key, source, put = {}) => ({ etag: await putS3(connection, conditions, key, source, put) }),
    delete: async (key, options = {}) => await deleteS3(connection, key, options),
    copyFrom: async (source, sourceKey, key, put = {}) => {
      const from = connections.get(source);
      if (from === undefined) return undefined;
      return await copyS3(from, sourceKey, connection, conditions, key, put);
    },
    clockAheadMs: () => options.http.clockAheadMs?.(),
    close: async () => await options.http.close(),
  };
  connections.set(storage, connection);
  return storage;
}

/** The connection of each storage, for `copyFrom`. */
const connections = new WeakMap<StorageReader, S3Connection>();
