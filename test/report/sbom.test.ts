import { expect, test } from 'vitest';
import { spdxDocument, spdxText } from '../../src/report/sbom.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import { fixtureGraph } from '../cache/mirror-fixture.ts';
import { said, spdxProblems } from './spdx-schema.ts';

const graph = fixtureGraph('1.2');
const specs = [...graph.nodes.values()];
const DIGEST = 'ab'.repeat(32);
const CONTENT = {
  name: 'env',
  specs,
  roots: new Set(graph.roots.map(({ hash }) => hash)),
  digests: new Map(specs.filter(({ external }) => external === undefined).map(({ hash }) => [hash, DIGEST])),
  created: new Date('2026-11-29T16:00:00.9Z'),
};

test('a document is valid SPDX 2.3, with a package URL and a digest for each spec that has a tarball', () => {
  const document = spdxDocument(CONTENT);
  expect(spdxProblems(document)).toEqual([]);
  expect(document).toMatchObject({ creationInfo: { created: '2026-11-29T16:00:00Z' } });
  const packages = document['packages'] as readonly Record<string, unknown>[];
  const zlib = packages.find(({ name }) => name === 'zlib-toy');
  expect(zlib).toMatchObject({
    versionInfo: '1.3.1',
    checksums: [{ algorithm: 'SHA256', checksumValue: DIGEST }],
    externalRefs: [{ referenceLocator: 'pkg:spack/toy/zlib-toy@1.3.1?sha=ho3jsm3l5abkyjol5qpa6tojdouuj33m' }],
  });
  const glibc = packages.find(({ name }) => name === 'glibc');
  expect(glibc).toMatchObject({ comment: expect.stringContaining('external') });
  expect(glibc).not.toHaveProperty('checksums');
});

test('relationships are the edges: what runs depends on what it links and runs, and was built with the rest', () => {
  const lines = said(spdxDocument(CONTENT));
  expect(lines).toContain('DOCUMENT DESCRIBES toyapp');
  expect(lines).toContain('toyapp DEPENDS_ON libtoy');
  expect(lines).toContain('gcc BUILD_DEPENDENCY_OF toyapp');
  expect(lines).not.toContain('toyapp DEPENDS_ON gcc');
  expect(new Set(lines).size).toBe(lines.length);
  // What is not in the document is not related to anything.
  const few = specs.filter(({ name }) => name === 'toyapp');
  expect(said(spdxDocument({ ...CONTENT, specs: few }))).toEqual(['DOCUMENT DESCRIBES toyapp']);
  const tested = few.map((spec) => ({
    ...spec,
    dependencies: specs.map(({ name, hash }) => ({
      name,
      hash,
      deptypes: ['test'] as const,
      virtuals: [],
      direct: true,
    })),
  }));
  const others = specs.filter(({ name }) => name === 'libtoy');
  expect(said(spdxDocument({ ...CONTENT, specs: [...tested, ...others] }))).toContain(
    'libtoy TEST_DEPENDENCY_OF toyapp',
  );
});

test('each relationship is said once, and a package URL has no empty segment, whatever a lockfile says', () => {
  const hostile = specs.map((spec) => ({
    ...spec,
    namespace: '..a..',
    dependencies: [...spec.dependencies, ...spec.dependencies],
  }));
  const document = spdxDocument({ ...CONTENT, specs: hostile });
  const lines = said(document);
  expect(lines).toEqual(said(spdxDocument(CONTENT)));
  expect(JSON.stringify(document['packages'])).toContain('"pkg:spack/a/zlib-toy@1.3.1?sha=');
});

test('the order of specs and the time change nothing but the time', () => {
  const text = spdxText(CONTENT);
  expect(spdxText({ ...CONTENT, specs: specs.toReversed() })).toBe(text);
  const later = spdxText({ ...CONTENT, created: new Date('2027-01-01T00:00:00Z') });
  expect(later.replace('2027-01-01T00:00:00Z', '2026-11-29T16:00:00Z')).toBe(text);
  const namespace = (content: typeof CONTENT) => spdxDocument(content)['documentNamespace'];
  expect(namespace({ ...CONTENT, digests: new Map() })).not.toBe(namespace(CONTENT));
});

test('names and versions that are no identifiers are still valid, and told apart', () => {
  const [first] = specs;
  if (first === undefined) throw new Error('no spec');
  const odd = (name: string, version: string, hash: string): SpecNode => ({ ...first, name, version, hash });
  const some = [
    odd('py_x', 'git.main=1.0', 'a'.repeat(32)),
    odd('py-x', 'feature/a@b c', 'b'.repeat(32)),
    { ...odd('py-x', '1.0', 'c'.repeat(32)), namespace: 'own.\ud800' },
  ];
  const document = spdxDocument({ ...CONTENT, specs: some });
  expect(spdxProblems(document)).toEqual([]);
  const ids = (document['packages'] as readonly { SPDXID: string }[]).map(({ SPDXID }) => SPDXID);
  expect(new Set(ids).size).toBe(3);
  expect(JSON.stringify(document)).toContain('/py-x@feature%2Fa%40b%20c?sha=');
  expect(JSON.stringify(document)).toContain('pkg:spack/own/%EF%BF%BD/py-x@1.0?sha=');
});

test('the schema is strict: a member that SPDX does not have is found', () => {
  const document = spdxDocument(CONTENT);
  expect(spdxProblems({ ...document, checksum: [] })).not.toEqual([]);
});
