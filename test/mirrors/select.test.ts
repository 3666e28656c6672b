import { expect, test } from 'vitest';
import { parseMirrors } from '../../src/mirrors/config.ts';
import { anonymousNotes, resolveCredentials } from '../../src/mirrors/credentials.ts';
import { isLocation } from '../../src/mirrors/location.ts';
import { selectMirrors } from '../../src/mirrors/select.ts';
import { codeOf } from '../spec/node-fixture.ts';

const context = { base: '/base', environment: undefined, env: {} };
const configured = parseMirrors(
  { a: 'https://a', src: { url: 'https://s', binary: false } },
  'm.yaml',
  context,
);
const select = (...named: string[]) =>
  selectMirrors(named, configured, context).map(({ name, fetch }) => [name, fetch.url]);

test('configured ones that hold binaries, or the named ones', () => {
  expect(select()).toEqual([['a', 'https://a']]);
  expect(select('a')).toEqual([['a', 'https://a']]);
  expect(select('./x')).toEqual([['file:///base/x', 'file:///base/x']]);
  expect(select('./x', 'https://y')).toEqual([
    ['./x', 'file:///base/x'],
    ['https://y', 'https://y'],
  ]);
  const [[name] = []] = select('https://me:secret@y/z');
  expect(name).toBe('https://y/z');
  expect(select('https://me:secret@y/z', 'a').map(([each]) => each)).toEqual(['https://y/z', 'a']);
  expect(codeOf(() => select('b'))).toBe('usage');
  expect(codeOf(() => selectMirrors(['$spack/x'], configured, context))).toBe('usage');
});

test.each([
  ['a', false],
  ['a-b.c', false],
  ['.', true],
  ['..', true],
  ['a/b', true],
  ['a\\b', true],
  ['s3:x', true],
  ['c:x', false],
])('%s is a location: %s', (text, is) => {
  expect(isLocation(text)).toBe(is);
});

test('credentials: token before pair, and a variable that is not set is an error without values', () => {
  const env = { T: 'token', S: 'secret', I: 'id', EMPTY: '' };
  expect(
    resolveCredentials('m', { tokenVariable: 'T', id: { value: 'x' }, secretVariable: 'S' }, env, 'read'),
  ).toEqual({ kind: 'token', token: 'token' });
  expect(resolveCredentials('m', { id: { variable: 'I' }, secretVariable: 'S' }, env, 'read')).toEqual({
    kind: 'pair',
    id: 'id',
    secret: 'secret',
  });
  expect(resolveCredentials('m', { id: { value: 'x' } }, env, 'read')).toEqual({ kind: 'none' });
  expect(codeOf(() => resolveCredentials('m', { tokenVariable: 'NONE' }, env, 'read'))).toBe('usage');
});

test.each([
  [{ tokenVariable: 'EMPTY' }, 'EMPTY is'],
  [{ id: { variable: 'I' }, secretVariable: 'EMPTY' }, 'EMPTY is'],
  [{ id: { variable: 'EMPTY' }, secretVariable: 'NULL' }, 'EMPTY and NULL are'],
  [{ id: { variable: 'EMPTY' }, secretVariable: 'NONE' }, 'EMPTY is'],
])(
  'credentials %j that are named and empty: reading goes on without and says so, writing does not',
  (source, which) => {
    const env = { EMPTY: '', NULL: '', I: 'id' };
    expect(resolveCredentials('m', source, env, 'read')).toEqual({ kind: 'anonymous' });
    expect(anonymousNotes(source, env)).toEqual([
      `it is read without the credentials that are named for it: ${which} empty`,
    ]);
    expect(codeOf(() => resolveCredentials('m', source, env, 'write'))).toBe('usage');
  },
);

test('of credentials that are there, or not used, there is no note', () => {
  const env = { T: 'token', EMPTY: '' };
  const source = { tokenVariable: 'T', id: { variable: 'EMPTY' }, secretVariable: 'EMPTY' };
  expect(anonymousNotes(source, env)).toEqual([]);
  expect(resolveCredentials('m', source, env, 'read')).toEqual({ kind: 'token', token: 'token' });
});
