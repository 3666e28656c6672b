import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prefixMatcher } from '../../src/package/relocate-matcher.ts';
import { relocateText, relocateTextFile, type TextFileWork } from '../../src/package/relocate-text.ts';
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
  const work = (changes: Partial<TextFileWork> = {}): TextFileWork => ({
    scratch: () => memoryFile(Buffer.alloc(0)),
    growth: { left: 1024 ** 3 },
    breathe: async () => undefined,
    ...changes,
  });
  const small = () => work({ scratch: noScratch });

  test('it may get shorter or longer', async () => {
    const file = memoryFile(Buffer.from('a /opt/store b'));
    expect(await relocateTextFile(file, matcher, small())).toBe(true);
    expect(file.contents.toString()).toBe('a /t b');
    const longer = prefixMatcher(new Map([['/t', '/opt/store']]));
    expect(longer && (await relocateTextFile(file, longer, small()))).toBe(true);
    expect(file.contents.toString()).toBe('a /opt/store b');
  });

  test('without a prefix it is not written', async () => {
    const file = memoryFile(Buffer.from('a /opt b'));
    const readOnly = { ...file, size: file.size, write: noScratch };
    expect(await relocateTextFile(readOnly, matcher, small())).toBe(false);
  });

  test('one larger than the window goes through line by line', async () => {
    const line = `${'x'.repeat(70)} /opt/store/zlib-abc ${'y'.repeat(1000)}\n`;
    const count = Math.ceil((17 * 1024 * 1024) / line.length);
    const file = memoryFile(Buffer.from(`${line.repeat(count)}/opt/store`));
    expect(await relocateTextFile(file, matcher, work())).toBe(true);
    const expected = Buffer.from(`${line.replace('/opt/store', '/up').repeat(count)}/t`);
    expect(file.contents.equals(expected)).toBe(true);
  });

  test('a line larger than the window as well', async () => {
    const line = Buffer.concat([Buffer.alloc(17 * 1024 * 1024, 'x '), Buffer.from('/opt/store\n')]);
    const file = memoryFile(line);
    expect(await relocateTextFile(file, matcher, work())).toBe(true);
    expect(file.contents.subarray(-10).toString()).toBe('x x x x /t\n'.slice(-10));
    expect(file.size).toBe(line.length - 8);
  });

  test('a line is looked for its end before it is read, and one of gigabytes is not read', async () => {
    let largest = 0;
    const read = (_: number, length: number) => {
      largest = Math.max(largest, length);
      return Buffer.alloc(length, 'x');
    };
    const endless = { ...memoryFile(Buffer.alloc(0)), size: 2 ** 32, read };
    await expect(relocateTextFile(endless, matcher, work())).rejects.toThrow(
      expect.objectContaining({ code: 'too-large', message: expect.stringContaining('too long a line') }),
    );
    expect(largest).toBe(16 * 1024 * 1024);
  });

  test('one that would become gigabytes, as its old prefixes are so short, is refused', async () => {
    const growing = prefixMatcher(new Map([['/z', `/${'x'.repeat(4000)}`]]));
    const text = (prefixes: number) => memoryFile(Buffer.from('/z:'.repeat(prefixes)));
    const few = text(2000);
    expect(growing && (await relocateTextFile(few, growing, small()))).toBe(true);
    expect(few.contents.toString()).toBe(`/${'x'.repeat(4000)}:`.repeat(2000));
    const hostile = text(40_000);
    await expect(growing && relocateTextFile(hostile, growing, small())).rejects.toThrow(
      expect.objectContaining({
        code: 'too-large',
        message: 'a text file gets far longer when it is relocated',
      }),
    );
    expect(hostile.size).toBe(120_000);
  });

  test('there is a pause between two pieces of a large one, in which it can be stopped', async () => {
    const file = memoryFile(Buffer.alloc(40 * 1024 * 1024, '/opt/store\n'));
    let pauses = 0;
    const breathe = async () => {
      if (++pauses === 3) throw new Error('enough');
    };
    await expect(relocateTextFile(file, matcher, work({ breathe }))).rejects.toThrow('enough');
    expect(file.contents.subarray(0, 11).toString()).toBe('/opt/store\n');
  });

  test('all texts of a package together have a bound on how much longer they get', async () => {
    const growing = prefixMatcher(new Map([['/z', `/${'x'.repeat(99)}`]]));
    const growth = { left: 250 };
    const each = () => memoryFile(Buffer.from('/z:'));
    for (const left of [152, 54]) {
      expect(growing && (await relocateTextFile(each(), growing, work({ growth })))).toBe(true);
      expect(growth.left).toBe(left);
    }
    const third = each();
    await expect(growing && relocateTextFile(third, growing, work({ growth }))).rejects.toThrow(
      expect.objectContaining({
        code: 'too-large',
        facts: expect.objectContaining({ expected: expect.stringContaining('in all texts of a package') }),
      }),
    );
    expect(third.contents.toString()).toBe('/z:');
  });
});
