import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteString, byteStringOf, bytesOf, fsPath, printable } from '../../src/package/byte-string.ts';

test('bytes survive the trip, whatever they are', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(bytesOf(byteString(Buffer.from(bytes)))).toEqual(Buffer.from(bytes));
    }),
  );
});

test('text is UTF-8, and lone surrogates are the bytes Python escaped', () => {
  expect(bytesOf(byteStringOf('aé日'))).toEqual(Buffer.from('aé日'));
  expect(bytesOf(byteStringOf('x\udcff\udc80é'))).toEqual(Buffer.from([0x78, 0xff, 0x80, 0xc3, 0xa9]));
});

test('a path is text for the file system only where that loses nothing', () => {
  expect(fsPath('plain/path')).toBe('plain/path');
  expect(fsPath('caf\xc3\xa9')).toEqual(Buffer.from('café'));
  expect(fsPath('\xff')).toEqual(Buffer.from([0xff]));
});

test('messages read names as UTF-8', () => {
  expect(printable('caf\xc3\xa9')).toBe('café');
});
