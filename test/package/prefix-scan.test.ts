import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefixScanner } from '../../src/package/prefix-scan.ts';
import { cpuOf } from '../harness/cpu.ts';
import { runs } from '../harness/runs.ts';

const found = (text: string, ...prefixes: string[]) =>
  prefixScanner(prefixes).scan().push(Buffer.from(text, 'latin1'));

describe('a scan', () => {
  it.each([
    ['/opt/store', true],
    ['prefix=/opt/store/lib', true],
    ['-I/opt/store/include', true], // a run of word characters and dashes may come before
    ['xyz-_/opt/store', true],
    ['/x/opt/store', false], // but not after a slash: that is another path
    ['//opt/store', false],
    ['/a-b/opt/store', false],
    ['/a.b/opt/store', true], // the dot ends the run, and no slash is before it
    ['\xe9/opt/store', true], // nor is a byte beyond ASCII a word character
    ['/\xe9/opt/store', true],
    ['/opt/storeroom', true], // there is no boundary on the right
    ['/opt/stor', false],
    ['/x/opt/store /opt/store', true],
    ['', false],
  ])('of %j is %s', (text, expected) => {
    expect(found(text, '/opt/store')).toBe(expected);
  });

  it('looks for each of several prefixes, also for one that extends another', () => {
    expect(found('see /up/stream', '/opt/store', '/up/stream')).toBe(true);
    expect(found('see /opt/store2', '/opt/store/x', '/opt/store', '/up')).toBe(true);
    expect(found('see /opt', '/opt/store', '/up')).toBe(false);
    expect(found('anything')).toBe(false);
  });

  it('agrees with the regular expression, however the file is cut', () => {
    const prefixes = ['/o/s', '/o/s/p-1', '/u/ss', '/o/s/p', '/o/t'];
    const piece = fc.constantFrom(
      ...prefixes,
      '/',
      '/o',
      '/s',
      '/u',
      'x',
      '-',
      '_',
      ' ',
      '.',
      '\n',
      '\xe9',
      's',
      'p',
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...prefixes), { minLength: 1 }),
        fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join('')),
        fc.array(fc.nat(8), { maxLength: 20 }),
        (wanted, text, cuts) => {
          const escaped = wanted.map((prefix) => prefix.replace(/[-/]/g, '\\$&'));
          const expression = new RegExp(`(?<![\\w\\-/])([\\w\\-]*?)(${escaped.join('|')})`);
          const scan = prefixScanner(wanted).scan();
          const bytes = Buffer.from(text, 'latin1');
          let at = 0;
          for (const cut of cuts) {
            scan.push(bytes.subarray(at, at + cut));
            at += cut;
          }
          expect(scan.push(bytes.subarray(at))).toBe(expression.test(text));
        },
      ),
      { numRuns: runs(2000) },
    );
  });

  it('takes time linear in what an adversary writes', () => {
    const text = `${'x'.repeat(1 << 20)}${'/o/s'.repeat(1 << 18)}`;
    const seconds = cpuOf(() => expect(found(`/${text}`, '/o/s')).toBe(false));
    expect(seconds).toBeLessThan(2);
  });
});

describe('startsWithPrefix', () => {
  it('wants the prefix at the very start of the target', () => {
    const scanner = prefixScanner(['/opt/store']);
    const starts = (target: string) => scanner.startsWithPrefix(Buffer.from(target));
    expect(starts('/opt/store/lib')).toBe(true);
    expect(starts('/opt/storeroom')).toBe(true);
    expect(starts('/opt')).toBe(false);
    expect(starts(' /opt/store')).toBe(false);
    expect(starts('../opt/store')).toBe(false);
  });
});
