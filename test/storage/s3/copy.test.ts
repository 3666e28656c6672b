import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { S3Options } from '../../../src/storage/s3/settings.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import { openS3 } from '../../harness/s3-place.ts';
import { type S3Fault, type S3Server, startS3Server } from '../../harness/s3-server.ts';
import { failsAs, pattern, text } from '../../harness/storage-contract.ts';

describe('copying between buckets of one server', () => {
  let server: S3Server;
  let fault: S3Fault | undefined;
  const opened: Storage[] = [];
  beforeEach(async () => {
    fault = undefined;
    server = await startS3Server({
      buckets: ['from', 'to'],
      copyLimit: 1_000_000,
      partLeast: 800_000,
      fault: ({ headers }) => ('x-amz-copy-source' in headers ? fault : undefined),
    });
  });
  afterEach(async () => {
    for (const storage of opened.splice(0)) await storage.close();
    await server.close();
  });
  const open = async (bucket: string, options: Partial<S3Options> = {}) => {
    const storage = await openS3(server.url, { bucket, partBytes: 25_000, ...options });
    opened.push(storage);
    return storage;
  };
  const copied = () => server.objects.get('to/some/mirror/b')?.content;

  it.each([
    ['in one piece', 500_000],
    ['in parts, where it is too large for that', 2_000_000],
  ])('goes %s, and through the server alone', async (_name, size) => {
    const [from, to] = [await open('from'), await open('to')];
    await from.put('a +%', pattern(size), { contentType: 'application/x-toy' });
    server.bytesIn.clear();
    server.bytesOut.clear();
    expect(await to.copyFrom?.(from, 'a +%', 'b')).toBe(true);
    expect(copied()?.equals(pattern(size))).toBe(true);
    for (const counters of [server.bytesIn, server.bytesOut]) {
      for (const bytes of counters.values()) expect(bytes).toBeLessThan(1_000);
    }
    expect(server.uploads.size).toBe(0);
  });

  it('keeps what the object is, or changes it when told to', async () => {
    const [from, to] = [await open('from'), await open('to')];
    await from.put('a', text('x'), { contentType: 'application/x-toy' });
    await to.copyFrom?.(from, 'a', 'b');
    expect(server.objects.get('to/some/mirror/b')?.contentType).toBe('application/x-toy');
    await to.copyFrom?.(from, 'a', 'b', { contentType: 'text/plain' });
    expect(server.objects.get('to/some/mirror/b')?.contentType).toBe('text/plain');
  });

  it.each<[string, S3Fault]>([
    ['may not', { status: 403, code: 'AccessDenied' }],
    ['cannot', { status: 501, code: 'NotImplemented' }],
  ])('says so where the server %s', async (_name, refusal) => {
    const [from, to] = [await open('from'), await open('to')];
    await from.put('a', text('x'));
    fault = refusal;
    expect(await to.copyFrom?.(from, 'a', 'b')).toBeUndefined();
    expect(copied()).toBeUndefined();
  });

  it('fails with what the server fails with', async () => {
    const [from, to] = [await open('from'), await open('to')];
    await from.put('a', text('x'));
    // S3 may begin with 200 and fail later.
    fault = {
      answer: { status: 200, body: '<?xml version="1.0"?><Error><Code>InternalError</Code></Error>' },
    };
    await failsAs('server-error', to.copyFrom?.(from, 'a', 'b') ?? Promise.resolve());
    fault = undefined;
    await failsAs('not-found', to.copyFrom?.(await open('nowhere'), 'a', 'b') ?? Promise.resolve());
  });

  it('is not tried between servers', async () => {
    const other = await startS3Server({ buckets: ['from'] });
    const from = await openS3(other.url, { bucket: 'from' });
    opened.push(from);
    expect(await (await open('to')).copyFrom?.(from, 'a', 'b')).toBeUndefined();
    await other.close();
  });
});
