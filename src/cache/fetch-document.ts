/** Small documents, whole: a body that is cut short or stalls is asked for again. */
import { BuildcacheError, errorCode } from '../core/errors.ts';
import { readAll } from '../storage/read.ts';
import type { GetOptions, StorageReader } from '../storage/storage.ts';

/** No manifest, key or signature comes near; what is larger is not one. */
const MAX_DOCUMENT = 8 * 1024 * 1024;

export interface DocumentOptions extends Pick<GetOptions, 'range' | 'signal'> {
  /** For messages: `the index manifest`. */
  readonly what: string;
  readonly maxBytes?: number;
}

/** How often a document is asked for again whose body broke off. Refused requests the backend has retried already. */
const BODY_RETRIES = 1;

/** @returns the bytes (of the range, where one is asked for), or undefined when it is not there */
export async function fetchDocument(
  storage: StorageReader,
  key: string,
  options: DocumentOptions,
): Promise<Buffer | undefined> {
  const { what, maxBytes = MAX_DOCUMENT, signal, range } = options;
  for (let attempt = 0; ; attempt++) {
    const object = await storage.get(key, { signal, ...(range === undefined ? {} : { range }) });
    if (object === undefined || object === 'not-modified') return undefined;
    try {
      const bytes = await readAll(object, { maxBytes, what });
      return range === undefined
        ? bytes
        : bytes.subarray(range.start - object.offset, (range.end ?? maxBytes) + 1);
    } catch (error) {
      if (attempt >= BODY_RETRIES || errorCode(error) !== 'unreachable') throw error;
    }
  }
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
