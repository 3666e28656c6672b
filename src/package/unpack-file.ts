/** One file of an archive that is unpacked, and what is said where that fails. */
import { closeSync, constants, fchmodSync, futimesSync, openSync, writeSync } from 'node:fs';
import { BuildcacheError, fileError, systemCode } from '../core/errors.ts';
import { type ByteString, printable } from './byte-string.ts';
import type { TarEntry } from './tar-reader.ts';

/** A file that is being written, at a path that nothing had before. */
export interface UnpackedFile {
  write(chunk: Buffer): void;
  /**
   * Gives it the mode of its entry.
   * @param hasOwnTime whether the contents are those of the archive: a file that was relocated has the time of that, as
   *   with Spack
   */
  finish(hasOwnTime: boolean): void;
  /** A file that was not finished stays as it is. */
  close(): void;
}

/**
 * @param path on disk
 * @throws as `node:fs`, which the methods do, too
 */
export function createFile(path: string | Buffer, entry: TarEntry): UnpackedFile {
  const descriptor = openSync(path, CREATE, 0o600);
  return {
    write(chunk) {
      for (let at = 0; at < chunk.length; ) at += writeSync(descriptor, chunk, at);
    },
    finish(hasOwnTime) {
      fchmodSync(descriptor, modeOf(entry));
      if (hasOwnTime) futimesSync(descriptor, entry.mtime, entry.mtime);
    },
    close: () => closeSync(descriptor),
  };
}

/** The mode that a file of the archive gets. */
export function modeOf({ mode }: TarEntry): number {
  return (mode & MODE.keep) | MODE.add;
}

/**
 * @param path of the archive, which the error names
 * @throws BuildcacheError; or what the file system said, where that is about all of it
 */
export function attempt<T>(path: ByteString, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw twice(path, error);
    // A full or read-only file system is not this entry's fault. A caller that knows the store names it in the error.
    if (OF_FILE_SYSTEM.has(systemCode(error) ?? '')) throw error;
    throw fileError(error, printable(path), 'unpack it');
  }
}

/** The error for a path that something has already. */
export function twice(path: ByteString, cause?: unknown): BuildcacheError {
  const facts = {
    file: printable(path),
    expected: 'each name once',
    hint: 'if two names differ only in case, unpack to a case-sensitive file system',
  };
  return new BuildcacheError('corrupt', 'the archive has two entries that are one file here', facts, cause);
}

/**
 * Set-id and sticky bits and the write bits of group and others are removed, and the owner may always read and write:
 * who may write, or run as whom, is decided by the recipient's configuration and not by the packer. The modes that
 * today's Spack packs, 0755 and 0644, stay as they are whatever the umask. Owners are not restored; times of files are.
 */
const MODE = { keep: 0o755, add: 0o600 };

const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

const OF_FILE_SYSTEM: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO']);
