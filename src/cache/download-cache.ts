/**
 * Blobs on their way to this machine: handed on while they arrive, checked on the way, and kept under their digest so
 * that they need not come twice. What arrived before a download broke off is not asked for again.
 */
import type { Readable } from 'node:stream';
import { BuildcacheError } from '../core/errors.ts';
import type { StorageReader } from '../storage/storage.ts';

export interface BlobRequest {
  readonly storage: StorageReader;
  readonly key: string;
  readonly sha256: string;
  /** Bytes; undefined where nothing says (layout 2). */
  readonly size: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told how many bytes more have come from the mirror. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/** `failed`: the blob could not be had from there, and somebody else may be asked for it. */
export type Delivery<T> =
  | { readonly kind: 'used'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface DownloadCache {
  /**
   * Hands the blob's bytes to `use`, which must read them to their end, and must keep nothing of them when the stream
   * fails: that they are the right ones is only known then. May be called again with a new stream.
   * @throws what `use` throws of itself; when cancelled
   */
  deliver<T>(request: BlobRequest, use: (bytes: Readable) => Promise<T>): Promise<Delivery<T>>;
}

/** @param folder created when something is first kept; undefined: nothing is */
export function openDownloadCache(_folder: string | undefined): DownloadCache {
  throw new BuildcacheError('internal', 'not there yet');
}
