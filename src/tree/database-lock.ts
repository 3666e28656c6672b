/**
 * Spack's locks on an install tree, so that a Spack or another of our processes may run at the same time. One is a
 * POSIX record lock over all of `.spack-db/lock`, held while the database is read, changed and written. The others are
 * one byte of `.spack-db/prefix_lock` for each prefix that is being made. All locks are taken through one process
 * (`lock-helper.ts`).
 *
 * Hold a prefix's lock until the spec is in the database. A Spack that gets the lock earlier takes an unregistered
 * prefix for the rest of a failed install, and removes it.
 */
import { closeSync, constants, existsSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cancelled, throwIfCancelled } from '../core/abort.ts';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { makeFolderNow } from '../core/make-folder.ts';
import { LOCK_INTERPRETERS, type LockHelper, type LockRange, startLockHelper } from './lock-helper.ts';
import { describeLockHolder } from './lock-holder.ts';

export interface HeldLock {
  /** Throws BuildcacheError `io` if the lock was lost meanwhile. Call it before each step that needs the lock. */
  assertHeld(): void;
  /** Gives it back; a second call does nothing. */
  release(): Promise<void>;
}

export interface Locks {
  /**
   * Waits for the lock on the database.
   * @throws BuildcacheError `conflict` when another process still has it after `timeoutMs`, `cancelled`, `io`
   */
  database(signal?: AbortSignal): Promise<HeldLock>;
  /**
   * Waits for the lock on a spec's prefix, however long, as Spack does: another process may be building the spec.
   * @param isInstalled whether the spec is installed by now. If it is, the lock may be a shared one, which only keeps the spec
   *   from being removed. A Spack that has installed a spec shares such a lock until all that it installs is there
   * @throws BuildcacheError `cancelled`, `io`; what `isInstalled` throws
   */
  prefix(hash: string, signal?: AbortSignal, isInstalled?: () => Promise<boolean>): Promise<HeldLock>;
  /**
   * Waits while another process has the lock on a spec's prefix for itself alone, as who removes the spec has.
   * @param isInstalled whether the spec is installed still, which is asked when the lock is taken. If it is not, nobody waits
   * @throws as `prefix`
   */
  prefixFree(hash: string, signal: AbortSignal, isInstalled: () => Promise<boolean>): Promise<void>;
  /** Gives all of them back. */
  close(): Promise<void>;
}

export interface LockOptions {
  /** How long to wait for the database; a minute, as Spack does. */
  readonly timeoutMs?: number;
  /** Called once for each lock that is not free at once, with what it is for and, where known, which process has it. */
  readonly onWait?: (what: string, holder: string | undefined) => void;
  /**
   * Called once the process that holds the locks is on its way. No file is made before it is fulfilled. If it is
   * rejected, so is {@link openLocks}.
   */
  readonly check?: () => Promise<unknown>;
  /** Programs that can hold locks, see {@link LOCK_INTERPRETERS}. */
  readonly interpreters?: readonly string[];
}

/** Spack's default, `config:db_lock_timeout`. */
const DATABASE_TIMEOUT_MS = 60_000;

/**
 * Makes the lock files where they are missing, and starts the process that holds the locks.
 * @param root of the install tree, absolute, its padding included
 * @throws BuildcacheError `unsupported` where nothing can hold a lock, `denied` or `io` where the files cannot be made
 */
export async function openLocks(root: string, options: LockOptions = {}): Promise<Locks> {
  const { timeoutMs = DATABASE_TIMEOUT_MS, interpreters = LOCK_INTERPRETERS, onWait, check } = options;
  // The helper comes first, so that no folder is made where nothing can hold a lock.
  const starting = startLockHelper(interpreters);
  starting.catch(() => undefined); // it is told below
  try {
    await check?.();
  } catch (error) {
    await starting.then((helper) => helper.close()).catch(() => undefined);
    throw error;
  }
  const helper = await starting;
  const [databaseFile, prefixFile] = await lockFiles(root, helper);
  const turns = new Map<string, Promise<void>>();
  const rangeOf = (hash: string): LockRange => ({ file: prefixFile, start: prefixOffset(hash), length: 1 });
  const prefixName = (hash: string) => `the prefix of /${hash.slice(0, 7)}`;

  /** The system takes all our locks for those of one process, so our own callers have to take turns here. */
  const acquire = async (
    range: LockRange,
    what: string,
    limit: number,
    signal: AbortSignal | undefined,
    lock: () => Promise<boolean> = () => helper.tryLock(range),
  ) => {
    const key = `${range.file}:${range.start}`;
    const before = turns.get(key);
    let done = (): void => undefined;
    const mine = new Promise<void>((resolve) => {
      done = resolve;
    });
    const turn = (before ?? Promise.resolve()).then(() => mine);
    turns.set(key, turn);
    const finish = () => {
      done();
      if (turns.get(key) === turn) turns.delete(key);
    };
    try {
      await untilAborted(before, signal);
      await poll(lock, { file: range.file, what, limit, signal, onWait });
    } catch (error) {
      finish();
      throw error;
    }
    let isHeld = true;
    return {
      assertHeld: () => helper.assertAlive(),
      async release() {
        if (!isHeld) return;
        isHeld = false;
        // A helper that has ended has given the lock back.
        await helper.unlock(range).catch(() => undefined);
        finish();
      },
    };
  };
  return {
    database: (signal) =>
      acquire({ file: databaseFile, start: 0n, length: 0 }, 'the install database', timeoutMs, signal),
    async prefix(hash, signal, isInstalled) {
      const range = rangeOf(hash);
      const lock = async () => (await helper.tryLock(range)) || (await share(helper, range, isInstalled));
      return await acquire(range, prefixName(hash), Number.POSITIVE_INFINITY, signal, lock);
    },
    async prefixFree(hash, signal, isInstalled) {
      const range = rangeOf(hash);
      const lock = async () => (await helper.tryLock(range, true)) || !(await isInstalled());
      const held = await acquire(range, prefixName(hash), Number.POSITIVE_INFINITY, signal, lock);
      await held.release();
    },
    close: () => helper.close(),
  };
}

/** The byte of `prefix_lock` that stands for a spec: the first 63 bits of its DAG hash. */
export function prefixOffset(hash: string): bigint {
  let bits = 0n;
  for (const character of hash.slice(0, 13)) bits = bits * 32n + BigInt(BASE32.indexOf(character));
  return bits >> 2n;
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

async function lockFiles(root: string, helper: LockHelper): Promise<readonly [string, string]> {
  try {
    return [lockFile(root, 'lock'), lockFile(root, 'prefix_lock')];
  } catch (error) {
    await helper.close();
    throw error;
  }
}

/** Opening and closing the file here loses no lock, since the helper holds them all. */
function lockFile(root: string, name: string): string {
  const file = path.join(root, '.spack-db', name);
  try {
    makeFolderNow(path.dirname(file));
    if (!existsSync(file)) makeFile(file);
    closeSync(openSync(file, constants.O_RDWR));
    return file;
  } catch (error) {
    throw fileError(error, file, 'lock the install tree');
  }
}

/** A link to nowhere, which others who may write here have put there, must not make us create what it names. */
function makeFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o777)); // as Spack makes it
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error; // another process was faster
  }
}

async function untilAborted(before: Promise<void> | undefined, signal: AbortSignal | undefined) {
  throwIfCancelled(signal);
  if (before === undefined || signal === undefined) {
    await before;
    return;
  }
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(cancelled(signal));
    signal.addEventListener('abort', stop, { once: true });
  });
  await Promise.race([before, aborted]).finally(() => signal.removeEventListener('abort', stop));
}

interface Patience {
  readonly file: string;
  readonly what: string;
  /** Milliseconds. */
  readonly limit: number;
  readonly signal: AbortSignal | undefined;
  readonly onWait: LockOptions['onWait'];
}

/** @param lock tries to take it */
async function poll(lock: () => Promise<boolean>, { file, what, limit, signal, onWait }: Patience) {
  const start = performance.now();
  for (let tries = 0; !(await lock()); tries++) {
    const waited = performance.now() - start;
    const holder = () => describeLockHolder(file) ?? writtenHolder(file);
    if (waited >= limit) {
      throw new BuildcacheError(
        'conflict',
        `${what} is locked by ${holder() ?? 'another process'}, waited ${Math.round(waited / 1000)} s`,
        { file, hint: 'run again once it is done, or end it if it hangs' },
      );
    }
    if (tries === 0) onWait?.(what, holder());
    // Spack asks at these intervals too, less often the longer it waits.
    const pause = tries < 20 ? 100 : tries < 60 ? 200 : 500;
    await sleep(Math.min(pause, limit - waited), undefined, signal && { signal }).catch(() => undefined);
    throwIfCancelled(signal);
  }
}

/** Whether what others share is installed, and so shared with us, too. */
async function share(
  helper: LockHelper,
  range: LockRange,
  isInstalled: (() => Promise<boolean>) | undefined,
): Promise<boolean> {
  if (isInstalled === undefined || !(await isInstalled()) || !(await helper.tryLock(range, true)))
    return false;
  // Whoever had it before may have been removing the spec.
  let isThere = false;
  try {
    isThere = await isInstalled();
  } finally {
    if (!isThere) await helper.unlock(range);
  }
  return isThere;
}

/** The holder that stands in the file. Spack writes it there when it debugs its locks. */
function writtenHolder(file: string): string | undefined {
  const [, pid, host] = /^pid=(\d+),host=([\w.-]+)$/.exec(readStart(file)) ?? [];
  return pid === undefined ? undefined : `process ${pid} on ${host}`;
}

/** Not blocking and not whole: another user's file may be a pipe, or as large as the disk. */
function readStart(file: string): string {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const start = Buffer.alloc(LONGEST_HOLDER);
    return start.toString('utf8', 0, readSync(descriptor, start)).trim();
  } catch {
    return '';
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Bytes: a number and the name of a host. */
const LONGEST_HOLDER = 512;
