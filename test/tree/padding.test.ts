import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addPadding } from '../../src/tree/padding.ts';
import { withoutPadding } from '../../src/tree/tree-root.ts';

// What Spack 1.2 makes of these.
test.each([
  [8, '/opt/t/_'],
  [10, '/opt/t/__s'],
  [33, '/opt/t/__spack_path_placeholder__'],
  [34, '/opt/t/__spack_path_placeholder___'],
  [40, '/opt/t/__spack_path_placeholder__/__spac'],
  [61, '/opt/t/__spack_path_placeholder__/__spack_path_placeholder___'],
])('/opt/t padded to %i characters', (length, root) => {
  expect(addPadding('/opt/t', length)).toEqual({ root, note: undefined });
});

test('what is too long for it stays as it is, with a note', () => {
  expect(addPadding('/opt/t', 6)).toEqual({ root: '/opt/t', note: undefined });
  for (const length of [1, 5, 7]) {
    const { root, note } = addPadding('/opt/t', length);
    expect([root, note]).toEqual(['/opt/t', `cannot pad /opt/t to ${length} characters: it is 6 long`]);
  }
});

test('padding can be told from the root again, unless it is too short to be known for some', () => {
  fc.assert(
    fc.property(fc.integer({ min: 14, max: 5000 }), (length) => {
      const { root } = addPadding('/opt/t', length);
      expect(root).toHaveLength(length);
      expect(withoutPadding(root)).toBe('/opt/t');
    }),
  );
});
