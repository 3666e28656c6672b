import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_RETRY } from '../../../src/core/retry.ts';
import { awsRenewal } from '../../../src/github/aws-credentials.ts';
import { openS3Storage } from '../../../src/storage/s3/s3.ts';
import type { S3Options } from '../../../src/storage/s3/settings.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import { type AwsIdentity, startAwsIdentity, stsError } from '../../harness/aws-identity.ts';
import { openTestClient, TEST_CREDENTIALS } from '../../harness/s3-place.ts';
import { ACCESS_KEY, type S3Server, SECRET_KEY, startS3Server } from '../../harness/s3-server.ts';
import { content, text } from '../../harness/storage-contract.ts';

describe('credentials that end', () => {
  let aws: AwsIdentity;
  let server: S3Server;
  /** The only session the server takes; undefined: the last that was handed out. */
  let valid: string | undefined;
  const opened: Storage[] = [];
  beforeEach(async () => {
    aws = await startAwsIdentity();
    valid = 'of the build';
    server = await startS3Server({
      get sessionToken() {
        return valid ?? aws.sessions.at(-1) ?? 'none yet';
      },
    });
    for (const name of Object.keys(process.env).filter((each) => /^(AWS_|S3_)/.test(each))) {
      vi.stubEnv(name, undefined);
    }
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    for (const storage of opened.splice(0)) await storage.close();
    await server.close();
    await aws[Symbol.asyncDispose]();
  });

  const setSession = (token: string | undefined) => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', ACCESS_KEY);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', SECRET_KEY);
    vi.stubEnv('AWS_SESSION_TOKEN', token);
  };
  const open = async (options: Partial<S3Options> = {}): Promise<Storage> => {
    const http = await openTestClient(5_000);
    const renewal = awsRenewal(aws.job, () => {});
    const renew = renewal === undefined ? undefined : async () => await renewal(http);
    const retry = { ...DEFAULT_RETRY, retries: 0 };
    const place = { bucket: 'bucket', prefix: '', endpointUrl: server.url, region: 'us-east-1' };
    const storage = await openS3Storage({ ...place, http, retry, renew, ...options });
    opened.push(storage);
    return storage;
  };

  it('are used as long as they are good', async () => {
    setSession('of the build');
    const storage = await open();
    await storage.put('a', text('x'));
    expect(aws.asked).toEqual([]);
    valid = 'session-1';
    expect(await content(storage, 'a')).toBe('x');
    expect(aws.sessions).toEqual(['session-1']);
  });

  it.each(['head', 'get', 'put', 'list', 'delete'] as const)(
    'are renewed when a %s finds them expired',
    async (verb) => {
      setSession('of yesterday');
      valid = 'session-1';
      const storage = await open();
      switch (verb) {
        case 'list':
          for await (const { key } of storage.list('')) expect(key).toBe('');
          break;
        case 'put':
          await storage.put('a', text('x'.repeat(200_000)), { condition: { ifAbsent: true } });
          expect((await content(storage, 'a')).length).toBe(200_000);
          break;
        case 'head':
        case 'get':
        case 'delete':
          expect(await storage[verb]('a')).toBe(verb === 'delete' ? false : undefined);
      }
      expect(aws.sessions).toEqual(['session-1']);
    },
  );

  it('are renewed once, however many find out', async () => {
    setSession('of yesterday');
    valid = 'session-1';
    const storage = await open();
    const keys = Array.from({ length: 20 }, (_, i) => `key-${i}`);
    await Promise.all(keys.map((key) => storage.put(key, text(key))));
    expect(server.objects.size).toBe(20);
    expect(aws.sessions).toEqual(['session-1']);
  });

  it('are renewed again before those end', async () => {
    setSession('of yesterday');
    valid = undefined;
    const storage = await open();
    aws.lifetime = 4 * 60_000; // too near their end to begin anything with
    await storage.put('a', text('x'));
    const first = aws.sessions.length;
    aws.lifetime = 3_600_000;
    await storage.put('b', text('x'));
    const second = aws.sessions.length;
    expect(second).toBeGreaterThan(first);
    await storage.put('c', text('x'));
    expect(aws.sessions.length).toBe(second);
  });

  it('are had from the start where there are no others', async () => {
    valid = 'session-1';
    await (await open()).put('a', text('x'));
    expect(aws.sessions).toEqual(['session-1']);
    expect(server.requests.length).toBe(1);
  });

  it('say why there are no new ones', async () => {
    setSession('of yesterday');
    aws.refusal = stsError(403, 'AccessDenied', 'Not authorized to perform this');
    const failure: unknown = await (await open()).get('a').catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'denied',
      facts: { found: expect.stringContaining('Not authorized') },
    });
    expect(JSON.stringify(failure)).not.toContain('of yesterday');
  });

  it('that are refused after that have had their chance', async () => {
    setSession('of yesterday');
    await expect((await open()).get('a')).rejects.toMatchObject({
      code: 'denied',
      message: 'the credentials have expired',
    });
    expect(server.requests.length).toBe(2);
  });

  it.each([
    ['of the mirror', { credentials: { ...TEST_CREDENTIALS, sessionToken: 'old' } }, 'old'],
    ['without a session', {}, undefined],
    ['that cannot be renewed', { renew: undefined }, 'old'],
  ] as const)('are left alone: those %s', async (_, options, session) => {
    setSession(session);
    await expect((await open(options)).get('a')).rejects.toMatchObject({ code: 'denied' });
    expect(aws.asked).toEqual([]);
  });
});
