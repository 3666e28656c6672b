import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { BytesBody, chunksOf } from '../../src/storage/bytes-body.ts';

const all = async (chunks: AsyncIterable<Buffer> | Iterable<Buffer>) => {
  const list: Buffer[] = [];
  for await (const chunk of chunks) list.push(chunk);
  return Buffer.concat(list).toString();
};

test.each(['', 'some bytes'])('"%s" is the same as a stream and without one', async (text) => {
  expect(String(await buffer(new BytesBody(Buffer.from(text))))).toBe(text);
  const body = new BytesBody(Buffer.from(text));
  expect(await all(chunksOf(body))).toBe(text);
  expect(body.destroyed).toBe(true);
});

test('another stream is read as a stream, and so is what somebody has put in its way', async () => {
  expect(await all(chunksOf(new PassThrough().end('x')))).toBe('x');
  expect(await all(chunksOf(new BytesBody(Buffer.from('y')).pipe(new PassThrough())))).toBe('y');
});
