import { expect, it } from 'vitest';
import { describeError } from '../../../src/core/errors.ts';
import { refusalError, refusalOf } from '../../../src/storage/s3/error.ts';

const CIRCUMSTANCES = { url: 's3://bucket/key', anonymous: false };

function said(name: string, message: string, status = 400) {
  const error = Object.assign(new Error(message), { $metadata: { httpStatusCode: status } });
  error.name = name;
  const refusal = refusalOf(error);
  if (refusal === undefined) throw new Error('no refusal');
  return refusalError(refusal, CIRCUMSTANCES);
}

it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
  'a code that is a word of every object is an unknown code: %s',
  (code) => {
    expect(said(code, 'x')).toMatchObject({ code: 'protocol' });
    expect(said(code, 'x', 503)).toMatchObject({ code: 'throttled' });
  },
);

it("the SDK's advice to its own users is not passed on", () => {
  const advice =
    'unexpected content.\n  Deserialization error: to see the raw response, inspect the hidden field {error}.$response on this object.';
  expect(describeError(said('Error', advice, 200))).toBe(
    's3://bucket/key: the answer makes no sense; found HTTP 200 Error. Check the endpoint URL',
  );
});
