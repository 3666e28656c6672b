/**
 * Registers installed specs a batch at a time: the database is one file, written anew for each change, so a thousand
 * small packages must not write it a thousand times; and a killed run should lose little.
 */
import { rm } from 'node:fs/promises';
import type { HeldLock } from '../tree/database-lock.ts';
import {
  type Installed,
  type KeptDatabase,
  type RegisterOptions,
  registerInstalled,
} from '../tree/database-write.ts';

export interface Batched extends Installed {
  /** Of its prefix; given back once the spec is registered. */
  readonly lock: HeldLock | undefined;
  /** Removed again if the spec cannot be registered: what is not in the database is not there for anybody. */
  readonly newPrefix: string | undefined;
  /** Called once: with the error if it is not registered. */
  readonly onDone: (error: unknown) => void;
}

export interface Registrar {
  /** Specs come after what they depend on. Returns at once. */
  add(spec: Batched): void;
  /** Registers what is still waiting. Never throws: each spec is told. */
  finish(): Promise<void>;
}

/** Specs that wait, at most. */
const BATCH = 64;

/** Milliseconds that one waits, at least; whoever wants its lock waits as well. */
const PAUSE = 1000;

/** A large database takes long to write: this much of the time may go into it. */
const SHARE = 10;

/**
 * @param root of the install tree
 * @param onError called once, when the database cannot be written; nothing is registered after that
 */
export function openRegistrar(
  root: string,
  options: Omit<RegisterOptions, 'installs' | 'kept'>,
  onError: (error: unknown) => void,
): Registrar {
  let waiting: Batched[] = [];
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let pause = PAUSE;
  let failure: unknown;
  const kept: KeptDatabase = {};

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    if (batch.length > 0) running = running.then(() => register(batch));
  };
  const register = async (batch: readonly Batched[]) => {
    const start = performance.now();
    try {
      if (failure === undefined) await registerInstalled(root, { ...options, installs: batch, kept });
    } catch (error) {
      failure = error;
      onError(error);
    }
    for (const { newPrefix, lock, onDone } of batch) {
      if (failure !== undefined) await remove(newPrefix);
      await lock?.release();
      onDone(failure);
    }
    pause = Math.max(PAUSE, SHARE * (performance.now() - start));
  };
  return {
    add(spec) {
      waiting.push(spec);
      if (waiting.length >= BATCH) flush();
      else timer ??= setTimeout(flush, pause);
    },
    async finish() {
      flush();
      await running;
    },
  };
}

async function remove(prefix: string | undefined): Promise<void> {
  if (prefix === undefined) return;
  // The next install replaces what cannot be removed now.
  await rm(prefix, { recursive: true, force: true }).catch(() => undefined);
}
