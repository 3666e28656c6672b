import { describe, expect, it } from 'vitest';
import { getIdToken, hasIdTokens } from '../../src/github/oidc.ts';
import { openHttpClient } from '../../src/storage/http/client.ts';
import { type Fault, type HttpServer, startHttpServer } from '../harness/http-server.ts';

const retry = { retries: 2, baseDelayMs: 1, maxDelayMs: 5 };

async function asking(fault: (attempt: number) => Fault, audience?: string) {
  await using server: HttpServer = await startHttpServer({ fault: (request) => fault(request.attempt) });
  const settings = { timeoutMs: 5000, connections: 2, verifyTls: true, ca: undefined, env: {} };
  const client = await openHttpClient(settings);
  const masked: string[] = [];
  const env = {
    ACTIONS_ID_TOKEN_REQUEST_URL: `${server.url}/token?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runtime-token',
  };
  try {
    const token = await getIdToken(env, client, audience, { mask: (each) => masked.push(each), retry });
    return { token, masked, requests: server.requests };
  } finally {
    await client.close();
  }
}

const answer = (body: string, status = 200): Fault => ({
  status,
  body,
  headers: { 'content-type': 'application/json' },
});

describe('getIdToken', () => {
  it('asks with the job token and the audience, and has the answer masked', async () => {
    const { token, masked, requests } = await asking(
      () => answer('{"count":1,"value":"h.p.s"}'),
      'sts.amazonaws.com/a b',
    );
    expect([token, masked]).toEqual(['h.p.s', ['h.p.s']]);
    expect(requests[0]?.path).toBe('/token?api-version=2.0&audience=sts.amazonaws.com%2Fa+b');
    expect(requests[0]?.headers).toMatchObject({ authorization: 'Bearer runtime-token' });
  });

  it.each<[string, Fault]>([
    ['5xx', { status: 503 }],
    ['429', { status: 429 }],
    ['a reset', 'reset'],
    ['a body cut short', 'truncate'],
  ])('tries again after %s', async (_, fault) => {
    const { token, requests } = await asking((attempt) => (attempt < 3 ? fault : answer('{"value":"t"}')));
    expect([token, requests.length]).toEqual(['t', 3]);
  });

  it.each<[string, Fault, string]>([
    ['403', { status: 403, body: 'secret-body' }, 'denied'],
    ['400', { status: 400 }, 'protocol'],
    ['502 for ever', { status: 502 }, 'server-error'],
    ['a log-in page', 'html', 'protocol'],
    ['no token', answer('{"value": ""}'), 'protocol'],
    ['another shape', answer('["secret-body"]'), 'protocol'],
    ['an endless body', answer(`{"value":"${'x'.repeat(70_000)}"}`), 'protocol'],
  ])('fails on %s, without telling what it saw', async (_, fault, code) => {
    const failure = await asking(() => fault).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code });
    expect(JSON.stringify(failure)).not.toMatch(/secret-body|runtime-token|api-version/);
  });

  it('says which permission is missing', async () => {
    const client = { request: () => Promise.reject(new Error('not asked')), close: () => Promise.resolve() };
    const asked = getIdToken({}, client, undefined, { mask: () => undefined });
    await expect(asked).rejects.toMatchObject({
      code: 'usage',
      facts: { hint: expect.stringContaining('id-token: write') },
    });
    expect(hasIdTokens({})).toBe(false);
    expect(hasIdTokens({ ACTIONS_ID_TOKEN_REQUEST_URL: 'x', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'y' })).toBe(
      true,
    );
  });
});
