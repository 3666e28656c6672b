/** `check-index --repair`: repairs what a check has found, where the repair can cost no user anything. */

import type { Descriptor, EntryReader, ListedEntry } from '../cache/entries.ts';
import { linkToNowhere } from '../cache/fetch-document.ts';
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

export interface RepairOptions extends CheckIndexOptions {
  /** Milliseconds, as of a prune: the blobs of a younger entry may still be on their way here. */
  readonly graceMs: number;
}

/**
 * Repairs what a check has found, where the repair can cost no user anything. Entries that are proved to be useless
 * (useless-entry.ts) are removed, if a second look confirms it, unless they are most of what there is. Blobs whose content
 * does not match their name are removed the same way. The indices are made anew. Entries that we do not understand stay
 * and are named. Entries that are unsigned, or signed by others, stay.
 */
export async function repairMirror(
  cache: CacheWriter,
  check: MirrorCheck,
  options: RepairOptions,
): Promise<MirrorRepair> {
  const { jobs, signal } = options;
  const problems: string[] = [];
  // The indices are made more than once.
  const onProblem = (text: string) => {
    if (!problems.includes(text)) problems.push(text);
  };
  const removal = { jobs, signal };
  // No blob is as old as that, so nothing is pruned: only blobs that an earlier prune moved aside are put back.
  const graceMs = Number.POSITIVE_INFINITY;
  const pruned = await cache.pruneBlobs?.({ graceMs, jobs, dryRun: false, signal });
  const { useless, corrupt } = await stillUseless(cache, check, options, problems);
  // The indices come first, which takes its time.
  const remove: CacheWriter['remove'] = async (entry) =>
    (await judge(entry, check, options)).isUseless && (await cache.remove(entry, signal));
  const removed = await removeEntries({ ...cache, remove }, useless, problems, removal);
  let removedBlobs = 0;
  for (const key of corrupt) {
    // A push that finds a blob of the right length does not send it again.
    if (!(await isStillDamaged(cache.reader, key, problems, signal))) continue;
    if ((await cache.removeBlob?.(key, signal)) === true) removedBlobs++;
  }
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
  check: MirrorCheck,
  options: RepairOptions,
  problems: string[],
): Promise<{ useless: ListedEntry[]; corrupt: Set<string> }> {
  const { signal } = options;
  const entries = new Map(
    check.problems.filter(({ kind }) => SUSPICIOUS.has(kind)).map(({ entry }) => [entry.key, entry]),
  );
  let unusable = 0;
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
      const verdict = await judge(entry, check, options);
      if (verdict.isUseless || verdict.lacksBlobs) unusable++;
      if (verdict.isUseless) useless.push(entry);
      else if (verdict.kept !== undefined) problems.push(verdict.kept);
      for (const key of verdict.corrupt) corrupt.add(key);
    } catch (error) {
      throwIfCancelled(signal);
      problems.push(`${entry.key} is left: ${describeError(error)}`);
    }
  }
  if (useless.length + corrupt.size > 0 && isMost(unusable, check)) {
    problems.push(
      `nothing is removed, since most entries cannot be used as they are (${unusable}). The mirror may be on its way ` +
        'here, or not be mounted whole. If it is all there, push these again with --force, or delete them yourself',
    );
    return { useless: [], corrupt: new Set() };
  }
  return { useless, corrupt };
}

/**
 * Whether so many are most of the entries that were looked at. What was copied here in part looks like a mirror that has
 * lost its blobs, and has its old times.
 */
function isMost(count: number, { view, entries = 0, index, missing }: MirrorCheck): boolean {
  const looked = view !== undefined && index.kind === 'there' ? index.listed - missing.length : entries;
  return 2 * count > looked;
}

interface Verdict {
  readonly isUseless: boolean;
  readonly lacksBlobs: boolean;
  /** Why it stays although something is wrong with it, for people. */
  readonly kept?: string;
  /** The keys of blobs that may be damaged. */
  readonly corrupt: readonly string[];
}

/** Whether it is proved that nobody can use the entry as it is now. @throws BuildcacheError when that cannot be told */
async function judge(entry: ListedEntry, check: MirrorCheck, options: RepairOptions): Promise<Verdict> {
  const { reader, verify, signed, signal } = options;
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
      return { isUseless: false, lacksBlobs: false, kept, corrupt: [] };
    }
    still = await look(); // the blob may have been put back in between
  }
  const lacksBlobs = still.some(({ kind }) => kind === 'blob-missing');
  const awaited = whyAwaited(entry, check, options) ?? (await whyHidden(reader, missing, signal));
  const reasons = await Promise.all(still.map((problem) => whyUseful(reader, problem, awaited, signal)));
  const corrupt = still.flatMap(({ kind, blob }) =>
    blob !== undefined && (kind === 'blob-corrupt' || kind === 'blob-size') ? [blob.key] : [],
  );
  if (reasons.includes(undefined)) return { isUseless: true, lacksBlobs, corrupt };
  const kept = reasons.length > 0 && { kept: keptText(entry, reasons, still) };
  return { isUseless: false, lacksBlobs, ...kept, corrupt };
}

/**
 * Why blobs that are missing may still come: a restore, a replication or rclone brings them in any order. Nobody but who
 * has signed an entry can make it again.
 */
function whyAwaited(
  { modified }: ListedEntry,
  { blobs }: MirrorCheck,
  { reader, graceMs }: RepairOptions,
): string | undefined {
  if (blobs?.count === 0) return 'the mirror shows no blob at all: is it mounted whole?';
  const now = Date.now() - (reader.storage.clockAheadMs?.() ?? 0);
  // An image has no time, and a registry takes none whose blobs it does not have.
  if (modified === undefined || modified.getTime() < now - graceMs) return undefined;
  return `it is younger than ${graceMs / 3_600_000}h, and what it names may still be on its way here`;
}

/** Why blobs that are missing may be there all the same: their disk may not be mounted. */
async function whyHidden(
  { storage }: EntryReader,
  blobs: readonly Descriptor[],
  signal: AbortSignal,
): Promise<string | undefined> {
  let why: string | undefined;
  if (storage.fileOf === undefined || !canList(storage)) return undefined;
  const onHidden = (key: string) => {
    why ??= describeError(linkToNowhere(storage, key));
  };
  for (const { key } of blobs) for await (const _ of storage.list(key, { signal, onHidden })) break;
  return why;
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
