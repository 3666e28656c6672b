import { expect, test } from 'vitest';
import { redactUrl } from '../../src/core/redact.ts';

test.each([
  ['https://user:secret@host/p?a=1', 'https://host/p?a=***'],
  ['https://host/p?X-Amz-Signature=secret&a=1&a=2', 'https://host/p?X-Amz-Signature=***&a=***'],
  ['s3://key:secret@bucket/p', 's3://bucket/p'],
  ['not a url //user:secret@host', 'not a url //host'],
  ['http://user:secret@ho st/x', 'http://ho st/x'],
  ['file:///opt/mirror', 'file:///opt/mirror'],
  ['https://host/p?secret', 'https://host/p?***'],
])('%s', (url, shown) => {
  expect(redactUrl(url)).toBe(shown);
});
