/** Runs something once for all that ask for it at the same time: they share the result. */
import { errorCode } from '../core/errors.ts';

type Signal = AbortSignal | undefined;

/**
 * A call while `run` is under way or after its success shares that. After a failure, the next call tries again, with
 * its own arguments. A call that is cancelled does not make the others fail.
 */
export function once<Args extends readonly unknown[]>(
  run: (signal: Signal, ...args: Args) => Promise<void>,
): (signal: Signal, ...args: Args) => Promise<void> {
  let shared: Promise<void> | undefined;
  return async (signal, ...args) => {
    for (;;) {
      const mine = shared ?? run(signal, ...args);
      shared = mine;
      try {
        return await mine;
      } catch (error) {
        if (shared === mine) shared = undefined;
        if (errorCode(error) !== 'cancelled' || signal?.aborted === true) throw error;
      }
    }
  };
}
