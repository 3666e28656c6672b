import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compactBuilder } from '../../../src/cache/index/compact-builder.ts';
import { openCompactIndex } from '../../../src/cache/index/compact-index.ts';
import { listWanted } from '../../../src/cache/index/listing.ts';
import { accessBytes } from '../../../src/cache/index/random-access.ts';
import { scanIndex } from '../../../src/cache/index/scan.ts';
import { parseSmallIndex, SMALL_INDEX } from '../../../src/cache/index/small-index.ts';
import { openIndexStore } from '../../../src/cache/index/store.ts';
import { openLayout3 } from '../../../src/cache/layouts/layout3.ts';
import { sha256 } from '../../../src/core/digest.ts';
import { openFileStorage } from '../../../src/storage/file/file.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const HASHES = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(32));

const documentOf = (records: readonly (readonly [string, unknown])[]) => {
  const members = records.map(([hash, record]) => `${JSON.stringify(hash)}:${JSON.stringify(record)}`);
  return `{"database":{"version":"8","installs":{${members.join(',')}}}}`;
};

async function compactOf(document: Buffer) {
  const builder = compactBuilder('an index');
  const summary = await scanIndex([document], 'an index', builder.add);
  const compact = await openCompactIndex(
    accessBytes(Buffer.concat(builder.finish(summary, document.length))),
    undefined,
  );
  if (compact === undefined) throw new Error('not opened');
  return compact;
}

describe('a small index, parsed', () => {
  const anything = fc.oneof(
    fc.constant(null),
    fc.boolean(),
    fc.constant('zlib'),
    fc.constant('../x'),
    fc.constant({}),
  );
  const spec = fc.oneof(
    anything,
    fc.record({ name: fc.oneof({ arbitrary: fc.constant('zlib'), weight: 3 }, anything) }),
  );
  const record = fc.oneof(anything, fc.record({ spec, in_buildcache: anything }));
  const members = fc.uniqueArray(fc.tuple(fc.constantFrom(...HASHES, 'x', '__proto__', '1394'), record), {
    maxLength: 6,
    selector: ([hash]) => hash,
  });

  test('lists what the compact form lists', async () => {
    await fc.assert(
      fc.asyncProperty(members, async (records) => {
        const document = Buffer.from(documentOf(records));
        const small = parseSmallIndex(document);
        const asked = [...HASHES, 'x', '__proto__', 'constructor'];
        expect(await small?.listed(asked.filter((hash) => hash.length === 32))).toEqual(
          await (await compactOf(document)).listed(asked),
        );
      }),
      { numRuns: 100 },
    );
  });

  test('reads records one by one where it can, and gives the answers of the whole', async () => {
    const present = { spec: { name: 'zlib', dependencies: [{ hash: 'b'.repeat(32) }] }, in_buildcache: true };
    const [a = '', b = '', c = ''] = HASHES;
    const records = [
      [a, present],
      [b, { ...present, in_buildcache: false }],
      [c, present],
      [c, null],
    ] as const;
    for (const some of [records, records.slice(0, 3), [records[2], records[2]], []] as const) {
      const text = documentOf(some);
      const values = JSON.parse(text).database.installs;
      // A space lets it be parsed as a whole.
      for (const each of [text, `${text} `, text.replace('{', '{ ')]) {
        const index = parseSmallIndex(Buffer.from(each));
        expect(index?.records).toBe(Object.keys(values).length);
        const listed = HASHES.filter((hash) => values[hash]?.in_buildcache === true);
        expect(await index?.listed(HASHES)).toEqual(new Set(listed));
      }
    }
  });

  const one = documentOf([['a'.repeat(32), { spec: { name: 'zlib' }, in_buildcache: true }]]);
  test.each([
    ['a member twice', one.replace('"installs"', '"installs":{},"installs"')],
    ['another database', one.replace(/}$/, ',"database":{}}')],
    ['a member twice, once by escapes', one.replace('"installs"', '"in\\u0073talls":{},"installs"')],
    ['another document', '{"installs":{}}'],
    ['no object', '[{"database":{"installs":{}}}]'],
    ['its end missing', one.slice(0, -1)],
    ['more after its end', `${one}{}`],
    ['nothing', ''],
  ])('is none where there is %s', (_, text) => {
    expect(parseSmallIndex(Buffer.from(one))).toBeDefined();
    expect(parseSmallIndex(Buffer.from(text))).toBeUndefined();
  });
});

function put(file: string, content: string | Buffer): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

describe('the gate', () => {
  const wanted = new Set(HASHES);
  const record = { spec: { name: 'zlib' }, in_buildcache: true };

  async function listIn(text: string) {
    const dir = await tempDir();
    const bytes = Buffer.from(text);
    const checksum = sha256(bytes);
    const data = {
      contentLength: bytes.length,
      mediaType: 'application/vnd.spack.db.v8+json',
      compression: 'none',
      checksumAlgorithm: 'sha256',
      checksum,
    };
    put(
      join(dir.path, 'm/v3/manifests/index/index.manifest.json'),
      JSON.stringify({ version: 3, data: [data] }),
    );
    put(join(dir.path, 'm/blobs/sha256', checksum.slice(0, 2), checksum), bytes);
    const reader = openLayout3(openFileStorage(join(dir.path, 'm')), undefined);
    const folder = join(dir.path, 'index');
    const ask = () => listWanted(reader, wanted, { store: openIndexStore(folder), ttlMs: 0 });
    const kept = () =>
      readdirSync(folder)
        .map((name) => /\.(\w+)/.exec(name)?.[1])
        .sort();
    return { ask, kept, [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose]() };
  }

  test('makes no compact form of a small index, the first time and later', async () => {
    await using at = await listIn(documentOf([[HASHES[0] ?? '', record]]));
    expect(await at.ask()).toMatchObject({ from: 'mirror', records: 1, listed: new Set(HASHES.slice(0, 1)) });
    expect(await at.ask()).toMatchObject({
      from: 'local copy',
      records: 1,
      listed: new Set(HASHES.slice(0, 1)),
    });
    expect(at.kept()).toEqual(['index', 'json']);
  });

  test('makes one of a large index, and of one that has to be scanned', async () => {
    const padding = { spec: { name: 'zlib', rest: 'x'.repeat(SMALL_INDEX) }, in_buildcache: false };
    await using large = await listIn(
      documentOf([
        ['x', padding],
        [HASHES[1] ?? '', record],
      ]),
    );
    await using odd = await listIn(
      documentOf([
        ['x', { note: 'ü' }],
        [HASHES[1] ?? '', record],
      ]).replace('ü', '\\u00fc'),
    );
    for (const at of [large, odd]) {
      expect(await at.ask()).toMatchObject({ from: 'mirror', records: 2 });
      expect(await at.ask()).toMatchObject({ from: 'local copy', listed: new Set(HASHES.slice(1, 2)) });
      expect(at.kept()).toEqual(['compact', 'index', 'json']);
    }
  });

  test('refuses what is no index, whatever its size', async () => {
    await using at = await listIn('{"database":{"installs":{},"installs":{}}}');
    await expect(at.ask()).rejects.toMatchObject({ code: 'bad-input' });
  });
});
