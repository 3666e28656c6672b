/** docs/workflows/pull-request.yml and comment.yml, as written, one after the other: how a fork's pull request gets its comment. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyMirror } from './cache/mirror-fixture.ts';
import { fromSource, ROOT } from './entry/command-line.ts';
import { writeAction } from './harness/fake-action.ts';
import { JOB_TOKEN, READING_TOKEN, startGitHub, US } from './harness/github-api.ts';
import { tempDir } from './harness/temp-dir.ts';
import { runWorkflow, type WorkflowEvent } from './harness/workflow-run.ts';
import { lockOf, lockText, mutate, WAYS } from './plan/explain/mutate.ts';
import { readFixture } from './spec/spec-nodes.ts';

const REPOSITORY = 'octo-org/octo-repo';
const SHA = 'c'.repeat(40);

/** A composite action of one script; inputs are variables. */
const composite = (inputs: readonly string[], run: string) => {
  const env = Object.fromEntries(
    inputs.map((name) => [`IN_${name.toUpperCase().replaceAll('-', '_')}`, `\${{ inputs.${name} }}`]),
  );
  return JSON.stringify({
    name: 'stand-in',
    inputs: Object.fromEntries(inputs.map((name) => [name, { default: '' }])),
    runs: { using: 'composite', steps: [{ shell: 'bash', env, run }] },
  });
};

/**
 * As upload-artifact and download-artifact have it: a run, with all its attempts, has a name once; one match goes into the
 * folder itself, several below their names.
 */
const UPLOAD = `
  to=$RUNS/$GITHUB_RUN_ID/$IN_NAME
  if [ -e "$to" ] && [ "$IN_OVERWRITE" != true ]; then echo "::error::409 Conflict: $IN_NAME"; exit 1; fi
  rm -rf "$to"
  mkdir -p "$to" && cp "$IN_PATH" "$to/"`;
const DOWNLOAD = `
  [ -n "$IN_GITHUB_TOKEN" ] || exit 1
  cd "$RUNS/$IN_RUN_ID" 2>/dev/null || exit 0
  set -- $IN_PATTERN
  [ -e "$1" ] || exit 0
  mkdir -p "$IN_PATH"
  if [ $# = 1 ]; then cp -R "$1/." "$IN_PATH"; else cp -R "$@" "$IN_PATH"; fi`;

async function site() {
  const dir = await tempDir();
  const at = (...names: string[]) => join(dir.path, ...names);
  const fixture = readFixture('spack-1.2/env/spack.lock');
  const made = mutate(lockOf(JSON.parse(fixture)), 1, 5, WAYS.slice(0, 1));
  if (made === undefined) throw new Error('nothing has changed');
  mkdirSync(at('repository', 'env'), { recursive: true });
  copyMirror('1.2', 'unsigned', at('mirror'));
  writeFileSync(
    at('repository', 'env', 'spack.yaml'),
    `spack: {mirrors: {builds: "file://${at('mirror')}"}}\n`,
  );
  const lock = (text: string) => writeFileSync(at('repository', 'env', 'spack.lock'), text);
  lock(lockText(made.lock));
  const actions: Record<string, string> = {
    'actions/checkout': composite(['persist-credentials'], `cp -R ${at('repository')}/. .`),
    'actions/upload-artifact': composite(['name', 'path', 'overwrite', 'retention-days'], UPLOAD),
    'actions/download-artifact': composite(['pattern', 'path', 'run-id', 'github-token'], DOWNLOAD),
  };
  for (const [name, text] of Object.entries(actions)) await writeAction(at(name), { 'action.yml': text });
  const server = await startGitHub({
    pulls: [
      { number: 7, head: { sha: SHA, repo: 'stranger/fork' } },
      { number: 8, head: { sha: SHA, repo: REPOSITORY } },
    ],
  });
  const run = async (file: string, id: number, token: string, event: WorkflowEvent) => {
    const github = {
      repository: REPOSITORY,
      run_id: String(id),
      token,
      api_url: server.url,
      graphql_url: `${server.url}/graphql`,
    };
    return await runWorkflow(readFileSync(join(ROOT, 'docs/workflows', file), 'utf8'), {
      event,
      github,
      secrets: {},
      environments: {},
      called: (uses) => {
        throw new Error(`nobody calls ${uses}`);
      },
      startJob: async () => ({ event, github, env: { RUNS: at('runs') }, here: fromSource }),
      locate(uses) {
        const [owner = '', name = '', ...path] = uses.replace(/@.*$/, '').split('/');
        return owner === 'org' ? join(ROOT, ...path) : at(owner, name);
      },
    });
  };
  return {
    server,
    at,
    present: () => lock(fixture),
    /** The pull request's own run, then what GitHub starts after it. */
    async pull(id: number, from: string, attempt = 1) {
      const isFork = from !== REPOSITORY;
      const payload = {
        pull_request: { number: isFork ? 7 : 8, head: { sha: SHA, repo: { full_name: from } } },
      };
      const token = isFork ? READING_TOKEN : JOB_TOKEN;
      const gate = await run('pull-request.yml', id, token, { name: 'pull_request', payload, fork: isFork });
      const workflow_run = {
        id,
        run_attempt: attempt,
        event: 'pull_request',
        head_sha: SHA,
        head_repository: { full_name: from },
        pull_requests: [],
      };
      const after = { name: 'workflow_run', branch: 'main', payload: { workflow_run } };
      return [gate.result, (await run('comment.yml', id + 1000, JOB_TOKEN, after)).result];
    },
    async [Symbol.asyncDispose]() {
      await server.close();
      await dir[Symbol.asyncDispose]();
    },
  };
}

test("a fork's pull request has its comment from the second workflow, which keeps it up to date", async () => {
  await using run = await site();
  expect(await run.pull(1, 'stranger/fork')).toEqual(['success', 'success']);
  expect(run.server.comments).toMatchObject([{ issue: 7, login: US }]);
  expect(run.server.comments[0]?.body).toMatch(/### Why[\s\S]*found by a run of a fork/);
  expect(run.server.requests.filter(({ token }) => token === READING_TOKEN)).toEqual([]);

  run.present();
  expect(await run.pull(2, 'stranger/fork')).toEqual(['success', 'success']);
  expect(run.server.comments).toHaveLength(1);
  expect(run.server.comments[0]?.body).toContain('✅ Build cache: `env`');
});

test('a gate that is run again says on the pull request what it has found this time', async () => {
  await using run = await site();
  expect(await run.pull(1, 'stranger/fork')).toEqual(['success', 'success']);
  run.present();
  expect(await run.pull(1, 'stranger/fork', 2)).toEqual(['success', 'success']);
  expect(run.server.comments).toHaveLength(1);
  expect(run.server.comments[0]?.body).toContain('✅ Build cache: `env`');
});

test('one of the repository has it from the gate, and the second workflow finds nothing to say', async () => {
  await using run = await site();
  expect(await run.pull(1, REPOSITORY)).toEqual(['success', 'success']);
  expect(run.server.comments).toMatchObject([{ issue: 8, login: US }]);
  expect(existsSync(run.at('runs'))).toBe(false);
});

test('several environments have a comment each', async () => {
  await using run = await site();
  await run.pull(1, 'stranger/fork');
  const first = run.at('runs', '1', 'buildcache-comment', 'buildcache-comment.json');
  const other = readFileSync(first, 'utf8').replace('"subject":"env"', '"subject":"other"');
  cpSync(run.at('runs', '1'), run.at('runs', '2'), { recursive: true });
  mkdirSync(run.at('runs', '2', 'buildcache-comment-other'));
  writeFileSync(run.at('runs', '2', 'buildcache-comment-other', 'buildcache-comment.json'), other);
  expect(await run.pull(2, 'stranger/fork')).toEqual(['success', 'success']);
  expect(run.server.comments.map(({ body }) => /Build cache: `(\w+)`/.exec(body)?.[1])).toEqual([
    'env',
    'other',
  ]);
});

test('an artifact that names another pull request fails the second workflow, and nothing is said there', async () => {
  await using run = await site();
  await run.pull(1, 'stranger/fork');
  const file = run.at('runs', '1', 'buildcache-comment', 'buildcache-comment.json');
  const forged = readFileSync(file, 'utf8').replace('"pullRequest":7', '"pullRequest":8');
  mkdirSync(run.at('runs', '2', 'buildcache-comment-forged'), { recursive: true });
  writeFileSync(run.at('runs', '2', 'buildcache-comment-forged', 'buildcache-comment.json'), forged);
  expect(await run.pull(2, 'stranger/fork')).toEqual(['success', 'failure']);
  expect(run.server.comments.map(({ issue }) => issue)).toEqual([7]);
});
