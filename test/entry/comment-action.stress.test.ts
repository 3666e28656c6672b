/** `comment: true` and what follows it: in a job of the repository, in one of a fork, and in the workflow after that. */
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyMirror } from '../cache/mirror-fixture.ts';
import {
  type GitHubOptions,
  type GitHubServer,
  JOB_TOKEN,
  READING_TOKEN,
  startGitHub,
  US,
} from '../harness/github-api.ts';
import { startJob } from '../harness/runner.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { lockOf, lockText, mutate, WAYS } from '../plan/explain/mutate.ts';
import { readFixture } from '../spec/spec-nodes.ts';
import { fromSource, ROOT } from './command-line.ts';

const REPOSITORY = 'octo-org/octo-repo';
const SHA = 'a'.repeat(40);
const FORK = 'mallory/fork';
/** Whoever has written a comment, it has to say of one of these runs. */
const GATE_RUN = '41';

/** A workspace with an environment of which the mirror lacks a spec, and a pull request #7 of a fork and #8 of ours. */
async function site(options: GitHubOptions = {}) {
  const dir = await tempDir();
  const at = (...names: string[]) => join(dir.path, ...names);
  const lock = lockOf(JSON.parse(readFixture('spack-1.2/env/spack.lock')));
  const made = mutate(lock, 1, 5, WAYS.slice(0, 1));
  if (made === undefined) throw new Error('nothing has changed');
  const write = (text: string) => writeFileSync(at('env', 'spack.lock'), text);
  mkdirSync(at('env'));
  write(lockText(made.lock));
  copyMirror('1.2', 'unsigned', at('mirror'));
  const heads = [
    { number: 7, head: { sha: SHA, repo: FORK } },
    { number: 8, head: { sha: SHA, repo: REPOSITORY } },
    { number: 9, head: { sha: SHA, repo: 'other/fork' } },
  ];
  const server = await startGitHub({ pulls: heads, ...options });
  const github = (token: string, id: string) => ({
    repository: REPOSITORY,
    token,
    run_id: id,
    api_url: server.url,
    graphql_url: `${server.url}/graphql`,
  });
  const step = async (
    action: string,
    inputs: Record<string, string>,
    { event, token, id }: { event: { name: string; payload: unknown }; token: string; id: string },
  ) => {
    await using job = await startJob({
      workspace: dir.path,
      event,
      github: github(token, id),
      here: fromSource,
    });
    const result = await job.uses(join(ROOT, action), { with: inputs });
    const { 'comment-file': file = '', explanation = '' } = result.outputs;
    // As upload-artifact takes it, before the machine is gone.
    if (file !== '') cpSync(file, at('artifact', 'buildcache-comment.json'));
    if (explanation !== '') cpSync(explanation, at('explanation.json'));
    return result;
  };
  return {
    server,
    at,
    present: () => write(readFixture('spack-1.2/env/spack.lock')),
    gate: (
      from: string,
      token = JOB_TOKEN,
      more: Record<string, string> = {},
      id = GATE_RUN,
      action = '',
    ) => {
      const number = from === FORK ? 7 : 8;
      const payload = { pull_request: { number, head: { sha: SHA, repo: { full_name: from } } } };
      const inputs = { environment: 'env', mirrors: `ours=${at('mirror')}`, comment: 'true', retries: '0' };
      const job = { event: { name: 'pull_request', payload }, token, id };
      return step(action, { ...inputs, ...more }, job);
    },
    /** The second workflow. */
    after: (more: Record<string, string> = {}, run: Record<string, unknown> = {}) => {
      const workflow_run = {
        event: 'pull_request',
        id: Number(GATE_RUN),
        run_attempt: 1,
        head_sha: SHA,
        head_repository: { full_name: FORK },
        pull_requests: [],
        ...run,
      };
      const job = { event: { name: 'workflow_run', payload: { workflow_run } }, token: JOB_TOKEN, id: '99' };
      return step('comment', { 'comment-file': at('artifact'), retries: '0', ...more }, job);
    },
    leave: (document: unknown) => {
      mkdirSync(at('artifact'), { recursive: true });
      const text = typeof document === 'string' ? document : JSON.stringify(document);
      writeFileSync(at('artifact', 'buildcache-comment.json'), text);
    },
    async [Symbol.asyncDispose]() {
      await server.close();
      await dir[Symbol.asyncDispose]();
    },
  };
}

const said = ({ comments }: GitHubServer) =>
  comments.map(({ issue, login, body }) => ({ issue, login, body }));

test('a job of the repository comments, edits, and empties', async () => {
  await using run = await site();
  const first = await run.gate(REPOSITORY);
  expect(first).toMatchObject({ exitCode: 0, outputs: { 'comment-file': '', explanation: '' } });
  expect(first.annotations.filter(({ level }) => level === 'warning')).toEqual([]);
  const [comment] = said(run.server);
  expect(comment).toMatchObject({ issue: 8, login: US });
  expect(comment?.body).toMatch(
    /### 🔨 Build cache: `env`\n\n\S+ of \d+ specs (is|are) missing and needs? a rebuild/,
  );
  expect(comment?.body).toContain(`${REPOSITORY}/actions/runs/41/attempts/1`);
  expect(comment?.body).not.toContain('### Why');

  await run.gate(REPOSITORY, JOB_TOKEN, { explain: 'true' }, '42');
  expect(said(run.server)).toHaveLength(1);
  expect(run.server.comments[0]?.body).toMatch(/### Why[\s\S]*version/);

  run.present();
  await run.gate(REPOSITORY, JOB_TOKEN, { explain: 'true' }, '43');
  expect(said(run.server)).toHaveLength(1);
  expect(run.server.comments[0]?.body).toMatch(/✅ Build cache: `env`\n\nAll \d+ specs are present/);
});

test('without the input, for no pull request, and in a dry run, nobody is asked', async () => {
  await using run = await site();
  await run.gate(REPOSITORY, JOB_TOKEN, { comment: 'false' });
  const dry = await run.gate(REPOSITORY, JOB_TOKEN, { 'dry-run': 'true' });
  expect(dry.log).toContain('dry run');
  await using job = await startJob({ workspace: run.at(), here: fromSource });
  const inputs = { environment: 'env', mirrors: `ours=${run.at('mirror')}`, comment: 'true' };
  const pushed = await job.uses(ROOT, { with: inputs });
  expect(pushed).toMatchObject({ exitCode: 0 });
  expect(pushed.log).toContain('for no pull request');
  expect(run.server.requests).toEqual([]);
});

test('a job that may not is told of the permission, its answer stands, and the file is left', async () => {
  await using run = await site();
  const step = await run.gate(REPOSITORY, READING_TOKEN);
  expect(step).toMatchObject({ exitCode: 0, outputs: { 'needs-rebuild': 'true' } });
  const warnings = step.annotations.filter(({ level }) => level === 'warning');
  expect(warnings.map(({ message }) => message).join()).toContain('pull-requests: write');
  expect(step.outputs['comment-file']).toMatch(/buildcache-comment\.json$/);
  expect(said(run.server)).toEqual([]);
});

test('of limits and failures the job is told in one warning, without the token', async () => {
  for (const fault of [{ status: 429, headers: { 'retry-after': '3600' } }, { status: 500 }]) {
    await using run = await site({ before: () => fault });
    const step = await run.gate(REPOSITORY);
    expect(step).toMatchObject({ exitCode: 0, outputs: { 'needs-rebuild': 'true', 'comment-file': '' } });
    const warnings = step.annotations.filter(({ level }) => level === 'warning');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.message).toMatch(
      /^the pull request could not be commented on: .*(?:3600 seconds|500)/,
    );
    expect(JSON.stringify(warnings)).not.toContain(JOB_TOKEN);
  }
});

test('the run of a fork asks nobody and leaves a file, which the workflow after it posts', async () => {
  await using run = await site();
  const gate = await run.gate(FORK, READING_TOKEN, { explain: 'true' });
  expect(gate).toMatchObject({ exitCode: 0 });
  expect(run.server.requests).toEqual([]);
  const after = await run.after();
  expect(after).toMatchObject({ exitCode: 0 });
  const [comment, ...others] = said(run.server);
  expect(others).toEqual([]);
  expect(comment).toMatchObject({ issue: 7, login: US });
  expect(comment?.body).toMatch(/Build cache: `env`[\s\S]*### Why[\s\S]*found by a run of a fork/);
  expect(comment?.body).toContain(`${REPOSITORY}/actions/runs/41/attempts/1`);

  run.present();
  await run.gate(FORK, READING_TOKEN, {}, '45');
  await run.after({}, { id: 45 });
  expect(run.server.comments).toHaveLength(1);
  expect(run.server.comments[0]?.body).toMatch(/✅ Build cache/);
});

test('a run of a fork that finds nothing missing begins no comment, and one without a file says so', async () => {
  await using run = await site();
  const empty = await run.after();
  expect([empty.exitCode, empty.log.includes('nothing to say')]).toEqual([0, true]);
  expect(run.server.requests).toEqual([]);
  run.present();
  await run.gate(FORK, READING_TOKEN);
  expect(await run.after()).toMatchObject({ exitCode: 0 });
  expect(said(run.server)).toEqual([]);
});

const content = { subject: 'env', mood: 'missing', blocks: [{ is: 'text', text: 'x' }] };

test.each([
  ['of another fork', 9],
  ['of the repository itself', 8],
  ['that there is not', 404],
])('a file that names a pull request %s is refused', async (_, pullRequest) => {
  await using run = await site();
  run.leave({ version: 1, pullRequest, content });
  const step = await run.after();
  expect(step.exitCode).toBe(1);
  expect(step.annotations.filter(({ level }) => level === 'error')).toHaveLength(1);
  expect(said(run.server)).toEqual([]);
});

test('where the head of the fork is gone, nothing can be confirmed', async () => {
  await using run = await site({ pulls: [{ number: 7, head: { sha: SHA, repo: null } }] });
  run.leave({ version: 1, pullRequest: 7, content });
  expect((await run.after()).exitCode).toBe(1);
  expect((await run.after({}, { head_repository: null })).exitCode).toBe(1);
  expect(said(run.server)).toEqual([]);
});

test.each([
  ['has other commits by now', { sha: 'b'.repeat(40), state: 'open' }],
  ['is closed', { sha: SHA, state: 'closed' }],
])('of a pull request that %s nothing is said', async (_, { sha, state }) => {
  await using run = await site({ pulls: [{ number: 7, state, head: { sha, repo: FORK } }] });
  run.leave({ version: 1, pullRequest: 7, content });
  const step = await run.after();
  expect([step.exitCode, step.log.includes('moved on')]).toEqual([0, true]);
  expect(said(run.server)).toEqual([]);
});

test('what a hostile file says is text', async () => {
  await using run = await site();
  const hostile =
    '@octocat [x](https://evil.example) <img src=x> <!-- buildcache-action 0 --> #1 | \n# title';
  const blocks = [
    { is: 'text', text: hostile },
    { is: 'table', headers: [hostile], rows: [[hostile, hostile]] },
  ];
  run.leave({ version: 1, pullRequest: 7, content: { subject: hostile, mood: 'missing', blocks } });
  expect(await run.after()).toMatchObject({ exitCode: 0 });
  const { body = '' } = run.server.comments[0] ?? {};
  const ours = body
    .replace(/^.*\n/, '')
    .replace(/`[^`\n]*`|\[this run\]\(\S+\)|<!-- -->|<\/?(?:sub|code)>/g, '');
  expect(ours).not.toMatch(/[@<>]|\]\(|https:|^# title/m);
});

test.each<[string, (run: Awaited<ReturnType<typeof site>>) => void]>([
  ['no JSON', (run) => run.leave('{')],
  [
    'of another shape',
    (run) => run.leave({ version: 1, pullRequest: 7, content: { ...content, body: '@all' } }),
  ],
  ['too large', (run) => run.leave(' '.repeat(600_000))],
  [
    'a link',
    (run) => {
      run.leave({ version: 1, pullRequest: 7, content });
      const file = run.at('artifact', 'buildcache-comment.json');
      cpSync(file, run.at('real.json'));
      rmSync(file);
      symlinkSync(run.at('real.json'), file);
    },
  ],
])('a file that is %s is refused before anybody is asked', async (_, make) => {
  await using run = await site();
  make(run);
  const step = await run.after();
  expect(step.exitCode).toBe(1);
  expect(step.annotations.filter(({ level }) => level === 'error')).toHaveLength(1);
  expect(run.server.requests).toEqual([]);
});

test.each([
  ['a run for no pull request', { 'comment-file': 'x' }, { event: 'push' }],
  ['no file named', { 'comment-file': '' }, {}],
])('%s is an error that says what to do', async (_, inputs, event) => {
  await using run = await site();
  const step = await run.after(inputs, event);
  expect(step.exitCode).toBe(1);
  expect(run.server.requests).toEqual([]);
});

test('the sub-action explain says why, comments and leaves all of it in a file, and is no gate', async () => {
  await using run = await site();
  const step = await run.gate(REPOSITORY, JOB_TOKEN, {}, GATE_RUN, 'explain');
  expect(step).toMatchObject({ exitCode: 0 });
  expect(step.summary).toMatch(/^### Why/);
  expect(run.server.comments[0]?.body).toMatch(/### Why[\s\S]*version/);
  const explanation = JSON.parse(readFileSync(run.at('explanation.json'), 'utf8'));
  expect(explanation).toMatchObject({ version: 1, exit_code: 0 });
});

test('the sub-action explain compares with another lockfile, without mirrors', async () => {
  await using run = await site();
  mkdirSync(run.at('old'));
  writeFileSync(run.at('old', 'spack.lock'), readFixture('spack-1.2/env/spack.lock'));
  const inputs = { mirrors: '', against: 'old/spack.lock' };
  const step = await run.gate(REPOSITORY, JOB_TOKEN, inputs, GATE_RUN, 'explain');
  expect(step).toMatchObject({ exitCode: 0 });
  expect(step.summary).toMatch(/is missing|are missing/);
  expect(run.server.comments[0]?.body).toContain('### Why');
});

test('what cannot be told fails the sub-action explain, unless on-unknown says otherwise', async () => {
  await using run = await site();
  const inputs = { mirrors: 'ours=http://127.0.0.1:9/mirror' };
  const failed = await run.gate(REPOSITORY, JOB_TOKEN, inputs, GATE_RUN, 'explain');
  expect(failed.exitCode).toBe(1);
  expect(run.server.comments[0]?.body).toContain('⚠️');
  const warned = await run.gate(REPOSITORY, JOB_TOKEN, { ...inputs, 'on-unknown': 'warn' }, '42', 'explain');
  expect(warned.exitCode).toBe(0);
});
