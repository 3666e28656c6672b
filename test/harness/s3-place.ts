/** S3 storages over a test server, as quick to give up as a test wants. */
import { DEFAULT_RETRY } from '../../src/core/retry.ts';
import { type HttpClient, openHttpClient } from '../../src/storage/http/client.ts';
import { connectS3, granted } from '../../src/storage/s3/connection.ts';
import { openS3Storage } from '../../src/storage/s3/s3.ts';
import type { S3Options } from '../../src/storage/s3/settings.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { ACCESS_KEY, SECRET_KEY } from './s3-server.ts';

export const TEST_CREDENTIALS = { accessKeyId: ACCESS_KEY, secretAccessKey: SECRET_KEY };

export async function openS3(endpointUrl: string, options: Partial<S3Options> = {}): Promise<Storage> {
  return await openS3Storage({
    bucket: 'bucket',
    prefix: 'some/mirror',
    endpointUrl,
    region: 'us-east-1',
    credentials: TEST_CREDENTIALS,
    http: options.http ?? (await openTestClient(1_000)),
    retry: { ...DEFAULT_RETRY, retries: 2, baseDelayMs: 5 },
    ...options,
  });
}

export async function openTestClient(
  timeoutMs: number,
  env: Readonly<Record<string, string>> = {},
): Promise<HttpClient> {
  return await openHttpClient({
    timeoutMs,
    connections: 16,
    verifyTls: true,
    ca: undefined,
    env,
  });
}

/** On a real server, which starts with none. */
export async function createBucket(endpointUrl: string, bucket: string): Promise<void> {
  const http = await openTestClient(30_000);
  const connection = await connectS3({
    bucket,
    prefix: '',
    endpointUrl,
    region: 'us-east-1',
    credentials: TEST_CREDENTIALS,
    http,
    retry: DEFAULT_RETRY,
  });
  const command = () => new connection.sdk.CreateBucketCommand({ Bucket: bucket });
  granted(
    await connection.ask('', async (client, sending) => await client.send(command(), sending), undefined),
  );
  await http.close();
}
