/**
 * Reads small files at once. A file that the system has in memory is read in a twentieth of a millisecond; through the
 * thread pool it takes ten times the processor's time. A file that must come from a disk or over a network is another
 * matter: this thread would wait for one after the other. So where a file was waited for, the next ones are not read at
 * once, and then it is tried again.
 */

import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { monotonicMs } from '../../core/clock.ts';
import { isSmall } from './etag.ts';

/** Milliseconds. A read that takes longer was waited for. */
const QUICK_MS = 2;

/** So many slow ones in a row are no chance: a process on a busy machine has to wait for its turn now and then. */
const SLOW_ENOUGH = 3;

/** How many files after slow ones are not read at once. */
const PASSED_OVER = 32;

/** Milliseconds that reading may go on before the event loop turns. A file that is read in the usual way lets it. */
const BREATH_MS = 5;

export interface FileNow {
  readonly content: Buffer;
  readonly modified: Date;
}

/** Undefined for a file that is not small, and where anything is unusual: whoever asks in the usual way learns what. */
export type QuickReader = (file: string) => FileNow | undefined;

/** @param clock milliseconds */
export function quickReader(clock: () => number = monotonicMs): QuickReader {
  let passOver = 0;
  let slow = 0;
  /** When the first file was read since the event loop has turned. */
  let turn: number | undefined;
  return (file) => {
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
      return readNow(file);
    } catch {
      return undefined;
    } finally {
      slow = clock() - start > QUICK_MS ? slow + 1 : 0;
      if (slow >= SLOW_ENOUGH) passOver = PASSED_OVER;
    }
  };
}

function readNow(file: string): FileNow | undefined {
  // Not blocking: opening a FIFO would wait for a writer.
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile() || !isSmall(stats.size)) return undefined;
    // A byte more than there should be shows the end.
    const buffer = Buffer.allocUnsafeSlow(stats.size + 1);
    const length = readSync(descriptor, buffer, 0, buffer.length, 0);
    if (length !== stats.size) return undefined;
    return { content: buffer.subarray(0, length), modified: stats.mtime };
  } finally {
    closeSync(descriptor);
  }
}
