/**
 * A claim on the unfinished file of a volume, so that no two processes write to it at once: the first of them would give
 * its name to a mixture of both. The claim is a file beside it, which its owner touches every second.
 *
 * A killed process leaves its claim. On the same host one sees that its owner is gone. Elsewhere, such as in a container
 * that shares the folder, a claim that nobody touches for half a minute of our own clock is one that nobody has any more.
 */
import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfCancelled } from '../../core/abort.ts';
import { BuildcacheError, fileError, systemCode } from '../../core/errors.ts';
import { readEnd } from '../../core/read-file.ts';

export interface Claim {
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
/** How often another process may be faster to take a claim that nobody has. */
const ATTEMPTS = 5;

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
  const text = `${process.pid} ${hostname()} ${randomBytes(8).toString('hex')}\n`;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    throwIfCancelled(signal);
    try {
      await makeClaim(file, text);
      return held(file, text, timing);
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw fileError(error, file, 'write the volume');
    }
    const owner = await ownerIn(file);
    if (owner === undefined) continue;
    if (await isInUse(file, owner, signal, timing)) throw inUse(part, owner);
    await takeAway(file, owner);
  }
  throw inUse(part, 'others in turn');
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

function held(file: string, text: string, { touchMs }: ClaimTiming): Claim {
  const touch = () => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  };
  const timer = setInterval(touch, touchMs).unref();
  const isOurs = async () => (await textOf(file)) === text;
  return {
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

async function isInUse(
  file: string,
  owner: string,
  signal: AbortSignal,
  { touchMs, deadMs }: ClaimTiming,
): Promise<boolean> {
  const [pid = '', host] = owner.split(' ');
  if (host === hostname() && !isRunning(Number(pid))) return false;
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

/** Two processes may both have seen that nobody has it. The claim that the faster one has made by now is put back. */
async function takeAway(file: string, owner: string): Promise<void> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(file, aside);
    if ((await textOf(aside)) === owner) await rm(aside, { force: true });
    else await rename(aside, file);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw fileError(error, file, 'write the volume');
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
  const [pid, host] = owner.trim().split(' ');
  return new BuildcacheError('conflict', 'another process is writing this volume', {
    file: part,
    found: JSON.stringify(
      host === undefined ? owner.slice(0, 60) : `process ${pid} on ${host}`.slice(0, 100),
    ),
    hint: 'wait until it is done, or name another file with --output',
  });
}
