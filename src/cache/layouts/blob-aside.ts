/**
 * Where blobs wait that a prune may delete, and how they come there and back; prune-blobs.ts says why that is safe.
 *
 * Where moving is copying and deleting (S3), two prunes of one blob would be in each other's way: the second would delete
 * what somebody has sent again since the first deleted it. So the copy is also a claim, which stays until its prune has
 * decided: who finds another's beside his own leaves the blob alone. Of two at least one finds the other's.
 */
import { randomBytes } from 'node:crypto';
import { BuildcacheError, errorCode } from '../../core/errors.ts';
import type { Storage, StorageLister } from '../../storage/storage.ts';
import { blobKey } from './layout3.ts';

/** Spack takes what is here for blobs nothing names. */
const ASIDE = 'blobs/pruned/';

/**
 * Milliseconds: where a blob aside is a copy, its prune is taken to be alive for so long, and needs the copy if it
 * deletes the blob.
 */
const CLAIM_MS = 24 * 3_600_000;

export interface AsideBlob {
  readonly key: string;
  /** SHA-256. */
  readonly digest: string;
  /** Milliseconds since the epoch, by the clock of who moved it. */
  readonly since: number;
}

/** A new place for a blob. The name says since when. */
export function asidePlace(digest: string): string {
  return `${ASIDE}${digest}.${Date.now()}-${randomBytes(4).toString('hex')}`;
}

/** What prunes have moved aside: some that were killed, or one that is under way. @param digest of one blob only */
export async function listAside(
  storage: StorageLister,
  signal: AbortSignal | undefined,
  digest?: string,
): Promise<AsideBlob[]> {
  const found: AsideBlob[] = [];
  for await (const { key } of storage.list(digest === undefined ? ASIDE : `${ASIDE}${digest}.`, { signal })) {
    const [, of, since] = /^([0-9a-f]{64})\.(\d{13})-[0-9a-f]{8}$/.exec(key.slice(ASIDE.length)) ?? [];
    if (of !== undefined) found.push({ key, digest: of, since: Number(since) });
  }
  return found;
}

/**
 * Takes a blob from where it can be found. What has been sent again since it was listed is as good as young: its sender
 * does not look at it again.
 * @param to from {@link asidePlace}
 * @param graceMs what is younger stays
 * @returns false when it stays, or is gone already
 */
export async function moveAside(
  storage: Storage,
  digest: string,
  to: string,
  graceMs: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const from = blobKey(digest);
  const isOld = async (key: string) => {
    const modified = (await storage.head(key, { signal }))?.modified;
    return modified !== undefined && modified.getTime() < Date.now() - graceMs;
  };
  if (!(await isOld(from))) return false;
  if (storage.move !== undefined) {
    if (!(await storage.move(from, to, { signal }))) return false;
    if (await isOld(to)) return true;
    await storage.move(to, from);
    return false;
  }
  try {
    await copy(storage, from, to, false, signal);
  } catch (error) {
    if (errorCode(error) === 'not-found') return false;
    throw error;
  }
  const claims = await listAside(storage, signal, digest);
  // Looked at once more: another prune may have deleted it, and be done, between our looking and our copying.
  const isOurs = claims.every(({ key }) => key === to) && (await isOld(from));
  await storage.delete(isOurs ? from : to, { signal });
  return isOurs;
}

/** @returns false when it is there already, sent again or put back by somebody else */
export async function moveBack(
  storage: Storage,
  { key, digest }: Pick<AsideBlob, 'key' | 'digest'>,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const to = blobKey(digest);
  if (storage.move !== undefined) {
    // Sent again meanwhile: that one is young, and stays so.
    if ((await storage.head(to, { signal })) === undefined) return await storage.move(key, to, { signal });
    await storage.delete(key, { signal });
    return false;
  }
  const isBack = await copyBack(storage, key, to, signal);
  await storage.delete(key, { signal });
  return isBack;
}

/**
 * Puts back what others have left aside if it is needed, and else deletes it; but takes no claim away that may be of a
 * prune under way.
 * @param before milliseconds since the epoch: what has been aside for less is not deleted
 * @returns whether it was put back
 */
export async function recoverAside(
  storage: Storage,
  blob: AsideBlob,
  isNeeded: boolean,
  before: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const isClaim = storage.move === undefined && blob.since > Date.now() - CLAIM_MS;
  if (isNeeded) {
    if (isClaim) return await copyBack(storage, blob.key, blobKey(blob.digest), signal);
    return await moveBack(storage, blob, signal);
  }
  if (blob.since < before && !isClaim) await storage.delete(blob.key, { signal });
  return false;
}

async function copyBack(
  storage: Storage,
  from: string,
  to: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    await copy(storage, from, to, true, signal);
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
