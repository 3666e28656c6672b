import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDatabase } from '../../src/spec/database.ts';
import { FIXTURES, fixtureGraph } from '../cache/mirror-fixture.ts';
import { codeOf, type Dict, node } from './node-fixture.ts';

const read = (text: string) => readDatabase(text, 'index.json');

function database(version: unknown, installs: unknown): string {
  return JSON.stringify({ database: { version, installs } });
}

const record = (spec: unknown, more: Dict = {}) => ({
  spec,
  ref_count: 0,
  path: '/opt/a',
  installed: true,
  explicit: false,
  ...more,
});

describe('readDatabase', () => {
  test.each([
    ['1.2', 8],
    ['0.23', 7],
  ] as const)('the database of Spack %s', (version, number) => {
    const archive = path.join(FIXTURES, `spack-${version}`, 'store.tar.gz');
    const text = execFileSync('tar', ['-xzOf', archive, './.spack-db/index.json'], { encoding: 'utf8' });
    const result = read(text);
    expect(result.version).toBe(number);
    const graph = fixtureGraph(version);
    for (const [hash, spec] of graph.nodes) {
      if (spec.external !== undefined) continue;
      const found = result.records.get(hash);
      expect(found?.node.dict).toEqual(spec.dict);
      expect(found).toMatchObject({ installed: true, installationTime: expect.any(Number) });
      expect(found?.path).toContain(`/${spec.name}-`);
    }
  });

  const a = node('a');
  test('a record with a variant 1394, and keys beside it that are like numbers, is a record like any other', () => {
    const opencv = node('opencv', { parameters: { 1394: true, build_system: 'generic' } });
    const text = database('8', { [opencv.hash]: record(opencv, { 7: {} }), [a.hash]: record(a) });
    const { records } = read(
      text.replace('"installs":{', '"2":1,"installs":{').replace('{"database"', '{"1":0,"database"'),
    );
    expect(records.get(opencv.hash)?.node.variants.get('1394')).toBe(true);
    expect(records.get(a.hash)?.node.name).toBe('a');
    expect(codeOf(() => read(text.replace('"installs":{', '"installs":{"1394":{},')))).toBe('bad-input');
  });

  test('a whole number of seconds written as 1.0 is a time', () => {
    const text = database('8', { [a.hash]: record(a, { installation_time: 'T' }) }).replace(
      '"T"',
      '1700000000.0',
    );
    expect(read(text).records.get(a.hash)?.installationTime).toBe(1_700_000_000);
  });

  test('version 5: nodes by name', () => {
    const { name, annotations: _, ...inner } = a;
    const spec = {
      [String(name)]: { ...inner, dependencies: { low: { hash: 'b'.repeat(32), type: ['link'] } } },
    };
    const { node: found } = read(database('5', { [a.hash]: record(spec) })).records.get(a.hash) ?? {};
    expect(found).toMatchObject({ name: 'a', hash: a.hash, format: 3 });
    expect(found?.dependencies).toMatchObject([{ name: 'low', hash: 'b'.repeat(32), deptypes: ['link'] }]);
  });

  test('version 6: format 3', () => {
    const spec = { ...a, dependencies: [{ name: 'low', hash: 'b'.repeat(32), type: ['run'] }] };
    const found = read(
      database('6', {
        [a.hash]: record(spec, { path: null, deprecated_for: a.hash, origin: 'external-db' }),
      }),
    );
    expect(found.records.get(a.hash)).toMatchObject({
      path: undefined,
      deprecatedFor: a.hash,
      origin: 'external-db',
      node: { format: 3 },
    });
  });

  test('version 9: format 6', () => {
    const mpi = node('mpich', { provided_virtuals: ['mpi@:3'] }, 6);
    const { version, records } = read(database('9', { [mpi.hash]: record(mpi) }));
    expect(version).toBe(9);
    expect(records.get(mpi.hash)?.node).toMatchObject({ format: 6, originalFormat: 6 });
  });

  test.each<[string, string, string]>([
    ['cut short', '{"database":', 'bad-input'],
    ['another document', '{}', 'bad-input'],
    ['installs a list', database('8', []), 'bad-input'],
    ['version 4', database('4', {}), 'unsupported'],
    ['version 10', database('10', {}), 'unsupported'],
    ['no version', database(undefined, {}), 'unsupported'],
    ['a hostile version', database({ toString: 1, valueOf: 1 }, {}), 'unsupported'],
    ['a record that is none', database('8', { [a.hash]: null }), 'bad-input'],
    ['a key that is no hash', database('8', { '../x': record(a) }), 'bad-input'],
    ['another spec', database('8', { ['b'.repeat(32)]: record(a) }), 'bad-input'],
    ['no spec', database('8', { [a.hash]: record(undefined) }), 'bad-input'],
    ['by name, in version 8', database('8', { [a.hash]: record({ a }) }), 'bad-input'],
  ])('%s', (_, text, code) => {
    expect(codeOf(() => read(text))).toBe(code);
  });
});
