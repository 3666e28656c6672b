/** `check-index`: whether a mirror is what its index and its entries say; and putting right what can be. */
import pLimit from 'p-limit';
import type { CacheWriter } from '../cache/cache-writer.ts';
import { checkEntry, type EntryProblem, verifyBlob } from '../cache/check-entry.ts';
import type { Entry, EntryReader, ListedEntry } from '../cache/entries.ts';
import { fetchListed, type ListedHashes } from '../cache/index-listed.ts';
import { remakeIndex } from '../cache/index-update.ts';
import { blobDigest } from '../cache/layout3.ts';
import { namedBlobs } from '../cache/named-blobs.ts';
import type { Amount } from '../cache/prune-blobs.ts';
import { removeEntries, updateIndices } from '../cache/remove-entries.ts';
import type { Trust } from '../cache/trust.ts';
import { throwIfCancelled } from '../core/abort.ts';
import { BuildcacheError, describeError, errorCode } from '../core/errors.ts';
import {
  type Growth,
  type IndexState,
  type MirrorCheck,
  type MirrorRepair,
  USELESS,
} from '../plan/mirror-check.ts';
import type { Reporter } from '../report/reporter.ts';
import { canList, type ObjectInfo } from '../storage/storage.ts';

/** Each looks at what the ones before look at, too. */
export const VERIFY_LEVELS = ['exists', 'manifests', 'blobs', 'all'] as const;

export type VerifyLevel = (typeof VERIFY_LEVELS)[number];

export interface CheckIndexOptions {
  readonly reader: EntryReader;
  readonly view: string | undefined;
  /**
   * `exists`: the index, against the names of the entries. `manifests`: each entry is read, and its spec file. `blobs`:
   * each blob is there in its length. `all`: each blob is read.
   */
  readonly verify: VerifyLevel;
  /** Whether entries are to be signed. */
  readonly signed: boolean;
  /** Undefined: signatures are not verified. */
  readonly trust: Trust | undefined;
  readonly jobs: number;
  readonly maxIndexBytes: number;
  readonly signal: AbortSignal;
}

/** @throws BuildcacheError only when nothing could be told at all: the mirror cannot be reached, or is none */
export async function checkIndex(options: CheckIndexOptions, reporter: Reporter): Promise<MirrorCheck> {
  const { reader, view, verify, signal } = options;
  const { index, listed } = await readIndex(options);
  const entries = await listEntries(reader, signal);
  await requireCache(reader, index, entries, signal);
  const unknown: string[] = [];
  const there = new Set(entries?.map(({ hash }) => hash));
  const missing = entries === undefined ? [] : [...listed].filter((hash) => !there.has(hash));
  if (entries === undefined) {
    unknown.push('what the mirror holds cannot be listed: check it where it is written');
  }
  const subjects = (entries ?? []).filter(({ hash }) => view === undefined || listed.has(hash));
  const unindexed =
    index.kind === 'there' && view === undefined ? subjects.filter(({ hash }) => !listed.has(hash)) : [];
  const blobs = await listBlobs(reader, signal);
  const checked =
    verify === 'exists' ? undefined : await checkEntries(subjects, blobs, options, unknown, reporter);
  const orphans =
    checked === undefined || verify === 'manifests' || blobs === undefined
      ? undefined
      : await findOrphans(checked.sound, blobs, options, unknown);
  const times = subjects.flatMap(({ modified }) => modified ?? []).sort((a, b) => a.getTime() - b.getTime());
  return {
    url: reader.storage.url,
    layout: reader.layout,
    view,
    index,
    entries: entries?.length,
    missing,
    unindexed,
    problems: checked?.problems ?? [],
    unknown,
    unsigned: checked?.unsigned,
    blobs: blobs && amountOf(blobs.values()),
    orphans,
    growth: [7, 30].map((days) => growthOf(days, subjects, blobs)),
    oldest: times[0],
    newest: times.at(-1),
  };
}

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

async function readIndex({
  reader,
  maxIndexBytes,
  signal,
}: CheckIndexOptions): Promise<{ index: IndexState; listed: ReadonlySet<string> }> {
  let found: ListedHashes | undefined;
  try {
    found = await fetchListed(reader, maxIndexBytes, signal);
  } catch (error) {
    if (!['corrupt', 'bad-input', 'too-large', 'unsupported', 'protocol'].includes(errorCode(error)))
      throw error;
    return { index: { kind: 'broken', reason: describeError(error) }, listed: new Set() };
  }
  if (found === undefined) return { index: { kind: 'none' }, listed: new Set() };
  const { listed, records } = found;
  return { index: { kind: 'there', listed: listed.size, records }, listed };
}

async function listEntries(reader: EntryReader, signal: AbortSignal): Promise<ListedEntry[] | undefined> {
  if (reader.list === undefined) return undefined;
  const entries: ListedEntry[] = [];
  for await (const entry of reader.list(signal)) entries.push(entry);
  return entries.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** An empty place is no mirror in good order, but most likely a wrong URL. */
async function requireCache(
  reader: EntryReader,
  index: IndexState,
  entries: readonly ListedEntry[] | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (index.kind !== 'none' || (entries?.length ?? 0) > 0 || (await reader.isMarked(signal))) return;
  throw new BuildcacheError('not-found', 'there is no build cache', {
    url: reader.storage.url,
    hint: 'check the URL',
  });
}

type Blobs = ReadonlyMap<string, ObjectInfo>;

async function listBlobs(reader: EntryReader, signal: AbortSignal): Promise<Blobs | undefined> {
  if (reader.listBlobs === undefined) return undefined;
  const blobs = new Map<string, ObjectInfo>();
  for await (const info of reader.listBlobs(signal)) blobs.set(info.key, info);
  return blobs;
}

interface CheckedEntries {
  readonly problems: EntryProblem[];
  readonly unsigned: number;
  /** Keys of documents that could be read, with the blobs they name. */
  readonly sound: ReadonlyMap<string, Entry>;
}

async function checkEntries(
  subjects: readonly ListedEntry[],
  blobs: Blobs | undefined,
  { reader, verify, signed, trust, jobs, signal }: CheckIndexOptions,
  unknown: string[],
  reporter: Reporter,
): Promise<CheckedEntries> {
  const problems: EntryProblem[] = [];
  const sound = new Map<string, Entry>();
  let unsigned = 0;
  const tarball = verify === 'all' ? 'content' : verify === 'blobs' ? 'exists' : 'no';
  const sizes = blobs && new Map([...blobs].map(([key, { size }]) => [key, size]));
  const limit = pLimit(jobs);
  const progress = reporter.progress('Checking entries', subjects.length);
  await Promise.all(
    subjects.map((listed) =>
      limit(async () => {
        throwIfCancelled(signal);
        try {
          const how = { tarball, signed, trust, sizes, signal } as const;
          const checked = await checkEntry(reader, listed, how);
          // Blobs of an entry that has just come may not have been there when they were listed.
          const again = sizes !== undefined && checked.problems.some(({ blob }) => blob !== undefined);
          const { entry, problems: found } = again
            ? await checkEntry(reader, listed, { ...how, sizes: undefined })
            : checked;
          problems.push(...found);
          if (entry !== undefined) sound.set(listed.key, entry);
          if (entry?.signed === false) unsigned++;
        } catch (error) {
          throwIfCancelled(signal);
          unknown.push(`${listed.key}: ${describeError(error)}`);
        }
        progress.advance(1);
      }),
    ),
  );
  progress.done();
  problems.sort((a, b) => (a.entry.key < b.entry.key ? -1 : 1));
  return { problems, unsigned, sound };
}

/** Blobs that neither a sound entry nor any other document names. */
async function findOrphans(
  sound: ReadonlyMap<string, Entry>,
  blobs: Blobs,
  { reader, jobs, signal }: CheckIndexOptions,
  unknown: string[],
): Promise<Amount | undefined> {
  if (!canList(reader.storage)) return undefined;
  const named = new Set<string>();
  for (const { tarball, spec } of sound.values()) {
    named.add(tarball.key);
    if (spec !== undefined) named.add(spec.key);
  }
  const others = namedBlobs(reader.storage, jobs, new Set(sound.keys()));
  try {
    await others.look(signal);
  } catch (error) {
    throwIfCancelled(signal);
    unknown.push(`which blobs nothing names: ${describeError(error)}`);
    return undefined;
  }
  const orphans = [...blobs.values()].filter(({ key }) => !named.has(key) && !others.has(key.slice(-64)));
  return amountOf(orphans);
}

function growthOf(days: number, entries: readonly ListedEntry[], blobs: Blobs | undefined): Growth {
  const since = new Date(Date.now() - days * 24 * 3_600_000);
  const isNew = ({ modified }: { readonly modified?: Date | undefined }) =>
    modified !== undefined && modified >= since;
  return {
    days,
    entries: entries.filter(isNew).length,
    blobs: blobs && amountOf([...blobs.values()].filter(isNew)),
  };
}

function amountOf(infos: Iterable<ObjectInfo>): Amount {
  let count = 0;
  let bytes = 0;
  for (const { size = 0 } of infos) {
    count++;
    bytes += size;
  }
  return { count, bytes };
}

/** Whether a blob is not what its name says: a manifest that is wrong about it says nothing of those that are right. */
async function isDamaged(
  reader: EntryReader,
  key: string,
  problems: string[],
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await verifyBlob(reader, { key, sha256: blobDigest(key), size: undefined }, signal);
    return false;
  } catch (error) {
    throwIfCancelled(signal);
    if (errorCode(error) === 'corrupt') return true;
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
      const again = await checkEntry(reader, entry, {
        tarball,
        signed,
        trust: undefined,
        sizes: undefined,
        signal,
      });
      const still = again.problems.filter(({ kind }) => USELESS.has(kind));
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
