import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scanIndex } from '../../../src/cache/index/scan.ts';
import { BuildcacheError } from '../../../src/core/errors.ts';
import { runs } from '../../harness/runs.ts';

async function scan(chunks: readonly Uint8Array[]) {
  const records: [string, string][] = [];
  const summary = await scanIndex(chunks, 'index', ({ hash, json }) => records.push([hash, json.toString()]));
  return { records, summary };
}

const one = (text: string) => scan([Buffer.from(text)]);

const INSTALLS = {
  aaa: { spec: { name: 'x "}{][ \\', installs: { y: {} } }, in_buildcache: true },
  bbb: { spec: { name: 'ü€😀', list: [[], {}, [{}]] }, in_buildcache: false },
  ccc: {},
};
const TEXT = JSON.stringify({
  database: { version: '8', installs: INSTALLS },
  other: { installs: { z: {} } },
});
const RECORDS = Object.entries(INSTALLS).map(([hash, record]) => [hash, JSON.stringify(record)]);

describe('scanIndex', () => {
  test('records, whole and in order, with any white space', async () => {
    expect(await one(TEXT)).toEqual({ records: RECORDS, summary: { version: '8', records: 3 } });
    const pretty = await one(`${JSON.stringify(JSON.parse(TEXT), undefined, 2)}\n`);
    expect(pretty.records.map(([hash, json]) => [hash, JSON.stringify(JSON.parse(json))])).toEqual(RECORDS);
  });

  test('any chunking gives the same', async () => {
    const bytes = Buffer.from(TEXT);
    const cuts = fc.uniqueArray(fc.nat(bytes.length), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => {
        const edges = [0, ...at.sort((a, b) => a - b), bytes.length];
        const chunks = edges.slice(1).map((end, i) => bytes.subarray(edges[i], end));
        expect((await scan(chunks)).records).toEqual(RECORDS);
      }),
    );
    expect((await scan([...bytes].map((byte) => Uint8Array.of(byte)))).records).toEqual(RECORDS);
  });

  test('records of any size, in chunks of any size, have the places they have in the document', async () => {
    const sizes = [10, 40_000, 3_000, 16_384, 1, 70_000, 16_300, 5];
    const records = sizes.map((size, i) => [`hash${i}`, JSON.stringify({ x: '}'.repeat(size) })] as const);
    const bytes = Buffer.from(
      `{"database":{"version":"8","installs":{${records.map(([hash, json]) => `"${hash}":${json}`).join(',')}}}}`,
    );
    const cuts = fc.uniqueArray(fc.nat(bytes.length), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => {
        const edges = [0, ...at.sort((a, b) => a - b), bytes.length];
        // The place of a chunk is used again for the next, as a thread's blocks are.
        const place = Buffer.alloc(bytes.length);
        const chunks = function* () {
          for (const [i, end] of edges.slice(1).entries()) {
            const chunk = bytes.subarray(edges[i], end);
            yield place.fill(0).subarray(0, chunk.copy(place));
          }
        };
        const seen: unknown[] = [];
        await scanIndex(chunks(), 'index', ({ hash, json, offset }) => {
          expect(bytes.subarray(offset, offset + json.length).equals(json)).toBe(true);
          seen.push([hash, json.toString()]);
        });
        expect(seen).toEqual(records);
      }),
    );
  });

  test.each([
    ['database', '{"database":{"installs":{}},"database":{}}'],
    ['installs', '{"database":{"installs":{"a":{}},"installs":{"b":{}}}}'],
    ['installs', '{"database":{"installs":{"a":{}},"installs":null}}'],
    ['installs', '{"database":{"installs":{},"in\\u0073talls":{"b":{}}}}'],
    ['version', '{"database":{"version":"8","installs":{},"version":"9"}}'],
  ])('no two %s, of which Spack would take the last: %s', async (name, text) => {
    await expect(one(text)).rejects.toMatchObject({
      code: 'bad-input',
      facts: { expected: `one "${name}"`, found: 'two' },
    });
  });

  test("keys may be escaped, elsewhere stand twice, and be any of JavaScript's own", async () => {
    const text =
      '{"d\\u0061tabase":{"installs":{"\\u0061":{},"a":{"x":1},"__proto__":{},"1394":{}},"constructor":1,"constructor":2}}';
    expect((await one(text)).records).toEqual([
      ['a', '{}'],
      ['a', '{"x":1}'],
      ['__proto__', '{}'],
      ['1394', '{}'],
    ]);
    await expect(one('{"\\x":1}')).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('the version may be a number or come last', async () => {
    expect((await one('{"database":{"version":8,"installs":{}}}')).summary.version).toBeUndefined();
    expect((await one('{"database":{"installs":{},"version":"8"}}')).summary.version).toBe('8');
  });

  test.each([
    '',
    ' ',
    '{',
    TEXT.slice(0, -1),
    '[]',
    '{}',
    '<html>',
    `${TEXT}{}`,
    '{"database":{"installs":{]}}',
    '{"installs":{}}',
    `{"a":${'['.repeat(1000)}`,
  ])('%s is no index', async (text) => {
    await expect(one(text)).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('a record without end is given up on', async () => {
    const start = Buffer.from('{"database":{"installs":{"a":{"x":"');
    const more = Buffer.alloc(1024 * 1024, 'x');
    await expect(scan([start, ...Array.from({ length: 20 }, () => more)])).rejects.toMatchObject({
      code: 'too-large',
    });
  });

  test('damaged documents end, in our errors or none', async () => {
    const bytes = Buffer.from(TEXT);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(4), async (at, byte, drop) => {
        const changed = Buffer.concat([
          bytes.subarray(0, at),
          Uint8Array.of(byte),
          bytes.subarray(at + drop),
        ]);
        await scan([changed]).catch((error: unknown) => expect(error).toBeInstanceOf(BuildcacheError));
      }),
      { numRuns: runs(500) },
    );
  });
});
