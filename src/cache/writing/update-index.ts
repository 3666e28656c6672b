/**
 * Changing a mirror's index while others do the same. The index is replaced on the condition that it is still the one
 * the new index was made from. If it is not, the new one is made again from what is there now, so that nobody's specs
 * are lost.
 *
 * A prune takes a spec out of the index, removes the entry, and looks at the index again. A writer that saw the entry
 * before may list it after the prune's last look. So a writer looks again, too, once its index is there: at the entries
 * that it lists anew and did not publish itself; in a registry, whose removals may take a new tag along, at all that it
 * lists anew. Whichever of the two looks last finds out that the entry is gone.
 * A writer that finds its spec in the index writes none. So who takes a spec out, since its entry is gone, looks whether it has
 * come back.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfCancelled } from '../../core/abort.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { withTemporaryFolder } from '../../core/temporary-folder.ts';
import type { SpecNode } from '../../spec/node.ts';
import { incompleteIndex } from '../fetch-document.ts';
import {
  type BaseContent,
  baseContent,
  fetchIndex,
  type IndexedCache,
  isUnusable,
  versionsNamed,
} from '../index/base.ts';
import { earlierIndices } from '../index/earlier.ts';
import type { IndexFile } from '../index/file.ts';
import { type Additions, type MergedIndex, mergeIndex } from '../index/merge.ts';
import { olderAdditions } from '../index/older-additions.ts';
import type { IndexBase } from '../index/place.ts';
import { goneMeanwhile, isOutdated } from './gone-meanwhile.ts';
import { listFilter } from './list-filter.ts';
import { rebuildIndex, versionsFor } from './rebuild-index.ts';

export interface IndexUpdateOptions {
  /** Requests under way at once. */
  readonly jobs: number;
  /** Told of manifests that cannot be indexed, and of an index that could not be used. */
  readonly onProblem: (text: string) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface IndexUpdate {
  /** False: the index said all of it already, and nothing was written. */
  readonly changed: boolean;
  /** Records of the new index; undefined when it was not changed. */
  readonly records: number | undefined;
  /** Specs whose documents were read. */
  readonly read: number;
  /** How often it was made again because others were faster. */
  readonly retries: number;
  /** Hashes of additions that were removed from the mirror meanwhile, and are not listed. */
  readonly gone?: ReadonlySet<string>;
}

/**
 * Adds specs that are in the cache to the mirror's index. A mirror without an index that can be used gets one of all
 * it holds; a view begins with these specs.
 * @throws BuildcacheError as the storage does; `conflict` when others did not let us for minutes
 */
export async function addToIndex(
  cache: IndexedCache,
  additions: Additions,
  options: IndexUpdateOptions,
): Promise<IndexUpdate> {
  const { isView, sideBySide, url } = cache.index;
  // Of all tries: an index that was not the last word may be what another writer went on from.
  const unsure = new Set<string>();
  let rebuilt: ReadonlySet<string> = new Set();
  const update = await replaceIndex(cache, options, async (base, folder) => {
    let before: BaseContent | undefined;
    if (base.exists || isView) {
      try {
        const indices = await mergeIndices(cache, base, additions, folder, options);
        for (const { added } of indices) for (const hash of added) unsure.add(hash);
        return { indices, read: 0 };
      } catch (error) {
        // Only a view's own index knows what the view is about.
        if (!isUnusable(error) || isView) throw error;
      }
      before = await baseContent(cache, base, folder, options.signal);
      options.onProblem('the index could not be used, and is made again from all the mirror holds');
    }
    const made = await rebuildIndex(cache.reader, folder, {
      ...options,
      known: async () => new Map(additions.graph.nodes),
      vouched: () => additions.hashes,
      olderLists: () => (sideBySide ? readInFormat5(additions) : undefined),
      earlier: async (hashes) => await earlierIndices(before?.files ?? [], url, hashes),
      present: () => versionsNamed(cache, base),
      sideBySide,
    });
    for (const hash of additions.hashes) unsure.add(hash);
    rebuilt = made.listed;
    return { ...made, isDamaged: before !== undefined };
  });
  const gone = await goneMeanwhile(cache.reader, additions, unsure, options);
  if (gone.size === 0 && !(await isOutdated({ listed: rebuilt }, cache.reader, options.signal)))
    return update;
  // The mirror is listed once more for this, and what has come back is listed again.
  const asBefore = isView ? { only: new Set<string>(), append: true } : {};
  const { records, retries } = await remakeIndex(cache, { ...options, ...asBefore, full: false });
  return { ...update, gone, records: records ?? update.records, retries: update.retries + retries };
}

/**
 * Specs that were read in format 5. One that was read in format 6 may have an entry in format 6, whatever Spack built
 * it.
 */
function readInFormat5({ graph }: Additions): Set<string> {
  return new Set([...graph.nodes.values()].filter(({ format }) => format < 6).map(({ hash }) => hash));
}

/**
 * Adds the specs to each index there is. Where something needs an index of version 9 and there is none, it is made of
 * the older one. An index of version 8 is given only what it can hold.
 */
async function mergeIndices(
  cache: IndexedCache,
  base: IndexBase,
  additions: Additions,
  folder: string,
  options: IndexUpdateOptions,
): Promise<MergedIndex[]> {
  const { url, sideBySide } = cache.index;
  const { signal } = options;
  if (base.exists && base.locations.size === 0) throw incompleteIndex(url, 'a record for the index');
  const older = await olderAdditions(cache.reader, additions, options);
  const needs = older.size < additions.hashes.size;
  if (!sideBySide) {
    const [location] = base.locations.values();
    const file = location && (await fetchIndex(cache, location, folder, signal));
    const made = await mergeIndex(file, url, additions, folder, { least: needs ? 9 : 8, most: 9 });
    return made === undefined ? [] : [made];
  }
  const indices: MergedIndex[] = [];
  const present = [...base.locations.keys()];
  for (const version of versionsFor(present, older.size > 0, needs, true)) {
    const location = base.locations.get(version) ?? (version === 9 ? base.locations.get(8) : undefined);
    const file = location && (await fetchIndex(cache, location, folder, signal));
    const what = version === 9 ? additions : { ...additions, hashes: older };
    const made = await mergeIndex(file, url, what, folder, { least: version, most: version });
    if (made !== undefined) indices.push(made);
  }
  return indices;
}

export interface RebuildIndexOptions extends IndexUpdateOptions {
  /** Read every spec's document, also of those the present index knows. */
  readonly full: boolean;
  /** For a view: the hashes it lists of those the mirror holds. */
  readonly only?: ReadonlySet<string> | undefined;
  /** For a view: also those that it lists already. */
  readonly append?: boolean | undefined;
  /** For a view: leave it as it is where most of what it lists cannot be seen. Nothing else says what it is about. */
  readonly unlessUnseen?: boolean | undefined;
  /** Hashes that are not to be listed although the mirror holds them. */
  readonly without?: ReadonlySet<string> | undefined;
  /** Told of each hash that is not listed because of `without`. */
  readonly onWithheld?: (hash: string) => void;
}

/** Makes the index anew from the mirror's manifests. @throws as {@link addToIndex} */
export async function remakeIndex(cache: IndexedCache, options: RebuildIndexOptions): Promise<IndexUpdate> {
  // Specs that were read once need not be read again when others were faster.
  const read = new Map<string, SpecNode>();
  // What we have taken out of a view, which has come back.
  const dropped = new Set<string>();
  return await replaceIndex(cache, options, async (base, folder) => {
    let before: BaseContent | undefined;
    const known = async () => {
      before = await baseContent(cache, base, folder, options.signal);
      if (!options.full) for (const [hash, node] of before.nodes) read.set(hash, node);
      return read;
    };
    const lists = await listFilter(cache, base, folder, { ...options, dropped });
    const made = await rebuildIndex(cache.reader, folder, {
      ...options,
      known,
      vouched: () => before?.listed,
      earlier: async (hashes) => await earlierIndices(before?.files ?? [], cache.index.url, hashes),
      lists,
      olderLists: () => before?.olderLists,
      present: () => before?.versions ?? [],
      sideBySide: cache.index.sideBySide,
    });
    if (made.isBlind) {
      options.onProblem('the index stays as it is: the mirror shows no blob at all');
      return { indices: [], read: made.read };
    }
    const unseen = options.unlessUnseen === true ? mostUnseen(before, made.seen, options.without) : undefined;
    if (unseen !== undefined) {
      options.onProblem(
        `${cache.index.url}: the view stays as it is, since most of what it lists is not there (${unseen}): ` +
          'the mirror may be on its way here. If that is gone for good, make the view again',
      );
      return { indices: [], read: made.read };
    }
    const isDamaged = before?.isDamaged === true;
    const there = new Set([...base.locations.values()].map(({ sha256 }) => sha256));
    const indices = isDamaged ? made.indices : made.indices.filter(({ sha256 }) => !there.has(sha256));
    const stays = (hash: string) => made.seen.has(hash) || options.without?.has(hash) === true;
    for (const hash of before?.listed ?? []) if (!stays(hash) && lists(hash)) dropped.add(hash);
    const said = { listed: made.listed, dropped: [...dropped].filter((hash) => !stays(hash)) };
    const isStale = async () => await isOutdated(said, cache.reader, options.signal);
    return { indices, read: made.read, isDamaged, isStale };
  });
}

/** How many of the entries that an index lists, and that were not taken out of it, are not there; undefined: not most. */
function mostUnseen(
  before: BaseContent | undefined,
  seen: ReadonlySet<string>,
  without: ReadonlySet<string> | undefined,
): number | undefined {
  const expected = [...(before?.listed ?? [])].filter((hash) => without?.has(hash) !== true);
  const unseen = expected.filter((hash) => !seen.has(hash)).length;
  return 2 * unseen > expected.length ? unseen : undefined;
}

/** The specs that a mirror's index knows, and those that it lists; none where it has none that can be used. */
export async function indexedNodes(
  cache: IndexedCache,
  signal?: AbortSignal,
): Promise<Pick<BaseContent, 'nodes' | 'listed'>> {
  const base = await cache.index.read(signal);
  return await withTemporaryFolder(async (folder) => await baseContent(cache, base, folder, signal));
}

/** Whether the mirror has an index, and that lists nothing: as after all entries were removed. */
export async function listsNothing(cache: IndexedCache, signal?: AbortSignal): Promise<boolean> {
  const base = await cache.index.read(signal);
  if (!base.exists) return false;
  const { isDamaged, nodes } = await withTemporaryFolder((folder) =>
    baseContent(cache, base, folder, signal),
  );
  return !isDamaged && nodes.size === 0;
}

/** So many tries take minutes: something is wrong then. Where one takes long, fewer are made. */
const ATTEMPTS = 200;
const LOSING_MS = 10 * 60_000;
const ATTEMPTS_ANYWAY = 5;
const PAUSE_MS = 400;
/**
 * So many tries in a row that find the same index as before: no other writer has replaced it, and it does not become what
 * was written. A storage that shows old versions for a while shows the new one by then.
 */
const UNCHANGED_MOST = 20;

interface MadeIndex {
  /** Empty: the present index says all of it. */
  readonly indices: readonly IndexFile[];
  readonly read: number;
  /** The present index could not be used. */
  readonly isDamaged?: boolean;
  /** Asked when the new index is there: whether it lists what was removed meanwhile, or lacks what has come back. */
  readonly isStale?: () => Promise<boolean>;
}

async function replaceIndex(
  { index: place }: IndexedCache,
  { signal }: IndexUpdateOptions,
  make: (base: IndexBase, folder: string) => Promise<MadeIndex>,
): Promise<IndexUpdate> {
  let read = 0;
  const since = performance.now();
  const isLost = (retries: number) =>
    retries >= ATTEMPTS || (retries >= ATTEMPTS_ANYWAY && performance.now() - since > LOSING_MS);
  let before = '';
  let unchanged = 0;
  let hasChanged = false;
  let records: number | undefined;
  for (let retries = 0; !isLost(retries); retries++) {
    throwIfCancelled(signal);
    const started = performance.now();
    const base = await place.read(signal);
    const mark = markOf(base);
    unchanged = mark === before ? unchanged + 1 : 0;
    before = mark;
    if (unchanged >= UNCHANGED_MOST) throw doesNotChange(place.url);
    const done = await withTemporaryFolder(async (folder) => {
      const { indices, read: more, isDamaged = false, isStale } = await make(base, folder);
      read += more;
      if (indices.length === 0) return { changed: hasChanged, records };
      if (!(await place.replace({ ...base, isDamaged }, indices, started, signal))) return undefined;
      hasChanged = true;
      records = indices.at(-1)?.records;
      return (await isStale?.()) === true ? undefined : { changed: true, records };
    });
    if (done !== undefined) return { ...done, read, retries };
    await sleep(Math.random() * Math.min(PAUSE_MS, 20 * 2 ** Math.min(retries, 8)));
  }
  throw new BuildcacheError('conflict', 'others kept changing the index', {
    url: place.url,
    hint: 'run `buildcache update-index MIRROR` when they are done',
  });
}

/** What tells the index from the one before and after. */
function markOf({ exists, etag, locations }: IndexBase): string {
  return JSON.stringify([exists, etag, [...locations].map(([version, { sha256 }]) => [version, sha256])]);
}

function doesNotChange(url: string): BuildcacheError {
  return new BuildcacheError('protocol', 'the index does not become what is written', {
    url,
    expected: 'the new index, or one by another writer',
    found: `the old one, ${UNCHANGED_MOST} times`,
    hint: 'find out whether the server, or one before it, keeps old answers; then run `buildcache update-index MIRROR`',
  });
}
