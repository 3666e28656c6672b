import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_RETRY } from '../../src/core/retry.ts';
import { type Connection, openMirror, openStorage } from '../../src/mirrors/open.ts';
import { unknownMirror } from '../../src/mirrors/select.ts';
import { ACCESS_KEY, type S3Server, SECRET_KEY, startS3Server } from '../harness/s3-server.ts';

let server: S3Server;
beforeEach(async () => {
  server = await startS3Server();
  for (const name of Object.keys(process.env).filter((each) => /^(AWS_|S3_)/.test(each)))
    vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent/config');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent/credentials');
  vi.stubEnv('AWS_ACCESS_KEY_ID', ACCESS_KEY);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', SECRET_KEY);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

/** Nothing listens there. */
const ELSEWHERE = 'http://127.0.0.1:1';
const ORDER = ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3', 'S3_ENDPOINT_URL', 'endpoint_url'] as const;

test.each(ORDER.map((place, i) => [place, ORDER.slice(0, i)] as const))(
  'a bucket is at %s, whatever is in %j',
  async (place, others) => {
    for (const name of others) vi.stubEnv(name, ELSEWHERE);
    if (place !== 'endpoint_url') vi.stubEnv(place, server.url);
    const connection: Connection = {
      timeoutMs: 5_000,
      retry: { ...DEFAULT_RETRY, retries: 0 },
      jobs: 2,
      verifyTls: true,
      caFile: undefined,
      env: process.env,
    };
    const mirror = unknownMirror('s3://bucket/cache', 'bucket');
    const endpointUrl = place === 'endpoint_url' ? server.url : undefined;
    const sided = {
      ...mirror,
      fetch: { ...mirror.fetch, endpointUrl },
      push: { ...mirror.push, endpointUrl },
    };
    const opened = await openMirror(sided, { nodes: new Map() }, connection);
    expect(await opened.readers[0]?.isMarked()).toBe(false);
    await opened.close();
    const storage = await openStorage('bucket', sided.push, connection, 'write');
    expect(await storage.get('nothing')).toBeUndefined();
    await storage.close();
    expect(server.requests.length).toBeGreaterThan(1);
  },
);
