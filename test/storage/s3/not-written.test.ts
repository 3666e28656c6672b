/** Something on the way may answer a write with a success that the server knows nothing of. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { cleanupsAfterEach } from '../../harness/cleanups.ts';
import { openS3 } from '../../harness/s3-place.ts';
import { type NotedRequest, type S3Fault, startS3Server } from '../../harness/s3-server.ts';
import { failsAs, pattern, text } from '../../harness/storage-contract.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const cleanups = cleanupsAfterEach();
let fault: ((request: NotedRequest) => S3Fault | undefined) | undefined;
afterEach(() => {
  fault = undefined;
});

async function setUp() {
  const server = await startS3Server({
    partLeast: 1,
    copyLimit: 1_000,
    fault: (request) => fault?.(request),
  });
  const storage = await openS3(server.url, { partBytes: 300 });
  cleanups.push(
    async () => await server.close(),
    async () => await storage.close(),
  );
  return { server, storage };
}

const ANSWERS: readonly (readonly [string, S3Fault])[] = [
  ['a page', { answer: { status: 200, headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html>' } }],
  ['nothing', { answer: { status: 200 } }],
  ['that it will see', { answer: { status: 202 } }],
  ['that there is nothing to say', { answer: { status: 204 } }],
];

describe.each(ANSWERS)('a write that is answered with %s', (_, answer) => {
  const onWrites = ({ method }: NotedRequest) => (/^P/.test(method) ? answer : undefined);

  it('does not count as done', async () => {
    const { storage } = await setUp();
    fault = onWrites;
    await failsAs('protocol', storage.put('a', text('x')));
    fault = undefined;
    await storage.put('b', text('longer'));
    fault = onWrites;
    await failsAs('protocol', storage.put('b', text('x')));
    // As long as what is there: the digests that an index's manifest names are of one length.
    await failsAs('protocol', storage.put('b', text('LONGER')));
  });

  it('nor does a copy, in one piece or in parts', async () => {
    const { storage } = await setUp();
    for (const [key, size] of [
      ['small', 500],
      ['large', 2_000],
    ] as const) {
      await storage.put(key, pattern(size));
      fault = ({ method, headers, query }) => {
        const isLast = method === 'POST' && query.has('uploadId');
        return isLast || ('x-amz-copy-source' in headers && size < 1_000) ? answer : undefined;
      };
      await expect(storage.copyFrom?.(storage, key, `${key}-copy`)).rejects.toThrow();
      fault = undefined;
    }
  });

  it('nor does a file in parts', async () => {
    const { storage } = await setUp();
    await using dir = await tempDir();
    const file = join(dir.path, 'file');
    await writeFile(file, pattern(2_000));
    fault = ({ method, query }) => (method === 'POST' && query.has('uploadId') ? answer : undefined);
    await expect(storage.put('a', { file, size: 2_000 })).rejects.toThrow();
  });
});

it('an answer whose etag was lost on the way counts if the object is there', async () => {
  const { server, storage } = await setUp();
  fault = ({ method, key }) => {
    if (method !== 'PUT') return undefined;
    const object = { contentType: 'x/y', cacheControl: undefined, etag: '"e"', modified: new Date() };
    server.objects.set(`bucket/${key}`, { content: Buffer.from('x'), ...object });
    return { answer: { status: 200 } };
  };
  expect(await storage.put('a', text('x'))).toEqual({ etag: undefined });
});
