import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { type FlowValue, parseFlowYaml } from '../../src/package/flow-yaml.ts';
import { runs } from '../harness/runs.ts';

test.each<[string, FlowValue]>([
  ['{}', new Map()],
  [' [ ] \n', []],
  ['plain', 'plain'],
  [
    '{a: b, c: [d, e]}',
    new Map<string, FlowValue>([
      ['a', 'b'],
      ['c', ['d', 'e']],
    ]),
  ],
  [
    '{a: , b:}',
    new Map([
      ['a', ''],
      ['b', ''],
    ]),
  ],
  [
    '{"a":b, ? long : c}',
    new Map([
      ['a', 'b'],
      ['long', 'c'],
    ]),
  ],
  [
    '[a b, x:y, -d, ?q, :c, a#b, null, 1.0, true]',
    ['a b', 'x:y', '-d', '?q', ':c', 'a#b', 'null', '1.0', 'true'],
  ],
  ["['it''s', '', '[a, b]: #c']", ["it's", '', '[a, b]: #c']],
  ['["\\t\\x41\\u00e9\\U0001F600\\"\\\\\\/", "\\uDCFF"]', ['\tAé😀"\\/', '\udcff']],
  ['[a\n  b,\n \'c\n\n  d\', "e \\\n   f\n g"]', ['a b', 'c\nd', 'e f g']],
  ['[a,]', ['a']],
])('%j', (text, value) => {
  expect(parseFlowYaml(text)).toEqual(value);
});

test.each([
  '',
  '[',
  ']',
  '[a',
  '{a}',
  '{a: b',
  '{a: b: c}',
  '{a b}',
  '{a: 1, a: 2}',
  '[a] b',
  '[a: b]',
  '[,]',
  '[a,,b]',
  "['a",
  '["a',
  '["\\q"]',
  '["\\x4"]',
  '["\\UFFFFFFFF"]',
  "['a' b]",
  '[&a b]',
  '[*a]',
  '[!t a]',
  '[@a]',
  '[%a]',
  '[`a]',
  '[|a]',
  '[>a]',
  '[#a]',
  '[- a]',
  '[a #b\n]',
  'a: b',
  '- a\n- b',
  '[[[[[[[[[[]]]]]]]]]]',
])('%j is refused', (text) => {
  expect(() => parseFlowYaml(text)).toThrow(expect.objectContaining({ code: 'bad-input' }));
});

const scalar = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'null',
    '1',
    ': ',
    '#',
    ' #',
    '-',
    '- a',
    "'",
    '"',
    'a\nb',
    '\t',
    'é',
    '\udcff',
    'x'.repeat(200),
  ),
  fc.string(),
  fc.string({ unit: 'binary' }),
);
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(scalar, tie('value'), { maxKeys: 5 }),
  ),
})).value;

test('reads what a YAML writer writes, wrapped or not', () => {
  fc.assert(
    fc.property(value, fc.constantFrom(0, 20, 80), (written, lineWidth) => {
      const text = stringify(written, {
        collectionStyle: 'flow',
        lineWidth,
        defaultStringType: 'QUOTE_SINGLE',
      });
      expect(plain(parseFlowYaml(text))).toEqual(plain(written));
      const bare = stringify(written, { collectionStyle: 'flow', lineWidth: 0, blockQuote: false });
      expect(plain(parseFlowYaml(bare))).toEqual(plain(written));
    }),
    { numRuns: runs(300) },
  );
});

test('and understands what it accepts as a YAML reader does', () => {
  const pieces = fc.constantFrom(...'{}[],:?#-\'"& \n', 'a', 'b c', ': ', ', ', '\\n', "''", 'é');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 14 }), fc.constantFrom('[]', '{}'), (parts, [open, close]) => {
      const text = `${open}${parts.join('')}${close}`;
      let ours: FlowValue;
      try {
        ours = parseFlowYaml(text);
      } catch {
        return;
      }
      expect(plain(ours)).toEqual(plain(parse(text, { schema: 'failsafe', prettyErrors: false })));
    }),
    { numRuns: runs(3000) },
  );
});

/** Maps and objects alike as sorted pairs, and a missing value as no text. */
function plain(of: unknown): unknown {
  if (Array.isArray(of)) return of.map(plain);
  if (of === null) return '';
  if (typeof of !== 'object') return of;
  const pairs: [string, unknown][] = of instanceof Map ? [...of] : Object.entries(of as object);
  return { pairs: pairs.map(([key, inner]) => [key, plain(inner)]).toSorted() };
}

test.each([
  ['a list of more values than any package has files', `[${'a,'.repeat(1_000_001)}]`],
  ['lists in lists', `[${'[],'.repeat(1_000_001)}]`],
  ['keys without values', `{${Array.from({ length: 1_000_001 }, (_, i) => `${i}:,`).join('')}}`],
  ['a text that no path is as long as', `["${'\\n'.repeat(40_000)}"]`],
  ['one of line breaks', `[a${'\n'.repeat(70_000)}b]`],
  ['one in quotes', `['${'x'.repeat(70_000)}']`],
])('%s is refused, before it takes memory', (_, text) => {
  expect(() => parseFlowYaml(text)).toThrow(expect.objectContaining({ code: 'too-large' }));
});
