/** The order in which images are made: run-time dependencies come before what needs them. */
import pLimit from 'p-limit';
import { withGaps } from '../cache/index/nodes.ts';
import { readEntry, wantsSignature } from '../cache/writing/copy.ts';
import { postOrder } from '../spec/graph.ts';
import { FailuresInARow } from './give-up.ts';
import type { SyncJob, SyncOptions, SyncSource, SyncTask } from './sync.ts';

export interface OrderedJobs {
  readonly jobs: SyncJob[];
  /** Hashes of images that are complete in the registry, and signed if they have to be. They count as copied. */
  readonly there: ReadonlySet<string>;
}

/**
 * Sorts the jobs. Where dependencies are not known, spec files are read, unless the registry has the image. Only the order
 * rests on these: a spec file is read again and verified when it is copied. A job that replaces an image is sorted too: an
 * image that needs it and came earlier would use the layer that is replaced.
 */
export async function dependenciesFirst(
  task: Pick<SyncTask, 'jobs' | 'nodes' | 'cache' | 'signed' | 'resign'>,
  { jobs: atOnce, signal }: Pick<SyncOptions, 'jobs' | 'signal'>,
): Promise<OrderedJobs> {
  const { jobs, nodes, cache } = task;
  const signed = wantsSignature(task);
  const known = new Map(nodes);
  const hashes = jobs.map(({ wanted }) => wanted.hash);
  const gaps = withGaps(known, hashes);
  const unknown = jobs.filter(({ source, wanted }) => gaps.has(wanted.hash) && !isTakenOver(source, cache));
  const tagged = unknown.length === 0 ? new Set() : await hashesIn(cache.reader, signal);
  const there = new Set<string>();
  const isThere = async ({ hash, name }: SyncJob['wanted']): Promise<boolean> => {
    if (!tagged.has(hash)) return false;
    // Layout 2 may give only the hash, and the registry cannot be asked by the hash alone. An image is replaced then only
    // if it was broken.
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
      failures.failed(source, error); // The spec file is read again when it is copied, and the error is reported then.
    }
  };
  await Promise.all(unknown.map((job) => limit(read, job)));
  const places = new Map(postOrder({ nodes: known }, hashes).map(({ hash }, place) => [hash, place]));
  const placeOf = ({ wanted }: SyncJob) => places.get(wanted.hash) ?? places.size;
  return { jobs: [...jobs].sort((a, b) => placeOf(a) - placeOf(b)), there };
}

/** Images of other registries are taken over with all their layers, so they wait for no other image. */
function isTakenOver({ readers }: SyncJob['source'], cache: SyncTask['cache']): boolean {
  return readers.every((reader) => cache.takesFrom(reader));
}

async function hashesIn({ list }: SyncTask['cache']['reader'], signal: AbortSignal): Promise<Set<string>> {
  const hashes = new Set<string>();
  try {
    for await (const { hash } of list?.(signal) ?? []) hashes.add(hash);
  } catch {
    // Not all registries can list, and a new repository has nothing to list.
  }
  return hashes;
}
