import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactBuilder } from '../../../src/cache/index/compact-builder.ts';
import { type CompactIndex, openCompactIndex } from '../../../src/cache/index/compact-index.ts';
import { accessBytes } from '../../../src/cache/index/random-access.ts';
import { scanIndex } from '../../../src/cache/index/scan.ts';

interface Given {
  readonly hash: string;
  readonly name: string;
  readonly inCache: boolean;
  readonly virtuals: readonly string[];
  /** Padding of other lengths and alphabets, so that offsets are put to the test. */
  readonly rest: string;
}

const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567');
const hash = fc.oneof(
  fc.string({ unit: letter, minLength: 32, maxLength: 32 }),
  // Near to each other, and at both ends of the order.
  fc.tuple(fc.constantFrom('a', '7', 'm'), letter).map(([most, last]) => most.repeat(31) + last),
);
const given_: fc.Arbitrary<Given> = fc.record({
  hash,
  name: fc.constantFrom('zlib', 'hdf5', 'mpich', '__proto__', 'constructor'),
  inCache: fc.boolean(),
  virtuals: fc.subarray(['mpi', 'zlib-api', 'toString']),
  rest: fc.string({ unit: 'grapheme', maxLength: 40 }),
});
const index = fc.uniqueArray(given_, { selector: (one) => one.hash, maxLength: 40 });

function documentOf(records: readonly Given[], version = '8'): Buffer {
  const text = records.map(({ hash: key, name, inCache, virtuals, rest }, i) => {
    const below = records[(i * 7) % records.length]?.hash;
    const dependencies = [{ name: 'd', hash: below, parameters: { deptypes: ['link'], virtuals } }];
    const record = { spec: { name, hash: key, dependencies, rest }, in_buildcache: inCache };
    return `${JSON.stringify(key)}:${JSON.stringify(record)}`;
  });
  return Buffer.from(`{"database":{"version":"${version}","installs":{${text.join(',')}}}}`);
}

async function compactOf(document: Buffer, chunk = document.length): Promise<Buffer> {
  const builder = compactBuilder('an index');
  const chunks = Array.from({ length: Math.ceil(document.length / chunk) }, (_, i) =>
    document.subarray(i * chunk, (i + 1) * chunk),
  );
  const summary = await scanIndex(chunks, 'test', builder.add);
  return Buffer.concat(builder.finish(summary, document.length));
}

async function openOver(document: Buffer, compact: Buffer): Promise<CompactIndex> {
  const opened = await openCompactIndex(accessBytes(compact), accessBytes(document));
  if (opened === undefined) throw new Error('not opened');
  return opened;
}

async function hashesAt(opened: CompactIndex, places: Iterable<number>): Promise<string[]> {
  const found: string[] = [];
  for await (const record of opened.read(places)) found.push(record.hash);
  return found;
}

describe('a compact index', () => {
  it('answers as scanning the document does, however that is cut up', async () => {
    await fc.assert(
      fc.asyncProperty(index, fc.integer({ min: 1, max: 400 }), async (records, chunk) => {
        const document = documentOf(records);
        const opened = await openOver(document, await compactOf(document, chunk));
        const inCache = records.filter((one) => one.inCache);
        expect(opened.records).toBe(records.length);
        expect(opened.databaseVersion).toBe(8);
        expect(await opened.listed(records.map((one) => one.hash))).toEqual(
          new Set(inCache.map((one) => one.hash)),
        );
        expect(await hashesAt(opened, await opened.all())).toEqual(inCache.map((one) => one.hash));
        for (const name of ['zlib', 'hdf5', 'mpich', '__proto__', 'constructor', 'hasOwnProperty']) {
          const named = inCache.filter((one) => one.name === name).map((one) => one.hash);
          expect(await hashesAt(opened, await opened.ofPackage(name))).toEqual(named);
        }
        for (const virtual of ['mpi', 'zlib-api', 'toString']) {
          const below = new Set(
            records.flatMap((one, i) =>
              one.virtuals.includes(virtual) ? [records[(i * 7) % records.length]?.hash] : [],
            ),
          );
          const providing = inCache.filter((one) => below.has(one.hash)).map((one) => one.hash);
          expect(await hashesAt(opened, await opened.ofVirtual(virtual))).toEqual(providing);
        }
        for (const prefix of ['', ...records.map((one) => one.hash.slice(0, (chunk % 32) + 1))]) {
          const starting = inCache.filter((one) => one.hash.startsWith(prefix)).map((one) => one.hash);
          expect(await hashesAt(opened, await opened.ofPrefix(prefix))).toEqual(starting);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives back each record as it stands in the document', async () => {
    await fc.assert(
      fc.asyncProperty(index, async (records) => {
        const document = documentOf(records);
        const opened = await openOver(document, await compactOf(document, 100));
        const read = await opened.places(records.map((one) => one.hash));
        const specs: unknown[] = [];
        for await (const { json } of opened.read(read.toReversed())) {
          specs.push((JSON.parse(json.toString('utf8')) as { spec: { rest: string } }).spec.rest);
        }
        expect(specs).toEqual(records.map((one) => one.rest));
      }),
      { numRuns: 40 },
    );
  });

  it('never answers wrongly from a damaged file', async () => {
    const records = fc
      .sample(index, { numRuns: 20, seed: 7 })
      .reduce((a, b) => (b.length > a.length ? b : a));
    const document = documentOf(records);
    const compact = await compactOf(document);
    const all = records.filter((one) => one.inCache).map((one) => one.hash);
    await fc.assert(
      fc.asyncProperty(fc.nat(compact.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const damaged = Buffer.from(compact);
        damaged[at] = (damaged[at] ?? 0) ^ flip;
        const opened = await openCompactIndex(accessBytes(damaged), accessBytes(document));
        if (opened === undefined) return;
        // What does not need the damaged part may still answer; what needs it says so.
        const tolerate = (error: unknown) => expect(error).toMatchObject({ code: 'corrupt' });
        await opened
          .all()
          .then(async (places) => expect(await hashesAt(opened, places)).toEqual(all))
          .catch(tolerate);
        await opened.ofPackage('zlib').catch(tolerate);
        await opened
          .listed(all)
          .then((found) => expect([...found]).toEqual(all))
          .catch(tolerate);
      }),
    );
  });

  it('is not there when it is cut short, is of another document, or is no such file', async () => {
    const records = fc.sample(index, { numRuns: 1, seed: 3 })[0] ?? [];
    const document = documentOf(records);
    const compact = await compactOf(document);
    for (const bytes of [
      compact.subarray(0, compact.length - 1),
      compact.subarray(0, 20),
      Buffer.alloc(0),
      document,
    ]) {
      expect(await openCompactIndex(accessBytes(bytes), accessBytes(document))).toBeUndefined();
    }
    const longer = Buffer.concat([document, Buffer.from(' ')]);
    expect(await openCompactIndex(accessBytes(compact), accessBytes(longer))).toBeUndefined();
  });

  it('notices a record that changed in the document', async () => {
    const document = documentOf([
      { hash: 'a'.repeat(32), name: 'zlib', inCache: true, virtuals: [], rest: 'before' },
    ]);
    const compact = await compactOf(document);
    const changed = Buffer.from(document.toString('utf8').replace('before', 'behind'));
    const opened = await openOver(changed, compact);
    await expect(hashesAt(opened, await opened.all())).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('passes over what is no record, and of two under one hash takes the later', async () => {
    const key = 'b'.repeat(32);
    const rows = [
      `"${key}":{"spec":{"name":"early"},"in_buildcache":true}`,
      `"not a hash":{"spec":{"name":"zlib"},"in_buildcache":true}`,
      `"${'c'.repeat(32)}":{"spec":[],"in_buildcache":true}`,
      `"${'d'.repeat(32)}":{"spec":{"name":"zlib"} "in_buildcache":true}`,
      `"${key}":{"spec":{"name":"late"},"in_buildcache":true}`,
    ];
    const document = Buffer.from(`{"database":{"installs":{${rows.join(',')}}}}`);
    const opened = await openOver(document, await compactOf(document));
    expect(opened).toMatchObject({ records: 5, databaseVersion: 0 });
    expect(await hashesAt(opened, await opened.all())).toEqual([key]);
    expect(await opened.ofPackage('early')).toHaveLength(0);
    expect(await hashesAt(opened, await opened.ofPackage('late'))).toEqual([key]);
  });
});
