import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gatherer } from '../../../src/cache/index/gather.ts';
import { gatherInThread } from '../../../src/cache/index/gather-in-thread.ts';
import { listWanted } from '../../../src/cache/index/listing.ts';
import { openIndexStore } from '../../../src/cache/index/store.ts';
import { openLayout3 } from '../../../src/cache/layouts/layout3.ts';
import { sha256 } from '../../../src/core/digest.ts';
import { openFileStorage } from '../../../src/storage/file/file.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const HASHES = [...'abcdefgh'].map((letter) => letter.repeat(32));
const WANTED = new Set(HASHES.slice(2));

/** Longer than the blocks that are shared with the thread. */
const PADDING = 'x'.repeat(1_000_000);
const records = HASHES.map((hash, i) => {
  const record = { spec: { name: `pkg-${i}`, note: PADDING, '}': ['"'] }, in_buildcache: i % 2 === 0 };
  return `${JSON.stringify(hash)}:${JSON.stringify(record)}`;
});
const DOCUMENT = Buffer.from(`{"database":{"version":"8","installs":{${records.join(',')}}}}`);
const IN_CACHE = { records: 8, hashes: new Set([HASHES[2], HASHES[4], HASHES[6]]) };

async function* inPieces(document: Buffer, size: number) {
  for (let at = 0; at < document.length; at += size) yield document.subarray(at, at + size);
}

const gather = (document: Buffer, { file, verify }: { file?: number; verify?: () => void } = {}) =>
  gatherInThread<'wanted'>(
    { kind: 'wanted', wanted: WANTED },
    inPieces(document, 300_007),
    'https://mirror.example/index',
    file,
    verify ?? (() => undefined),
  );

describe('a thread that gathers from an index', () => {
  it('digests the document, writes it, and finds what is found here', async () => {
    await using dir = await tempDir();
    const name = join(dir.path, 'index');
    const file = openSync(name, 'wx');
    const found = await gather(DOCUMENT, { file });
    closeSync(file);
    expect(found).toMatchObject({ gathered: IN_CACHE, sha256: sha256(DOCUMENT), isWritten: true });
    expect(readFileSync(name).equals(DOCUMENT)).toBe(true);
  });

  it('makes the compact form that is made here', async () => {
    const here = gatherer<'compact'>({ kind: 'compact' }, 'index');
    here.push(DOCUMENT);
    const { gathered } = await gatherInThread<'compact'>(
      { kind: 'compact' },
      inPieces(DOCUMENT, 1_500_000),
      'index',
      undefined,
      () => undefined,
    );
    expect(Buffer.concat(gathered).equals(Buffer.concat(here.finish()))).toBe(true);
  });

  it('makes the compact form beside another answer where the bytes come slowly, for a file that is kept', async () => {
    await using dir = await tempDir();
    const here = gatherer<'compact'>({ kind: 'compact' }, 'index');
    here.push(DOCUMENT);
    const slowly = async function* () {
      for await (const piece of inPieces(DOCUMENT, 300_007)) {
        await sleep(40);
        yield piece;
      }
    };
    const file = openSync(join(dir.path, 'index'), 'wx');
    const job = { kind: 'wanted', wanted: WANTED } as const;
    const { gathered } = await gatherInThread<'wanted'>(job, slowly(), 'index', file, () => undefined);
    closeSync(file);
    expect(gathered).toMatchObject(IN_CACHE);
    expect(Buffer.concat(gathered.compact ?? []).equals(Buffer.concat(here.finish()))).toBe(true);
    const unkept = await gatherInThread<'wanted'>(
      job,
      inPieces(DOCUMENT, 300_007),
      'index',
      undefined,
      () => undefined,
    );
    expect(unkept.gathered).toEqual(IN_CACHE);
  });

  it('answers where the document cannot be written, and says so', async () => {
    await using dir = await tempDir();
    writeFileSync(join(dir.path, 'index'), '');
    const file = openSync(join(dir.path, 'index'), 'r');
    expect(await gather(DOCUMENT, { file })).toMatchObject({ gathered: IN_CACHE, isWritten: false });
    closeSync(file);
  });

  it('refuses what is no index with the error that is thrown here', async () => {
    const page = Buffer.from(`<html>${PADDING}`);
    await expect(gather(page)).rejects.toMatchObject({
      name: 'BuildcacheError',
      code: 'bad-input',
      facts: { url: 'https://mirror.example/index', expected: 'a JSON object' },
    });
    await expect(gather(Buffer.concat([page, DOCUMENT, DOCUMENT]))).rejects.toMatchObject({
      code: 'bad-input',
    });
  });

  it('has the whole document verified before it says what is wrong with its end', async () => {
    const cut = DOCUMENT.subarray(0, -3);
    await expect(gather(cut)).rejects.toMatchObject({ facts: { found: 'its end is missing' } });
    const verify = () => {
      throw new Error('another digest');
    };
    await expect(gather(cut, { verify })).rejects.toThrow('another digest');
    await expect(gather(DOCUMENT, { verify })).rejects.toThrow('another digest');
  });

  it('ends when the document breaks off with an error', async () => {
    const breaking = async function* () {
      yield* inPieces(DOCUMENT.subarray(0, 5_000_000), 1000_000);
      throw new Error('the connection was reset');
    };
    const job = { kind: 'compact' } as const;
    const gathering = gatherInThread<'compact'>(job, breaking(), 'index', undefined, () => undefined);
    await expect(gathering).rejects.toThrow('the connection was reset');
  });
});

describe('a large index of a mirror', () => {
  const large = Buffer.concat([
    DOCUMENT.subarray(0, -3),
    Buffer.from(`,"x":{"note":"${'x'.repeat(10_000_000)}"}}}}`),
  ]);

  async function mirrorWith(document: Buffer, said: { size?: number; compression?: string } = {}) {
    const dir = await tempDir();
    const put = (key: string, content: string | Buffer) => {
      mkdirSync(dirname(join(dir.path, 'm', key)), { recursive: true });
      writeFileSync(join(dir.path, 'm', key), content);
    };
    const checksum = sha256(document);
    const data = {
      contentLength: said.size ?? document.length,
      mediaType: 'application/vnd.spack.db.v8+json',
      compression: said.compression ?? 'none',
      checksumAlgorithm: 'sha256',
      checksum,
    };
    const blob = `blobs/sha256/${checksum.slice(0, 2)}/${checksum}`;
    put('v3/manifests/index/index.manifest.json', JSON.stringify({ version: 3, data: [data] }));
    put(blob, document);
    const folder = join(dir.path, 'index');
    return {
      put: (content: Buffer) => put(blob, content),
      folder,
      ask: () =>
        listWanted(openLayout3(openFileStorage(join(dir.path, 'm')), undefined), WANTED, {
          store: openIndexStore(folder),
          ttlMs: 0,
        }),
      kept: () =>
        readdirSync(folder)
          .map((name) => name.replace(/^[^.]*/, ''))
          .sort(),
      [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
    };
  }

  it('answers at once, is kept, and gets its compact form when it is asked again', async () => {
    await using mirror = await mirrorWith(large);
    const answer = { records: 9, listed: IN_CACHE.hashes };
    expect(await mirror.ask()).toMatchObject({ ...answer, from: 'mirror', digest: sha256(large) });
    expect(mirror.kept()).toEqual(expect.arrayContaining(['.index', '.json']));
    for (const name of readdirSync(mirror.folder))
      if (name.includes('.compact-')) rmSync(join(mirror.folder, name));
    expect(await mirror.ask()).toMatchObject({ ...answer, from: 'local copy' });
    expect(mirror.kept()).toEqual(['.compact-2', '.index', '.json']);
    expect(await mirror.ask()).toMatchObject({ ...answer, from: 'local copy' });
  });

  it('answers where it cannot be kept', async () => {
    await using mirror = await mirrorWith(large);
    writeFileSync(mirror.folder, 'no folder');
    expect(await mirror.ask()).toMatchObject({ records: 9, listed: IN_CACHE.hashes, from: 'mirror' });
  });

  it.each([
    ['another digest', (document: Buffer) => document.fill('y', 1000, 1001), 'its SHA-256 is wrong'],
    ['less than was said', (document: Buffer) => document.subarray(0, -100), 'its length is wrong'],
    ['more than was said', (document: Buffer) => Buffer.concat([document, document]), 'its length is wrong'],
  ])('is refused with %s, and nothing of it is kept', async (_, change, message) => {
    await using mirror = await mirrorWith(large);
    mirror.put(change(Buffer.from(large)));
    await expect(mirror.ask()).rejects.toMatchObject({ code: 'corrupt', message });
    expect(mirror.kept()).toEqual([]);
  });

  it('may be packed', async () => {
    const noise = Array.from(
      { length: 4 },
      (_, i) => `,"x${i}":{"note":"${randomBytes(4_500_000).toString('base64')}"}`,
    );
    const document = Buffer.concat([DOCUMENT.subarray(0, -3), Buffer.from(`${noise.join('')}}}}`)]);
    const packed = gzipSync(document, { level: 1 });
    await using mirror = await mirrorWith(packed, { compression: 'gzip' });
    expect(await mirror.ask()).toMatchObject({ records: 12, listed: IN_CACHE.hashes, from: 'mirror' });
    expect(mirror.kept()).toEqual(expect.arrayContaining(['.index', '.json']));
  });
});

it('an index that names too much for a compact form is answered from all the same', () => {
  // Of one package: two million pairs of a virtual package and its provider.
  const virtuals = Array.from({ length: 2_000 }, (_, i) => `v${i}`);
  const letters = [...'abcdefghijklmnopqrstuvwxyz234567'];
  const many = letters.map((first) => {
    const dependencies = letters.map((rest) => ({ hash: first + rest.repeat(31), parameters: { virtuals } }));
    return `"${'z'.repeat(32)}":${JSON.stringify({ spec: { name: 'a', dependencies } })}`;
  });
  const document = Buffer.from(`{"database":{"installs":{${[...many, ...records].join(',')}}}}`);
  const gathering = gatherer<'wanted'>({ kind: 'wanted', wanted: WANTED, compactToo: true }, 'index');
  gathering.push(document);
  expect(gathering.finish()).toEqual({ records: 40, hashes: IN_CACHE.hashes });
  const compact = gatherer<'compact'>({ kind: 'compact' }, 'index');
  expect(() => compact.push(document)).toThrow('the index names too much');
});
