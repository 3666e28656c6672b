/**
 * Which of the specs that go into an index older Spacks can read. Spack 1.3 writes all that it pushes in format 6,
 * even what an older Spack has built. Such an entry, copied unchanged, does not belong in an index of version 8.
 */
import pLimit from 'p-limit';
import { throwIfCancelled } from '../../core/abort.ts';
import { errorCode } from '../../core/errors.ts';
import type { SpecNode } from '../../spec/node.ts';
import type { EntryReader } from '../entries.ts';
import type { Additions } from './merge.ts';

/** Reads the entries of specs that would fit into format 5 and are known from a document of format 6. */
export async function olderAdditions(
  reader: EntryReader,
  { graph, emitter, hashes }: Additions,
  { jobs, signal }: { readonly jobs: number; readonly signal?: AbortSignal | undefined },
): Promise<Set<string>> {
  const older = new Set([...hashes].filter((hash) => emitter.formatOf(hash) === 5));
  const limit = pLimit(jobs);
  await Promise.all(
    [...older].map((hash) =>
      limit(async () => {
        throwIfCancelled(signal);
        const node = graph.nodes.get(hash);
        if (node?.format === 6 && (await isInFormat6(reader, node, signal))) older.delete(hash);
      }),
    ),
  );
  return older;
}

async function isInFormat6(
  reader: EntryReader,
  node: SpecNode,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    const entry = await reader.read(node, signal);
    return entry !== undefined && (await reader.readSpec(entry, signal)).root.format === 6;
  } catch (error) {
    const code = errorCode(error);
    // A broken entry is of no use to any Spack. Other places report it; making an index is not one of them.
    if (['bad-input', 'corrupt', 'too-large'].includes(code)) return false;
    if (code === 'unsupported') return true;
    throw error;
  }
}
