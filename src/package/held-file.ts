/**
 * A small file of an archive, in memory until it is what it will be on disk. So it is written once, when its paths are
 * relocated already, and not written, read and written again. To relocation it is a file like any other.
 */
import type { OpenByteFile } from './byte-file.ts';

/** Larger files are written as they come: for them the bytes cost more than the calls. */
export const MAX_HELD_FILE = 1024 * 1024;

/** Bytes that are held for one package. What does not fit is written as it comes. */
export const MAX_HELD = 8 * 1024 * 1024;

/** What a file takes beside its bytes and its name: an archive may have millions of empty ones. */
export const HELD_OVERHEAD = 512;

export interface HeldFile extends OpenByteFile {
  /** The contents; good until the next change. */
  readonly bytes: Buffer;
  /** Whether the contents are not those of the archive any more. */
  readonly isChanged: boolean;
  /** Adds bytes of the archive at the end, no more than the file has. */
  append(chunk: Buffer): void;
}

let made = 0;

/**
 * @param size of the file in the archive
 * @param mode that it will have
 * @param onClose called when somebody who has opened it has done with it
 */
export function holdFile(size: number, mode: number, onClose: () => void): HeldFile {
  const identity = `held:${++made}`;
  let bytes = Buffer.allocUnsafe(size);
  let filled = 0;
  let isChanged = false;
  return {
    identity,
    isExecutable: (mode & 0o111) !== 0,
    get size() {
      return bytes.length;
    },
    get bytes() {
      return bytes;
    },
    get isChanged() {
      return isChanged;
    },
    append(chunk) {
      filled += chunk.copy(bytes, filled);
    },
    // A copy, as from a disk: who reads may write while it looks at what it has read.
    read: (at, length) => Buffer.from(bytes.subarray(at, Math.max(at, at + length))),
    write(at, written) {
      isChanged = true;
      const end = at + written.length;
      if (end > bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(end - bytes.length)]);
      written.copy(bytes, at);
    },
    truncate(length) {
      isChanged = true;
      bytes = bytes.subarray(0, length);
    },
    close: onClose,
  };
}
