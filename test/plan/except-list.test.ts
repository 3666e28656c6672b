import { describe, expect, it } from 'vitest';
import { parseExceptList } from '../../src/plan/except-list.ts';

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);

describe('what the other side has', () => {
  it.each([
    ['bundle list', `zlib@1.3 /${A}\nhdf5@1.14.5+x /${B}\n`, [A, B]],
    [
      'list -L, in its groups',
      `-- linux-debian12-x86_64_v3 / gcc@12 ----\n${A} zlib@1.3\n\n-- linux / none --\n${B} py-x@2 [m]\n`,
      [A, B],
    ],
    ['a list of hashes, as prune keeps them', `# ours\n${A}\n/${B} # why\n`, [A, B]],
    ['list --json', JSON.stringify([{ name: 'zlib', hash: A }]), [A]],
    ['bundle list --json', `\n${JSON.stringify({ version: 1, specs: [{ hash: B }] })}`, [B]],
    ['nothing', '', []],
    ['no spec', '[]', []],
  ])('%s', (_, text, expected) => {
    expect([...parseExceptList(text, 'has')]).toEqual(expected);
  });

  it.each([
    ['short hashes', 'abcdefg zlib@1.3', /line 1 of the list/],
    ['no hashes', `zlib@1.3 /${A}\nzlib@1.3`, /line 2/],
    ['a hash that goes on', `zlib@1.3 /${A}${A}`, /line 1/],
    ['a message', 'error: no such mirror', /line 1/],
    ['JSON that is cut short', '[{"hash":', /its JSON/],
    ['JSON of something else', '{"version":1}', /its JSON/],
    ['a spec without a hash', JSON.stringify([{ hash: A }, { name: 'zlib' }]), /spec 2/],
  ])('refuses %s, since what was wrongly left out would be missed', (_, text, said) => {
    expect(() => parseExceptList(text, 'has')).toThrow(said);
  });
});
