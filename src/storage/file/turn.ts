/**
 * Compare-and-swap on a plain file system, local or NFS, using nothing but `mkdir` and `rename`.
 *
 * A writer first writes the new content, whole and synced, as the only file of a folder of its own:
 *     .tmp-<random>/<owner>
 * It takes its turn by renaming that folder to the one name that all writers of the same file contend for:
 *     .lock-<hash of the file's name>/<owner>
 * The file system refuses that while a folder of that name is there with something in it. Then the writer compares,
 * and publishes by renaming `.lock-…/<owner>` to the final name, which gives up the turn in the same instant.
 *
 * A writer that died leaves its turn taken. A writer that has seen the same owner there for `staleMs` of its own
 * clock removes that owner's file. Names are never used twice, so this cannot hit another owner, and several may do
 * it at once, on any host. If the owner was only asleep, its content is gone, its rename fails, and it starts again:
 * it cannot overwrite what others published meanwhile. So no heartbeat is needed, and no clocks are compared.
 *
 * Others who may write to the folder can put a link in place of any folder here, at any moment. So a mode is changed
 * through a handle, and only files with an owner's name are removed: a link leads to no such file of anybody else.
 */
import { constants } from 'node:fs';
import { mkdir, open, readdir, rm, rmdir, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cancelled, throwIfCancelled } from '../../core/abort.ts';
import { BuildcacheError, systemCode } from '../../core/errors.ts';
import { renamePath } from '../../core/rename.ts';
import { isOwnerName, ownerName, temporaryName, turnName } from './names.ts';

export interface TurnTiming {
  /** Milliseconds after which a turn counts as a dead writer's. A turn lasts as long as reading a small file. */
  readonly staleMs: number;
  /** Milliseconds after which we give up. */
  readonly waitMs: number;
}

const TIMING: TurnTiming = { staleMs: 5_000, waitMs: 60_000 };
const POLL_MS = { first: 2, most: 100 };

export interface Turn {
  /** Writes the new content to this path, where nothing is yet. Done before the turn is taken. */
  fill(file: string): Promise<void>;
  /** Runs while no other writer can change the file. Throwing leaves the file as it is. */
  decide(): Promise<'publish' | 'remove' | 'leave'>;
}

/**
 * Publishes or removes `path` when it is our turn. Its folder must be there.
 * @returns `lost` when we were so slow that others took us for dead: nothing was changed, try again
 * @throws BuildcacheError `conflict` when others had the turn for a whole minute, `cancelled`; system errors as they
 *   are
 */
export async function takeTurn(
  path: string,
  turn: Turn,
  signal: AbortSignal | undefined,
  timing: TurnTiming = TIMING,
): Promise<'done' | 'lost'> {
  const folder = dirname(path);
  const slot = join(folder, turnName(basename(path)));
  const owner = ownerName();
  await prepare({ staging: join(folder, temporaryName()), slot, owner }, turn, signal, timing);
  const mine = join(slot, owner);
  let left = true;
  try {
    const decision = await turn.decide();
    if (decision === 'leave') return 'done';
    if (decision === 'remove') return await unlessGone(unlink(path));
    const outcome = await unlessGone(renamePath(mine, path));
    left = false;
    return outcome;
  } finally {
    if (left) await rm(mine, { force: true }).catch(() => {});
    await removeIfEmpty(slot);
  }
}

/**
 * Gives a new folder the mode of the one that it is in: other writers must be able to clear up after us, whatever our
 * umask.
 * @throws the system's errors, also for a link that has taken its place
 */
export async function shareWithWriters(staging: string): Promise<void> {
  const { mode } = await stat(dirname(staging));
  // Where links are not known to it, the system has neither flag.
  const { O_DIRECTORY = 0, O_NOFOLLOW = 0 } = constants;
  const handle = await open(staging, O_DIRECTORY | O_NOFOLLOW);
  try {
    await handle.chmod((mode & 0o2777) | 0o700);
  } finally {
    await handle.close();
  }
}

/** Writes the content, and returns when the turn is ours. */
async function prepare(
  { staging, slot, owner }: { readonly staging: string; readonly slot: string; readonly owner: string },
  turn: Turn,
  signal: AbortSignal | undefined,
  timing: TurnTiming,
): Promise<void> {
  try {
    await mkdir(staging);
    await shareWithWriters(staging);
    await turn.fill(join(staging, owner));
    await enter(staging, slot, signal, timing);
  } catch (error) {
    await rm(join(staging, owner), { force: true }).catch(() => {});
    await removeIfEmpty(staging);
    throw error;
  }
}

async function enter(
  staging: string,
  slot: string,
  signal: AbortSignal | undefined,
  { staleMs, waitMs }: TurnTiming,
): Promise<void> {
  const deadline = performance.now() + waitMs;
  let seen: { readonly owner: string; readonly since: number } | undefined;
  for (let pause = POLL_MS.first; ; pause = Math.min(pause * 1.5, POLL_MS.most)) {
    throwIfCancelled(signal);
    try {
      return await renamePath(staging, slot);
    } catch (error) {
      const code = systemCode(error);
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    }
    const now = performance.now();
    const owner = await ownerOf(slot);
    if (owner === undefined) {
      await removeIfEmpty(slot);
    } else if (owner !== seen?.owner) {
      seen = { owner, since: now };
    } else if (now - seen.since > staleMs && isOwnerName(owner)) {
      await rm(join(slot, owner), { force: true });
      continue;
    }
    if (now > deadline) {
      throw new BuildcacheError('conflict', 'others kept writing this file', {
        file: slot,
        ...(owner === undefined ? {} : { found: `a turn taken by ${owner}` }),
        hint: 'try again, or remove this folder when no writer is alive',
      });
    }
    try {
      await sleep(pause * (0.5 + Math.random()), undefined, signal === undefined ? {} : { signal });
    } catch {
      throw cancelled(signal);
    }
  }
}

async function ownerOf(slot: string): Promise<string | undefined> {
  try {
    return (await readdir(slot))[0];
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Removes the slot of a turn that is over. A slot that is another writer's turn by now is not empty, and stays. */
async function removeIfEmpty(slot: string): Promise<void> {
  await rmdir(slot).catch(() => {});
}

async function unlessGone(change: Promise<void>): Promise<'done' | 'lost'> {
  try {
    await change;
    return 'done';
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 'lost';
    throw error;
  }
}
