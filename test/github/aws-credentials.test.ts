import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { awsRenewal } from '../../src/github/aws-credentials.ts';
import type { HttpClient } from '../../src/storage/http/client.ts';
import { ID_TOKEN, ROLE, startAwsIdentity } from '../harness/aws-identity.ts';
import { openTestClient } from '../harness/s3-place.ts';
import { SECRET_KEY } from '../harness/s3-server.ts';

const JOB = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://github.example/token',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x',
  AWS_ROLE_ARN: ROLE,
};

describe('awsRenewal', () => {
  it.each([
    { ...JOB, AWS_ROLE_ARN: '' },
    { ...JOB, ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined },
    { ...JOB, AWS_WEB_IDENTITY_TOKEN_FILE: '/var/run/token' },
  ])('is none with %j', (env) => {
    expect(awsRenewal(env, () => {})).toBeUndefined();
  });

  it('gives credentials of the role for a token of the job, each secret masked', async () => {
    await using aws = await startAwsIdentity();
    const masked: string[] = [];
    const client = await openTestClient(1_000);
    try {
      const renew = awsRenewal({ ...aws.job, GITHUB_RUN_ID: '42' }, (secret) => masked.push(secret));
      expect(await renew?.(client)).toMatchObject({ secretAccessKey: SECRET_KEY, sessionToken: 'session-1' });
      expect(masked).toEqual([ID_TOKEN, SECRET_KEY, 'session-1']);
      expect(aws.asked[0]?.get('RoleSessionName')).toBe('buildcache-42');
      expect(aws.asked[0]?.get('WebIdentityToken')).toBe(ID_TOKEN);
    } finally {
      await client.close();
    }
  });

  it.each([
    [{}, 'https://sts.amazonaws.com/'],
    [{ AWS_DEFAULT_REGION: 'eu-north-1' }, 'https://sts.eu-north-1.amazonaws.com/'],
    [{ AWS_REGION: 'cn-north-1' }, 'https://sts.cn-north-1.amazonaws.com.cn/'],
    [{ AWS_REGION: 'x', AWS_ENDPOINT_URL: 'http://minio:9000' }, 'http://minio:9000/'],
    [{ AWS_ENDPOINT_URL_STS: 'http://sts:1', AWS_ENDPOINT_URL: 'http://minio:9000' }, 'http://sts:1/'],
  ])('with %j asks at %s', async (env, url) => {
    const asked: string[] = [];
    const client: HttpClient = {
      request: async (request) => {
        asked.push(request.url.href);
        const body = request.method === 'GET' ? '{"value":"t"}' : '';
        return { status: 200, headers: new Map(), body: Readable.from([Buffer.from(body)]) };
      },
      close: async () => {},
    };
    await expect(awsRenewal({ ...JOB, ...env }, () => {})?.(client)).rejects.toMatchObject({
      code: 'protocol',
    });
    expect(asked[1]).toBe(url);
  });
});
