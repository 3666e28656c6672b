/** A whole body in memory, with a cap: what a server sends is only as long as we allow. */
import { BuildcacheError } from '../core/errors.ts';
import type { StoredObject } from './storage.ts';

export interface ReadAllOptions {
  /** Most bytes to take. */
  readonly maxBytes: number;
  /** What is being read, for the message: `the index manifest`. */
  readonly what: string;
}

/**
 * The bytes of the body (the asked-for range, where a range was asked for). Consumes or destroys it.
 * @throws BuildcacheError `too-large` over the cap, and whatever the body fails with
 */
export async function readAll(object: StoredObject, options: ReadAllOptions): Promise<Buffer> {
  const { maxBytes, what } = options;
  const chunks: Buffer[] = [];
  let length = 0;
  // The size an answer declares is not looked at: it is the whole object's, the body may be a part of it.
  for await (const chunk of object.body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) {
      throw new BuildcacheError('too-large', `${what} is too large`, {
        expected: `at most ${maxBytes} bytes`,
        found: object.size !== undefined && object.size > length ? `${object.size} bytes` : 'more',
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}
