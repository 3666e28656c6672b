import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { BuildcacheError } from '../../src/core/errors.ts';
import { readAll } from '../../src/storage/read.ts';
import type { StoredObject } from '../../src/storage/storage.ts';

function object(body: Readable, size?: number): StoredObject {
  return { key: 'key', size, offset: 0, body };
}

function pieces(...parts: string[]): Readable {
  return Readable.from(
    parts.map((part) => Buffer.from(part)),
    { objectMode: false },
  );
}

describe('reading a whole body', () => {
  it('joins its pieces, up to the cap', async () => {
    const read = await readAll(object(pieces('abc', 'de')), { maxBytes: 5, what: 'it', url: 'x:' });
    expect(read.toString()).toBe('abcde');
    expect((await readAll(object(pieces()), { maxBytes: 0, what: 'it', url: 'x:' })).length).toBe(0);
  });

  it('stops at the cap, and lets go of the body', async () => {
    const body = pieces('abc', 'def', 'ghi');
    await expect(
      readAll(object(body, 1_000), { maxBytes: 5, what: 'the index', url: 'x:' }),
    ).rejects.toMatchObject({
      code: 'too-large',
      message: 'the index is too large',
      facts: { url: 'x:', expected: 'at most 5 bytes', found: '1000 bytes' },
    });
    expect(body.destroyed).toBe(true);
  });

  it('goes by the bytes, not by the size that was told', async () => {
    // A range of a large object, and a server that lies.
    expect((await readAll(object(pieces('abc'), 1_000), { maxBytes: 5, what: 'it', url: 'x:' })).length).toBe(
      3,
    );
    await expect(
      readAll(object(pieces('abcdef'), 1), { maxBytes: 5, what: 'it', url: 'x:' }),
    ).rejects.toMatchObject({
      code: 'too-large',
    });
  });

  it('passes on what the body fails with', async () => {
    const body = new Readable({
      read() {
        this.destroy(new BuildcacheError('unreachable', 'cut'));
      },
    });
    await expect(readAll(object(body), { maxBytes: 5, what: 'it', url: 'x:' })).rejects.toMatchObject({
      code: 'unreachable',
    });
  });
});
