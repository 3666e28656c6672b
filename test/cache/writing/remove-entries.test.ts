import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import type { ListedEntry } from '../../../src/cache/entries.ts';
import { type CacheWriter, openLayout3Writer } from '../../../src/cache/writing/cache-writer.ts';
import { removeEntries } from '../../../src/cache/writing/remove-entries.ts';
import { addToIndex } from '../../../src/cache/writing/update-index.ts';
import { BuildcacheError } from '../../../src/core/errors.ts';
import { specEmitter } from '../../../src/spec/emit-spec.ts';
import { openFileStorage } from '../../../src/storage/file/file.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { copyMirror, fixtureGraph } from '../mirror-fixture.ts';
import { folderDocuments, indexOf, listedHashes, makeOld, publishedHashes } from '../mirror-state.ts';

const graph = fixtureGraph('1.2');
const hashOf = (name: string) => [...graph.nodes.values()].find((node) => node.name === name)?.hash ?? '';
const quiet = { jobs: 4, onProblem: () => undefined };

let stopped: AbortController;
beforeEach(() => {
  stopped = new AbortController();
});

/** Removes toypy and toyapp from a mirror with a view of toypy and toymake. */
async function removed(change: (cache: CacheWriter) => Partial<CacheWriter>) {
  await using dir = await tempDir();
  copyMirror('1.2', 'unsigned', dir.path);
  const storage = openFileStorage(join(dir.path));
  const hashes = new Set([hashOf('toypy'), hashOf('toymake')]);
  await addToIndex(openLayout3Writer(storage, 'mine'), { graph, emitter: specEmitter(graph), hashes }, quiet);
  const cache = openLayout3Writer(storage, undefined);
  const condemned: ListedEntry[] = [];
  for await (const entry of cache.reader.list?.() ?? []) {
    if (/\/(toypy|toyapp)-/.test(entry.key)) condemned.push(entry);
  }
  const problems: string[] = [];
  const options = { jobs: 1, signal: stopped.signal };
  const error = await removeEntries({ ...cache, ...change(cache) }, condemned, problems, options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const documents = folderDocuments(dir.path);
  const view = [...(indexOf(documents, 'mine/') ?? [])].filter(([, record]) => isListed(record));
  const names = (listed: Iterable<string>) =>
    [...listed].map((hash) => graph.nodes.get(hash)?.name ?? hash).sort();
  return { error, problems, main: names(listedHashes(documents)), view: names(view.map(([hash]) => hash)) };
}

function isListed(record: unknown): boolean {
  return (record as { readonly in_buildcache: boolean }).in_buildcache;
}

const OTHERS = ['gcc-runtime', 'libtoy', 'toymake', 'zlib-toy'];
const ALL = [...OTHERS, 'toyapp', 'toypy'].sort();

it('takes what it removes out of the main index and the views', async () => {
  const { main, view, problems } = await removed(() => ({}));
  expect({ main, view, problems }).toEqual({ main: OTHERS, view: ['toymake'], problems: [] });
});

it('puts back into views what stays because somebody has written it again', async () => {
  const { main, view } = await removed(() => ({ remove: async () => false }));
  expect({ main, view }).toEqual({ main: ALL, view: ['toymake', 'toypy'] });
});

it('puts back into views what a server does not remove', async () => {
  const denied = new BuildcacheError('denied', 'no');
  const { main, view, problems } = await removed(() => ({ remove: () => Promise.reject(denied) }));
  expect({ main, view }).toEqual({ main: ALL, view: ['toymake', 'toypy'] });
  expect(problems).toContainEqual(expect.stringMatching(/could not be removed: no/));
});

it('puts back what stays when it is cancelled in between', async () => {
  const { error, main, view } = await removed(({ remove }) => ({
    remove: async (entry, signal) => {
      const isGone = await remove(entry, signal);
      stopped.abort();
      return isGone;
    },
  }));
  expect(error).toMatchObject({ code: 'cancelled' });
  // The first of the two is gone.
  expect({ main, view }).toEqual({ main: [...OTHERS, 'toypy'].sort(), view: ['toymake', 'toypy'] });
});

it('puts back what stays when an index cannot be written', async () => {
  const full = new BuildcacheError('io', 'no space');
  let isFull = true;
  const { error, main, view } = await removed(({ listIndices }) => ({
    async listIndices(signal) {
      const places = await listIndices(signal);
      const failing = async () => {
        isFull = false;
        throw full;
      };
      // The last one fails once, after the others were written.
      return places.map((place, i) =>
        isFull && i === places.length - 1 ? { ...place, replace: failing } : place,
      );
    },
  }));
  expect(error).toBe(full);
  expect({ main, view }).toEqual({ main: ALL, view: ['toymake', 'toypy'] });
});

it('leaves an entry that is pushed once more just before it goes, though it is the same as before', async () => {
  await using dir = await tempDir();
  copyMirror('1.2', 'unsigned', dir.path);
  makeOld(dir.path, 40);
  const storage = openFileStorage(dir.path);
  const racing: Storage = {
    ...storage,
    delete: async (key, how) => {
      if (key.includes('spec/toypy/')) await storage.put(key, readFileSync(join(dir.path, key)));
      return await storage.delete(key, how);
    },
  };
  const cache = openLayout3Writer(racing, undefined);
  const condemned: ListedEntry[] = [];
  for await (const entry of cache.reader.list?.() ?? [])
    if (/\/(toypy|toymake)-/.test(entry.key)) condemned.push(entry);
  const problems: string[] = [];
  const removed = await removeEntries(cache, condemned, problems, { jobs: 1, signal: stopped.signal });
  expect(removed.map(({ hash }) => hash)).toEqual([hashOf('toymake')]);
  expect(problems).toEqual([expect.stringMatching(/toypy-.* was written or removed meanwhile/)]);
  const documents = folderDocuments(dir.path);
  expect(publishedHashes(documents).has(hashOf('toypy'))).toBe(true);
  expect(listedHashes(documents).has(hashOf('toypy'))).toBe(true);
});
