import { describe, expect, it } from 'vitest';
import type { Layout } from '../../../src/cache/entries.ts';
import { specTag } from '../../../src/cache/oci/tags.ts';
import {
  entryPlace,
  entryUrl,
  mirrorBase,
  nameInPlace,
  parseEntryUrl,
} from '../../../src/cache/reading/entry-url.ts';
import { built, fixtureGraph } from '../mirror-fixture.ts';

const graph = fixtureGraph('1.2');
const HASH = 'abcdefghijklmnopqrstuvwxyz234567';

describe('the URL of an entry', () => {
  it.each([
    ['file:///srv/cache/', 'v3'],
    ['s3://bucket/a/b', 'v3'],
    ['https://user:secret@host:8443/cache', 'v2'],
    ['oci://host:5000/name/space', 'oci'],
    ['oci+http://host/x', 'oci'],
  ] as const)('of %s (%s) leads back', (url, layout: Layout) => {
    for (const spec of built(graph)) {
      const place = entryPlace(url, layout, spec, graph.nodes, true);
      const text = entryUrl(place);
      expect(text).not.toContain('secret');
      expect(parseEntryUrl(text)).toEqual(place);
      if (layout === 'v3') expect(nameInPlace(place)).toEqual({ ...nameOf(spec) });
    }
  });

  it.each([
    'zlib-1.3-abcdefghijklmnopqrstuvwxyz234567.spec.manifest.json',
    `/srv/cache/v3/manifests/spec/zlib/zlib-1.3-${HASH}.spec.manifest.json`,
    `s3://bucket/v3/manifests/index/index.manifest.json`,
    `s3://bucket/v3/manifests/spec/zlib/../zlib-1.3-${HASH}.spec.manifest.json`,
    `s3://bucket/v3/manifests/spec/../zlib-1.3-${HASH}.spec.manifest.json`,
    `s3://bucket/v3/manifests/spec/zlib/zlib-1.3-${HASH.toUpperCase()}.spec.manifest.json?x=1`,
    `s3://bucket/build_cache/linux/zlib-1.3-${HASH}.spec.json`,
    `oci://host/name:zlib-1.3-${HASH}.spack/more`,
    '',
  ])('is not %j', (text) => {
    expect(parseEntryUrl(text)).toBeUndefined();
  });

  it('is the same for a registry however its name is written', () => {
    const [spec] = built(graph);
    if (spec === undefined) throw new Error('no spec');
    const [one, other] = ['oci://GHCR.io/Org/Cache/', 'oci://ghcr.io/org/cache'].map((url) =>
      entryUrl(entryPlace(url, 'oci', spec, graph.nodes, false)),
    );
    expect(one).toBe(other);
    expect(parseEntryUrl(`oci://GHCR.io/Org/Cache:${specTag(spec)}`)?.mirror).toBe('oci://ghcr.io/org/cache');
    expect(mirrorBase('s3://Bucket/A/')).toBe('s3://Bucket/A');
  });

  it('does not take an entry of another name for one', () => {
    const url = `s3://bucket/v3/manifests/spec/zlib/other-1.3-${HASH}.spec.manifest.json`;
    const place = parseEntryUrl(url);
    expect(place === undefined ? 'nowhere' : nameInPlace(place)).toBeUndefined();
  });
});

function nameOf({ name, version, hash }: { name: string; version: string; hash: string }) {
  return { name, version, hash };
}
