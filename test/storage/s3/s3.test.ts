import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { BuildcacheError, describeError } from '../../../src/core/errors.ts';
import { DEFAULT_RETRY } from '../../../src/core/retry.ts';
import type { S3Options } from '../../../src/storage/s3/settings.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import { isSampled } from '../../harness/runs.ts';
import { openS3, openTestClient } from '../../harness/s3-place.ts';
import {
  type S3Fault,
  type S3Server,
  type S3ServerOptions,
  SECRET_KEY,
  startS3Server,
} from '../../harness/s3-server.ts';
import {
  bytes,
  content,
  failsAs,
  get,
  keysOf,
  pattern,
  storageContract,
  text,
} from '../../harness/storage-contract.ts';

const CONDITIONS = [
  ['native', 'native'],
  ['unquoted-etag', 'native'],
  ['ignored', 'none'],
  ['rejected', 'none'],
] as const;
for (const [conditions, support] of CONDITIONS.filter((_, i) => isSampled(i, 2))) {
  storageContract(
    `a bucket with conditions ${conditions}`,
    async () => {
      const server = await startS3Server({ conditions, pageSize: 3 });
      return { open: async () => await openS3(server.url), stop: async () => await server.close() };
    },
    support,
  );
}

const cleanup: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const each of cleanup.splice(0).reverse()) await each();
});

async function setUp(
  serverOptions: S3ServerOptions = {},
  options: Partial<S3Options> = {},
): Promise<{ server: S3Server; storage: Storage }> {
  const server = await startS3Server(serverOptions);
  const storage = await openS3(server.url, options);
  cleanup.push(
    async () => await server.close(),
    async () => await storage.close(),
  );
  return { server, storage };
}

/** Faults for the first requests, one each. */
function faults(...list: (S3Fault | undefined)[]): () => S3Fault | undefined {
  return () => list.shift();
}

describe('a bucket', () => {
  it('goes by its URL, and keeps below its prefix', async () => {
    const { server, storage } = await setUp();
    await storage.put('a', text('x'));
    expect(storage.url).toBe('s3://bucket/some/mirror');
    expect([...server.objects.keys()]).toEqual(['bucket/some/mirror/a']);
    const top = await openS3(server.url, { prefix: '' });
    cleanup.push(async () => await top.close());
    expect(top.url).toBe('s3://bucket');
    expect(await keysOf(top, '')).toEqual(['some/mirror/a']);
  });

  it.each([
    { prefix: '../other' },
    { prefix: 'a//b' },
    { bucket: 'a/b' },
    { bucket: '' },
    { bucket: 'arn:aws:s3:us-east-1:1:accesspoint/x' },
    { endpointUrl: 'ftp://host' },
    { endpointUrl: 'https://user:password@host' },
    { endpointUrl: 'not a url' },
  ])('is none with %j', async (options) => {
    const opening = openS3('http://127.0.0.1:1', options);
    await failsAs('bad-input', opening);
    await opening.catch((error: unknown) => expect(inspect(error)).not.toContain('password'));
  });

  it('lists page by page, and passes over what is no key', async () => {
    const { server, storage } = await setUp({ pageSize: 7 });
    const keys = Array.from({ length: 30 }, (_, i) => `k/${i} +%&<é>`).sort();
    for (const key of keys) await storage.put(key, text(key));
    const marker = server.objects.get('bucket/some/mirror/k/1 +%&<é>');
    for (const odd of ['k/', 'k//x', 'k/../x', 'k/a/']) {
      if (marker !== undefined) server.objects.set(`bucket/some/mirror/${odd}`, marker);
    }
    server.requests.length = 0;
    expect(await keysOf(storage, 'k/')).toEqual(keys);
    expect(server.requests.length).toBe(5);
  });

  it('is asked again after what passes', async () => {
    const fault = faults('reset', { status: 503, code: 'SlowDown' }, undefined, { status: 500 });
    const { server, storage } = await setUp({ fault });
    await storage.put('a', text('x'));
    expect(await content(storage, 'a')).toBe('x');
    expect(server.requests.length).toBe(5);
  });

  it.each<[string, S3Fault, string]>([
    ['reset', 'reset', 'unreachable'],
    ['503', { status: 503, code: 'SlowDown' }, 'throttled'],
    ['429', { status: 429, code: 'TooManyRequests' }, 'throttled'],
    ['500', { status: 500 }, 'server-error'],
    ['400 RequestTimeout', { status: 400, code: 'RequestTimeout' }, 'server-error'],
  ])('that goes on failing with %s is given up on', async (_name, fault, code) => {
    const { server, storage } = await setUp({ fault: () => fault });
    await expect(storage.get('a')).rejects.toMatchObject({ code });
    expect(server.requests.length).toBe(3);
  });

  it.each([
    ...[
      204, 205, 300, 301, 302, 303, 304, 305, 307, 308, 399, 400, 402, 405, 406, 408, 409, 410, 411, 412, 413,
      415,
    ],
    ...[416, 417, 418, 421, 422, 423, 424, 425, 426, 428, 431, 451, 499, 501, 505, 511, 520, 599],
  ])('that answers %i without a cause does not say that nothing is there', async (status) => {
    const retry = { ...DEFAULT_RETRY, retries: 0 };
    const { storage } = await setUp({ fault: () => ({ status }) }, { retry });
    for (const ask of [() => storage.get('a'), () => storage.head('a')]) {
      const found = await ask().catch((error: unknown) =>
        error instanceof BuildcacheError ? 'no answer' : error,
      );
      expect(found).not.toBeUndefined();
      expect(found).not.toBe('not-modified');
    }
  });

  it('that never answers is given up on', async () => {
    const options = { http: await openTestClient(100), retry: { ...DEFAULT_RETRY, retries: 0 } };
    const { storage } = await setUp({ fault: () => 'stall' }, options);
    await failsAs('unreachable', storage.get('a'));
  });

  it('is given the time it asks for, unless that is too long', async () => {
    const patient = faults({ status: 503, code: 'SlowDown', headers: { 'retry-after': '1' } });
    const { storage } = await setUp({ fault: patient });
    const begun = performance.now();
    expect(await storage.get('a')).toBeUndefined();
    expect(performance.now() - begun).toBeGreaterThan(990);
    const { server, storage: other } = await setUp({
      fault: () => ({ status: 503, code: 'SlowDown', headers: { 'retry-after': '3600' } }),
    });
    await expect(other.get('a')).rejects.toMatchObject({ code: 'throttled', facts: { retryAfter: 3600 } });
    expect(server.requests.length).toBe(1);
  });

  it.each<[string, S3Fault]>([
    ['cut short', { cut: 100_000 }],
    ['stalled', { stallAfter: 100_000 }],
  ])('whose body is %s fails the reader', async (_name, fault) => {
    let broken: S3Fault | undefined;
    const http = await openTestClient(100);
    const { storage } = await setUp({ fault: () => broken }, { http });
    await storage.put('a', pattern(1_000_000));
    broken = fault;
    await failsAs('unreachable', bytes(await get(storage, 'a')));
  });

  it('may be slower in the whole than the time-out, in both directions', async () => {
    const http = await openTestClient(150);
    let slow: S3Fault | undefined;
    const { storage } = await setUp({ fault: () => slow }, { http });
    await storage.put('a', pattern(100_000));
    slow = { slow: 2_000 };
    const begun = performance.now();
    expect((await bytes(await get(storage, 'a'))).equals(pattern(100_000))).toBe(true);
    expect(performance.now() - begun).toBeGreaterThan(300);
  });

  it('that does not say what is absent is denied, recognisably', async () => {
    const { storage } = await setUp({ hideAbsent: true });
    await expect(storage.get('a')).rejects.toMatchObject({ code: 'denied', facts: { status: 403 } });
    await expect(storage.head('a')).rejects.toMatchObject({ code: 'denied', facts: { status: 403 } });
  });

  it('that is not there is not an object that is not there', async () => {
    const { storage } = await setUp({ buckets: ['other'] });
    for (const failing of [
      () => storage.get('a'),
      () => storage.head('a'),
      () => storage.delete('a'),
      () => keysOf(storage, ''),
      () => storage.put('a', text('x')),
      () => storage.put('a', text('x'), { condition: { ifAbsent: true } }),
    ]) {
      await failsAs('not-found', failing());
    }
    expect(describeError(await storage.head('a').catch((error: unknown) => error))).toMatch(/bucket name/);
  });

  it('is not some web server', async () => {
    const page = { headers: { 'content-type': 'text/html' }, body: '<html><body>Not found</body></html>' };
    const { storage } = await setUp({ fault: () => ({ answer: { status: 404, ...page } }) });
    await failsAs('not-found', storage.get('a'));
    await failsAs('not-found', storage.head('a'));
    const { storage: other } = await setUp({ fault: () => ({ answer: { status: 200, ...page } }) });
    await failsAs('protocol', keysOf(other, ''));
  });
});

describe('what a server refuses', () => {
  it.each<[string, S3ServerOptions, Partial<S3Options>, RegExp]>([
    ['a wrong secret', {}, key({ secretAccessKey: 'wrong-secret' }), /signature is wrong.*check access key/i],
    ['an unknown key', {}, key({ accessKeyId: 'AKIAUNKNOWN' }), /does not know the access key/i],
    [
      'an old session',
      { sessionToken: 'new' },
      key({ sessionToken: 'old-token' }),
      /have expired.*new credentials/,
    ],
    ['no credentials', {}, { credentials: 'anonymous' }, /without credentials.*AWS_ACCESS_KEY_ID/i],
    ['what is not allowed', refusing(403, 'AccessDenied'), {}, /refuses access.*s3:ListBucket/i],
    ['a wrong clock', refusing(403, 'RequestTimeTooSkewed'), {}, /clocks.*differ.*set the clock/i],
    ['a bad token', refusing(400, 'InvalidToken'), {}, /session token is wrong/],
  ])('says why: %s', async (_name, serverOptions, options, message) => {
    const { storage } = await setUp(serverOptions, options);
    const condition = { ifAbsent: true } as const;
    for (const failing of [
      () => storage.get('a'),
      () => storage.head('a'),
      () => storage.put('a', text('x'), { condition }),
    ]) {
      const error: unknown = await failing().catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'denied', facts: { url: 's3://bucket/some/mirror/a' } });
      expect(describeError(error)).toMatch(message);
      const all = inspect(error, { depth: 20, showHidden: true });
      for (const secret of [SECRET_KEY, 'wrong-secret', 'old-token', 'AKIA', 'Signature=']) {
        expect(all).not.toContain(secret);
      }
    }
  });

  it('is a wrong clock no longer once it is known', async () => {
    const { server, storage } = await setUp({ clockAhead: 3_600_000 });
    await storage.put('a', text('x'));
    expect(await content(storage, 'a')).toBe('x');
    expect(server.requests.length).toBe(3);
  });

  it.each([
    [405, 'MethodNotAllowed', 'unsupported'],
    [408, 'Odd', 'server-error'],
    [400, 'RequestTimeout', 'server-error'],
    [503, 'Odd', 'throttled'],
    [501, 'NotImplemented', 'unsupported'],
    [400, 'EntityTooLarge', 'too-large'],
    [301, 'PermanentRedirect', 'protocol'],
  ] as const)('%i %s is %s', async (status, code, ours) => {
    const { storage } = await setUp(refusing(status, code));
    await failsAs(ours, storage.put('a', text('x')));
  });

  it('is told on one line, whatever the server sends', async () => {
    const body = `<?xml version="1.0"?><Error><Code>Odd</Code><Message>a&#10;::error::b&#27;[31m${'x'.repeat(10_000)}</Message></Error>`;
    const { storage } = await setUp({ fault: () => ({ answer: { status: 400, body } }) });
    const error: unknown = await storage.get('a').catch((reason: unknown) => reason);
    expect(describeError(error)).toMatch(/^[^\p{Cc}]*$/u);
    expect(describeError(error).length).toBeLessThan(1_000);
  });
});

describe('who asks', () => {
  it('signs nothing without credentials', async () => {
    const { server } = await setUp({ publicRead: true });
    server.objects.set('bucket/some/mirror/a', {
      content: text('public'),
      etag: '"x"',
      modified: new Date(),
      contentType: 'text/plain',
      cacheControl: undefined,
    });
    const stranger = await openS3(server.url, { credentials: 'anonymous' });
    cleanup.push(async () => await stranger.close());
    expect(await content(stranger, 'a')).toBe('public');
    expect(await keysOf(stranger, '')).toEqual(['a']);
    await failsAs('denied', stranger.delete('a'));
    expect(server.requests.some(({ headers }) => 'authorization' in headers)).toBe(false);
  });

  it('has each byte covered by the signature', async () => {
    const { server, storage } = await setUp();
    await storage.put('a', pattern(300_000));
    const [put] = server.requests;
    expect(put?.headers['x-amz-content-sha256']).toMatch(/^[0-9a-f]{64}$/);
    expect(put?.headers['content-length']).toBe('300000');
    expect(Object.keys(put?.headers ?? {}).filter((name) => /checksum|trailer|encoding/.test(name))).toEqual(
      [],
    );
  });

  it('sends what an object is along', async () => {
    const { server, storage } = await setUp();
    await storage.put('a', text('{}'), { contentType: 'application/json', cacheControl: 'no-cache' });
    expect(server.objects.get('bucket/some/mirror/a')).toMatchObject({
      contentType: 'application/json',
      cacheControl: 'no-cache',
    });
    expect((await get(storage, 'a')).contentType).toBe('application/json');
  });

  it('takes no more tries than it is told to', async () => {
    const { server, storage } = await setUp(
      { fault: () => 'reset' },
      { retry: { ...DEFAULT_RETRY, retries: 0 } },
    );
    await failsAs('unreachable', storage.get('a'));
    expect(server.requests.length).toBe(1);
  });
});

function key(change: object): Partial<S3Options> {
  return { credentials: { accessKeyId: 'AKIATESTONLY', secretAccessKey: SECRET_KEY, ...change } };
}

function refusing(status: number, code: string): S3ServerOptions {
  return { fault: () => ({ status, code }) };
}
