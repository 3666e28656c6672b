/** What a thread that copies files (file-copy-thread.ts) and its other end (file-copier.ts) tell each other. */

export interface CopyJob {
  readonly id: number;
  readonly from: string;
  /** The content itself. No file is read then. */
  readonly content?: Uint8Array | undefined;
  /** Offset of the first byte that is wanted. */
  readonly start: number;
  /** A path where nothing is yet. Undefined: nothing is made, the source is only read. */
  readonly to: string | undefined;
  /** Whether the folder of that path is made, where it is not there. */
  readonly makesFolder?: boolean | undefined;
  /** Bytes that are expected. A longer file is not read to its end. */
  readonly size: number;
  /** Only a part of the file is copied: what follows it does not belong to it. */
  readonly isPart?: boolean | undefined;
  /** Whether its SHA-256 is wanted. */
  readonly digest: boolean;
  /** The digest of each part of so many bytes is told as well, as soon as it is known. */
  readonly partSize?: number | undefined;
  readonly place: Place | undefined;
  /** Make the copy a second name of the same file, where that can be. */
  readonly hardLink: boolean;
}

/** The name a copy gets once it is on disk, if it has the size that was expected. */
export interface Place {
  readonly path: string;
  /** The digest it must have too. Undefined: any. */
  readonly sha256: string | undefined;
  /** Only where nothing has that name yet. Else whatever has it is replaced. */
  readonly isNew: boolean;
}

/** Writes parts one behind the other into a file that is there, which is not synced. */
export interface InsertJob {
  readonly id: number;
  /** The descriptor of the open file, which all threads share. Its name may lead to another file by now. */
  readonly into: number;
  /** Offset of the first part's head. */
  readonly at: number;
  readonly parts: readonly InsertedPart[];
}

/** A file's content, or so many bytes of it, behind these bytes and before so many zeros. */
export interface InsertedPart extends Pick<CopyJob, 'from' | 'start' | 'size' | 'isPart'> {
  readonly head: Uint8Array;
  readonly zeros: number;
}

/** What was read, and what `stat` says of the copy, which is on disk by then. */
export interface Found {
  readonly size: number;
  readonly sha256: string | undefined;
  readonly ino: bigint;
  readonly mtimeNs: bigint;
  /** Whether it has the name of its place by now, and none beside it. */
  readonly isPlaced: boolean;
  /** Whether its folder had to be made. */
  readonly isFolderNew: boolean;
}

/** What was read of each part, up to the first that is not as long as was said. */
export type Inserted = readonly Pick<Found, 'size' | 'sha256'>[];

/**
 * What all threads share, to be told what was cancelled: `id` is, where the slot `id % length` says `id`. There are far more
 * slots than jobs at a time.
 */
export type CancelledJobs = Int32Array;

/** The result; or why there is none, and the file, where that is about one that was read. */
export type Reply<T> = { readonly id: number } & (
  | { readonly result: T }
  | { readonly failure: string; readonly code: string | undefined; readonly unread: string | undefined }
);

/** The digest of the next part of a file that is read. */
export interface PartReply {
  readonly id: number;
  readonly part: string;
}
