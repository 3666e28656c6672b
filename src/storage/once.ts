/** Something asked for by many and done once: those who come while it is under way share it. */
import { errorCode } from '../core/errors.ts';

type Signal = AbortSignal | undefined;

/**
 * Whoever comes after a success returns at once; after a failure, the next one tries again, with its own
 * arguments. One that is cancelled fails nobody but itself.
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
