/** Reads a `spec.json` document, formats 3 to 6: plain, gzip-compressed or clear-signed. */
import { clearsignedText } from '../core/clearsigned.ts';
import { BuildcacheError, systemCode } from '../core/errors.ts';
import { isObject, type JsonObject, kindOf, parseJson, shown, stringifyCompact } from '../core/json.ts';
import { assertClosedAndAcyclic } from './assemble.ts';
import { decodeNode } from './decode-node.ts';
import { verifyHash } from './hash.ts';
import type { SpecFormat, SpecNode } from './node.ts';

export interface SpecFile {
  /** The spec the document is about: its first node. */
  readonly root: SpecNode;
  readonly nodes: ReadonlyMap<string, SpecNode>;
  /** Layout 2 and OCI: the SHA-256 of the tarball. */
  readonly tarballSha256: string | undefined;
  /** OCI: when the image was made, as whoever made it says. */
  readonly archivedAt: Date | undefined;
}

/** A spec of a few thousand nodes is a few megabytes; what is larger is a bomb. */
export const MAX_SPEC_FILE = 32 * 1024 * 1024;

/** JSON of specs packs to a tenth or a twentieth. A short text may pack to less. */
const MAX_RATIO = 200;
const RATIO_FROM = 1024 * 1024;

/**
 * @param bytes the document as stored. A signature around it is taken off, not verified.
 * @throws `bad-input`, `corrupt` (a DAG hash that does not hold), `unsupported` (other formats)
 */
export function readSpecFile(bytes: Uint8Array, source: string): SpecFile {
  const document = parseJson(specFileText(bytes, source), source);
  const spec = isObject(document) ? document['spec'] : undefined;
  if (!isObject(document) || !isObject(spec) || !Array.isArray(spec['nodes'])) {
    throw new BuildcacheError('bad-input', 'not a spec file', {
      file: source,
      expected: 'an object "spec" with a list "nodes"',
      found: kindOf(spec ?? document),
    });
  }
  const format = formatOf(spec['_meta'], source);
  const nodes = new Map<string, SpecNode>();
  let root: SpecNode | undefined;
  for (const [i, dict] of spec['nodes'].entries()) {
    const node = readNode(dict, format, source, `spec.nodes[${i}]`);
    const twin = nodes.get(node.hash);
    if (twin !== undefined && stringifyCompact(twin.dict) !== stringifyCompact(node.dict))
      throw twoOfOneHash(node, source);
    nodes.set(node.hash, node);
    root ??= node;
  }
  if (root === undefined)
    throw new BuildcacheError('bad-input', 'a spec file without nodes', { file: source });
  assertClosedAndAcyclic(nodes, source);
  return { root, nodes, tarballSha256: tarballChecksum(document), archivedAt: archiveTime(document) };
}

/** One node of a spec file. @throws as {@link readSpecFile} */
export function readNode(dict: unknown, format: SpecFormat, source: string, at: string): SpecNode {
  const node = decodeNode(dict, format, source, at);
  verifyHash(node, source);
  return node;
}

/** The version in a text that is written as Spack and we write it. To parse it may take long: it may have megabytes. */
const WRITTEN_VERSION = /^\{"spec":\{"_meta":\{"version":(0|[1-9]\d{0,8})\}/;

/** One would be looked at, and the other used. */
function twoOfOneHash({ name, hash }: SpecNode, source: string): BuildcacheError {
  return new BuildcacheError('bad-input', 'a spec file with two nodes of one hash that differ', {
    file: source,
    expected: 'each hash once',
    found: `${name}/${hash} again`,
  });
}

/** The format that the text of a spec file says it has; undefined where it says none. @throws `bad-input` */
export function specFileFormat(text: string): number | undefined {
  const [, written] = WRITTEN_VERSION.exec(text) ?? [];
  if (written !== undefined) return Number(written);
  const document = parseJson(text, 'spec.json');
  const spec = isObject(document) ? document['spec'] : undefined;
  const meta = isObject(spec) ? spec['_meta'] : undefined;
  const version = isObject(meta) ? meta['version'] : undefined;
  return typeof version === 'number' ? version : undefined;
}

/** The document's JSON: unpacked, a signature around it taken off and not verified. @throws `corrupt`, `too-large` */
export function specFileText(bytes: Uint8Array, source: string): string {
  const text = unpacked(bytes, source);
  return clearsignedText(text) ?? text;
}

function unpacked(bytes: Uint8Array, source: string): string {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    if (bytes.length > MAX_SPEC_FILE) {
      throw new BuildcacheError('too-large', `a spec file of more than ${MAX_SPEC_FILE} bytes`, {
        file: source,
      });
    }
    return Buffer.from(bytes).toString('utf8');
  }
  const maxOutputLength = Math.min(MAX_SPEC_FILE, Math.max(RATIO_FROM, MAX_RATIO * bytes.length));
  try {
    const { gunzipSync } = process.getBuiltinModule('node:zlib');
    return gunzipSync(bytes, { maxOutputLength }).toString('utf8');
  } catch (error) {
    const large = systemCode(error) === 'ERR_BUFFER_TOO_LARGE';
    throw new BuildcacheError(
      large ? 'too-large' : 'corrupt',
      large ? `its ${bytes.length} bytes unpack to more than ${maxOutputLength}` : 'its gzip data is damaged',
      { file: source },
      error,
    );
  }
}

/** @throws `unsupported` */
export function formatOf(meta: unknown, source: string): SpecFormat {
  const version = isObject(meta) ? meta['version'] : undefined;
  if (version === 3 || version === 4 || version === 5 || version === 6) return version;
  throw new BuildcacheError('unsupported', `spec format ${shown(version)} is not supported`, {
    file: source,
    expected: 'format 3 to 6',
    hint:
      Number(shown(version)) > 6 ? 'update buildcache-action' : 'push the spec again with a current Spack',
  });
}

function archiveTime({ archive_timestamp: text }: Readonly<Record<string, unknown>>): Date | undefined {
  // As Python prints it: microseconds, and the offset in digits.
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\dT[\d:.]{8,15}(?:Z|[+-]\d\d:\d\d)$/.test(text))
    return undefined;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** The SHA-256 that a spec file says its tarball has. */
export function tarballChecksum(document: JsonObject): string | undefined {
  const checksum = document['binary_cache_checksum'];
  if (!isObject(checksum) || checksum['hash_algorithm'] !== 'sha256') return undefined;
  return typeof checksum['hash'] === 'string' ? checksum['hash'] : undefined;
}
