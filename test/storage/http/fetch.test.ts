import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { HttpClient, HttpResponse } from '../../../src/storage/http/client.ts';
import { fetchThrough } from '../../../src/storage/http/fetch.ts';

function answering(
  status: number,
  body: Readable,
  headers: Readonly<Record<string, string>> = {},
): HttpClient {
  const answer = { status, headers: new Map(Object.entries(headers)), body } as unknown as HttpResponse;
  return { request: async () => answer } as unknown as HttpClient;
}

describe('fetch through our client', () => {
  it('gives an answer as it came', async () => {
    const fetch = fetchThrough(
      answering(418, Readable.from([Buffer.from('te'), Buffer.from('a')]), { a: 'b' }),
    );
    const response = await fetch('https://api.example.org/');
    expect([response.status, response.headers.get('a'), await response.text()]).toEqual([418, 'b', 'tea']);
  });

  it.each([204, 304])('gives an answer without a body for %i', async (status) => {
    const response = await fetchThrough(answering(status, Readable.from([])))('https://api.example.org/');
    expect([response.status, response.body]).toEqual([status, null]);
  });

  it.each([200, 204, 403])('ends an answer of %i that has no end', async (status) => {
    const piece = Buffer.alloc(1024 * 1024);
    let taken = 0;
    const endless = (function* () {
      for (;;) {
        taken++;
        yield piece;
      }
    })();
    const body = Readable.from(endless);
    const reading = fetchThrough(answering(status, body))(
      'https://user:secret@api.example.org/?token=secret',
    );
    await expect(reading).rejects.toMatchObject({
      code: 'too-large',
      facts: { url: expect.not.stringContaining('secret') },
    });
    expect(taken).toBeLessThan(100);
    expect(body.destroyed).toBe(true);
  });
});
