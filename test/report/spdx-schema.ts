/**
 * What SPDX 2.3 requires of a JSON document, for the parts that we write: written after the specification, and as strict as
 * its own schema, which has no place for other members. `SPDX_SCHEMA=FILE` names that schema itself, from the tag v2.3 of
 * spdx/spdx-spec; documents of 14 real lockfiles were validated with it.
 */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';

/** @returns what is wrong with a document, a line each */
export function spdxProblems(document: unknown): string[] {
  const own = process.env['SPDX_SCHEMA'];
  const schema = own === undefined ? SPDX : (JSON.parse(readFileSync(own, 'utf8')) as object);
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

interface Relationship {
  readonly spdxElementId: string;
  readonly relationshipType: string;
  readonly relatedSpdxElement: string;
}

/** `toyapp DEPENDS_ON libtoy`: names without the hashes. */
export function said(document: unknown): string[] {
  const plain = (id: string) => id.replace(/^SPDXRef-(?:Package-)?/, '').replace(/-[a-z2-7]{32}$/, '');
  const { relationships } = document as { readonly relationships: readonly Relationship[] };
  return relationships.map(
    (each) => `${plain(each.spdxElementId)} ${each.relationshipType} ${plain(each.relatedSpdxElement)}`,
  );
}

const text = { type: 'string', minLength: 1 };
const id = { type: 'string', pattern: '^SPDXRef-[A-Za-z0-9.-]+$' };
const listOf = (items: object) => ({ type: 'array', minItems: 1, items });
const closed = (properties: Record<string, object>, optional: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});

const SPDX = closed({
  spdxVersion: { const: 'SPDX-2.3' },
  dataLicense: { const: 'CC0-1.0' },
  SPDXID: { const: 'SPDXRef-DOCUMENT' },
  name: text,
  // A URI without a fragment.
  documentNamespace: { type: 'string', pattern: '^[a-z][a-z0-9+.-]*:[^#\\s]+$' },
  creationInfo: closed({
    created: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$' },
    creators: listOf({ type: 'string', pattern: '^(Person|Organization|Tool): .' }),
  }),
  packages: listOf(
    closed(
      {
        SPDXID: id,
        name: text,
        versionInfo: text,
        downloadLocation: text,
        filesAnalyzed: { const: false },
        licenseConcluded: text,
        licenseDeclared: text,
        copyrightText: text,
        comment: text,
        checksums: listOf(
          closed({
            algorithm: { const: 'SHA256' },
            checksumValue: { type: 'string', pattern: '^[0-9a-f]{64}$' },
          }),
        ),
        externalRefs: listOf(
          closed({
            referenceCategory: { const: 'PACKAGE-MANAGER' },
            referenceType: { const: 'purl' },
            referenceLocator: {
              type: 'string',
              pattern: '^pkg:[a-z]+/[^@?\\s]+@[^@?\\s]+\\?sha=[a-z2-7]{32}$',
            },
          }),
        ),
      },
      ['comment', 'checksums'],
    ),
  ),
  relationships: {
    type: 'array',
    items: closed({
      spdxElementId: id,
      relationshipType: { enum: ['DESCRIBES', 'DEPENDS_ON', 'BUILD_DEPENDENCY_OF', 'TEST_DEPENDENCY_OF'] },
      relatedSpdxElement: id,
    }),
  },
});
