/** Specs that were found on a mirror, and removed by another process before the index listed them. */
import pLimit from 'p-limit';
import { throwIfCancelled } from '../../core/abort.ts';
import { errorCode } from '../../core/errors.ts';
import type { SpecNode } from '../../spec/node.ts';
import type { EntryReader } from '../entries.ts';
import type { Additions } from '../index/merge.ts';
import type { IndexUpdate, IndexUpdateOptions } from './update-index.ts';

/** Of the specs that were listed anew and were only found, those whose entry is not there any more. */
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
    if (node !== undefined && (await isAbsent(reader, node, signal))) gone.add(hash);
  };
  const unsure = [...hashes].filter((hash) => found?.has(hash) === true);
  await Promise.all(unsure.map((hash) => limit(look, hash)));
  return gone;
}

/** What a command says of an update, where it must not claim that the specs are on the mirror. */
export function failedIfGone(update: IndexUpdate): IndexUpdate | { readonly failed: string } {
  const [first, ...others] = update.gone ?? [];
  if (first === undefined) return update;
  const which = others.length === 0 ? `/${first}` : `/${first} and ${others.length} more`;
  return { failed: `${which}, found there at first, was removed from the mirror meanwhile. Run this again` };
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
