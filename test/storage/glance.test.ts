import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GlancedStorage, glanceable } from '../../src/storage/glance.ts';
import { readAll } from '../../src/storage/read.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { openS3 } from '../harness/s3-place.ts';
import { type S3Fault, type S3Server, startS3Server } from '../harness/s3-server.ts';
import { failsAs, text } from '../harness/storage-contract.ts';

let server: S3Server;
let storage: Storage;
let glanced: GlancedStorage;
let fault: S3Fault | undefined;
beforeEach(async () => {
  fault = undefined;
  server = await startS3Server({ fault: ({ query }) => (query.has('list-type') ? fault : undefined) });
  storage = await openS3(server.url);
  glanced = glanceable(storage);
  await storage.put('a/1', text('one'));
  await storage.put('a/2', text('two'));
  await storage.put('b/1', text('other'));
  server.requests.length = 0;
});
afterEach(async () => {
  await storage.close();
  await server.close();
});

const asked = () => server.requests.map(({ method, key }) => `${method} ${key.replace('some/mirror/', '')}`);

describe('a storage that was looked at', () => {
  it('answers from what was seen, once for each key', async () => {
    await glanced.glance(['a/'], 10);
    expect(asked()).toEqual(['GET ']);
    expect(await glanced.head('a/1')).toMatchObject({ size: 3 });
    expect(await glanced.head('a/3')).toBeUndefined();
    expect(await glanced.get('a/4')).toBeUndefined();
    expect(asked()).toEqual(['GET ']);
    await storage.put('a/3', text('new'));
    server.requests.length = 0;
    expect(await glanced.head('a/3')).toMatchObject({ size: 3 });
    expect(asked()).toEqual(['HEAD a/3']);
  });

  it('asks for what it did not look at, and for bytes', async () => {
    await glanced.glance(['a/'], 10);
    server.requests.length = 0;
    expect(await glanced.head('b/1')).toMatchObject({ size: 5 });
    const found = await glanced.get('a/1');
    if (found === undefined || found === 'not-modified') throw new Error('not there');
    expect((await readAll(found, { maxBytes: 10, what: 'it', url: 'x:' })).toString()).toBe('one');
    expect(asked()).toEqual(['HEAD b/1', 'GET a/1']);
  });

  it('knows what it has written itself', async () => {
    await glanced.glance(['a/'], 10);
    await glanced.put('a/3', text('new'));
    await glanced.copyFrom?.(storage, 'a/1', 'a/4');
    expect(await glanced.head('a/3')).toMatchObject({ size: 3 });
    expect(await glanced.head('a/4')).toMatchObject({ size: 3 });
    expect(glanced.conditions).toBe(storage.conditions);
  });

  it('asks for each where there is too much to look at, or it may not look', async () => {
    await glanced.glance(['a/', 'b/'], 2);
    expect(await glanced.head('a/1')).toMatchObject({ size: 3 });
    fault = { status: 403, code: 'AccessDenied' };
    await glanced.glance(['a/'], 10);
    server.requests.length = 0;
    expect(await glanced.head('a/9')).toBeUndefined();
    expect(asked()).toContain('HEAD a/9');
    fault = { status: 404, code: 'NoSuchBucket' };
    await failsAs('not-found', glanced.glance(['a/'], 10));
  });
});
