import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { buildInfoLine, yamlScalar } from '../../src/package/build-info.ts';
import { runs } from '../harness/runs.ts';

describe('yamlScalar', () => {
  // What Spack's emitter makes of these, apart from the last group.
  it.each([
    ['', "''"],
    ['lib/libz.so.1', 'lib/libz.so.1'],
    ['a b', 'a b'],
    ['toyé.py', 'toyé.py'],
    ['😀', '😀'],
    [' a', "' a'"],
    ['a ', "'a '"],
    ['a,b', "'a,b'"],
    ['[a]', "'[a]'"],
    ['a{b', "'a{b'"],
    ['a:b', 'a:b'],
    [':a', ':a'],
    ['a: b', "'a: b'"],
    ['a:', "'a:'"],
    ['a#b', 'a#b'],
    ['a #b', "'a #b'"],
    ['#a', "'#a'"],
    ['-', "'-'"],
    ['- a', "'- a'"],
    ['-a', '-a'],
    ['?', "'?'"],
    ['?a', '?a'],
    ['---a', "'---a'"],
    ['...', "'...'"],
    ['@a', "'@a'"],
    ['`a', "'`a'"],
    ["with space & 'quote'.txt", "with space & 'quote'.txt"],
    ["'a'", '"\'a\'"'],
    ["it's, so", '"it\'s, so"'],
    ['a"b', 'a"b'],
    ['a\\b', 'a\\b'],
    ['"a\\b"', '\'"a\\b"\''],
    ['true', "'true'"],
    ['yes', 'yes'],
    ['~', "'~'"],
    ['Null', "'Null'"],
    ['=', "'='"],
    ['<<', "'<<'"],
    ['0', "'0'"],
    ['1_000', "'1_000'"],
    ['0x1F', "'0x1F'"],
    ['0o17', "'0o17'"],
    ['+o7', '+o7'],
    ['1.', "'1.'"],
    ['.5', "'.5'"],
    ['1e5', "'1e5'"],
    ['1.2.3', '1.2.3'],
    ['-.inf', "'-.inf'"],
    ['.nan', "'.nan'"],
    ['2001-01-01', "'2001-01-01'"],
    ['2001-1-1 1:00:00 +01:00', "'2001-1-1 1:00:00 +01:00'"],
    ['a\tb', '"a\\tb"'],
    ['a\nb', '"a\\nb"'],
    ['a"\u0001', '"a\\"\\x01"'],
    ['é\u007f', '"é\\x7F"'],
    ['😀\u0000', '"\\U0001F600\\0"'],
    ['a\udcff', '"a\\uDCFF"'],
    ['\ufeff', '"\\uFEFF"'],
    // Spack leaves the first two plain and breaks the line of the others, none of which reads back everywhere.
    [': a', "': a'"],
    ['? a', "'? a'"],
    ['a\u2028b', '"a\\Lb"'],
    ['a\u0085b', '"a\\Nb"'],
  ])('%j is %s', (text, expected) => {
    expect(yamlScalar(text)).toBe(expected);
  });

  it('is read back as the same string, on one line', () => {
    const character = fc.constantFrom(
      ...'ab :#-?,[]{}\'"\\10.e+_o~=<\t\n/&*!|>%@`é😀\u0085\u2028\u0001\u00a0'.split(''),
      'null',
      'true',
      '\udc81',
      '0x',
      '2001-01-01',
    );
    const text = fc.oneof(
      fc.array(character, { maxLength: 7 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (value) => {
        // The one form Spack writes plain, reading it as a string, that the yaml package takes for a number.
        fc.pre(!/^[-+]?\.\d+[eE]\d+$/.test(value));
        const line = `{k: [${yamlScalar(value)}], ${yamlScalar(value)}: 1}`;
        expect(line).not.toContain('\n');
        expect(parse(`{k: [${yamlScalar(value)}]}`)).toEqual({ k: [value] });
        // As a key, like a hash.
        expect(Object.keys(parse(`{${yamlScalar(value)}: 1}`))).toEqual([value]);
      }),
      { numRuns: runs(3000) },
    );
  });
});

describe('buildInfoLine', () => {
  it('has its keys in the order of Spack 1.x, on one line', () => {
    const line = buildInfoLine({
      sbangInstallPath: '/s/bin/sbang',
      buildpath: '/s/pad',
      spackprefix: '/opt/spack',
      relativePrefix: 'l/a-1',
      hashToPrefix: [
        ['b', '/s/pad/l/b'],
        ['a', '/s/pad/l/a'],
      ],
      relocateBinaries: ['bin/x'],
      relocateLinks: [],
      relocateTextfiles: ['a, b', 'c'],
    });
    expect(line).toBe(
      '{sbang_install_path: /s/bin/sbang, buildpath: /s/pad, spackprefix: /opt/spack, relative_prefix: l/a-1, ' +
        'hardlinks_deduped: true, hash_to_prefix: {b: /s/pad/l/b, a: /s/pad/l/a}, relocate_binaries: [bin/x], ' +
        "relocate_links: [], relocate_textfiles: ['a, b', c]}\n",
    );
  });
});
