/** Small documents, whole: a body that is cut short or stalls is asked for again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { verifyBytes } from '../core/digest.ts';
import { BuildcacheError } from '../core/errors.ts';
import { askedAgain } from '../storage/asked-again.ts';
import { readDocument } from '../storage/read.ts';
import type { GetOptions, StorageReader } from '../storage/storage.ts';
import type { Descriptor } from './entries.ts';

/** No manifest, key or signature comes near this size. A larger document is something else. */
const MAX_DOCUMENT = 8 * 1024 * 1024;

const PAUSE_MS = 100;

export interface DocumentOptions extends Pick<GetOptions, 'range' | 'signal'> {
  /** For messages: `the index manifest`. */
  readonly what: string;
  readonly maxBytes?: number;
  /**
   * The SHA-256 that the bytes should have. It only tells whether they are packed (`Content-Encoding`); it is not
   * checked.
   */
  readonly sha256?: string | undefined;
}

/** @returns the bytes (of the range, where one is asked for), or undefined when it is not there */
export async function fetchDocument(
  storage: StorageReader,
  key: string,
  options: DocumentOptions,
): Promise<Buffer | undefined> {
  const { what, maxBytes = MAX_DOCUMENT, sha256, signal, range } = options;
  for (let last = false; ; last = true) {
    let object = await storage.get(key, { signal, ...(range === undefined ? {} : { range }) });
    if (range !== undefined && typeof object === 'object' && object.packed !== undefined) {
      // Part of a packed body cannot be unpacked.
      object.body.on('error', () => undefined).destroy();
      object = await storage.get(key, { signal });
    }
    if (object === undefined || object === 'not-modified') return undefined;
    try {
      const bytes = await readDocument(object, {
        maxBytes,
        what,
        sha256,
        url: documentUrl(storage, key),
      });
      return range === undefined ? bytes : cut(bytes, object.offset, range, documentUrl(storage, key));
    } catch (error) {
      // The backend has retried the request itself. This is for a body that fails after its headers, once.
      if (last || !(error instanceof BuildcacheError) || error.code !== 'unreachable') throw error;
      await sleep(PAUSE_MS, undefined, signal === undefined ? {} : { signal });
    }
  }
}

/**
 * Fetches a document that another one names, and verifies it. Where the server says that it is not there, it is asked
 * again: the document was there when it was named, and a server may need a moment until all of its parts agree.
 * @param options `maxBytes` is the limit for this kind: a longer document is `corrupt`, not `too-large`
 * @returns undefined when it is not there after all @throws BuildcacheError `corrupt`; else as {@link fetchDocument}
 */
export async function fetchNamed(
  storage: StorageReader,
  { key, sha256, size }: KnownDescriptor,
  options: Omit<DocumentOptions, 'range' | 'sha256'>,
): Promise<Buffer | undefined> {
  const fetch = () => fetchDocument(storage, key, { ...options, sha256 });
  const bytes = await askedAgain(storage, fetch, options.signal);
  if (bytes !== undefined) verifyBytes(bytes, { sha256, size, source: documentUrl(storage, key) });
  return bytes;
}

/** A blob whose digest is known; layout 2 does not know its size. */
export type KnownDescriptor = Descriptor & { readonly sha256: string };

/** `url/key`, for messages. */
export function documentUrl(storage: StorageReader, key: string): string {
  return `${storage.url.replace(/\/$/, '')}/${key}`;
}

/**
 * The error for a link that leads nowhere (`ListOptions.onHidden`), where what is behind it counts. To whoever deletes what
 * nothing names, or lists what is there, it may be anything.
 */
export function linkToNowhere(storage: StorageReader, key: string): BuildcacheError {
  return new BuildcacheError('io', 'a link in the mirror leads nowhere', {
    url: documentUrl(storage, key),
    hint: 'mount what it leads to, or remove the link: nobody can tell what is behind it',
  });
}

/** The error for an entry that lacks something it must have. */
export function incomplete(url: string, expected: string): BuildcacheError {
  return new BuildcacheError('bad-input', 'the entry is incomplete', {
    url,
    expected,
    hint: 'push the spec again: `buildcache push --force MIRROR SPEC`',
  });
}

/** The same error for a document that should name an index. */
export function incompleteIndex(url: string, expected: string): BuildcacheError {
  return new BuildcacheError('bad-input', 'the document that names the index is incomplete', {
    url,
    expected,
    hint: 'run update-index',
  });
}

/** The asked-for range out of a body that starts at `offset`: servers may answer with more than they were asked for. */
function cut(bytes: Buffer, offset: number, range: NonNullable<GetOptions['range']>, url: string): Buffer {
  const start = range.start - offset;
  if (start < 0) {
    throw new BuildcacheError('protocol', 'the server sent another range', {
      url,
      expected: `bytes from ${range.start}`,
      found: `bytes from ${offset}`,
    });
  }
  return bytes.subarray(start, range.end === undefined ? undefined : range.end - offset + 1);
}
