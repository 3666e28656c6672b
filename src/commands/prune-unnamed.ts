/**
 * Takes away the blobs that nothing names. Where no entry is listed, none is known to need a blob. But a mirror that is
 * just being copied here has blobs before it has entries, and the blobs may have kept their old times.
 */
import type { ListedEntry } from '../cache/entries.ts';
import type { BlobPruneOptions, PrunedBlobs } from '../cache/layouts/prune-blobs.ts';
import { listsNothing } from '../cache/writing/update-index.ts';
import type { PruneOptions } from './prune.ts';

/**
 * @param entries those that there were before any was removed
 * @returns undefined where the server keeps the blobs itself
 * @throws as `CacheWriter.pruneBlobs`, and as the index is read
 */
export async function pruneUnnamed(
  entries: readonly ListedEntry[],
  how: BlobPruneOptions,
  { cache, mayRemoveAll, signal }: Pick<PruneOptions, 'cache' | 'mayRemoveAll' | 'signal'>,
): Promise<PrunedBlobs | undefined> {
  if (cache.pruneBlobs === undefined) return undefined;
  if (entries.length > 0 || mayRemoveAll || (await listsNothing(cache, signal))) {
    return await cache.pruneBlobs(how);
  }
  const found = await cache.pruneBlobs({ ...how, dryRun: true });
  if (found.removed.count === 0) return found;
  const unclear =
    'the mirror has blobs and no entry. It may be on its way here, or its entries may be hidden. ' +
    'If all blobs are to go, say --remove-all (in a workflow remove-all: true)';
  return { ...found, removed: { count: 0, bytes: 0 }, unclear };
}
