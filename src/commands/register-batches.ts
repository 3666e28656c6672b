/**
 * Registers installed specs in batches. The database is one file that is written anew for each change, so a thousand
 * small packages must not write it a thousand times. The batches are small enough that a killed run loses little.
 */
import { removeTree } from '../core/remove-tree.ts';
import type { HeldLock } from '../tree/database-lock.ts';
import {
  type Installed,
  type KeptDatabase,
  type RegisterOptions,
  registerInstalled,
} from '../tree/database-write.ts';
import type { RegisterProblem } from '../tree/register-problem.ts';

export interface Batched extends Installed {
  /** The lock on the spec's prefix. It is given back once the spec is registered. */
  readonly lock: HeldLock | undefined;
  /** A prefix to remove again if the spec cannot be registered: without a record no program would find it. */
  readonly newPrefix: string | undefined;
  /** Called once, with the error if the spec could not be registered. */
  readonly onDone: (error: unknown) => void;
}

export interface Registrar {
  /** Adds a spec, after those that it depends on. Returns at once. */
  add(spec: Batched): void;
  /** Registers the specs that still wait. Never throws: each spec's `onDone` gets the error. */
  finish(): Promise<void>;
}

/** Milliseconds from one batch to the next, at least. A killed run loses what it installed in that time. */
const PAUSE = 250;

/** Writing may take one part in so many of the time, since a large database takes long to write. */
const SHARE = 10;

export interface RegistrarOptions extends Omit<RegisterOptions, 'installs' | 'kept' | 'onProblem'> {
  /** Whether what the specs need at run time is to be installed too. */
  readonly dependencies?: boolean | undefined;
}

/**
 * If another process has removed one of the specs, or something that it needs, only that spec fails.
 * @param root of the install tree
 * @param onError called once, when the database cannot be written; nothing is registered after that
 */
export function openRegistrar(
  root: string,
  { dependencies = true, ...options }: RegistrarOptions,
  onError: (error: unknown) => void,
): Registrar {
  let waiting: Batched[] = [];
  let writing: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let pause = PAUSE;
  let failure: unknown;
  const kept: KeptDatabase = {};

  /** What comes while a batch is written waits for the next one. */
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (writing !== undefined || waiting.length === 0) return;
    const batch = waiting;
    waiting = [];
    writing = register(batch).then(() => {
      writing = undefined;
      flushLater();
    });
  };
  const flushLater = () => {
    if (writing === undefined && waiting.length > 0) timer ??= setTimeout(flush, pause);
  };
  const register = async (batch: readonly Batched[]) => {
    const start = performance.now();
    const problems = new Map<string, unknown>();
    const onProblem = (hash: string, { kind, error }: RegisterProblem) => {
      if (kind === 'gone' || dependencies) problems.set(hash, error);
    };
    try {
      if (failure === undefined)
        await registerInstalled(root, { ...options, installs: batch, kept, onProblem });
    } catch (error) {
      failure = error;
      onError(error);
    }
    // Locks are given back together: that is one message to the process that holds them.
    await Promise.all(
      batch.map(async ({ hash, newPrefix, lock, onDone }) => {
        if (failure !== undefined) await remove(newPrefix, lock);
        await lock?.release();
        onDone(failure ?? problems.get(hash));
      }),
    );
    pause = Math.max(PAUSE, SHARE * (performance.now() - start));
  };
  return {
    add(spec) {
      waiting.push(spec);
      flushLater();
    },
    async finish() {
      while (writing !== undefined || waiting.length > 0) {
        flush();
        await writing;
      }
    },
  };
}

/** If the lock is lost, another process may have removed the prefix by now, and have made its own there. */
async function remove(prefix: string | undefined, lock: HeldLock | undefined): Promise<void> {
  if (prefix === undefined) return;
  try {
    lock?.assertHeld();
    await removeTree(prefix);
  } catch {
    // If the prefix cannot be removed now, the next install replaces it.
  }
}
