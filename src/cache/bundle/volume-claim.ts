/**
 * A claim on the unfinished file of a volume, so that no two processes write to it at once: the first of them would give
 * its name to a mixture of both. The claim is a file beside it, which its owner touches every second.
 *
 * A killed process leaves its claim. Among processes that we can see one sees that its owner is gone. Elsewhere, such as in
 * a container that shares the folder, a claim that nobody touches for half a minute of our own clock counts as one that
 * nobody has any more. Its owner may only have been stopped, and go on writing: who takes it writes to a file of his own.
 */
import { randomBytes } from 'node:crypto';
import { constants, copyFile, lutimes, open, readFile, readlink, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfCancelled } from '../../core/abort.ts';
import { BuildcacheError, fileError, systemCode } from '../../core/errors.ts';
import { readEnd } from '../../core/read-file.ts';

export interface Claim {
  /** The process that had it before may still be there, and write to the part. */
  readonly isFromSilence: boolean;
  /** @throws BuildcacheError `conflict` where another process has taken us for dead */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

/** Milliseconds. */
export interface ClaimTiming {
  /** How often the owner touches it. */
  readonly touchMs: number;
  /** After so long without a touch, nobody has it. */
  readonly deadMs: number;
}

const TIMING: ClaimTiming = { touchMs: 1_000, deadMs: 30_000 };
/** Bytes: a number and the name of a host. */
const MOST = 1024;
/** So often others may be faster to take a claim that nobody has, and as long as until two are seen to be nobody's. */
const ATTEMPTS = 10;
const PATIENCE = 2;
/** Milliseconds until another process that does so is looked for again. */
const TURN_MS = 20;

/**
 * @param part the unfinished file
 * @param timing for tests
 * @throws BuildcacheError `conflict` while another process has it; `cancelled`; else as the file system does
 */
export async function claimPart(
  part: string,
  signal: AbortSignal,
  timing: ClaimTiming = TIMING,
): Promise<Claim> {
  const file = `${part}.lock`;
  const us = await whoWeAre();
  const end = performance.now() + PATIENCE * timing.deadMs;
  let isFromSilence = false;
  for (let attempt = 0; attempt < ATTEMPTS || performance.now() < end; attempt++) {
    throwIfCancelled(signal);
    try {
      await makeClaim(file, us.text);
      return held(file, us.text, isFromSilence, timing);
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw fileError(error, file, 'write the volume');
    }
    const owner = await ownerIn(file);
    if (owner === undefined) continue;
    const isGone = isOfNobody(owner, us);
    if (!isGone && (await isTouched(file, signal, timing))) throw inUse(part, owner);
    isFromSilence ||= !isGone;
    await takeAway(file, owner, us, signal, timing);
  }
  throw inUse(part, 'others in turn');
}

/** Removes the claim of a process that was killed when its volume had its name. Best effort: others stay. */
export async function forgetClaim(part: string, signal: AbortSignal): Promise<void> {
  const file = `${part}.lock`;
  try {
    const owner = await ownerIn(file);
    const us = await whoWeAre();
    if (owner === undefined || !isOfNobody(owner, us)) return;
    await takeAway(file, owner, us, signal, TIMING);
  } catch {
    throwIfCancelled(signal); // else it is no claim, or cannot be removed
  }
}

/**
 * Puts a copy in the part's place, so that whoever still has it open writes to a file without a name.
 * @throws as the file system does
 */
export async function leaveToOthers(part: string): Promise<void> {
  const copy = `${part}.lock.${randomBytes(6).toString('hex')}`;
  try {
    await copyFile(part, copy, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    await rename(copy, part);
  } catch (error) {
    await rm(copy, { force: true });
    // Without the room for two, the volume is begun anew.
    if (['ENOSPC', 'EDQUOT'].includes(systemCode(error) ?? '')) await rm(part, { force: true });
    else if (systemCode(error) !== 'ENOENT') throw fileError(error, part, 'write the volume');
  }
}

async function makeClaim(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(text);
  } catch (error) {
    await rm(file, { force: true }).catch(() => undefined); // such as on a full disk
    throw error;
  } finally {
    await handle.close();
  }
}

function held(file: string, text: string, isFromSilence: boolean, { touchMs }: ClaimTiming): Claim {
  const touch = () => {
    const now = new Date();
    lutimes(file, now, now).catch(() => undefined);
  };
  const timer = setInterval(touch, touchMs).unref();
  const isOurs = async () => (await textOf(file)) === text;
  return {
    isFromSilence,
    async assertHeld() {
      if (!(await isOurs())) throw inUse(file.slice(0, -'.lock'.length), (await textOf(file)) ?? 'others');
    },
    async release() {
      clearInterval(timer);
      if (await isOurs()) await rm(file, { force: true }).catch(() => undefined);
    },
  };
}

/**
 * @returns undefined where it was released meanwhile
 * @throws BuildcacheError `conflict` for a file that is no claim: it is not ours to remove
 */
async function ownerIn(file: string): Promise<string | undefined> {
  let owner: string;
  try {
    owner = (await readEnd(file, MOST)).toString('utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw noClaim(file);
  }
  // It is empty for a moment, before its owner has written into it.
  if (owner === '' || /^\d+ \S+ [0-9a-f]{16}\n$/.test(owner)) return owner;
  throw noClaim(file);
}

function noClaim(file: string): BuildcacheError {
  return new BuildcacheError('conflict', 'there is something else of that name', {
    file,
    hint: 'name another file with --output, or remove it',
  });
}

interface Us {
  /** The host, and what tells apart the containers on it that have its name: each numbers its own processes. */
  readonly where: string;
  /** Of a claim of ours. */
  readonly text: string;
}

async function whoWeAre(): Promise<Us> {
  const numbers = await readlink('/proc/self/ns/pid').catch(() => '');
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const facts = [numbers, boot].map((text) => text.replace(/[^\w-]/g, '')).filter((text) => text !== '');
  const where = [hostname(), ...facts].join('/');
  return { where, text: `${process.pid} ${where} ${randomBytes(8).toString('hex')}\n` };
}

/** Whether the owner is a process that we would see, and do not. */
function isOfNobody(owner: string, us: Us): boolean {
  const [pid = '', where] = owner.split(' ');
  return where === us.where && !isRunning(Number(pid));
}

async function isTouched(
  file: string,
  signal: AbortSignal,
  { touchMs, deadMs }: ClaimTiming,
): Promise<boolean> {
  const touched = async () => await stat(file).then(({ mtimeMs }) => mtimeMs, systemCode);
  const before = await touched();
  const end = performance.now() + deadMs;
  while (performance.now() < end) {
    await sleep(touchMs / 2, undefined, { signal }).catch(() => throwIfCancelled(signal));
    const now = await touched();
    if (now !== before) return now !== 'ENOENT';
  }
  return false;
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM'; // another user's
  }
}

/**
 * Removes the claim of a process that is gone. Many may have seen that at once, and the fastest may have made a claim of its
 * own by now: so they do it one at a time, and look again.
 */
async function takeAway(
  file: string,
  owner: string,
  us: Us,
  signal: AbortSignal,
  { deadMs }: ClaimTiming,
): Promise<void> {
  const turn = `${file}.turn`;
  try {
    await makeClaim(turn, us.text);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw fileError(error, file, 'write the volume');
    // It takes a moment, unless a process was killed within it.
    const made = await stat(turn).then(({ mtimeMs }) => mtimeMs, systemCode);
    const isOld = typeof made === 'number' && Math.abs(Date.now() - made) > deadMs;
    if (isOld || isOfNobody((await textOf(turn)) ?? '', us)) {
      // It may be a folder, or another user's.
      await rm(turn, { force: true }).catch(() => {
        throw noClaim(turn);
      });
    } else await sleep(TURN_MS, undefined, { signal }).catch(() => throwIfCancelled(signal));
    return;
  }
  try {
    if ((await textOf(file)) === owner) await rm(file, { force: true });
  } catch (error) {
    throw fileError(error, file, 'write the volume');
  } finally {
    await rm(turn, { force: true });
  }
}

/** @returns undefined for what is gone, or no file */
async function textOf(file: string): Promise<string | undefined> {
  return await readEnd(file, MOST).then(
    (bytes) => bytes.toString('utf8'),
    () => undefined,
  );
}

function inUse(part: string, owner: string): BuildcacheError {
  const [pid, where] = owner.trim().split(' ');
  const host = where?.replace(/\/.*/, '');
  return new BuildcacheError('conflict', 'another process is writing this volume', {
    file: part,
    found: JSON.stringify(
      host === undefined ? owner.slice(0, 60) : `process ${pid} on ${host}`.slice(0, 100),
    ),
    hint: 'wait until it is done, or name another file with --output',
  });
}
