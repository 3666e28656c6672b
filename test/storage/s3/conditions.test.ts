import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Storage } from '../../../src/storage/storage.ts';
import { openS3 } from '../../harness/s3-place.ts';
import { type S3Fault, type S3Server, type S3ServerOptions, startS3Server } from '../../harness/s3-server.ts';
import { content, failsAs, text } from '../../harness/storage-contract.ts';

const cleanup: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const each of cleanup.splice(0).reverse()) await each();
});

async function setUp(options: S3ServerOptions): Promise<{ server: S3Server; storage: Storage }> {
  const server = await startS3Server(options);
  const storage = await openS3(server.url);
  cleanup.push(
    async () => await server.close(),
    async () => await storage.close(),
  );
  return { server, storage };
}

const ifAbsent = { condition: { ifAbsent: true } } as const;

describe('conditions', () => {
  it.each([
    ['native', 1 + 5],
    // Without: each compares and writes, and the bucket is asked for once.
    ['ignored', 2 + 1 + 10],
    ['rejected', 1 + 1 + 10],
  ] as const)('that are %s are found out once', async (conditions, requests) => {
    const { server, storage } = await setUp({ conditions });
    expect(storage.conditions).toBe('native');
    await storage.put('unconditional', text('x'));
    expect(server.requests.length).toBe(1);
    server.requests.length = 0;
    await Promise.all([0, 1, 2, 3, 4].map((i) => storage.put(`new/${i}`, text('x'), ifAbsent)));
    expect(server.requests.length).toBe(requests);
    expect(storage.conditions).toBe(conditions === 'native' ? 'native' : 'none');
    const names = [...server.objects.keys()].map((path) => path.replace('bucket/some/mirror/', ''));
    expect(names.sort()).toEqual(['new/0', 'new/1', 'new/2', 'new/3', 'new/4', 'unconditional']);
  });

  it('that were not found out are tried again', async () => {
    const failing: S3Fault[] = Array(3).fill('reset');
    const { storage } = await setUp({ conditions: 'ignored', fault: () => failing.shift() });
    await failsAs('unreachable', storage.put('a', text('x'), ifAbsent));
    await storage.put('a', text('x'), ifAbsent);
    expect(storage.conditions).toBe('none');
  });

  it('leave no more than one object where nothing may be deleted', async () => {
    const { server } = await setUp({
      conditions: 'ignored',
      fault: ({ method }) => (method === 'DELETE' ? { status: 403, code: 'AccessDenied' } : undefined),
    });
    for (let writer = 0; writer < 3; writer++) {
      const storage = await openS3(server.url);
      await storage.put(`${writer}`, text('x'), ifAbsent);
      await storage.close();
    }
    expect([...server.objects.keys()].filter((key) => key.includes('condition-probe'))).toHaveLength(1);
  });

  it('are still sent along where the trial was not allowed', async () => {
    const { server, storage } = await setUp({
      fault: ({ key, method }) =>
        method === 'PUT' && key.includes('condition-probe')
          ? { status: 403, code: 'AccessDenied' }
          : undefined,
    });
    await storage.put('a', text('x'), ifAbsent);
    expect(storage.conditions).toBe('none');
    expect(server.requests.at(-1)?.headers['if-none-match']).toBe('*');
  });

  it('are asked again while another write is under way', async () => {
    let busy = 2;
    const { server, storage } = await setUp({
      fault: ({ key }) =>
        key.endsWith('/a') && busy-- > 0 ? { status: 409, code: 'ConditionalRequestConflict' } : undefined,
    });
    await storage.put('a', text('x'), ifAbsent);
    expect(server.requests.filter(({ key }) => key.endsWith('/a')).length).toBe(3);
    busy = 100;
    await failsAs('conflict', storage.put('a', text('y'), ifAbsent));
  });

  it('hold although the answer to a write was lost', async () => {
    const lose: (S3Fault | undefined)[] = [];
    const { storage } = await setUp({ fault: () => lose.shift() });
    const { etag = '' } = await storage.put('a', text('1'));
    await storage.put('b', text('x'), ifAbsent); // finds out
    lose.push('lose');
    await failsAs('conflict', storage.put('a', text('2'), { condition: { ifMatch: etag } }));
    expect(await content(storage, 'a')).toBe('2');
  });

  it('hold for who may write and not read', async () => {
    const { server, storage } = await setUp({
      partLeast: 1,
      fault: ({ method }) =>
        method === 'PUT' || method === 'POST' ? undefined : { status: 403, code: 'AccessDenied' },
    });
    const writer = await openS3(server.url, { partBytes: 300 });
    cleanup.push(async () => await writer.close());
    const file = join(import.meta.dirname, '../../../package.json');
    const source = { file, size: (await stat(file)).size };
    for (const each of [storage, writer]) {
      server.objects.clear();
      await each.put('a', source, ifAbsent);
      await failsAs('conflict', each.put('a', source, ifAbsent));
      expect(each.conditions).toBe('native');
    }
  });

  it('learn once how the server wants etags written', async () => {
    const { server, storage } = await setUp({ conditions: 'unquoted-etag' });
    let etag = (await storage.put('a', text('0'))).etag ?? '';
    const step = async (i: number) => {
      etag = (await storage.put('a', text(`${i}`), { condition: { ifMatch: etag } })).etag ?? '';
    };
    await step(1);
    server.requests.length = 0;
    await step(2);
    await step(3);
    expect(server.requests.length).toBe(2);
    expect(storage.conditions).toBe('native');
  });

  it('that turn out to be refused after all are compared', async () => {
    // As behind a gateway that knows If-Match alone.
    const { storage } = await setUp({
      fault: ({ headers }) =>
        headers['if-none-match'] === '*' ? { status: 501, code: 'NotImplemented' } : undefined,
    });
    await storage.put('a', text('x'), ifAbsent);
    expect(storage.conditions).toBe('none');
    await failsAs('conflict', storage.put('a', text('y'), ifAbsent));
    expect(await content(storage, 'a')).toBe('x');
  });
});
