import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openHostCache } from '../../src/github/cache.ts';
import { type CacheOptions, startActionsCache } from '../harness/actions-cache.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { entry, pax, tgz } from '../package/make-tar.ts';

/** A folder to keep, and a cache to keep it in. The toolkit reads `process.env` and prints to stdout. */
async function keeping(options: CacheOptions & { timeoutMs?: number; mostBytes?: number } = {}) {
  const service = await startActionsCache(options);
  const dir = await tempDir();
  const env = { ...service.env, GITHUB_WORKSPACE: dir.path, RUNNER_TEMP: dir.path };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const warnings: string[] = [];
  const warn = (message: string) => void warnings.push(message);
  const cache = openHostCache(env, { ...options, warn });
  if (cache === undefined) throw new Error('the cache is there');
  const folder = join(dir.path, 'index');
  mkdirSync(folder);
  return {
    cache,
    service,
    folder,
    file: join(folder, 'file'),
    warnings,
    printed: () => printed.mock.calls.map(([text]) => String(text)).join(''),
    async [Symbol.asyncDispose]() {
      printed.mockRestore();
      await service.close();
      await dir[Symbol.asyncDispose]();
    },
  };
}

afterEach(() => {
  vi.unstubAllEnvs();
  // The toolkit may still be trying. Its service is gone, so it starts no tar any more.
  delete process.env['TAR_OPTIONS'];
  vi.restoreAllMocks();
});

describe('openHostCache', () => {
  it('keeps a folder from one run to the next', async () => {
    await using k = await keeping();
    writeFileSync(k.file, 'index');
    await k.cache.save(k.folder, 'buildcache-index-1');
    rmSync(k.file);
    expect(await k.cache.restore(k.folder, 'buildcache-index-2', ['buildcache-index-'])).toBe(
      'buildcache-index-1',
    );
    expect(readFileSync(k.file, 'utf8')).toBe('index');
    expect(await k.cache.restore(k.folder, 'other', [])).toBeUndefined();
    expect(k.warnings).toEqual([]);
  });

  it('restores into the folder only, whatever the archive says', async () => {
    await using k = await keeping();
    writeFileSync(k.file, 'index');
    await k.cache.save(k.folder, 'k');
    const at = (...names: string[]) => join(k.folder, '..', ...names);
    mkdirSync(at('home'), { mode: 0o700 });
    writeFileSync(at('home', 'secret'), 'secret');
    const link = (name: string, target: string, type = '2') => entry({ name, target, type });
    const file = (name: string, mode = 0o644) => entry({ name, mode, body: 'poison' });
    k.service.replace(
      'k',
      tgz(
        ...[file('index/file'), file(at('home', 'absolute')), file('../home/relative'), file('plain')],
        ...[link('link', at('home')), file('link/through'), link('home', '..'), file('home/through2')],
        ...[link('secret', at('home', 'secret')), file('secret'), link('hard', at('home/secret'), '1')],
        ...[
          entry({ name: '..', type: '5', mode: 0o777 }),
          entry({ name: at('home'), type: '5', mode: 0o777 }),
        ],
        ...[
          entry({ name: 'pipe', type: '6' }),
          pax({ path: at('home', 'pax') }),
          file('x'),
          file('suid', 0o4755),
        ],
      ),
    );
    vi.stubEnv('TAR_OPTIONS', '--ignore-zeros');
    expect(await k.cache.restore(k.folder, 'k', [])).toBe('k');
    expect(process.env['TAR_OPTIONS']).toBe('--ignore-zeros');
    const others = readdirSync(at()).filter((name) => !name.includes('-')); // the toolkit's own have one
    expect(others.sort()).toEqual(['home', 'index']);
    expect(readdirSync(at('home'))).toEqual(['secret']);
    expect(readFileSync(at('home', 'secret'), 'utf8')).toBe('secret');
    expect(statSync(at('home')).mode & 0o777).toBe(0o700);
    const files = ['absolute', 'file', 'hard', 'pax', 'plain', 'relative', 'secret', 'suid'];
    expect(readdirSync(k.folder).sort()).toEqual([...files, 'through', 'through2']);
    expect(statSync(join(k.folder, 'suid')).mode & 0o7777).toBe(0o755);
  });

  it('restores into the folder only, also names that are not UTF-8', async () => {
    await using k = await keeping();
    writeFileSync(k.file, 'index');
    await k.cache.save(k.folder, 'k');
    const bytes = (text: string) => Buffer.from(text, 'latin1');
    const file = (name: Buffer) => entry({ name, body: 'poison' });
    const through = ['\xff/../../one', '\xe2\x82/../../two', 'a\n\xe9/../../three', '\xff/four'].map(bytes);
    k.service.replace(
      'k',
      tgz(
        entry({ name: bytes('\xff'), type: '5' }),
        ...through.map(file),
        pax({ path: bytes('\xff/../../five') }),
        file(bytes('x')),
      ),
    );
    vi.stubEnv('LC_ALL', 'C.UTF-8');
    expect(await k.cache.restore(k.folder, 'k', [])).toBeUndefined();
    expect(k.warnings).toEqual([
      expect.stringContaining('more was restored than a job keeps, or other names'),
    ]);
    const others = readdirSync(join(k.folder, '..')).filter((name) => !name.includes('-'));
    expect(others).toEqual(['index']);
    expect(readdirSync(k.folder)).toEqual([]);
  });

  it.each([
    ['is short, and full of zeros', () => entry({ name: 'zeros', body: Buffer.alloc(1024 ** 2) })],
    [
      'has a file that is all hole',
      () => {
        const map = entry({ name: 'x', body: Buffer.from('1\n5000000000000\n0\n'.padEnd(512, '\0')) });
        const hole = { 'GNU.sparse.major': '1', 'GNU.sparse.minor': '0', 'GNU.sparse.name': 'hole' };
        return Buffer.concat([pax({ ...hole, 'GNU.sparse.realsize': '5000000000000' }), map]);
      },
    ],
  ])('keeps nothing of an archive that %s', async (_, archive) => {
    await using k = await keeping({ mostBytes: 100_000 });
    writeFileSync(k.file, 'index');
    await k.cache.save(k.folder, 'k');
    k.service.replace('k', tgz(archive()));
    expect(await k.cache.restore(k.folder, 'k', [])).toBeUndefined();
    expect(k.warnings).toEqual([expect.stringContaining('more was restored than a job keeps')]);
    expect(readdirSync(k.folder)).toEqual([]);
    expect(readdirSync(join(k.folder, '..')).filter((name) => name.includes('refused'))).toEqual([]);
  });

  it('saves nothing that no job would restore', async () => {
    await using k = await keeping({ mostBytes: 100_000 });
    mkdirSync(join(k.folder, 'below'));
    for (const file of [k.file, join(k.folder, 'below', 'file')]) writeFileSync(file, Buffer.alloc(60_000));
    await k.cache.save(k.folder, 'k');
    expect(k.service.entries()).toEqual([]);
    expect(k.warnings).toEqual([expect.stringMatching(/could not save .*more is kept than a job restores/)]);
  });

  it('stops an archive that would fill the disk', async () => {
    await using k = await keeping({ mostBytes: 500_000 });
    writeFileSync(k.file, 'index');
    await k.cache.save(k.folder, 'k');
    k.service.replace(
      'k',
      tgz(...['a', 'b', 'c', 'last'].map((name) => entry({ name, body: Buffer.alloc(400_000) }))),
    );
    expect(await k.cache.restore(k.folder, 'k', [])).toBeUndefined();
    expect(k.printed()).toMatch(/Failed to restore.*tar/);
  });

  it.each(['a,b', "a'b", 'a&b', 'a\\b', 'a$b'])('restores nothing into a folder called %s', async (name) => {
    await using k = await keeping();
    const folder = join(k.folder, name);
    mkdirSync(folder);
    expect(await k.cache.restore(folder, 'k', [])).toBeUndefined();
    expect(k.warnings).toEqual([expect.stringContaining('another RUNNER_TEMP')]);
  });

  it('restores nothing with another tar than GNU', async () => {
    await using k = await keeping();
    vi.stubEnv('PATH', k.folder);
    for (const name of ['tar', 'gtar'])
      writeFileSync(join(k.folder, name), '#!/bin/sh\necho bsdtar\n', { mode: 0o755 });
    expect(await k.cache.restore(k.folder, 'k', [])).toBeUndefined();
    expect(k.warnings).toEqual([expect.stringMatching(/GNU tar only.*on the PATH/)]);
  });

  it('goes on when the service fails', async () => {
    await using k = await keeping({ fault: () => 403 });
    writeFileSync(k.file, 'index');
    await k.cache.save(k.folder, 'k');
    expect(await k.cache.restore(k.folder, 'k', [])).toBeUndefined();
    expect(k.printed()).toMatch(/::warning::Failed to restore/);
  });

  it('goes on, with a warning, when the toolkit refuses or finds nothing to save', async () => {
    await using k = await keeping();
    expect(await k.cache.restore(k.folder, 'a,b', [])).toBeUndefined();
    await k.cache.save(join(k.folder, 'none'), 'k');
    expect(k.warnings).toEqual([
      expect.stringMatching(/^could not restore from the GitHub Actions cache: .*cannot contain commas/),
      expect.stringMatching(/^could not save to the GitHub Actions cache: .*Path Validation Error/),
    ]);
  });

  it('does not wait for ever', async () => {
    await using k = await keeping({ fault: () => 503, timeoutMs: 50 });
    expect(await k.cache.restore(k.folder, 'k', [])).toBeUndefined();
    expect(k.warnings).toEqual([
      'could not restore from the GitHub Actions cache: no end after 0.05 seconds',
    ]);
  });

  it('restores one thing at a time: what the first may still unpack must not be told the second folder', async () => {
    await using k = await keeping();
    await Promise.all([k.cache.restore(k.folder, 'k', []), k.cache.restore(k.folder, 'k', [])]);
    expect(k.warnings).toEqual([
      'could not restore from the GitHub Actions cache: another restore of this job has not ended',
    ]);
  });

  it('gives up a service that is out of reach at once, says so once, and is not there for the post step', async () => {
    await using dir = await tempDir();
    const state = join(dir.path, 'state');
    writeFileSync(state, '');
    for (const [url, answerMs] of [
      ['http://127.0.0.1:1/', 60_000], // refuses
      [(await silentServer()).url, 100], // takes the connection, and says nothing
    ] as const) {
      const env = { ACTIONS_CACHE_SERVICE_V2: 'True', ACTIONS_RESULTS_URL: url, ACTIONS_RUNTIME_TOKEN: 't' };
      const job = { ...env, GITHUB_STATE: state };
      const warnings: string[] = [];
      const options = { warn: (text: string) => void warnings.push(text), answerMs };
      const cache = openHostCache(job, options);
      const started = Date.now();
      expect(await cache?.restore(dir.path, 'k', [])).toBeUndefined();
      await cache?.save(dir.path, 'k');
      expect(Date.now() - started).toBeLessThan(20_000);
      expect(warnings).toEqual([
        expect.stringMatching(/^going on without the GitHub Actions cache \(index-cache .*\): http:/),
      ]);
      // Another part of the same step, and the post step.
      expect(openHostCache(job, options)).toBeUndefined();
      expect(readFileSync(state, 'utf8')).toContain('actions-cache-silent');
      expect(openHostCache({ ...env, 'STATE_actions-cache-silent': 'true' }, options)).toBeUndefined();
    }
  });

  it('says one thing of a service that is silent for longer than a whole restore may take', async () => {
    const job = { ACTIONS_CACHE_SERVICE_V2: 'True', ACTIONS_RUNTIME_TOKEN: 't' };
    const warnings: string[] = [];
    const cache = openHostCache(
      { ...job, ACTIONS_RESULTS_URL: (await silentServer()).url },
      { warn: (text) => void warnings.push(text), timeoutMs: 10, answerMs: 100 },
    );
    expect(await cache?.restore('/x', 'k', [])).toBeUndefined();
    expect(warnings).toEqual([expect.stringContaining('going on without the GitHub Actions cache')]);
  });

  it('takes any answer for a sign of life', async () => {
    await using k = await keeping({ fault: () => 500, timeoutMs: 50 });
    expect(await k.cache.restore(k.folder, 'k', [])).toBeUndefined();
    expect(k.warnings.join()).not.toContain('going on without');
  });

  it('is not there without a service', () => {
    const token = { ACTIONS_RUNTIME_TOKEN: 't' };
    const options = { warn: () => undefined };
    expect(openHostCache({}, options)).toBeUndefined();
    expect(openHostCache({ ...token, ACTIONS_CACHE_SERVICE_V2: 'True' }, options)).toBeUndefined();
    expect(openHostCache({ ACTIONS_CACHE_URL: 'http://x' }, options)).toBeUndefined();
    expect(openHostCache({ ...token, ACTIONS_CACHE_URL: 'http://x' }, options)).toBeDefined();
  });
});

/** Takes connections, and never answers. */
async function silentServer(): Promise<{ readonly url: string }> {
  const server = createServer((socket) => void socket.on('error', () => undefined));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it has a port');
  return { url: `http://127.0.0.1:${address.port}/` };
}
