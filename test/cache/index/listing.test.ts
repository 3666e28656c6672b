import { cpSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listWanted } from '../../../src/cache/index/listing.ts';
import { openIndexStore } from '../../../src/cache/index/store.ts';
import { openLayout2 } from '../../../src/cache/layouts/layout2.ts';
import { INDEX_MANIFESTS, openLayout3 } from '../../../src/cache/layouts/layout3.ts';
import { openFileStorage } from '../../../src/storage/file/file.ts';
import { openGcsStorage } from '../../../src/storage/gcs/gcs.ts';
import type { StorageReader } from '../../../src/storage/storage.ts';
import { openS3, openTestClient } from '../../harness/s3-place.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { built, copyMirror, fixtureGraph } from '../mirror-fixture.ts';

const graph = fixtureGraph('1.2');
const wanted = new Set(built(graph).map(({ hash }) => hash));
const idOf = (storage: StorageReader, view?: string) => openLayout3(storage, view).id;

describe('the local copy of an index', () => {
  it("is one view's, never another's at the same place", async () => {
    await using dir = await tempDir();
    const mirror = join(dir.path, 'mirror');
    copyMirror('1.2', 'unsigned', mirror);
    const storage = openFileStorage(mirror);
    const settings = { store: openIndexStore(join(dir.path, 'index')), ttlMs: 3_600_000 };
    const ask = (view?: string) => listWanted(openLayout3(storage, view), wanted, settings);
    expect((await ask())?.listed.size).toBe(wanted.size);
    expect(await ask('mine')).toBeUndefined();
    cpSync(
      join(mirror, INDEX_MANIFESTS, 'index.manifest.json'),
      join(mirror, INDEX_MANIFESTS, 'mine/index.manifest.json'),
    );
    expect(await ask('mine')).toMatchObject({ answered: true });
    expect(await ask()).toMatchObject({ from: 'local copy', answered: false });
  });

  it("is one server's, never another's with a bucket of the same name", async () => {
    const s3 = await Promise.all(['http://127.0.0.1:1', 'http://127.0.0.1:2'].map((url) => openS3(url)));
    const http = await openTestClient(1_000);
    const gcs = [undefined, 'http://127.0.0.1:1'].map((endpointUrl) =>
      openGcsStorage({
        bucket: 'bucket',
        prefix: 'some/mirror',
        endpointUrl,
        token: async () => undefined,
        http,
        retry: { retries: 0, baseDelayMs: 1, maxDelayMs: 1 },
      }),
    );
    const ids = [...s3, ...gcs].map((storage) => idOf(storage));
    expect(new Set(ids).size).toBe(4);
    await Promise.all([...s3, ...gcs].map((storage) => storage.close()));
  });

  it('is not read for ever where somebody else has put a file without end in its place', async () => {
    await using dir = await tempDir();
    const mirror = join(dir.path, 'mirror');
    copyMirror('1.2', 'unsigned', mirror);
    const storage = openFileStorage(mirror);
    const folder = join(dir.path, 'index');
    const ask = async () => {
      const settings = { store: openIndexStore(folder), ttlMs: 0 };
      return (await listWanted(openLayout3(storage, undefined), wanted, settings))?.from;
    };
    expect(await ask()).toBe('mirror');
    const document = readdirSync(folder).find((name) => name.endsWith('.index')) ?? '';
    const { size } = statSync(join(folder, document));
    truncateSync(join(folder, document), 2 ** 42);
    expect(await ask()).toBe('mirror');
    expect(statSync(join(folder, document)).size).toBe(size);
    expect(await ask()).toBe('local copy');
  });

  it("is one layout's", () => {
    const storage = openFileStorage('/nowhere');
    expect(openLayout2(storage, graph).id).not.toBe(idOf(storage));
  });
});
