import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prefixMatcher } from '../../src/package/relocate-matcher.ts';
import { relocateText, relocateTextFile } from '../../src/package/relocate-text.ts';
import { runs } from '../harness/runs.ts';
import { memoryFile } from './memory-file.ts';

const MAP = new Map([
  ['/opt/store/bin/sbang', '/t/bin/sbang'],
  ['/opt/store/zlib-abc', '/up/zlib-abc'],
  ['/opt/store', '/t'],
]);

function relocate(text: string, map = MAP): string | undefined {
  const matcher = prefixMatcher(map);
  if (matcher === undefined) throw new Error('nothing to replace');
  return relocateText(Buffer.from(text, 'latin1'), matcher)?.toString('latin1');
}

test.each([
  ['#!/bin/sh /opt/store/bin/sbang', '#!/bin/sh /t/bin/sbang'],
  ['-L/opt/store/zlib-abc/lib -I/opt/store/x', '-L/up/zlib-abc/lib -I/t/x'],
  ['/opt/store2 keeps its tail', '/t2 keeps its tail'],
  ['x/opt/store is a word before', 'x/t is a word before'],
  ['"/opt/store":/opt/store', '"/t":/t'],
  ['/opt/store//opt/store', '/t//opt/store'],
  ['/opt/store./opt/store', '/t./t'],
  ['\xff/opt/store\0/opt/store\xe9', '\xff/t\0/t\xe9'],
])('%j becomes %j', (before, after) => {
  expect(relocate(before)).toBe(after);
});

test.each(['', 'nothing', '/usr/opt/store', 'a//opt/store', '/a-b_c/opt/store', '/opt/stor'])(
  '%j stays',
  (text) => {
    expect(relocate(text)).toBeUndefined();
  },
);

test('does what the regular expression does', () => {
  const olds = ['/opt/store/bin/sbang', '/opt/store/a', '/opt/store', '/up/s.t/x'];
  const piece = fc.constantFrom(
    ...olds,
    '/',
    '-',
    '_',
    'w',
    '9',
    '.',
    ' ',
    ':',
    '\n',
    '\0',
    '\xe9',
    '/opt',
    '/opt/s',
  );
  const text = fc.array(piece, { maxLength: 25 }).map((parts) => parts.join(''));
  const map = fc
    .shuffledSubarray(olds, { minLength: 1 })
    .map((some) => new Map(some.map((old, i) => [old, `/new${i}`])));
  fc.assert(
    fc.property(map, text, (replacements, before) => {
      const escaped = [...replacements.keys()].map((old) => old.replaceAll('.', '\\.'));
      const pattern = new RegExp(`(?<![\\w\\-/])([\\w-]*?)(${escaped.join('|')})([\\w\\-/]*)`, 'g');
      const expected = before.replace(pattern, (_, head, old, tail) => head + replacements.get(old) + tail);
      expect(relocate(before, replacements) ?? before).toBe(expected);
    }),
    { numRuns: runs(300) },
  );
});

describe('in a file', () => {
  const matcher = prefixMatcher(MAP);
  if (matcher === undefined) throw new Error('nothing to replace');
  const noScratch = () => {
    throw new Error('a small file needs no scratch');
  };

  test('it may get shorter or longer', () => {
    const file = memoryFile(Buffer.from('a /opt/store b'));
    expect(relocateTextFile(file, matcher, noScratch)).toBe(true);
    expect(file.contents.toString()).toBe('a /t b');
    const longer = prefixMatcher(new Map([['/t', '/opt/store']]));
    expect(longer && relocateTextFile(file, longer, noScratch)).toBe(true);
    expect(file.contents.toString()).toBe('a /opt/store b');
  });

  test('without a prefix it is not written', () => {
    const file = memoryFile(Buffer.from('a /opt b'));
    expect(relocateTextFile({ ...file, size: file.size, write: noScratch }, matcher, noScratch)).toBe(false);
  });

  test('one larger than the window goes through line by line', () => {
    const line = `${'x'.repeat(70)} /opt/store/zlib-abc ${'y'.repeat(1000)}\n`;
    const count = Math.ceil((17 * 1024 * 1024) / line.length);
    const file = memoryFile(Buffer.from(`${line.repeat(count)}/opt/store`));
    expect(relocateTextFile(file, matcher, () => memoryFile(Buffer.alloc(0)))).toBe(true);
    const expected = Buffer.from(`${line.replace('/opt/store', '/up').repeat(count)}/t`);
    expect(file.contents.equals(expected)).toBe(true);
  });

  test('a line larger than the window as well', () => {
    const line = Buffer.concat([Buffer.alloc(17 * 1024 * 1024, 'x '), Buffer.from('/opt/store\n')]);
    const file = memoryFile(line);
    expect(relocateTextFile(file, matcher, () => memoryFile(Buffer.alloc(0)))).toBe(true);
    expect(file.contents.subarray(-10).toString()).toBe('x x x x /t\n'.slice(-10));
    expect(file.size).toBe(line.length - 8);
  });

  test('one that would become gigabytes, as its old prefixes are so short, is refused', () => {
    const growing = prefixMatcher(new Map([['/z', `/${'x'.repeat(4000)}`]]));
    const text = (prefixes: number) => memoryFile(Buffer.from('/z:'.repeat(prefixes)));
    const small = text(2000);
    expect(growing && relocateTextFile(small, growing, noScratch)).toBe(true);
    expect(small.contents.toString()).toBe(`/${'x'.repeat(4000)}:`.repeat(2000));
    const hostile = text(40_000);
    expect(() => growing && relocateTextFile(hostile, growing, noScratch)).toThrow(
      expect.objectContaining({
        code: 'too-large',
        message: 'a text file gets far longer when it is relocated',
      }),
    );
    expect(hostile.size).toBe(120_000);
  });
});
