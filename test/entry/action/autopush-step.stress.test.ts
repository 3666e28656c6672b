import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeKey } from '../../cache/keys.ts';
import { startRegistry } from '../../harness/registry.ts';
import { type JobOptions, startJob } from '../../harness/runner.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { growingTree } from '../autopush-tree.ts';
import { environmentOf, fromSource, ROOT } from '../command-line.ts';

const OWN = 'octo-org/octo-repo';
const FORK: JobOptions = {
  event: {
    name: 'pull_request',
    payload: { pull_request: { number: 3, head: { repo: { full_name: 'stranger/fork' } } } },
  },
};
/** A branch of the repository's own, whoever runs it again. */
const DEPENDABOT: JobOptions = {
  event: {
    name: 'pull_request',
    payload: { pull_request: { number: 4, head: { repo: { full_name: OWN } } } },
  },
  github: { actor: 'dependabot[bot]', triggering_actor: 'octocat' },
};

/** Mirrors in folders of the workspace, with autopush and unsigned unless told. */
const mirrorsOf = (mirrors: Record<string, object>) =>
  JSON.stringify({
    mirrors: Object.fromEntries(
      Object.entries(mirrors).map(([name, own]) => [
        name,
        { url: `./${name}`, signed: false, autopush: true, ...own },
      ]),
    ),
  });

/** A job with an environment, and a tree that is empty at first. */
async function job(options: JobOptions = {}) {
  const dir = await tempDir();
  await cp(environmentOf('1.2'), join(dir.path, 'env'), { recursive: true });
  const started = await startJob({ workspace: dir.path, here: fromSource, ...options });
  const tree = await growingTree(join(dir.path, 'store'));
  const run =
    (folder: string) =>
    (inputs: Record<string, string | boolean> = {}, env = {}) =>
      started.uses(folder, {
        env,
        with: { environment: 'env', 'install-tree': 'store', mirrors: mirrorsOf({ mirror: {} }), ...inputs },
      });
  return {
    ...started,
    tree,
    workspace: dir.path,
    prepare: run(join(ROOT, 'autopush')),
    check: run(ROOT),
    push: run(join(ROOT, 'push')),
    async post() {
      const [post] = await started.finish();
      if (post === undefined) throw new Error('there was no post step');
      return post;
    },
    async [Symbol.asyncDispose]() {
      await started[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
}

describe('the sub-action autopush', () => {
  it('records, and pushes when the job ends; it asks no mirror before', async () => {
    const asked: string[] = [];
    await using server = await startRegistry({ fault: ({ path }) => void asked.push(path) });
    await using run = await job();
    const main = await run.prepare({ mirrors: mirrorsOf({ mirror: { url: `${server.url}toy/cache` } }) });
    expect(main).toMatchObject({ exitCode: 0, annotations: [] });
    expect(asked).toEqual([]);
    await run.tree.add({ 'gcc-runtime': 'built', toymake: 'unpacked' });
    const post = await run.post();
    expect(post).toMatchObject({ exitCode: 0, annotations: [] });
    expect(post.log).toMatch(/1 pushed, \d skipped, 0 failed/);
    expect([...server.repository('toy/cache').tags.keys()]).toContainEqual(
      expect.stringMatching(/^gcc-runtime-/),
    );
  });

  it.each([
    ['workflow_run', { workflow_run: { event: 'pull_request' } }, { workflow_run: { event: 'push' } }],
    ['issue_comment', { issue: { number: 3, pull_request: {} } }, { issue: { number: 3 } }],
    ['pull_request', FORK.event?.payload, { pull_request: { head: { repo: { full_name: OWN } } } }],
    ['workflow_run', { workflow_run: { event: 'pull_request' } }, 'a pipe that nobody ever writes to'],
  ])('on %s keeps to what it was, whatever a build makes of its file', async (name, payload, forged) => {
    await using run = await job({ event: { name, payload }, github: { repository: OWN } });
    const inputs = { 'push-failure': 'warn' };
    await run.prepare(inputs);
    await run.tree.add({ 'gcc-runtime': 'built' });
    const event = join(run.temp, 'event.json');
    await rm(event);
    if (typeof forged === 'string') execFileSync('mkfifo', [event]);
    else await writeFile(event, JSON.stringify(forged));
    const post = await run.post();
    expect(post.log).toMatch(/0 pushed/);
    expect(await readdir(run.workspace)).not.toContain('mirror');
  });

  it('says that nothing is signed where a key is given and no mirror is signed', async () => {
    const { privateKey } = await makeKey();
    for (const step of ['prepare', 'push'] as const) {
      await using run = await job();
      await run.tree.add({ 'gcc-runtime': 'built' });
      const main = await run[step]({ 'signing-key': privateKey });
      expect(main).toMatchObject({
        exitCode: 0,
        log: expect.stringContaining('nothing is signed with signing-key'),
      });
      await using both = await job();
      await both.tree.add({ 'gcc-runtime': 'built' });
      const mirrors = mirrorsOf({ mirror: {}, signed: { signed: true } });
      expect((await both[step]({ 'signing-key': privateKey, mirrors })).log).not.toContain(
        'nothing is signed',
      );
    }
  });

  it('lets the job build while the mirror is down, and fails in the post step', async () => {
    await using run = await job();
    await writeFile(join(run.workspace, 'mirror'), 'no folder');
    expect(await run.prepare()).toMatchObject({ exitCode: 0, annotations: [] });
    await run.tree.add({ 'gcc-runtime': 'built' });
    expect((await run.post()).exitCode).toBe(1);
  });

  it('warns of a root that is too short before the build, and refuses to push what was built below it', async () => {
    await using run = await job();
    const main = await run.prepare({ 'min-root-length': '4000' });
    expect(main).toMatchObject({
      exitCode: 0,
      annotations: [
        { level: 'warning', message: expect.stringMatching(/nothing will be pushed.*padded_length/) },
      ],
    });
    await run.tree.add({ 'gcc-runtime': 'built' });
    const post = await run.post();
    expect(post).toMatchObject({
      exitCode: 1,
      annotations: [{ level: 'error', message: expect.stringContaining('at least 4000 characters') }],
    });
    expect(await readdir(run.workspace)).not.toContain('mirror');
  });

  it('has nothing to do with autopush: false, and that is no failure', async () => {
    await using run = await job();
    const main = await run.prepare({ autopush: false });
    expect(main).toMatchObject({ exitCode: 0, annotations: [] });
    await run.tree.add({ 'gcc-runtime': 'built' });
    expect(await run.post()).toMatchObject({ exitCode: 0, log: '' });
    expect(await readdir(run.workspace)).not.toContain('mirror');
  });

  const LATER = { access_token_variable: 'TOKEN' };
  it.each<[string, Record<string, string>, RegExp]>([
    [
      'no mirror to push to',
      { mirrors: mirrorsOf({ mirror: { autopush: false } }) },
      /no mirror to push to.*autopush: true/,
    ],
    [
      'no tree that anybody knows',
      { 'install-tree': 'unset' },
      /install_tree.*Put this step after what sets up Spack/,
    ],
    [
      'no key',
      { mirrors: mirrorsOf({ mirror: { signed: true } }) },
      /"mirror" is signed, and there is no key/,
    ],
    [
      'no key but what is none',
      { mirrors: mirrorsOf({ mirror: { signed: true } }), 'signing-key': 'what is none' },
      /the input signing-key: this is no armored secret key/,
    ],
    [
      'credentials that are not set',
      { mirrors: mirrorsOf({ mirror: LATER }) },
      /from TOKEN, which is not set/,
    ],
  ])('%s: it fails before anything is built', async (_, inputs, message) => {
    await using run = await job();
    const main = await run.prepare(inputs);
    expect(main.exitCode).toBe(1);
    expect(main.annotations).toMatchObject([{ level: 'error', message: expect.stringMatching(message) }]);
  });

  it("a run that may work on a stranger's files: it warns before anything is built, and so does a gate", async () => {
    const options = { event: { name: 'pull_request_target', payload: {} } };
    const message = expect.stringContaining('autopush: refused on pull_request_target');
    await using run = await job(options);
    const main = await run.prepare();
    expect(main).toMatchObject({ exitCode: 0, annotations: [{ level: 'warning', message }] });
    await using gate = await job(options);
    const asked = await gate.check();
    expect(asked.exitCode).toBe(0);
    expect(asked.annotations).toContainEqual(expect.objectContaining({ level: 'warning', message }));
    await using unmeant = await job(options);
    const quiet = await unmeant.check({ mirrors: mirrorsOf({ mirror: { autopush: false } }) });
    expect(quiet.annotations).not.toContainEqual(expect.objectContaining({ message }));
  });

  it('says so of a tree whose database cannot be read', async () => {
    await using run = await job();
    await mkdir(join(run.workspace, 'store/.spack-db'), { recursive: true });
    await writeFile(join(run.workspace, 'store/.spack-db/index.json'), 'not JSON');
    const main = await run.prepare();
    expect(main.exitCode).toBe(1);
    expect(main.annotations[0]?.message).toMatch(/index\.json: not valid JSON/);
  });

  it.each([
    ['push-failure: warn', {}, 'warning'],
    ["a fork's pull request", FORK, undefined],
    ['a run of Dependabot', DEPENDABOT, undefined],
  ])('%s: no key is no failure', async (_, options, level) => {
    await using run = await job(options);
    const inputs = { 'push-failure': level === undefined ? 'error' : 'warn' };
    const main = await run.prepare({ ...inputs, mirrors: mirrorsOf({ mirror: { signed: true } }) });
    expect(main.exitCode).toBe(0);
    expect(main.annotations.map((annotation) => annotation.level)).toEqual(
      level === undefined ? [] : [level],
    );
  });

  it('of credentials that are empty, as in a fork: reading goes on, writing does not', async () => {
    await using run = await job();
    const mirror = {
      url: 's3://bucket/cache',
      access_pair: { id_variable: 'ID', secret_variable: 'SECRET' },
    };
    const main = await run.prepare({ mirrors: mirrorsOf({ mirror }) }, { ID: '', SECRET: '' });
    expect(main.annotations).toMatchObject([
      { level: 'error', message: expect.stringContaining('ID, which is empty') },
    ]);
  });
});

describe('around a check', () => {
  const signed = mirrorsOf({ mirror: { signed: true } });

  it('a key that cannot sign fails the main step, one that is missing is warned of', async () => {
    const { publicKey, privateKey } = await makeKey();
    for (const [key, exitCode, levels] of [
      [publicKey, 1, ['error']],
      ['', 0, ['warning']],
      [privateKey, 0, []],
    ] as const) {
      await using run = await job();
      const main = await run.check({ mirrors: signed, 'signing-key': key, 'index-cache': false });
      expect(main.exitCode).toBe(exitCode);
      const about = main.annotations.filter(({ message }) => message.startsWith('autopush:'));
      expect(about.map(({ level }) => level)).toEqual(levels);
    }
  });

  it('where nothing is to be built, nobody looks at the key', async () => {
    await using run = await job();
    await cp(join(ROOT, 'test/fixtures/spack-1.2/mirror-signed'), join(run.workspace, 'mirror'), {
      recursive: true,
    });
    const main = await run.check({ mirrors: signed, 'signing-key': 'no key', 'index-cache': false });
    expect(main).toMatchObject({ exitCode: 0, annotations: [] });
  });
});

describe('a repository that the registry does not know yet', () => {
  it.each([
    ['is empty to a job that pushes there', {}, {}, 0],
    ['is unknown to one that only checks, which is told how to go on', { autopush: false }, {}, 1],
    ["is unknown to a fork's, which cannot push", {}, FORK, 1],
  ])('%s', async (_, inputs, options, exitCode) => {
    await using server = await startRegistry();
    for (const verify of ['exists', 'manifests']) {
      await using run = await job(options);
      const mirrors = mirrorsOf({ mirror: { url: `${server.url}toy/cache` } });
      const main = await run.check({ mirrors, verify, 'index-cache': false, ...inputs });
      expect(main.exitCode).toBe(exitCode);
      const counts = [main.outputs['rebuild-count'], main.outputs['unknown-count']];
      expect(counts).toEqual(exitCode === 0 ? ['6', '0'] : ['0', '6']);
      if (exitCode === 1) expect(main.log).toMatch(/no such repository.*on-unknown: rebuild/);
    }
  });

  it('is unknown where it is not the one that is pushed to', async () => {
    await using server = await startRegistry();
    await using run = await job();
    const urls = { fetch: `${server.url}toy/read`, push: `${server.url}toy/write` };
    const mirrors = JSON.stringify({ mirrors: { mirror: { ...urls, signed: false, autopush: true } } });
    const main = await run.check({ mirrors, 'index-cache': false });
    expect(main).toMatchObject({ exitCode: 1, outputs: { 'unknown-count': '6' } });
  });

  it('is unknown where the registry itself does not answer, to everybody', async () => {
    await using server = await startRegistry({ fault: () => ({ status: 403, body: '{}' }) });
    await using run = await job();
    const mirrors = mirrorsOf({ mirror: { url: `${server.url}toy/cache` } });
    const main = await run.check({ mirrors, 'index-cache': false });
    expect(main).toMatchObject({ exitCode: 1, outputs: { 'unknown-count': '6' } });
  });
});

describe('the input tag', () => {
  it('makes an image of all roots, also of those that were there before', async () => {
    await using server = await startRegistry();
    await using run = await job();
    const mirrors = mirrorsOf({ images: { url: `${server.url}toy/cache` } });
    await run.tree.add(
      Object.fromEntries(
        ['gcc-runtime', 'toymake', 'zlib-toy', 'libtoy', 'toypy'].map((name) => [name, 'built']),
      ),
    );
    expect(await run.push({ mirrors })).toMatchObject({ exitCode: 0, outputs: { 'pushed-count': '5' } });
    await run.tree.add({ toymake: 'unpacked', toyapp: 'built' });
    const step = await run.push({ mirrors, tag: 'latest' });
    expect(step, step.log).toMatchObject({ exitCode: 0, outputs: { failed: '[]' } });
    expect(step.log).toContain('toy/cache:latest has all roots');
    const { tags, manifests } = server.repository('toy/cache');
    const image = JSON.parse(String(manifests.get(tags.get('latest') ?? '')?.bytes));
    expect(image.layers).toHaveLength(6);
  });

  it('fails where an image of the roots cannot be made, and where there is no registry', async () => {
    await using server = await startRegistry();
    await using run = await job();
    await run.tree.add({ 'gcc-runtime': 'built', toymake: 'built' });
    const step = await run.push({
      mirrors: mirrorsOf({ images: { url: `${server.url}toy/cache` } }),
      tag: 'latest',
    });
    expect(step.exitCode).toBe(1);
    expect(step.annotations.map(({ message }) => message).join()).toContain(
      'the image of all roots could not be made',
    );
    await using other = await job();
    const folder = await other.push({ tag: 'latest' });
    expect(folder).toMatchObject({
      exitCode: 1,
      annotations: [{ message: expect.stringContaining('tag is for registries') }],
    });
  });
});
