import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { openIndexStore } from '../../../src/cache/index/store.ts';
import { sha256 } from '../../../src/core/digest.ts';
import {
  rememberIndexCache,
  restoreIndexCache,
  saveIndexCache,
} from '../../../src/entry/action/index-cache.ts';
import type { Mirror } from '../../../src/mirrors/mirror.ts';
import { SILENT } from '../../../src/report/reporter.ts';
import { startActionsCache } from '../../harness/actions-cache.ts';
import { tempDir } from '../../harness/temp-dir.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const MIRRORS = ['https://a.example/m', 'https://b.example/m'].map((url) => ({ fetch: { url } }) as Mirror);
const mirror = (id: string) => ({ id, storage: { hidden: undefined } });

it.each([
  ['a runner that empties its folder', true],
  ['a machine that keeps it', false],
])('a job saves of each mirror the newest index, on %s', async (_, isEmptied) => {
  await using service = await startActionsCache();
  await using dir = await tempDir();
  const state = join(dir.path, 'state');
  const env = { ...service.env, GITHUB_WORKSPACE: dir.path, RUNNER_TEMP: dir.path, GITHUB_STATE: state };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const warnings: string[] = [];

  /** @param indices what mirrors have when they are asked, by mirror */
  const job = async (indices: Readonly<Record<string, Buffer>>) => {
    writeFileSync(state, '');
    const cache = await restoreIndexCache(env, MIRRORS, SILENT);
    if (cache === undefined) throw new Error('the cache is there');
    const store = openIndexStore(cache.folder);
    for (const [id, bytes] of Object.entries(indices)) {
      const digest = sha256(bytes);
      const writer = await store.write();
      await writer.write(bytes);
      await writer.commit(digest);
      await writer.discard();
      const about = { key: 'k', size: undefined, etag: undefined, compression: 'none' } as const;
      await store.remember(mirror(id), { ...about, sha256: digest }, digest);
    }
    await rememberIndexCache(env, cache);
    const [, key] = /^index-cache-key<<.*\n(.*)$/m.exec(readFileSync(state, 'utf8')) ?? [];
    const saved = { 'STATE_index-cache-key': key, 'STATE_index-cache-folder': cache.folder };
    await saveIndexCache({ ...env, ...saved }, (text) => void warnings.push(text));
    if (isEmptied) rmSync(cache.folder, { recursive: true });
    return key;
  };

  const other = randomBytes(10_000);
  const versions = Array.from({ length: 3 }, () => randomBytes(100_000));
  for (const [i, bytes] of versions.entries()) await job(i === 0 ? { a: bytes, b: other } : { a: bytes });
  const sizes = service.entries().map(({ size }) => size);
  expect(sizes).toHaveLength(3);
  for (const size of sizes) expect(size).toBeLessThan(150_000);

  // Nothing is new, and nothing is saved. The mirror that was not asked in between still has its index here.
  expect(await job({})).toBeUndefined();
  const cache = await restoreIndexCache(env, MIRRORS, SILENT);
  const store = openIndexStore(cache?.folder ?? '');
  for (const [id, bytes] of [
    ['a', versions[2] ?? other],
    ['b', other],
  ] as const) {
    expect((await store.recall(mirror(id)))?.document).toBe(sha256(bytes));
    const found = await store.read(sha256(bytes), bytes.length);
    expect(found?.size).toBe(bytes.length);
    found?.text.destroy();
  }
  expect(warnings).toEqual([]);
});
