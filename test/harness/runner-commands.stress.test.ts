import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCommand, readCommands } from './runner-commands.ts';
import { createMasker } from './runner-masks.ts';
import { splitLines } from './runner-process.ts';

describe('parseCommand', () => {
  it.each([
    ['::error::x', 'error', 'x'],
    ['\t \u00a0\u2003::ERROR::x::y', 'error', 'x::y'],
    ['::error file=a,line=1,,title=::x', 'error', 'x'],
    ['a ##[error]x', 'error', 'x'],
    ['###[error a=1;b=2]x%5D%3B', 'error', 'x];'],
    ['\u200b::error::x', 'error', 'x'],
    [':\u200d:error:\u00ad:x', 'error', 'x'],
    ['#\u0000#\ufe0f[error]x', 'error', 'x'],
    ['::nothing::##[error]x', 'error', 'x'],
    ['::set-output name=a::b%250A', 'set-output', 'b%0A'],
  ])('%j is a command', (line, name, data) => {
    expect(parseCommand(line)).toMatchObject({ name, data });
  });

  it.each([
    'error::x',
    'a ::error::x',
    '::error x',
    ':error::x',
    '::erro r::x',
    '##(error]x',
    '##[errors]x',
    '\\::error::x',
    '',
  ])('%j is none', (line) => {
    expect(parseCommand(line)).toBeUndefined();
  });

  it('reads properties', () => {
    const properties = parseCommand('::error  file=a%2Cb,line=1,=x,y=,title=a%3A=b::x')?.properties;
    expect(Object.fromEntries(properties ?? [])).toEqual({ file: 'a,b', line: '1', title: 'a:=b' });
  });
});

describe('stop-commands', () => {
  it('stops until its token comes', () => {
    const reader = readCommands(createMasker());
    for (const line of ['::stop-commands::t0ken', '::error::no', '##[t0keN]', '::error::yes'])
      reader.line(line);
    expect(reader.annotations.map((a) => a.message)).toEqual(['yes']);
  });

  it.each(['', 'error', 'pause-logging'])('refuses the token %j', (token) => {
    const reader = readCommands(createMasker());
    reader.line(`::stop-commands::${token}`);
    reader.line('::notice::still on');
    expect([reader.failed(), reader.annotations.at(-1)?.level]).toEqual([true, 'notice']);
  });
});

it('refuses set-env and add-path, warns of set-output and save-state', () => {
  const reader = readCommands(createMasker());
  reader.line('::set-output name=a::1');
  reader.line('::save-state name=b::2');
  expect([[...reader.outputs], [...reader.state], reader.failed()]).toEqual([
    [['a', '1']],
    [['b', '2']],
    false,
  ]);
  reader.line('::set-env name=PATH::/evil');
  reader.line('::add-path::/evil');
  expect(reader.annotations.map((a) => a.level)).toEqual(['warning', 'warning', 'error', 'error']);
  expect(reader.failed()).toBe(true);
  expect(reader.commands.map((c) => c.name)).toEqual(['set-output', 'save-state', 'set-env', 'add-path']);
});

describe('masks', () => {
  it('cover the usual encodings, each line, and overlaps', () => {
    const masker = createMasker();
    const secret = `p"a's<s&w ü`;
    masker.add(secret);
    const b64 = (text: string) => Buffer.from(text).toString('base64');
    for (const form of [
      secret,
      b64(secret),
      b64(secret.slice(1)),
      JSON.stringify(secret).slice(1, -1),
      'p%22a%27s%3Cs%26w%20%C3%BC',
      'p&quot;a&apos;s&lt;s&amp;w ü',
    ]) {
      expect(masker.mask(`<${form}>`), form).toBe('<***>');
    }
    masker.add('aba');
    expect(masker.mask('xababax')).toBe('x***x');
    masker.add('  ');
    expect(masker.mask('a  b')).toBe('a  b');
  });
});

it('splitLines: whatever the chunks, the lines are those of the whole', () => {
  const text = fc.array(fc.constantFrom('a', 'é', '\r', '\n', '\r\n', '😀')).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.array(fc.nat(40)), (whole, cuts) => {
      const bytes = Buffer.from(whole);
      const lines: string[] = [];
      const split = splitLines((line) => lines.push(line));
      const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
      at.slice(1).forEach((end, i) => {
        split.write(bytes.subarray(at[i], end));
      });
      split.end();
      const expected = whole.split(/\r\n|\r|\n/);
      if (expected.at(-1) === '') expected.pop();
      expect(lines).toEqual(expected);
    }),
  );
});
