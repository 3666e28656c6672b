/** Of the records of an index, those that may be the nearest to a spec. */
import { expect, test } from 'vitest';
import { compactBuilder } from '../../../src/cache/index/compact-builder.ts';
import { openCompactIndex } from '../../../src/cache/index/compact-index.ts';
import { nearRecords } from '../../../src/cache/index/near-records.ts';
import { accessBytes } from '../../../src/cache/index/random-access.ts';
import { scanIndex } from '../../../src/cache/index/scan.ts';
import { indexSpecs } from '../../../src/cache/index/specs.ts';
import { NumberToken, stringifyCompact } from '../../../src/core/json.ts';
import { decodeNode } from '../../../src/spec/decode-node.ts';
import { hashHolds } from '../../../src/spec/hash.ts';
import { type Dict, edge, node } from '../../spec/node-fixture.ts';

async function indexOf(
  records: readonly (Dict & { hash: string })[],
  change: (text: string) => string = (t) => t,
) {
  const installs = Object.fromEntries(
    records.map((spec) => [spec.hash, { spec, ref_count: 0, in_buildcache: spec['external'] === undefined }]),
  );
  const document = Buffer.from(change(stringifyCompact({ database: { version: '8', installs } })));
  const builder = compactBuilder('an index');
  const summary = await scanIndex([document], 'test', builder.add);
  const compact = Buffer.concat(builder.finish(summary, document.length));
  const index = await openCompactIndex(accessBytes(compact), accessBytes(document));
  if (index === undefined) throw new Error('the index is damaged');
  return index;
}

const read = (dict: Dict) => decodeNode(dict, 5, 'test', 'node');
const zlib = (version: string, change: Dict = {}) => node('zlib', { version, ...change });

async function nearest(wanted: readonly Dict[], records: readonly (Dict & { hash: string })[], keep: number) {
  const index = await indexOf(records);
  const places = await nearRecords(index, wanted.map(read), keep);
  const hashes: string[] = [];
  for await (const { hash } of index.read(places)) hashes.push(hash);
  return records.filter(({ hash }) => hashes.includes(hash));
}

test('only of the same package, and no more than were asked for', async () => {
  const records = [zlib('1'), zlib('2'), zlib('3'), node('hdf5')];
  const found = await nearest([zlib('2', { namespace: 'ours' })], records, 2);
  expect(found).toHaveLength(2);
  expect(found.map(({ hash }) => hash)).toContain(records[1]?.hash);
});

test('those that share most with the spec', async () => {
  const arch = { arch: { platform: 'linux', platform_os: 'debian12', target: 'zen4' } };
  const records = [zlib('1', arch), zlib('2'), zlib('2', arch), zlib('2', { ...arch, package_hash: 'x' })];
  expect(await nearest([zlib('2', { ...arch, namespace: 'ours' })], records, 1)).toEqual([records[2]]);
});

test('of those alike, the one over the nearest of its dependencies', async () => {
  const generations = ['1', '2', '3'].map((version) => zlib(version));
  const over = (below: Dict & { hash: string }) => node('hdf5', { dependencies: [edge(below)] });
  const records = generations.flatMap((below) => [below, over(below)]);
  const wanted = zlib('2', { namespace: 'ours' });
  const found = await nearest([wanted, over(wanted)], records, 1);
  expect(found).toEqual([generations[1], over(generations[1] ?? wanted)]);
});

test('a spec of format 4 that was rewritten is found by its compiler', async () => {
  const annotations = (compiler: string) => ({
    annotations: { original_specfile_version: 4, compiler: `gcc@=${compiler}` },
  });
  const records = ['11.1', '12.2', '13.1'].map((version) => ({ ...zlib('1', {}), ...annotations(version) }));
  const named = records.map((record, i) => ({ ...record, hash: 'abc'.charAt(i).repeat(32) }));
  const wanted = decodeNode(
    { ...zlib('1'), compiler: { name: 'gcc', version: '12.2' }, hash: 'z'.repeat(32) },
    4,
    'test',
    'node',
  );
  const index = await indexOf(named);
  const places = await nearRecords(index, [wanted], 1);
  for await (const { hash } of index.read(places)) expect(hash).toBe('b'.repeat(32));
});

test('what is read of them is whole, with number tokens as they are', async () => {
  const record = zlib('1', { measure: new NumberToken('1.0') });
  const bad: unknown[] = [];
  const source = indexSpecs(await indexOf([record]), 'test', (error) => bad.push(error));
  const [found] = await source.near([read(zlib('2'))]);
  expect(bad).toEqual([]);
  expect(found !== undefined && hashHolds(found)).toBe(true);
  const whole = await source.whole([record.hash, 'a'.repeat(32)]);
  expect([...whole.keys()]).toEqual([record.hash]);
});

test('records that make no sense are passed over', async () => {
  const [good, bad] = [zlib('1'), zlib('2')];
  const index = await indexOf([good, bad], (text) => text.replace('"version":"2"', '"version":[]  '));
  const problems: unknown[] = [];
  const found = await indexSpecs(index, 'test', (error) => problems.push(error)).near([read(zlib('3'))]);
  expect(found.map(({ hash }) => hash)).toEqual([good.hash]);
  expect(problems).toHaveLength(1);
});
