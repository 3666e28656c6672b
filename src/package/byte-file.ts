/** A file as bytes at positions: what relocation reads and patches, without holding large ones in memory. */
import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';

export interface ByteFile {
  readonly size: number;
  /** The bytes there, for the caller to keep; fewer than `length` only where the file ends, empty beyond its end. */
  read(at: number, length: number): Buffer;
  /** Overwrites bytes; may extend the file. */
  write(at: number, bytes: Buffer): void;
  truncate(size: number): void;
}

/** An open regular file. */
export interface OpenByteFile extends ByteFile {
  /** The same for all hard links to one file. */
  readonly identity: string;
  /** By anybody. */
  readonly isExecutable: boolean;
  close(): void;
}

/**
 * Opens a file, never through a symlink in the last component. `create` makes it or empties it.
 * Throws what `node:fs` throws, also for anything but a regular file (`EINVAL`).
 */
export function openByteFile(path: string | Buffer, access: keyof typeof FLAGS): OpenByteFile {
  const descriptor = openSync(path, FLAGS[access] | constants.O_NOFOLLOW | constants.O_NONBLOCK, 0o600);
  const stats = fstatSync(descriptor, { bigint: true });
  if (!stats.isFile()) {
    closeSync(descriptor);
    throw Object.assign(new Error('not a regular file'), { code: 'EINVAL' });
  }
  let size = Number(stats.size);
  return {
    identity: `${stats.dev}:${stats.ino}`,
    isExecutable: (stats.mode & 0o111n) !== 0n,
    get size() {
      return size;
    },
    read(at, length) {
      const wanted = Math.max(0, Math.min(length, size - at));
      const bytes = Buffer.allocUnsafe(wanted);
      let filled = 0;
      while (filled < wanted) {
        const got = readSync(descriptor, bytes, filled, wanted - filled, at + filled);
        if (got === 0) break;
        filled += got;
      }
      return bytes.subarray(0, filled);
    },
    write(at, bytes) {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(descriptor, bytes, done, bytes.length - done, at + done);
      }
      size = Math.max(size, at + bytes.length);
    },
    truncate(length) {
      ftruncateSync(descriptor, length);
      size = length;
    },
    close: () => closeSync(descriptor),
  };
}

const FLAGS = {
  read: constants.O_RDONLY,
  'read-write': constants.O_RDWR,
  create: constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC,
};
