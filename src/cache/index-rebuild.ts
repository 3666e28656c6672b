/**
 * Makes an index from the manifests a mirror has. What an earlier index says of a spec need not be read again: a
 * hash says what a spec is, and it is verified.
 */
import pLimit from 'p-limit';
import { BuildcacheError, describeError, errorCode } from '../core/errors.ts';
import { isObject, parseJson } from '../core/json.ts';
import { decodeNode } from '../spec/decode-node.ts';
import { specEmitter } from '../spec/emit-spec.ts';
import { recordOrder } from '../spec/graph.ts';
import { verifyHash } from '../spec/hash.ts';
import type { SpecNode } from '../spec/node.ts';
import { askedAgain } from '../storage/asked-again.ts';
import { checkEntry } from './check-entry.ts';
import type { EntryReader, ListedEntry } from './entries.ts';
import { documentUrl } from './fetch-document.ts';
import { type EarlierRecord, withoutEntry } from './index-earlier.ts';
import { INDEX_VERSION, type IndexFile, IndexWriter, indexRecord, refuseNewerIndex } from './index-file.ts';
import { countReferences } from './index-merge.ts';
import { withGaps } from './index-nodes.ts';
import { scanIndex } from './index-scan.ts';
import { whyUseful } from './useless-entry.ts';

export interface RebuildOptions {
  /** Finds specs that are known, by hash, so that they need not be read. Those that are read are added. */
  readonly known: () => Promise<Map<string, SpecNode>>;
  /** What the index that is there says of specs that cannot be read, and of all below them; nothing when undefined. */
  readonly earlier?: ((hashes: readonly string[]) => Promise<ReadonlyMap<string, EarlierRecord>>) | undefined;
  /** Which hashes to list. All when undefined. */
  readonly lists?: ((hash: string) => boolean) | undefined;
  /** Requests under way at once. */
  readonly jobs: number;
  /** Told of every entry that cannot be read: it stays in the index as it was, or is left out. */
  readonly onProblem: (text: string) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface RebuiltIndex extends IndexFile {
  /** Specs it lists as being in the cache. */
  readonly specs: number;
  /** How many of them had to be read. */
  readonly read: number;
  /** There are entries, but none could be read, and no blob can be seen: the mirror is not there as a whole. */
  readonly isBlind: boolean;
}

/**
 * @param folder where the result is written
 * @throws BuildcacheError when the mirror cannot be listed, or a document cannot be fetched: an index that lacks what
 *   is there must not replace a better one
 */
export async function rebuildIndex(
  reader: EntryReader,
  folder: string,
  options: RebuildOptions,
): Promise<RebuiltIndex> {
  const { known, listed, read, unread } = await gatherSpecs(reader, options);
  const before = (await options.earlier?.([...unread.keys()])) ?? new Map<string, EarlierRecord>();
  for (const [hash, reason] of unread) {
    options.onProblem(
      `${before.has(hash) ? 'kept in the index as it was' : 'left out of the index'}: ${reason}`,
    );
  }
  const kept = new Set([...listed, ...[...unread.keys()].filter((hash) => before.has(hash))]);
  const isBlind = unread.size > 0 && listed.size === 0 && !(await showsBlobs(reader, options.signal));
  return { ...(await writeIndex(folder, known, listed, before, kept)), specs: kept.size, read, isBlind };
}

export interface GatheredSpecs {
  /** What is known, with all below what is listed. */
  readonly known: ReadonlyMap<string, SpecNode>;
  /** Hashes of entries that are there and not broken, in the order of their names. */
  readonly listed: ReadonlySet<string>;
  /** How many of them had to be read. */
  readonly read: number;
  /** Hashes of entries that are there and that we cannot read, which proves nothing, with the reason. */
  readonly unread: ReadonlyMap<string, string>;
}

/**
 * The specs of a mirror's entries. Those that are proved to be of use to nobody are told as a problem.
 * @throws as {@link rebuildIndex}
 */
export async function gatherSpecs(reader: EntryReader, options: RebuildOptions): Promise<GatheredSpecs> {
  const { jobs, signal } = options;
  // Listing a mirror is mostly waiting, and an earlier index takes work to read.
  const [found, known] = await Promise.all([listEntries(reader, options), options.known()]);
  const limit = pLimit(jobs);
  const listed = new Set<string>();
  const unread = new Map<string, string>();
  let read = 0;
  const readAll = async (hashes: readonly string[]) => {
    await settleAll(
      hashes.map((hash) =>
        limit(async () => {
          signal?.throwIfAborted();
          const entry = found.get(hash);
          if (entry === undefined) return;
          try {
            for (const node of await readEntryNodes(reader, entry, signal)) {
              if (!known.has(node.hash)) known.set(node.hash, node);
            }
            listed.add(hash);
            read++;
          } catch (error) {
            if (!isBroken(error)) throw error;
            listed.delete(hash);
            const reason = describeError(error);
            if (await isUseless(reader, entry, signal)) options.onProblem(`left out of the index: ${reason}`);
            else unread.set(hash, reason);
          }
        }),
      ),
    );
  };

  const unknown: string[] = [];
  for (const [hash, { key }] of found) {
    const node = known.get(hash);
    if (node === undefined || !reader.isPlaceOf(key, node)) unknown.push(hash);
    else listed.add(hash);
  }
  await readAll(unknown);
  // What an earlier index or an install tree knows may be without all that is below it.
  await readAll([...withGaps(known, listed)]);
  await forgetRemoved(reader, unread, options);
  // In the order of their names, whichever was read first: what is the same should look the same.
  const inOrder = new Set([...found.keys()].filter((hash) => listed.has(hash)));
  return { known, listed: inOrder, read, unread };
}

/**
 * The specs of an earlier index that are what their hashes say, whatever else is wrong with it.
 * @throws BuildcacheError `unsupported` for one that only a newer program can read
 */
export async function readIndexNodes(
  chunks: AsyncIterable<Uint8Array>,
  source: string,
): Promise<Map<string, SpecNode>> {
  const nodes = new Map<string, SpecNode>();
  let version: string | undefined;
  try {
    ({ version } = await scanIndex(chunks, source, ({ hash, json }) => {
      try {
        const record = parseJson(json.toString('utf8'), source);
        const node = decodeNode(isObject(record) ? record['spec'] : undefined, 5, source, hash);
        verifyHash(node, source);
        if (node.hash === hash) nodes.set(hash, node);
      } catch {
        // It is read from its own document then.
      }
    }));
    if (version !== INDEX_VERSION) nodes.clear();
  } catch (error) {
    if (!isBroken(error)) throw error;
  }
  refuseNewerIndex(version, source);
  return nodes;
}

/** Entries by the hash in their names. */
async function listEntries(
  reader: EntryReader,
  { lists, signal }: RebuildOptions,
): Promise<Map<string, ListedEntry>> {
  if (reader.list === undefined) {
    throw new BuildcacheError('unsupported', 'what the mirror holds cannot be listed', {
      url: reader.storage.url,
    });
  }
  const entries: ListedEntry[] = [];
  for await (const entry of reader.list(signal)) entries.push(entry);
  const found = new Map<string, ListedEntry>();
  for (const entry of entries.sort((a, b) => (a.key < b.key ? -1 : 1))) {
    if (lists === undefined || lists(entry.hash)) found.set(entry.hash, entry);
  }
  return found;
}

/** Takes out what is not there any more: what is still listed and could not be had may have been out of reach. */
async function forgetRemoved(
  reader: EntryReader,
  unread: Map<string, string>,
  options: RebuildOptions,
): Promise<void> {
  if (unread.size === 0) return;
  const now = await listEntries(reader, options);
  for (const [hash, reason] of unread) {
    if (now.has(hash)) continue;
    unread.delete(hash);
    options.onProblem(`left out of the index: ${reason}`);
  }
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

/** Also where blobs cannot be listed: a registry that answers has them all. */
async function showsBlobs(reader: EntryReader, signal: AbortSignal | undefined): Promise<boolean> {
  if (reader.listBlobs === undefined) return true;
  for await (const _ of reader.listBlobs(signal)) return true;
  return false;
}

/** All nodes of a spec's document, which must be about the spec that the entry's name says. */
async function readEntryNodes(
  reader: EntryReader,
  { hash, key }: ListedEntry,
  signal: AbortSignal | undefined,
): Promise<Iterable<SpecNode>> {
  const url = documentUrl(reader.storage, key);
  const entry = await askedAgain(reader.storage, () => reader.readAt(key, signal), signal);
  if (entry === undefined) {
    throw new BuildcacheError('not-found', 'it is listed, and not there', {
      url,
      hint: 'run update-index later, if nobody has removed it meanwhile',
    });
  }
  const { root, nodes } = await reader.readSpec(entry, signal);
  if (root.hash !== hash || !reader.isPlaceOf(key, root)) {
    throw new BuildcacheError('bad-input', 'it is filed as another spec', {
      url,
      expected: hash,
      found: `${root.name}@${root.version}/${root.hash}`,
    });
  }
  return nodes.values();
}

async function writeIndex(
  folder: string,
  known: ReadonlyMap<string, SpecNode>,
  listed: ReadonlySet<string>,
  before: ReadonlyMap<string, EarlierRecord>,
  kept: ReadonlySet<string>,
): Promise<IndexFile> {
  const nodes = recordOrder({ nodes: known }, listed);
  const references = countReferences(nodes);
  const written = new Set(nodes.map(({ hash }) => hash));
  const others = [...before].filter(([hash]) => !written.has(hash));
  const isThere = (hash: string) =>
    listed.has(hash) || (kept.has(hash) && before.get(hash)?.inBuildcache === true);
  for (const [, { below }] of others) {
    for (const hash of below) references.set(hash, (references.get(hash) ?? 0) + 1);
  }
  const emitter = specEmitter({ nodes: known });
  const writer = await IndexWriter.create(folder);
  try {
    for (const node of nodes) {
      const { hash } = node;
      writer.add(hash, indexRecord(emitter.node(node), references.get(hash) ?? 0, isThere(hash)));
      await writer.settle();
    }
    for (const [hash, record] of others) {
      writer.add(hash, kept.has(hash) ? record.json : withoutEntry(record));
      await writer.settle();
    }
    return await writer.finish();
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

/** Whether the entry itself is to blame, and not the way to it. */
function isBroken(error: unknown): boolean {
  return ['bad-input', 'corrupt', 'unsupported', 'too-large', 'not-found'].includes(errorCode(error));
}

/** Nothing goes on behind the back of who is told of the first failure. */
async function settleAll(tasks: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(tasks)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}
