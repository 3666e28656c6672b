import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CacheOptions, startActionsCache } from './actions-cache.ts';
import { writeAction } from './fake-action.ts';
import { startJob } from './runner.ts';
import { tempDir } from './temp-dir.ts';

/** A job with the fake service, and an action that calls the real `@actions/cache` (which is long in loading). */
async function caching(options: CacheOptions = {}) {
  const cache = await startActionsCache(options);
  const dir = await tempDir();
  await writeAction(dir.path, {
    'action.yml': 'inputs: {do: {}, keys: {}}\nruns: {using: node24, main: main.mjs}',
  });
  const main = async () => {
    const toolkit = await import('@actions/cache');
    const [key = '', ...rest] = String(process.env['INPUT_KEYS']).split(' ');
    const result =
      process.env['INPUT_DO'] === 'save'
        ? await toolkit.saveCache(['stuff'], key)
        : await toolkit.restoreCache(['stuff'], key, rest);
    await appendFile(String(process.env['GITHUB_OUTPUT']), `result=${result ?? 'none'}\n`);
  };
  const job = await startJob({ services: cache.env, here: () => main });
  const file = join(job.workspace, 'stuff', 'file');
  const call = async (what: 'save' | 'restore', ...keys: string[]) => {
    const step = await job.uses(dir.path, { with: { do: what, keys: keys.join(' ') } });
    return { result: step.outputs['result'], log: step.log, annotations: step.annotations };
  };
  return {
    cache,
    file,
    save: async (key: string, content: string | Buffer) => {
      await mkdir(join(job.workspace, 'stuff'), { recursive: true });
      await writeFile(file, content);
      const saved = await call('save', key);
      await rm(file);
      return saved;
    },
    restore: (...keys: string[]) => call('restore', ...keys),
    async [Symbol.asyncDispose]() {
      await job[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
      await cache.close();
    },
  };
}

describe('with the real @actions/cache', () => {
  it('saves and restores, exactly and by prefix, newest first', async () => {
    await using c = await caching();
    expect((await c.save('index-a-1', 'one')).result).toBe('1');
    expect((await c.save('index-a-2', 'two')).result).toBe('2');
    expect(c.cache.entries().map((entry) => entry.key)).toEqual(['index-a-1', 'index-a-2']);

    const exact = await c.restore('index-a-1');
    expect([exact.result, await readFile(c.file, 'utf8'), exact.annotations]).toEqual([
      'index-a-1',
      'one',
      [],
    ]);
    expect((await c.restore('index-b-1', 'index-a-')).result).toBe('index-a-2');
    expect(await readFile(c.file, 'utf8')).toBe('two');
    expect((await c.restore('index-b-1', 'other-')).result).toBe('none');
    expect(c.cache.requests.map((r) => [r.what, r.status])).toEqual([
      ...[1, 2].flatMap(() => [
        ['CreateCacheEntry', 200],
        ['PUT blob', 201],
        ['FinalizeCacheEntryUpload', 200],
      ]),
      ...[1, 2].flatMap(() => [
        ['GetCacheEntryDownloadURL', 200],
        ['GET blob', 200],
      ]),
      ['GetCacheEntryDownloadURL', 200],
    ]);
  });

  it('never changes an entry', async () => {
    await using c = await caching();
    await c.save('k', 'one');
    const again = await c.save('k', 'two');
    expect([again.result, again.annotations]).toEqual(['-1', []]);
    expect(again.log).toContain('Unable to reserve cache with key k');
    await c.restore('k');
    expect(await readFile(c.file, 'utf8')).toBe('one');
  });

  it('fails as asked, and refuses strangers', async () => {
    await using c = await caching({ fault: (r) => (r.what === 'GET blob' ? 403 : undefined) });
    await c.save('k', 'one');
    const restored = await c.restore('k');
    expect([restored.result, restored.annotations.length]).toEqual(['none', 1]);
    const post = (path: string) => fetch(c.cache.url + path, { method: 'POST', body: '{}' });
    const path = '/twirp/github.actions.results.api.v1.CacheService/GetCacheEntryDownloadURL';
    expect((await post(path)).status).toBe(401);
    expect((await fetch(`${c.cache.url}/account/cache/x?sig=guess`, { method: 'HEAD' })).status).toBe(403);
  });
});

it('takes blocks, as the toolkit sends from 128 MiB on', async () => {
  const { BlockBlobClient } = await import('@azure/storage-blob');
  await using cache = await startActionsCache();
  const call = async (method: string, body: object) => {
    const answer = await fetch(`${cache.url}/twirp/github.actions.results.api.v1.CacheService/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${cache.env['ACTIONS_RUNTIME_TOKEN']}` },
      body: JSON.stringify({ key: 'big', version: 'v', ...body }),
    });
    return (await answer.json()) as Record<string, string>;
  };
  const { signed_upload_url = '' } = await call('CreateCacheEntry', {});
  const content = Buffer.from('0123456789'.repeat(300));
  await new BlockBlobClient(signed_upload_url).uploadData(content, {
    blockSize: 1024,
    maxSingleShotSize: 1024,
  });
  expect(await call('FinalizeCacheEntryUpload', { size_bytes: '2999' })).toMatchObject({ ok: false });
  expect(await call('FinalizeCacheEntryUpload', { size_bytes: '3000' })).toMatchObject({ ok: true });
  const { signed_download_url = '' } = await call('GetCacheEntryDownloadURL', {});
  expect(Buffer.from(await (await fetch(signed_download_url)).arrayBuffer())).toEqual(content);
});
