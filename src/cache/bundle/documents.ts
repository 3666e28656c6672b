/**
 * The two documents that each volume of a bundle begins with. `bundle.json` is the same in all volumes: how many
 * there are, what is in each, and what the other side must have. `volume.json` is the volume's own contents, in the
 * order in which they lie there. Its digest is in `bundle.json`, which so tells which volume of which bundle this is.
 *
 * Digests show what was damaged or mixed up on the way. They say nothing of who made the bundle; signatures do.
 */
import { isSha256, sha256 } from '../../core/digest.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { isObject, type JsonObject, kindOf } from '../../core/json.ts';
import { checkValues } from '../../core/json-size.ts';
import { isKey } from '../../storage/key.ts';
import { blobDigest, LAYOUT_JSON, SPEC_MANIFESTS } from '../layouts/layout3.ts';

export const BUNDLE_JSON = 'bundle.json';
export const VOLUME_JSON = 'volume.json';

/** Bytes: the contents of half a million files, the most that a volume has. */
export const MAX_DOCUMENT = 160 * 1024 * 1024;
/** Of those files, with room. What is as long and holds nothing else would take gigabytes. */
const MAX_VALUES = 3_000_000;

/** An external that has to be installed where the specs are to run. */
export interface External {
  readonly name: string;
  readonly version: string;
  readonly hash: string;
  /** Undefined for an external that is known only by its modules. */
  readonly path: string | undefined;
  readonly modules: readonly string[];
}

export interface VolumeSummary {
  readonly specs: number;
  readonly files: number;
  /** Bytes of the files. */
  readonly bytes: number;
  /** SHA-256 of the volume's `volume.json`. */
  readonly sha256: string;
}

export interface BundleManifest {
  /** In their order. */
  readonly volumes: readonly VolumeSummary[];
  readonly externals: readonly External[];
}

export interface BundledFile {
  /** As in layout 3. */
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

const FORMAT = 'buildcache-bundle';
const VERSION = 1;

export function formatBundle({ volumes, externals }: BundleManifest): Buffer {
  const lines = (items: readonly unknown[]) => items.map((item) => `\n    ${JSON.stringify(item)}`).join(',');
  return Buffer.from(
    `{\n  "format": "${FORMAT}",\n  "version": ${VERSION},\n` +
      `  "specs": ${sum(volumes, 'specs')},\n  "files": ${sum(volumes, 'files')},\n  "bytes": ${sum(volumes, 'bytes')},\n` +
      `  "volumes": [${lines(volumes)}\n  ],\n` +
      `  "externals": [${lines(externals.map((one) => ({ ...one, path: one.path ?? null })))}${externals.length === 0 ? '' : '\n  '}]\n}\n`,
  );
}

/** An id that tells a bundle from others, for people. */
export function bundleId(manifest: Uint8Array): string {
  return sha256(manifest).slice(0, 12);
}

export function formatContents(files: readonly BundledFile[]): Buffer {
  const lines = files.map((file) => `\n${JSON.stringify(file)}`).join(',');
  return Buffer.from(`{"version":${VERSION},"files":[${lines}\n]}\n`);
}

/**
 * @param file its volume, for messages
 * @throws BuildcacheError `unsupported` for a bundle that only a newer program reads, `bad-input` for what is none
 */
export function parseBundle(bytes: Buffer, file: string): BundleManifest {
  const document = parse(bytes, file, BUNDLE_JSON);
  if (document['format'] !== FORMAT)
    throw bad(file, BUNDLE_JSON, `the format "${FORMAT}"`, document['format']);
  requireVersion(document, file, BUNDLE_JSON);
  const volumes = listIn(document, 'volumes', file, BUNDLE_JSON).map((each): VolumeSummary => {
    const { specs, files, bytes: size, sha256: digest } = each;
    if (!isCount(specs) || !isCount(files) || !isCount(size) || !isSha256(digest))
      throw bad(file, BUNDLE_JSON, 'counts and a SHA-256 of each volume', each);
    return { specs, files, bytes: size, sha256: digest };
  });
  if (volumes.length === 0) throw bad(file, BUNDLE_JSON, 'at least one volume', 'none');
  const externals = listIn(document, 'externals', file, BUNDLE_JSON).map((each): External => {
    const { name, version, hash, path, modules } = each;
    const isRight = isText(name) && isText(version) && isText(hash) && (path === null || isText(path));
    if (!isRight || !Array.isArray(modules) || !modules.every(isText))
      throw bad(file, BUNDLE_JSON, 'name, version, hash, path and modules of each external', each);
    return { name, version, hash, path: path ?? undefined, modules };
  });
  return { volumes, externals };
}

/** @throws BuildcacheError as {@link parseBundle}; also for a file that has no place in a bundle */
export function parseContents(bytes: Buffer, file: string): BundledFile[] {
  const document = parse(bytes, file, VOLUME_JSON);
  requireVersion(document, file, VOLUME_JSON);
  const seen = new Set<string>();
  const files = listIn(document, 'files', file, VOLUME_JSON);
  if (files.length === 0) throw bad(file, VOLUME_JSON, 'at least one file', 'none');
  return files.map(({ path, size, sha256: digest }) => {
    if (!isText(path) || !isCount(size) || !isSha256(digest))
      throw bad(file, VOLUME_JSON, 'path, size and SHA-256 of each file', path);
    if (!isPlace(path, digest)) throw bad(file, VOLUME_JSON, 'files of a build cache in layout 3', path);
    if (seen.has(path)) throw bad(file, VOLUME_JSON, 'each file once', path);
    seen.add(path);
    return { path, size, sha256: digest };
  });
}

/** How many specs these files are of. */
export function countSpecs(files: readonly BundledFile[]): number {
  return files.filter(({ path }) => path.startsWith(SPEC_MANIFESTS)).length;
}

/**
 * Blobs under their digests, and the documents that name them. No indices: they are made by whoever reads the bundle.
 */
function isPlace(path: string, digest: string): boolean {
  if (!isKey(path)) return false;
  if (path.startsWith('blobs/')) return blobDigest(path) === digest;
  return path === LAYOUT_JSON || /^v3\/manifests\/(?:spec\/[^/]+|key)\/[^/]+\.manifest\.json$/.test(path);
}

function parse(bytes: Buffer, file: string, name: string): JsonObject {
  const text = bytes.toString('utf8');
  checkValues(text, `${file}: ${name}`, MAX_VALUES);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw bad(file, name, 'JSON', 'something else');
  }
  if (!isObject(document)) throw bad(file, name, 'an object', kindOf(document));
  return document;
}

function requireVersion({ version }: JsonObject, file: string, name: string): void {
  if (typeof version === 'number' && version > VERSION) {
    throw new BuildcacheError('unsupported', 'a newer program has made this bundle', {
      file,
      expected: `version ${VERSION}`,
      found: `version ${version}`,
      hint: 'import it with that version of buildcache, or a newer one',
    });
  }
  if (version !== VERSION) throw bad(file, name, `version ${VERSION}`, version);
}

function listIn(document: JsonObject, key: string, file: string, name: string): JsonObject[] {
  const list = document[key];
  if (!Array.isArray(list)) throw bad(file, name, `a list "${key}"`, kindOf(list));
  const stranger = list.find((each) => !isObject(each));
  if (stranger !== undefined) throw bad(file, name, `objects in "${key}"`, kindOf(stranger));
  return list;
}

function sum(volumes: readonly VolumeSummary[], what: 'specs' | 'files' | 'bytes'): number {
  return volumes.reduce((total, volume) => total + volume[what], 0);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function bad(file: string, name: string, expected: string, found: unknown): BuildcacheError {
  return new BuildcacheError('bad-input', `its ${name} is not that of a bundle`, {
    file,
    expected,
    found: shownValue(found),
  });
}

/** Nothing that is long, nor written out whole where it is deep. */
function shownValue(found: unknown): string {
  if (found === undefined) return 'nothing';
  return typeof found === 'object' ? kindOf(found) : String(found).slice(0, 200);
}
