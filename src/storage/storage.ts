/**
 * What a backend must do, and no more: keys to bytes. Keys are relative and `/`-separated, and not encoded: each
 * backend does its own escaping. Absent is `undefined`; what could not be told throws a `BuildcacheError` (`denied`,
 * `throttled`, `server-error`, `unreachable`, `protocol`, …).
 */
import type { Readable } from 'node:stream';

export interface ObjectInfo {
  readonly key: string;
  /** Bytes; undefined where the server does not say. */
  readonly size: number | undefined;
  readonly modified?: Date | undefined;
  /** Opaque; whatever `ifMatch` takes. */
  readonly etag?: string | undefined;
  /** Lower-case, without parameters. */
  readonly contentType?: string | undefined;
}

export interface GetOptions {
  /** First and last byte, inclusive. Without a last byte, to the end. A backend may answer with the whole object. */
  readonly range?: { readonly start: number; readonly end?: number };
  readonly ifNoneMatch?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface HeadOptions extends Pick<GetOptions, 'signal'> {
  /** The etag is not wanted where it costs something: that of a small file is a digest. */
  readonly withoutEtag?: boolean;
}

export interface StoredObject extends ObjectInfo {
  /** Must be consumed or destroyed. Errors in it are `BuildcacheError`s; a body cut short is one. */
  readonly body: Readable;
  /**
   * How the server has packed it (`Content-Encoding`), and its packed bytes; undefined: it is not packed. See
   * content-coding.ts.
   */
  readonly packed?: { readonly coding: string; readonly size: number | undefined } | undefined;
  /** Offset of the body's first byte: 0, or what was asked for where ranges are honoured. */
  readonly offset: number;
}

export interface StorageReader {
  /** For people: the location with credentials and query values taken out. */
  readonly url: string;
  /** The server's own URL, without credentials, where `url` alone does not say which server it is. */
  readonly endpoint?: string | undefined;
  /**
   * What `url` leaves out of where this is: user information and query values, which may lead to another mirror. It may
   * be secret, so it is never shown or written.
   */
  readonly hidden?: string | undefined;
  /** Where objects are files of this machine: the path for reading one, whether it is there or not. */
  readonly fileOf?: (key: string) => string;
  /**
   * Where objects are parts of files of this machine: the file that has an object, and the place of its first byte
   * there.
   */
  readonly extentOf?: (key: string) => { readonly file: string; readonly start: number } | undefined;
  /** Milliseconds that the clock of this machine is ahead of the server's; undefined where that is not known. */
  readonly clockAheadMs?: (() => number | undefined) | undefined;
  /** `undefined`: not there. `'not-modified'`: only where `ifNoneMatch` was given. */
  get(key: string, options?: GetOptions): Promise<StoredObject | 'not-modified' | undefined>;
  head(key: string, options?: HeadOptions): Promise<ObjectInfo | undefined>;
  /** Frees sockets and timers. */
  close(): Promise<void>;
}

export interface ListOptions extends Pick<GetOptions, 'signal'> {
  /** Told of each link that leads nowhere, as to a disk that is not mounted: nobody knows which keys are behind it. */
  readonly onHidden?: ((key: string) => void) | undefined;
}

/** Backends that can enumerate keys (files, object stores; not plain HTTP). */
export interface StorageLister extends StorageReader {
  /** Every object whose key starts with `prefix` (whole path segments or not), in no promised order. */
  list(prefix: string, options?: ListOptions): AsyncIterable<ObjectInfo>;
}

export function canList(storage: StorageReader): storage is StorageLister {
  return 'list' in storage;
}

/** A precondition. `ifAbsent`: nothing there yet. `ifMatch`: still the version with this etag. */
export type PutCondition = { readonly ifAbsent: true } | { readonly ifMatch: string };

export interface PutOptions {
  readonly condition?: PutCondition | undefined;
  readonly contentType?: string | undefined;
  readonly cacheControl?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface DeleteOptions extends Pick<GetOptions, 'signal'> {
  /**
   * The object as it was listed: one that was written since then stays. Where a server has no such condition, this is
   * compared right before.
   */
  readonly listed?: Pick<ObjectInfo, 'modified'> | undefined;
}

/** Whether an object is the one that was listed. Listings may know fractions of seconds that HTTP headers do not. */
export function isAsListed(
  found: Pick<ObjectInfo, 'modified'>,
  listed: Pick<ObjectInfo, 'modified'> | undefined,
): boolean {
  const seconds = (time: Date | undefined) => time && Math.floor(time.getTime() / 1000);
  return listed === undefined || seconds(found.modified) === seconds(listed.modified);
}

export interface CopyOptions extends PutOptions {
  /**
   * The copy must be this. That is compared as far as bytes or digests are seen on the way: between folders all of
   * it; of a copy that a server makes, its length, and the SHA-256 where the server says it.
   */
  readonly expected?: { readonly sha256: string; readonly size: number | undefined } | undefined;
  /** Between folders: make the copy a second name of the same file, where that can be. */
  readonly hardLink?: boolean;
}

/** What is put: bytes in memory, or a file whose size is known. */
export type PutSource =
  | Uint8Array
  | {
      readonly file: string;
      readonly size: number;
      /**
       * The SHA-256 that the content must have. It is compared with the bytes that are sent, since a file can change
       * after its digest was taken.
       */
      readonly sha256?: string | undefined;
      /** Told how many more bytes are on their way. Not told where the system copies by itself. */
      readonly onBytes?: ((bytes: number) => void) | undefined;
    };

/**
 * How far a condition can be trusted. `native`: the server decides. `lock`: we hold a lock while we compare and
 * write. `none`: there are no conditions; write, read back, merge again.
 */
export type ConditionSupport = 'native' | 'lock' | 'none';

export interface Storage extends StorageLister {
  readonly conditions: ConditionSupport;
  /**
   * Whole or not at all. Throws `conflict` when the condition does not hold, `corrupt` when a file has another digest
   * than was said. Returns the new etag.
   */
  put(key: string, source: PutSource, options?: PutOptions): Promise<{ readonly etag: string | undefined }>;
  /** True when something was deleted. False: nothing is there, or something else than was listed. */
  delete(key: string, options?: DeleteOptions): Promise<boolean>;
  /**
   * Gives an object another key, and replaces what is there. Only where that moves no bytes. False: there is no such
   * object.
   */
  move?(key: string, to: string, options?: Pick<GetOptions, 'signal'>): Promise<boolean>;
  /** Removes what long-dead writers left where listings do not show it. @returns how many */
  sweep?(options?: Pick<GetOptions, 'signal'>): Promise<number>;
  /**
   * Copies from another storage of the same kind without the bytes passing through this process; undefined where the
   * two ends cannot. Throws `corrupt`, with nothing left behind, when the copy is not what was expected.
   */
  copyFrom?(
    source: StorageReader,
    sourceKey: string,
    key: string,
    options?: CopyOptions,
  ): Promise<true | undefined>;
}
