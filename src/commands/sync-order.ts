/** The order in which images are made: what others run with comes first. */
import pLimit from 'p-limit';
import { withGaps } from '../cache/index/nodes.ts';
import { readEntry } from '../cache/writing/copy.ts';
import { postOrder } from '../spec/graph.ts';
import { FailuresInARow } from './give-up.ts';
import type { SyncJob, SyncOptions, SyncSource, SyncTask } from './sync.ts';

export interface OrderedJobs {
  readonly jobs: SyncJob[];
  /** Hashes of what was found to be whole in the registry, and signed where it is to be: as good as copied. */
  readonly there: ReadonlySet<string>;
}

/**
 * Where it is not known who needs whom, spec files are read, unless the registry has the image. They are read again, and
 * verified, when they are copied: nothing but the order rests on them here. What is to replace an image has its place in
 * it, since whoever came before would be made of the layer that is replaced.
 */
export async function dependenciesFirst(
  { jobs, nodes, cache, signed }: Pick<SyncTask, 'jobs' | 'nodes' | 'cache' | 'signed'>,
  { jobs: atOnce, signal }: Pick<SyncOptions, 'jobs' | 'signal'>,
): Promise<OrderedJobs> {
  const known = new Map(nodes);
  const hashes = jobs.map(({ wanted }) => wanted.hash);
  const gaps = withGaps(known, hashes);
  const unknown = jobs.filter(({ source, wanted }) => gaps.has(wanted.hash) && !isTakenOver(source, cache));
  const tagged = unknown.length === 0 ? new Set() : await hashesIn(cache.reader, signal);
  const there = new Set<string>();
  const isThere = async ({ hash, name }: SyncJob['wanted']): Promise<boolean> => {
    if (!tagged.has(hash)) return false;
    // By its hash alone, as layout 2 has it, nothing can be asked for; what is replaced then was broken.
    if (name === undefined) return !signed;
    if (!(await cache.hasWhole(name, signed, signal))) return false;
    there.add(hash);
    return true;
  };
  const limit = pLimit(atOnce);
  const failures = new FailuresInARow<SyncSource>();
  const read = async ({ source, wanted }: SyncJob): Promise<void> => {
    if (signal.aborted || failures.isGivenUp(source)) return;
    try {
      if ((await isThere(wanted)) || !gaps.has(wanted.hash)) return;
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
  return { jobs: [...jobs].sort((a, b) => placeOf(a) - placeOf(b)), there };
}

/** Images of other registries are taken over with all their layers, and wait for nobody. */
function isTakenOver({ readers }: SyncJob['source'], cache: SyncTask['cache']): boolean {
  return readers.every((reader) => cache.takesFrom(reader));
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
