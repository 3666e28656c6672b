/** The order in which images are made: what others run with comes first. */
import pLimit from 'p-limit';
import { readEntry } from '../cache/copy.ts';
import { withGaps } from '../cache/index-nodes.ts';
import { postOrder } from '../spec/graph.ts';
import { FailuresInARow } from './give-up.ts';
import type { SyncJob, SyncOptions, SyncSource, SyncTask } from './sync.ts';

/**
 * Where it is not known who needs whom, spec files are read, unless the registry seems to have the image. They are read
 * again, and verified, when they are copied: nothing but the order rests on them here.
 */
export async function dependenciesFirst(
  { jobs, nodes, cache: { reader } }: Pick<SyncTask, 'jobs' | 'nodes' | 'cache'>,
  { jobs: atOnce, signal }: Pick<SyncOptions, 'jobs' | 'signal'>,
): Promise<SyncJob[]> {
  const known = new Map(nodes);
  const hashes = jobs.map(({ wanted }) => wanted.hash);
  const gaps = withGaps(known, hashes);
  const unknown = jobs.filter(({ source, wanted }) => gaps.has(wanted.hash) && isOtherLayout(source));
  const there = unknown.length === 0 ? new Set() : await hashesIn(reader, signal);
  const limit = pLimit(atOnce);
  const failures = new FailuresInARow<SyncSource>();
  const read = async ({ source, wanted }: SyncJob): Promise<void> => {
    if (signal.aborted || failures.isGivenUp(source)) return;
    if (there.has(wanted.hash) || !gaps.has(wanted.hash)) return;
    try {
      const { reader: from, entry } = await readEntry(source, wanted, signal);
      for (const [hash, node] of (await from.readSpec(entry, signal)).nodes) {
        known.set(hash, node);
        gaps.delete(hash);
      }
      failures.succeeded(source);
    } catch (error) {
      failures.failed(source, error); // It is read again when it is copied, which says what is wrong.
    }
  };
  await Promise.all(unknown.map((job) => limit(read, job)));
  const places = new Map(postOrder({ nodes: known }, hashes).map(({ hash }, place) => [hash, place]));
  const placeOf = ({ wanted }: SyncJob) => places.get(wanted.hash) ?? places.size;
  return [...jobs].sort((a, b) => placeOf(a) - placeOf(b));
}

/** Images of other registries are taken over with all their layers, and wait for nobody. */
function isOtherLayout({ readers }: SyncJob['source']): boolean {
  return readers.some(({ layout }) => layout !== 'oci');
}

async function hashesIn({ list }: SyncTask['cache']['reader'], signal: AbortSignal): Promise<Set<string>> {
  const hashes = new Set<string>();
  try {
    for await (const { hash } of list?.(signal) ?? []) hashes.add(hash);
  } catch {
    // Not all registries list, and a new one has nothing to list.
  }
  return hashes;
}
