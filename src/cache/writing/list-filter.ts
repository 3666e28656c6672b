/** What an index that is made anew lists of the entries that are there. */
import { createReadStream } from 'node:fs';
import { incompleteIndex } from '../fetch-document.ts';
import { fetchIndex, type IndexedCache } from '../index/base.ts';
import { readListed } from '../index/listed.ts';
import type { IndexBase } from '../index/place.ts';
import type { RebuildIndexOptions } from './update-index.ts';

/**
 * @param options.dropped what was taken out since its entry was gone, and is listed again where it has come back
 * @throws BuildcacheError for a view that is to be appended to and cannot be read: nothing else says what it lists
 */
export async function listFilter(
  cache: IndexedCache,
  base: IndexBase,
  folder: string,
  {
    only,
    append,
    without,
    onWithheld,
    dropped,
    signal,
  }: RebuildIndexOptions & { readonly dropped: ReadonlySet<string> },
): Promise<(hash: string) => boolean> {
  const present = new Set<string>();
  if (append === true && base.exists) {
    if (base.locations.size === 0) throw incompleteIndex(cache.index.url, 'a record for the index');
    for (const location of base.locations.values()) {
      const file = await fetchIndex(cache, location, folder, signal);
      const { listed } = await readListed(createReadStream(file), cache.index.url);
      for (const hash of listed) present.add(hash);
    }
  }
  return (hash) => {
    const isMeant = only === undefined || [only, present, dropped].some((hashes) => hashes.has(hash));
    const isWithheld = isMeant && without?.has(hash) === true;
    if (isWithheld) onWithheld?.(hash);
    return isMeant && !isWithheld;
  };
}
