import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { couldBeTagOf, hashInTag, INDEX_TAG, isReservedTag, specTag } from '../../../src/cache/oci/tags.ts';
import { built, fixtureGraph } from '../mirror-fixture.ts';
import { SPACK_SAYS, spackTags } from '../registry-fixture.ts';

const HASH = 'abcdefghijklmnopqrstuvwxyz234567';

describe('tags', () => {
  it("are Spack's", () => {
    const nodes = built(fixtureGraph('1.2'));
    for (const node of nodes) expect(specTag(node)).toBe(SPACK_SAYS[node.hash]?.oci_tag);
    expect(spackTags().sort()).toEqual([...nodes.map(specTag), INDEX_TAG].sort());
  });

  it('lead back to the hash and the package, however long', () => {
    const part = fc.stringMatching(/^[a-z0-9=./+-]{1,120}$/);
    fc.assert(
      fc.property(part, part, (name, version) => {
        const tag = specTag({ name, version, hash: HASH });
        expect(tag).toMatch(/^[\w.-]{1,128}$/);
        expect(hashInTag(tag)).toBe(HASH);
        expect(couldBeTagOf(tag, name)).toBe(true);
        expect(isReservedTag(tag)).toBe(true);
      }),
    );
    expect(couldBeTagOf(specTag({ name: 'zlib-ng', version: '2', hash: HASH }), 'zlib-n')).toBe(false);
  });

  it('of other things are no specs', () => {
    for (const tag of [INDEX_TAG, 'latest', `sha256-${'a'.repeat(64)}`, `x-${HASH.toUpperCase()}.spack`]) {
      expect(hashInTag(tag)).toBeUndefined();
    }
    const reserved = [INDEX_TAG, `sha256-${'a'.repeat(64)}`, 'latest', 'sha256-abc'].map(isReservedTag);
    expect(reserved).toEqual([true, true, false, false]);
  });
});
