/**
 * Layout 3 manifests: the little documents that name an entry's blobs. Only spec manifests are signed, as
 * OpenPGP cleartext messages at the same path.
 */
import { clearsignedText } from '../core/clearsigned.ts';
import { isSha256 } from '../core/digest.ts';
import { BuildcacheError } from '../core/errors.ts';
import { isObject, kindOf, parseJson, shown } from '../core/json.ts';
import { incomplete } from './fetch-document.ts';

/** Media types exactly as Spack writes and matches them. */
export const MEDIA_TYPE = {
  tarball: 'application/vnd.spack.install.v2.tar+gzip',
  spec: 'application/vnd.spack.spec.v5+json',
  index: 'application/vnd.spack.db.v8+json',
  key: 'application/pgp-keys',
  keyIndex: 'application/vnd.spack.keyindex.v1+json',
} as const;

export type MediaKind = keyof typeof MEDIA_TYPE;

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
  /** Whether it is wrapped in a signature. Nothing has been verified. */
  readonly signed: boolean;
}

/** What is known of the format. Whatever says that it is newer may say anything. */
const VERSION = 3;

/**
 * @param bytes the manifest as stored, with or without its signature
 * @throws `bad-input` naming the source and what was found; `unsupported` for what only a newer program can read;
 *   `protocol` for an HTML page served with status 200
 */
export function parseManifest(bytes: Uint8Array, source: string): Manifest {
  const text = Buffer.from(bytes).toString('utf8');
  const payload = clearsignedText(text);
  if (/^\s*<(?:!doctype|html)/i.test(text)) {
    throw new BuildcacheError('protocol', 'the server answered with a web page', {
      url: source,
      expected: 'a build cache manifest',
      found: 'HTML',
      hint: 'check the mirror URL and whether something between here and there wants a log-in',
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
  const records = document['data'].map((record: unknown, i) => parseRecord(record, `data[${i}]`, source));
  return { records, signed: payload !== undefined };
}

/**
 * Whether it is no manifest to any reader of this layout, in whatever version: nothing, or what begins as JSON or as a
 * signed message and does not end as one. What begins otherwise may be compressed, or a page of something on the way.
 */
export function isManifestInPart(bytes: Uint8Array): boolean {
  if (bytes.every((byte) => byte === 0 || byte === 0x0a)) return true;
  const text = Buffer.from(bytes).toString('utf8').trim();
  if (text.startsWith('-----BEGIN PGP SIGNED MESSAGE-----'))
    return !text.includes('-----END PGP SIGNATURE-----');
  // A NUL after the first letter is UTF-16.
  if (!text.startsWith('{') || text[1] === '\0') return false;
  try {
    // Python reads and writes numbers that JSON does not have.
    JSON.parse(text.replace(/([:[,]\s*)-?(?:NaN|Infinity)\b/g, '$10'));
    return false;
  } catch {
    return true;
  }
}

/** The manifest's text as Spack writes it: a newline around every bracket, no indent, none at the end. */
export function formatManifest(records: readonly BlobRecord[]): string {
  const items = records.map(
    ({ size, mediaType, compression, sha256 }) =>
      `{\n"contentLength":${size},\n"mediaType":${JSON.stringify(mediaType)},\n` +
      `"compression":"${compression}",\n"checksumAlgorithm":"sha256",\n"checksum":"${sha256}"\n}`,
  );
  return `{\n"version":${VERSION},\n"data":[\n${items.join(',\n')}\n]\n}`;
}

/**
 * The first record of a kind, whatever its version: types are matched without their version and suffix, since
 * older Spacks wrote others and what a spec says of itself is what counts.
 */
export function findRecord(manifest: Manifest, kind: MediaKind): BlobRecord | undefined {
  const wanted = family(MEDIA_TYPE[kind]);
  return manifest.records.find((record) => family(record.mediaType) === wanted);
}

/**
 * Throws what a manifest without a record of some kind comes to. `unsupported` where it has one of a kind that is not
 * known, which may be the same in a newer form; else `bad-input`.
 */
export function lacksRecord({ records }: Manifest, kind: MediaKind, source: string): never {
  const known = new Set(Object.values(MEDIA_TYPE).map(family));
  const other = records.find(({ mediaType }) => !known.has(family(mediaType)));
  if (other !== undefined) throw newer(other.mediaType.slice(0, 80), MEDIA_TYPE[kind], source);
  throw incomplete(source, `a record for the ${kind}`);
}

/** Not malformed: somebody can read it, and nobody may overwrite or remove it for our not being able to. */
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
