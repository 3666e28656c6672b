import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLayout3Writer } from '../../src/cache/writing/cache-writer.ts';
import type { CheckIndexOptions } from '../../src/commands/check-index.ts';
import { checkIndex } from '../../src/commands/check-index.ts';
import { repairMirror } from '../../src/commands/repair-mirror.ts';
import type { MirrorRepair } from '../../src/plan/mirror-check.ts';
import { SILENT } from '../../src/report/reporter.ts';
import { openFileStorage } from '../../src/storage/file/file.ts';
import { readAll } from '../../src/storage/read.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { copyMirror } from '../cache/mirror-fixture.ts';
import { assertSound, folderDocuments, manifestRecords, publishedHashes } from '../cache/mirror-state.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';

let dir: TempDir;
let storage: Storage;
/** The tarball of one of its entries. */
let blob: string;
beforeEach(async () => {
  dir = await tempDir();
  copyMirror('1.2', 'signed', dir.path);
  storage = openFileStorage(dir.path);
  const [key = ''] = [...folderDocuments(dir.path).keys()].filter((each) => each.includes('spec/toypy/'));
  const digest = manifestRecords(readFileSync(join(dir.path, key)))[0]?.checksum ?? '';
  blob = `blobs/sha256/${digest.slice(0, 2)}/${digest}`;
});
afterEach(() => dir[Symbol.asyncDispose]());

/** @param change happens between the check and the repair; @returns what the repair sees the mirror through */
async function repaired(change: () => Promise<unknown>, seen: Storage = storage): Promise<MirrorRepair> {
  const cache = openLayout3Writer(seen, undefined);
  const options: CheckIndexOptions = {
    reader: cache.reader,
    view: undefined,
    verify: 'all',
    signed: true,
    trust: undefined,
    jobs: 4,
    maxIndexBytes: 1e9,
    signal: new AbortController().signal,
  };
  const check = await checkIndex(options, SILENT);
  // What prunes have left was put back before they began, so it is not looked at here.
  const prune = cache.pruneBlobs;
  const pruneBlobs: typeof prune = async (how) => {
    const pruned = await prune?.(how);
    await change();
    if (pruned === undefined) throw new Error('no prune');
    return pruned;
  };
  return await repairMirror({ ...cache, pruneBlobs }, check, options);
}

const entries = () => publishedHashes(folderDocuments(dir.path)).size;
const aside = () => `blobs/pruned/${blob.slice(-64)}.${Date.now()}-01234567`;

it('removes no entry whose blob a prune has moved aside, and may put back', async () => {
  const place = aside();
  await storage.move?.(blob, place);
  // It was aside when we looked first, put back by us, and is aside once more: another prune.
  const again = async () => void (await storage.move?.(blob, place));
  const { removed, problems } = await repaired(again);
  expect(removed).toEqual([]);
  expect(problems.join()).toMatch(/toypy.* is left: a prune is looking at what it names/);
  expect(entries()).toBe(6);
  await storage.move?.(place, blob);
  assertSound(folderDocuments(dir.path));
});

it('removes no entry whose blob is put back between two looks', async () => {
  const place = aside();
  await storage.move?.(blob, place);
  const seen: Storage = {
    ...storage,
    async *list(prefix, how) {
      // The prune is done, just before we ask for what is aside.
      if (prefix.includes(blob.slice(-64))) await storage.move?.(place, blob);
      yield* storage.list(prefix, how);
    },
  };
  const { removed, problems } = await repaired(async () => await storage.move?.(blob, place), seen);
  expect({ removed, problems }).toEqual({ removed: [], problems: [] });
  assertSound(folderDocuments(dir.path));
});

it('does not delete a blob that was sent again while it was read', async () => {
  const whole = readFileSync(join(dir.path, blob));
  writeFileSync(join(dir.path, blob), 'damaged');
  let gets = 0;
  const seen: Storage = {
    ...storage,
    async get(key, how) {
      const object = await storage.get(key, how);
      // In the check it is of another length; the repair reads it, to see for itself.
      if (key === blob && ++gets === 1) await storage.put(blob, whole);
      return object;
    },
  };
  const { removedBlobs, problems } = await repaired(async () => {}, seen);
  expect(gets).toBe(1);
  expect(removedBlobs).toBe(0);
  expect(problems.join()).toMatch(/is left: .*somebody wrote it meanwhile/);
  expect(entries()).toBe(6);
  expect(readFileSync(join(dir.path, blob))).toEqual(whole);
});

it.each<['manifests' | 'blobs', string]>([
  ['manifests', 'cut short'],
  ['blobs', 'cut short'],
  ['blobs', 'packed on top'],
  ['blobs', 'packed, of no length that is said'],
])('removes nothing for answers of %s that are %s', async (what, how) => {
  const before = folderDocuments(dir.path);
  const isMeant = (key: string) => key.startsWith(what === 'blobs' ? 'blobs/' : 'v3/manifests/spec/');
  const changed = (bytes: Buffer) =>
    how === 'cut short' ? bytes.subarray(0, bytes.length >> 2) : gzipSync(bytes);
  const changing: Storage = {
    ...storage,
    head: async (key, options) => {
      const found = await storage.head(key, options);
      if (!isMeant(key) || how === 'cut short' || found?.size === undefined) return found;
      const { length } = changed(readFileSync(join(dir.path, key)));
      return { ...found, size: how === 'packed on top' ? length : undefined };
    },
    get: async (key, options) => {
      const found = await storage.get(key, options);
      if (!isMeant(key) || typeof found !== 'object') return found;
      const part = changed(await readAll(found, { maxBytes: 1e9, what: 'it', url: key }));
      const packed = how === 'cut short' ? undefined : { coding: 'gzip', size: part.length };
      return { ...found, size: part.length, packed, body: Readable.from([part], { objectMode: false }) };
    },
  };
  const { removed, removedBlobs, problems } = await repaired(async () => undefined, changing);
  expect([removed, removedBlobs]).toEqual([[], 0]);
  expect(problems.length).toBeGreaterThan(0);
  const after = folderDocuments(dir.path);
  for (const key of before.keys()) expect(after.has(key)).toBe(true);
});
