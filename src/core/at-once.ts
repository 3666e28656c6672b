/**
 * Small work on files at once, without the thread pool. A file that the system has in memory is read in a twentieth of a
 * millisecond; through the thread pool it takes ten times the processor's time. A file that must come from a disk or over
 * a network is another matter: this thread would wait for one after the other. So where a file was waited for, the next
 * ones are not taken at once, and then it is tried again.
 */

import { monotonicMs } from './clock.ts';

/** Milliseconds. Work that takes longer was waited for. */
const QUICK_MS = 2;

/** So many slow ones in a row are no chance: a process on a busy machine has to wait for its turn now and then. */
const SLOW_ENOUGH = 3;

/** How many after slow ones are not done at once. */
const PASSED_OVER = 32;

/** Milliseconds that this may go on before the event loop turns. What is done in the usual way lets it. */
const BREATH_MS = 5;

/** Undefined where the work was not done, since it would rather be done in the usual way. @throws what the work throws */
export type AtOnce = <T>(work: () => T) => { readonly done: T } | undefined;

/** @param clock milliseconds */
export function atOnce(clock: () => number = monotonicMs): AtOnce {
  let passOver = 0;
  let slow = 0;
  /** When the first was done since the event loop has turned. */
  let turn: number | undefined;
  return (work) => {
    if (passOver > 0) {
      passOver--;
      return undefined;
    }
    const start = clock();
    if (turn === undefined) {
      turn = start;
      setImmediate(() => {
        turn = undefined;
      });
    } else if (start - turn > BREATH_MS) {
      return undefined;
    }
    try {
      return { done: work() };
    } finally {
      slow = clock() - start > QUICK_MS ? slow + 1 : 0;
      if (slow >= SLOW_ENOUGH) passOver = PASSED_OVER;
    }
  };
}
