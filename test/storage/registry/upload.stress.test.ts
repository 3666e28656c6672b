import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/storage/registry/reference.ts';
import {
  type RegistryFault,
  startRegistry,
  type TestRegistry,
  type TestRegistryOptions,
} from '../../harness/registry.ts';
import { openTestRegistry } from '../../harness/registry-client.ts';
import { failsAs } from '../../harness/storage-contract.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { MANIFEST, pattern, pushImage } from '../registry-contract.ts';

const SIZE = 2_000_000;
const BYTES = pattern(SIZE);
const DIGEST = digestOf(BYTES);
const USER = { username: 'toy', password: 'hunter2' };

/** Uploads one blob to such a registry, and sees that it arrived. @returns what was asked, in short */
async function upload(options: TestRegistryOptions): Promise<string[]> {
  await using server = await startRegistry(options);
  const registry = await openTestRegistry(`${server.url}toy/cache`, { user: USER });
  expect(await registry.putBlob(BYTES, DIGEST)).toBe(true);
  expect(server.repository('toy/cache').blobs.get(DIGEST)?.equals(BYTES)).toBe(true);
  await registry.close();
  return shorthand(server);
}

/** `PUT 2000000 201`: method, bytes received, status. */
function shorthand({ requests }: TestRegistry): string[] {
  return requests.map(({ method, received, status }) =>
    [method, ...(received > 0 ? [received] : []), status ?? 'cut'].join(' '),
  );
}

/** A fault for the first request of a method. */
const once = (method: string, fault: RegistryFault) => {
  let done = false;
  return (request: { readonly method: string }) => {
    if (done || request.method !== method) return undefined;
    done = true;
    return fault;
  };
};

describe('an upload', () => {
  it('is one piece', async () => {
    expect(await upload({})).toEqual(['HEAD 404', 'POST 202', `PUT ${SIZE} 201`]);
  });

  it('goes on where it broke off', async () => {
    const requests = await upload({ fault: once('PUT', { cutAfter: 700_000 }) });
    expect(requests.map((each) => each.replace(/\d{6,}/, 'n'))).toEqual([
      ...['HEAD 404', 'POST 202', 'PUT n cut'],
      ...['HEAD 404', 'GET 204', 'PATCH n 202', 'PUT 201'],
    ]);
    expect(requests[5]).toBe('PATCH 1300000 202');
  });

  it('breaks off twice and still goes on', async () => {
    const [put, patch] = [once('PUT', { cutAfter: 700_000 }), once('PATCH', { cutAfter: 300_000 })];
    const requests = await upload({ fault: (request) => put(request) ?? patch(request) });
    expect(requests.at(-2)).toBe('PATCH 1000000 202');
  });

  it('begins again where the registry has kept nothing', async () => {
    const requests = await upload({ fault: once('PUT', { cutAfter: 700_000 }), resumable: false });
    expect(requests.slice(3)).toEqual(['HEAD 404', 'GET 404', 'POST 202', `PUT ${SIZE} 201`]);
  });

  it('is not repeated when only the answer was lost', async () => {
    const requests = await upload({ fault: once('PUT', 'lose-answer') });
    expect(requests).toEqual(['HEAD 404', 'POST 202', `PUT ${SIZE} cut`, 'HEAD 200']);
  });

  it.each(['HEAD', 'POST', 'PUT'])('survives a reset, a 503 and a 429 of %s', async (method) => {
    const faults: RegistryFault[] = [
      'reset',
      { status: 503 },
      { status: 429, headers: { 'retry-after': '0' } },
    ];
    const requests = await upload({ fault: (log) => (log.method === method ? faults.shift() : undefined) });
    expect(requests.filter((each) => each.startsWith(method))).toHaveLength(4);
  });

  it.each([
    ['16 MiB', undefined, 16],
    ['what the registry wants at least', 18, 18],
  ])('comes in chunks of %s where one piece is too large', async (_name, least, chunk) => {
    const MIB = 1024 * 1024;
    const bytes = pattern(20 * MIB);
    await using server = await startRegistry({
      requestMost: 19 * MIB,
      ...(least === undefined ? {} : { chunkLeast: least * MIB }),
    });
    const registry = await openTestRegistry(`${server.url}toy/cache`);
    expect(await registry.putBlob(bytes, digestOf(bytes))).toBe(true);
    expect(shorthand(server).slice(-4)).toEqual([
      'POST 202',
      `PATCH ${chunk * MIB} 202`,
      `PATCH ${(20 - chunk) * MIB} 202`,
      'PUT 201',
    ]);
    await registry.close();
  });

  it.each([
    ['goes on where a registry keeps a part of each chunk', 1_200_000, undefined, 2],
    ['fails where a registry keeps next to nothing of each chunk', 2, 'server-error', 36],
  ])('%s', async (_name, chunkKept, code, most) => {
    await using server = await startRegistry({ chunkKept, fault: once('PUT', { status: 413 }) });
    const registry = await openTestRegistry(`${server.url}toy/cache`);
    const outcome = await registry.putBlob(BYTES, DIGEST).catch((error: { code: string }) => error.code);
    expect(outcome).toBe(code ?? true);
    expect(shorthand(server).filter((each) => each.startsWith('PATCH'))).toHaveLength(most);
    await registry.close();
  });

  it('fails where chunks are too large as well', async () => {
    await expect(upload({ requestMost: SIZE - 1 })).rejects.toMatchObject({ code: 'too-large' });
  });

  it('needs no second thought about the token when that changes on the way', async () => {
    await using server = await startRegistry({ auth: { kind: 'bearer', ...USER } });
    const registry = await openTestRegistry(`${server.url}toy/cache`, { user: USER });
    await registry.manifest('x');
    server.tokens.forget();
    const sources = [BYTES, pattern(1_000), pattern(2_000)];
    const done = await Promise.all(sources.map((bytes) => registry.putBlob(bytes, digestOf(bytes))));
    expect(done).toEqual([true, true, true]);
    await registry.close();
  });

  it('fails clearly where it may not be', async () => {
    const body = JSON.stringify({ errors: [{ code: 'DENIED', message: 'no write access' }] });
    await using server = await startRegistry({ fault: once('POST', { status: 403, body }) });
    const registry = await openTestRegistry(`${server.url}toy/cache`, { user: USER });
    await expect(registry.putBlob(BYTES, DIGEST)).rejects.toMatchObject({
      code: 'denied',
      facts: { status: 403, found: 'HTTP 403 DENIED: no write access' },
    });
    await registry.close();
  });

  it.each([
    [{ status: 404, body: '{"errors":[{"code":"NAME_UNKNOWN","message":"create it first"}]}' }, 'not-found'],
    [{ status: 405 }, 'unsupported'],
    [{ status: 202 }, 'protocol'],
    [{ status: 202, headers: { location: 'ftp://x/' } }, 'protocol'],
    [{ status: 400, body: '{"errors":"?"}' }, 'protocol'],
  ] as const)('that cannot begin says why: %o', async (fault, code) => {
    await using server = await startRegistry({ fault: once('POST', fault) });
    const registry = await openTestRegistry(`${server.url}toy/cache`);
    await expect(registry.putBlob(BYTES, DIGEST)).rejects.toMatchObject({ code });
    await registry.close();
  });

  it('stops while it waits to try again', async () => {
    await using server = await startRegistry({
      fault: ({ method }) =>
        method === 'PUT' ? { status: 429, headers: { 'retry-after': '5' } } : undefined,
    });
    const registry = await openTestRegistry(`${server.url}toy/cache`);
    const signal = AbortSignal.timeout(100);
    await expect(registry.putBlob(BYTES, DIGEST, { signal })).rejects.toMatchObject({ code: 'cancelled' });
    await registry.close();
  });

  it('gives up after a while, and when it is told to', async () => {
    await using server = await startRegistry({
      fault: ({ method }) => (method === 'PUT' ? { cutAfter: 1 } : undefined),
    });
    const registry = await openTestRegistry(`${server.url}toy/cache`);
    await expect(registry.putBlob(BYTES, DIGEST)).rejects.toMatchObject({ code: 'unreachable' });
    const signal = AbortSignal.timeout(30);
    const endless = { size: 10, open: async () => new Readable({ read() {} }) };
    await expect(registry.putBlob(endless, DIGEST, { signal })).rejects.toMatchObject({ code: 'cancelled' });
    await registry.close();
  });
});

describe('what is uploaded', () => {
  it('has the size that was said, and can be read', async () => {
    await using dir = await tempDir();
    const file = join(dir.path, 'layer');
    await writeFile(file, 'short');
    await using server = await startRegistry();
    const registry = await openTestRegistry(`${server.url}toy/cache`);
    await expect(registry.putBlob({ file, size: 100 }, DIGEST)).rejects.toMatchObject({ code: 'io' });
    await expect(registry.putBlob({ file: `${file}2`, size: 5 }, DIGEST)).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(registry.putBlob({ file: dir.path, size: 5 }, DIGEST)).rejects.toMatchObject({ code: 'io' });
    expect(server.repository('toy/cache').blobs.size).toBe(0);
    await registry.close();
  });

  it('may be a stream of another registry, which goes on where either side broke off', async () => {
    const cut = once('GET', { truncateAt: 500_000 });
    await using from = await startRegistry({
      fault: (log) => (log.path.includes('/blobs/') ? cut(log) : undefined),
    });
    await using to = await startRegistry({ fault: once('PATCH', { cutAfter: 100_000 }) });
    const [source, target] = [
      await openTestRegistry(`${from.url}toy/base`),
      await openTestRegistry(`${to.url}toy/cache`),
    ];
    await source.putBlob(BYTES, DIGEST);
    const open = async (start: number) => {
      const blob = await source.blob(DIGEST, { range: { start } });
      if (blob?.offset !== start) throw new Error('the wrong part');
      return blob.body;
    };
    expect(await target.putBlob({ size: SIZE, open }, DIGEST)).toBe(true);
    expect(to.repository('toy/cache').blobs.get(DIGEST)?.equals(BYTES)).toBe(true);
    await Promise.all([source.close(), target.close()]);
  });
});

describe('a mount', () => {
  it('from where we may not read is not done, which is no error', async () => {
    const refusing = (log: { readonly path: string }) =>
      log.path.includes('from=') ? { status: 403 } : undefined;
    await using server = await startRegistry({ auth: { kind: 'bearer', ...USER }, fault: refusing });
    const registry = await openTestRegistry(`${server.url}toy/cache`, { user: USER });
    expect(await registry.mountBlob(DIGEST, 'not/ours')).toBe(false);
    expect(await registry.putBlob(BYTES, DIGEST)).toBe(true);
    await registry.close();
  });

  it('that is not done leaves no upload behind', async () => {
    await using server = await startRegistry({ mounts: false });
    const registry = await openTestRegistry(`${server.url}toy/cache`);
    server.repository('toy/other').blobs.set(DIGEST, BYTES);
    expect(await registry.mountBlob(DIGEST, 'toy/other')).toBe(false);
    expect(shorthand(server)).toEqual(['POST 202', 'DELETE 204']);
    await registry.close();
  });
});

describe('a manifest', () => {
  it('is put under its own digest only', async () => {
    await using server = await startRegistry();
    const registry = await openTestRegistry(`${server.url}toy/cache`);
    const { bytes } = await pushImage(registry, 'one');
    await expect(registry.putManifest(DIGEST, bytes, MANIFEST)).rejects.toMatchObject({ code: 'bad-input' });
    await registry.close();
  });

  it('that arrives as another is noticed', async () => {
    const headers = { 'docker-content-digest': DIGEST };
    await using server = await startRegistry({ fault: once('PUT', { status: 201, headers }) });
    const registry = await openTestRegistry(`${server.url}toy/cache`);
    await expect(registry.putManifest('x', Buffer.from('{}'), MANIFEST)).rejects.toMatchObject({
      code: 'corrupt',
    });
    await registry.close();
  });
});

it.each([200, 202, 204, 206])(
  'a write that is answered with %i alone does not count as done',
  async (status) => {
    const answer = { status, ...(status === 204 ? {} : { body: '<!DOCTYPE html>' }) };
    let isFaulty = false;
    await using server = await startRegistry({
      fault: ({ method }) => (isFaulty && method === 'PUT' ? answer : undefined),
    });
    const registry = await openTestRegistry(`${server.url}toy/cache`);
    const media = 'application/vnd.oci.image.index.v1+json';
    await registry.putManifest('tag', Buffer.from('{"schemaVersion":2,"manifests": []}'), media);
    isFaulty = true;
    await failsAs('protocol', registry.putBlob(BYTES, DIGEST));
    const index = Buffer.from('{"schemaVersion":2,"manifests":[]}');
    // Also where another one has the tag.
    for (const tag of ['tag', 'new']) await failsAs('protocol', registry.putManifest(tag, index, media));
    await registry.close();
  },
);
