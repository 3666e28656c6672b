/** Pauses in work that never waits, so that requests, timers and a cancellation get their turn. */
import { setImmediate } from 'node:timers/promises';

export type Breathe = () => Promise<void>;

/**
 * Lets others have the event loop, if it was not theirs for a while. To be awaited between two files, and two pieces of a
 * large one.
 * @throws the signal's reason
 */
export function breather(signal: AbortSignal | undefined): Breathe {
  let last = performance.now();
  return async () => {
    if (performance.now() - last > BREATH_MS) {
      await setImmediate();
      last = performance.now();
    }
    signal?.throwIfAborted();
  };
}

const BREATH_MS = 5;
