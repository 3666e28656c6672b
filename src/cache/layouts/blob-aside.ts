/**
 * Where blobs wait that a prune may delete, and how they get there and back; prune-blobs.ts says why that is safe.
 *
 * Where a storage moves by copying and deleting (S3), two prunes of one blob could do harm: the second could delete a
 * blob that somebody has sent again since the first deleted it. So the copy is also a claim, which stays until its
 * prune has decided. A prune that finds another's copy beside its own leaves the blob alone. Of two prunes, at least
 * one finds the other's copy.
 */
import { randomBytes } from 'node:crypto';
import { BuildcacheError, errorCode } from '../../core/errors.ts';
import type { Storage, StorageLister } from '../../storage/storage.ts';
import { documentUrl } from '../fetch-document.ts';
import { blobKey } from './layout3.ts';

/** Spack takes what is in this folder for blobs that nothing names. */
const ASIDE = 'blobs/pruned/';

/**
 * Milliseconds. Where a blob aside is a copy, the prune that made it counts as alive for so long. It needs the copy
 * if it deletes the blob.
 */
const CLAIM_MS = 24 * 3_600_000;

export interface AsideBlob {
  readonly key: string;
  /** SHA-256. */
  readonly digest: string;
  /** Milliseconds since the epoch, by the clock of the machine that moved it. */
  readonly since: number;
  /** When the storage wrote it. Of a blob that was moved, this is from before the move. */
  readonly written: Date | undefined;
}

/** A new place for a blob. Its name says since when the blob is there. */
export function asidePlace(digest: string): string {
  return `${ASIDE}${digest}.${Date.now()}-${randomBytes(4).toString('hex')}`;
}

/**
 * The blobs that prunes have moved aside, killed ones or one that is under way.
 * @param digest only this blob's copies
 */
export async function listAside(
  storage: StorageLister,
  signal: AbortSignal | undefined,
  digest?: string,
): Promise<AsideBlob[]> {
  const found: AsideBlob[] = [];
  for await (const { key, modified: written } of storage.list(
    digest === undefined ? ASIDE : `${ASIDE}${digest}.`,
    { signal },
  )) {
    const [, of, since] = /^([0-9a-f]{64})\.(\d{13})-[0-9a-f]{8}$/.exec(key.slice(ASIDE.length)) ?? [];
    if (of !== undefined) found.push({ key, digest: of, since: Number(since), written });
  }
  return found;
}

/**
 * Moves a blob away from where readers look for it. A blob that has been sent again since it was listed counts as
 * young: its sender does not look at it again.
 * @param to from {@link asidePlace}
 * @param graceMs a younger blob stays
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
  const [claim, ...others] = await listAside(storage, signal, digest);
  // A listing without our own copy may lack those of others, too, or there may be no copy. The blob is looked at once
  // more: between our look and our copy, another prune may have deleted it and ended.
  const isOurs = claim?.key === to && others.length === 0 && (await isOld(from));
  await storage.delete(isOurs ? from : to, { signal });
  return isOurs;
}

/** @returns false when the blob is in its place already, sent again or put back by somebody else */
export async function moveBack(
  storage: Storage,
  { key, digest }: Pick<AsideBlob, 'key' | 'digest'>,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const to = blobKey(digest);
  if (storage.move !== undefined) {
    // A blob that was sent again meanwhile is young, and stays so.
    if ((await storage.head(to, { signal })) === undefined) return await storage.move(key, to, { signal });
    await storage.delete(key, { signal });
    return false;
  }
  const isBack = await copyBack(storage, key, to, signal);
  const isThere = async (which: string) => (await storage.head(which, { signal })) !== undefined;
  // A server may refuse the copy for another reason than a blob that is there. This may be the only one, then.
  if (!isBack && !(await isThere(to))) {
    if (!(await isThere(key))) return false;
    throw new BuildcacheError('conflict', 'a blob that is needed could not be put back', {
      url: documentUrl(storage, to),
      hint: `it is in ${ASIDE}: run \`buildcache prune MIRROR\` again, which puts it back`,
    });
  }
  await storage.delete(key, { signal });
  return isBack;
}

/**
 * Puts a blob that others have left aside back if it is needed, and else deletes it. A claim stays if its prune may
 * still be under way.
 * @param before milliseconds since the epoch: a blob that was moved aside later is not deleted
 * @returns whether it was put back
 */
export async function recoverAside(
  storage: Storage,
  blob: AsideBlob,
  isNeeded: boolean,
  before: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  // Others write names, too. With a claim from the far future the blob would never go. Such a claim is no prune's: servers
  // with claims tell the time, and with a clock that is ahead nothing is pruned.
  const isImpossible = storage.move === undefined && blob.since > Date.now() + CLAIM_MS;
  const since = isImpossible ? (blob.written?.getTime() ?? blob.since) : blob.since;
  const isClaim = storage.move === undefined && since > Date.now() - CLAIM_MS;
  if (isNeeded) {
    if (isClaim) return await copyBack(storage, blob.key, blobKey(blob.digest), signal);
    return await moveBack(storage, blob, signal);
  }
  if (since < before && !isClaim) await storage.delete(blob.key, { signal });
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
