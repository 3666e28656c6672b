import { expect, test } from 'vitest';
import { errorData, errorOf } from '../../src/core/error-data.ts';
import { BuildcacheError, fileError } from '../../src/core/errors.ts';

const across = (error: unknown) => errorOf(structuredClone(errorData(error)));

test('one of ours keeps what people and code read in it', () => {
  const facts = { file: 'lib/a', expected: 'x', hint: 'do this' };
  expect(across(new BuildcacheError('too-large', 'too much', facts))).toEqual(
    new BuildcacheError('too-large', 'too much', facts),
  );
});

test('a system error below it keeps its code', () => {
  const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
  const error = across(fileError(full, '/store', 'write'));
  expect(error).toMatchObject({ code: 'io', facts: { file: '/store' }, cause: { code: 'ENOSPC' } });
});

test('what is none of ours is a fault of ours', () => {
  expect(across(new TypeError('x is not a function'))).toMatchObject({
    code: 'internal',
    message: 'x is not a function',
  });
  expect(across('text')).toMatchObject({ code: 'internal', message: 'text' });
});
