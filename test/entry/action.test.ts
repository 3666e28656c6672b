import { readFileSync } from 'node:fs';
import { cp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startActionsCache } from '../harness/actions-cache.ts';
import { startHttpServer } from '../harness/http-server.ts';
import { startRegistry } from '../harness/registry.ts';
import { type JobOptions, type StepOptions, startJob } from '../harness/runner.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { copyMirror, environmentOf, expectedShortSpecs, fromSource, mirrorOf, ROOT } from './command-line.ts';

/** All of them, as the runner knows them. */
const OUTPUTS = Object.keys(parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')).outputs);

/** For tests of the bundle, each step in a process of its own. */
const BUNDLE = { here: () => undefined };

/** A job whose workspace holds the 1.2 environment as `env`. */
async function job(options: JobOptions = {}) {
  const dir = await tempDir();
  await cp(environmentOf('1.2'), join(dir.path, 'env'), { recursive: true });
  const started = await startJob({ workspace: dir.path, here: fromSource, ...options });
  return {
    ...started,
    workspace: dir.path,
    check: (step: StepOptions = {}, folder = ROOT) =>
      started.uses(folder, { ...step, with: { environment: 'env', ...step.with } }),
    async [Symbol.asyncDispose]() {
      await started[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
}

describe.each([ROOT, join(ROOT, 'check')])('the main step of %s', (folder) => {
  it('all present: outputs, summary, no annotation', async () => {
    await using run = await job(BUNDLE);
    const step = await run.check({ with: { mirrors: `toy=${mirrorOf('1.2', 'signed')}` } }, folder);
    expect(step).toMatchObject({ exitCode: 0, annotations: [], stderr: '' });
    expect(Object.keys(step.outputs).sort()).toEqual([...OUTPUTS].sort());
    expect(step.outputs).toMatchObject({
      'needs-rebuild': 'false',
      'cache-hit': 'true',
      'rebuild-count': '0',
      'unknown-count': '0',
      'rebuild-specs': '[]',
      matrix: '{"include":[]}',
    });
    expect(readFileSync(step.outputs['rebuild-manifest'] ?? '', 'utf8')).toBe('{}');
    expect(step.summary).toContain('All 6 specs are present');
  });
});

describe('the main step', () => {
  it('copies nothing where an input would have narrowed it, and warns of one that changes nothing', async () => {
    await using run = await job();
    const sync = { command: 'sync', 'copy-from': mirrorOf('1.2', 'unsigned'), 'copy-to': './to' };
    const narrowed = await run.check({ with: { ...sync, exclude: 'zlib-toy' } });
    expect(narrowed).toMatchObject({ exitCode: 1, outputs: { 'pushed-count': '0' } });
    expect(narrowed.annotations).toMatchObject([
      { level: 'error', message: expect.stringContaining('the input exclude is not for command: sync') },
    ]);
    const { annotations } = await run.check({
      if: 'always()',
      with: { mirrors: `m=${mirrorOf('1.2', 'signed')}`, tag: 'v1' },
    });
    expect(annotations).toMatchObject([
      { level: 'warning', message: expect.stringContaining('the input tag') },
    ]);
  });

  it('something missing: manifest, matrix in dependency order, one notice beside the warning of a bare mirror', async () => {
    await using run = await job();
    const mirror = await copyMirror('1.2', 'unsigned', join(run.workspace, 'mirror'));
    await rm(join(mirror, 'v3'), { recursive: true });
    const step = await run.check({ with: { mirrors: 'toy: mirror' } });
    expect(step.exitCode).toBe(0);
    expect(step.outputs).toMatchObject({
      'needs-rebuild': 'true',
      'cache-hit': 'false',
      'rebuild-count': '6',
    });
    const { include } = JSON.parse(step.outputs['matrix'] ?? '') as {
      include: { name: string; stage: number }[];
    };
    expect(include.map(({ name, stage }) => `${stage} ${name}`)).toEqual([
      '0 gcc-runtime',
      '1 toymake',
      '2 zlib-toy',
      '3 libtoy',
      '4 toypy',
      '5 toyapp',
    ]);
    const specs = JSON.parse(step.outputs['rebuild-specs'] ?? '') as {
      hash: string;
      short_spec: string;
      mirrors: string[];
    }[];
    expect(Object.fromEntries(specs.map((spec) => [spec.hash, spec.short_spec]))).toEqual(
      expectedShortSpecs('1.2'),
    );
    expect(specs.every(({ mirrors }) => mirrors.join() === 'toy')).toBe(true);
    expect(step.annotations).toMatchObject([
      { level: 'warning', message: expect.stringContaining('no index and none of the specs') },
      { level: 'notice', message: expect.stringContaining('6 of 6 specs are missing and need a rebuild.') },
    ]);
    expect(step.summary).toContain('| 5 | `toyapp@1.0/');
    const strict = await run.check({ with: { mirrors: 'toy: mirror', 'fail-on-rebuild': true } });
    expect(strict).toMatchObject({ exitCode: 1, annotations: [{ level: 'warning' }, { level: 'error' }] });
  });

  it.each([
    ['fail', 1, 'true', '0', 'error'],
    ['rebuild', 0, 'true', '6', 'warning'],
    ['warn', 0, 'false', '0', 'warning'],
  ])('a mirror that refuses access, on-unknown: %s', async (onUnknown, exitCode, needs, count, level) => {
    await using server = await startHttpServer({ fault: () => ({ status: 401 }) });
    await using run = await job();
    const step = await run.check({ with: { mirrors: `toy=${server.url}`, 'on-unknown': onUnknown } });
    expect(step.exitCode).toBe(exitCode);
    await using strict = await job();
    const how = { mirrors: `toy=${server.url}`, 'on-unknown': onUnknown, 'fail-on-rebuild': true };
    expect((await strict.check({ with: how })).exitCode).toBe(onUnknown === 'warn' ? 0 : 1);
    expect(step.outputs).toMatchObject({
      'needs-rebuild': needs,
      'cache-hit': 'false',
      'rebuild-count': count,
      'unknown-count': '6',
    });
    expect(step.annotations).toMatchObject([{ level, message: expect.stringContaining('(401)') }]);
    expect(step.summary).toContain('6 of 6 specs are unknown&#58; the mirror denied access');
  });

  it('with only-mirrors of which none is configured, fails and says that a rebuild is needed', async () => {
    await using job = await startJob({ workspace: ROOT, here: fromSource });
    const main = await job.uses(ROOT, {
      with: {
        environment: environmentOf('1.2'),
        mirrors: '{m: "https://stranger.example/m"}',
        'only-mirrors': 'https://mirror.example/m',
        'allow-empty': true,
        'index-cache': false,
      },
    });
    expect(main).toMatchObject({
      exitCode: 1,
      outputs: { 'needs-rebuild': 'true', 'cache-hit': 'false' },
    });
    expect(main.log).toContain('there is no mirror to check against');
  });

  it('several wrong inputs: one error that names them all, outputs set all the same', async () => {
    await using run = await job();
    const step = await run.check({
      with: { verify: 'maybe', jobs: 'many', 'roots-only': 'yes', mirrors: '{' },
    });
    expect(step.exitCode).toBe(1);
    expect(step.annotations).toHaveLength(1);
    for (const name of ['verify', 'jobs', 'roots-only', 'mirrors'])
      expect(step.annotations[0]?.message).toContain(name);
    expect(Object.keys(step.outputs).sort()).toEqual([...OUTPUTS].sort());
    expect(step.outputs['needs-rebuild']).toBe('true');
  });

  it('names from outside reach neither the runner nor the Markdown', async () => {
    await using server = await startHttpServer({ fault: () => ({ status: 404 }) });
    await using run = await job();
    const hostile = '"x%0A::error::pwned\\n::set-output name=a::b | <img src=x> `"';
    await writeFile(join(run.workspace, 'mirrors.yaml'), `mirrors:\n  ${hostile}: ${server.url}\n`);
    const step = await run.check({ with: { mirrors: 'mirrors.yaml' } });
    expect(step.exitCode).toBe(0);
    // The token of the job is masked first of all.
    expect(step.commands.map(({ name }) => name).sort()).toEqual([
      ...['add-mask', 'endgroup', 'group', 'notice', 'warning'],
    ]);
    expect(step.summary).not.toContain('<img');
    expect(step.summary.split('\n').filter((line) => line.startsWith('::'))).toEqual([]);
  });

  it('masks the credentials a mirror names, and fails clearly when one is not set', async () => {
    await using server = await startHttpServer({
      root: mirrorOf('1.2', 'signed'),
      auth: { token: 's3cr3t-t0k3n' },
    });
    await using run = await job();
    const mirrors = `toy:\n  url: ${server.url}\n  access_token_variable: TOY_TOKEN\n`;
    const good = await run.check({ with: { mirrors }, env: { TOY_TOKEN: 's3cr3t-t0k3n' } });
    expect(good).toMatchObject({ exitCode: 0, outputs: { 'cache-hit': 'true' } });
    expect(good.masks).toContain('s3cr3t-t0k3n');
    expect(good.log).not.toContain('s3cr3t-t0k3n');
    const bad = await run.check({ with: { mirrors } });
    expect(bad.exitCode).toBe(1);
    expect(bad.annotations[0]?.message).toContain('TOY_TOKEN, which is not set');
  });

  it('waits for a mirror that hangs as long as the input says, and tries again as often', async () => {
    await using server = await startHttpServer({ fault: () => 'stall' });
    await using run = await job();
    const start = performance.now();
    const mirrors = `toy=${server.url}`;
    const step = await run.check({ with: { mirrors, timeout: '1', retries: '0', 'on-unknown': 'warn' } });
    expect(step).toMatchObject({ exitCode: 0, outputs: { 'unknown-count': '6' } });
    expect(performance.now() - start).toBeLessThan(25_000);
    for (const { attempt } of server.requests) expect(attempt).toBe(1);
    const wrong = await run.check({ with: { mirrors, timeout: 'soon', retries: '-1' } });
    expect(wrong.exitCode).toBe(1);
    expect(wrong.annotations[0]?.message).toMatch(/timeout.*retries/);
  });

  it('masks no user name, and no password that is a common word, so that outputs stay', async () => {
    await using server = await startHttpServer({
      root: mirrorOf('1.2', 'signed'),
      auth: { username: 'libtoy', password: 'toyapp' },
    });
    await using run = await job();
    const pair = '{id_variable: TOY_ID, secret_variable: TOY_SECRET}';
    const mirrors = `toy:\n  url: ${server.url}\n  access_pair: ${pair}\n`;
    const step = await run.check({ with: { mirrors }, env: { TOY_ID: 'libtoy', TOY_SECRET: 'toyapp' } });
    expect(step).toMatchObject({ exitCode: 0, outputs: { 'cache-hit': 'true' } });
    expect(step.masks.filter((mask) => /toy/.test(mask))).toEqual([]);
  });

  it('takes a percent sign in the password of a URL, and masks what was meant', async () => {
    await using server = await startHttpServer({
      root: mirrorOf('1.2', 'signed'),
      auth: { username: 'ci', password: '100%-s3cr3t' },
    });
    await using run = await job();
    const mirrors = `toy=${server.url.replace('://', '://ci:100%-s3cr3t@')}`;
    const step = await run.check({ with: { mirrors } });
    expect(step).toMatchObject({ exitCode: 0, outputs: { 'cache-hit': 'true' } });
    expect(step.masks).toContain('100%-s3cr3t');
    expect(step.log).not.toContain('s3cr3t');
  });

  it('reads what everybody may read where the credentials that are named are empty, and says so', async () => {
    await using server = await startRegistry({
      auth: { kind: 'bearer', username: 'u', password: 'p', publicPull: true },
    });
    server.repository('toy/cache');
    const names = { id_variable: 'USER_OF_IT', secret_variable: 'SECRET_OF_IT' };
    const mirrors = JSON.stringify({ toy: { url: `${server.url}toy/cache`, access_pair: names } });
    await using run = await job();
    const step = await run.check({ with: { mirrors }, env: { USER_OF_IT: '', SECRET_OF_IT: '' } });
    expect(step).toMatchObject({ exitCode: 0, outputs: { 'rebuild-count': '6', 'unknown-count': '0' } });
    expect(step.annotations[0]).toMatchObject({
      level: 'warning',
      message:
        'toy: it is read without the credentials that are named for it: USER_OF_IT and SECRET_OF_IT are empty',
    });
  });

  it.each([ROOT, join(ROOT, 'check'), join(ROOT, 'autopush')])(
    'writes the mirrors for the Spack steps of the job, whatever they answer: %s',
    async (folder) => {
      await using run = await job();
      const pair = '{id_variable: TOY_ID, secret_variable: TOY_SECRET}';
      const down = `down:\n  url: http://127.0.0.1:1/cache\n  access_pair: ${pair}\n  autopush: true\n  signed: false\n`;
      const step = await run.check(
        {
          with: { mirrors: down, 'spack-scope': true, 'install-tree': 'store', retries: 0 },
          env: { TOY_ID: 'builder', TOY_SECRET: 'hunter22' },
        },
        folder,
      );
      const scope = step.outputs['spack-scope'] ?? '';
      const text = readFileSync(join(scope, 'mirrors.yaml'), 'utf8');
      expect(parse(text).mirrors.down).toEqual({
        url: 'http://127.0.0.1:1/cache',
        access_pair: { id_variable: 'TOY_ID', secret_variable: 'TOY_SECRET' },
        signed: false,
        binary: true,
      });
      expect(text).not.toMatch(/hunter22|builder/);
      expect(readFileSync(join(scope, 'concretizer.yaml'), 'utf8')).toContain('type: buildcache');
      expect(step.log).toContain(`spack -C ${scope}`);
    },
  );

  it('has no scope for Spack where none is asked for', async () => {
    await using run = await job();
    const step = await run.check({ with: { mirrors: `toy=${mirrorOf('1.2', 'signed')}` } });
    expect(step.outputs['spack-scope']).toBe('');
  });

  it('is ended by cancellation', async () => {
    const controller = new AbortController();
    await using server = await startHttpServer({
      fault: () => {
        setTimeout(() => controller.abort(), 50);
        return 'stall';
      },
    });
    await using run = await job();
    const step = await run.check({ with: { mirrors: `toy=${server.url}` }, signal: controller.signal });
    expect(step).toMatchObject({ exitCode: 1, annotations: [{ level: 'error', message: 'cancelled' }] });
  });
});

describe('indices across jobs', () => {
  it('a second job downloads no index', async () => {
    await using cache = await startActionsCache();
    await using temp = await tempDir(); // a runner has the same folders every time
    await using server = await startHttpServer({ root: mirrorOf('1.2', 'signed') });
    const indexDownloads = () => server.requests.filter(({ path }) => path.startsWith('/blobs/')).length;
    for (const [expected, index] of [
      [1, 'downloaded'],
      [1, 'unchanged'],
    ] as const) {
      await using run = await job({ ...BUNDLE, services: cache.env, temp: temp.path });
      const step = await run.check({ with: { mirrors: `toy=${server.url}` } });
      expect(step).toMatchObject({ exitCode: 0, outputs: { 'cache-hit': 'true' } });
      expect(step.summary).toContain(`| ${index} |`);
      for (const post of await run.finish()) expect(post.exitCode).toBe(0);
      expect(indexDownloads()).toBe(expected);
    }
    expect(cache.entries()).toHaveLength(1);
  });

  it('a job goes on when the cache service fails, and asks for nothing when told not to', async () => {
    await using cache = await startActionsCache({ fault: () => 400 });
    await using server = await startHttpServer({ root: mirrorOf('1.2', 'signed') });
    await using run = await job({ services: cache.env });
    const without = await run.check({ with: { mirrors: `toy=${server.url}`, 'index-cache': false } });
    expect(without.outputs).toMatchObject({ 'cache-hit': 'true' });
    expect(cache.requests).toHaveLength(0);
    const step = await run.check({ with: { mirrors: `toy=${server.url}` } });
    expect(step).toMatchObject({ exitCode: 0, outputs: { 'cache-hit': 'true' } });
    for (const post of await run.finish()) expect(post.exitCode).toBe(0);
  });
});
