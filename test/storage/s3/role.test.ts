import { describe, expect, it } from 'vitest';
import { assumeRole } from '../../../src/storage/s3/role.ts';
import { type AwsIdentity, ROLE, startAwsIdentity, stsError } from '../../harness/aws-identity.ts';
import { openTestClient } from '../../harness/s3-place.ts';
import { ACCESS_KEY, SECRET_KEY } from '../../harness/s3-server.ts';

async function asking(prepare: (sts: AwsIdentity) => void, endpoint?: string) {
  await using sts = await startAwsIdentity();
  prepare(sts);
  const client = await openTestClient(1_000);
  const request = { endpoint: endpoint ?? sts.url, role: ROLE, session: 'run 7', token: 'a.b+c/=' };
  try {
    return { credentials: await assumeRole(client, request), asked: sts.asked };
  } finally {
    await client.close();
  }
}

describe('assumeRole', () => {
  it('asks for the role with the token, unsigned', async () => {
    const { credentials, asked } = await asking(() => {});
    expect(credentials).toMatchObject({
      accessKeyId: ACCESS_KEY,
      secretAccessKey: SECRET_KEY,
      sessionToken: 'session-1',
    });
    expect(Math.round((credentials.expiration.getTime() - Date.now()) / 60_000)).toBe(60);
    expect(Object.fromEntries(asked[0] ?? [])).toEqual({
      Action: 'AssumeRoleWithWebIdentity',
      Version: '2011-06-15',
      RoleArn: ROLE,
      RoleSessionName: 'run 7',
      WebIdentityToken: 'a.b+c/=',
    });
  });

  it.each([
    [stsError(403, 'AccessDenied', 'Not authorized'), 'denied'],
    [stsError(400, 'ExpiredTokenException', 'Token expired'), 'denied'],
    [stsError(400, 'IDPCommunicationError', 'try again'), 'server-error'],
    [stsError(400, 'Throttling', 'Rate exceeded'), 'throttled'],
    [{ status: 429, body: '' }, 'throttled'],
    [{ status: 408, body: '' }, 'server-error'],
    [{ status: 502, body: '<html>' }, 'server-error'],
    [{ status: 200, body: '<html>log in</html>' }, 'protocol'],
    [{ status: 200, body: '<AccessKeyId>a</AccessKeyId>' }, 'protocol'],
  ])('fails on %j', async (refusal, code) => {
    const failure: unknown = await asking((sts) => {
      sts.refusal = refusal;
    }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code });
    expect(JSON.stringify(failure)).not.toContain('a.b+c');
  });

  it('quotes what the service says', async () => {
    const failing = asking((sts) => {
      sts.refusal = stsError(403, 'AccessDenied', 'Not authorized');
    });
    await expect(failing).rejects.toMatchObject({
      facts: {
        found: 'HTTP 403 AccessDenied: Not authorized',
        hint: expect.stringContaining('AWS_ROLE_ARN'),
      },
    });
  });

  it('takes no address that is none', async () => {
    await expect(asking(() => {}, 'file:///etc')).rejects.toMatchObject({ code: 'usage' });
  });
});
