import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRecord, skimRecord } from '../../../src/cache/index/record-facts.ts';
import { scanIndex } from '../../../src/cache/index/scan.ts';
import { runs } from '../../harness/runs.ts';

const HASH = 'a'.repeat(32);
const OTHER = 'b'.repeat(32);

const EDGES = [
  { name: 'mpich', hash: OTHER, parameters: { deptypes: ['link'], virtuals: ['mpi', 'mpi-c'] } },
  { name: 'zlib', hash: HASH, parameters: { deptypes: ['link'], virtuals: [] } },
];
const SPEC = {
  name: 'hdf5',
  provided_virtuals: ['hdf@:3', 'api'],
  dependencies: EDGES,
  rest: [1.5, null, {}],
};
const RECORD = { spec: SPEC, ref_count: 0, in_buildcache: true };
const FACTS = {
  name: 'hdf5',
  inCache: true,
  provided: [
    ['hdf', HASH],
    ['api', HASH],
    ['mpi', OTHER],
    ['mpi-c', OTHER],
  ],
};

/** What skimming finds between other bytes; it must be the same whatever stands there. */
function skim(text: string) {
  const bytes = Buffer.from(text);
  const found = skimRecord(HASH, Buffer.concat([Buffer.from('}"'), bytes, Buffer.from(',"')]), 2);
  if (found === undefined) return undefined;
  const { end, ...facts } = found;
  expect(end - 2).toBe(bytes.length);
  return facts;
}

const parse = (text: string) => parseRecord(HASH, Buffer.from(text));

describe('the facts of a record', () => {
  test.each([
    ['compact', JSON.stringify(RECORD)],
    ['spread out', JSON.stringify(RECORD, undefined, '\t').replaceAll('\n', ' \r\n')],
  ])('are found without parsing it, %s', (_, text) => {
    expect(skim(text)).toEqual(FACTS);
    expect(parse(text)).toEqual(FACTS);
  });

  const withSpec = (members: string) => `{"spec":{"name":"a"${members}},"in_buildcache":true}`;
  test.each([
    ['escapes elsewhere', withSpec(String.raw`,"x":"\"\\\/\b\f\n\r\t\u00e9\uD83D"`)],
    ['numbers of all kinds', withSpec(',"x":[0,-0,10,1.50,-1e5,1E+05,0.1e-9]')],
    ['texts beyond ASCII', withSpec(',"ü€":"😀"')],
    ['deep nesting', withSpec(`,"x":${'[{"y":'.repeat(14)}1${'}]'.repeat(14)}`)],
    ['no cache', '{"in_buildcache":false,"spec":{"name":"a"}}'],
    ['no word of the cache', '{"spec":{"name":"a"}}'],
    ['a word for the cache that is none', '{"spec":{"name":"a"},"in_buildcache":"true"}'],
    ['edges of older formats', withSpec(`,"dependencies":[{"name":"b","hash":"${OTHER}","type":["link"]}]`)],
    ['edges that are none', withSpec(',"dependencies":[1,"x",[],{},{"hash":1,"parameters":[]}],"x":1')],
    [
      'virtuals that are none',
      withSpec(`,"dependencies":[{"hash":"${OTHER}","parameters":{"virtuals":[1,"a/b","c"]}}]`),
    ],
    [
      'the hash of an edge after all else',
      withSpec(`,"dependencies":[{"parameters":{"virtuals":["c"]},"hash":"${OTHER}"}]`),
    ],
    ['lists that are none', withSpec(',"dependencies":{"a":[]},"provided_virtuals":"mpi"')],
  ])('are found without parsing it: %s', (_, text) => {
    expect(skim(text)).toEqual(parse(text));
    expect(parse(text)?.name).toBe('a');
  });

  test.each([
    ['a list', '[]'],
    ['a list that ends as an object', '[}'],
    ['a spec twice', '{"spec":{"name":"a"},"spec":{"name":"b"}}'],
    ['a name twice', '{"spec":{"name":"a","name":"b"}}'],
    ['an escaped key', String.raw`{"spec":{"name":"a","n\u0061me":"b"}}`],
    ['an escaped name', String.raw`{"spec":{"name":"\u0061"}}`],
    ['the cache twice', '{"spec":{"name":"a"},"in_buildcache":true,"in_buildcache":false}'],
    [
      'edges twice',
      withSpec(`,"dependencies":[{"hash":"${OTHER}","parameters":{"virtuals":["c"]}}],"dependencies":[]`),
    ],
    [
      'virtuals twice',
      withSpec(`,"dependencies":[{"hash":"${OTHER}","parameters":{"virtuals":["c"],"virtuals":[]}}]`),
    ],
    ['no name', '{"spec":{}}'],
    ['a name that is none', '{"spec":{"name":"../a"}}'],
    ['very deep nesting', withSpec(`,"x":${'['.repeat(100)}${']'.repeat(100)}`)],
    ['no end', '{"spec":{"name":"a"}'],
    ['a comma too many', '{"spec":{"name":"a",}}'],
    ['a comma too few', '{"spec":{"name":"a"}"in_buildcache":true}'],
    ['a bracket of the other kind', withSpec(',"x":[{]}')],
    ['a key that is no text', '{"spec":{"name":"a"},1:2}'],
    ['a number that is none', withSpec(',"x":01')],
    ['a number that is none, with a fraction', withSpec(',"x":1.')],
    ['a number that is none, with an exponent', withSpec(',"x":1e')],
    ['a sign', withSpec(',"x":-')],
    ['a word that is none', withSpec(',"x":nul')],
    ['an escape that is none', withSpec(String.raw`,"x":"\x"`)],
    ['half an escape', withSpec(String.raw`,"x":"\u12"`)],
    ['a line break in a text', withSpec(',"x":"\n"')],
  ])('are left to the parser: %s', (_, text) => {
    expect(skim(text)).toBeUndefined();
  });

  test('are the same either way, whatever is changed', () => {
    const text = Buffer.from(JSON.stringify(RECORD));
    const piece = fc.constantFrom(...'"\\{}[]:,. \n-+0e1tfn€', '"name":"b",', '"spec":{},', '\\u0061', '\\"');
    const edit = fc.tuple(fc.nat(text.length), fc.nat(3), piece);
    let same = 0;
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 3 }), (edits) => {
        let changed = text;
        for (const [at, drop, put] of edits) {
          changed = Buffer.concat([changed.subarray(0, at), Buffer.from(put), changed.subarray(at + drop)]);
        }
        const found = skimRecord(HASH, Buffer.concat([changed, Buffer.from(',')]), 0);
        if (found === undefined) return;
        const { end, ...facts } = found;
        expect(facts).toEqual(parseRecord(HASH, changed.subarray(0, end)));
        same++;
      }),
      { numRuns: runs(3000) },
    );
    expect(same).toBeGreaterThan(20);
  });

  test('are the same either way, wherever the words stand that are looked for', () => {
    const word = fc.constantFrom(
      ...[
        'spec',
        'name',
        'in_buildcache',
        'dependencies',
        'hash',
        'parameters',
        'virtuals',
        'provided_virtuals',
      ],
    );
    const leaf = fc.oneof(word, fc.constantFrom(HASH, OTHER, 'a', 'ü', true, false, null, 1.5, '\n'));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 6 }, leaf, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
      object: fc.dictionary(word, tie('value'), { maxKeys: 5 }),
    }));
    const list = fc.array(
      fc.oneof(value, fc.record({ hash: value, parameters: fc.record({ virtuals: value }) })),
    );
    const spec = fc.record({
      name: fc.constant('a'),
      dependencies: fc.oneof({ arbitrary: list, weight: 3 }, value),
      provided_virtuals: value,
    });
    let same = 0;
    fc.assert(
      fc.property(fc.record({ spec, in_buildcache: value }), (record) => {
        const found = skim(JSON.stringify(record));
        if (found === undefined) return;
        expect(found).toEqual(parse(JSON.stringify(record)));
        same++;
      }),
      { numRuns: 200 },
    );
    expect(same).toBeGreaterThan(100);
  });

  test('an index is the same to those who skim, wherever it is cut', async () => {
    const members = [JSON.stringify(RECORD), '[}', '{"spec":1}', withSpec(String.raw`,"x":"\"}"`), '{}'];
    const records = members.map((json, i) => `"${'abcde'[i]?.repeat(32)}":${json}`);
    const right = records.filter((record) => !record.endsWith('[}'));
    const bytes = Buffer.from(`{"database":{"version":"8","installs":{${right.join(',\n')}}},"x":[]}`);
    const seen = async (cut: number, skimmer?: typeof skimRecord) => {
      const found: unknown[] = [];
      const chunks = [bytes.subarray(0, cut), bytes.subarray(cut)];
      const visit = ({ hash, json, offset }: { hash: string; json: Buffer; offset: number }) =>
        void found.push([hash, offset, json.toString()]);
      return [await scanIndex(chunks, 'index', visit, skimmer), found];
    };
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(await seen(cut, skimRecord)).toEqual(await seen(0));
    }
    const wrong = Buffer.from(`{"database":{"installs":{${records.join(',')}}}}`);
    await expect(scanIndex([wrong], 'index', () => undefined, skimRecord)).rejects.toMatchObject({
      code: 'bad-input',
    });
  });
});
