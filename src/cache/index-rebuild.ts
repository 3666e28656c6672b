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
import type { EntryReader, ListedEntry } from './entries.ts';
import { documentUrl } from './fetch-document.ts';
import { INDEX_VERSION, type IndexFile, IndexWriter, indexRecord, refuseNewerIndex } from './index-file.ts';
import { countReferences } from './index-merge.ts';
import { withGaps } from './index-nodes.ts';
import { scanIndex } from './index-scan.ts';

export interface RebuildOptions {
  /** Finds specs that are known, by hash, so that they need not be read. Those that are read are added. */
  readonly known: () => Promise<Map<string, SpecNode>>;
  /** Which hashes to list. All when undefined. */
  readonly lists?: ((hash: string) => boolean) | undefined;
  /** Requests under way at once. */
  readonly jobs: number;
  /** Told of every manifest that cannot be indexed, which is left out. */
  readonly onProblem: (text: string) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface RebuiltIndex extends IndexFile {
  /** Specs it lists as being in the cache. */
  readonly specs: number;
  /** How many of them had to be read. */
  readonly read: number;
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
  const { known, listed, read } = await gatherSpecs(reader, options);
  return { ...(await writeIndex(folder, known, listed)), specs: listed.size, read };
}

export interface GatheredSpecs {
  /** What is known, with all below what is listed. */
  readonly known: ReadonlyMap<string, SpecNode>;
  /** Hashes of entries that are there and not broken, in the order of their names. */
  readonly listed: ReadonlySet<string>;
  /** How many of them had to be read. */
  readonly read: number;
}

/** The specs of a mirror's entries. @throws as {@link rebuildIndex} */
export async function gatherSpecs(reader: EntryReader, options: RebuildOptions): Promise<GatheredSpecs> {
  const { jobs, signal } = options;
  // Listing a mirror is mostly waiting, and an earlier index takes work to read.
  const [found, known] = await Promise.all([listEntries(reader, options), options.known()]);
  const limit = pLimit(jobs);
  const listed = new Set<string>();
  let read = 0;
  const readAll = async (hashes: readonly string[]) => {
    await settleAll(
      hashes.map((hash) =>
        limit(async () => {
          signal?.throwIfAborted();
          const key = found.get(hash) ?? '';
          try {
            for (const node of await readEntryNodes(reader, hash, key, signal)) {
              if (!known.has(node.hash)) known.set(node.hash, node);
            }
            listed.add(hash);
            read++;
          } catch (error) {
            if (!isBroken(error)) throw error;
            listed.delete(hash);
            options.onProblem(`left out of the index: ${describeError(error)}`);
          }
        }),
      ),
    );
  };

  const unknown: string[] = [];
  for (const [hash, key] of found) {
    const node = known.get(hash);
    if (node === undefined || !reader.isPlaceOf(key, node)) unknown.push(hash);
    else listed.add(hash);
  }
  await readAll(unknown);
  // What an earlier index or an install tree knows may be without all that is below it.
  await readAll([...withGaps(known, listed)]);
  // In the order of their names, whichever was read first: what is the same should look the same.
  const inOrder = new Set([...found.keys()].filter((hash) => listed.has(hash)));
  return { known, listed: inOrder, read };
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

/** Keys of entries by the hash in their names. */
async function listEntries(
  reader: EntryReader,
  { lists, signal }: RebuildOptions,
): Promise<Map<string, string>> {
  if (reader.list === undefined) {
    throw new BuildcacheError('unsupported', 'what the mirror holds cannot be listed', {
      url: reader.storage.url,
    });
  }
  const entries: ListedEntry[] = [];
  for await (const entry of reader.list(signal)) entries.push(entry);
  const found = new Map<string, string>();
  for (const { key, hash } of entries.sort((a, b) => (a.key < b.key ? -1 : 1))) {
    if (lists === undefined || lists(hash)) found.set(hash, key);
  }
  return found;
}

/** All nodes of a spec's document, which must be about the spec that the entry's name says. */
async function readEntryNodes(
  reader: EntryReader,
  hash: string,
  key: string,
  signal: AbortSignal | undefined,
): Promise<Iterable<SpecNode>> {
  const url = documentUrl(reader.storage, key);
  const entry = await reader.readAt(key, signal);
  if (entry === undefined) throw new BuildcacheError('not-found', 'it was removed meanwhile', { url });
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
): Promise<IndexFile> {
  const nodes = recordOrder({ nodes: known }, listed);
  const references = countReferences(nodes);
  const emitter = specEmitter({ nodes: known });
  const writer = await IndexWriter.create(folder);
  try {
    for (const node of nodes) {
      const { hash } = node;
      writer.add(hash, indexRecord(emitter.node(node), references.get(hash) ?? 0, listed.has(hash)));
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
