import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePath, joinPath, sortByName } from '../../src/package/path-bytes.ts';

describe('decodePath', () => {
  it.each([
    ['746f79c3a9', 'toyé'],
    ['ff', '\udcff'],
    ['61e28241', 'a\udce2\udc82A'], // a sequence cut short: each of its bytes on its own
    ['eda080', '\udced\udca0\udc80'], // an encoded surrogate is no UTF-8
    ['c080', '\udcc0\udc80'], // nor is an overlong form
    ['f09f9880ff', '😀\udcff'],
    ['f09f98', '\udcf0\udc9f\udc98'],
  ])('reads %s as Python does', (hex, text) => {
    expect(decodePath(Buffer.from(hex, 'hex'))).toBe(text);
  });

  it('loses nothing: different bytes are different texts', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        const text = decodePath(Buffer.from(bytes));
        const back = Array.from(text, (character) => {
          const code = character.codePointAt(0) ?? 0;
          return code >= 0xdc80 && code <= 0xdcff ? Buffer.from([code - 0xdc00]) : Buffer.from(character);
        });
        expect(Buffer.concat(back)).toEqual(Buffer.from(bytes));
      }),
    );
  });
});

describe('sortByName', () => {
  const sorted = (...names: (string | Buffer)[]) =>
    sortByName(names.map((name) => ({ name: Buffer.from(name) }))).map((entry) => decodePath(entry.name));

  it('goes by code points', () => {
    expect(sorted('b', 'a.b', 'a', 'B', 'é', '😀', '\uffee', '-')).toEqual([
      '-',
      'B',
      'a',
      'a.b',
      'b',
      'é',
      '\uffee',
      '😀',
    ]);
  });

  it('puts a byte that is not UTF-8 at its surrogate, behind letters whose first byte is larger', () => {
    expect(sorted(Buffer.from([0x80]), 'é', '\uffee', 'a', 'aa')).toEqual([
      'a',
      'aa',
      'é',
      '\udc80',
      '\uffee',
    ]);
  });
});

describe('joinPath', () => {
  it('puts a slash between two names and none beside an empty one', () => {
    const join = (a: string, b: string) => joinPath(Buffer.from(a), Buffer.from(b)).toString();
    expect([join('a/b', 'c'), join('', 'c'), join('a', '')]).toEqual(['a/b/c', 'c', 'a']);
  });
});
