import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readLockfile } from '../../src/spec/lockfile.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import { isFalseRecord } from '../../src/tree/false-record.ts';

const FILE = join(import.meta.dirname, '../fixtures/spack-1.2/env/spack.lock');
const nodes = [...readLockfile(readFileSync(FILE, 'utf8'), FILE).nodes.values()];
const named = (name: string) => nodes.find((node) => node.name === name) as SpecNode;
const toypy = named('toypy');
const glibc = named('glibc');
const built = { name: 'toypy', hash: toypy.hash.replace(/^./, 'a') };

test.each<[string, Partial<SpecNode>]>([
  ['an external', { external: { path: '/evil' } }],
  ['a splice of another spec', { buildSpec: built }],
  ['one that needs something else', { dependencies: [] }],
  ['another version', { version: '0.1' }],
])(
  'a record of %s is false where the lockfile proves its own hash, and else nobody can tell',
  (_, change) => {
    const libtoy = named('libtoy');
    const other = { ...libtoy, ...change };
    expect(isFalseRecord(libtoy, { node: other })).toBe(true);
    const unproved = { ...libtoy, dict: { ...libtoy.dict, version: '9' } };
    expect(() => isFalseRecord(unproved, { node: other })).toThrow(/another spec under the hash of libtoy/);
  },
);

test('an external and a splice prove nothing, and are not replaced', () => {
  expect(isFalseRecord(glibc, { node: { ...glibc, dict: {} } })).toBe(false);
  for (const spec of [
    { ...toypy, buildSpec: built },
    { ...toypy, external: { path: '/evil' } },
  ])
    expect(() => isFalseRecord(spec, { node: toypy })).toThrow(/another spec under the hash of toypy/);
  const moved = { ...glibc, external: { path: '/evil' } };
  expect(() => isFalseRecord(glibc, { node: moved })).toThrow(/under the hash of glibc/);
});
