/** Every file of docs/workflows, as written, in what a site goes through: on each kind of mirror. */
import { afterAll, describe, expect, it } from 'vitest';
import { makeKey } from './cache/keys.ts';
import type { WorkflowEvent } from './harness/workflow-run.ts';
import {
  DISPATCH,
  FORK,
  PULL,
  PUSH,
  REPOSITORY,
  readRepositoryFile,
  SCHEDULE,
  type Site,
  type SiteRun,
} from './harness/workflow-site.ts';
import {
  ALL,
  type Kind,
  type Mirrors,
  rowOf,
  siteWith,
  startMirrors,
  tableOf,
} from './workflow-situations.ts';

const rows: Parameters<typeof tableOf>[0][number][] = [];
afterAll(() => process.stdout.write(`${tableOf(rows)}\n`));

const ORDER = ['gcc-runtime', 'toymake', 'zlib-toy', 'libtoy', 'toypy', 'toyapp'];

/** A site and its mirrors, whose runs are kept in the table. */
async function place(kind: Kind) {
  const mirrors = await startMirrors(kind);
  const site = await siteWith(mirrors);
  return {
    mirrors,
    site,
    async run(situation: string, file: string, event: WorkflowEvent) {
      const run = await site.run(await readRepositoryFile(`docs/workflows/${file}`), event, file);
      const row = await rowOf(run, mirrors);
      rows.push({ kind, situation, workflow: file, ...row });
      return { ...run, ...row };
    },
    /** As it is once main has been built: with a push, but where the first push is made by hand. */
    async built() {
      if (kind === 'registry') await this.run('first run, by hand', 'build.yml', DISPATCH);
      return await this.run(kind === 'registry' ? 'the push after it' : 'first run', 'build.yml', PUSH);
    },
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await mirrors[Symbol.asyncDispose]();
    },
  };
}

const results = (run: SiteRun) => Object.fromEntries(run.jobs.map(({ name, result }) => [name, result]));
const JOBS = Object.fromEntries(ORDER.map((name) => [name, 'success']));

describe.each<Kind>(['folder', 's3', 'registry'])('on a %s', (kind) => {
  it('the first run builds and pushes everything in order, the second does nothing, the night promotes it', async () => {
    await using at = await place(kind);
    const first = kind === 'registry' ? DISPATCH : PUSH;
    const build = await at.run('first run', 'build.yml', first);
    expect(results(build)).toEqual({ gate: 'success', ...JOBS, promote: 'success' });
    expect(build).toMatchObject({ built: ORDER, builds: ALL, release: [] });
    const early = await at.run('a night right after it', 'nightly.yml', SCHEDULE);
    expect(early).toMatchObject({ result: 'success', release: ALL });
    const again = await at.run('second run', 'build.yml', PUSH);
    expect(results(again)).toEqual({ gate: 'success', build: 'skipped', promote: 'success' });
    expect(again).toMatchObject({ built: [], fetched: [] });
    expect(again.said.filter((text) => text.startsWith('error'))).toEqual([]);
    const night = await at.run('first night', 'nightly.yml', SCHEDULE);
    expect(results(night)).toEqual({ sync: 'success', check: 'success', prune: 'success' });
    expect(night).toMatchObject({ builds: ALL, release: ALL });
    const quiet = await at.run('a night without a build', 'nightly.yml', SCHEDULE);
    expect(results(quiet)).toEqual({ sync: 'success', check: 'success', prune: 'success' });
    expect(quiet.log).toContain('0 copied');
    at.site.expireArtifacts();
    const late = await at.run('a night after a quarter without a build', 'nightly.yml', SCHEDULE);
    expect(results(late)).toEqual({ sync: 'success', check: 'success', prune: 'success' });
    const pull = await at.run('nothing to build', 'pull-request.yml', PULL);
    expect(pull).toMatchObject({ result: 'success', said: [] });
  });

  it('before anything was built', async () => {
    await using at = await place(kind);
    const night = await at.run('nothing was ever built', 'nightly.yml', SCHEDULE);
    expect(results(night)).toEqual({ sync: 'success', check: 'failure', prune: 'skipped' });
    expect(night.said).toContain('notice: there was nothing to copy');
    const pull = await at.run('nothing was ever built', 'pull-request.yml', PULL);
    if (kind === 'registry') {
      expect(pull.result).toBe('failure');
      expect(pull.log).toMatch(/no such repository.*on-unknown: rebuild/);
      const push = await at.run('first push, unaware', 'build.yml', PUSH);
      expect(results(push)).toEqual({ gate: 'failure', build: 'skipped', promote: 'skipped' });
    } else {
      expect(pull.result).toBe('success');
      expect(pull.said.join()).toContain('6 of 6 specs are missing and need a rebuild');
    }
  });

  it('one spec does not compile: what does not need it is built, pushed and promoted', async () => {
    await using at = await place(kind);
    at.site.failing.add('libtoy');
    const build = await at.run('libtoy fails', 'build.yml', kind === 'registry' ? DISPATCH : PUSH);
    expect(results(build)).toMatchObject({ 'zlib-toy': 'success', libtoy: 'failure', promote: 'success' });
    expect(results(build)).toMatchObject({ toypy: 'failure', toyapp: 'failure' });
    const some = ['gcc-runtime', 'toymake', 'zlib-toy'];
    expect(build).toMatchObject({ result: 'failure', builds: some });
    at.site.failing.clear();
    const mended = await at.run('libtoy mended', 'build.yml', PUSH);
    expect(mended).toMatchObject({ result: 'success', built: ['libtoy', 'toypy', 'toyapp'], builds: ALL });
  });

  it('mirrors that do not answer: nothing is built in vain, and no list is empty for it', async () => {
    await using at = await place(kind);
    await at.built();
    await at.mirrors.setDown(true);
    const build = await at.run('mirrors down', 'build.yml', PUSH);
    expect(results(build)).toEqual({ gate: 'failure', build: 'skipped', promote: 'skipped' });
    expect(build.built).toEqual([]);
    const night = await at.run('mirrors down', 'nightly.yml', SCHEDULE);
    expect(results(night)).toEqual({ sync: 'failure', check: 'skipped', prune: 'skipped' });
    const pull = await at.run('mirrors down', 'pull-request.yml', PULL);
    expect(pull.result).toBe('failure');
    await at.mirrors.setDown(false);
    const later = await at.run('they are back', 'nightly.yml', SCHEDULE);
    expect(later).toMatchObject({ result: 'success', release: ALL });
  });

  it('mirrors that fail after the gate: the build goes on, the job says what was not pushed', async () => {
    await using at = await place(kind);
    at.site.watch(async (what) => {
      if (what === 'built') await at.mirrors.setDown(true);
    });
    const event = kind === 'registry' ? DISPATCH : PUSH;
    const build = await at.run('mirrors fail while gcc-runtime is built', 'build.yml', event);
    expect(build.built).toEqual(['gcc-runtime']);
    expect(results(build)).toMatchObject({ gate: 'success', 'gcc-runtime': 'failure', promote: 'failure' });
    expect(build.said.join('\n')).toMatch(/Not pushed to builds: .*gcc-runtime/);
    expect(build.said).toContain(
      'error: There is no copy-list: every spec is unknown, since the mirrors to copy from did not answer',
    );
    await at.mirrors.setDown(false);
    const night = await at.run('after mirrors failed', 'nightly.yml', SCHEDULE);
    expect(night.said).toContain('notice: there was nothing to copy');
  });

  it("a fork's pull request is told what it can be told, and does not fail for what it cannot", async () => {
    await using at = await place(kind);
    await at.built();
    const fork = await at.run("a fork's pull request", 'pull-request.yml', FORK);
    expect(fork.result).toBe('success');
    const told = fork.log.includes('builds: 6 present');
    expect(told).toBe(kind !== 's3'); // that bucket is private
  });
});

it('a fork is whose branch is in another repository: not each one of a repository that is a fork itself', async () => {
  await using at = await place('folder');
  await at.mirrors.setDown(true);
  const pull = (repo: object | null): WorkflowEvent => ({
    name: 'pull_request',
    payload: { action: 'opened', pull_request: { number: 7, head: { repo } } },
  });
  const own = await at.run('mirrors down', 'pull-request.yml', pull({ full_name: REPOSITORY, fork: true }));
  expect(own.result).toBe('failure');
  for (const repo of [{ full_name: 'stranger/copy', fork: false }, null]) {
    const other = await at.run('mirrors down', 'pull-request.yml', { ...pull(repo), fork: true });
    expect(other.result, JSON.stringify(repo)).toBe('success');
  }
  const mine = pull({ full_name: REPOSITORY });
  const bot = await at.run('mirrors down', 'pull-request.yml', {
    ...mine,
    fork: true,
    actor: 'dependabot[bot]',
  });
  expect(bot.result).toBe('success');
});

/** What is found out before anything is built. @returns the error of the first job of the matrix */
async function firstError(change: (site: Site, mirrors: Mirrors) => Promise<void> | void): Promise<string> {
  await using at = await place('folder');
  await change(at.site, at.mirrors);
  const run = await at.run('signing key useless', 'build.yml', PUSH);
  expect(run.built).toEqual([]);
  expect(results(run)).toMatchObject({ gate: 'success', 'gcc-runtime': 'failure' });
  return run.said.find((text) => text.startsWith('error')) ?? '';
}

it.each([
  ['missing', async () => '', 'there is no key to sign with'],
  ['of another kind', async () => (await makeKey()).publicKey, 'this is no armored secret key'],
  ['locked', async () => (await makeKey({ passphrase: 'x' })).privateKey, 'is locked with a passphrase'],
  [
    'expired',
    async () => (await makeKey({ date: new Date('2020-01-01'), expires: 86_400 })).privateKey,
    'expired on 2020-01-02',
  ],
])('a signing key that is %s is found before the build', async (_, key, expected) => {
  const error = await firstError(async ({ secrets }) => {
    secrets['SIGNING_KEY'] = await key();
  });
  expect(error).toContain(expected);
});

describe('copy-lists', () => {
  it('that could not be asked for are no night without any', async () => {
    await using at = await place('folder');
    await at.built();
    const nightly = await readRepositoryFile('docs/workflows/nightly.yml');
    const night = await at.site.run(nightly.replace(/GH_TOKEN: .*/, 'NO_TOKEN: x'), SCHEDULE);
    expect(results(night)).toEqual({ sync: 'failure', check: 'skipped', prune: 'skipped' });
    expect(night.log).not.toContain('nothing to copy');
  });

  it("of a fork's pull request from a branch that is called main are not followed", async () => {
    await using at = await place('folder');
    const upload = (name: string) =>
      `{uses: actions/upload-artifact@v7, with: {name: ${name}, path: list.json}}`;
    const text = `on: pull_request\njobs: {a: {steps: [{run: echo no list > list.json}, ${upload('copy-list')}]}}\n`;
    expect((await at.site.run(text, { ...FORK, branch: 'main' }, 'build.yml')).result).toBe('success');
    const night = await at.run("a fork's copy-list", 'nightly.yml', SCHEDULE);
    expect(night.said).toContain('notice: there was nothing to copy');
  });
});

it('credentials of a private bucket that are not there: nothing is built, and it is said', async () => {
  await using at = await place('s3');
  await at.built();
  for (const name of Object.keys(at.site.secrets)) if (name.startsWith('AWS')) delete at.site.secrets[name];
  const build = await at.run('no credentials', 'build.yml', PUSH);
  expect(results(build)).toEqual({ gate: 'failure', build: 'skipped', promote: 'skipped' });
  expect(build.said.join()).toContain('refuses access without credentials');
  const night = await at.run('no credentials for the check', 'nightly.yml', SCHEDULE);
  expect(results(night)).toEqual({ sync: 'success', check: 'failure', prune: 'skipped' });
  const pull = await at.run('no credentials', 'pull-request.yml', PULL);
  expect(pull.result).toBe('failure');
});
