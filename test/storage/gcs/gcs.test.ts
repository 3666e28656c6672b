import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { BuildcacheError, describeError } from '../../../src/core/errors.ts';
import { DEFAULT_RETRY } from '../../../src/core/retry.ts';
import { openStorage } from '../../../src/mirrors/open.ts';
import { type GcsOptions, openGcsStorage } from '../../../src/storage/gcs/gcs.ts';
import { googleToken } from '../../../src/storage/gcs/token.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import { type GcsServer, type GcsServerOptions, startGcsServer } from '../../harness/gcs-server.ts';
import { listen } from '../../harness/listen.ts';
import { startProxy } from '../../harness/proxy.ts';
import { openTestClient } from '../../harness/s3-place.ts';
import { content, failsAs, keysOf, pattern, storageContract, text } from '../../harness/storage-contract.ts';
import { tempDir } from '../../harness/temp-dir.ts';

async function openGcs(endpointUrl: string, options: Partial<GcsOptions> = {}): Promise<Storage> {
  return openGcsStorage({
    bucket: 'bucket',
    prefix: 'some/mirror',
    endpointUrl,
    token: async () => undefined,
    http: await openTestClient(1_000),
    retry: { ...DEFAULT_RETRY, retries: 2, baseDelayMs: 5 },
    ...options,
  });
}

storageContract(
  'a bucket of Google Cloud Storage',
  async () => {
    const server = await startGcsServer({ pageSize: 3, rewriteMost: 4 });
    return {
      open: async () => await openGcs(server.url),
      stop: async () => await server[Symbol.asyncDispose](),
    };
  },
  'native',
);

const closing: (() => PromiseLike<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function setUp(
  serverOptions: GcsServerOptions = {},
  options: Partial<GcsOptions> = {},
): Promise<{ server: GcsServer; storage: Storage }> {
  const server = await startGcsServer(serverOptions);
  const storage = await openGcs(server.url, options);
  closing.push(
    () => server[Symbol.asyncDispose](),
    () => storage.close(),
  );
  return { server, storage };
}

/** Faults for the first requests, one each. */
function first(...faults: (number | 'reset' | 'lose' | undefined)[]): GcsServerOptions {
  return { fault: () => faults.shift() };
}

describe('gs://', () => {
  it('keeps to its prefix, and goes by a URL that people know', async () => {
    const { server, storage } = await setUp();
    await storage.put('a/b', text('x'));
    expect([...server.objects.keys()]).toEqual(['some/mirror/a/b']);
    const other = server.objects.get('some/mirror/a/b');
    if (other !== undefined) server.objects.set('some/mirrors/c', other).set('some/mirror/folder/', other);
    expect(await keysOf(storage, '')).toEqual(['a/b']);
    expect(storage.url).toBe('gs://bucket/some/mirror');
  });

  it('sends its token, and no longer than it is asked for', async () => {
    const tokens = ['one', 'two'];
    const { server, storage } = await setUp({}, { token: async () => tokens.shift() });
    await storage.head('a');
    await storage.head('a');
    await storage.head('a');
    expect(server.requests.map(({ authorization }) => authorization)).toEqual([
      'Bearer one',
      'Bearer two',
      undefined,
    ]);
  });

  it.each([
    ...[
      204, 205, 300, 301, 302, 303, 304, 305, 307, 308, 399, 400, 402, 405, 406, 408, 409, 410, 411, 412, 413,
      415,
    ],
    ...[416, 417, 418, 421, 422, 423, 424, 425, 426, 428, 431, 451, 499, 501, 505, 511, 520, 599],
  ])('does not take %i without a cause for the word that nothing is there', async (status) => {
    const retry = { ...DEFAULT_RETRY, retries: 0 };
    const { storage } = await setUp({ fault: () => status }, { retry });
    for (const ask of [() => storage.get('a'), () => storage.head('a')]) {
      const found = await ask().catch((error: unknown) =>
        error instanceof BuildcacheError ? 'no answer' : error,
      );
      expect(found).not.toBeUndefined();
      expect(found).not.toBe('not-modified');
    }
  });

  it.each([
    [401, 'denied'],
    [403, 'denied'],
    [408, 'server-error'],
    [429, 'throttled'],
    [501, 'protocol'],
    [500, 'server-error'],
    [503, 'server-error'],
    [400, 'protocol'],
  ] as const)('says what %i means, without secrets', async (status, code) => {
    const token = 'ya29.secret';
    const { storage } = await setUp({ fault: () => status }, { token: async () => token });
    for (const ask of [
      () => storage.head('a'),
      () => storage.get('a'),
      () => storage.put('a', text('x')),
      () => keysOf(storage, ''),
    ]) {
      const error = await ask().catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code });
      expect(describeError(error) + inspect(error)).not.toContain(token);
    }
  });

  it('tries again what may go away by itself', async () => {
    for (const fault of [500, 429, 'reset', 'lose'] as const) {
      const { storage, server } = await setUp(first(fault, fault));
      await storage.put('a', pattern(200_000));
      expect(server.requests).toHaveLength(3);
      expect(server.objects.get('some/mirror/a')?.content).toEqual(Buffer.from(pattern(200_000)));
    }
  });

  it('takes an answer that was lost for somebody else', async () => {
    const { storage } = await setUp(first('lose'));
    await failsAs('conflict', storage.put('a', text('x'), { condition: { ifAbsent: true } }));
    expect(await content(storage, 'a')).toBe('x');
  });

  it('tells a bucket that is not there from an object', async () => {
    const { server } = await setUp();
    const storage = await openGcs(server.url, { bucket: 'nobody' });
    closing.push(() => storage.close());
    await failsAs('not-found', storage.head('a'));
    await failsAs('not-found', storage.get('a'));
    await failsAs('not-found', storage.put('a', text('x')));
    await failsAs('not-found', storage.delete('a'));
    await failsAs('not-found', keysOf(storage, ''));
  });

  it('has no use for what is no Google Cloud Storage', async () => {
    await using page = await listen((_, response) => void response.end('<html>'));
    const storage = await openGcs(page.url);
    await failsAs('protocol', storage.head('a'));
    await failsAs('protocol', keysOf(storage, ''));
    await storage.close();
    for (const bucket of ['', 'a/b', '..', 'UP']) {
      await expect(openGcs(page.url, { bucket })).rejects.toMatchObject({ code: 'bad-input' });
    }
    await expect(openGcs('nowhere')).rejects.toMatchObject({ code: 'bad-input' });
  });

  it.each(['{"items":{}}', '{"items":"x"}', '{"items":null}', '[]'])(
    'takes a listing that is none, %s, for no empty bucket',
    async (answer) => {
      await using server = await listen((_, response) => void response.end(answer));
      const storage = await openGcs(server.url);
      await failsAs('protocol', keysOf(storage, ''));
      await storage.close();
    },
  );

  it('is what a mirror with that URL is opened as', async () => {
    const { server } = await setUp({ token: 'T' });
    const credentials = { tokenVariable: 'TOKEN' };
    const side = { url: 'gs://bucket/cache/', view: undefined, endpointUrl: server.url, credentials };
    const connection = {
      timeoutMs: 1000,
      retry: { ...DEFAULT_RETRY, retries: 0 },
      jobs: 2,
      verifyTls: true,
      caFile: undefined,
      env: { TOKEN: 'T' },
    };
    const storage = (await openStorage('ours', side, connection, 'write')) as Storage;
    await storage.put('x', text('x'));
    expect([...server.objects.keys()]).toEqual(['cache/x']);
    await storage.close();
  });
});

describe('googleToken', () => {
  /** What `google-github-actions/auth` writes: a token of the job's, to be traded for one of Google's. */
  async function workload(tokenUrl: string) {
    const dir = await tempDir();
    closing.push(() => dir[Symbol.asyncDispose]());
    await writeFile(join(dir.path, 'subject'), 'job-token');
    const file = join(dir.path, 'credentials.json');
    await writeFile(
      file,
      JSON.stringify({
        type: 'external_account',
        audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/g',
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        token_url: tokenUrl,
        credential_source: { file: join(dir.path, 'subject') },
      }),
    );
    return file;
  }

  it('asks through the proxy, and says what went wrong with it', async () => {
    await using server = await listen((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ access_token: 'ya29.x', token_type: 'Bearer', expires_in: 3600 }));
    });
    await using proxy = await startProxy({ hosts: { 'token.invalid:80': new URL(server.url).host } });
    const file = await workload('http://token.invalid/v1/token');
    expect(await googleToken(file, await openTestClient(1_000, { http_proxy: proxy.url }))()).toBe('ya29.x');
    expect(proxy.requests.map(({ target }) => target)).toEqual(['http://token.invalid/v1/token']);
    const gone = googleToken(file, await openTestClient(1_000, { http_proxy: 'http://127.0.0.1:1' }))();
    await expect(gone).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('the proxy http://127.0.0.1:1 (of http_proxy)'),
    });
  });

  it("trades the job's identity for a token, once", async () => {
    const bodies: string[] = [];
    await using server = await listen((message, response) => {
      let body = '';
      message.on('data', (chunk) => {
        body += String(chunk);
      });
      message.on('end', () => {
        bodies.push(body);
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ access_token: 'ya29.x', token_type: 'Bearer', expires_in: 3600 }));
      });
    });
    const token = googleToken(await workload(`${server.url}/v1/token`), await openTestClient(1_000));
    expect([await token(), await token()]).toEqual(['ya29.x', 'ya29.x']);
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).toContain('subject_token=job-token');
  });

  it('says that there is none, and nothing secret', async () => {
    await using server = await listen((_, response) => {
      response.statusCode = 400;
      response.end('{"error":"invalid_grant","error_description":"job-token is bad"}');
    });
    for (const file of [await workload(`${server.url}/v1/token`), '/nowhere/key.json']) {
      const error = await googleToken(file, await openTestClient(1_000))().catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'denied' });
      expect(describeError(error)).not.toContain('job-token');
    }
  });
});

describe('a 404', () => {
  const answering = async (body: string, bucket: number) => {
    const asked: string[] = [];
    const server = await listen((request, response) => {
      const isBucket = /^\/storage\/v1\/b\/bucket\?/.test(request.url ?? '');
      asked.push(isBucket ? 'bucket' : 'object');
      if (isBucket && bucket === 200) return void response.end('{"name": "bucket"}');
      response.writeHead(isBucket ? bucket : 404, { 'content-type': 'text/plain' }).end(body);
    });
    const storage = await openGcs(server.url);
    closing.push(
      () => server.close(),
      () => storage.close(),
    );
    return { storage, asked };
  };

  it.each(['default backend - 404', '', '<html><h1>Not Found</h1></html>', '{"detail": "Not Found"}'])(
    'of a server that is none of Google says nothing of what is there: %j',
    async (body) => {
      const { storage } = await answering(body, 404);
      await failsAs('not-found', storage.get('a'));
      await failsAs('not-found', storage.head('a'));
      await failsAs('not-found', storage.delete('a'));
    },
  );

  it.each([200, 401, 403])(
    'in other words counts where the bucket is there (%i), asked for once',
    async (status) => {
      const { storage, asked } = await answering('gone', status);
      expect(await storage.get('a')).toBeUndefined();
      expect(await storage.head('a')).toBeUndefined();
      expect(asked).toEqual(['object', 'bucket', 'object']);
    },
  );

  it("in Google's words is asked about no further", async () => {
    const { storage, asked } = await answering('No such object: bucket/some/mirror/a', 404);
    expect(await storage.get('a')).toBeUndefined();
    expect(asked).toEqual(['object']);
  });
});
