import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexScanner } from '../../../src/cache/index/scan.ts';
import { skipRecord } from '../../../src/cache/index/skip-record.ts';
import { describeError } from '../../../src/core/errors.ts';
import { runs } from '../../harness/runs.ts';

const skip = (text: string) => skipRecord(Buffer.from(`${text},"next":{}`), 0);

test.each([
  '{}',
  '{"a":[{},[]],"b":{"c":[[1]]}}',
  String.raw`{"a":"}]\"}\\","\\\"":"\\"}`,
  '{"a_^`~b":"ü€😀"}',
  '{ "a" :\n[ 1 , -2.5e3, true ]\t}',
  `{"a":${'['.repeat(60)}${']'.repeat(60)}}`,
])('%s ends where its last bracket is', (text) => {
  expect(skip(text)).toBe(Buffer.byteLength(text));
});

test.each([
  ['brackets of two kinds', '{"a":[}]}'],
  ['a bracket too many', '{"a":]}'],
  ['very deep nesting', `{"a":${'['.repeat(100)}${']'.repeat(100)}}`],
])('%s is left to the scanner', (_, text) => {
  expect(skip(text)).toBe(-1);
});

test('no end is found before it is there, wherever the record is cut', () => {
  const text = Buffer.from(String.raw`{"a":"\"}\\","b":[{"c":"}"}]}`);
  for (let cut = 0; cut < text.length; cut++) expect(skipRecord(text.subarray(0, cut), 0)).toBe(-1);
  expect(skipRecord(text, 0)).toBe(text.length);
});

test('an index is the same to those who skip, whatever is changed and wherever it is cut', () => {
  const record = String.raw`{"spec":{"name":"}{\"][","list":[[],{},[{}]]},"in_buildcache":true}`;
  const text = Buffer.from(`{"database":{"version":"8","installs":{"a":${record},"b":${record}, "c":{}}}}`);
  const scan = (pieces: readonly Buffer[], skips: boolean) => {
    const visited: unknown[] = [];
    const scanner = indexScanner(
      'index',
      ({ hash, offset, json }) => hash === 'b' && void visited.push([offset, json.toString()]),
      (hash, bytes, start) => {
        const end = skips && hash !== 'b' ? skipRecord(bytes, start) : -1;
        return end < 0 ? undefined : end;
      },
    );
    try {
      for (const piece of pieces) scanner.push(piece);
      return { ...scanner.finish(), visited };
    } catch (error) {
      return describeError(error);
    }
  };
  const piece = fc.constantFrom(...'"\\{}[]:,', '\\"', '"}', '{"', '"b":');
  const edit = fc.tuple(fc.nat(text.length), fc.nat(2), piece);
  const seen = { whole: 0, refused: 0 };
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 2 }), fc.nat(text.length), (edits, cut) => {
      let changed = text;
      for (const [at, drop, put] of edits) {
        changed = Buffer.concat([changed.subarray(0, at), Buffer.from(put), changed.subarray(at + drop)]);
      }
      const pieces = [changed.subarray(0, cut), changed.subarray(cut)];
      const right = scan(pieces, false);
      if (typeof right === 'string') seen.refused++;
      else seen.whole++;
      expect(scan(pieces, true)).toEqual(right);
    }),
    { numRuns: runs(4000) },
  );
  expect(seen.whole).toBeGreaterThan(20);
  expect(seen.refused).toBeGreaterThan(20);
});
