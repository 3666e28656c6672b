/** Reads small files at once, where that is sooner done than in the usual way (`core/at-once.ts`). */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { atOnce } from '../../core/at-once.ts';
import { isSmall } from './etag.ts';

export interface FileNow {
  readonly content: Buffer;
  readonly modified: Date;
}

/** Undefined for a file that is not small, and where anything is unusual: whoever asks in the usual way learns what. */
export type QuickReader = (file: string) => FileNow | undefined;

/** @param clock milliseconds */
export function quickReader(clock?: () => number): QuickReader {
  const attempt = atOnce(clock);
  return (file) => {
    try {
      return attempt(() => readNow(file))?.done;
    } catch {
      return undefined;
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
