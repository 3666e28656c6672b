/** `check-index`: checks whether a mirror holds what its index and its entries say. */
import pLimit from 'p-limit';
import type { Entry, EntryReader, ListedEntry } from '../cache/entries.ts';
import { fetchListed, type ListedHashes } from '../cache/index/listed.ts';
import { namedBlobs } from '../cache/layouts/named-blobs.ts';
import type { Amount } from '../cache/layouts/prune-blobs.ts';
import { checkEntry, type EntryProblem } from '../cache/reading/check-entry.ts';
import type { Trust } from '../cache/trust/trust.ts';
import { throwIfCancelled } from '../core/abort.ts';
import { BuildcacheError, describeError, errorCode, oneLine } from '../core/errors.ts';
import type { Growth, IndexState, MirrorCheck, RootLengths } from '../plan/mirror-check.ts';
import type { Reporter } from '../report/reporter.ts';
import { canList, type ObjectInfo } from '../storage/storage.ts';
import { rootLength } from './root-length.ts';

/** Each level includes the levels before it. */
export const VERIFY_LEVELS = ['exists', 'manifests', 'blobs', 'all'] as const;

export type VerifyLevel = (typeof VERIFY_LEVELS)[number];

export interface CheckIndexOptions {
  readonly reader: EntryReader;
  readonly view: string | undefined;
  /**
   * `exists`: the index is compared with the names of the entries. `manifests`: each entry and its spec file are read.
   * `blobs`: each blob must be present with the right size. `all`: each blob is read.
   */
  readonly verify: VerifyLevel;
  /** Whether to read the beginnings of tarballs, where entries are read. */
  readonly rootLengths?: boolean;
  /** Whether entries have to be signed. */
  readonly signed: boolean;
  /** The keys that count. Undefined: signatures are not verified. */
  readonly trust: Trust | undefined;
  readonly jobs: number;
  readonly maxIndexBytes: number;
  readonly signal: AbortSignal;
}

/** @throws BuildcacheError only if nothing at all could be checked: the mirror is unreachable, or there is no mirror */
export async function checkIndex(options: CheckIndexOptions, reporter: Reporter): Promise<MirrorCheck> {
  const { reader, view, verify, signal } = options;
  const unknown: string[] = [];
  const { index, listed } = await readIndex(options, unknown);
  const entries = await listEntries(reader, signal);
  await requireCache(reader, index, entries, signal);
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
      : await findOrphans(checked.sound, blobs, options, unknown, reporter);
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
    provenance: checked?.provenance,
    rootLengths: checked?.rootLengths,
    blobs: blobs && amountOf(blobs.values()),
    orphans,
    growth: [7, 30].map((days) => growthOf(days, subjects, blobs)),
    oldest: times[0],
    newest: times.at(-1),
  };
}

async function readIndex(
  { reader, maxIndexBytes, signal }: CheckIndexOptions,
  unknown: string[],
): Promise<{ index: IndexState; listed: ReadonlySet<string> }> {
  let found: ListedHashes | undefined;
  try {
    found = await fetchListed(reader, maxIndexBytes, signal);
  } catch (error) {
    if (!['corrupt', 'bad-input', 'too-large', 'unsupported', 'protocol'].includes(errorCode(error)))
      throw error;
    const reason = describeError(error);
    // The index may be right in a newer format. Only a newer program can tell.
    if (errorCode(error) === 'unsupported') unknown.push(reason);
    return { index: { kind: 'broken', reason }, listed: new Set() };
  }
  if (found === undefined) return { index: { kind: 'none' }, listed: new Set() };
  const { listed, records, unfounded } = found;
  if (unfounded !== undefined) {
    const { spliced, buildSpec } = unfounded;
    const reason =
      `it has no record of /${buildSpec}, the build spec of /${spliced}: Spack 1.2 and newer refuse the whole index; ` +
      'run `buildcache update-index MIRROR`';
    // Both hashes come from the document, and were not checked, so the text is made safe for one line.
    return { index: { kind: 'broken', reason: oneLine(reason) }, listed };
  }
  return { index: { kind: 'there', listed: listed.size, records }, listed };
}

async function listEntries(reader: EntryReader, signal: AbortSignal): Promise<ListedEntry[] | undefined> {
  if (reader.list === undefined) return undefined;
  const entries: ListedEntry[] = [];
  for await (const entry of reader.list(signal)) entries.push(entry);
  return entries.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** An empty place is not reported as a mirror in good order, since most likely the URL is wrong. */
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
  /** How many say where they were built. */
  readonly provenance: number;
  readonly rootLengths: RootLengths | undefined;
  /** By key, the entries that could be read, with the blobs they name. */
  readonly sound: ReadonlyMap<string, Entry>;
}

async function checkEntries(
  subjects: readonly ListedEntry[],
  blobs: Blobs | undefined,
  { reader, verify, rootLengths, signed, trust, jobs, signal }: CheckIndexOptions,
  unknown: string[],
  reporter: Reporter,
): Promise<CheckedEntries> {
  const problems: EntryProblem[] = [];
  const sound = new Map<string, Entry>();
  let unsigned = 0;
  let provenance = 0;
  const lengths: (number | undefined)[] = [];
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
          // The blobs of an entry that was just pushed may have come after the blobs were listed.
          const again = sizes !== undefined && checked.problems.some(({ blob }) => blob !== undefined);
          const {
            entry,
            problems: found,
            hasProvenance,
          } = again ? await checkEntry(reader, listed, { ...how, sizes: undefined }) : checked;
          problems.push(...found);
          if (entry !== undefined) sound.set(listed.key, entry);
          else if (found.length === 0)
            unknown.push(
              `${listed.key}: it is listed, and not there. Run \`buildcache check-index\` again: if it stays, the entry was removed`,
            );
          if (entry?.signed === false) unsigned++;
          if (hasProvenance) provenance++;
          if (rootLengths === true && entry !== undefined)
            lengths.push(await rootLength(reader, entry, listed.hash, signal));
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
  return {
    problems,
    unsigned,
    provenance,
    rootLengths: rootLengths === true ? tally(lengths) : undefined,
    sound,
  };
}

function tally(found: readonly (number | undefined)[]): RootLengths {
  const lengths = new Map<number, number>();
  for (const length of found.flatMap((each) => each ?? []).sort((a, b) => a - b))
    lengths.set(length, (lengths.get(length) ?? 0) + 1);
  return { lengths, unknown: found.filter((length) => length === undefined).length };
}

/** Blobs that neither a sound entry nor any other document names. */
async function findOrphans(
  sound: ReadonlyMap<string, Entry>,
  blobs: Blobs,
  { reader, jobs, signal }: CheckIndexOptions,
  unknown: string[],
  reporter: Reporter,
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
  if (others.unclear !== undefined) {
    reporter.warn(`which blobs nothing names is not known: ${others.unclear}`);
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
