import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { entryUrl, parseEntryUrl } from '../../src/cache/reading/entry-url.ts';
import { listedWork } from '../../src/commands/sync-lists.ts';
import { unknownMirror } from '../../src/mirrors/select.ts';
import { NO_INDEX_STORE } from '../cache/no-index-store.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { CONNECTION } from './install-toy.ts';

it('refuses each of 130,000 entries, which is more than a call has arguments', async () => {
  await using dir = await tempDir();
  const to = unknownMirror(pathToFileURL(dir.path).href, 'release');
  const items = Array.from({ length: 130_000 }, (_, i) => {
    // Base 6, in the digits of hashes.
    return itemOf(i.toString(6).replaceAll('0', '6').replaceAll('1', '7').padStart(32, 'a'), to.push.url);
  });
  const work = await listedWork(
    { lists: [{ file: 'list.json', items }], to: undefined, configured: [to], allowOtherHosts: false },
    {
      connection: CONNECTION,
      trust: undefined,
      unsigned: false,
      resign: false,
      openSigner: () => Promise.reject(new Error('nothing to sign')),
      index: { store: NO_INDEX_STORE, ttlMs: 0 },
      signal: new AbortController().signal,
    },
  );
  await work.close();
  const [task] = work.tasks;
  expect(work.refused).toEqual([]);
  expect(task?.jobs).toEqual([]);
  expect(task?.refused.length).toBe(items.length);
  expect(task?.refused[0]?.outcome).toMatchObject({ kind: 'failed', code: 'denied' });
});

function itemOf(hash: string, to: string) {
  const key = `v3/manifests/spec/x/x-1-${hash}.spec.manifest.json`;
  const place = (mirror: string) => {
    const found = parseEntryUrl(entryUrl({ mirror, layout: 'v3', key }));
    if (found === undefined) throw new Error(`no entry: ${key}`);
    return found;
  };
  return { hash, src: { ...place(to), mirror: 'file:///nowhere' }, dest: place(to) };
}
