import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  entriesOf,
  isObject,
  isTooDeep,
  kindOf,
  NumberToken,
  objectOf,
  parseJson,
  shown,
  stringifyCompact,
} from '../../src/core/json.ts';
import { runs } from '../harness/runs.ts';
import { codeOf } from '../spec/node-fixture.ts';

/** As Python writes it. */
const ascii = (text: string) =>
  JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const roundTrip = (text: string) => stringifyCompact(parseJson(text, 'x'));

describe('parseJson and stringifyCompact', () => {
  test.each([
    '{"2":1,"1":2,"a":3}',
    '{"a":{"10":[{"9":0,"8":1}]}}',
    '[1.0,1e5,1E+5,-0,-0.0,12345678901234567890,1e-07,0.1,9e999]',
    '{"__proto__":{"1":1.0},"constructor":1.0}',
    '{"__proto__":{"a":true}}',
    '{"1394":true,"17":"x","a":1,"0":{"__proto__":[],"9":0,"10":1}}',
    '{"b":1,"4294967294":2,"4294967295":3,"007":4,"-1":5,"1.5":6,"":7}',
    '{"constructor":1,"toString":"x","hasOwnProperty":{"2":0,"1":0},"length":3}',
    '[1e400,-1e400,9223372036854775808,-9223372036854775808,18446744073709551616,0.0,1.0e+2]',
    '{"\\u0000":"\\u0000","\\ud800":"\\udc00","a":1.0}',
    '"\\ud800"',
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

  test('a key counts as integer-like however it is spelled', () => {
    expect(roundTrip('{"\\u0032":1,"1":2,"\\u0030":3}')).toBe('{"2":1,"1":2,"0":3}');
    expect(roundTrip('{"\\u0032":1,"a":2,"\\u0031":3}')).toBe('{"2":1,"a":2,"1":3}');
  });

  test('of a key that stands twice the last value counts, at the first place, as in Python', () => {
    expect(roundTrip('{"a":1,"b":2,"a":3}')).toBe('{"a":3,"b":2}');
    expect(roundTrip('{"9":1,"8":2,"9":{"2":1,"1":1,"2":0}}')).toBe('{"9":{"2":0,"1":1},"8":2}');
    expect(roundTrip('{"hash":"a","1":0,"hash":"b"}')).toBe('{"hash":"b","1":0}');
  });

  test('keys of any kind keep their order, and values their kind, in copies too', () => {
    const key = fc.oneof(
      fc.constantFrom('0', '1', '9', '10', '1394', '4294967294', '4294967295', '01', '__proto__'),
      fc.constantFrom(
        'constructor',
        'toString',
        'valueOf',
        'toJSON',
        'length',
        'hash',
        '\u0000',
        '\ud800',
        '',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    const number = fc.constantFrom('0', '-0', '1.0', '1e400', '9223372036854775808', '1e-07', '5');
    const { value } = fc.letrec<{ value: string; object: string }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        number,
        fc.constantFrom('true', 'null', '"1.0"', '"\\"1\\":"'),
        fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
        tie('object'),
      ),
      object: fc
        .uniqueArray(fc.tuple(key, tie('value')), { maxLength: 5, selector: ([name]) => name })
        .map((members) => `{${members.map(([name, text]) => `${ascii(name)}:${text}`).join(',')}}`),
    }));
    fc.assert(
      fc.property(value, (text) => {
        const parsed = parseJson(text, 'x');
        expect(stringifyCompact(parsed)).toBe(text);
        if (!isObject(parsed)) return;
        expect(stringifyCompact({ ...parsed })).toBe(text);
        expect(stringifyCompact(objectOf(entriesOf(parsed)))).toBe(text);
        const { hash: _, ...rest } = parsed;
        expect(entriesOf(rest)).toEqual(entriesOf(parsed).filter(([name]) => name !== 'hash'));
        const more = { ...rest, 'zz zz': 1 };
        expect(entriesOf(more).map(([name]) => name)).toEqual([
          ...entriesOf(rest).map(([name]) => name),
          'zz zz',
        ]);
        expect(Object.keys(parsed).sort()).toEqual(
          entriesOf(parsed)
            .map(([name]) => name)
            .sort(),
        );
      }),
      { numRuns: runs(2000) },
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
    expect(isTooDeep(parseJson(deep('[', ']', '1'), 'x'))).toBe(true);
    expect(isTooDeep(parseJson('{"a":[{"1":[]}]}', 'x'))).toBe(false);
    try {
      parseJson(deep('[', ']', '1.0'), 'f.json');
    } catch (error) {
      expect(error).toMatchObject({ facts: { file: 'f.json' } });
    }
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
