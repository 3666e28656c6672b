/**
 * Prunes, one or two at once, beside pushes in a process of their own, over and over: whatever the order of things,
 * there is never a manifest with a missing blob once all are done. PRUNE_STRESS_ROUNDS says how often.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openLayout3Writer } from '../../src/cache/writing/cache-writer.ts';
import { prune } from '../../src/commands/prune.ts';
import { openFileStorage } from '../../src/storage/file/file.ts';
import type { Storage } from '../../src/storage/storage.ts';
import {
  assertSound,
  bucketDocuments,
  type Documents,
  folderDocuments,
  publishedHashes,
} from '../cache/mirror-state.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { generateStore } from '../harness/generate-store.ts';
import { openS3 } from '../harness/s3-place.ts';
import { startS3Server } from '../harness/s3-server.ts';
import { tempDir } from '../harness/temp-dir.ts';

const ROUNDS = Number(process.env['PRUNE_STRESS_ROUNDS'] ?? 5);
const environment = generateEnvironment({ specs: 24, seed: 11 });
const hashes = new Set(
  [...environment.nodes.values()].filter(({ external }) => external === undefined).map(({ hash }) => hash),
);

/** @param delay milliseconds before and after each write, so that every moment has its chance */
async function push(store: string, mirror: string, delay = 0): Promise<void> {
  const file = fileURLToPath(new URL('./push-process.ts', import.meta.url));
  const child = spawn(process.execPath, [file, store, mirror, '0', '1', `${delay}`], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
}

/** Prunes again and again until told to stop. @returns what became of blobs */
async function pruneUntil(
  storage: Storage,
  done: () => boolean,
): Promise<{ removed: number; putBack: number }> {
  const cache = openLayout3Writer(storage, undefined);
  const sum = { removed: 0, putBack: 0 };
  while (!done()) {
    const { blobs, problems } = await prune({
      cache,
      lists: [],
      roots: [],
      pins: [],
      olderThanMs: undefined,
      maxBytes: undefined,
      mayRemoveAll: true, // no entry is there
      graceMs: 3_600_000,
      dryRun: false,
      jobs: 4,
      signal: new AbortController().signal,
    });
    expect(problems).toEqual([]);
    sum.removed += blobs?.removed.count ?? 0;
    sum.putBack += blobs?.putBack ?? 0;
    await sleep(5);
  }
  return sum;
}

interface Place {
  /** For the process that pushes. */
  readonly url: string;
  readonly storage: Storage;
  /** Removes all manifests and makes everything old: no blob is named any more. */
  orphan(): Promise<void>;
  documents(): Documents;
}

async function race(store: string, place: Place): Promise<void> {
  await push(store, place.url);
  let removed = 0;
  for (let round = 0; round < ROUNDS; round++) {
    await place.orphan();
    let isDone = false;
    const pushing = push(store, place.url, round % 4).finally(() => {
      isDone = true;
    });
    // The push finds some of its blobs and names them while they are taken away; others are gone before.
    await sleep(Math.random() * 600);
    // Every second time there are two of them.
    const prunes = Array.from({ length: 1 + (round % 2) }, () => pruneUntil(place.storage, () => isDone));
    const [sums] = await Promise.all([Promise.all(prunes), pushing]);
    for (const sum of sums) removed += sum.removed;
    assertSound(place.documents());
    expect(publishedHashes(place.documents())).toEqual(hashes);
  }
  expect(removed).toBeGreaterThan(0);
}

describe(`a prune beside a push that uses old blobs, ${ROUNDS} times`, () => {
  it('leaves a sound file mirror', async () => {
    await using dir = await tempDir();
    const store = join(dir.path, 'store');
    const mirror = join(dir.path, 'mirror');
    generateStore(store, environment);
    const storage = openFileStorage(mirror);
    await race(store, {
      url: mirror,
      storage,
      orphan: async () => {
        for (const key of folderDocuments(mirror).keys()) {
          if (key.startsWith('v3/manifests/')) await storage.delete(key);
          else utimesSync(join(mirror, key), 1, 1);
        }
      },
      documents: () => folderDocuments(mirror),
    });
  });

  it('leaves a sound bucket', async () => {
    await using dir = await tempDir();
    const store = join(dir.path, 'store');
    generateStore(store, environment);
    const server = await startS3Server();
    const storage = await openS3(server.url);
    try {
      await race(store, {
        url: server.url,
        storage,
        orphan: async () => {
          for (const [key, object] of server.objects) {
            if (key.includes('/v3/manifests/')) server.objects.delete(key);
            else server.objects.set(key, { ...object, modified: new Date(1000) });
          }
        },
        documents: () => bucketDocuments(server.objects, 'some/mirror'),
      });
    } finally {
      await storage.close();
      await server.close();
    }
  });
});
