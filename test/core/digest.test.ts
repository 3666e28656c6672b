import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { isSha256, sha256, verifyBytes, verifying } from '../../src/core/digest.ts';
import { through } from '../../src/core/streams.ts';
import { codeOf } from '../spec/node-fixture.ts';

const bytes = Buffer.from('hello world');
const good = { sha256: sha256(bytes), size: bytes.length, source: 'x' };

const stream = async (expected: typeof good | { sha256: string; source: string }) => {
  const chunks = Readable.from([bytes.subarray(0, 3), bytes.subarray(3)]);
  return Buffer.concat(await through(chunks, verifying(expected)).toArray());
};

describe('verifying', () => {
  test('what is right passes unchanged, with and without a size', async () => {
    expect(await stream(good)).toEqual(bytes);
    expect(await stream({ sha256: good.sha256, source: 'x' })).toEqual(bytes);
    verifyBytes(bytes, good);
  });

  test.each([
    ['too long', { ...good, size: 10 }],
    ['too short', { ...good, size: 12 }],
    ['another digest', { ...good, sha256: '0'.repeat(64) }],
  ])('%s', async (_, expected) => {
    await expect(stream(expected)).rejects.toMatchObject({ code: 'corrupt' });
    expect(codeOf(() => verifyBytes(bytes, expected))).toBe('corrupt');
  });

  test('a digest is lower-case hexadecimal of its length and nothing else', () => {
    expect(
      [good.sha256, good.sha256.toUpperCase(), `${good.sha256}\n`, `../${good.sha256}`, 1].map(isSha256),
    ).toEqual([true, false, false, false, false]);
  });
});

test("a source's error reaches the reader, and leaving early destroys the source", async () => {
  const failing = new Readable({
    read() {
      this.destroy(new Error('cut'));
    },
  });
  await expect(through(failing, verifying(good)).toArray()).rejects.toThrow('cut');
  const endless = new Readable({
    read() {
      this.push(Buffer.alloc(1024));
    },
  });
  for await (const _ of through(endless, verifying({ sha256: good.sha256, source: 'x' }))) break;
  await new Promise((resolve) => setImmediate(resolve));
  expect(endless.destroyed).toBe(true);
});
