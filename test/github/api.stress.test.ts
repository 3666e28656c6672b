/** What GitHub's answers mean: who is told to do what, and what is waited for. */
import { describe, expect, test } from 'vitest';
import { API_PATIENCE_MS } from '../../src/core/github-limit.ts';
import { openGitHubApi } from '../../src/github/api.ts';
import { openHttpClient } from '../../src/storage/http/client.ts';
import { type GitHubFault, JOB_TOKEN, startGitHub } from '../harness/github-api.ts';

/** Asks for a pull request. */
async function asking(fault: (attempt: number) => GitHubFault | undefined, options = { token: JOB_TOKEN }) {
  await using server = await startGitHub({
    pulls: [{ number: 7, head: { sha: 'a'.repeat(40), repo: 'octo-org/octo-repo' } }],
    before: ({ attempt }) => fault(attempt),
  });
  const settings = { timeoutMs: 5000, connections: 2, verifyTls: true, ca: undefined, env: {} };
  const client = await openHttpClient(settings);
  const retry = { retries: 2, baseDelayMs: 1, maxDelayMs: 2000 };
  const env = { GITHUB_API_URL: server.url };
  const started = performance.now();
  try {
    const api = await openGitHubApi({ client, token: options.token, env, retry, signal: undefined });
    const parameters = { owner: 'octo-org', repo: 'octo-repo', pull_number: 7 };
    const answer = await api
      .call('GET /repos/{owner}/{repo}/pulls/{pull_number}', parameters, (data) =>
        typeof data === 'object' ? 'an object' : undefined,
      )
      .catch((error: unknown) => error);
    return { answer, asked: server.requests.length, milliseconds: performance.now() - started };
  } finally {
    await client.close();
  }
}

const message = (text: string) => JSON.stringify({ message: text, documentation_url: 'https://docs.x' });
const inAnHour = String(Math.ceil(Date.now() / 1000) + 3600);

describe('limits', () => {
  test.each<[string, GitHubFault]>([
    ['429 with Retry-After', { status: 429, headers: { 'retry-after': '1' } }],
    ['403 with Retry-After', { status: 403, headers: { 'retry-after': '1' }, body: message('secondary') }],
    [
      '403 with nothing remaining',
      {
        status: 403,
        headers: {
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(Math.floor(Date.now() / 1000)),
        },
      },
    ],
  ])('%s is waited for', async (_, fault) => {
    const { answer, asked, milliseconds } = await asking((attempt) => (attempt === 1 ? fault : undefined));
    expect([answer, asked]).toEqual(['an object', 2]);
    expect(milliseconds).toBeGreaterThan(990);
  });

  test.each<[string, GitHubFault, number]>([
    [
      'the hourly limit',
      { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inAnHour } },
      3500,
    ],
    ['Retry-After of ten minutes', { status: 429, headers: { 'retry-after': '600' } }, 600],
    [
      'a secondary limit without a time',
      { status: 403, body: message('You have exceeded a secondary rate limit.') },
      60,
    ],
    ['429 without a time', { status: 429 }, 60],
  ])('%s is given up at once, with the time', async (_, fault, least) => {
    const { answer, asked } = await asking(() => fault);
    expect(asked).toBe(1);
    expect(answer).toMatchObject({ code: 'throttled' });
    const { retryAfter = 0 } = (answer as { facts: { retryAfter?: number } }).facts;
    expect(retryAfter).toBeGreaterThanOrEqual(least);
  });

  test('the minute that a secondary limit asks for is within our patience', () => {
    expect(API_PATIENCE_MS).toBeGreaterThan(60_000);
  });
});

test.each<[string, GitHubFault, string, RegExp]>([
  [
    '403',
    { status: 403, body: message('Resource not accessible by integration') },
    'denied',
    /pull-requests: write/,
  ],
  ['404', { status: 404, body: message('Not Found') }, 'not-found', /permissions/],
  ['422', { status: 422, body: message('Validation Failed') }, 'protocol', /^$/],
  [
    'a log-in page',
    { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>' },
    'unreachable',
    /^$/,
  ],
  ['a number', { status: 200, body: '5' }, 'protocol', /^$/],
])('%s fails with what to do', async (_, fault, code, hint) => {
  const { answer } = await asking(() => fault);
  expect(answer).toMatchObject({ code });
  expect((answer as { facts: { hint?: string } }).facts.hint ?? '').toMatch(hint);
});

test('a wrong token is told apart, and stands in no error', async () => {
  const { answer, asked } = await asking(() => undefined, { token: 'ghs_wrong' });
  expect(answer).toMatchObject({ code: 'denied', facts: { status: 401, found: 'Bad credentials' } });
  expect([asked, JSON.stringify(answer).includes('ghs_wrong')]).toEqual([1, false]);
});

test.each([500, 502, 503])('%i is tried again', async (status) => {
  const { answer, asked } = await asking((attempt) => (attempt < 3 ? { status } : undefined));
  expect([answer, asked]).toEqual(['an object', 3]);
});

test('an answer cut short is tried again', async () => {
  const { answer, asked } = await asking((attempt) =>
    attempt < 3 ? { status: 200, body: '{"number":' } : undefined,
  );
  expect([answer, asked]).toEqual(['an object', 3]);
});
