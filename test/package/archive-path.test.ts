import { posix } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { archivePath, isWithin, parentPath } from '../../src/package/archive-path.ts';

test.each([
  ['a/b', 'a/b'],
  ['a/b/', 'a/b'],
  ['./a//b/./c', 'a/b/c'],
  ['.', ''],
  ['./', ''],
  ['.a/..b/c..', '.a/..b/c..'],
  ['a\\..\\b', 'a\\..\\b'],
])('%j is %j', (path, expected) => {
  expect(archivePath(path)).toBe(expected);
});

test.each(['/', '/etc', '..', '../a', 'a/..', 'a/../b', 'a/b/..', './..', '..//a'])(
  '%j is refused',
  (path) => {
    expect(() => archivePath(path)).toThrow(expect.objectContaining({ code: 'corrupt' }));
  },
);

test('a name longer than any path is refused before it is taken apart', () => {
  expect(() => archivePath('a/'.repeat(100_000))).toThrow(expect.objectContaining({ code: 'too-large' }));
});

test('what is accepted stays below where it starts', () => {
  const component = fc.constantFrom('', '.', '..', 'a', '..a', 'a..', ' ', '\xff');
  fc.assert(
    fc.property(fc.array(component, { minLength: 1, maxLength: 8 }), (components) => {
      const path = components.join('/');
      let result: string;
      try {
        result = archivePath(path);
      } catch {
        expect(path.startsWith('/') || components.includes('..')).toBe(true);
        return;
      }
      expect(posix.join('/root', result).replace(/\/$/, '')).toBe(
        posix.join('/root', path).replace(/\/$/, ''),
      );
    }),
  );
});

test('the parent of a path', () => {
  expect([parentPath('a/b/c'), parentPath('a'), parentPath('')]).toEqual(['a/b', '', '']);
});

test('within goes by components', () => {
  expect(isWithin('a/b', 'a/b')).toBe(true);
  expect(isWithin('a/b/c', 'a/b')).toBe(true);
  expect(isWithin('a/bc', 'a/b')).toBe(false);
  expect(isWithin('anything', '')).toBe(true);
});
