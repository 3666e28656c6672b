/**
 * What has to be known of a mirror before anything may go: the specs of what stays, what entries name, and when they
 * were pushed. Where something cannot be told, nothing goes: it may need anything.
 */
import pLimit from 'p-limit';
import type { ListedEntry } from '../cache/entries.ts';
import { documentUrl } from '../cache/fetch-document.ts';
import type { CacheWriter } from '../cache/writing/cache-writer.ts';
import { gatherSpecs } from '../cache/writing/rebuild-index.ts';
import { indexedNodes } from '../cache/writing/update-index.ts';
import { throwIfCancelled } from '../core/abort.ts';
import { BuildcacheError, describeError, errorCode } from '../core/errors.ts';
import { closureOf, type EntryBlob, type Keep } from '../plan/prune-plan.ts';
import { EVERYTHING, selectSpecs } from '../plan/selection.ts';
import type { SpecNode } from '../spec/node.ts';
import { askedAgain } from '../storage/asked-again.ts';

export interface EvidenceOptions {
  readonly jobs: number;
  /** Told of all that cannot be told. */
  readonly onProblem: (text: string) => void;
  readonly signal: AbortSignal;
}

/** A spec that somebody has named, and where. */
export interface NamedSpec {
  readonly spec: string;
  readonly by: string;
}

/**
 * @param lists which entries have to be known, by hash
 * @returns undefined where one of them cannot be read
 * @throws as the storage does
 */
export async function knownSpecs(
  cache: CacheWriter,
  lists: (hash: string) => boolean,
  { jobs, onProblem, signal }: EvidenceOptions,
): Promise<ReadonlyMap<string, SpecNode> | undefined> {
  let isComplete = true;
  let listed: ReadonlySet<string> | undefined;
  const { known, unread } = await gatherSpecs(cache.reader, {
    async known() {
      const indexed = await indexedNodes(cache, signal);
      listed = indexed.listed;
      return new Map(indexed.nodes);
    },
    vouched: () => listed,
    lists,
    jobs,
    onProblem: (text) => {
      isComplete = false;
      onProblem(text.replace('left out of the index', 'what it needs is not known'));
    },
    signal,
  });
  for (const reason of unread.values()) onProblem(`what it needs is not known: ${reason}`);
  if (isComplete && unread.size === 0) return known;
  const again = unread.size > 0 ? ', and push again (--force) what that leaves, or delete it yourself' : '';
  onProblem(`no entry is removed: repair the mirror first, with \`check-index --repair\`${again}`);
  return undefined;
}

/**
 * The entries that somebody has named by their specs.
 * @throws BuildcacheError `usage` for a spec that no entry matches: it is misspelled, or of another mirror, and what it
 *   was to keep would go
 */
export async function namedEntries(
  { spec, by }: NamedSpec,
  entries: readonly ListedEntry[],
  nodes: ReadonlyMap<string, SpecNode>,
  url: string,
): Promise<Keep> {
  const roots = entries.map(({ hash }) => ({ hash, spec: hash }));
  try {
    const found = await selectSpecs({ nodes, roots }, { ...EVERYTHING, rootsOnly: true, specs: [spec] });
    return { by, hashes: new Set(found.map(({ hash }) => hash)) };
  } catch (error) {
    if (errorCode(error) !== 'not-found') throw error;
    throw new BuildcacheError(
      'usage',
      `no entry of the mirror matches ${JSON.stringify(spec)}, which is to be kept`,
      {
        url,
        hint: 'what it was to keep would go: correct it, or leave it out',
      },
    );
  }
}

/**
 * What entries need that somebody has written since: he may have found there what is about to go.
 * @param held keys of entries that count as written since
 * @returns hashes; undefined where one of these entries cannot be read
 */
export async function neededSince(
  cache: CacheWriter,
  {
    before,
    now,
    held,
  }: {
    readonly before: readonly ListedEntry[];
    readonly now: readonly ListedEntry[];
    readonly held: ReadonlySet<string>;
  },
  { jobs, onProblem, signal }: EvidenceOptions,
): Promise<ReadonlySet<string> | undefined> {
  const timeOf = ({ modified }: ListedEntry) => modified?.getTime();
  const known = new Map(before.map((entry) => [entry.key, timeOf(entry)]));
  const late = now.filter(
    (entry) => held.has(entry.key) || !known.has(entry.key) || known.get(entry.key) !== timeOf(entry),
  );
  const needed = new Set<string>();
  const absent = new Set<string>();
  const limit = pLimit(jobs);
  let doubt: string | undefined;
  await Promise.all(
    late.map((entry) =>
      limit(async () => {
        throwIfCancelled(signal);
        try {
          const read = () => cache.reader.readAt(entry.key, signal);
          const found = await askedAgain(cache.reader.storage, read, signal);
          if (found === undefined) return void absent.add(entry.key);
          const { root, nodes } = await cache.reader.readSpec(found, signal);
          for (const hash of closureOf([root.hash, entry.hash], nodes)) needed.add(hash);
        } catch (error) {
          throwIfCancelled(signal);
          doubt ??= describeError(error);
        }
      }),
    ),
  );
  // What is not there is gone again, unless it is listed all the same.
  if (absent.size > 0) {
    for await (const { key } of cache.reader.list?.(signal) ?? [])
      if (absent.has(key)) doubt ??= `${documentUrl(cache.reader.storage, key)}: it is listed, and not there`;
  }
  if (doubt === undefined) return needed;
  onProblem(`no entry is removed, since what was pushed meanwhile cannot be read: ${doubt}`);
  return undefined;
}

export interface ReadEntries {
  /** By key. */
  readonly blobs: ReadonlyMap<string, readonly EntryBlob[]>;
  /** Those that the storage has no times of, with what they say of themselves. */
  readonly dated: readonly ListedEntry[];
}

/**
 * @param withTimes where the storage says none, when entries say that they were made
 * @returns undefined where there is an entry that only a newer program can read: others may use it, and nobody knows what
 *   it needs; or where they have to be known and one is not
 */
export async function readEntries(
  cache: CacheWriter,
  entries: readonly ListedEntry[],
  how: { readonly all: boolean },
  { jobs, onProblem, signal }: EvidenceOptions,
): Promise<ReadEntries | undefined> {
  const { reader } = cache;
  const blobs = new Map<string, readonly EntryBlob[]>();
  const times = new Map<string, Date>();
  let doubt: string | undefined;
  const read = async ({ key, modified }: ListedEntry) => {
    throwIfCancelled(signal);
    if (doubt !== undefined) return;
    try {
      const entry = await reader.readAt(key, signal);
      if (entry === undefined) return void blobs.set(key, []); // Somebody was faster.
      const named = [entry.tarball, ...(entry.spec === undefined ? [] : [entry.spec])];
      if (named.every(({ size }) => size !== undefined)) {
        blobs.set(
          key,
          named.map((blob) => ({ key: blob.key, size: blob.size ?? 0 })),
        );
      } else if (how.all) doubt ??= `${entry.url} does not say how large it is`;
      if (!how.all || modified !== undefined) return;
      const { archivedAt } = await reader.readSpec(entry, signal);
      if (archivedAt !== undefined) times.set(key, archivedAt);
    } catch (error) {
      const isItsOwn = ['bad-input', 'corrupt', 'too-large', 'protocol', 'not-found'].includes(
        errorCode(error),
      );
      if (errorCode(error) === 'unsupported' || (how.all && isItsOwn)) doubt ??= describeError(error);
      // Whatever else is wrong with it is no reason to keep it.
      else if (!isItsOwn) throw error;
    }
  };
  const limit = pLimit(jobs);
  const reads = await Promise.allSettled(entries.map((entry) => limit(read, entry)));
  const failed = reads.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  if (doubt !== undefined) {
    onProblem(`no entry is removed: ${doubt}`);
    return undefined;
  }
  const dated = entries.map((entry) => ({ ...entry, modified: entry.modified ?? times.get(entry.key) }));
  return { blobs, dated };
}
