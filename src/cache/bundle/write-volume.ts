/**
 * Writes one volume to disk. It is written beside its place, synced, and then renamed, so a file of that name is
 * whole. What a killed run has left is continued: whatever of it is right stays.
 */
import { constants } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { throwIfCancelled } from '../../core/abort.ts';
import { BuildcacheError, fileError, systemCode } from '../../core/errors.ts';
import type { WatchTransfer } from '../../core/transfer.ts';
import { digestFile } from '../../storage/file-copier.ts';
import type { PlannedVolume } from './arrange.ts';
import { BUNDLE_JSON, type BundledFile } from './documents.ts';
import type { Draft } from './draft.ts';
import {
  type Batch,
  bringBatch,
  inBatches,
  type Place,
  type Target,
  writeAt,
  writeError,
} from './incoming.ts';
import { readAt, TO_READ } from './open-volume.ts';
import { type SyncAhead, SyncFailure, syncAhead } from './sync-ahead.ts';
import { ARCHIVE_END, BLOCK, memberHead, memberLength, paddingOf, sizeOfFirst } from './tar-member.ts';
import { type Claim, type ClaimTiming, claimPart, forgetClaim, leaveToOthers } from './volume-claim.ts';

export interface WriteSettings {
  /** Files under way at once. */
  readonly jobs: number;
  readonly watch?: WatchTransfer | undefined;
  /** Called for each file that is in the volume. */
  readonly onFile?: (() => void) | undefined;
  /** For tests. */
  readonly claimTiming?: ClaimTiming;
  readonly signal: AbortSignal;
}

/** `kept`: the volume was there already. `resumed`: a part of it was. */
export type WrittenVolume = 'kept' | 'resumed' | 'written';

export interface VolumeInWriting {
  readonly outcome: WrittenVolume;
  /** Resolves when the volume is on disk and has its name, rejects as {@link writeVolume}. To be waited for, always. */
  readonly named: Promise<void>;
}

/** The name of a volume before it is renamed. */
export function partOf(file: string): string {
  return `${file}.part`;
}

/**
 * Whether another file has this name, which is neither a volume of a bundle nor an unfinished one.
 * @throws BuildcacheError where it cannot be told
 */
export async function isInTheWay(file: string): Promise<boolean> {
  const start = await readStart(file, BLOCK);
  return start !== undefined && start.length > 0 && sizeOfFirst(start, BUNDLE_JSON) === undefined;
}

/**
 * Writes all of a volume. The disk may still be at work then, so that the next volume can be filled meanwhile.
 * @throws BuildcacheError `not-found`, `corrupt` for what the mirror lacks or has damaged, as the storages do; `io`
 *   for a full disk. What was written is left for the next run
 */
export async function writeVolume(
  file: string,
  volume: PlannedVolume,
  draft: Draft,
  settings: WriteSettings,
): Promise<VolumeInWriting> {
  const part = partOf(file);
  if (await isThere(file, volume)) {
    for (const _ of volume.files) settings.onFile?.();
    await forgetClaim(part, settings.signal);
    return { outcome: 'kept', named: Promise.resolve() };
  }
  const claim = await claimPart(part, settings.signal, settings.claimTiming);
  const handle = await openClaimed(part, claim).catch(async (error: unknown) => {
    await claim.release();
    throw error;
  });
  const ahead = syncAhead(handle);
  try {
    const outcome = await fill({ file: part, handle }, ahead, volume, draft, settings);
    const named = name({ file: part, handle }, ahead, claim, file).finally(() => claim.release());
    return { outcome, named };
  } catch (error) {
    const failure = (await ahead.failure()) ?? error;
    await handle.close().catch(() => undefined); // what went wrong before is what a user wants to know
    await claim.release();
    throw await failed(failure, part);
  }
}

/** @returns whether there was a part of it */
async function fill(
  target: Target,
  ahead: SyncAhead,
  volume: PlannedVolume,
  draft: Draft,
  settings: WriteSettings,
): Promise<'resumed' | 'written'> {
  const isResumed = await beginWith(volume.head, target);
  let end = volume.head.length;
  const places = volume.files.map((each): Place => {
    const at = end;
    end += memberLength(each.path, each.size);
    return { file: each, at };
  });
  const wanted = isResumed ? await notWritten(places, target, settings) : places;
  await inParallel(inBatches(wanted, draft), settings.jobs, async (batch) => {
    throwIfCancelled(settings.signal);
    await bringBatch(batch, draft, target, settings);
    ahead.wrote(bytesOf(batch));
    for (const _ of batch.places) settings.onFile?.();
  });
  await writeAt(target, ARCHIVE_END, end);
  await target.handle.truncate(volume.size);
  return wanted.length < places.length ? 'resumed' : 'written';
}

function bytesOf({ places }: Batch): number {
  return places.reduce((sum: number, { file }: Place) => sum + file.size, 0);
}

async function name(
  { file: part, handle }: Target,
  ahead: SyncAhead,
  claim: Claim,
  file: string,
): Promise<void> {
  try {
    await ahead.finish();
    await handle.close();
    await claim.assertHeld();
    await rename(part, file);
  } catch (error) {
    await handle.close().catch(() => undefined); // closed already where only the name was refused
    throw await failed(error, part);
  }
}

/** The error for the user. Of what could not be synced nothing is kept: the next run would take it to be on disk. */
async function failed(error: unknown, part: string): Promise<BuildcacheError> {
  if (!(error instanceof SyncFailure)) return writeError(error, part);
  await rm(part, { force: true }).catch(() => undefined); // the disk may refuse that, too
  const { code, message, facts } = fileError(error.cause, part, 'write the volume');
  const hint =
    'what of it is on disk is unknown: look after the disk, and run it again to begin this volume anew';
  return new BuildcacheError(code, message, { ...facts, hint }, error);
}

/** What an earlier run has not brought, or not whole. */
async function notWritten(
  places: readonly Place[],
  target: Target,
  { jobs, signal, onFile }: WriteSettings,
): Promise<readonly Place[]> {
  const kept = new Set<Place>();
  await inParallel(places, jobs, async (place) => {
    throwIfCancelled(signal);
    if (!(await isWritten(place.file, place.at, target, signal))) return;
    kept.add(place);
    onFile?.();
  });
  return places.filter((place) => !kept.has(place));
}

/**
 * After a failure no new work begins. The work under way is waited for: it writes to a file that is closed
 * afterwards.
 */
async function inParallel<T>(
  items: readonly T[],
  jobs: number,
  run: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  let failure: { readonly error: unknown } | undefined;
  const work = async () => {
    for (const item of waiting) {
      await run(item).catch((error: unknown) => {
        failure ??= { error };
      });
      if (failure !== undefined) return;
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  if (failure !== undefined) throw failure.error;
}

/**
 * Whether the volume is there: of its length, and with the same documents. A volume gets its name only when it is
 * whole. That holds for what this user has written; another user could also change it afterwards.
 */
async function isThere(file: string, { head, size }: PlannedVolume): Promise<boolean> {
  const start = await readStart(file, head.length, size);
  return start?.equals(head) === true;
}

/** @returns undefined where there is no such file, or where a size is given, one of another size or user */
async function readStart(file: string, length: number, size?: number): Promise<Buffer | undefined> {
  try {
    const handle = await open(file, TO_READ);
    try {
      const found = await handle.stat();
      if (!found.isFile())
        throw new BuildcacheError('usage', 'there is something else of that name', { file });
      if (size !== undefined && (found.size !== size || !isOurs(found))) return undefined;
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw fileError(error, file, 'read what is there');
  }
}

async function openClaimed(part: string, claim: Claim): Promise<FileHandle> {
  const handle = await openPart(part);
  if (!claim.isFromSilence) return handle;
  await handle.close();
  await leaveToOthers(part);
  return await openPart(part);
}

async function openPart(part: string): Promise<FileHandle> {
  try {
    // Not through a link: what it leads to was not looked at, or is another by now.
    const handle = await open(part, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
    try {
      await requireOwn(handle, part);
      return handle;
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw fileError(error, part, 'write the volume');
  }
  return await open(part, 'wx+', 0o666).catch((error: unknown) => {
    throw fileError(error, part, 'write the volume');
  });
}

/**
 * In a folder such as /tmp another user may have prepared the part, and could change the bundle when it has its name. The
 * part may also have a second name, under which it is another file.
 */
async function requireOwn(handle: FileHandle, part: string): Promise<void> {
  const found = await handle.stat();
  const { uid, nlink } = found;
  if (nlink === 1 && isOurs(found)) return;
  throw new BuildcacheError('conflict', 'another user or program has left this file', {
    file: part,
    expected: 'an unfinished volume of this user',
    found: nlink === 1 ? `a file of user ${uid}` : `a file with ${nlink} names`,
    hint: 'name another file with --output, or remove it',
  });
}

function isOurs({ uid }: { readonly uid: number }): boolean {
  return process.getuid === undefined || uid === process.getuid();
}

/** @returns whether the part is of this volume. If not, it is begun anew */
async function beginWith(head: Buffer, target: Target): Promise<boolean> {
  const found = await readAt(target.handle, 0, head.length);
  if (found.equals(head)) return true;
  await target.handle.truncate(0);
  await writeAt(target, head, 0);
  return false;
}

async function isWritten(
  { path, size, sha256 }: BundledFile,
  at: number,
  { file, handle }: Target,
  signal: AbortSignal,
): Promise<boolean> {
  const head = memberHead(path, size);
  if (!(await readAt(handle, at, head.length)).equals(head)) return false;
  const start = at + head.length;
  const found = await digestFile({ file, start, end: start + size }, signal);
  if (found.size !== size || found.sha256 !== sha256) return false;
  // The bytes that fill the last block may still be missing.
  await writeAt({ file, handle }, Buffer.alloc(paddingOf(size)), start + size);
  return true;
}
