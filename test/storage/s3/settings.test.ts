import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_RETRY } from '../../../src/core/retry.ts';
import type { HttpClient } from '../../../src/storage/http/client.ts';
import { openS3Storage } from '../../../src/storage/s3/s3.ts';
import type { S3Options } from '../../../src/storage/s3/settings.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import { ROLE, startAwsIdentity, stsError } from '../../harness/aws-identity.ts';
import { openTestClient } from '../../harness/s3-place.ts';
import { ACCESS_KEY, type S3Server, SECRET_KEY, startS3Server } from '../../harness/s3-server.ts';
import { content, failsAs, text } from '../../harness/storage-contract.ts';

describe('connecting', () => {
  let home: string;
  let server: S3Server;
  const opened: Storage[] = [];
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 's3-home-'));
    server = await startS3Server();
    for (const name of Object.keys(process.env).filter((each) => /^(AWS_|S3_)/.test(each))) {
      vi.stubEnv(name, undefined);
    }
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_CONFIG_FILE', join(home, 'config'));
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(home, 'credentials'));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    for (const storage of opened.splice(0)) await storage.close();
    await server.close();
    await rm(home, { recursive: true });
  });

  const open = async (options: Partial<S3Options> = {}): Promise<Storage> => {
    const http = options.http ?? (await openTestClient(1_000));
    const retry = { ...DEFAULT_RETRY, retries: 0 };
    const storage = await openS3Storage({ bucket: 'bucket', prefix: '', http, retry, ...options });
    opened.push(storage);
    return storage;
  };
  const works = async (storage: Storage): Promise<void> => {
    await storage.put('a', text('x'));
    expect(await content(storage, 'a')).toBe('x');
  };
  const setKeys = () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', ACCESS_KEY);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', SECRET_KEY);
  };

  it('takes keys from the environment, before a profile named there', async () => {
    setKeys();
    vi.stubEnv('AWS_PROFILE', 'other');
    await writeFile(join(home, 'credentials'), profile('other', 'AKIAOTHER', 'other'));
    await works(await open({ endpointUrl: server.url }));
  });

  it.each(['AKIA:geheim@bucket', 'AKIA:geheim', 'geheim@bucket'])(
    'repeats no keys in a name: %s',
    async (bucket) => {
      const error: unknown = await open({ bucket }).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'bad-input' });
      expect(JSON.stringify(error)).not.toMatch(/AKIA|geheim/);
    },
  );

  it('takes a profile, with its region and its endpoint, before the environment', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAOTHER');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'other');
    await writeFile(join(home, 'credentials'), profile('mirror', ACCESS_KEY, SECRET_KEY));
    await writeFile(join(home, 'config'), '[profile mirror]\nregion = eu-north-1\n');
    await works(await open({ endpointUrl: server.url, profile: 'mirror' }));
    expect(server.requests[0]?.headers['authorization']).toContain('/eu-north-1/s3/');
  });

  it('takes a role by a web identity token', async () => {
    await using sts = await startAwsIdentity();
    const token = join(home, 'token');
    await writeFile(token, 'the-token');
    vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', token);
    vi.stubEnv('AWS_ROLE_ARN', ROLE);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ENDPOINT_URL_STS', sts.url);
    const urls: string[] = [];
    const client = await openTestClient(1_000);
    const http: HttpClient = {
      request: async (request) => {
        urls.push(request.url.origin);
        return await client.request(request);
      },
      close: async () => await client.close(),
    };
    await works(await open({ endpointUrl: server.url, http }));
    expect(urls).toEqual([sts.url, server.url, server.url]); // Proxies and authorities hold for both.
    expect(sts.asked[0]?.get('WebIdentityToken')).toBe('the-token');
    expect(server.requests[0]?.headers['x-amz-security-token']).toBe('session-1');
    sts.refusal = stsError(403, 'AccessDenied', 'Not you');
    const error: unknown = await open({ endpointUrl: server.url }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'denied', message: 'no credentials for S3 could be had' });
  });

  it('signs nothing when there are no credentials anywhere', async () => {
    const storage = await open({ endpointUrl: server.url });
    await expect(storage.get('a')).rejects.toMatchObject({
      code: 'denied',
      facts: { hint: expect.stringContaining('AWS_ACCESS_KEY_ID') },
    });
    expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it.each(['S3_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'])(
    'finds the server in %s, and addresses it by path',
    async (name) => {
      setKeys();
      vi.stubEnv(name, server.url);
      await works(await open());
      expect(server.requests[0]?.bucket).toBe('bucket');
    },
  );

  it('finds the server in the profile', async () => {
    setKeys();
    vi.stubEnv('AWS_PROFILE', 'mirror');
    await writeFile(join(home, 'config'), `[profile mirror]\nendpoint_url = ${server.url}\n`);
    await works(await open());
  });

  it('prefers what it is told, then what Spack reads', async () => {
    setKeys();
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
    vi.stubEnv('S3_ENDPOINT_URL', server.url);
    await works(await open());
    vi.stubEnv('S3_ENDPOINT_URL', 'http://127.0.0.1:1');
    await works(await open({ endpointUrl: server.url }));
  });

  it('takes an endpoint without a scheme for https, below a path for what it is', async () => {
    const { http, urls } = recording({});
    const storage = await open({ http, endpointUrl: 's3.example:9000/below/' });
    await storage.get('a b+c').catch(() => undefined);
    expect(urls).toEqual(['https://s3.example:9000/below/bucket/a%20b%2Bc?x-id=GetObject']);
  });

  it('addresses AWS by host, in the region it is told', async () => {
    const { http, urls } = recording({});
    vi.stubEnv('AWS_REGION', 'eu-central-1');
    await (await open({ http })).get('a').catch(() => undefined);
    await (await open({ http, region: 'us-west-2' })).get('a').catch(() => undefined);
    await (await open({ http, bucket: 'with.dots' })).get('a').catch(() => undefined);
    expect(urls.map((url) => url.replace(/\?.*/, ''))).toEqual([
      'https://bucket.s3.eu-central-1.amazonaws.com/a',
      'https://bucket.s3.us-west-2.amazonaws.com/a',
      'https://s3.eu-central-1.amazonaws.com/with.dots/a',
    ]);
  });

  it('moves to the region a bucket at AWS is in, and stays there', async () => {
    const { http, urls } = recording({ 'bucket.s3.us-east-1.amazonaws.com': 'eu-west-3' });
    const storage = await open({ http });
    expect(await storage.head('a')).toBeDefined();
    expect(await storage.head('b')).toBeDefined();
    expect(urls).toEqual([
      'https://bucket.s3.us-east-1.amazonaws.com/a',
      'https://bucket.s3.eu-west-3.amazonaws.com/a',
      'https://bucket.s3.eu-west-3.amazonaws.com/b',
    ]);
  });

  it('moves once, however many are under way', async () => {
    const { http, urls } = recording({ 'bucket.s3.us-east-1.amazonaws.com': 'eu-west-3' });
    const storage = await open({ http });
    const found = await Promise.all(['a', 'b', 'c'].map((key) => storage.head(key)));
    expect(found).not.toContain(undefined);
    expect(urls.length).toBe(6);
  });

  it('does not follow a region to and fro', async () => {
    const { http } = recording({
      'bucket.s3.us-east-1.amazonaws.com': 'eu-west-3',
      'bucket.s3.eu-west-3.amazonaws.com': 'us-east-1',
    });
    await failsAs('protocol', (await open({ http })).get('a'));
  });
});

function profile(name: string, keyId: string, secret: string): string {
  return `[${name}]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secret}\n`;
}

/** A client that notes where requests go; some hosts send them to another region. */
function recording(redirects: Readonly<Record<string, string>>): { http: HttpClient; urls: string[] } {
  const urls: string[] = [];
  const http: HttpClient = {
    request: async ({ url }) => {
      urls.push(url.href);
      const region = redirects[url.host];
      const headers = new Map(region === undefined ? [] : [['x-amz-bucket-region', region] as const]);
      return { status: region === undefined ? 200 : 301, headers, body: Readable.from([]) };
    },
    close: async () => {},
  };
  return { http, urls };
}
