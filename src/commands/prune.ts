/**
 * `prune`: takes out of a mirror what nothing needs, while others use it. The index forgets entries before they go, so
 * that nobody is told of what is not there; blobs go last, when nothing names them (prune-blobs.ts says why that is
 * safe).
 */
import pLimit from 'p-limit';
import type { CacheWriter } from '../cache/cache-writer.ts';
import type { ListedEntry } from '../cache/entries.ts';
import { gatherSpecs } from '../cache/index-rebuild.ts';
import { indexedNodes, remakeIndex } from '../cache/index-update.ts';
import type { PrunedBlobs } from '../cache/prune-blobs.ts';
import { BuildcacheError, describeError } from '../core/errors.ts';
import { hasEntryRules, keptByRules, neededBy } from '../plan/prune-selection.ts';
import type { Storage } from '../storage/storage.ts';

export interface PruneOptions {
  readonly cache: CacheWriter;
  /** Hashes to keep; undefined: no entry goes for not being among them. */
  readonly keep: ReadonlySet<string> | undefined;
  /** Milliseconds: only entries of this age go. */
  readonly olderThanMs: number | undefined;
  /** Milliseconds: nothing younger goes, entry or blob. */
  readonly graceMs: number;
  readonly dryRun: boolean;
  readonly jobs: number;
  readonly signal: AbortSignal;
}

export interface PruneResult {
  readonly url: string;
  readonly dryRun: boolean;
  /** Entries there were. */
  readonly entries: number;
  /** Removed, or that would be. */
  readonly removed: readonly ListedEntry[];
  /** Not kept by the rules, but needed by what is kept. */
  readonly needed: number;
  /** Undefined where whoever keeps the blobs collects them himself. */
  readonly blobs: PrunedBlobs | undefined;
  /** Files that writers left who died. */
  readonly leftovers: number;
  /** What could not be done, or was left because somebody wrote it meanwhile. */
  readonly problems: readonly string[];
}

/**
 * @throws BuildcacheError `usage` when all would go, which nobody means; `unsupported` where entries cannot be listed;
 *   else as the storage does
 */
export async function prune(options: PruneOptions): Promise<PruneResult> {
  const { cache, graceMs, dryRun, jobs, signal } = options;
  const { reader } = cache;
  const problems: string[] = [];
  const entries = await listEntries(cache, signal);
  const { condemned, needed } = await condemn(entries, options, problems);
  const removed = dryRun ? condemned : await removeEntries(condemned, options, problems);
  const without = new Set(removed.map(({ key }) => key));
  const blobs = await cache.pruneBlobs?.({ graceMs, jobs, dryRun, without, signal });
  const { sweep } = reader.storage as Partial<Storage>;
  const leftovers = dryRun || sweep === undefined ? 0 : await sweep({ signal });
  return {
    url: reader.storage.url,
    dryRun,
    entries: entries.length,
    removed: removed.sort((a, b) => (a.key < b.key ? -1 : 1)),
    needed,
    blobs,
    leftovers,
    problems,
  };
}

async function listEntries({ reader }: CacheWriter, signal: AbortSignal): Promise<ListedEntry[]> {
  if (reader.list === undefined) {
    throw new BuildcacheError('unsupported', 'what the mirror holds cannot be listed', {
      url: reader.storage.url,
    });
  }
  const entries: ListedEntry[] = [];
  for await (const entry of reader.list(signal)) entries.push(entry);
  return entries;
}

async function condemn(
  entries: readonly ListedEntry[],
  { cache, keep, olderThanMs, graceMs, jobs, signal }: PruneOptions,
  problems: string[],
): Promise<{ condemned: ListedEntry[]; needed: number }> {
  const now = Date.now();
  const olderThan = olderThanMs === undefined ? undefined : new Date(now - olderThanMs);
  if (!hasEntryRules({ keep, olderThan })) return { condemned: [], needed: 0 };
  const kept = keptByRules(entries, { keep, olderThan, grace: new Date(now - graceMs) });
  // A wrong lockfile or keep-list matches nothing, and must not cost the mirror.
  if (keep !== undefined && entries.length > 0 && !entries.some(({ hash }) => keep.has(hash))) {
    throw new BuildcacheError('usage', 'none of what is to be kept is in the mirror', {
      url: cache.reader.storage.url,
      expected: 'lockfiles or keep-lists of what the mirror holds',
    });
  }
  const { known } = await gatherSpecs(cache.reader, {
    known: async () => await indexedNodes(cache, signal),
    lists: (hash) => kept.has(hash),
    jobs,
    onProblem: (text) =>
      void problems.push(text.replace('left out of the index', 'what it needs is not known')),
    signal,
  });
  const stays = neededBy(kept, known);
  const condemned = entries.filter(({ hash }) => !stays.has(hash));
  return { condemned, needed: entries.length - condemned.length - kept.size };
}

/** @returns those that were removed */
async function removeEntries(
  condemned: readonly ListedEntry[],
  { cache, jobs, signal }: PruneOptions,
  problems: string[],
): Promise<ListedEntry[]> {
  if (condemned.length === 0) return [];
  await updateIndices(cache, new Set(condemned.map(({ hash }) => hash)), jobs, signal);
  const limit = pLimit(jobs);
  const removed: ListedEntry[] = [];
  await Promise.all(
    condemned.map((entry) =>
      limit(async () => {
        signal.throwIfAborted();
        try {
          if (await cache.remove(entry, signal)) removed.push(entry);
          else problems.push(`${entry.key} was written meanwhile, and stays`);
        } catch (error) {
          signal.throwIfAborted();
          problems.push(`${entry.key} could not be removed: ${describeError(error)}`);
        }
      }),
    ),
  );
  // What stays after all belongs in the index, and what a rebuild has listed meanwhile does not.
  await updateIndices(cache, new Set(), jobs, signal);
  return removed;
}

/** The main index and all views that are there. */
async function updateIndices(
  cache: CacheWriter,
  without: ReadonlySet<string>,
  jobs: number,
  signal: AbortSignal,
): Promise<void> {
  for (const index of await cache.listIndices(signal)) {
    // What a view is about nobody but its index knows.
    const only = index.isView ? { only: new Set<string>(), append: true } : {};
    const onProblem = () => undefined;
    await remakeIndex(
      { reader: cache.reader, index },
      { ...only, without, full: false, jobs, onProblem, signal },
    );
  }
}
