/** `check-index --repair`: repairs what a check has found, where the repair can cost no user anything. */

import type { Descriptor, EntryReader, ListedEntry } from '../cache/entries.ts';
import { listAside } from '../cache/layouts/blob-aside.ts';
import { blobDigest } from '../cache/layouts/layout3.ts';
import { checkEntry, type EntryProblem, type ProblemKind } from '../cache/reading/check-entry.ts';
import type { CacheWriter } from '../cache/writing/cache-writer.ts';
import { removeEntries, updateIndices } from '../cache/writing/remove-entries.ts';
import { remakeIndex } from '../cache/writing/update-index.ts';
import { isDamaged, whyUseful } from '../cache/writing/useless-entry.ts';
import { throwIfCancelled } from '../core/abort.ts';
import { describeError } from '../core/errors.ts';
import type { MirrorCheck, MirrorRepair } from '../plan/mirror-check.ts';
import { canList } from '../storage/storage.ts';
import type { CheckIndexOptions } from './check-index.ts';

/**
 * Repairs what a check has found, where the repair can cost no user anything. Entries that are proved to be useless
 * (useless-entry.ts) are removed, if a second look confirms it. Blobs whose content does not match their name are removed
 * the same way. The indices are made anew. Entries that we do not understand stay and are named. Entries that are
 * unsigned, or signed by others, stay.
 */
export async function repairMirror(
  cache: CacheWriter,
  check: MirrorCheck,
  options: CheckIndexOptions,
): Promise<MirrorRepair> {
  const { jobs, signal } = options;
  const problems: string[] = [];
  const removal = { jobs, signal };
  // No blob is as old as that, so nothing is pruned: only blobs that an earlier prune moved aside are put back.
  const graceMs = Number.POSITIVE_INFINITY;
  const pruned = await cache.pruneBlobs?.({ graceMs, jobs, dryRun: false, signal });
  const { useless, corrupt } = await stillUseless(cache, check, options, problems);
  const { blobs } = check;
  // The indices come first, which takes its time.
  const remove: CacheWriter['remove'] = async (entry) =>
    (await judge(entry, blobs, options)).isUseless && (await cache.remove(entry, signal));
  const removed = await removeEntries({ ...cache, remove }, useless, problems, removal);
  let removedBlobs = 0;
  for (const key of corrupt) {
    // A push that finds a blob of the right length does not send it again.
    if (!(await isStillDamaged(cache.reader, key, problems, signal))) continue;
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

/** Reads the blob again. Its own content decides, since the manifest that names it may be what is wrong. */
async function isStillDamaged(
  reader: EntryReader,
  key: string,
  problems: string[],
  signal: AbortSignal,
): Promise<boolean> {
  try {
    return await isDamaged(reader, key, blobDigest(key), signal);
  } catch (error) {
    throwIfCancelled(signal);
    problems.push(`${key} is left: ${describeError(error)}`);
    return false;
  }
}

/** Problems that may make an entry useless. */
const SUSPICIOUS: ReadonlySet<ProblemKind> = new Set([
  'malformed',
  'unreadable',
  'misfiled',
  'blob-missing',
  'blob-size',
  'blob-corrupt',
]);

/** Looks at the entries again, and not at what was listed before: they may have been pushed again meanwhile. */
async function stillUseless(
  cache: CacheWriter,
  { problems: found, blobs }: MirrorCheck,
  options: CheckIndexOptions,
  problems: string[],
): Promise<{ useless: ListedEntry[]; corrupt: Set<string> }> {
  const { signal } = options;
  const entries = new Map(
    found.filter(({ kind }) => SUSPICIOUS.has(kind)).map(({ entry }) => [entry.key, entry]),
  );
  const useless: ListedEntry[] = [];
  const corrupt = new Set<string>();
  try {
    // Where tags lead to images, these are noted before they are judged, and no other one is removed.
    const held = entries.size === 0 ? undefined : await cache.heldBy?.([...entries.values()], signal);
    for (const [key, by] of held ?? []) {
      entries.delete(key);
      problems.push(`${key} is left, since it is needed: ${by}`);
    }
  } catch (error) {
    throwIfCancelled(signal);
    problems.push(`no entry is removed, since it is not known what is needed: ${describeError(error)}`);
    return { useless, corrupt };
  }
  for (const entry of entries.values()) {
    try {
      const verdict = await judge(entry, blobs, options);
      if (verdict.isUseless) useless.push(entry);
      else if (verdict.kept !== undefined) problems.push(verdict.kept);
      for (const key of verdict.corrupt) corrupt.add(key);
    } catch (error) {
      throwIfCancelled(signal);
      problems.push(`${entry.key} is left: ${describeError(error)}`);
    }
  }
  return { useless, corrupt };
}

interface Verdict {
  readonly isUseless: boolean;
  /** Why it stays although something is wrong with it, for people. */
  readonly kept?: string;
  /** The keys of blobs that may be damaged. */
  readonly corrupt: readonly string[];
}

/** Whether it is proved that nobody can use the entry as it is now. @throws BuildcacheError when that cannot be told */
async function judge(
  entry: ListedEntry,
  blobs: MirrorCheck['blobs'],
  { reader, verify, signed, signal }: CheckIndexOptions,
): Promise<Verdict> {
  const tarball = verify === 'all' ? 'content' : 'exists';
  const how = { tarball, signed, trust: undefined, sizes: undefined, signal } as const;
  const look = async () =>
    (await checkEntry(reader, entry, how)).problems.filter(({ kind }) => SUSPICIOUS.has(kind));
  let still = await look();
  const missing = still.flatMap(({ kind, blob }) => (kind === 'blob-missing' && blob ? [blob] : []));
  if (missing.length > 0) {
    // A running prune may have moved the blob aside. It puts the blob back if a manifest names it by now.
    if (await isAnyAside(reader, missing, signal)) {
      const kept = `${entry.key} is left: a prune is looking at what it names`;
      return { isUseless: false, kept, corrupt: [] };
    }
    still = await look(); // the blob may have been put back in between
  }
  const reasons = await Promise.all(still.map((problem) => whyUseful(reader, problem, blobs, signal)));
  const corrupt = still.flatMap(({ kind, blob }) =>
    blob !== undefined && (kind === 'blob-corrupt' || kind === 'blob-size') ? [blob.key] : [],
  );
  if (reasons.includes(undefined)) return { isUseless: true, corrupt };
  return { isUseless: false, ...(reasons.length > 0 && { kept: keptText(entry, reasons, still) }), corrupt };
}

function keptText(
  { key }: ListedEntry,
  reasons: readonly (string | undefined)[],
  problems: readonly EntryProblem[],
): string {
  const texts = problems.map(({ text }) => text);
  const hint = 'Push it again with --force, or delete it yourself if no program can use it';
  return `${key} is left, since ${[...new Set(reasons)].join(', and ')}: ${texts.join('; ')}. ${hint}`;
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
