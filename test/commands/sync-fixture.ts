/** Syncs between storages with the options a test does not care about. */

import type { EntryReader } from '../../src/cache/entries.ts';
import { openIndexStore } from '../../src/cache/index/store.ts';
import { openLayout3 } from '../../src/cache/layouts/layout3.ts';
import { nameInPlace } from '../../src/cache/reading/entry-url.ts';
import { openLayout3Writer } from '../../src/cache/writing/cache-writer.ts';
import { type SyncJob, type SyncOptions, type SyncTask, sync } from '../../src/commands/sync.ts';
import type { SyncOutcome, SyncResult } from '../../src/plan/sync-result.ts';
import { SILENT } from '../../src/report/reporter.ts';
import type { SpecGraph } from '../../src/spec/graph.ts';
import type { Storage, StorageReader } from '../../src/storage/storage.ts';

export interface SyncFixture extends Partial<SyncTask> {
  /** Specs that are known, as those of an environment are. */
  readonly graph?: SpecGraph;
  readonly readers?: readonly EntryReader[];
  readonly trust?: Parameters<typeof sync>[0]['work']['tasks'][number]['jobs'][number]['source']['trust'];
  readonly options?: Partial<SyncOptions>;
}

/** Everything that is in one storage, to another. */
export async function syncAll(
  from: StorageReader,
  to: Storage,
  indexFolder: string,
  fixture: SyncFixture = {},
): Promise<SyncResult> {
  const { graph, trust, readers = [openLayout3(from, undefined)], options = {}, ...task } = fixture;
  const whole: SyncTask = {
    name: 'release',
    cache: openLayout3Writer(to, undefined),
    signed: false,
    resign: false,
    openSigner: () => Promise.reject(new Error('nothing to sign')),
    refused: [],
    nodes: new Map(graph?.nodes),
    jobs: task.jobs ?? (await listJobs(from, { ...fixture, readers })),
    ...task,
  };
  const index = { store: openIndexStore(indexFolder), ttlMs: 0 };
  return await sync(
    {
      work: { tasks: [whole], refused: [] },
      hardLink: false,
      updateIndex: true,
      dryRun: false,
      jobs: 8,
      index,
      signal: new AbortController().signal,
      ...options,
    },
    SILENT,
  );
}

/** To copy everything that is in a storage. */
export async function listJobs(
  from: StorageReader,
  {
    graph,
    trust,
    readers = [openLayout3(from, undefined)],
  }: Pick<SyncFixture, 'graph' | 'trust' | 'readers'> = {},
): Promise<SyncJob[]> {
  const source = { readers, trust, url: from.url };
  const jobs: SyncJob[] = [];
  for (const reader of readers) {
    for await (const { key, hash } of reader.list?.() ?? []) {
      const name = nameInPlace({ layout: reader.layout, key, hash });
      jobs.push({ source, wanted: { hash, at: { reader, key }, name, node: graph?.nodes.get(hash) } });
    }
  }
  return jobs;
}

/** How many entries came to what, of all mirrors. */
export function tally(result: SyncResult): Partial<Record<SyncOutcome['kind'], number>> {
  const counts: Partial<Record<SyncOutcome['kind'], number>> = {};
  for (const { outcome } of result.mirrors.flatMap(({ specs }) => specs)) {
    counts[outcome.kind] = (counts[outcome.kind] ?? 0) + 1;
  }
  return counts;
}

/** Bytes of blobs, by the way they took. */
export function moved(result: SyncResult): { between: number; through: number } {
  const sum = { between: 0, through: 0 };
  for (const { outcome } of result.mirrors.flatMap(({ specs }) => specs)) {
    if (outcome.kind !== 'copied') continue;
    sum.between += outcome.between;
    sum.through += outcome.through;
  }
  return sum;
}
