/** Which install tree a push, an autopush and the post step look at, and what they say when it is another one. */
import { existsSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type JobOptions, startJob } from '../harness/runner.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { type GrowingTree, growingTree, type Kind } from './autopush-tree.ts';
import { environmentOf, fromSource, ROOT } from './command-line.ts';
import { runVerb } from './run-verb.ts';

const WORD = '__spack_path_placeholder__';
/** All that is linked or run. */
const BUILT: Readonly<Record<string, Kind>> = {
  'gcc-runtime': 'built',
  'zlib-toy': 'built',
  libtoy: 'built',
  toypy: 'built',
  toyapp: 'built',
  toymake: 'built',
};

let dir: TempDir;
let env: string;
beforeEach(async () => {
  dir = await tempDir();
  env = join(dir.path, 'env');
  await cp(environmentOf('1.2'), env, { recursive: true });
});
afterEach(() => dir[Symbol.asyncDispose]());

/** Makes the environment's `spack.yaml` say this. */
function configure(sections: object): void {
  writeFileSync(join(env, 'spack.yaml'), JSON.stringify({ spack: { specs: [], ...sections } }));
}

/** A tree in the temporary folder that has these. */
async function tree(root: string, specs: Readonly<Record<string, Kind>> = BUILT): Promise<GrowingTree> {
  const grown = await growingTree(join(dir.path, root));
  await grown.add(specs);
  return grown;
}

/** Of an environment without specs. */
const EMPTY_LOCKFILE = JSON.stringify({
  _meta: { 'file-type': 'spack-lockfile', 'lockfile-version': 6, 'specfile-version': 5 },
  roots: [],
  concrete_specs: {},
});

const pushed = () => {
  const folder = join(dir.path, 'mirror/v3/manifests/spec');
  return existsSync(folder) ? readdirSync(folder).sort() : [];
};

describe('push', () => {
  const push = (args: readonly string[] = [], vars: Record<string, string> = {}) =>
    runVerb(['push', './mirror', '-u', '-e', env, ...args], dir.path, vars);

  it('takes the configured tree, padding included, and the named one before it', async () => {
    const root = join(dir.path, 'padded');
    const length = root.length + 1 + WORD.length;
    configure({ config: { install_tree: { root: '../padded', padded_length: length } } });
    await tree(`padded/${WORD}`);
    expect(await push()).toMatchObject({ code: 0, out: expect.stringContaining('6 pushed') });
    await tree('other', {});
    expect(await push(['--store', 'other', '-f'])).toMatchObject({
      code: 1,
      out: expect.stringContaining(`it is not installed in ${join(dir.path, 'other')}`),
    });
    for (const named of ['padded', '$env/../padded']) {
      expect(await push(['--store', named]), named).toMatchObject({
        code: 0,
        err: expect.not.stringContaining('warning'),
      });
    }
  });

  it('takes a tree that is older than the padding that is configured for it, if it is named', async () => {
    configure({ config: { install_tree: { root: '../store', padded_length: 200 } } });
    const { root } = await tree('store');
    expect(await push()).toMatchObject({
      code: 2,
      err: expect.stringContaining(`There is one at ${root}: name that if it is meant`),
    });
    expect(await push(['--store', root])).toMatchObject({
      code: 0,
      out: expect.stringContaining('6 pushed'),
    });
  });

  it("takes Spack's own tree where none is configured, wherever its padding is configured", async () => {
    await tree(`spack/opt/spack/${WORD}/__spack`);
    const ran = await push([], { SPACK_ROOT: join(dir.path, 'spack') });
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('6 pushed') });
  });

  it.each([
    [
      [],
      {},
      'error: ENV/spack.yaml: which install tree is meant is not known; expected config:install_tree:root',
    ],
    [['--store', 'none'], {}, 'error: DIR/none: there is no install tree: no such folder'],
    [[], { SPACK_ROOT: '/no/spack' }, 'error: /no/spack/opt/spack: there is no install tree'],
    [['--store', ''], {}, 'error: --store is empty'],
    [['--store', 'env'], {}, 'error: DIR/env/.spack-db/index.json: there is no install database'],
    [['--store', 'env/spack.lock'], {}, 'error: DIR/env/spack.lock: not a folder, and so no install tree'],
  ])('of no tree is an error: %j %j', async (args, vars, text) => {
    const ran = await push(args as string[], vars);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain(text.replace('DIR', dir.path).replace('ENV', env));
    expect(ran.err.trim().split('\n')).toHaveLength(1);
    expect(pushed()).toEqual([]);
  });

  it.each([
    [
      { config: { install_tree: { root: '/s', padded_length: 10_000 } } },
      'padded_length is longer than a path can be',
    ],
    [
      { config: { install_tree: { root: '/s', padded_length: '128' } } },
      'config:install_tree:padded_length is malformed; expected (boolean | number), found a string',
    ],
    [{ upstreams: { site: '/site' }, config: { install_tree: '/s' } }, 'upstreams:site is malformed'],
  ])('with a configuration that cannot be meant is an error: %j', async (sections, text) => {
    configure(sections);
    expect(await push()).toMatchObject({ code: 2, err: expect.stringContaining(text) });
  });

  it('of a tree that was moved fails, and says where its prefixes should be', async () => {
    const grown = await tree('before');
    const after = join(dir.path, 'after');
    renameSync(grown.root, after);
    const ran = await push(['--store', after]);
    expect(ran.code).toBe(1);
    expect(ran.err).toContain(
      `warning: the database of ${after} has 6 prefixes elsewhere, as ${grown.root}/`,
    );
    expect(ran.out).toContain('0 pushed, 6 failed');
    expect(ran.out).toContain(
      `the database lists a prefix that is not in the install tree; expected a prefix below ${after}`,
    );
    await rm(join(after, 'linux-x86_64_v3'), { recursive: true });
    symlinkSync(after, grown.root);
    const gone = await push(['--store', after]);
    expect(gone).toMatchObject({ code: 1, out: expect.stringContaining('0 pushed, 6 failed') });
  });

  it('takes dependencies from upstreams, and says of one that is not there what is missing for it', async () => {
    const up = await tree('up', {
      'gcc-runtime': 'built',
      'zlib-toy': 'built',
      libtoy: 'built',
      toymake: 'built',
    });
    await tree('down', { toyapp: 'built', toypy: 'built' });
    const config = { install_tree: { root: '../down' } };
    configure({ config, upstreams: { site: { install_tree: '../nowhere' } } });
    const without = await push();
    expect(without.code).toBe(1);
    expect(without.err).toContain(
      `warning: the upstream site is missing: no install database in ${join(dir.path, 'nowhere')} (see upstreams: in spack.yaml)`,
    );
    expect(without.out).toMatch(
      /no install prefix is known for .*\. If it is installed in another tree, name that under upstreams/,
    );
    expect(pushed()).toEqual([]);
    configure({ config, upstreams: { site: { install_tree: up.root } } });
    expect(await push()).toMatchObject({ code: 0, out: expect.stringContaining('6 pushed') });
    // Without an environment too: named, and found in the upstream.
    const alone = join(dir.path, 'alone');
    await mkdir(alone);
    renameSync(join(env, 'spack.yaml'), join(alone, 'spack.yaml'));
    const named = await runVerb(['push', '../mirror', '-u', '-f', 'libtoy'], alone);
    expect(named).toMatchObject({ code: 0, out: expect.stringContaining('4 pushed') });
  });

  it('includes what is needed to build only; that this is not installed is no failure unless it was asked for', async () => {
    const store = await tree('store', { ...BUILT, toymake: 'uninstalled' });
    const lock = join(env, 'spack.lock');
    const document = JSON.parse(readFileSync(lock, 'utf8'));
    document.roots = document.roots.filter(({ hash }: { hash: string }) => hash !== store.hashOf('toymake'));
    writeFileSync(lock, JSON.stringify(document));
    const args = ['--store', 'store'];
    const asked = await push([...args, '--with-build-dependencies']);
    expect(asked).toMatchObject({ code: 1, out: expect.stringContaining('5 pushed') });
    expect(asked.out).toContain('1 failed');
    const ran = await push(args);
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('1 not installed') });
    expect(ran.err).toMatch(/^warning: 1 of 6 specs are not installed in .*\/store: toymake@4\.4\/x5la2pd$/m);
    const check = (more: string[]) => runVerb(['check', '-m', './mirror', '-e', env, ...more], dir.path);
    expect((await check([])).code).toBe(1);
    expect((await check(['--no-build-deps'])).code).toBe(0);
    expect(await push([...args, '--without-build-dependencies'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('5 already there'),
    });
    await store.add({ toymake: 'built' });
    expect(await push(args)).toMatchObject({ code: 0, out: expect.stringContaining('1 pushed') });
    expect((await check([])).code).toBe(0);
  });

  it('--allow-missing: what is not installed is a warning, roots too', async () => {
    await tree('store', { 'gcc-runtime': 'built', toyapp: 'uninstalled' });
    const ran = await push(['--store', 'store', '--allow-missing']);
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('1 pushed') });
    expect(ran.err).toMatch(/^warning: 5 of 6 specs are not installed in .*\/store: /m);
    await tree('bare', {});
    const none = await push(['--store', 'bare', '--allow-missing', '-f']);
    expect(none.code).toBe(0);
    expect(none.err).toMatch(/^warning: nothing of what is to be pushed is installed in .*\/bare: /m);
  });
});

describe('autopush', () => {
  const autopush = (args: readonly string[], vars: Record<string, string> = {}) =>
    runVerb(['autopush', './mirror', '-u', '-e', env, ...args], dir.path, vars);

  it('records and pushes the configured tree, and says where it found nothing new', async () => {
    const root = join(dir.path, 'padded');
    configure({
      config: { install_tree: { root: '../padded', padded_length: root.length + 1 + WORD.length } },
    });
    const padded = join(root, WORD);
    const record = () => runVerb(['autopush', '--record', 'before.json', '-e', 'env'], dir.path);
    expect(await record()).toMatchObject({ code: 0, out: `there is no install tree in ${padded} yet\n` });
    await tree(`padded/${WORD}`, { 'gcc-runtime': 'built' });
    expect(await autopush(['--since', 'before.json'])).toMatchObject({ code: 0 });
    expect(pushed()).toEqual(['gcc-runtime']);
    expect(await record()).toMatchObject({ code: 0, out: `3 specs are in ${padded} already\n` });
    const again = await autopush(['--since', 'before.json']);
    expect(again).toMatchObject({ code: 0, out: '0 pushed, 0 skipped, 0 failed\n' });
    expect(again.err).toContain(
      `nothing new in the install tree ${padded}: it has the 3 specs it held before (push sends these). If `,
    );
  });

  it('refuses the record of another tree, and takes that of the same by another name', async () => {
    await tree('store', { 'gcc-runtime': 'built' });
    await tree('other', { 'gcc-runtime': 'built' });
    symlinkSync(join(dir.path, 'store'), join(dir.path, 'link'));
    await runVerb(['autopush', '--record', 'before.json', '--store', 'link'], dir.path);
    expect(await autopush(['--since', 'before.json', '--store', 'store'])).toMatchObject({ code: 0 });
    const other = await autopush(['--since', 'before.json', '--store', 'other']);
    expect(other.code).toBe(2);
    expect(other.err).toContain('before.json: this is the record of another install tree; expected');
    expect(other.err).toContain(`/other, found ${join(dir.path, 'link')}`);
    expect(pushed()).toEqual([]);
  });

  it('warns where the tree has nothing of the environment', async () => {
    const root = (await tree('bare', {})).root;
    const ran = await autopush(['--store', 'bare']);
    expect(ran).toMatchObject({ code: 0, out: '0 pushed, 2 skipped, 0 failed\n' });
    expect(ran.err).toContain(
      `warning: nothing of the environment is installed in ${root}: nothing was pushed. If Spack installs elsewhere, name that tree with --store: `,
    );
  });

  it('warns where what is new since the record is of another environment', async () => {
    const store = await tree('store', {});
    await runVerb(['autopush', '--record', 'before.json', '--store', 'store'], dir.path);
    writeFileSync(join(env, 'spack.lock'), EMPTY_LOCKFILE);
    await store.add({ 'gcc-runtime': 'built' });
    const ran = await autopush(['--since', 'before.json', '--store', 'store']);
    expect(ran).toMatchObject({ code: 0, out: '0 pushed, 1 skipped, 0 failed\n' });
    expect(ran.err).toContain('warning: nothing new of the environment in the install tree');
  });

  it('pushes what is new in a linked and a downstream tree, and nothing of the upstream', async () => {
    await tree('up', { 'gcc-runtime': 'built', 'zlib-toy': 'built', toymake: 'built' });
    const down = await tree('down', {});
    configure({ upstreams: { site: { install_tree: '../up' } } });
    symlinkSync(down.root, join(dir.path, 'link'));
    await runVerb(['autopush', '--record', 'before.json', '--store', 'link'], dir.path);
    await down.add({ libtoy: 'built' });
    const ran = await autopush(['--since', 'before.json', '--store', 'link']);
    expect(ran).toMatchObject({ code: 0, out: '1 pushed, 0 skipped, 0 failed\n' });
    expect(pushed()).toEqual(['libtoy']);
    expect(ran.err).toMatch(/^warning: \.\/mirror does not have .*zlib-toy/m);
  });
});

describe('the post step', () => {
  /** A job with these inputs, whose main step has run with something to build. */
  async function job(
    inputs: Record<string, string>,
    vars: Record<string, string> = {},
    options: JobOptions = {},
  ) {
    const started = await startJob({ workspace: dir.path, here: fromSource, ...options });
    const mirrors = JSON.stringify({
      mirrors: { mirror: { url: './mirror', signed: false, autopush: true } },
    });
    const main = await started.uses(ROOT, {
      env: vars,
      with: { environment: 'env', 'on-unknown': 'warn', 'index-cache': 'false', mirrors, ...inputs },
    });
    return {
      main,
      async post() {
        const [post] = await started.finish();
        if (post === undefined) throw new Error('there was no post step');
        return { ...post, messages: post.annotations.map(({ level, message }) => `${level}: ${message}`) };
      },
      [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
    };
  }

  /** The summary of a post step that could not begin to push. */
  const NOTHING_FAILED = /^## ❌ Build cache: (?:nothing was pushed|the push ended early)\n\n\S/;
  const NOTHING_WARNED = /^## ⚠️ Build cache: (?:nothing was pushed|the push ended early)\n\n\S/;
  const UNBUILT = 'Where nothing is built, say autopush: false';
  const HINT =
    "Name the install tree's root with --store (in the action: install-tree); `spack config get config` shows it";

  it('pushes from the configured tree, which the job makes', async () => {
    const length = join(dir.path, 'padded').length + 1 + WORD.length;
    configure({ config: { install_tree: { root: '../padded', padded_length: length } } });
    await using run = await job({});
    expect(run.main.log).toContain(`autopush: there is no install tree in ${dir.path}/padded/${WORD} yet`);
    await tree(`padded/${WORD}`, { 'gcc-runtime': 'built' });
    expect(await run.post()).toMatchObject({ exitCode: 0, messages: [] });
    expect(pushed()).toEqual(['gcc-runtime']);
  });

  it('finds the padded tree below the root that was named, and one behind a link', async () => {
    await using run = await job({ 'install-tree': 'link' });
    const padded = await tree(`store/${WORD}`, { 'gcc-runtime': 'built' });
    symlinkSync(join(dir.path, 'store'), join(dir.path, 'link'));
    expect(await run.post()).toMatchObject({ exitCode: 0, messages: [] });
    expect(pushed()).toEqual(['gcc-runtime']);
    expect(padded.root).toContain(WORD);
  });

  it.each([
    ['error', 1],
    ['warn', 0],
  ])('fails where the tree that was named never came; push-failure: %s', async (pushFailure, exitCode) => {
    await using run = await job({ 'install-tree': 'store', 'push-failure': pushFailure });
    const level = exitCode === 1 ? 'error' : 'warning';
    const file = join(dir.path, 'store');
    expect(await run.post()).toMatchObject({
      exitCode,
      summary: expect.stringMatching(exitCode === 1 ? NOTHING_FAILED : NOTHING_WARNED),
      messages: [
        `${level}: autopush: nothing was pushed: ${file}: there is no install tree: no such folder. ${HINT}. ${UNBUILT}`,
      ],
    });
  });

  it("warns where Spack's own tree never came", async () => {
    await using run = await job({}, { SPACK_ROOT: '/no/spack' });
    const file = '/no/spack/opt/spack';
    expect(await run.post()).toMatchObject({
      exitCode: 0,
      messages: [
        `warning: autopush: nothing was pushed: ${file}: there is no install tree: no such folder. ${HINT}. ${UNBUILT}`,
      ],
    });
  });

  it('warns where nobody said which tree, and says which it is by now', async () => {
    await using run = await job({});
    configure({ config: { install_tree: { root: '/late' } } });
    const post = await run.post();
    const [message, ...others] = post.messages;
    expect(others).toEqual([]);
    expect(post.summary).toMatch(NOTHING_WARNED);
    expect(message).toMatch(
      /^warning: autopush: nothing was pushed: .*which install tree is meant is not known; /,
    );
    expect(message).toContain(
      'By now it is /late: put this step after what sets up Spack. Where nothing is built, say autopush: false',
    );
  });

  it('warns where the configuration names another tree by now', async () => {
    const store = await tree('store', {});
    configure({ config: { install_tree: { root: '../store' } } });
    await using run = await job({});
    configure({ config: { install_tree: { root: '../late' } } });
    await store.add({ 'gcc-runtime': 'built' });
    const post = await run.post();
    expect(post).toMatchObject({
      exitCode: 0,
      messages: [
        `warning: autopush: the install tree was ${store.root} when the job began, and is ${dir.path}/late by now: nothing of that is pushed. Put this step after what sets up Spack`,
      ],
    });
    expect(pushed()).toEqual(['gcc-runtime']);
  });

  it('warns where nothing came into the tree though something was to be built', async () => {
    const store = await tree('store', { 'gcc-runtime': 'built' });
    await using run = await job({ 'install-tree': 'store' });
    expect(run.main.log).toContain(`autopush: 3 specs are in ${store.root} already`);
    expect(await run.post()).toMatchObject({
      exitCode: 0,
      messages: [
        `warning: nothing new in the install tree ${store.root}: it has the 3 specs it held before (push sends these). If Spack installs elsewhere, name that tree in the input install-tree. ${UNBUILT}`,
      ],
    });
  });

  it('warns where the job has built another environment than this one', async () => {
    const store = await tree('store', {});
    await using run = await job({ 'install-tree': 'store' });
    writeFileSync(join(env, 'spack.lock'), EMPTY_LOCKFILE);
    await store.add({ 'gcc-runtime': 'built', 'zlib-toy': 'built' });
    const post = await run.post();
    const text = `nothing new of the environment in the install tree ${store.root}, only what its lockfile does not have: nothing was pushed`;
    expect(post).toMatchObject({
      exitCode: 0,
      messages: [
        `warning: ${text}. If Spack installs elsewhere, name that tree in the input install-tree. ${UNBUILT}`,
      ],
      outputs: { 'pushed-count': '0' },
    });
    expect(post.summary).toContain('## ⚠️ Build cache: 0 pushed, 2 skipped, 0 failed');
    expect(post.summary).toContain('nothing new of the environment');
    expect(pushed()).toEqual([]);
  });

  it('does not warn where what is new is of the environment, and came from a build cache, failed or was left out', async () => {
    const store = await tree('store', {});
    await using run = await job({ 'install-tree': 'store', include: 'nosuch' });
    await store.add({ 'gcc-runtime': 'unpacked', toymake: 'uninstalled', 'zlib-toy': 'built' });
    expect(await run.post()).toMatchObject({ exitCode: 0, messages: [] });
  });

  it('does not fail a pull request from a fork, which could not push', async () => {
    const pull = { pull_request: { number: 3, head: { repo: { full_name: 'stranger/fork' } } } };
    const options = { event: { name: 'pull_request', payload: pull } };
    await using run = await job({ 'install-tree': 'store' }, {}, options);
    const post = await run.post();
    expect(post).toMatchObject({ exitCode: 0, messages: [] });
    expect(post.log).toContain('autopush: nothing was pushed: ');
  });

  it.each([
    ['a tree that never came', 'never', 'autopush: nothing was pushed: '],
    ['a tree with nothing new', 'store', 'nothing new in the install tree '],
    ['no tree', undefined, 'autopush: nothing was pushed: '],
  ])('says so in the log only where nothing had to be built: %s', async (_, name, text) => {
    await tree('store');
    await runVerb(['push', './mirror', '-u', '-e', env, '--store', 'store', '--update-index'], dir.path);
    await using run = await job(name === undefined ? {} : { 'install-tree': name });
    expect(run.main.outputs['needs-rebuild']).toBe('false');
    const post = await run.post();
    expect(post).toMatchObject({ exitCode: 0, messages: [] });
    expect(post.log).toContain(text);
  });

  it('fails where the database could not be read at first, or lists its prefixes elsewhere', async () => {
    await mkdir(join(dir.path, 'store/.spack-db'), { recursive: true });
    await writeFile(join(dir.path, 'store/.spack-db/index.json'), 'not JSON');
    {
      await using run = await job({ 'install-tree': 'store' });
      expect(run.main.annotations[0]?.message).toMatch(/^autopush is off: .*index\.json: not valid JSON/);
      await tree('store', { 'gcc-runtime': 'built' });
      const post = await run.post();
      expect(post).toMatchObject({
        exitCode: 1,
        summary: expect.stringMatching(NOTHING_FAILED),
        messages: [expect.stringMatching(/^error: autopush: nothing was pushed: .*not valid JSON/)],
      });
    }
    await rm(join(dir.path, 'store'), { recursive: true });
    await using run = await job({ 'install-tree': 'moved' });
    const grown = await tree('store', { 'gcc-runtime': 'built' });
    renameSync(grown.root, join(dir.path, 'moved'));
    const post = await run.post();
    expect(post.exitCode).toBe(1);
    expect(post.messages).toEqual([
      expect.stringMatching(/^warning: the database of .*\/moved has one prefix elsewhere, as .*\/store\//),
      expect.stringMatching(
        /^error: Not pushed to mirror: the database lists a prefix that is not in the install tree/,
      ),
    ]);
  });

  it('takes prefixes from the upstream', async () => {
    await tree('up', { 'gcc-runtime': 'built', 'zlib-toy': 'built', toymake: 'built' });
    configure({ upstreams: { site: { install_tree: '../up' } } });
    await using run = await job({ 'install-tree': 'down' });
    await tree('down', { libtoy: 'built' });
    const post = await run.post();
    expect(post.exitCode).toBe(0);
    expect(pushed()).toEqual(['libtoy']);
  });
});

describe('the push step', () => {
  const push = async (inputs: Record<string, string>, vars: Record<string, string> = {}) => {
    await using started = await startJob({ workspace: dir.path, here: fromSource });
    const mirrors = JSON.stringify({ mirrors: { mirror: { url: './mirror', signed: false } } });
    const step = await started.uses(join(ROOT, 'push'), {
      env: vars,
      with: { environment: 'env', mirrors, ...inputs },
    });
    return { ...step, messages: step.annotations.map(({ level, message }) => `${level}: ${message}`) };
  };

  it('pushes from the configured tree', async () => {
    configure({ config: { install_tree: { root: '../store' } } });
    await tree('store');
    expect(await push({})).toMatchObject({ exitCode: 0, messages: [], outputs: { 'pushed-count': '6' } });
  });

  it('fails where there is no tree, and warns where nothing of the environment is in it', async () => {
    expect(await push({})).toMatchObject({
      exitCode: 1,
      messages: [expect.stringMatching(/^error: .*which install tree is meant is not known/)],
    });
    expect(await push({ 'install-tree': '~/store' }, { HOME: '/nobody' })).toMatchObject({
      exitCode: 1,
      messages: [expect.stringMatching(/^error: \/nobody\/store: there is no install tree/)],
      outputs: { pushed: '[]', 'pushed-count': '0' },
    });
    const bare = await tree('bare', {});
    expect(await push({ 'install-tree': 'bare' })).toMatchObject({
      exitCode: 0,
      messages: [`warning: nothing of the environment is installed in ${bare.root}: nothing was pushed`],
    });
  });

  // A runner that is kept has what other projects have built.
  it.each<[string, Record<string, string>, RegExp]>([
    ['a named environment', {}, /^error: .*env.spack\.lock: there is no lockfile/],
    [
      'an environment that is named elsewhere',
      { environment: 'unset' },
      /^error: .*no spec was named and there is no environment/,
    ],
    ['a named environment, for a spec that is named', { specs: 'toymake' }, /^error: .*there is no lockfile/],
  ])('pushes nothing without the lockfile of %s', async (_, inputs, message) => {
    await rm(join(env, 'spack.lock'));
    await tree('store');
    expect(await push({ 'install-tree': 'store', ...inputs })).toMatchObject({
      exitCode: 1,
      messages: [expect.stringMatching(message)],
      outputs: { pushed: '[]', 'pushed-count': '0' },
    });
    expect(pushed()).toEqual([]);
  });

  it('pushes a spec that is named where there is no environment at all', async () => {
    await tree('store');
    const ran = await push({ environment: 'unset', 'install-tree': 'store', specs: 'toymake' });
    expect(ran).toMatchObject({ exitCode: 0, outputs: { 'pushed-count': '1' } });
    expect(pushed()).toEqual(['toymake']);
  });

  it.each([
    ['no spec in the lockfile', {}, true],
    ['an include that matches none', { include: 'nosuch' }, false],
    ['an exclude that matches all', { exclude: '*' }, false],
  ])('warns where nothing in the tree is to be pushed, because of %s', async (_, inputs, isEmpty) => {
    const { root } = await tree('store');
    if (isEmpty) writeFileSync(join(env, 'spack.lock'), EMPTY_LOCKFILE);
    const ran = await push({ 'install-tree': 'store', ...inputs });
    expect(ran.summary).toMatch(/^## ⚠️ Build cache: 0 pushed,/);
    expect(ran).toMatchObject({
      exitCode: 0,
      messages: [`warning: none of the specs in the install tree ${root} is one to push: nothing was pushed`],
      outputs: { 'pushed-count': '0' },
    });
  });
});
