/**
 * Specs that were found on a mirror, and removed by another process before the index listed them. Also the other way round:
 * those that were published anew by a process that found them in the index, and so left it as it was.
 */
import pLimit from 'p-limit';
import { throwIfCancelled } from '../../core/abort.ts';
import { errorCode } from '../../core/errors.ts';
import type { SpecNode } from '../../spec/node.ts';
import { askedAgain } from '../../storage/asked-again.ts';
import type { EntryReader } from '../entries.ts';
import type { Additions } from '../index/merge.ts';
import { listEntries } from './rebuild-index.ts';
import type { IndexUpdate, IndexUpdateOptions } from './update-index.ts';

/**
 * Of the specs that were listed anew and were only found, those whose entry is not there any more. Also of those that
 * were published, where a removal that was under way may have taken the new entry along.
 */
export async function goneMeanwhile(
  reader: EntryReader,
  { graph, found }: Additions,
  hashes: Iterable<string>,
  { jobs, signal }: Pick<IndexUpdateOptions, 'jobs' | 'signal'>,
): Promise<ReadonlySet<string>> {
  const gone = new Set<string>();
  const limit = pLimit(jobs);
  const look = async (hash: string) => {
    throwIfCancelled(signal);
    const node = graph.nodes.get(hash);
    if (node === undefined) return;
    const isGone = found?.has(hash) === true ? isAbsent : isTakenAway;
    if (await isGone(reader, node, signal)) gone.add(hash);
  };
  const unsure = [...hashes].filter((hash) => reader.removalTakesNew === true || found?.has(hash) === true);
  await Promise.all(unsure.map((hash) => limit(look, hash)));
  return gone;
}

/** What an index that was made of a mirror's entries says of them. */
export interface SaidOfEntries {
  /** Hashes that it lists because there was an entry. */
  readonly listed: ReadonlySet<string>;
  /** Hashes that the index before it listed and it does not, since there was no entry. */
  readonly dropped?: readonly string[];
}

/** Whether one of its entries is not there any more, or is there again. @throws as the storage does */
export async function isOutdated(
  { listed, dropped = [] }: SaidOfEntries,
  reader: EntryReader,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (listed.size + dropped.length === 0) return false;
  const now = await listEntries(reader, { signal });
  return [...listed].some((hash) => !now.has(hash)) || dropped.some((hash) => now.has(hash));
}

/** What a command says of an update, where it must not claim that the specs are on the mirror. */
export function failedIfGone(update: IndexUpdate): IndexUpdate | { readonly failed: string } {
  const [first, ...others] = update.gone ?? [];
  if (first === undefined) return update;
  const which = others.length === 0 ? `/${first}` : `/${first} and ${others.length} more`;
  return { failed: `${which}, there at first, was removed from the mirror meanwhile. Run this again` };
}

/** Of an entry that was just published, which a server may need a moment to show. */
async function isTakenAway(
  { storage, naming }: EntryReader,
  node: SpecNode,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const key = naming.keyOfName?.(node);
  if (key === undefined) return false;
  return (await askedAgain(storage, () => storage.head(key, { signal }), signal)) === undefined;
}

/** An entry that cannot be read is there. */
async function isAbsent(
  reader: EntryReader,
  node: SpecNode,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    return (await reader.read(node, signal)) === undefined;
  } catch (error) {
    if (['bad-input', 'corrupt', 'too-large', 'unsupported'].includes(errorCode(error))) return false;
    throw error;
  }
}
