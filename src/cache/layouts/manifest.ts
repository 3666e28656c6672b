/**
 * Layout 3 manifests: the little documents that name an entry's blobs. Only spec manifests are signed, as
 * OpenPGP cleartext messages at the same path.
 */
import { clearsignedText } from '../../core/clearsigned.ts';
import { isSha256, requireStatedSize } from '../../core/digest.ts';
import { BuildcacheError, errorCode } from '../../core/errors.ts';
import {
  entriesOf,
  isObject,
  isTooDeep,
  type JsonObject,
  kindOf,
  parseJson,
  shown,
  stringifyCompact,
} from '../../core/json.ts';
import { hasTooMuch } from '../../core/json-size.ts';
import { incomplete, incompleteIndex } from '../fetch-document.ts';
import { INDEX_VERSIONS, type IndexVersion } from '../index-version.ts';

/**
 * Media types exactly as Spack writes and matches them. Where a type has several versions: the oldest that we write.
 */
export const MEDIA_TYPE = {
  tarball: 'application/vnd.spack.install.v2.tar+gzip',
  spec: 'application/vnd.spack.spec.v5+json',
  index: 'application/vnd.spack.db.v8+json',
  key: 'application/pgp-keys',
  keyIndex: 'application/vnd.spack.keyindex.v1+json',
} as const;

export type MediaKind = keyof typeof MEDIA_TYPE;

/**
 * The type of a spec file of this format. Spack puts older formats under the type of the fifth, and looks there for
 * them.
 */
export function specMediaType(format: number | undefined): string {
  return format === 6 ? 'application/vnd.spack.spec.v6+json' : MEDIA_TYPE.spec;
}

export function indexMediaType(version: IndexVersion): string {
  return version === 9 ? 'application/vnd.spack.db.v9+json' : MEDIA_TYPE.index;
}

/** The newest version of each type that is read. */
const NEWEST: Readonly<Record<MediaKind, number>> = { tarball: 2, spec: 6, index: 9, key: 0, keyIndex: 1 };

/** One blob a manifest names. */
export interface BlobRecord {
  readonly mediaType: string;
  readonly compression: 'gzip' | 'none';
  readonly sha256: string;
  /** Bytes, as stored. */
  readonly size: number;
}

export interface Manifest {
  readonly records: readonly BlobRecord[];
  /** Whether it is wrapped in a signature, which has not been verified. */
  readonly signed: boolean;
  /** Where the entry was built, as {@link STATEMENT} says; undefined: nothing is said of that. */
  readonly statement?: JsonObject | undefined;
}

/**
 * The member of a manifest that has its in-toto statement. Spack's schema allows other members, and no Spack looks at
 * them. A blob of its own would not do: Spack's `sync` takes only the two blobs it knows along, and its `prune` then
 * removes a manifest that names a third.
 */
const STATEMENT = 'inTotoStatement';

/** The version of the format that we know. A manifest that says it is newer may hold anything. */
const VERSION = 3;

/**
 * @param bytes the manifest as stored, with or without its signature
 * @throws `bad-input` naming the source and what was found; `unsupported` for what only a newer program can read;
 *   `protocol` for an HTML page served with status 200
 */
export function parseManifest(bytes: Uint8Array, source: string): Manifest {
  const { data, signed, statement } = parseDocument(bytes, source);
  const records = data.map((record, i) => parseRecord(record, `data[${i}]`, source));
  for (const { size } of records) requireStatedSize(size, source);
  return statement === undefined ? { records, signed } : { records, signed, statement };
}

export interface IndexManifest {
  /** The indices that we read, the first of each version. */
  readonly indices: ReadonlyMap<IndexVersion, BlobRecord>;
  /** The records of other versions' indices, unchanged: newer programs can read those indices. */
  readonly others: readonly unknown[];
  /** What is wrong with a record that should be one of ours and was left out. */
  readonly problem: unknown;
}

/**
 * Parses an index's manifest, which may name one index of each version. Other records are not looked into.
 * @throws as {@link parseManifest}; `unsupported` where it names something, but no index that we read
 */
export function parseIndexManifest(bytes: Uint8Array, source: string): IndexManifest {
  const { data } = parseDocument(bytes, source);
  const indices = new Map<IndexVersion, BlobRecord>();
  const others: unknown[] = [];
  let problem: unknown;
  const read = (version: IndexVersion, record: unknown, i: number) => {
    try {
      indices.set(version, parseRecord(record, `data[${i}]`, source));
    } catch (error) {
      if (errorCode(error) !== 'bad-input') throw error;
      problem ??= error;
    }
  };
  for (const [i, record] of data.entries()) {
    const version = INDEX_VERSIONS.find((each) => typeOf(record) === indexMediaType(each));
    if (version === undefined) others.push(record);
    else if (!indices.has(version)) read(version, record, i);
  }
  if (indices.size > 0 || problem !== undefined) return { indices, others, problem };
  const older = others.find((record) => isOlderIndex(typeOf(record)));
  if (older !== undefined) {
    read(8, older, data.indexOf(older));
    return { indices, others: others.filter((record) => record !== older), problem };
  }
  const type = typeOf(others.find((record) => typeOf(record) !== undefined));
  if (type === undefined)
    return { indices, others, problem: incompleteIndex(source, 'a record for the index') };
  throw newer(type.slice(0, 80), INDEX_VERSIONS.map(indexMediaType).join(' or '), source);
}

function typeOf(record: unknown): string | undefined {
  const type = isObject(record) ? record['mediaType'] : undefined;
  return typeof type === 'string' ? type : undefined;
}

/** The index that a reader takes: the newest it can read. */
export function newestIndex({ indices }: Pick<IndexManifest, 'indices'>): BlobRecord | undefined {
  return INDEX_VERSIONS.toReversed().flatMap((version) => indices.get(version) ?? [])[0];
}

/** Types are matched without their version and suffix, as in {@link findRecord}. */
function isOlderIndex(mediaType: string | undefined): boolean {
  if (mediaType === undefined || family(mediaType) !== family(MEDIA_TYPE.index)) return false;
  return versionIn(mediaType) <= NEWEST.index;
}

interface ParsedDocument {
  readonly data: readonly unknown[];
  readonly signed: boolean;
  readonly statement: JsonObject | undefined;
}

/** Parses what all manifests have in common. Their records stay unread. */
function parseDocument(bytes: Uint8Array, source: string): ParsedDocument {
  const text = Buffer.from(bytes).toString('utf8');
  const payload = clearsignedText(text);
  if (/^\s*<(?:!doctype|html)/i.test(text)) {
    throw new BuildcacheError('protocol', 'the server answered with a web page', {
      url: source,
      expected: 'a build cache manifest',
      found: 'HTML',
      hint: `check the mirror URL and whether something between here and there wants a log-in: \`curl -sI ${source}\` shows who answers`,
    });
  }
  const document = parseJson(payload ?? text, source);
  if (isObject(document) && Number(shown(document['version'])) > VERSION) {
    throw newer(`version ${shown(document['version'])}`, `version ${VERSION}`, source);
  }
  if (!isObject(document) || document['version'] !== VERSION || !Array.isArray(document['data'])) {
    throw new BuildcacheError('bad-input', 'not a build cache manifest', {
      url: source,
      expected: `an object with version ${VERSION} and a list "data"`,
      found: isObject(document) ? `version ${shown(document['version'])}` : kindOf(document),
    });
  }
  const statement = document[STATEMENT];
  return {
    data: document['data'],
    signed: payload !== undefined,
    statement: isObject(statement) && !isTooDeep(statement) ? statement : undefined,
  };
}

/**
 * Whether no reader of this layout, of any version, can read it as a manifest: it is empty, or begins as JSON or as a
 * signed message and does not end as one. What begins otherwise may be compressed, or an error page of something on
 * the way.
 */
export function isManifestInPart(bytes: Uint8Array): boolean {
  if (bytes.every((byte) => byte === 0 || byte === 0x0a)) return true;
  const text = Buffer.from(bytes).toString('utf8').trim();
  if (text.startsWith('-----BEGIN PGP SIGNED MESSAGE-----'))
    return !text.includes('-----END PGP SIGNATURE-----');
  // A NUL after the first letter is UTF-16.
  if (!text.startsWith('{') || text[1] === '\0') return false;
  // So much is no manifest, and parsing it takes gigabytes. Whether it has an end stays unknown.
  if (hasTooMuch(text)) return false;
  try {
    // Python reads and writes numbers that JSON does not have.
    JSON.parse(text.replace(/([:[,]\s*)-?(?:NaN|Infinity)\b/g, '$10'));
    return false;
  } catch {
    return true;
  }
}

/**
 * The manifest's text as Spack writes it: a newline around every bracket, no indent, none at the end.
 * @param others records as they were parsed
 */
export function formatManifest(
  records: readonly BlobRecord[],
  others: readonly unknown[] = [],
  statement?: JsonObject,
): string {
  const items = records.map(
    ({ size, mediaType, compression, sha256 }) =>
      `{\n"contentLength":${size},\n"mediaType":${JSON.stringify(mediaType)},\n` +
      `"compression":"${compression}",\n"checksumAlgorithm":"sha256",\n"checksum":"${sha256}"\n}`,
  );
  const all = [...items, ...others.map(formatOther)];
  const said = statement === undefined ? '' : `,\n"${STATEMENT}":${inLines(statement)}`;
  return `{\n"version":${VERSION},\n"data":[\n${all.join(',\n')}\n]${said}\n}`;
}

/** JSON with a line for each value: clear-signing must meet neither long lines nor one that begins with a dash. */
function inLines(value: unknown): string {
  if (isObject(value)) {
    const members = entriesOf(value).map(([key, inner]) => `${stringifyCompact(key)}:${inLines(inner)}`);
    return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n}`;
  }
  if (!Array.isArray(value)) return stringifyCompact(value);
  const items = value.map((item) => inLines(item).replace(/^-/, ' -'));
  return items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n]`;
}

function formatOther(record: unknown): string {
  if (!isObject(record)) return stringifyCompact(record);
  const fields = entriesOf(record).map(
    ([key, value]) => `${stringifyCompact(key)}:${stringifyCompact(value)}`,
  );
  return `{\n${fields.join(',\n')}\n}`;
}

/**
 * The record of a kind, whatever its version. Types are matched without their version and suffix: older Spacks wrote
 * other types, and what counts is what a spec says of itself. Of several records the newest that we read; of equals
 * the first.
 */
export function findRecord(manifest: Manifest, kind: MediaKind): BlobRecord | undefined {
  const wanted = family(MEDIA_TYPE[kind]);
  let found: BlobRecord | undefined;
  for (const record of manifest.records) {
    if (family(record.mediaType) !== wanted) continue;
    if (found === undefined || rank(record, kind) > rank(found, kind)) found = record;
  }
  return found;
}

/** A newer record ranks higher, unless it is newer than we know; of one version that of the very type that Spack takes. */
function rank({ mediaType }: BlobRecord, kind: MediaKind): number {
  const version = versionIn(mediaType);
  if (version > NEWEST[kind]) return -1;
  return EXACT.has(mediaType) ? version + 0.5 : version;
}

const EXACT: ReadonlySet<string> = new Set([
  ...Object.values(MEDIA_TYPE),
  specMediaType(6),
  indexMediaType(9),
]);

function versionIn(mediaType: string): number {
  return Number(/\.v(\d{1,9})(?=[.+]|$)/.exec(mediaType)?.[1] ?? 0);
}

/**
 * Throws the error for a manifest without a record of this kind. `unsupported` where it has one of a kind that is not
 * known, which may be the same in a newer form; else `bad-input`.
 */
export function lacksRecord({ records }: Manifest, kind: MediaKind, source: string): never {
  const known = new Set(Object.values(MEDIA_TYPE).map(family));
  const other = records.find(({ mediaType }) => !known.has(family(mediaType)));
  if (other !== undefined) throw newer(other.mediaType.slice(0, 80), MEDIA_TYPE[kind], source);
  throw incomplete(source, `a record for the ${kind}`);
}

/** The error for what only a newer program can read. It is not malformed, so nobody may overwrite or remove it. */
function newer(found: string, expected: string, source: string): BuildcacheError {
  return new BuildcacheError('unsupported', 'a build cache manifest that needs a newer program', {
    url: source,
    expected,
    found,
    hint: 'update buildcache-action',
  });
}

function family(mediaType: string): string {
  return mediaType.replace(/\+.*$/s, '').replace(/\.v\d+(?=\.|$)/, '');
}

function parseRecord(value: unknown, at: string, source: string): BlobRecord {
  const fail = (expected: string, found: unknown): never => {
    throw new BuildcacheError('bad-input', `${at} of the manifest is malformed`, {
      url: source,
      expected,
      found: typeof found === 'string' ? JSON.stringify(found.slice(0, 80)) : kindOf(found),
    });
  };
  if (!isObject(value)) return fail('an object', value);
  const { contentLength, mediaType, compression, checksumAlgorithm, checksum } = value;
  if (typeof contentLength !== 'number' || !Number.isSafeInteger(contentLength) || contentLength < 0) {
    return fail('contentLength in bytes', contentLength);
  }
  if (typeof mediaType !== 'string') return fail('a mediaType', mediaType);
  if (typeof compression !== 'string') return fail('a compression', compression);
  if (typeof checksumAlgorithm !== 'string') return fail('a checksumAlgorithm', checksumAlgorithm);
  if (compression !== 'gzip' && compression !== 'none') {
    throw newer(`compression ${compression.slice(0, 40)}`, 'gzip or none', source);
  }
  if (checksumAlgorithm !== 'sha256') throw newer(checksumAlgorithm.slice(0, 40), 'sha256', source);
  if (!isSha256(checksum)) return fail('a SHA-256 in lower-case hexadecimal', checksum);
  return { size: contentLength, mediaType, compression, sha256: checksum };
}
