import { expect, test } from 'vitest';
import { parseMirrors } from '../../src/mirrors/config.ts';
import { resolveCredentials } from '../../src/mirrors/credentials.ts';
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
    resolveCredentials('m', { tokenVariable: 'T', id: { value: 'x' }, secretVariable: 'S' }, env),
  ).toEqual({ kind: 'token', token: 'token' });
  expect(resolveCredentials('m', { id: { variable: 'I' }, secretVariable: 'S' }, env)).toEqual({
    kind: 'pair',
    id: 'id',
    secret: 'secret',
  });
  expect(resolveCredentials('m', { id: { value: 'x' } }, env)).toEqual({ kind: 'none' });
  expect(codeOf(() => resolveCredentials('m', { tokenVariable: 'EMPTY' }, env))).toBe('usage');
  expect(codeOf(() => resolveCredentials('m', { tokenVariable: 'NONE' }, env))).toBe('usage');
});
