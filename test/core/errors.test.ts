import { expect, test } from 'vitest';
import {
  BuildcacheError,
  describeError,
  describeInLines,
  errorCode,
  fileError,
  oneLine,
  systemCode,
} from '../../src/core/errors.ts';

test('one line: where, what, expected, found, what to do', () => {
  const error = new BuildcacheError('bad-input', 'it is malformed', {
    file: 'a.json',
    expected: 'x',
    found: 'y',
    hint: 'mend it',
  });
  expect(describeError(error)).toBe('a.json: it is malformed; expected x, found y. Mend it');
  expect(describeError(new BuildcacheError('io', 'a.json is odd', { file: 'a.json', found: 'y' }))).toBe(
    'a.json is odd; found y',
  );
  expect(describeError('text')).toBe('text');
});

test('a full stop that somebody else has written is not doubled', () => {
  const error = new BuildcacheError('denied', 'no', { found: 'Access Denied.', hint: 'ask' });
  expect(describeError(error)).toBe('no; found Access Denied. Ask');
});

test('choices: one a line where there is room, else in the line', () => {
  const error = new BuildcacheError('usage', 'it is two', { choices: ['a', 'b\n'], hint: 'name one' });
  expect(describeInLines(error)).toEqual(['it is two. Name one', '  a', '  b\\n']);
  expect(describeError(error)).toBe('it is two; found a, b\\n. Name one');
  expect(describeInLines('text')).toEqual(['text']);
});

test('names cannot break a line or drive a terminal', () => {
  expect(oneLine('a\nb\u001b[2J\u2028\u009b')).toBe('a\\nb\\x1b[2J\\x2028\\x9b');
  expect(oneLine('1.0\u202e0.2\u200b')).toBe('1.0\\x202e0.2\\x200b');
});

test.runIf(process.platform === 'linux').each([
  [116, 'ESTALE'],
  [122, 'EDQUOT'],
  [37, 'ENOLCK'],
  [9999, 'Unknown system error -9999'],
])('number %i, for which Node has no name, is %s', (number, name) => {
  const error = Object.assign(new Error('x'), { code: `Unknown system error -${number}`, errno: -number });
  expect(systemCode(error)).toBe(name);
});

test('codes', () => {
  const abort = new DOMException('x', 'AbortError');
  expect([new BuildcacheError('denied', 'x'), abort, new Error('x'), 'x'].map(errorCode)).toEqual([
    'denied',
    'cancelled',
    'internal',
    'internal',
  ]);
});

test.each([
  ['ENOENT', 'not-found'],
  ['ENOTDIR', 'not-found'],
  ['EACCES', 'denied'],
  ['EROFS', 'denied'],
  ['ENOSPC', 'io'],
  ['EWHATEVER', 'io'],
])('%s is %s', (code, expected) => {
  const error = fileError(Object.assign(new Error('x'), { code }), '/a', 'write it');
  expect(error).toMatchObject({ code: expected, facts: { file: '/a' } });
  expect(fileError(error, '/b', 'read it')).toBe(error);
});
