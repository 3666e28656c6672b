/** One comment of ours on a pull request, whoever else writes there, and however many runs write at once. */
import { expect, test } from 'vitest';
import { API_PATIENCE_MS } from '../../src/core/github-limit.ts';
import { type GitHubApi, openGitHubApi } from '../../src/github/api.ts';
import { type CommentContent, commentKey, commentText } from '../../src/github/comment.ts';
import { keepComment } from '../../src/github/keep-comment.ts';
import { openHttpClient } from '../../src/storage/http/client.ts';
import { type GitHubServer, JOB_TOKEN, startGitHub, US } from '../harness/github-api.ts';

const place = { repository: 'octo-org/octo-repo', number: 7 };
const retry = { retries: 3, baseDelayMs: 1, maxDelayMs: API_PATIENCE_MS };

/** The comment that a run makes. */
function comment(id: number, says: string, mood: CommentContent['mood'] = 'missing', attempt = 1) {
  const run = { id, attempt };
  const about = { number: 7, headSha: 'a'.repeat(40), headRepository: undefined, run, runUrl: undefined };
  const content = { subject: 'env', mood, blocks: [{ is: 'text', text: says }] } as const;
  const body = commentText(content, about, false);
  return { key: commentKey('env'), run, body, begins: mood !== 'fine' };
}

async function keep(server: GitHubServer, ...[id, says, mood, attempt]: Parameters<typeof comment>) {
  const settings = { timeoutMs: 5000, connections: 2, verifyTls: true, ca: undefined, env: {} };
  const client = await openHttpClient(settings);
  const env = { GITHUB_API_URL: server.url, GITHUB_GRAPHQL_URL: `${server.url}/graphql` };
  try {
    const api = await openGitHubApi({ client, token: JOB_TOKEN, env, retry, signal: undefined });
    return await keepComment(api, place, comment(id, says, mood, attempt), env);
  } finally {
    await client.close();
  }
}

const writes = ({ requests }: GitHubServer) =>
  requests.flatMap(({ method, path }) => (method === 'GET' || path === '/graphql' ? [] : method));

test('the first is created, the next edits it, and the same again writes nothing', async () => {
  await using server = await startGitHub();
  expect(await keep(server, 1, 'two are missing')).toBe('created');
  expect(await keep(server, 2, 'one is missing')).toBe('edited');
  expect(await keep(server, 2, 'one is missing')).toBe('unchanged');
  expect(server.comments).toHaveLength(1);
  expect(server.comments[0]).toMatchObject({ issue: 7, login: US });
  expect(server.comments[0]?.body).toContain('one is missing');
  expect(writes(server)).toEqual(['POST', 'PATCH']);
});

test('who we are is asked of the server whose API it is', async () => {
  await using server = await startGitHub();
  expect(await keep(server, 1, 'two are missing')).toBe('created');
  const asked: string[] = [];
  const api: GitHubApi = {
    call: async (route, _, read) => {
      asked.push(route);
      const comments = server.comments.map(({ id, body }) => ({ id, body, user: { login: US } }));
      const answer = read(route.startsWith('GET') ? comments : { data: { viewer: { login: US } } });
      if (answer === undefined) throw new Error(route);
      return answer;
    },
  };
  for (const [url, graphql] of [
    ['https://git.example/api/v3', 'https://git.example/api/graphql'],
    ['https://git.example/api/v3/', 'https://git.example/api/graphql'],
    ['https://api.us.ghe.com', 'https://api.us.ghe.com/graphql'],
    ['', 'https://api.github.com/graphql'],
  ] as const) {
    await keepComment(api, place, comment(1, 'two are missing'), {
      GITHUB_API_URL: url,
      GITHUB_GRAPHQL_URL: '',
    });
    expect(asked.pop()).toBe(`POST ${graphql}`);
  }
});

test('with nothing to say none is begun, and one that is there is emptied', async () => {
  await using server = await startGitHub();
  expect(await keep(server, 1, 'all are present', 'fine')).toBe('nothing');
  expect(server.comments).toEqual([]);
  await keep(server, 2, 'one is missing');
  expect(await keep(server, 3, 'all are present', 'fine')).toBe('edited');
  expect(server.comments.map(({ body }) => body)).toEqual([comment(3, 'all are present', 'fine').body]);
});

test('of two runs that begin one each, one comment is left, with what the later run says', async () => {
  for (const order of [
    [5, 6],
    [6, 5],
  ]) {
    let posts = 0;
    let everyoneIsThere: () => void = () => undefined;
    const everyone = new Promise<void>((resolve) => {
      everyoneIsThere = resolve;
    });
    await using server = await startGitHub({
      async before({ method, path }) {
        if (method !== 'POST' || path === '/graphql') return undefined;
        if (++posts === 2) everyoneIsThere();
        await everyone; // both have seen that there is none
        return undefined;
      },
    });
    await Promise.all(order.map((id) => keep(server, id, `run ${id}`)));
    expect(writes(server).filter((method) => method === 'POST')).toHaveLength(2);
    expect(server.comments.map(({ body }) => body)).toEqual([comment(6, 'run 6').body]);
  }
});

test('a later run is not overwritten by an earlier one that takes longer', async () => {
  await using server = await startGitHub();
  await keep(server, 9, 'later');
  expect(await keep(server, 8, 'earlier')).toBe('superseded');
  expect(await keep(server, 9, 'again', 'missing', 2)).toBe('edited');
  expect(server.comments.map(({ body }) => body)).toEqual([comment(9, 'again', 'missing', 2).body]);
});

test('a comment of somebody else with our marker is left alone', async () => {
  await using server = await startGitHub();
  const forged = comment(99, 'all is well').body;
  server.say(7, 'mallory', forged);
  expect(await keep(server, 1, 'one is missing')).toBe('created');
  expect(await keep(server, 2, 'two are missing')).toBe('edited');
  expect(server.comments.map(({ login, body }) => [login, body.includes('missing')])).toEqual([
    ['mallory', false],
    [US, true],
  ]);
  expect(server.comments[0]?.body).toBe(forged);
});

test('comments about another environment, and without a marker, are others', async () => {
  await using server = await startGitHub();
  server.say(7, US, 'Build cache: env');
  server.say(7, US, comment(1, 'x').body.replace(commentKey('env'), commentKey('other')));
  server.say(7, US, `As it said: ${comment(1, 'x').body}`);
  expect(await keep(server, 2, 'one is missing')).toBe('created');
  expect(server.comments).toHaveLength(4);
});

test('it is found behind hundreds of others', async () => {
  await using server = await startGitHub();
  for (let i = 0; i < 230; i++) server.say(7, 'octocat', `comment ${i}`);
  server.say(7, US, comment(1, 'old').body);
  expect(await keep(server, 2, 'new')).toBe('edited');
  expect(server.comments).toHaveLength(231);
});

test('one that somebody removes while it is edited is made anew', async () => {
  let gone = false;
  await using server: GitHubServer = await startGitHub({
    before({ method }) {
      if (method === 'PATCH' && !gone) gone = server.comments.splice(0).length > 0;
      return undefined;
    },
  });
  await keep(server, 1, 'old');
  expect(await keep(server, 2, 'new')).toBe('created');
  expect(server.comments.map(({ body }) => body)).toEqual([comment(2, 'new').body]);
});

test('an answer that is lost after it was created makes no second one', async () => {
  await using server: GitHubServer = await startGitHub({
    before({ method, path, attempt }) {
      if (method !== 'POST' || path === '/graphql' || attempt > 1) return undefined;
      server.say(7, US, comment(3, 'one is missing').body); // done, and then:
      return { status: 502 };
    },
  });
  expect(await keep(server, 3, 'one is missing')).toBe('created');
  expect(server.comments).toHaveLength(1);
});

test('however the requests of three runs fall, one comment is left, and it is of one of them', async () => {
  for (let seed = 1; seed <= 12; seed++) {
    let state = seed;
    const pause = () => {
      state = (state * 48_271) % 2_147_483_647;
      return new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), state % 7));
    };
    await using server = await startGitHub({ before: pause });
    await Promise.all([1, 2, 3].map((id) => keep(server, id, `run ${id}`)));
    const bodies = [1, 2, 3].map((id) => comment(id, `run ${id}`).body);
    expect([seed, server.comments.length]).toEqual([seed, 1]);
    expect(bodies).toContain(server.comments[0]?.body);
  }
});

test('what is longer than GitHub takes is taken all the same, cut', async () => {
  await using server = await startGitHub();
  const long = 'ä|'.repeat(40_000);
  expect(await keep(server, 1, long)).toBe('created');
  expect(server.comments[0]?.body).toContain('The rest is left out');
  const post = `${server.url}/repos/octo-org/octo-repo/issues/7/comments`;
  const headers = { authorization: `Bearer ${JOB_TOKEN}` };
  const uncut = await fetch(post, { method: 'POST', headers, body: JSON.stringify({ body: long }) });
  expect(uncut.status).toBe(422);
});
