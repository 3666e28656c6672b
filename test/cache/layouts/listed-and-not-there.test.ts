/**
 * A server may list a document and say for a moment, or for good, that it is not there, or send only a part of it. What such
 * a document names is not known then, so nothing goes.
 */
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { blobKey, specManifestKey } from '../../../src/cache/layouts/layout3.ts';
import { formatManifest } from '../../../src/cache/layouts/manifest.ts';
import { namedBlobs } from '../../../src/cache/layouts/named-blobs.ts';
import { pruneBlobs } from '../../../src/cache/layouts/prune-blobs.ts';
import { blobRecord } from '../../../src/cache/layouts/put-blob.ts';
import { layout3Stamps } from '../../../src/cache/layouts/stamps.ts';
import { openLayout3Writer } from '../../../src/cache/writing/cache-writer.ts';
import { neededSince } from '../../../src/commands/prune-evidence.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import { memoryStorage, type Objects } from '../memory-storage.ts';

const OLD = new Date(Date.now() - 48 * 3_600_000);
const HASH = 'a'.repeat(32);
const MANIFEST = specManifestKey({ name: 'toy', version: '1', hash: HASH });

function mirror(): Objects {
  const blobs = [gzipSync('tarball'), gzipSync('{}')];
  const [tarball, spec] = blobs.map((bytes, i) => blobRecord(i === 0 ? 'tarball' : 'spec', bytes, 'gzip'));
  const objects: Objects = new Map();
  if (tarball === undefined || spec === undefined) return objects;
  blobs.forEach((bytes, i) => {
    objects.set(blobKey([tarball, spec][i]?.sha256 ?? ''), { bytes, modified: OLD });
  });
  objects.set(MANIFEST, { bytes: Buffer.from(formatManifest([tarball, spec])), modified: OLD });
  return objects;
}

/** @param times how often it says so of that key */
function hiding(objects: Objects, hidden: string, times: number): Storage {
  const storage = memoryStorage(objects, true);
  let left = times;
  return {
    ...storage,
    get: async (key, options) => (key === hidden && left-- > 0 ? undefined : await storage.get(key, options)),
  };
}

describe.concurrent('a document that is listed and not there', () => {
  const options = { graceMs: 3_600_000, jobs: 2, dryRun: false };

  it('is asked for again, and what it names stays', async () => {
    const objects = mirror();
    const pruned = await pruneBlobs(hiding(objects, MANIFEST, 1), options);
    expect(pruned).toMatchObject({ removed: { count: 0 }, unclear: undefined });
    expect(objects.size).toBe(3);
  });

  it('may name any blob where it stays away', async () => {
    const objects = mirror();
    objects.set(blobKey('f'.repeat(64)), { bytes: Buffer.from('nobody'), modified: OLD });
    const pruned = await pruneBlobs(hiding(objects, MANIFEST, Number.POSITIVE_INFINITY), options);
    expect(pruned.removed.count).toBe(0);
    expect(pruned.unclear).toMatch(/toy-1-.*listed, and not there/);
    expect(objects.size).toBe(4);
  });

  it('names nothing once it is gone, and is read when it comes back', async () => {
    const objects = mirror();
    const [blob = ''] = [...objects.keys()];
    const before = objects.get(MANIFEST);
    const storage = memoryStorage(objects, true);
    const named = namedBlobs(
      {
        ...storage,
        get: async (key, how) => {
          if (key === MANIFEST) objects.delete(key);
          return await storage.get(key, how);
        },
      },
      1,
    );
    await named.look();
    expect([named.unclear, named.has(blob.slice(-64))]).toEqual([undefined, false]);
    const again = namedBlobs(storage, 1);
    await again.look();
    if (before !== undefined) objects.set(MANIFEST, before);
    await again.look();
    expect(again.has(blob.slice(-64))).toBe(true);
  });

  it('may need anything that is about to go', async () => {
    const cache = openLayout3Writer(hiding(mirror(), MANIFEST, Number.POSITIVE_INFINITY), undefined);
    const problems: string[] = [];
    const about = {
      jobs: 1,
      onProblem: (text: string) => problems.push(text),
      signal: new AbortController().signal,
    };
    const now = [{ key: MANIFEST, hash: HASH, modified: new Date() }];
    expect(await neededSince(cache, { before: [], now, held: new Set() }, about)).toBeUndefined();
    expect(problems.join()).toMatch(/not there/);
  });

  it.each(['', '{', '{"version":3,"data":[{"checksum":"'])(
    'may name any blob where only %j of it came',
    async (part) => {
      const objects = mirror();
      const storage = memoryStorage(objects, true);
      const cutting: Storage = {
        ...storage,
        get: async (key, how) => {
          const found = await storage.get(key, how);
          if (typeof found !== 'object' || key !== MANIFEST) return found;
          return { ...found, size: part.length, body: Readable.from(part === '' ? [] : [Buffer.from(part)]) };
        },
      };
      const pruned = await pruneBlobs(cutting, options);
      expect(pruned.removed.count).toBe(0);
      expect(pruned.unclear).toMatch(/toy-1-.* bytes of it came/);
      expect(objects.size).toBe(3);
      // What is so short in the storage itself was cut short by whoever wrote it.
      objects.set(MANIFEST, { bytes: Buffer.from(part), modified: OLD });
      expect(await pruneBlobs(storage, options)).toMatchObject({ removed: { count: 2 }, unclear: undefined });
    },
  );

  it('is no day on which nothing was needed', async () => {
    const day = new Date().toISOString().slice(0, 10);
    const key = `stamps/${day}.json`;
    const text = JSON.stringify({ version: 1, needed: [HASH] });
    const objects: Objects = new Map([[key, { bytes: Buffer.from(text), modified: new Date() }]]);
    const all = { isAsked: () => true };
    expect((await layout3Stamps(hiding(objects, key, 1)).read(all)).has(HASH)).toBe(true);
    const never = layout3Stamps(hiding(objects, key, Number.POSITIVE_INFINITY)).read(all);
    await expect(never).rejects.toMatchObject({ code: 'corrupt' });
  });
});
