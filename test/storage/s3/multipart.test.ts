import { truncateSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256 as digest } from '../../../src/core/digest.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import { openS3 } from '../../harness/s3-place.ts';
import { type NotedRequest, type S3Fault, type S3Server, startS3Server } from '../../harness/s3-server.ts';
import { failsAs, pattern, text } from '../../harness/storage-contract.ts';

const PART = 100_000;
const PATH = 'bucket/some/mirror/large';

describe('an upload in parts', () => {
  let folder: string;
  let source: { readonly file: string; readonly size: number };
  let server: S3Server;
  let storage: Storage;
  let fault: (request: NotedRequest) => S3Fault | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'multipart-'));
    source = { file: join(folder, 'large'), size: 4 * PART + 7 };
    await writeFile(source.file, pattern(source.size));
  });
  afterAll(async () => await rm(folder, { recursive: true }));
  beforeEach(async () => {
    fault = () => undefined;
    server = await startS3Server({ partLeast: PART, fault: (request) => fault(request) });
    storage = await openS3(server.url, { partBytes: PART });
  });
  afterEach(async () => {
    await storage.close();
    await server.close();
  });

  const isWhole = async (): Promise<boolean> => {
    return server.objects.get(PATH)?.content.equals(await readFile(source.file)) === true;
  };
  const parts = () => server.requests.filter(({ query }) => query.has('partNumber')).length;

  it('arrives whole, and with what it is', async () => {
    const { etag } = await storage.put('large', source, { contentType: 'application/x-toy' });
    expect(await isWhole()).toBe(true);
    expect(server.objects.get(PATH)).toMatchObject({ etag, contentType: 'application/x-toy' });
    expect(parts()).toBe(5);
    expect(server.uploads.size).toBe(0);
    expect((await storage.head('large'))?.etag).toBe(etag);
  });

  it('clears away what one that was killed left of the same object, and nothing else', async () => {
    const hours = (n: number) => new Date(Date.now() - n * 3_600_000);
    const unfinished = { headers: {}, parts: new Map() };
    server.uploads.set('killed', { ...unfinished, path: PATH, initiated: hours(25) });
    server.uploads.set('under way', { ...unfinished, path: PATH, initiated: hours(23) });
    server.uploads.set('of another', { ...unfinished, path: `${PATH}r`, initiated: hours(99) });
    await storage.put('large', source);
    expect(await isWhole()).toBe(true);
    expect([...server.uploads.keys()]).toEqual(['under way', 'of another']);
  });

  it('does without looking where it may not', async () => {
    fault = ({ method, query }) =>
      method === 'GET' && query.has('uploads') ? { status: 403, code: 'AccessDenied' } : undefined;
    await storage.put('large', source);
    expect(await isWhole()).toBe(true);
  });

  it('repeats the parts that fail', async () => {
    const failing = new Set(['1', '3', '5']);
    fault = ({ query }) => (failing.delete(query.get('partNumber') ?? '') ? 'reset' : undefined);
    await storage.put('large', source);
    expect(await isWhole()).toBe(true);
    expect(parts()).toBe(8);
  });

  it('leaves nothing behind when a part fails for good', async () => {
    fault = ({ query }) => (query.get('partNumber') === '2' ? { status: 500 } : undefined);
    await failsAs('server-error', storage.put('large', source));
    expect(server.objects.size).toBe(0);
    expect(server.uploads.size).toBe(0);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const controller = new AbortController();
    fault = ({ query }) => {
      if (query.get('partNumber') === '2') controller.abort();
      return undefined;
    };
    await failsAs('cancelled', storage.put('large', source, { signal: controller.signal }));
    expect(server.objects.size).toBe(0);
    expect(server.uploads.size).toBe(0);
  });

  it('notices that it was done although the answer was lost', async () => {
    let lose = true;
    fault = ({ method, query }) => {
      if (!lose || method !== 'POST' || !query.has('uploadId')) return undefined;
      lose = false;
      return 'lose';
    };
    const { etag } = await storage.put('large', source);
    expect(etag).toBe(server.objects.get(PATH)?.etag);
    expect(await isWhole()).toBe(true);
  });

  it('is decided on when it is completed', async () => {
    fault = ({ method, query }) => {
      // Somebody else is faster, between our looking and our completing.
      const completing = method === 'POST' && query.has('uploadId');
      const other = { etag: '"o"', modified: new Date(), contentType: '', cacheControl: undefined };
      if (completing) server.objects.set(PATH, { ...other, content: text('theirs') });
      return undefined;
    };
    await failsAs('conflict', storage.put('large', source, { condition: { ifAbsent: true } }));
    expect(server.objects.get(PATH)?.content.toString()).toBe('theirs');
    expect(server.uploads.size).toBe(0);
  });

  it('is not begun where its condition fails already, and not used to replace', async () => {
    const { etag = '' } = await storage.put('large', text('here'));
    await failsAs('conflict', storage.put('large', source, { condition: { ifAbsent: true } }));
    await storage.put('large', source, { condition: { ifMatch: etag } });
    expect(await isWhole()).toBe(true);
    expect(parts()).toBe(0);
  });

  it.each([-1, 1])('is refused when the file turns out %i bytes longer than was said', async (more) => {
    await failsAs('io', storage.put('large', { ...source, size: source.size - more }));
    expect(server.objects.size).toBe(0);
    expect(server.uploads.size).toBe(0);
  });

  it('is never named where its bytes are not those that the digest says', async () => {
    const sha256 = digest(await readFile(source.file));
    await storage.put('large', { ...source, sha256 });
    expect(await isWhole()).toBe(true);
    await storage.delete('large');
    for (const at of [0, PART - 1, PART, source.size - 1]) {
      const file = join(folder, 'flipped');
      const content = pattern(source.size);
      content[at] = (content[at] ?? 0) ^ 1;
      await writeFile(file, content);
      await failsAs('corrupt', storage.put('large', { ...source, file, sha256 }));
      expect(server.objects.size).toBe(0);
      expect(server.uploads.size).toBe(0);
    }
  });

  it('is refused when the file changes on the way', async () => {
    const file = join(folder, 'changing');
    await writeFile(file, pattern(source.size));
    // Before any part is read: which of them is sent first is for the threads to say that digest them.
    fault = ({ query }) => (query.has('uploads') ? truncate(file) : undefined);
    await failsAs('io', storage.put('large', { ...source, file }));
    expect(server.objects.size).toBe(0);
    expect(server.uploads.size).toBe(0);
  });
});

function truncate(file: string): undefined {
  truncateSync(file, PART);
}
