import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Storage } from '../../../src/storage/storage.ts';
import { type Radosgw, startRadosgw } from '../../harness/radosgw.ts';
import { createBucket, openS3, openTestClient, TEST_CREDENTIALS } from '../../harness/s3-place.ts';
import { storageContract } from '../../harness/storage-contract.ts';

let gateway: Radosgw;
beforeAll(async () => {
  gateway = await startRadosgw(TEST_CREDENTIALS.accessKeyId, TEST_CREDENTIALS.secretAccessKey);
}, 120_000);
afterAll(async () => await gateway.stop());

storageContract(
  "Ceph's gateway",
  async () => {
    await createBucket(gateway.url, 'contract');
    return { open: async () => await openBucket('contract'), stop: async () => {} };
  },
  'native',
);

describe("Ceph's gateway", () => {
  let storage: Storage;
  beforeAll(async () => {
    await createBucket(gateway.url, 'more');
    storage = await openBucket('more');
  });
  afterAll(async () => await storage.close());

  it('takes a large file in parts, copies it, and gives it back', async () => {
    const file = join(tmpdir(), `large-${process.pid}`);
    const size = 70 * 1024 * 1024;
    const handle = await open(file, 'w');
    await handle.truncate(size);
    await handle.close();
    try {
      await storage.put('large', { file, size }, { condition: { ifAbsent: true } });
      expect((await storage.head('large'))?.size).toBe(size);
      await expect(
        storage.put('large', { file, size }, { condition: { ifAbsent: true } }),
      ).rejects.toMatchObject({ code: 'conflict' });
      expect(await storage.copyFrom?.(storage, 'large', 'copy')).toBe(true);
      expect((await storage.head('copy'))?.size).toBe(size);
    } finally {
      await rm(file);
    }
  });

  it('lists more than a page', async () => {
    const keys = Array.from({ length: 1_050 }, (_, i) => `page/${String(i).padStart(4, '0')}`);
    for (let at = 0; at < keys.length; at += 50) {
      await Promise.all(keys.slice(at, at + 50).map((key) => storage.put(key, Buffer.from(key))));
    }
    const found: string[] = [];
    for await (const { key } of storage.list('page/')) found.push(key);
    expect(found.sort()).toEqual(keys);
  });

  it('is told apart from one that does not know us', async () => {
    const wrong = { ...TEST_CREDENTIALS, secretAccessKey: 'wrong' };
    const stranger = await openS3(gateway.url, { bucket: 'more', credentials: wrong });
    await expect(stranger.get('large')).rejects.toMatchObject({ code: 'denied', facts: { status: 403 } });
    await stranger.close();
    const nowhere = await openS3(gateway.url, { bucket: 'nowhere' });
    await expect(nowhere.get('large')).rejects.toMatchObject({ code: 'not-found' });
    await expect(nowhere.head('large')).rejects.toMatchObject({ code: 'not-found' });
    await nowhere.close();
  });
});

async function openBucket(bucket: string): Promise<Storage> {
  return await openS3(gateway.url, { bucket, http: await openTestClient(30_000) });
}
