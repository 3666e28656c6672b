/** A whole mirror synced between storages of each kind: few specs in the unit tests, many in the stress tests. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SpecGraph } from '../../src/spec/graph.ts';
import { readLockfile } from '../../src/spec/lockfile.ts';
import { openFileStorage } from '../../src/storage/file/file.ts';
import type { Storage } from '../../src/storage/storage.ts';
import {
  assertSound,
  bucketDocuments,
  type Documents,
  folderDocuments,
  listedHashes,
  publishedHashes,
} from '../cache/mirror-state.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { generateMirror } from '../harness/generate-mirror.ts';
import { openS3 } from '../harness/s3-place.ts';
import { startS3Server } from '../harness/s3-server.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { moved, syncAll, tally } from './sync-fixture.ts';

/** The same manifests, byte for byte, all their blobs, and all of them listed. */
export function expectSame(found: Documents, expected: Documents): void {
  expect(manifests(found)).toEqual(manifests(expected));
  assertSound(found);
  expect(listedHashes(found)).toEqual(publishedHashes(expected));
}

export function syncShows(specs: number): void {
  let dir: Awaited<ReturnType<typeof tempDir>>;
  let graph: SpecGraph;
  let source: string;
  let index: string;
  beforeAll(async () => {
    dir = await tempDir();
    const environment = generateEnvironment({ specs, seed: 3 });
    graph = readLockfile(environment.lockfile, 'spack.lock');
    source = join(dir.path, 'source');
    index = join(dir.path, 'index');
    await generateMirror(source, environment);
  }, 60_000);
  afterAll(() => dir[Symbol.asyncDispose]());

  describe(`${specs} specs`, () => {
    it('from folder to folder; the second time nothing moves', async () => {
      const to = join(dir.path, 'release');
      const first = await syncAll(openFileStorage(source), openFileStorage(to), index, { graph });
      expect(tally(first)).toEqual({ copied: specs });
      expect(moved(first).through).toBe(0);
      expectSame(folderDocuments(to), folderDocuments(source));
      const before = stamps(to);
      const second = await syncAll(openFileStorage(source), openFileStorage(to), index, { graph });
      expect(tally(second)).toEqual({ present: specs });
      expect(second.mirrors[0]?.index).toMatchObject({ changed: false });
      expect(stamps(to)).toEqual(before);
    });

    it('from a folder to a bucket', async () => {
      const server = await startS3Server();
      const to = await openS3(server.url);
      try {
        const first = await syncAll(openFileStorage(source), to, index, { graph });
        expect(tally(first)).toEqual({ copied: specs });
        expectSame(bucketDocuments(server.objects, 'some/mirror'), folderDocuments(source));
        server.requests.length = 0;
        const second = await syncAll(openFileStorage(source), to, index, { graph });
        expect(tally(second)).toEqual({ present: specs });
        expect(server.requests.filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toEqual([]);
      } finally {
        await to.close();
        await server.close();
      }
    });

    it('from bucket to bucket, without one byte of a blob through us', async () => {
      const server = await startS3Server({ buckets: ['from', 'to'] });
      const [from, to] = await Promise.all(['from', 'to'].map((bucket) => openS3(server.url, { bucket })));
      try {
        if (from === undefined || to === undefined) throw new Error('no bucket');
        await fill(from, source);
        server.requests.length = 0;
        const first = await syncAll(from, to, index, { graph, options: { updateIndex: false } });
        expect(tally(first)).toEqual({ copied: specs });
        const blobs = server.requests.filter(({ key }) => key.includes('/blobs/'));
        const moving = blobs.filter(
          ({ method, headers }) =>
            method === 'GET' || (method === 'PUT' && !('x-amz-copy-source' in headers)),
        );
        expect(moving).toEqual([]);
        // One copy for each blob, and hardly anything asked for: what is there was listed.
        expect(blobs.length).toBe(2 * specs);
        await syncAll(from, to, index, { graph });
        const copied = [...server.objects].filter(([key]) => key.startsWith('to/'));
        expectSame(
          new Map(copied.map(([key, { content }]) => [key.slice('to/some/mirror/'.length), content])),
          folderDocuments(source),
        );
      } finally {
        await from?.close();
        await to?.close();
        await server.close();
      }
    });
  });
}

function manifests(documents: Documents): Map<string, string> {
  const found = [...documents].filter(([key]) => key.startsWith('v3/manifests/spec/'));
  return new Map(found.map(([key, bytes]) => [key, bytes.toString()]));
}

/** All that is in a folder, in a bucket. */
async function fill(bucket: Storage, folder: string): Promise<void> {
  for (const [key, bytes] of folderDocuments(folder)) await bucket.put(key, bytes);
}

function stamps(folder: string): Map<string, number> {
  return new Map(
    [...folderDocuments(folder).keys()].map((key) => [key, statSync(join(folder, key)).mtimeMs]),
  );
}
