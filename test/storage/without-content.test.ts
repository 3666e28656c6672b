/** Successes that do not have what was asked for, from servers of each kind: they say nothing of what is there. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_RETRY } from '../../src/core/retry.ts';
import { openGcsStorage } from '../../src/storage/gcs/gcs.ts';
import { openHttpStorage } from '../../src/storage/http/http.ts';
import { digestOf } from '../../src/storage/registry/reference.ts';
import type { Storage, StorageReader } from '../../src/storage/storage.ts';
import { cleanupsAfterEach } from '../harness/cleanups.ts';
import { listen } from '../harness/listen.ts';
import { openTestReader } from '../harness/registry-client.ts';
import { openS3, openTestClient } from '../harness/s3-place.ts';
import { failsAs } from '../harness/storage-contract.ts';

const cleanups = cleanupsAfterEach();
const retry = { ...DEFAULT_RETRY, retries: 0 };

const OPEN: Readonly<Record<string, (url: string) => Promise<StorageReader>>> = {
  http: async (url) => openHttpStorage(await openTestClient(1_000), { url, retry }),
  s3: (url) => openS3(url, { retry }),
  gs: async (url) =>
    openGcsStorage({
      bucket: 'bucket',
      prefix: '',
      endpointUrl: url,
      token: async () => undefined,
      http: await openTestClient(1_000),
      retry,
    }),
};

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function answering(kind: string, { status, headers, body }: Answer): Promise<StorageReader> {
  const server = await listen((_, response) => void response.writeHead(status, headers).end(body));
  const storage = await (OPEN[kind] as (url: string) => Promise<StorageReader>)(server.url);
  cleanups.push(
    () => server.close(),
    () => storage.close(),
  );
  return storage;
}

describe.each(Object.keys(OPEN))('%s', (kind) => {
  it.each([201, 202, 204, 205, 207, 226, 299])('a success without content: %i', async (status) => {
    const storage = await answering(kind, { status });
    await failsAs('protocol', storage.get('a'));
    await failsAs('protocol', storage.get('a', { range: { start: 0, end: 9 } }));
    await failsAs('protocol', storage.head('a'));
  });

  it.each<[string, Answer]>([
    ['its beginning', { status: 206, headers: { 'content-range': 'bytes 0-2/9' }, body: 'abc' }],
    ['its end', { status: 206, headers: { 'content-range': 'bytes 6-8/9' }, body: 'ghi' }],
    ['nothing of it', { status: 416, headers: { 'content-range': 'bytes */9' } }],
  ])('%s, where the whole was asked for', async (_, answer) => {
    const storage = await answering(kind, answer);
    await failsAs('protocol', storage.get('a'));
  });

  it('a part that does not say which', async () => {
    const storage = await answering(kind, { status: 206, body: 'abc' });
    await failsAs('protocol', storage.get('a'));
    await failsAs('protocol', storage.get('a', { range: { start: 0, end: 9 } }));
  });

  it('a part that is the whole counts', async () => {
    const storage = await answering(kind, {
      status: 206,
      headers: { 'content-range': 'bytes 0-2/3' },
      body: 'abc',
    });
    const found = await storage.get('a');
    expect(found).toMatchObject({ size: 3, offset: 0 });
    (found as Exclude<typeof found, undefined | 'not-modified'>).body.destroy();
  });
});

describe('a registry', () => {
  const digest = digestOf(Buffer.from('abc'));

  it.each([201, 202, 204, 205, 207, 226, 299, 206])('gives no blob with %i alone', async (status) => {
    const headers = status === 206 ? { 'content-range': 'bytes 0-2/9' } : {};
    const server = await listen((_, response) => void response.writeHead(status, headers).end());
    const registry = await openTestReader(`${server.url.replace('http:', 'oci+http:')}/toy`);
    cleanups.push(
      () => server.close(),
      () => registry.close(),
    );
    await failsAs('protocol', registry.blob(digest));
  });
});

it('a 304 leads nowhere', async () => {
  const server = await listen((request, response) => {
    if (request.url === '/a') return void response.writeHead(304, { location: '/b' }).end();
    response.writeHead(404).end();
  });
  const storage = await (OPEN['http'] as (url: string) => Promise<StorageReader>)(server.url);
  cleanups.push(
    () => server.close(),
    () => storage.close(),
  );
  await failsAs('protocol', storage.get('a'));
  await failsAs('protocol', storage.head('a'));
});

it.each(['{}', '{"message":"accepted"}', '{"kind":"storage#object","name":"b"}'])(
  'a document that is nothing of Google is no object, no listing and nothing written: %s',
  async (body) => {
    const storage = await answering('gs', { status: 200, body });
    await failsAs('protocol', storage.head('a'));
    if (!('put' in storage && 'list' in storage)) throw new Error('not a bucket');
    const { put, list } = storage as Storage;
    await failsAs('protocol', put('a', Buffer.from('x')));
    await failsAs('protocol', list('')[Symbol.asyncIterator]().next());
  },
);
