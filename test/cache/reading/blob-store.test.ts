import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBlobStore, placeInStore } from '../../../src/cache/reading/blob-store.ts';
import { sha256 } from '../../../src/core/digest.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { copyMirror } from '../mirror-fixture.ts';
import { assertSound, folderDocuments, makeOld } from '../mirror-state.ts';

test('a mirror that was pushed to the folder of downloads loses nothing, and gets nothing', async () => {
  await using dir = await tempDir();
  // As with BUILDCACHE_CACHE_DIR, where downloads are in `blobs`.
  const folder = join(dir.path, 'blobs');
  const [first, second] = [Buffer.from('first'), Buffer.from('second')];
  await openBlobStore(folder).keep(sha256(first), first);
  expect(existsSync(join(folder, 'CACHEDIR.TAG'))).toBe(true);
  copyMirror('1.2', 'unsigned', dir.path);
  makeOld(dir.path, 31);
  const before = [...folderDocuments(dir.path).keys()];
  const later = openBlobStore(folder);
  await later.keep(sha256(second), second);
  expect(await later.begin(sha256(second))).toBeUndefined();
  await later.drop(sha256(first));
  expect([...folderDocuments(dir.path).keys()]).toEqual(before);
  assertSound(folderDocuments(dir.path));
  expect(existsSync(placeInStore(folder, sha256(first)))).toBe(true);
});
