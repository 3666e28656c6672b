/**
 * `prune`: takes out of a mirror what nothing needs, while others use it. Entries go first (remove-entries.ts), then
 * blobs that nothing names (prune-blobs.ts says why that is safe).
 */
import type { CacheWriter } from '../cache/cache-writer.ts';
import type { ListedEntry } from '../cache/entries.ts';
import { gatherSpecs } from '../cache/index-rebuild.ts';
import { indexedNodes } from '../cache/index-update.ts';
import type { PrunedBlobs } from '../cache/prune-blobs.ts';
import { removeEntries } from '../cache/remove-entries.ts';
import { BuildcacheError } from '../core/errors.ts';
import { hasEntryRules, keptByRules, neededBy } from '../plan/prune-selection.ts';

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
  const removed = dryRun ? condemned : await removeEntries(cache, condemned, problems, { jobs, signal });
  const without = new Set(removed.map(({ key }) => key));
  const blobs = await cache.pruneBlobs?.({ graceMs, jobs, dryRun, without, signal });
  const leftovers = dryRun ? 0 : await cache.sweep(signal);
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
  let isComplete = true;
  const { known } = await gatherSpecs(cache.reader, {
    known: async () => await indexedNodes(cache, signal),
    lists: (hash) => kept.has(hash),
    jobs,
    onProblem: (text) => {
      isComplete = false;
      problems.push(text.replace('left out of the index', 'what it needs is not known'));
    },
    signal,
  });
  if (!isComplete) {
    // It may need anything.
    problems.push('no entry is removed: repair the mirror first, with `check-index --repair`');
    return { condemned: [], needed: 0 };
  }
  const stays = neededBy(kept, known);
  const condemned = entries.filter(({ hash }) => !stays.has(hash));
  return { condemned, needed: entries.length - condemned.length - kept.size };
}
