/**
 * Makes an index from the manifests a mirror has. A spec that an earlier index describes need not be read again: its
 * hash says what the spec is, and is verified.
 */

import pLimit from 'p-limit';
import { BuildcacheError } from '../../core/errors.ts';
import { addTo } from '../../core/multimap.ts';
import { addEntryNodes } from '../../spec/add-nodes.ts';
import { neededFormat, specEmitter } from '../../spec/emit-spec.ts';
import { recordOrder } from '../../spec/graph.ts';
import { hashMustHold } from '../../spec/hash.ts';
import type { SpecFormat, SpecNode } from '../../spec/node.ts';
import type { EntryReader, ListedEntry } from '../entries.ts';
import { type EarlierIndices, type EarlierRecords, NOTHING_EARLIER, withoutEntry } from '../index/earlier.ts';
import { type IndexFile, IndexWriter, indexRecord } from '../index/file.ts';
import { countReferences } from '../index/merge.ts';
import { withGaps } from '../index/nodes.ts';
import { INDEX_FORMAT, type IndexVersion } from '../index-version.ts';
import { checkEntry } from '../reading/check-entry.ts';
import { readSound } from './sound-entry.ts';
import { whyUseful } from './useless-entry.ts';

export interface RebuildOptions {
  /** Finds the specs that are known already, by hash, which need not be read. Specs that are read are added to them. */
  readonly known: () => Promise<Map<string, SpecNode>>;
  /**
   * The known specs about which a lockfile, an install tree, their own entries or a record that lists them has spoken. The
   * others are known only from what needs them: where their hashes prove nothing, their own entries are read. All when
   * undefined.
   */
  readonly vouched?: (() => ReadonlySet<string> | undefined) | undefined;
  /** What the present indices say of specs that cannot be read, and of all below them. Undefined: they say nothing. */
  readonly earlier?: ((hashes: readonly string[]) => Promise<EarlierIndices>) | undefined;
  /** Which hashes to list. All when undefined. */
  readonly lists?: ((hash: string) => boolean) | undefined;
  /**
   * Where there can be indices side by side: the hashes that the older index lists, or would list. For any other spec
   * the format of its document must be read, since a newer Spack writes whatever it pushes in its own format.
   */
  readonly olderLists?: (() => ReadonlySet<string> | undefined) | undefined;
  /** Requests under way at once. */
  readonly jobs: number;
  /** Told of every entry that cannot be read. Its record stays in the index as it was, or is left out. */
  readonly onProblem: (text: string) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface RebuiltIndex {
  /** The oldest version first. */
  readonly indices: readonly IndexFile[];
  /** Specs whose documents had to be read. */
  readonly read: number;
  /** There are entries, but none could be read, and no blob can be seen: the mirror as a whole is not there. */
  readonly isBlind: boolean;
  /** Hashes of the specs that the indices list because an entry was there. */
  readonly listed: ReadonlySet<string>;
  /** Hashes of all entries that were there, whether they could be used or not. */
  readonly seen: ReadonlySet<string>;
}

/**
 * Which indices are made: one of version 9 where anything needs it; beside it or instead, one of version 8 with what
 * that can hold.
 */
export interface WantedIndices {
  /** Versions that are there, and stay. */
  readonly present: () => readonly IndexVersion[];
  readonly sideBySide: boolean;
}

/**
 * @param folder where the result is written
 * @throws BuildcacheError when the mirror cannot be listed, or a document cannot be fetched: an index that lacks
 *   entries must not replace a better one
 */
export async function rebuildIndex(
  reader: EntryReader,
  folder: string,
  { present, sideBySide, ...options }: RebuildOptions & WantedIndices,
): Promise<RebuiltIndex> {
  const { known, listed, newer, read, unread, seen } = await gatherSpecs(reader, options);
  const earlier = (await options.earlier?.([...unread.keys()])) ?? NOTHING_EARLIER;
  for (const [hash, reason] of unread) {
    const isKept = earlier[8].has(hash) || earlier[9].has(hash);
    options.onProblem(`${isKept ? 'kept in the index as it was' : 'left out of the index'}: ${reason}`);
  }
  const isBlind = unread.size > 0 && listed.size === 0 && !(await showsBlobs(reader, options.signal));
  const older = new Set([...listed].filter((hash) => !newer.has(hash)));
  const versions = versionsFor(present(), older.size > 0, newer.size > 0, sideBySide);
  const indices: IndexFile[] = [];
  for (const version of versions) {
    const [lists, before] = [version === 9 ? listed : older, earlier[version]];
    indices.push(await writeIndex(folder, version, { known, listed: lists, before, unread }));
  }
  return { indices, read, isBlind, listed, seen };
}

/**
 * The versions of an index that are wanted, the oldest first.
 * @param present those that are there
 * @param older whether there are specs that an index of version 8 can list
 * @param newer whether there are others
 */
export function versionsFor(
  present: readonly IndexVersion[],
  older: boolean,
  newer: boolean,
  sideBySide: boolean,
): IndexVersion[] {
  if (!newer && !present.includes(9)) return [8];
  return sideBySide && (older || present.includes(8)) ? [8, 9] : [9];
}

export interface GatheredSpecs {
  /** What is known, with all below what is listed. */
  readonly known: ReadonlyMap<string, SpecNode>;
  /** Hashes of entries that are there and not broken, in the order of their names. */
  readonly listed: ReadonlySet<string>;
  /** Those of them that are there in format 6, which only Spack 1.3 and later read. */
  readonly newer: ReadonlySet<string>;
  /** How many of them had to be read. */
  readonly read: number;
  /** Hashes of entries that are there and that we cannot read, with the reason. It proves nothing against them. */
  readonly unread: ReadonlyMap<string, string>;
  /** Hashes of all entries that are there. */
  readonly seen: ReadonlySet<string>;
}

/**
 * The specs of a mirror's entries. An entry that is proved to be of no use to anybody is told as a problem.
 * @throws as {@link rebuildIndex}
 */
export async function gatherSpecs(reader: EntryReader, options: RebuildOptions): Promise<GatheredSpecs> {
  const { jobs, signal } = options;
  // Listing a mirror is mostly waiting, and an earlier index takes work to read.
  const [found, known] = await Promise.all([listEntries(reader, options), options.known()]);
  const limit = pLimit(jobs);
  const listed = new Set<string>();
  const formats = new Map<string, SpecFormat>();
  const unread = new Map<string, string>();
  let read = 0;
  const readAll = async (hashes: readonly string[]) => {
    await settleAll(
      hashes.map((hash) =>
        limit(async () => {
          signal?.throwIfAborted();
          const entries = found.get(hash);
          if (entries === undefined) return;
          const { file, failures } = await readSound(reader, entries, signal);
          if (file !== undefined) {
            formats.set(hash, file.root.format);
            addEntryNodes(known, file);
            listed.add(hash);
            read++;
            return;
          }
          listed.delete(hash);
          for (const { entry, reason } of failures) {
            if (await isUseless(reader, entry, signal)) options.onProblem(`left out of the index: ${reason}`);
            else unread.set(hash, reason);
          }
        }),
      ),
    );
  };

  const olderLists = options.olderLists?.();
  const vouched = options.vouched?.();
  const unknown: string[] = [];
  for (const [hash, entries] of found) {
    const node = known.get(hash);
    const isInDoubt = olderLists !== undefined && !olderLists.has(hash) && (node?.originalFormat ?? 0) < 6;
    const isHearsay = vouched?.has(hash) === false && node !== undefined && !hashMustHold(node);
    const isInPlace = node !== undefined && entries.some(({ key }) => reader.isPlaceOf(key, node));
    if (isInDoubt || isHearsay || !isInPlace) unknown.push(hash);
    else listed.add(hash);
  }
  await readAll(unknown);
  // An earlier index or an install tree may know a spec without all that is below it.
  await readAll([...withGaps(known, listed)]);
  const seen = new Set(found.keys());
  for (const hash of await forgetRemoved(reader, unread, options)) seen.delete(hash);
  // In the order of their names, whichever was read first: the same content should give the same index.
  const inOrder = new Set([...found.keys()].filter((hash) => listed.has(hash)));
  const needed = neededFormat({ nodes: known });
  const isNewer = (hash: string) => (formats.get(hash) ?? 0) > 5 || needed(hash) > 5;
  return { known, listed: inOrder, newer: new Set([...inOrder].filter(isNewer)), read, unread, seen };
}

/**
 * Entries by the hash in their names. There is one for each hash, unless somebody has copied an entry to another name or
 * left something else there.
 * @throws as {@link rebuildIndex}
 */
export async function listEntries(
  reader: EntryReader,
  { lists, signal }: Pick<RebuildOptions, 'lists' | 'signal'>,
): Promise<Map<string, readonly ListedEntry[]>> {
  if (reader.list === undefined) {
    throw new BuildcacheError('unsupported', 'what the mirror holds cannot be listed', {
      url: reader.storage.url,
    });
  }
  const entries: ListedEntry[] = [];
  for await (const entry of reader.list(signal)) entries.push(entry);
  const found = new Map<string, ListedEntry[]>();
  for (const entry of entries.sort((a, b) => (a.key < b.key ? -1 : 1))) {
    if (lists !== undefined && !lists(entry.hash)) continue;
    addTo(found, entry.hash, entry);
  }
  return found;
}

/** Takes out entries that are not listed any more, and returns them. One that is still listed may only have been out of reach. */
async function forgetRemoved(
  reader: EntryReader,
  unread: Map<string, string>,
  options: RebuildOptions,
): Promise<string[]> {
  if (unread.size === 0) return [];
  const now = await listEntries(reader, options);
  const removed = [...unread].filter(([hash]) => !now.has(hash));
  for (const [hash, reason] of removed) {
    unread.delete(hash);
    options.onProblem(`left out of the index: ${reason}`);
  }
  return removed.map(([hash]) => hash);
}

/** Whether it is proved that nobody can use an entry that could not be read. */
async function isUseless(
  reader: EntryReader,
  entry: ListedEntry,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const how = { tarball: 'no', signed: false, trust: undefined, sizes: undefined, signal } as const;
  for (const problem of (await checkEntry(reader, entry, how)).problems) {
    const isBlind = problem.kind === 'blob-missing' && !(await showsBlobs(reader, signal));
    if (!isBlind && (await whyUseful(reader, problem, undefined, signal)) === undefined) return true;
  }
  return false;
}

/** Whether the mirror shows any blob. Also true where blobs cannot be listed: a registry that answers has them all. */
async function showsBlobs(reader: EntryReader, signal: AbortSignal | undefined): Promise<boolean> {
  if (reader.listBlobs === undefined) return true;
  for await (const _ of reader.listBlobs(signal)) return true;
  return false;
}

interface IndexedContent {
  readonly known: ReadonlyMap<string, SpecNode>;
  readonly listed: ReadonlySet<string>;
  /** The records of the last index of this version that are kept. */
  readonly before: EarlierRecords;
  /** Entries whose records are kept as they are; what is only below them may not be there any more. */
  readonly unread: ReadonlyMap<string, string>;
}

async function writeIndex(
  folder: string,
  version: IndexVersion,
  { known, listed, before, unread }: IndexedContent,
): Promise<IndexFile> {
  const nodes = recordOrder({ nodes: known }, listed);
  const references = countReferences(nodes);
  const written = new Set(nodes.map(({ hash }) => hash));
  const others = [...before].filter(([hash]) => !written.has(hash));
  const isThere = (hash: string) =>
    listed.has(hash) || (unread.has(hash) && before.get(hash)?.inBuildcache === true);
  for (const [, { below }] of others) {
    for (const hash of below) references.set(hash, (references.get(hash) ?? 0) + 1);
  }
  const emitter = specEmitter({ nodes: known });
  const writer = await IndexWriter.create(folder, version);
  try {
    for (const node of nodes) {
      const { hash } = node;
      const text = emitter.node(node, INDEX_FORMAT[version]);
      writer.add(hash, indexRecord(text, references.get(hash) ?? 0, isThere(hash)));
      await writer.settle();
    }
    for (const [hash, record] of others) {
      writer.add(hash, unread.has(hash) ? record.json : withoutEntry(record));
      await writer.settle();
    }
    return await writer.finish();
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

/** Waits for all of them before it throws the first failure, so that nothing goes on in the background. */
async function settleAll(tasks: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(tasks)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}
