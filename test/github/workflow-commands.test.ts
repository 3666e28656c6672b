import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  addMask,
  annotation,
  debug,
  endGroup,
  group,
  inert,
  plain,
  singleLine,
  visible,
} from '../../src/github/workflow-commands.ts';
import { parseCommand, readCommands } from '../harness/runner-commands.ts';
import { createMasker } from '../harness/runner-masks.ts';
import { splitLines } from '../harness/runner-process.ts';
import { runs } from '../harness/runs.ts';

/** Everything a hostile name may bring; joined at random in the property tests. */
const pieces = [
  ':: ##[ ] : # [ %0A %0D %25 %3A , = \\ error add-mask stop-commands zlib@1.3 é 😀'.split(' '),
  [' ', '\t', '\n', '\r', '\r\n', '\0', '\x1b[31m', '\x85', '\u00a0', '\u2028', 'set-output name=x'],
  ['\u200b', '\u200d', '\u00ad', '\ufeff', '\ufe0f', '\u202e', '\u0488', '\u0301'],
].flat();
const hostile = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''));

/** What the runner makes of text that is printed. */
function carriedOut(text: string) {
  const reader = readCommands(createMasker());
  const lines = splitLines((line) => reader.line(line));
  lines.write(Buffer.from(`${text}\n`));
  lines.end();
  return reader;
}

test('what the command line prints in a job is never a command, and a document stays the same', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(carriedOut(inert(text)).commands).toEqual([]);
      for (const space of [0, 2]) {
        const json = inert(JSON.stringify({ [text]: [text] }, null, space));
        expect(carriedOut(json).commands).toEqual([]);
        expect(JSON.parse(json)).toEqual({ [text]: [text] });
      }
    }),
    { numRuns: runs(300) },
  );
  for (const name of ['', 'vso', 'v\u200bso\u200b', '\u200bVSO', 'teamcity'])
    expect(inert(`##${name}[x]`)).toBe(`##${name}\\u005bx]`);
  for (const pattern of ['REF##release[-_]', 'REF##v[0-9]', '##vs[', '#vso['])
    expect(inert(pattern)).toBe(pattern);
  const start = performance.now();
  for (const run of [' ', '\n', '\u2028', '\u200b', ':', '#', '#\u200b', ':\u200b', '##a', 'a'])
    inert(run.repeat(300_000));
  expect(performance.now() - start).toBeLessThan(20_000);
});

describe('plain', () => {
  it.each([
    ['::error::x', '\\::error::x'],
    ['  ::set-output name=a::b', '  \\::set-output name=a::b'],
    ['a\n::error::x\nb', 'a\n\\::error::x\nb'],
    ['a\r::error::x', 'a\\x0d::error::x'],
    ['a\r\n::error::x', 'a\n\\::error::x'],
    ['see ##[error]x', 'see ##\\[error]x'],
    ['##[group]##[endgroup]', '##\\[group]##\\[endgroup]'],
    ['\u200b::error::x', '\\u{200b}::error::x'],
    [':\u200d:error::x', ':\\u{200d}:error::x'],
    ['\ud800::error::x', '\\u{d800}::error::x'],
    ['\u0488::error::x', '\u0488\\::error::x'],
    ['#\u0488#[error]x', '#\u0488#\\[error]x'],
    ['%0A::error::x', '%0A::error::x'],
    ['zlib@1.3 a::b [x] # :', 'zlib@1.3 a::b [x] # :'],
  ])('%j is printed as %j', (text, expected) => {
    expect(plain(text)).toBe(expected);
    expect(carriedOut(plain(text)).commands).toEqual([]);
  });

  it('never lets a command through, and need not be counted', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const safe = plain(text);
        expect(carriedOut(safe).commands).toEqual([]);
        expect(plain(safe)).toBe(safe);
        expect(safe).not.toMatch(/\p{Cc}(?<![\t\n])|[\p{Cf}\p{Cs}]/u);
      }),
      { numRuns: runs(2000) },
    );
  });

  it('is needed: the same text unescaped does get through', () => {
    for (const text of ['::error::x', '\u200b::error::x', 'a ##[error]x', 'a\r::error::x']) {
      expect(carriedOut(text).annotations, JSON.stringify(text)).toHaveLength(1);
    }
  });
});

describe('commands', () => {
  it.each([
    [annotation('error', 'a\nb%0A', { title: 't:,\n', file: 'a,b%.yaml', line: 3 }), 'error', 'a\nb%0A'],
    [annotation('warning', '::error::x'), 'warning', '::error::x'],
    [annotation('notice', 'esc \x1b \u202e', { title: '' }), 'notice', 'esc \\x1b \\u{202e}'],
    [group('a\r\n##[error]b'), 'group', 'a\\n##[error]b'],
    [endGroup(), 'endgroup', ''],
    [debug('x\ny'), 'debug', 'x\ny'],
  ])('%j', (line, name, data) => {
    expect(line).not.toMatch(/[\r\n]/);
    expect(parseCommand(line)).toMatchObject({ name, data });
  });

  it('carry their properties and nothing else', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (message, title, file) => {
        const line = annotation('error', message, { title, file, line: 7 });
        const [shown, ...others] = carriedOut(line).annotations;
        expect(others).toEqual([]);
        expect(shown).toMatchObject({
          level: 'error',
          message: visible(message).slice(0, 4096),
          line: '7',
        });
        expect(shown?.title ?? '').toBe(singleLine(title));
        expect(shown?.file ?? '').toBe(file);
      }),
      { numRuns: runs(500) },
    );
  });

  it('mask a secret exactly as it is', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const secret = `${text}s3cr3t-s3cr3t`;
        expect(parseCommand(addMask(secret) ?? '')).toMatchObject({ name: 'add-mask', data: secret });
      }),
    );
  });

  it.each(['', '  ', 'ci', 'admin', 'true', '1234567', 'minioadmin', 'anonymous', 'Production', '20261129'])(
    'do not mask %j, which stands everywhere',
    (value) => expect(addMask(value)).toBeUndefined(),
  );

  it.each(['hunter-2', 'h4nter22', 'correcthorsebattery', 'AKIAIOSFODNN7EXAMPLE', '1234567890123456'])(
    'mask %s',
    (value) => expect(addMask(value)).toBe(`::add-mask::${value}`),
  );
});
