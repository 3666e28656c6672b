import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { verifyBlob } from '../../../src/cache/reading/check-entry.ts';
import type { StorageReader } from '../../../src/storage/storage.ts';

/** All in one place of memory: who keeps it keeps nothing, and who joins it needs all of it. */
const PIECE = Buffer.alloc(64 * 1024 * 1024);

function endless(): StorageReader {
  const body = function* () {
    for (;;) yield PIECE;
  };
  return {
    url: 'https://x',
    get: async (key: string) => ({ key, size: undefined, offset: 0, body: Readable.from(body()) }),
    head: async () => undefined,
    close: async () => undefined,
  };
}

it('a tarball of which nothing is known and that never ends is given up, and kept nowhere', async () => {
  const blob = { key: 'a', sha256: undefined, size: undefined };
  await expect(verifyBlob({ storage: endless() }, blob, undefined)).rejects.toMatchObject({
    code: 'too-large',
    facts: { url: 'https://x/a' },
  });
});
