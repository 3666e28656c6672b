/**
 * `prune`: removes from a mirror what nothing needs, while others may use the mirror. It removes entries first
 * (remove-entries.ts), then blobs that nothing names (prune-blobs.ts says why that is safe).
 */
import pLimit from 'p-limit';
import type { ListedEntry } from '../cache/entries.ts';
import type { PrunedBlobs } from '../cache/layouts/prune-blobs.ts';
import type { CacheWriter } from '../cache/writing/cache-writer.ts';
import { gatherSpecs } from '../cache/writing/rebuild-index.ts';
import { removeEntries } from '../cache/writing/remove-entries.ts';
import { indexedNodes } from '../cache/writing/update-index.ts';
import { throwIfCancelled } from '../core/abort.ts';
import { BuildcacheError, describeError, errorCode } from '../core/errors.ts';
import { hasEntryRules, keptByGrace, keptByRules, neededBy } from '../plan/prune-selection.ts';

export interface PruneOptions {
  readonly cache: CacheWriter;
  /** Hashes to keep. Undefined: no list decides which entries are removed. */
  readonly keep: ReadonlySet<string> | undefined;
  /** Milliseconds: only entries that are at least this old are removed. */
  readonly olderThanMs: number | undefined;
  /** Milliseconds: no entry and no blob that is younger is removed. */
  readonly graceMs: number;
  readonly dryRun: boolean;
  readonly jobs: number;
  readonly signal: AbortSignal;
}

export interface PruneResult {
  readonly url: string;
  readonly dryRun: boolean;
  /** How many entries there were before. */
  readonly entries: number;
  /** Entries that were removed, or would be in a dry run. */
  readonly removed: readonly ListedEntry[];
  /** How many entries stay only because an entry that is kept needs them. */
  readonly needed: number;
  /** Entries that stay only because of their age, see `graceMs`. */
  readonly young: readonly ListedEntry[];
  /** Undefined for a registry, which collects blobs itself. */
  readonly blobs: PrunedBlobs | undefined;
  /** How many unfinished files of killed writers there were. */
  readonly leftovers: number;
  /** What could not be done, and what was left because it was written again meanwhile. */
  readonly problems: readonly string[];
}

/**
 * @throws BuildcacheError `usage` if all entries would be removed, which is most likely a mistake; `unsupported` where
 *   entries cannot be listed; else as the storage does
 */
export async function prune(options: PruneOptions): Promise<PruneResult> {
  const { cache, graceMs, dryRun, jobs, signal } = options;
  const { reader } = cache;
  const problems: string[] = [];
  const entries = await listEntries(cache, signal);
  const { condemned, needed, young } = await condemn(entries, options, problems);
  const removed = dryRun ? condemned : await removeEntries(cache, condemned, problems, { jobs, signal });
  const without = new Set(removed.map(({ key }) => key));
  const blobs = await cache.pruneBlobs?.({ graceMs, jobs, dryRun, without, signal });
  if (blobs?.unclear !== undefined) {
    problems.push(`no blob is removed, since it is not known which are needed: ${blobs.unclear}`);
  }
  const leftovers = dryRun ? 0 : await cache.sweep(signal);
  return {
    url: reader.storage.url,
    dryRun,
    entries: entries.length,
    removed: removed.sort((a, b) => (a.key < b.key ? -1 : 1)),
    needed,
    young,
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
): Promise<{ condemned: ListedEntry[]; needed: number; young: ListedEntry[] }> {
  const now = Date.now();
  const olderThan = olderThanMs === undefined ? undefined : new Date(now - olderThanMs);
  if (!hasEntryRules({ keep, olderThan })) return { condemned: [], needed: 0, young: [] };
  const rules = { keep, olderThan, grace: new Date(now - graceMs) };
  const kept = keptByRules(entries, rules);
  const young = keptByGrace(entries, rules);
  // A keep-list or lockfile that matches nothing is most likely the wrong one. It must not empty the mirror.
  if (keep !== undefined && entries.length > 0 && !entries.some(({ hash }) => keep.has(hash))) {
    throw new BuildcacheError('usage', 'none of what is to be kept is in the mirror', {
      url: cache.reader.storage.url,
      expected: 'lockfiles or keep-lists of what the mirror holds',
    });
  }
  let isComplete = true;
  const { known, unread } = await gatherSpecs(cache.reader, {
    known: async () => await indexedNodes(cache, signal),
    lists: (hash) => kept.has(hash),
    jobs,
    onProblem: (text) => {
      isComplete = false;
      problems.push(text.replace('left out of the index', 'what it needs is not known'));
    },
    signal,
  });
  for (const reason of unread.values()) problems.push(`what it needs is not known: ${reason}`);
  if (!isComplete || unread.size > 0) {
    // An entry that cannot be read may need any other entry.
    const again = unread.size > 0 ? ', and push again (--force) what that leaves, or delete it yourself' : '';
    problems.push(`no entry is removed: repair the mirror first, with \`check-index --repair\`${again}`);
    return { condemned: [], needed: 0, young };
  }
  // A kept spec may have no entry of its own: a spliced spec is installed from the entry of its build spec.
  const stays = neededBy(new Set([...kept, ...(keep ?? [])]), known);
  const condemned = entries.filter(({ hash }) => !stays.has(hash));
  // A mirror without a push for so long may still be in use, so not all of its entries are removed.
  if (condemned.length > 0 && condemned.length === entries.length) {
    throw new BuildcacheError('usage', `all ${entries.length} entries would be removed`, {
      url: cache.reader.storage.url,
      hint: 'say what to keep, or delete the mirror itself',
    });
  }
  const newer = await findNewer(condemned, cache, jobs, signal);
  if (newer !== undefined) {
    // An entry that only a newer program can read stays, and may need any other entry.
    problems.push(`no entry is removed: ${newer}`);
    return { condemned: [], needed: 0, young };
  }
  return { condemned, needed: entries.length - condemned.length - kept.size, young };
}

/**
 * Looks for entries in a format that only a newer program can read. Others may use them, and what they need is unknown.
 * @returns the error of one such entry
 */
async function findNewer(
  condemned: readonly ListedEntry[],
  { reader }: CacheWriter,
  jobs: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  let newer: string | undefined;
  const limit = pLimit(jobs);
  const look = async ({ key }: ListedEntry) => {
    throwIfCancelled(signal);
    if (newer !== undefined) return;
    try {
      await reader.readAt(key, signal);
    } catch (error) {
      // Only a newer format is a reason to keep an entry; another error is not.
      if (errorCode(error) === 'unsupported') newer ??= describeError(error);
      else if (!['bad-input', 'corrupt', 'too-large', 'protocol'].includes(errorCode(error))) throw error;
    }
  };
  const looks = await Promise.allSettled(condemned.map((entry) => limit(look, entry)));
  const failed = looks.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  return newer;
}
