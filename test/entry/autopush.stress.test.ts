import { readdirSync, readFileSync } from 'node:fs';
import { cp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateKey } from 'openpgp';
import { describe, expect, it } from 'vitest';
import { imageOf } from '../cache/registry-place.ts';
import { ID_TOKEN, startAwsIdentity } from '../harness/aws-identity.ts';
import { developSite } from '../harness/develop-site.ts';
import { putEmptyImage } from '../harness/empty-image.ts';
import { startRegistry } from '../harness/registry.ts';
import { type JobOptions, startJob } from '../harness/runner.ts';
import { ACCESS_KEY, type NotedRequest, SECRET_KEY, startS3Server } from '../harness/s3-server.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { growingTree, type Kind } from './autopush-tree.ts';
import { environmentOf, fromSource, ROOT } from './command-line.ts';

const ALL_KINDS: Readonly<Record<string, Kind>> = {
  'gcc-runtime': 'unpacked',
  toymake: 'uninstalled',
  'zlib-toy': 'built',
  libtoy: 'built',
  toypy: 'unlisted',
  toyapp: 'built',
};

/** For tests of the bundle, each step in a process of its own. */
const BUNDLE = { here: () => undefined };

/** A job whose main step has run on an empty tree; `env` is an environment, `mirror` is to be pushed to. */
async function job(options: JobOptions = {}) {
  const dir = await tempDir();
  await cp(environmentOf('1.2'), join(dir.path, 'env'), { recursive: true });
  const started = await startJob({ workspace: dir.path, here: fromSource, ...options });
  const tree = await growingTree(join(dir.path, 'store'));
  return {
    ...started,
    tree,
    workspace: dir.path,
    main: (inputs: Record<string, string | boolean> = {}, env = {}, folder = ROOT) =>
      started.uses(folder, {
        env,
        with: {
          environment: 'env',
          'install-tree': 'store',
          'on-unknown': 'warn',
          'index-cache': false,
          mirrors: mirrorsYaml({ mirror: {} }),
          ...inputs,
        },
      }),
    async post(how: Parameters<typeof started.finish>[0] = {}) {
      const [post] = await started.finish(how);
      if (post === undefined) throw new Error('there was no post step');
      return post;
    },
    async [Symbol.asyncDispose]() {
      await started[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
}

/** Unsigned and with autopush, unless told. */
function mirrorsYaml(mirrors: Record<string, object>): string {
  const section = Object.entries(mirrors).map(([name, own]) => [
    name,
    { url: `./${name}`, signed: false, autopush: true, ...own },
  ]);
  return JSON.stringify({ mirrors: Object.fromEntries(section) });
}

/** The specs of a mirror, by name. */
function specsIn(mirror: string): string[] {
  return readdirSync(join(mirror, 'v3/manifests/spec')).sort();
}

describe('autopush', () => {
  it('pushes what was built between main and post, and says why it does not push the rest', async () => {
    await using run = await job(BUNDLE);
    await run.tree.add({ 'gcc-runtime': 'built' });
    const main = await run.main({ exclude: 'toyapp' });
    expect(main).toMatchObject({ exitCode: 0, outputs: { pushed: '[]', 'pushed-count': '0' } });
    await run.tree.add({ ...ALL_KINDS, 'gcc-runtime': 'built', libtoy: 'unpacked' });
    const lock = join(run.workspace, 'env/spack.lock');
    expect(readFileSync(lock, 'utf8')).toContain(run.tree.hashOf('zlib-toy'));
    const post = await run.post();
    expect(post.stderr).toBe('');
    expect(post.exitCode).toBe(0);
    expect(specsIn(join(run.workspace, 'mirror'))).toEqual(['zlib-toy']);
    const lines = post.log.split('\n');
    const line = (name: string) => lines.find((text) => text.startsWith(name)) ?? '';
    expect(line('zlib-toy@1.3.1/ho3jsm3')).toContain('pushed (mirror)');
    expect(line('toymake@')).toContain('skipped: not completely installed, says the database');
    expect(line('toypy@')).toContain('skipped: not completely installed: the database does not list it');
    expect(line('libtoy@')).toContain('skipped: unpacked from a build cache');
    expect(line('toyapp@')).toContain('skipped: excluded: a pattern of exclude');
    expect(line('gcc-runtime@')).toBe('');
    expect(post.summary).toContain('## ⚠️ Build cache: 1 pushed, 4 skipped, 0 failed');
    expect(post.annotations).toMatchObject([{ level: 'warning' }]);
    expect(post.annotations[0]?.message).toMatch(/mirror does not have gcc-runtime@/);
  });

  it('of local source pushes nothing by itself and says so; asked to push, it does, with a warning', async () => {
    await using dir = await tempDir();
    const site = developSite(dir.path);
    site.build('tool', 'other');
    await using started = await startJob({ workspace: dir.path, here: fromSource });
    const inputs = {
      environment: 'env',
      'install-tree': 'store',
      mirrors: mirrorsYaml({ to: {} }),
      specs: 'own\napp',
    };
    const main = await started.uses(ROOT, { with: inputs });
    expect(main).toMatchObject({ exitCode: 0, outputs: { 'needs-rebuild': 'true', 'rebuild-count': '2' } });
    expect(JSON.parse(main.outputs['rebuild-specs'] ?? '')).toMatchObject([
      { name: 'own', local_source: { name: 'own' } },
      { name: 'app', local_source: { name: 'own' } },
    ]);
    expect(main.annotations).toContainEqual(
      expect.objectContaining({ level: 'notice', message: expect.stringContaining('(2 of local source)') }),
    );
    expect(main.summary).toMatch(/depends on own.{1,6}which is built from local source/);
    site.build();
    const push = await started.uses(join(ROOT, 'push'), { with: { ...inputs, specs: 'unset' } });
    expect(push).toMatchObject({ exitCode: 0, outputs: { 'pushed-count': '4' } });
    expect(push.annotations).toMatchObject([
      { level: 'warning', message: expect.stringMatching(/own@.*app@.*: built from local source/) },
    ]);
    await rm(join(dir.path, 'to'), { recursive: true });
    const [post] = await started.finish();
    expect(post).toMatchObject({ exitCode: 0, annotations: [] });
    expect(post?.log).toMatch(/^2 skipped: built from local source, which the hash does not cover \(/m);
    expect(post?.log).toContain('Build cache: 0 pushed, 2 skipped, 0 failed');
    expect(post?.summary).toMatch(/nothing pushed\*\*, 2 skipped: built from local source/);
    expect(readdirSync(dir.path)).not.toContain('to');
  });

  it('records what is installed beside the files of the outputs, not in one of them', async () => {
    await using run = await job();
    const { outputs } = await run.main();
    const files = Object.entries(outputs).filter(([name]) => `${name}-file` in outputs);
    expect(files.length).toBeGreaterThan(3);
    for (const [name, json] of files)
      expect(readFileSync(outputs[`${name}-file`] ?? '', 'utf8')).toBe(`${json}\n`);
  });

  it('pushes nothing that is not in the lockfile, and no external', async () => {
    await using run = await job();
    await run.main();
    await run.tree.add({ 'gcc-runtime': 'built', toyapp: 'built' });
    const lock = join(run.workspace, 'env/spack.lock');
    const document = JSON.parse(readFileSync(lock, 'utf8'));
    const kept = run.tree.hashOf('gcc-runtime');
    document.roots = [{ hash: kept, spec: 'gcc-runtime' }];
    for (const hash of ['toyapp', 'toypy', 'libtoy'].map(run.tree.hashOf)) {
      delete document.concrete_specs[hash];
    }
    await writeFile(lock, JSON.stringify(document));
    const post = await run.post();
    expect(post).toMatchObject({ exitCode: 0, stderr: '' });
    expect(specsIn(join(run.workspace, 'mirror'))).toEqual(['gcc-runtime']);
    expect(post.log).toMatch(/^toyapp@.*skipped: not in the environment's lockfile$/m);
    expect(post.log).toMatch(/^\d+ skipped: external: not built here \(.*gcc@/m);
  });

  it.each([
    ['true', 'mirror'],
    ['false', undefined],
    ['second', 'second'],
  ])('autopush: %s', async (autopush, expected) => {
    await using run = await job();
    await run.main({ autopush, mirrors: mirrorsYaml({ mirror: {}, second: { autopush: false } }) });
    await run.tree.add({ 'gcc-runtime': 'built' });
    const post = await run.post();
    expect(post.exitCode).toBe(0);
    const there = readdirSync(run.workspace).filter((name) => ['mirror', 'second'].includes(name));
    expect(there).toEqual(expected === undefined ? [] : [expected]);
  });

  it.each([
    ['error', 1, '{specs: []}'],
    ['warn', 0, '{specs: []}'],
    ['error', 1, '{mirrors: {other: {url: $env/other, signed: false, autopush: true}}}'],
    ['error', 1, '{mirrors: {ours: {url: $env/ours, signed: false}}}'],
  ])(
    '%s: a mirror that the environment does not name any more was not pushed to: %s, %s',
    async (...given) => {
      const [failure, exitCode, later] = given;
      await using run = await job();
      const manifest = join(run.workspace, 'env/spack.yaml');
      await writeFile(
        manifest,
        'spack: {mirrors: {ours: {url: $env/ours, signed: false, autopush: true}}}\n',
      );
      const main = await run.main({ mirrors: '', 'push-failure': failure }, {}, join(ROOT, 'autopush'));
      expect(main.exitCode, main.log).toBe(0);
      await run.tree.add({ 'gcc-runtime': 'built' });
      await writeFile(manifest, `spack: ${later}\n`);
      const post = await run.post();
      expect(post.exitCode, post.log).toBe(exitCode);
      expect(post.log).toMatch(/Not pushed to ours: the job was to push to it when it began.*gcc-runtime/);
    },
  );

  it('is content with other mirrors where nothing is new', async () => {
    await using run = await job();
    const manifest = join(run.workspace, 'env/spack.yaml');
    await writeFile(manifest, 'spack: {mirrors: {ours: {url: $env/ours, signed: false, autopush: true}}}\n');
    await run.tree.add({ 'gcc-runtime': 'built' });
    await run.main({ mirrors: '' }, {}, join(ROOT, 'autopush'));
    await writeFile(manifest, 'spack: {specs: []}\n');
    expect(await run.post()).toMatchObject({ exitCode: 0 });
  });

  it('signs, lists in the index, and shows no secret', async () => {
    await using run = await job(BUNDLE);
    const passphrase = 'open sesame please';
    const { privateKey } = await generateKey({ userIDs: [{ name: 'CI' }], passphrase });
    const inputs = { 'signing-key': privateKey, 'signing-passphrase': passphrase };
    const main = await run.main({ ...inputs, mirrors: mirrorsYaml({ mirror: { signed: true } }) });
    expect(JSON.stringify(main.state)).not.toContain(passphrase);
    expect(JSON.stringify(main.state)).not.toContain('PRIVATE KEY');
    await run.tree.add({ 'gcc-runtime': 'built' });
    const post = await run.post();
    expect(post).toMatchObject({ exitCode: 0, stderr: '' });
    expect(post.masks).toContain(passphrase);
    expect(post.log).not.toContain(passphrase);
    const folder = join(run.workspace, 'mirror/v3/manifests/spec/gcc-runtime');
    const [manifest = ''] = readdirSync(folder);
    expect(readFileSync(join(folder, manifest), 'utf8')).toContain('BEGIN PGP SIGNED MESSAGE');
    expect(readdirSync(join(run.workspace, 'mirror/v3/manifests/index'))).toEqual(['index.manifest.json']);
  });

  it("without a secret: read-only on a fork's pull request and in a run of Dependabot, an error elsewhere", async () => {
    const pull = { pull_request: { number: 3, head: { repo: { full_name: 'stranger/fork' } } } };
    const fork = { event: { name: 'pull_request', payload: pull } };
    for (const [options, signed, exitCode, level] of [
      [fork, true, 0, 'notice'],
      [fork, false, 0, 'notice'], // a folder of the runner is nobody's secret, and no place for strangers
      [{ github: { actor: 'dependabot[bot]' } }, true, 0, 'notice'], // a push of its own
      [{ github: { actor: 'dependabot[bot]' } }, false, 0, 'notice'],
      [{ event: { name: 'schedule' }, github: { actor: 'dependabot[bot]' } }, true, 1, 'error'],
      [{}, true, 1, 'error'],
    ] as const) {
      const mirrors = mirrorsYaml({ mirror: { signed } });
      await using run = await job(options);
      await run.main({ mirrors });
      await run.tree.add({ 'gcc-runtime': 'built' });
      const post = await run.post();
      expect(post.exitCode).toBe(exitCode);
      expect(post.annotations).toMatchObject([{ level }]);
      expect(post.log).toContain(exitCode === 0 ? 'read-only' : 'there is no key to sign with');
      expect(readdirSync(run.workspace)).not.toContain('mirror');
    }
  });

  it.each([
    ['error', 1, 'error'],
    ['warn', 0, 'warning'],
  ])('one failing mirror of two, push-failure: %s', async (pushFailure, exitCode, level) => {
    await using run = await job();
    await writeFile(join(run.workspace, 'broken'), 'not a folder');
    const mirrors = mirrorsYaml({ broken: {}, mirror: {} });
    await run.main({ mirrors, 'push-failure': pushFailure });
    await run.tree.add({ 'gcc-runtime': 'built' });
    const post = await run.post();
    expect(post.exitCode).toBe(exitCode);
    expect(post.annotations.filter((one) => one.message.includes('broken'))).toMatchObject([{ level }]);
    expect(specsIn(join(run.workspace, 'mirror'))).toEqual(['gcc-runtime']);
    expect(post.summary).toContain('1 pushed, 2 skipped, 1 failed');
  });

  it("pushes nothing whose prefix is another spec's, and says so", async () => {
    await using run = await job();
    await run.main();
    await run.tree.add({ 'gcc-runtime': 'built', toymake: 'built' });
    const prefixes = readdirSync(run.tree.root, { recursive: true, encoding: 'utf8' });
    const file = (name: string) =>
      prefixes.find((each) => each.includes(`/${name}-`) && each.endsWith('spec.json'));
    const [from, to] = [file('gcc-runtime') ?? '', file('toymake') ?? ''].map((each) =>
      join(run.tree.root, each),
    );
    await cp(from ?? '', to ?? '');
    const post = await run.post();
    expect(specsIn(join(run.workspace, 'mirror'))).toEqual(['gcc-runtime']);
    expect(JSON.parse(post.outputs['skipped'] ?? '')).toContainEqual(
      expect.objectContaining({
        name: 'toymake',
        reason: expect.stringMatching(/^its prefix says that it is gcc-runtime@/),
      }),
    );
    expect(JSON.stringify(post.annotations)).toContain('its prefix says that it is gcc-runtime@');
  });

  it.each([
    ['pull_request_target', {}],
    ['issue_comment', { issue: { number: 1, pull_request: {} } }],
    ['workflow_run', { workflow_run: { event: 'workflow_run' } }],
    ['check_suite', { check_suite: { head_sha: 'a'.repeat(40), pull_requests: [] } }],
  ])('is refused on %s, unless told', async (name, payload) => {
    for (const allow of [false, true]) {
      await using run = await job({ event: { name, payload } });
      await run.main({ 'allow-unsafe-pull-request-target': allow });
      await run.tree.add({ 'gcc-runtime': 'built' });
      const post = await run.post();
      expect(post.exitCode).toBe(allow ? 0 : 1);
      if (!allow) expect(post.annotations[0]?.message).toContain(`refused on ${name}`);
      expect(readdirSync(run.workspace).includes('mirror')).toBe(allow);
    }
  });

  it('is pushed after a main step that failed', async () => {
    await using run = await job();
    const main = await run.main({ 'fail-on-rebuild': true });
    expect(main.exitCode).toBe(1);
    await run.tree.add({ 'gcc-runtime': 'built' });
    expect((await run.post()).exitCode).toBe(0);
    expect(specsIn(join(run.workspace, 'mirror'))).toEqual(['gcc-runtime']);
  });
});

describe('a push that is stopped', () => {
  /** A server that never takes toymake's manifest, and the mirror on it. */
  async function slowMirror() {
    const isLast = ({ method, key }: NotedRequest) => method === 'PUT' && key.includes('/spec/toymake');
    const server = await startS3Server({ fault: (request) => (isLast(request) ? 'stall' : undefined) });
    const access_pair = { id_variable: 'S3_ID', secret_variable: 'S3_SECRET' };
    const mirrors = mirrorsYaml({
      mirror: { url: 's3://bucket/cache', endpoint_url: server.url, access_pair },
    });
    const env = { S3_ID: ACCESS_KEY, S3_SECRET: SECRET_KEY, AWS_REGION: 'us-east-1' };
    return { server, mirrors, env, [Symbol.asyncDispose]: () => server.close() };
  }

  it('by the time limit: what was sent is listed, the rest has failed', async () => {
    await using slow = await slowMirror();
    await using run = await job();
    const env = { ...slow.env, BUILDCACHE_PUSH_TIMEOUT: '4' };
    await run.main({ mirrors: slow.mirrors, jobs: '1' }, env);
    await run.tree.add({ 'gcc-runtime': 'built', toymake: 'built' });
    const post = await run.post();
    expect(post.exitCode).toBe(1);
    expect(post.log).toMatch(/^gcc-runtime@.*: pushed \(mirror\)/m);
    expect(post.log).toMatch(/Not pushed to mirror: the time limit of 4 seconds was over.*toymake/);
    expect(post.log).not.toContain(SECRET_KEY);
    const index = slow.server.objects.get('bucket/cache/v3/manifests/index/index.manifest.json');
    expect(index).toBeDefined();
  });

  it('by cancellation: what was sent is listed, with every spec reported', async () => {
    const controller = new AbortController();
    await using slow = await slowMirror();
    await using run = await job();
    await run.main({ mirrors: slow.mirrors, jobs: '1' }, slow.env);
    await run.tree.add({ 'gcc-runtime': 'built', toymake: 'built' });
    const post = await run.post({
      signal: controller.signal,
      onLine: (line) => {
        if (line.includes('pushed (mirror)')) controller.abort();
      },
    });
    expect(post.exitCode).toBe(1);
    expect(post.log).toMatch(/Not pushed to mirror: cancelled before it was pushed \(toymake\)/);
    expect(post.summary).toContain('1 pushed, 2 skipped, 1 failed');
    expect(post.log).not.toContain('update-index');
    const index = slow.server.objects.get('bucket/cache/v3/manifests/index/index.manifest.json');
    expect(index).toBeDefined();
  });
});

describe('AWS credentials that the build has outlived', () => {
  it.each([true, false])(
    'are renewed where the job has an identity (%s), and no secret is shown',
    async (has) => {
      await using aws = await startAwsIdentity();
      let valid = 'of the morning';
      const server = await startS3Server({
        get sessionToken() {
          return valid;
        },
      });
      try {
        const { ACTIONS_ID_TOKEN_REQUEST_TOKEN, ACTIONS_ID_TOKEN_REQUEST_URL, ...own } = aws.job;
        const services = has ? { ACTIONS_ID_TOKEN_REQUEST_TOKEN, ACTIONS_ID_TOKEN_REQUEST_URL } : {};
        await using run = await job({ services: services as Record<string, string> });
        const mirrors = mirrorsYaml({ mirror: { url: 's3://bucket/cache', endpoint_url: server.url } });
        const env = {
          ...own,
          AWS_REGION: 'us-east-1',
          AWS_ACCESS_KEY_ID: ACCESS_KEY,
          AWS_SECRET_ACCESS_KEY: SECRET_KEY,
          AWS_SESSION_TOKEN: valid,
        };
        const main = await run.main({ mirrors }, env);
        expect([main.exitCode, main.outputs['unknown-count'], aws.asked.length]).toEqual([0, '0', 0]);
        valid = 'session-1';
        await run.tree.add({ 'gcc-runtime': 'built' });
        const post = await run.post();
        if (!has) {
          expect(post.exitCode).toBe(1);
          expect(post.annotations[0]?.message).toContain('the credentials have expired');
          return;
        }
        expect(post).toMatchObject({ exitCode: 0, stderr: '' });
        expect(server.objects.has('bucket/cache/v3/manifests/index/index.manifest.json')).toBe(true);
        expect(post.masks).toEqual(expect.arrayContaining([ID_TOKEN, SECRET_KEY, 'session-1']));
        expect(post.log).not.toContain('session-1');
      } finally {
        await server.close();
      }
    },
  );
});

describe('a push to a registry', () => {
  it('names images in its checksums, and puts in Env what the environment says', async () => {
    await using server = await startRegistry();
    putEmptyImage(server.repository('base/os'), '1', { Labels: { stands: 'below' } });
    await using run = await job();
    await run.tree.add({ toymake: 'built', 'gcc-runtime': 'built' });
    const spack = { modules: { prefix_inspections: { './bin': ['TOOLS'], './.spack': ['NOTES'] } } };
    await writeFile(join(run.workspace, 'env/spack.yaml'), JSON.stringify({ spack }));
    const mirrors = mirrorsYaml({ images: { url: `${server.url}toy/cache` }, folder: {} });
    const step = await run.uses(join(ROOT, 'push'), {
      with: {
        ...{ environment: 'env', 'install-tree': 'store', specs: 'toymake', mirrors },
        'base-image': `oci+http://${server.host}/base/os:1`,
      },
    });
    expect(step).toMatchObject({ exitCode: 0, outputs: { 'pushed-count': '2', failed: '[]' } });
    const repository = server.repository('toy/cache');
    const tag = [...repository.tags.keys()].find((name) => name.startsWith('toymake-')) ?? '';
    const { digest, config } = imageOf(repository, tag);
    expect(config.config.Labels).toMatchObject({ stands: 'below' });
    expect(readFileSync(step.outputs['checksums'] ?? '', 'utf8')).toContain(
      `${digest.replace('sha256:', '')}  ${server.host}/toy/cache:${tag}\n`,
    );
    const [path, ...others] = config.config.Env;
    expect(path).toMatch(/^PATH=.*toymake.*\/bin:/);
    expect(others).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^NOTES=.*toymake.*\/\.spack/),
        expect.stringMatching(/^TOOLS=.*toymake.*\/bin/),
      ]),
    );
  });
});

describe('update-index', () => {
  it('lists what an index lacks, mirror by mirror', async () => {
    await using run = await job(BUNDLE);
    await run.tree.add({ 'gcc-runtime': 'built' });
    const mirrors = mirrorsYaml({ broken: {}, mirror: {} });
    const inputs = { environment: 'env', 'install-tree': 'store', mirrors };
    const pushed = await run.uses(join(ROOT, 'push'), { with: { ...inputs, 'update-index': false } });
    expect(pushed).toMatchObject({ exitCode: 0, outputs: { 'pushed-count': '2' } });
    await rm(join(run.workspace, 'broken'), { recursive: true });
    await writeFile(join(run.workspace, 'broken'), 'not a folder');
    const step = await run.uses(join(ROOT, 'update-index'), { with: { environment: 'env', mirrors } });
    expect(step.summary).toContain('❌ Build cache: not every index could be made');
    expect(step.summary).toContain('| `mirror` | now has');
    expect(step.exitCode).toBe(1);
    expect(step.log).toContain('mirror: the index now has');
    expect(step.annotations).toMatchObject([{ level: 'error', message: expect.stringContaining('broken') }]);
    expect(step.outputs).toMatchObject({ pushed: '[]', 'pushed-count': '0' });
  });
});

describe.each([
  [ROOT, { command: 'push' }],
  [join(ROOT, 'push'), {}],
])('push at once with %s', (folder, command) => {
  it('sets the outputs, and leaves nothing for post', async () => {
    await using run = await job(BUNDLE);
    await run.tree.add({ toymake: 'built', 'gcc-runtime': 'built' });
    const step = await run.uses(folder, {
      with: {
        ...command,
        environment: 'env',
        'install-tree': 'store',
        specs: 'toymake',
        mirrors: mirrorsYaml({ mirror: {} }),
      },
    });
    expect(step).toMatchObject({ exitCode: 0, stderr: '', outputs: { 'pushed-count': '1', failed: '[]' } });
    const [pushed] = JSON.parse(step.outputs['pushed'] ?? '');
    expect(pushed).toMatchObject({ name: 'toymake', hash: run.tree.hashOf('toymake'), mirror: 'mirror' });
    const skipped = JSON.parse(step.outputs['skipped'] ?? '');
    expect(skipped.map(({ name }: { name: string }) => name).sort()).toEqual(['gcc', 'gcc-runtime', 'glibc']);
    const [sum = '', path = ''] = readFileSync(step.outputs['checksums'] ?? '', 'utf8')
      .trim()
      .split('  ');
    expect(path).toContain(sum);
    expect(readFileSync(join(run.workspace, 'mirror', path)).length).toBeGreaterThan(0);
    // The sub-action has none at all.
    for (const { log } of await run.finish()) expect(log).not.toContain('pushed');
  });
});
