import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  entriesOf,
  isObject,
  isTooDeep,
  type JsonObject,
  kindOf,
  NumberToken,
  objectOf,
  parseJson,
  shown,
  stringifyCompact,
} from '../../src/core/json.ts';
import { runs } from '../harness/runs.ts';
import { codeOf } from '../spec/node-fixture.ts';

const roundTrip = (text: string) => stringifyCompact(parseJson(text, 'x'));

describe('parseJson and stringifyCompact', () => {
  test.each([
    '{"2":1,"1":2,"a":3}',
    '{"a":{"10":[{"9":0,"8":1}]}}',
    '[1.0,1e5,1E+5,-0,-0.0,12345678901234567890,1e-07,0.1,9e999]',
    '{"__proto__":{"1":1.0},"constructor":1.0}',
    '{"__proto__":{"a":true}}',
    '"\\u007f\\u00e9\\ud83d\\ude00\\n\\"\\\\"',
    '1.0',
    '[]',
    '{}',
    'null',
  ])('%s comes back as it was', (text) => {
    expect(roundTrip(text)).toBe(text);
  });

  test('what JSON.parse reads is read the same, and nothing else is', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"1"',
      '"a"',
      '1.0',
      '-',
      '0',
      '01',
      'true',
      'nul',
      ' ',
      '\n',
      '"\\u0031"',
      '1e',
      '"',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(codeOf(() => parseJson(text, 'x'))).toBe(valid ? 'no error' : 'bad-input');
      }),
      { numRuns: runs(1000) },
    );
  });

  test.each([
    ' 1.0',
    '\n-0',
    '[1.0]',
    '[ \t1e5]',
    '[0,1.0]',
    '[0,\r\n 1234567890123456]',
    '{"a":1.0}',
    '{"a" \n: \t1.0}',
    '{"a":"00:00:00.5","b":1.0}',
  ])('a number keeps its text wherever it may stand: %j', (text) => {
    expect(roundTrip(text)).toBe(text.replace(/\s/g, ''));
  });

  test('any value survives', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // Through JSON first: -0 has no text of its own there.
        const text = JSON.stringify(value);
        expect(JSON.parse(roundTrip(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  test('a string of ten megabytes beside a token', () => {
    const text = `{"a":1.0,"b":"${'x'.repeat(10_000_000)}"}`;
    expect(roundTrip(text) === text).toBe(true);
  });

  test('malformed text is named: where, and what it looks like', () => {
    const shownFor = (text: string) => {
      try {
        return String(parseJson(text, 'f.json'));
      } catch (error) {
        return error;
      }
    };
    expect(shownFor('{\n "a": x}')).toMatchObject({
      message: expect.stringMatching(/syntax error/),
      facts: { file: 'f.json' },
    });
    expect(shownFor('')).toMatchObject({ facts: { found: 'an empty document' } });
    expect(shownFor(' <!DOCTYPE html>')).toMatchObject({ facts: { found: 'an HTML or XML page' } });
  });

  test('a byte order mark is passed over', () => {
    expect(parseJson('\ufeff{"a":1}', 'x')).toEqual({ a: 1 });
  });

  test('deep nesting ends in an error, not in the call stack', () => {
    const deep = (open: string, close: string, inner: string) =>
      open.repeat(10_000) + inner + close.repeat(10_000);
    expect(codeOf(() => parseJson(deep('[', ']', '1.0'), 'x'))).toBe('bad-input');
    expect(codeOf(() => parseJson(deep('{"1":', '}', '1'), 'x'))).toBe('bad-input');
    expect(codeOf(() => stringifyCompact(parseJson(deep('[', ']', '1'), 'x')))).toBe('bad-input');
  });

  test('kinds', () => {
    const hostile = { toString: 1, valueOf: 1 };
    expect([undefined, null, [], {}, 1, new NumberToken('1.0'), 'x', true].map(kindOf)).toEqual([
      'nothing',
      'null',
      'a list',
      'an object',
      'a number',
      'a number',
      'a string',
      'a boolean',
    ]);
    expect([hostile, 8, '8', new NumberToken('8.0'), 'x'.repeat(50)].map(shown)).toEqual([
      'an object',
      '8',
      '8',
      '8.0',
      'a string',
    ]);
    expect([{}, [], null, objectOf([['1', 1]]), new NumberToken('1.0')].map(isObject)).toEqual([
      true,
      false,
      false,
      true,
      false,
    ]);
  });
});
