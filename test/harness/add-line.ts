/** Adding to a document that others add to. */
import { errorCode } from '../../src/core/errors.ts';
import { readAll } from '../../src/storage/read.ts';
import type { Storage } from '../../src/storage/storage.ts';

/** Adds a line by reading, adding, and writing on the condition that nobody else has. */
export async function addLine(storage: Storage, key: string, line: string): Promise<void> {
  for (;;) {
    const found = await storage.get(key);
    if (found === undefined || found === 'not-modified') throw new Error(`${key}: ${found}`);
    const before = await readAll(found, { maxBytes: 10_000_000, what: key, url: 'x:' });
    try {
      const condition = { ifMatch: found.etag ?? '' };
      await storage.put(key, Buffer.concat([before, Buffer.from(`${line}\n`)]), { condition });
      return;
    } catch (error) {
      if (errorCode(error) !== 'conflict') throw error;
    }
  }
}
