/** Small documents, whole: a body that is cut short or stalls is asked for again. */
import { BuildcacheError } from '../core/errors.ts';
import { retrying } from '../core/retry.ts';
import { readAll } from '../storage/read.ts';
import type { GetOptions, StorageReader } from '../storage/storage.ts';

/** No manifest, key or signature comes near; what is larger is not one. */
const MAX_DOCUMENT = 8 * 1024 * 1024;

export interface DocumentOptions extends Pick<GetOptions, 'range' | 'signal'> {
  /** For messages: `the index manifest`. */
  readonly what: string;
  readonly maxBytes?: number;
}

/** @returns the bytes (of the range, where one is asked for), or undefined when it is not there */
export function fetchDocument(
  storage: StorageReader,
  key: string,
  options: DocumentOptions,
): Promise<Buffer | undefined> {
  const { what, maxBytes = MAX_DOCUMENT, signal, range } = options;
  // The request itself has been retried by the backend; this is for what happens after its headers.
  return retrying(
    async () => {
      const object = await storage.get(key, { signal, ...(range === undefined ? {} : { range }) });
      if (object === undefined || object === 'not-modified') return undefined;
      const bytes = await readAll(object, { maxBytes, what });
      return range === undefined
        ? bytes
        : bytes.subarray(range.start - object.offset, (range.end ?? maxBytes) + 1);
    },
    { retries: 1, baseDelayMs: 100, maxDelayMs: 1000 },
    signal,
  );
}

/** `url/key`, for messages. */
export function documentUrl(storage: StorageReader, key: string): string {
  return `${storage.url.replace(/\/$/, '')}/${key}`;
}

/** The error for a document that lacks something it must have. */
export function incomplete(url: string, expected: string): BuildcacheError {
  return new BuildcacheError('bad-input', 'the entry is incomplete', {
    url,
    expected,
    hint: 'push the spec again with --force',
  });
}
