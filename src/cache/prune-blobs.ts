/**
 * Takes away blobs of a layout 3 mirror that nothing names, while others push to it. At no end of any order of
 * events is there a manifest whose blob is missing:
 *
 * 1. A blob goes only if no document names it, and if it is older than a grace, still at the moment it goes: somebody
 *    may have sent it who has not written his manifest yet.
 * 2. That is not enough, since a push uses an old blob that it finds, and names it later. So a blob is first moved
 *    aside, then all documents are looked at again, and what one of them now names is moved back. Only what is left is
 *    deleted.
 * 3. A push looks at every blob it has used after its manifest is written, and sends again what is gone. Either its
 *    manifest was written before we looked again: then we have seen it, and put the blob back. Or it was written after:
 *    then the blob was gone already when the push looked for it, and the push has sent it again.
 *
 * Where moving is copying and deleting (S3), two prunes of one blob would be in each other's way: the second would delete
 * what somebody has sent again since the first deleted it. So the copy is also a claim, which stays until its prune has
 * decided: who finds another's beside his own leaves the blob alone. Of two at least one finds the other's.
 *
 * It needs a storage that shows at once what was written. A prune that is killed leaves blobs aside; the next one
 * begins with them, and so does `check-index --repair`. Spack's own push does not look again (3.): what it found and
 * has not yet named for longer than the looking takes is not safe from us. Nor is, from a grace that is too short, what
 * anybody has sent and not yet named.
 */
import { randomBytes } from 'node:crypto';
import pLimit from 'p-limit';
import { throwIfCancelled } from '../core/abort.ts';
import { BuildcacheError, errorCode } from '../core/errors.ts';
import type { ObjectInfo, Storage } from '../storage/storage.ts';
import { blobDigest, blobKey } from './layout3.ts';
import { type NamedBlobs, namedBlobs } from './named-blobs.ts';

export interface BlobPruneOptions {
  /** Milliseconds: what was written since stays. */
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
  /** Removed, or that would be. */
  readonly removed: Amount;
  /** Not named either, but too young. */
  readonly young: Amount;
  /** Named while we were at it, and put back; also what an earlier prune had not got to. */
  readonly putBack: number;
  /** Why nothing could be removed, one line for a person: some document may name any blob. */
  readonly unclear: string | undefined;
}

/** Between moving aside and looking again; each look lists all manifests. */
const BATCH = 500;

/** Where blobs wait to be deleted; the name says since when. Spack takes them for blobs nothing names. */
const ASIDE = 'blobs/pruned/';

/**
 * @throws BuildcacheError as the storage does; then all that was moved aside has been put back, or will be by the next
 *   prune
 */
export async function pruneBlobs(storage: Storage, options: BlobPruneOptions): Promise<PrunedBlobs> {
  const { graceMs, jobs, dryRun, signal } = options;
  const named = namedBlobs(storage, jobs, dryRun ? options.without : undefined);
  const before = Date.now() - graceMs;
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
    // Where no times are known, nothing can be told to be old.
    if (info.modified !== undefined && info.modified.getTime() < before) candidates.push(info);
    else young.add(info);
  }
  let putBack = await recoverAside(storage, left, named, before, signal);
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

/**
 * Milliseconds: where a blob aside is a copy, its prune is taken to be alive for so long, and needs the copy if it
 * deletes the blob.
 */
const CLAIM_MS = 24 * 3_600_000;

/** Blobs that other prunes have moved aside: some that were killed, or one that is under way. */
async function listAside(storage: Storage, signal: AbortSignal | undefined): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of storage.list(ASIDE, { signal })) keys.push(key);
  return keys;
}

/**
 * Puts back what is named, and deletes what is not when it is older than the grace.
 * @param left was listed before `named` looked: whoever names one of them since looks at it again himself, also where
 *   another host's clock is wrong about how long it has been aside
 * @returns how many were put back
 */
async function recoverAside(
  storage: Storage,
  left: readonly string[],
  named: NamedBlobs,
  before: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  let putBack = 0;
  for (const key of left) {
    const [, digest = '', since = ''] =
      /^([0-9a-f]{64})\.(\d{13})-[0-9a-f]{8}$/.exec(key.slice(ASIDE.length)) ?? [];
    if (digest === '') continue;
    const isClaim = storage.move === undefined && Number(since) > Date.now() - CLAIM_MS;
    if (named.has(digest)) {
      if (await (isClaim ? copyBack : moveBack)(storage, key, digest, signal)) putBack++;
    } else if (Number(since) < before && !isClaim) {
      await storage.delete(key, { signal });
    }
  }
  return putBack;
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
    // Not to be cancelled: a mirror that lacks what it names is worse than a late end.
    each(items, async ({ key, digest }) => void (await moveBack(storage, key, digest, undefined)));
  try {
    // Most of what others use again they have named by now.
    await named.look(signal);
    await each(batch, async (info) => {
      throwIfCancelled(signal);
      const digest = blobDigest(info.key) ?? '';
      if (named.has(digest)) return;
      const key = `${ASIDE}${digest}.${Date.now()}-${randomBytes(4).toString('hex')}`;
      const item = { info, digest, key };
      aside.push(item);
      if (!(await moveAside(storage, info.key, key, graceMs, signal))) aside.splice(aside.indexOf(item), 1);
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

/**
 * What has been sent again since it was listed is as good as young: its sender does not look at it again.
 * @returns false when it stays, or is gone already
 */
async function moveAside(
  storage: Storage,
  from: string,
  to: string,
  graceMs: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const isOld = async (key: string) => {
    const modified = (await storage.head(key, { signal }))?.modified;
    return modified !== undefined && modified.getTime() < Date.now() - graceMs;
  };
  if (storage.move !== undefined) {
    if (!(await storage.move(from, to, { signal }))) return false;
    if (await isOld(to)) return true;
    await storage.move(to, from);
    return false;
  }
  if (!(await isOld(from))) return false;
  try {
    await copy(storage, from, to, false, signal);
  } catch (error) {
    if (errorCode(error) === 'not-found') return false;
    throw error;
  }
  // Looked at once more: another prune may have deleted it, and be done, between our looking and our copying.
  const isOurs = (await isOnlyClaim(storage, to, signal)) && (await isOld(from));
  await storage.delete(isOurs ? from : to, { signal });
  return isOurs;
}

async function isOnlyClaim(
  storage: Storage,
  claim: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const ofBlob = claim.slice(0, claim.indexOf('.') + 1);
  for await (const { key } of storage.list(ofBlob, { signal })) if (key !== claim) return false;
  return true;
}

/** @returns false when somebody else has done so */
async function moveBack(
  storage: Storage,
  from: string,
  digest: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const to = blobKey(digest);
  if (storage.move !== undefined) {
    // Sent again meanwhile: that one is young, and stays so.
    if ((await storage.head(to, { signal })) !== undefined) return await storage.delete(from, { signal });
    return await storage.move(from, to, { signal });
  }
  const isBack = await copyBack(storage, from, digest, signal);
  await storage.delete(from, { signal });
  return isBack;
}

/** @returns false when it is there, sent again or put back by somebody else */
async function copyBack(
  storage: Storage,
  from: string,
  digest: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    await copy(storage, from, blobKey(digest), true, signal);
    return true;
  } catch (error) {
    if (errorCode(error) === 'not-found' || errorCode(error) === 'conflict') return false;
    throw error;
  }
}

async function copy(
  storage: Storage,
  from: string,
  to: string,
  ifAbsent: boolean,
  signal: AbortSignal | undefined,
): Promise<void> {
  const condition = ifAbsent ? ({ ifAbsent: true } as const) : undefined;
  if ((await storage.copyFrom?.(storage, from, to, { condition, signal })) === true) return;
  throw new BuildcacheError('unsupported', 'blobs cannot be moved here, so none can be pruned', {
    url: storage.url,
  });
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
