/** `check-index --repair`: putting right what a check has found, as far as nobody can lose by it. */
import { listAside } from '../cache/blob-aside.ts';
import type { CacheWriter } from '../cache/cache-writer.ts';
import { checkEntry, type EntryProblem, verifyBlob } from '../cache/check-entry.ts';
import type { Descriptor, EntryReader, ListedEntry } from '../cache/entries.ts';
import { remakeIndex } from '../cache/index-update.ts';
import { blobDigest } from '../cache/layout3.ts';
import { removeEntries, updateIndices } from '../cache/remove-entries.ts';
import { throwIfCancelled } from '../core/abort.ts';
import { describeError, errorCode } from '../core/errors.ts';
import { type MirrorCheck, type MirrorRepair, USELESS } from '../plan/mirror-check.ts';
import { canList } from '../storage/storage.ts';
import type { CheckIndexOptions } from './check-index.ts';

/**
 * Puts right what a check has found, as far as nobody can lose by it: entries that nobody can use are removed if they
 * still are useless, blobs that are not what their name says as well; the indices are made anew. Entries that are
 * unsigned or signed by others are left.
 */
export async function repairMirror(
  cache: CacheWriter,
  check: MirrorCheck,
  options: CheckIndexOptions,
): Promise<MirrorRepair> {
  const { jobs, signal } = options;
  const problems: string[] = [];
  const removal = { jobs, signal };
  // Nothing is as old as that: only what an earlier prune has left is looked at.
  const graceMs = Number.POSITIVE_INFINITY;
  const pruned = await cache.pruneBlobs?.({ graceMs, jobs, dryRun: false, signal });
  const { useless, corrupt } = await stillUseless(check.problems, options, problems);
  const removed = await removeEntries(cache, useless, problems, removal);
  let removedBlobs = 0;
  for (const key of corrupt) {
    // A push that finds a blob of the right length does not send it again.
    if (!(await isDamaged(cache.reader, key, problems, signal))) continue;
    if ((await cache.removeBlob?.(key, signal)) === true) removedBlobs++;
  }
  const onProblem = (text: string) => void problems.push(text);
  let indexChanged = await updateIndices(cache, removal, { onProblem });
  if (check.index.kind === 'none' && check.view === undefined) {
    indexChanged =
      (await remakeIndex(cache, { full: false, jobs, onProblem, signal })).changed || indexChanged;
  }
  return {
    removed,
    removedBlobs,
    putBack: pruned?.putBack ?? 0,
    indexChanged: indexChanged || removed.length > 0,
    problems,
  };
}

/** Whether a blob is not what its name says: a manifest that is wrong about it says nothing of those that are right. */
async function isDamaged(
  reader: EntryReader,
  key: string,
  problems: string[],
  signal: AbortSignal,
): Promise<boolean> {
  const { storage } = reader;
  try {
    const before = await storage.head(key, { signal });
    try {
      await verifyBlob(reader, { key, sha256: blobDigest(key), size: undefined }, signal);
      return false;
    } catch (error) {
      if (errorCode(error) !== 'corrupt') throw error;
    }
    // Reading takes a while, and somebody may have sent it again: that one is another.
    const now = await storage.head(key, { signal });
    if (now?.etag === before?.etag && now?.modified?.getTime() === before?.modified?.getTime()) return true;
    problems.push(`${key} is left: somebody wrote it meanwhile`);
    return false;
  } catch (error) {
    throwIfCancelled(signal);
    problems.push(`${key} is left: ${describeError(error)}`);
    return false;
  }
}

/** Looks again, past what was listed: somebody may have pushed them meanwhile. */
async function stillUseless(
  found: readonly EntryProblem[],
  { reader, verify, signed, signal }: CheckIndexOptions,
  problems: string[],
): Promise<{ useless: ListedEntry[]; corrupt: Set<string> }> {
  const entries = new Map(
    found.filter(({ kind }) => USELESS.has(kind)).map(({ entry }) => [entry.key, entry]),
  );
  const useless: ListedEntry[] = [];
  const corrupt = new Set<string>();
  for (const entry of entries.values()) {
    try {
      const tarball = verify === 'all' ? 'content' : 'exists';
      const how = { tarball, signed, trust: undefined, sizes: undefined, signal } as const;
      const look = async () =>
        (await checkEntry(reader, entry, how)).problems.filter(({ kind }) => USELESS.has(kind));
      let still = await look();
      const missing = still.flatMap(({ kind, blob }) => (kind === 'blob-missing' && blob ? [blob] : []));
      if (missing.length > 0) {
        // A prune that is under way puts back what somebody names who has just pushed.
        if (await isAnyAside(reader, missing, signal)) {
          problems.push(`${entry.key} is left: a prune is looking at what it names`);
          continue;
        }
        still = await look(); // it may have been put back in between
      }
      if (still.length > 0) useless.push(entry);
      for (const { kind, blob } of still) {
        if (blob !== undefined && (kind === 'blob-corrupt' || kind === 'blob-size')) corrupt.add(blob.key);
      }
    } catch (error) {
      throwIfCancelled(signal);
      problems.push(`${entry.key} is left: ${describeError(error)}`);
    }
  }
  return { useless, corrupt };
}

async function isAnyAside(
  { storage }: EntryReader,
  blobs: readonly Descriptor[],
  signal: AbortSignal,
): Promise<boolean> {
  if (!canList(storage)) return false;
  for (const { sha256 } of blobs) {
    if (sha256 !== undefined && (await listAside(storage, signal, sha256)).length > 0) return true;
  }
  return false;
}
