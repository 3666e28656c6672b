import { readFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLayout3Writer } from '../../src/cache/writing/cache-writer.ts';
import { addToIndex } from '../../src/cache/writing/update-index.ts';
import { checkIndex } from '../../src/commands/check-index.ts';
import { type RepairOptions, repairMirror } from '../../src/commands/repair-mirror.ts';
import type { MirrorRepair } from '../../src/plan/mirror-check.ts';
import { SILENT } from '../../src/report/reporter.ts';
import { specEmitter } from '../../src/spec/emit-spec.ts';
import { openFileStorage } from '../../src/storage/file/file.ts';
import { readAll } from '../../src/storage/read.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { copyMirror, fixtureGraph } from '../cache/mirror-fixture.ts';
import {
  assertSound,
  folderDocuments,
  indexOf,
  makeOld,
  manifestRecords,
  publishedHashes,
} from '../cache/mirror-state.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';

let dir: TempDir;
let storage: Storage;
/** One of its entries, and the tarball of that. */
let toypy: string;
let blob: string;
beforeEach(async () => {
  dir = await tempDir();
  copyMirror('1.2', 'signed', dir.path);
  makeOld(dir.path, 2);
  storage = openFileStorage(dir.path);
  [toypy = ''] = keysWith('spec/toypy/');
  [blob = ''] = blobsOf(toypy);
});
afterEach(() => dir[Symbol.asyncDispose]());

const keysWith = (part: string) =>
  [...folderDocuments(dir.path).keys()].filter((each) => each.startsWith('v3/') && each.includes(part));
const blobsOf = (key: string) =>
  manifestRecords(readFileSync(join(dir.path, key))).map(
    ({ checksum }) => `blobs/sha256/${checksum.slice(0, 2)}/${checksum}`,
  );

/** @param change happens between the check and the repair; @returns what the repair sees the mirror through */
async function repaired(change: () => Promise<unknown>, seen: Storage = storage): Promise<MirrorRepair> {
  const cache = openLayout3Writer(seen, undefined);
  const options: RepairOptions = {
    reader: cache.reader,
    view: undefined,
    verify: 'all',
    signed: true,
    trust: undefined,
    jobs: 4,
    maxIndexBytes: 1e9,
    graceMs: 24 * 3_600_000,
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

const nothing = async () => undefined;

it('removes no entry that is too young for its blobs to have arrived, and says so', async () => {
  makeOld(dir.path, 0, [toypy]);
  const later = `${dir.path}/later`;
  renameSync(join(dir.path, blob), later);
  const { removed, problems } = await repaired(nothing);
  expect(removed).toEqual([]);
  expect(problems.join()).toMatch(/toypy.* is left, since it is younger than 24h.*is not there/);
  renameSync(later, join(dir.path, blob));
  expect(entries()).toBe(6);
  assertSound(folderDocuments(dir.path));
  // It has not come in two days.
  makeOld(dir.path, 2, [toypy]);
  rmSync(join(dir.path, blob));
  expect((await repaired(nothing)).removed).toMatchObject([{ key: toypy }]);
});

it.each([
  ['a blob', (key: string) => key],
  ['a folder of blobs', dirname],
])('removes no entry while %s is a link that leads nowhere', async (_, of) => {
  const [place, away] = [join(dir.path, of(blob)), join(dir.path, 'disk2')];
  renameSync(place, away);
  symlinkSync('not-mounted', place);
  const { removed, problems } = await repaired(nothing);
  rmSync(place);
  renameSync(away, place);
  expect(removed).toEqual([]);
  expect(problems.join()).toMatch(/toypy.* is left, since .*leads nowhere.*is not there/);
  expect(entries()).toBe(6);
  assertSound(folderDocuments(dir.path));
});

it('removes nothing where most entries cannot be used, as in a mirror of which a part is here', async () => {
  const stays = new Set(['/index/', '/key/', 'spec/toymake/'].flatMap(keysWith).flatMap(blobsOf));
  const missing = new Set(
    keysWith('/spec/')
      .flatMap(blobsOf)
      .filter((key) => !stays.has(key)),
  );
  const later = (key: string) => join(dir.path, `later-${key.slice(-64)}`);
  for (const key of missing) renameSync(join(dir.path, key), later(key));
  // This one is just being copied.
  const [arriving = ''] = keysWith('spec/toymake/').flatMap(blobsOf);
  const whole = readFileSync(join(dir.path, arriving));
  truncateSync(join(dir.path, arriving), 9);
  const { removed, removedBlobs, problems } = await repaired(nothing);
  expect({ removed, removedBlobs }).toEqual({ removed: [], removedBlobs: 0 });
  expect(problems.join()).toMatch(
    /nothing is removed, since most entries .*\(6\).* on its way here.*--force/,
  );
  for (const key of missing) renameSync(later(key), join(dir.path, key));
  writeFileSync(join(dir.path, arriving), whole);
  expect(entries()).toBe(6);
  assertSound(folderDocuments(dir.path));
});

/** What a view lists. */
const listedIn = (view: string) =>
  [...(indexOf(folderDocuments(dir.path), `${view}/`) ?? [])]
    .filter(([, record]) => (record as { readonly in_buildcache: boolean }).in_buildcache)
    .map(([hash]) => hash);

it('leaves a view whose entries are not here yet, and takes out of another what is gone', async () => {
  const graph = fixtureGraph('1.2');
  const hashesOf = (...names: string[]) =>
    new Set([...graph.nodes.values()].filter(({ name }) => names.includes(name)).map(({ hash }) => hash));
  for (const [view, hashes] of [
    ['mine', hashesOf('toypy')],
    ['ours', hashesOf('toypy', 'toymake', 'libtoy')],
  ] as const) {
    const place = openLayout3Writer(storage, view);
    await addToIndex(place, { graph, emitter: specEmitter(graph), hashes }, { jobs: 1, onProblem: nothing });
  }
  rmSync(join(dir.path, toypy));
  const { problems } = await repaired(nothing);
  expect(problems).toEqual([expect.stringMatching(/mine.* stays as it is.*make the view again/)]);
  expect(new Set(listedIn('mine'))).toEqual(hashesOf('toypy'));
  expect(new Set(listedIn('ours'))).toEqual(hashesOf('toymake', 'libtoy'));
  rmSync(join(dir.path, 'v3/manifests/spec'), { recursive: true });
  await repaired(nothing);
  expect(new Set(listedIn('ours'))).toEqual(hashesOf('toymake', 'libtoy'));
});
