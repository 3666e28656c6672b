import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fetchDocument, fetchNamed } from '../../src/cache/fetch-document.ts';
import { sha256 } from '../../src/core/digest.ts';
import { type Fault, type LoggedRequest, startHttpServer } from '../harness/http-server.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { openHttp } from './mirror-fixture.ts';

async function fetched(fault: (request: LoggedRequest) => Fault, options: object = {}, ranges = true) {
  await using dir = await tempDir();
  writeFileSync(join(dir.path, 'f'), '0123456789');
  await using server = await startHttpServer({ root: dir.path, fault, ranges });
  const storage = await openHttp(server.url, { retries: 2 });
  try {
    const outcome = await fetchDocument(storage, 'f', { what: 'it', ...options }).then(
      (bytes) => bytes?.toString(),
      (error: unknown) => error,
    );
    return { outcome, requests: server.requests.length };
  } finally {
    await storage.close();
  }
}

test('a body cut short is asked for once more', async () => {
  expect(await fetched(({ attempt }) => (attempt === 1 ? 'truncate' : undefined))).toEqual({
    outcome: '0123456789',
    requests: 2,
  });
  expect(await fetched(() => 'truncate')).toMatchObject({ outcome: { code: 'unreachable' }, requests: 2 });
});

test("the backend's own retries are not repeated", async () => {
  expect(await fetched(() => ({ status: 503 }))).toMatchObject({
    outcome: { code: 'server-error' },
    requests: 3,
  });
});

test('ranges, from servers that honour them and servers that do not', async () => {
  for (const ranges of [true, false]) {
    expect((await fetched(() => undefined, { range: { start: 2, end: 4 } }, ranges)).outcome).toBe('234');
    expect((await fetched(() => undefined, { range: { start: 7 } }, ranges)).outcome).toBe('789');
  }
  const elsewhere = { status: 206, headers: { 'content-range': 'bytes 5-9/10' }, body: '56789' };
  expect((await fetched(() => elsewhere, { range: { start: 2, end: 4 } })).outcome).toMatchObject({
    code: 'protocol',
  });
});

test('a document over the cap is refused', async () => {
  expect((await fetched(() => undefined, { maxBytes: 9 })).outcome).toMatchObject({ code: 'too-large' });
  expect((await fetched(() => ({ status: 404 }))).outcome).toBeUndefined();
});

test('a document that another names is asked for again, and is what that says of it', async () => {
  await using dir = await tempDir();
  writeFileSync(join(dir.path, 'f'), '0123456789');
  let absent = 1;
  const fault = (): Fault => (absent-- > 0 ? { status: 404 } : undefined);
  await using server = await startHttpServer({ root: dir.path, fault });
  const storage = await openHttp(server.url);
  const named = { key: 'f', sha256: sha256('0123456789'), size: 10 };
  const fetch = (what: typeof named) => fetchNamed(storage, what, { what: 'it', maxBytes: 20 });
  try {
    expect((await fetch(named))?.toString()).toBe('0123456789');
    // Longer than it should be is damage, whatever the cap; not "more than we read", which others might.
    await expect(fetch({ ...named, size: 9 })).rejects.toMatchObject({ code: 'corrupt' });
    await expect(fetch({ ...named, sha256: sha256('') })).rejects.toMatchObject({ code: 'corrupt' });
    absent = Number.POSITIVE_INFINITY;
    expect(await fetch(named)).toBeUndefined();
  } finally {
    await storage.close();
  }
});
