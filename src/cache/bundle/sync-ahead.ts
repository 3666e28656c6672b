/**
 * Syncs a large file to disk while it is still being written, so that little is left to be done at the end. The system
 * tells the error of a sync only once, and says that the next one went well. So an error is kept.
 */
import type { FileHandle } from 'node:fs/promises';

export interface SyncAhead {
  /** To be told of all that was written. @throws SyncFailure */
  wrote(bytes: number): void;
  /** Resolves when all of the file is on disk. @throws SyncFailure */
  finish(): Promise<void>;
  /** When nothing is under way any more: what has gone wrong, where something has. */
  failure(): Promise<SyncFailure | undefined>;
}

/** What of the file is on disk is unknown, and reading the file does not tell it. Its cause is the system's error. */
export class SyncFailure extends Error {}

/** Bytes that are left for the end at the most, on a disk that keeps up. */
const EVERY = 64 * 1024 * 1024;

export function syncAhead(handle: Pick<FileHandle, 'datasync' | 'sync'>, every = EVERY): SyncAhead {
  let underWay: Promise<void> | undefined;
  let failure: SyncFailure | undefined;
  let bytes = 0;
  const attempt = async (sync: Promise<void>) => {
    try {
      await sync;
    } catch (error) {
      failure ??= new SyncFailure('the file could not be synced', { cause: error });
    } finally {
      underWay = undefined;
    }
  };
  return {
    wrote(more) {
      if (failure !== undefined) throw failure;
      bytes += more;
      if (bytes < every || underWay !== undefined) return;
      bytes = 0;
      underWay = attempt(handle.datasync());
    },
    async finish() {
      await underWay;
      if (failure === undefined) await attempt(handle.sync());
      if (failure !== undefined) throw failure;
    },
    async failure() {
      await underWay;
      return failure;
    },
  };
}
