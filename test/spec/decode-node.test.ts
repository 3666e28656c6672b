/**
 * What Spack 1.1 and 1.3 could not read of 14,000 altered nodes, and we read: each would have cost a Spack the whole index
 * or database that we put it into.
 */
import { describe, expect, test } from 'vitest';
import { decodeNode } from '../../src/spec/decode-node.ts';
import { isCompilerNote, isCompilerVersion, isVersion } from '../../src/spec/spack-text.ts';
import { codeOf, type Dict, node } from './node-fixture.ts';

const read = (change: Dict) => decodeNode({ ...node('x'), ...change }, 5, 'spec.json', 'nodes[0]');
const parameters = (change: Dict) => ({ parameters: { build_system: 'generic', ...change } });
const external = { path: '/usr', module: null, extra_attributes: {} };
const HASH = 'a'.repeat(64);

describe('a node that no Spack can read is refused', () => {
  test.each<[string, Dict]>([
    ['a range for a version', { version: '1.0:2.0' }],
    ['a list of versions', { version: '1.0,2.0' }],
    ['a version that asks', { version: '=1.0' }],
    ['a path for a version', { version: '../x' }],
    ['a git version that is two', { version: 'git.a=1=2' }],
    ['an external without its module', { external: { path: '/usr' } }],
    ['an external without its path', { external: { module: ['gcc/12'] } }],
    ['annotations that do not say the format', { annotations: {} }],
    ['annotations with another thing for a compiler', { annotations: { ...noted('gcc@12 x') } }],
    ['annotations with a list for a compiler', { annotations: { ...noted([]) } }],
    ['a compiler whose version is no word', { compiler: { name: 'gcc', version: '12.2..' } }],
    ['any value for a value', parameters({ api: '*' })],
    ['any value among values', parameters({ api: ['v1', '*'] })],
    ['any patch', { patches: [HASH, '*'] }],
    ['booleans among strings', parameters({ api: ['v1', true] })],
    ['strings among booleans', parameters({ api: [true, 'v1'] })],
    ['a word for what it propagates', { propagate: false }],
    ['a number for what is abstract in it', { abstract: 1 }],
  ])('%s', (_, change) => {
    expect(codeOf(() => read(change))).toBe('bad-input');
  });

  test.each<[string, Dict]>([
    ['versions of git', { version: 'git.release/1.0=1.0' }],
    ['a commit', { version: `${'0'.repeat(40)}=main` }],
    ['an external', { external }],
    ['one that is known by its modules', { external: { ...external, path: null, module: ['gcc/12'] } }],
    ['no external', { external: {} }],
    ['what a newer Spack notes of an old compiler', { annotations: noted('apple-clang@=15.0.0') }],
    ['what it notes where there is none', { annotations: noted('None') }],
    ['several booleans', parameters({ api: [true, false] })],
    ['no values', parameters({ api: [] })],
    ['patches', { patches: [HASH], ...parameters({ patches: [HASH] }) }],
    ['what it propagates', { propagate: ['cflags'], abstract: [] }],
  ])('but not %s', (_, change) => {
    expect(codeOf(() => read(change))).toBe('no error');
  });
});

function noted(compiler: unknown): Dict {
  return { original_specfile_version: 4, compiler };
}

test('texts that Spack parses', () => {
  for (const text of ['1.0', 'main', '1.0-rc1', '_', 'git.main', 'git.a/b', 'git.=1', 'abc=1.0', '0.9.rc1'])
    expect([text, isVersion(text)]).toEqual([text, true]);
  for (const text of [
    '',
    '1 0',
    '1\n',
    'git.a b=1',
    'a=b=c',
    '=',
    '*',
    '1+x',
    'é',
    'git.\ud800',
    '1'.repeat(513),
  ])
    expect([text, isVersion(text)]).toEqual([text, false]);
  for (const text of ['12.2.0', '15.0.0-apple', 'a', '2023.2.1_x'])
    expect([text, isCompilerVersion(text)]).toEqual([text, true]);
  for (const text of ['', '12.', '-12', '12:13', '12,13', 'a b'])
    expect([text, isCompilerVersion(text)]).toEqual([text, false]);
  for (const text of ['gcc@=12.2.0', 'gcc@12', 'None', 'intel-oneapi@2023'])
    expect([text, isCompilerNote(text)]).toEqual([text, true]);
  for (const text of ['', '@=12', 'gcc@', 'gcc@=', 'gcc@=12 arch=x', 'gcc %x', '/abc'])
    expect([text, isCompilerNote(text)]).toEqual([text, false]);
});
