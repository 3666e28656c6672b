/** S3 storages over a test server. */
import { DEFAULT_RETRY } from '../../src/core/retry.ts';
import { openHttpClient } from '../../src/storage/http-client.ts';
import { openS3Storage } from '../../src/storage/s3.ts';
import type { S3Options } from '../../src/storage/s3-connection.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { ACCESS_KEY, SECRET_KEY } from './s3-server.ts';

/** As quick to give up as a test wants. */
export async function openS3(endpointUrl: string, options: Partial<S3Options> = {}): Promise<Storage> {
  return await openS3Storage({
    bucket: 'bucket',
    prefix: 'some/mirror',
    endpointUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: ACCESS_KEY, secretAccessKey: SECRET_KEY },
    http: await openHttpClient({
      timeoutMs: 1000,
      connections: 16,
      verifyTls: true,
      ca: undefined,
      useProxy: false,
    }),
    retry: { ...DEFAULT_RETRY, retries: 2, baseDelayMs: 5 },
    ...options,
  });
}
