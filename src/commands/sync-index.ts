/** Lists in a mirror's index what a sync has brought there, and what was there before. */
import pLimit from 'p-limit';
import type { EntryName } from '../cache/entries.ts';
import { listWanted } from '../cache/index/listing.ts';
import { withGaps } from '../cache/index/nodes.ts';
import { failedIfGone } from '../cache/writing/gone-meanwhile.ts';
import { addToIndex } from '../cache/writing/update-index.ts';
import { describeError } from '../core/errors.ts';
import type { MirrorSync } from '../plan/sync-result.ts';
import { addEntryNodes } from '../spec/add-nodes.ts';
import { specEmitter } from '../spec/emit-spec.ts';
import { hashMustHold } from '../spec/hash.ts';
import type { SyncOptions, SyncTask } from './sync.ts';

/** What the mirror has afterwards. */
export interface SyncedEntries {
  /** By hash. */
  readonly there: ReadonlyMap<string, EntryName>;
  /** Those of them that were there before. */
  readonly found: ReadonlySet<string>;
  /** Whose specs were known before anything was read. */
  readonly known: ReadonlySet<string>;
}

/** Lists what was present before, too: an earlier sync may have been stopped before it updated the index. */
export async function listSynced(
  task: SyncTask,
  synced: SyncedEntries,
  options: SyncOptions,
  notes: string[],
): Promise<MirrorSync['index']> {
  const { there, found } = synced;
  if (!options.updateIndex || there.size === 0) return undefined;
  const { jobs, signal } = options;
  const { cache, nodes } = task;
  try {
    await readUnlisted(task, synced, options);
    const gaps = withGaps(nodes, there.keys());
    const hashes = new Set([...there.keys()].filter((hash) => !gaps.has(hash)));
    if (hashes.size === 0) return undefined;
    const graph = { nodes };
    const onProblem = (text: string) => void notes.push(text);
    const additions = { graph, emitter: specEmitter(graph), hashes, found };
    return failedIfGone(await addToIndex(cache, additions, { jobs, onProblem, signal }));
  } catch (error) {
    return { failed: describeError(error) };
  }
}

/**
 * Reads the specs that are known only by hash, or only from what the entries of others say of them, unless the index lists
 * them already.
 */
async function readUnlisted(
  { cache, nodes }: SyncTask,
  { there, found, known }: SyncedEntries,
  { index, jobs, signal }: SyncOptions,
): Promise<void> {
  const { reader } = cache;
  const wanted = withGaps(nodes, there.keys());
  for (const hash of found) {
    const node = nodes.get(hash);
    if (node !== undefined && !known.has(hash) && !hashMustHold(node)) wanted.add(hash);
  }
  if (wanted.size === 0) return;
  // The index must be the mirror's current one (`ttlMs: 0`), since what it lists is not added again.
  const asking = { ...index, ttlMs: 0, signal };
  // An index that cannot be read lists nothing. Its update will tell whether it can be replaced.
  const listing = await listWanted(reader, wanted, asking).catch(() => undefined);
  const limit = pLimit(jobs);
  const read = async (name: EntryName) => {
    const key = reader.naming.keyOfName?.(name);
    const entry = key === undefined ? undefined : await reader.readAt(key, signal);
    if (entry !== undefined) addEntryNodes(nodes, await reader.readSpec(entry, signal));
  };
  const unlisted = [...there.values()].filter(
    ({ hash }) => wanted.has(hash) && listing?.listed.has(hash) !== true,
  );
  await Promise.all(unlisted.map((name) => limit(read, name)));
}
