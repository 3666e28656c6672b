import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLayout3 } from '../../src/cache/layouts/layout3.ts';
import type { SyncJob, SyncTask } from '../../src/commands/sync.ts';
import { dependenciesFirst } from '../../src/commands/sync-order.ts';
import { BuildcacheError, type ErrorCode } from '../../src/core/errors.ts';
import type { StorageReader } from '../../src/storage/storage.ts';
import { type RegistryPlace, registryPlace } from '../cache/registry-place.ts';

let place: RegistryPlace;
beforeAll(async () => {
  place = await registryPlace();
});
afterAll(() => place.close());

/** 100 specs nobody knows, at a mirror that answers each question in this way. @returns what it was asked, and the order */
async function ask(code: ErrorCode): Promise<{ asked: number; ordered: readonly string[] }> {
  let asked = 0;
  const refuse = () => {
    asked++;
    return Promise.reject(new BuildcacheError(code, 'no'));
  };
  const storage: StorageReader = {
    url: 'https://gone.example',
    get: refuse,
    head: refuse,
    close: async () => {},
  };
  const reader = openLayout3(storage, undefined);
  const source = { readers: [reader], trust: undefined, url: storage.url };
  const jobs = Array.from({ length: 100 }, (_, i): SyncJob => {
    const hash = `${'a'.repeat(30)}${'abcdefghij'[Math.floor(i / 10)]}${'abcdefghij'[i % 10]}`;
    const at = { reader, key: `v3/manifests/spec/toy/toy-1.0-${hash}.spec.manifest.json` };
    return { source, wanted: { hash, at, name: undefined, node: undefined } };
  });
  const task: Pick<SyncTask, 'jobs' | 'nodes' | 'cache' | 'signed' | 'resign'> = {
    jobs,
    nodes: new Map(),
    cache: place.writer,
    signed: false,
    resign: false,
  };
  const { jobs: ordered } = await dependenciesFirst(task, { jobs: 4, signal: new AbortController().signal });
  return { asked, ordered: ordered.map(({ wanted }) => wanted.hash) };
}

test.each<ErrorCode>(['unreachable', 'server-error', 'denied'])(
  'a mirror that is gone (%s) is not asked a hundred times for the order alone',
  async (code) => {
    const { asked, ordered } = await ask(code);
    expect(asked).toBeGreaterThan(7);
    expect(asked).toBeLessThan(20);
    expect(new Set(ordered).size).toBe(100);
  },
);

test('entries that are broken say nothing of the others', async () => {
  expect((await ask('corrupt')).asked).toBe(100);
});
