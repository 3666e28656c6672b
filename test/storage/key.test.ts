import { join, relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkKey, checkPrefix, encodeKey, isKey } from '../../src/storage/key.ts';

/** Strings made of what keys go wrong by. */
const nasty = fc
  .array(fc.constantFrom('a', '.', '..', '/', '\0', '\\', '%', '%2e%2e', '+', ' ', 'é', '\ud800', '\u202e'))
  .map((parts) => parts.join(''));

describe('a key', () => {
  it('that passes stays below its root, as a path and as a URL', () => {
    fc.assert(
      fc.property(nasty, (key) => {
        fc.pre(isKey(key));
        expect(relative('/root', join('/root', key))).toBe(key);
        const url = new URL(`https://host/root/${encodeKey(key)}`);
        expect(decodeURIComponent(url.pathname)).toBe(`/root/${key}`);
        expect(url.search + url.hash).toBe('');
      }),
    );
  });

  it('is refused by an error of one line or not at all', () => {
    fc.assert(
      fc.property(nasty, (key) => {
        if (isKey(key)) return checkKey(key);
        expect(() => checkKey(key)).toThrow(expect.objectContaining({ code: 'bad-input' }));
      }),
    );
  });

  it('has prefixes, none of which is refused', () => {
    fc.assert(
      fc.property(nasty, fc.nat(20), (key, length) => {
        fc.pre(isKey(key));
        const prefix = [...key].slice(0, length).join('');
        expect(() => checkPrefix(prefix)).not.toThrow();
      }),
    );
  });

  it.each(['/a', 'a//', '../a', 'a/../', 'a\0'])('never starts with %j', (prefix) => {
    expect(() => checkPrefix(prefix)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
