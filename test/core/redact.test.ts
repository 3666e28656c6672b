import { expect, test } from 'vitest';
import { BuildcacheError, describeError } from '../../src/core/errors.ts';
import { passwordsIn, redactText, redactUrl } from '../../src/core/redact.ts';

test.each([
  ['https://user:secret@host/p?a=1', 'https://host/p?a=***'],
  ['https://host/p?X-Amz-Signature=secret&a=1&a=2', 'https://host/p?X-Amz-Signature=***&a=***'],
  ['s3://key:secret@bucket/p', 's3://bucket/p'],
  ['not a url //user:secret@host', 'not a url //host'],
  ['http://user:secret@ho st/x', 'http://ho st/x'],
  ['file:///opt/mirror', 'file:///opt/mirror'],
  ['https://host/p?secret', 'https://host/p?***'],
  ['gs://user:secret@bucket/p', 'gs://bucket/p'],
  ['file://user:secret@host/p', 'file://host/p'],
  ['file://user:sec@ret@host/p', 'file://host/p'],
  ['https://user:sec/ret@host/p', 'https://host/p'],
  ['https://user:sec#ret?@host/p', 'https://host/p'],
  ['oci://user:secret@host/p', 'oci://host/p'],
  ['https://host/@scope/zlib@1.2', 'https://host/@scope/zlib@1.2'],
  ['https://host:8080/@scope/zlib@1.2', 'https://host:8080/@scope/zlib@1.2'],
  ['oci://host:5000/name@sha256:0', 'oci://host:5000/name@sha256:0'],
  ['https://host', 'https://host/'],
])('%s', (url, shown) => {
  expect(redactUrl(url)).toBe(shown);
});

test.each([
  ['cannot read https://u:secret@host/x, nor s3://k:secret@b', 'cannot read https://host/x, nor s3://b'],
  ['a mirror "gs://u:secret@b"', 'a mirror "gs://b"'],
  ['write http://user:password@host', 'write http://user:password@host'],
  ['zlib@1.2 of https://host/p', 'zlib@1.2 of https://host/p'],
  ['// a comment by me@example.org', '// a comment by me@example.org'],
])('in a text: %s', (text, shown) => {
  expect(redactText(text)).toBe(shown);
  expect(redactText(redactText(text))).toBe(shown);
});

test('an error keeps no password, wherever it was put', () => {
  const url = 'https://u:secret@host/x';
  const facts = { file: url, url, mirror: url, expected: url, found: url, hint: url, choices: [url] };
  const error = new BuildcacheError('usage', `not ${url}`, facts);
  expect(JSON.stringify([error.message, error.facts])).not.toContain('secret');
  expect(describeError(error)).not.toContain('secret');
  expect(describeError(new Error(`not ${url}`))).toBe('not https://host/x');
});

test.each([
  ['https://u:secret@host/p', ['secret']],
  ['file://u:sec/ret@host/p', ['sec/ret']],
  ['https://token@host/p', []],
  ['https://host:80/a@b', []],
])('the password of %s', (url, passwords) => {
  expect(passwordsIn(url)).toEqual(passwords);
  expect(passwordsIn(url)).toEqual(passwords);
});
