/** Where moving is copying: what a prune deletes is never the only copy of a blob. */
import { expect, it } from 'vitest';
import { asidePlace, moveAside, moveBack } from '../../../src/cache/layouts/blob-aside.ts';
import { blobKey } from '../../../src/cache/layouts/layout3.ts';
import { BuildcacheError } from '../../../src/core/errors.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import { memoryStorage, type Objects } from '../memory-storage.ts';

const DIGEST = 'a'.repeat(64);
const HOUR = 3_600_000;
const signal = undefined;
const blob = () => ({ bytes: Buffer.from('blob'), modified: new Date(Date.now() - 48 * HOUR) });

it.each<[string, Partial<Storage>]>([
  ['no copy was made', { copyFrom: async () => true }],
  ['the copy is not listed', { async *list() {} }],
])('a blob stays where %s, whatever the server says', async (_, lie) => {
  const objects: Objects = new Map([[blobKey(DIGEST), blob()]]);
  const storage = { ...memoryStorage(objects, false), ...lie };
  expect(await moveAside(storage, DIGEST, asidePlace(DIGEST), HOUR, signal)).toBe(false);
  expect([...objects.keys()]).toEqual([blobKey(DIGEST)]);
});

it('a copy aside stays where it could not be put back', async () => {
  const key = asidePlace(DIGEST);
  const objects: Objects = new Map([[key, blob()]]);
  const busy = {
    ...memoryStorage(objects, false),
    copyFrom: async () => {
      throw new BuildcacheError('conflict', 'another operation is under way');
    },
  };
  await expect(moveBack(busy, { key, digest: DIGEST }, signal)).rejects.toMatchObject({ code: 'conflict' });
  expect([...objects.keys()]).toEqual([key]);
  // Sent again by now, it goes.
  objects.set(blobKey(DIGEST), blob());
  expect(await moveBack(busy, { key, digest: DIGEST }, signal)).toBe(false);
  expect([...objects.keys()]).toEqual([blobKey(DIGEST)]);
});
