/**
 * Takes away blobs of a layout 3 mirror that nothing names, while others push to it. In whatever order things happen,
 * no manifest lacks a blob in the end:
 *
 * 1. A blob goes only if no document names it, and if it is older than a grace at the moment it goes: it may belong
 *    to a push that has not written its manifest yet.
 * 2. That is not enough, since a push may find an old blob, use it, and name it later. So a blob is first moved
 *    aside. Then all documents are looked at again, and a blob that one of them now names is moved back. Only what is
 *    left is deleted.
 * 3. After a push has written its manifest, it looks at every blob it has used, and sends again what is gone. If its
 *    manifest was written before our second look, we have seen it and put the blob back. If it was written after
 *    that, the blob was gone already when the push looked for it, and the push has sent it again.
 *
 * This needs a storage that shows at once what was written. A prune that is killed leaves blobs aside; the next prune
 * begins with them, and so does `check-index --repair`. Spack's own push does not look again (3.): a blob that it has
 * found is not safe if it names the blob only after our looks. Nor is a blob safe from a grace that is shorter than
 * the time between sending and naming it.
 */
import pLimit from 'p-limit';
import { throwIfCancelled } from '../../core/abort.ts';
import type { ObjectInfo, Storage } from '../../storage/storage.ts';
import { asidePlace, listAside, moveAside, moveBack, recoverAside } from './blob-aside.ts';
import { blobDigest } from './layout3.ts';
import { type NamedBlobs, namedBlobs } from './named-blobs.ts';

export interface BlobPruneOptions {
  /** Milliseconds: a blob written since then stays. */
  readonly graceMs: number;
  /** Requests under way at once. */
  readonly jobs: number;
  /** Only says what would be removed. */
  readonly dryRun: boolean;
  /** For a dry run: keys of entries that would have been removed before. */
  readonly without?: ReadonlySet<string> | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Amount {
  readonly count: number;
  readonly bytes: number;
}

export interface PrunedBlobs {
  /** All there were. */
  readonly all: Amount;
  /** Removed, or on a dry run to be removed. */
  readonly removed: Amount;
  /** Not named either, but too young. */
  readonly young: Amount;
  /** Named while the prune was under way, and put back; also what an earlier prune had left aside. */
  readonly putBack: number;
  /** Why nothing could be removed, one line for a person: some document may name any blob. */
  readonly unclear: string | undefined;
}

/** Between moving aside and looking again; each look lists all manifests. */
const BATCH = 500;

/**
 * @throws BuildcacheError as the storage does; then all that was moved aside has been put back, or will be by the next
 *   prune
 */
export async function pruneBlobs(storage: Storage, options: BlobPruneOptions): Promise<PrunedBlobs> {
  const { graceMs, jobs, dryRun, signal } = options;
  const named = namedBlobs(storage, jobs, dryRun ? options.without : undefined);
  const before = Date.now() - graceMs;
  // Listed before we look: a push that names one of these later looks at it again itself, however old clocks say it
  // is.
  const left = dryRun ? [] : await listAside(storage, signal);
  await named.look(signal);
  const all = sum();
  const young = sum();
  const removed = sum();
  const candidates: ObjectInfo[] = [];
  for await (const info of storage.list('blobs/sha256/', { signal })) {
    const digest = blobDigest(info.key);
    if (digest === undefined) continue;
    all.add(info);
    if (named.has(digest)) continue;
    // Where no times are known, no blob is known to be old.
    if (info.modified !== undefined && info.modified.getTime() < before) candidates.push(info);
    else young.add(info);
  }
  let putBack = 0;
  for (const blob of left) {
    if (await recoverAside(storage, blob, named.has(blob.digest), before, signal)) putBack++;
  }
  for (let i = 0; i < candidates.length; i += BATCH) {
    const batch = candidates.slice(i, i + BATCH);
    if (dryRun) {
      for (const info of batch) removed.add(info);
      continue;
    }
    const gone = await pruneBatch(storage, named, batch, options);
    putBack += gone.putBack;
    for (const info of gone.removed) removed.add(info);
  }
  const { unclear } = named;
  return { all: all.amount(), removed: removed.amount(), young: young.amount(), putBack, unclear };
}

interface Aside {
  readonly info: ObjectInfo;
  readonly digest: string;
  readonly key: string;
}

async function pruneBatch(
  storage: Storage,
  named: NamedBlobs,
  batch: readonly ObjectInfo[],
  { graceMs, jobs, signal }: BlobPruneOptions,
): Promise<{ removed: ObjectInfo[]; putBack: number }> {
  const aside: Aside[] = [];
  const each = async <T>(items: readonly T[], action: (item: T) => Promise<void>) => {
    const limit = pLimit(jobs);
    const done = await Promise.allSettled(items.map((item) => limit(() => action(item))));
    const failed = done.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  };
  const back = (items: readonly Aside[]) =>
    // Not to be cancelled: an end that comes late is better than a mirror that lacks a blob it names.
    each(items, async (item) => void (await moveBack(storage, item, undefined)));
  try {
    // By now, most of the blobs that others use again are named.
    await named.look(signal);
    await each(batch, async (info) => {
      throwIfCancelled(signal);
      const digest = blobDigest(info.key) ?? '';
      if (named.has(digest)) return;
      const key = asidePlace(digest);
      const item = { info, digest, key };
      aside.push(item);
      if (!(await moveAside(storage, digest, key, graceMs, signal))) aside.splice(aside.indexOf(item), 1);
    });
    await named.look(signal);
  } catch (error) {
    await back(aside).catch(() => undefined); // The first error says more.
    throw error;
  }
  const needed = aside.filter(({ digest }) => named.has(digest));
  const rest = aside.filter(({ digest }) => !named.has(digest));
  await back(needed);
  await each(rest, async ({ key }) => void (await storage.delete(key, { signal })));
  return { removed: rest.map(({ info }) => info), putBack: needed.length };
}

function sum(): { add(info: ObjectInfo): void; amount(): Amount } {
  let count = 0;
  let bytes = 0;
  return {
    add({ size = 0 }) {
      count++;
      bytes += size;
    },
    amount: () => ({ count, bytes }),
  };
}
