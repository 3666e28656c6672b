/**
 * A software bill of materials: an SPDX 2.3 document in JSON about concrete specs. The same specs and digests always give
 * the same document, but for the time that is handed in. Spack's recipes know licences and download locations; a
 * concrete spec does not have them, so nothing is asserted about these.
 */
import { createHash } from 'node:crypto';
import type { JsonObject } from '../core/json.ts';
import type { DepType, SpecNode } from '../spec/node.ts';

export interface SbomContent {
  /** What the document is about: a name for people. */
  readonly name: string;
  /** In any order, each once. Dependencies that are not among them are left out. */
  readonly specs: readonly SpecNode[];
  /** Hashes of the specs that the document describes; the others are what these need. */
  readonly roots: ReadonlySet<string>;
  /** SHA-256 of the compressed tarballs, by hash, as far as they are known. */
  readonly digests: ReadonlyMap<string, string>;
  readonly created: Date;
}

/** The text of the document, its newline included. */
export function spdxText(content: SbomContent): string {
  return `${JSON.stringify(spdxDocument(content), null, 2)}\n`;
}

export function spdxDocument({ name, specs, roots, digests, created }: SbomContent): JsonObject {
  const sorted = specs.toSorted((a, b) => compare(a.name, b.name) || compare(a.hash, b.hash));
  const known = new Map(sorted.map((spec) => [spec.hash, idOf(spec)]));
  const about = {
    name,
    packages: sorted.map((spec) => packageOf(spec, digests.get(spec.hash))),
    relationships: [
      ...sorted
        .filter(({ hash }) => roots.has(hash))
        .map((spec) => relationship(DOCUMENT, 'DESCRIBES', idOf(spec))),
      ...sorted.flatMap((spec) => dependenciesOf(spec, known)),
    ],
  };
  // The namespace names the content: the same content is the same document.
  const digest = createHash('sha256').update(JSON.stringify(about)).digest('hex');
  return {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: DOCUMENT,
    name,
    documentNamespace: `https://spdx.org/spdxdocs/buildcache-${digest}`,
    creationInfo: {
      created: `${created.toISOString().slice(0, 19)}Z`,
      creators: ['Tool: buildcache-action'],
    },
    packages: about.packages,
    relationships: about.relationships,
  };
}

const DOCUMENT = 'SPDXRef-DOCUMENT';

function packageOf(spec: SpecNode, sha256: string | undefined): JsonObject {
  return {
    SPDXID: idOf(spec),
    name: spec.name,
    versionInfo: spec.version,
    downloadLocation: 'NOASSERTION',
    filesAnalyzed: false,
    licenseConcluded: 'NOASSERTION',
    licenseDeclared: 'NOASSERTION',
    copyrightText: 'NOASSERTION',
    ...(spec.external === undefined
      ? {}
      : { comment: 'external: not built by Spack, and not in its install tree' }),
    ...(sha256 === undefined ? {} : { checksums: [{ algorithm: 'SHA256', checksumValue: sha256 }] }),
    externalRefs: [
      { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: packageUrl(spec) },
    ],
  };
}

/**
 * The type `spack` is proposed to the package URL specification (pull request 898 there) and not registered yet. Readers
 * that do not know a type take it as it is.
 */
function packageUrl({ namespace, name, version, hash }: SpecNode): string {
  // A segment of a package URL is not empty.
  const namespaces = (namespace?.split('.') ?? []).filter((part) => part !== '');
  const parts = ['spack', ...namespaces, name].map(percentEncoded);
  return `pkg:${parts.join('/')}@${percentEncoded(version)}?sha=${hash}`;
}

/** In a package URL a colon stays as it is. Half of a surrogate pair, which no URL can hold, becomes U+FFFD. */
function percentEncoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'))
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%3A', ':');
}

/** An identifier may have letters, digits, dots and dashes. The hash makes it unique. */
function idOf({ name, hash }: Pick<SpecNode, 'name' | 'hash'>): string {
  return `SPDXRef-Package-${name.replace(/[^A-Za-z0-9.-]/g, '-')}-${hash}`;
}

function dependenciesOf(spec: SpecNode, known: ReadonlyMap<string, string>): JsonObject[] {
  const edges = spec.dependencies.flatMap(({ hash, deptypes }) => {
    const id = known.get(hash);
    return id === undefined ? [] : kindsOf(deptypes).map((kind) => [`${id} ${kind}`, { id, kind }] as const);
  });
  // A spec may have several edges to the same one.
  return [...new Map(edges).values()]
    .toSorted((a, b) => compare(a.id, b.id) || compare(a.kind, b.kind))
    .map(({ id, kind }) =>
      kind === 'DEPENDS_ON' ? relationship(idOf(spec), kind, id) : relationship(id, kind, idOf(spec)),
    );
}

/** What is linked or run is needed. What is only built or tested with is not part of what runs. */
function kindsOf(deptypes: readonly DepType[]): string[] {
  if (deptypes.includes('link') || deptypes.includes('run')) return ['DEPENDS_ON'];
  return deptypes.map((type) => (type === 'test' ? 'TEST_DEPENDENCY_OF' : 'BUILD_DEPENDENCY_OF'));
}

function relationship(from: string, kind: string, to: string): JsonObject {
  return { spdxElementId: from, relationshipType: kind, relatedSpdxElement: to };
}

/** By code points: an order that is the same in every language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
