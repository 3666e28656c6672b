/**
 * Image manifests and configurations, after the OCI image specification 1.1 and Docker's image manifest v2, as Spack
 * writes them: compact JSON with its order of keys. A spec's image carries the spec in its configuration, and its
 * tarball as the last layer. All that is parsed here is attacker-controlled.
 */
import { requireStatedSize } from '../../core/digest.ts';
import { BuildcacheError, errorCode } from '../../core/errors.ts';
import { isObject, kindOf, parseJson, shown, stringifyCompact } from '../../core/json.ts';
import { type Digest, isDigest } from '../../storage/registry/reference.ts';
import type { OciDescriptor } from '../../storage/registry/registry.ts';

export const OCI_TYPE = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  index: 'application/vnd.oci.image.index.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  empty: 'application/vnd.oci.empty.v1+json',
} as const;

export const DOCKER_TYPE = {
  manifest: 'application/vnd.docker.distribution.manifest.v2+json',
  index: 'application/vnd.docker.distribution.manifest.list.v2+json',
  layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
} as const;

export type Dictionary = Readonly<Record<string, unknown>>;

export interface ImageManifest {
  readonly mediaType: string;
  readonly config: OciDescriptor;
  readonly layers: readonly OciDescriptor[];
  readonly artifactType: string | undefined;
  readonly subject: OciDescriptor | undefined;
  /** As read, with what is not modelled. */
  readonly dict: Dictionary;
}

/** One of the images an index names. */
export interface PlatformImage extends OciDescriptor {
  readonly architecture: string | undefined;
  readonly os: string | undefined;
}

export interface ImageConfig {
  /** Digests of the layers uncompressed. */
  readonly diffIds: readonly Digest[];
  /** `NAME=value`. */
  readonly env: readonly string[];
  /** As read, with what is not modelled: a spec, for one. */
  readonly dict: Dictionary;
}

/** A manifest as it came from a registry. */
export interface ManifestText {
  readonly bytes: Uint8Array;
  /** What the registry calls it. */
  readonly mediaType: string;
}

export function isImageManifest(mediaType: string): boolean {
  return mediaType === OCI_TYPE.manifest || mediaType === DOCKER_TYPE.manifest;
}

export function isImageIndex(mediaType: string): boolean {
  return mediaType === OCI_TYPE.index || mediaType === DOCKER_TYPE.index;
}

/**
 * The type of a manifest. One of OCI may say its type itself, and a registry that passes it on may not know the type.
 */
export function typeOf({ bytes, mediaType }: ManifestText, source: string): string {
  const said = object(bytes, source)['mediaType'];
  return typeof said === 'string' ? said : mediaType;
}

/** Whether the content is at fault, not the way to it. */
export function isBroken(error: unknown): boolean {
  const codes: readonly string[] = ['bad-input', 'corrupt', 'unsupported', 'too-large'];
  return codes.includes(errorCode(error));
}

/** @throws BuildcacheError `bad-input`; `unsupported` for what is no image manifest */
export function parseImageManifest(text: ManifestText, source: string): ImageManifest {
  const dict = object(text.bytes, source);
  const mediaType = typeOf(text, source);
  if (!isImageManifest(mediaType)) {
    throw new BuildcacheError('unsupported', 'not an image manifest', {
      url: source,
      expected: `${OCI_TYPE.manifest} or ${DOCKER_TYPE.manifest}`,
      found: mediaType.slice(0, 100),
    });
  }
  const { config, layers, artifactType, subject } = dict;
  if (dict['schemaVersion'] !== 2) throw malformed(source, 'schemaVersion 2', dict['schemaVersion']);
  if (!Array.isArray(layers)) throw malformed(source, 'a list "layers"', layers);
  requireOneMeaning(dict, 'manifests', source);
  return {
    mediaType,
    config: descriptor(config, 'config', source),
    layers: layers.map((layer: unknown, i) => descriptor(layer, `layers[${i}]`, source)),
    artifactType: typeof artifactType === 'string' ? artifactType : undefined,
    subject: subject === undefined ? undefined : descriptor(subject, 'subject', source),
    dict,
  };
}

/** @throws BuildcacheError `bad-input` */
export function parseImageIndex(text: ManifestText, source: string): PlatformImage[] {
  const dict = object(text.bytes, source);
  const { manifests } = dict;
  if (!Array.isArray(manifests)) throw malformed(source, 'a list "manifests"', manifests);
  requireOneMeaning(dict, 'layers', source);
  return manifests.map((each: unknown, i) => {
    const platform = isObject(each) && isObject(each['platform']) ? each['platform'] : {};
    requireExactNames(platform, source);
    const { architecture, os } = platform;
    return {
      ...descriptor(each, `manifests[${i}]`, source),
      architecture: typeof architecture === 'string' ? architecture : undefined,
      os: typeof os === 'string' ? os : undefined,
    };
  });
}

/** @throws BuildcacheError `bad-input` */
export function parseImageConfig(bytes: Uint8Array, source: string): ImageConfig {
  const dict = object(bytes, source);
  const rootfs = isObject(dict['rootfs']) ? dict['rootfs'] : {};
  requireExactNames(rootfs, source);
  const diffIds = rootfs['diff_ids'];
  const env = isObject(dict['config']) ? (dict['config']['Env'] ?? []) : [];
  if (!Array.isArray(diffIds) || !diffIds.every(isDigest)) {
    throw malformed(source, 'rootfs.diff_ids, a list of SHA-256 digests', diffIds);
  }
  if (!Array.isArray(env) || !env.every((entry) => typeof entry === 'string')) {
    throw malformed(source, 'config.Env, a list of texts', env);
  }
  return { diffIds, env, dict };
}

/** The configuration of an image on no base. @param architecture as Go names it: `amd64` */
export function emptyConfig(architecture: string): ImageConfig {
  const rootfs = { type: 'layers', diff_ids: [] };
  return { diffIds: [], env: [], dict: { architecture, os: 'linux', rootfs, config: { Env: [] } } };
}

export interface ConfigParts {
  readonly base: ImageConfig;
  /** Of the layers on top of the base's. */
  readonly diffIds: readonly Digest[];
  /** The base's included. */
  readonly env: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** What else is written: a spec and its archive. */
  readonly extra: Dictionary;
}

export function formatImageConfig({ base, diffIds, env, labels, extra }: ConfigParts): Buffer {
  const { dict } = base;
  const rootfs = isObject(dict['rootfs']) ? dict['rootfs'] : {};
  const config: Record<string, unknown> = { ...(isObject(dict['config']) ? dict['config'] : {}), Env: env };
  if (Object.keys(labels).length > 0) {
    config['Labels'] = { ...(isObject(config['Labels']) ? config['Labels'] : {}), ...labels };
  }
  return Buffer.from(
    stringifyCompact({
      ...dict,
      rootfs: { ...rootfs, diff_ids: [...base.diffIds, ...diffIds] },
      config,
      ...extra,
    }),
  );
}

/**
 * What the configuration of a spec's image says beside an image's own.
 * @param document the text of the spec's `spec.json`
 */
export function specInConfig(
  document: string,
  archive: { readonly sha256: string; readonly size: number },
  time: Date,
): Dictionary {
  const parsed = parseJson(document, 'spec.json');
  if (!isObject(parsed)) throw new BuildcacheError('internal', 'a spec file that is none');
  return {
    spec: parsed['spec'],
    // The layout of registries has not changed; Spack 0.23 refuses what says otherwise.
    buildcache_layout_version: 2,
    binary_cache_checksum: { hash_algorithm: 'sha256', hash: archive.sha256 },
    archive_size: archive.size,
    // As Python prints it: microseconds, and the offset in digits.
    archive_timestamp: time.toISOString().replace(/Z$/, '000+00:00'),
    archive_compression: 'gzip',
  };
}

export interface ManifestParts {
  readonly mediaType: string;
  readonly config: OciDescriptor;
  /** Descriptors of a base's layers as they are, then our own. */
  readonly layers: readonly (OciDescriptor | Dictionary)[];
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}

/** In Spack's order of keys. */
export function formatImageManifest({ mediaType, config, layers, annotations }: ManifestParts): Buffer {
  return Buffer.from(
    stringifyCompact({
      mediaType,
      schemaVersion: 2,
      config,
      layers,
      ...(annotations === undefined || Object.keys(annotations).length === 0 ? {} : { annotations }),
    }),
  );
}

/**
 * Refuses a document that is an image to one reader and a list of images to another, depending on the type that a
 * registry says it has (CVE-2021-41190).
 */
function requireOneMeaning(dict: Dictionary, stranger: 'manifests' | 'layers', source: string): void {
  if (dict[stranger] === undefined) return;
  throw malformed(source, 'either "layers" or "manifests"', 'both');
}

function object(bytes: Uint8Array, source: string): Dictionary {
  const document = parseJson(Buffer.from(bytes).toString('utf8'), source);
  if (!isObject(document)) throw malformed(source, 'a JSON object', document);
  requireExactNames(document, source);
  return document;
}

/** The names in manifests, lists of images and configurations that say what an image is. */
const NAMES = new Set(
  (
    'schemaVersion mediaType artifactType subject config layers manifests digest size platform architecture os ' +
    'rootfs diff_ids'
  ).split(' '),
);
const FOLDED = new Set([...NAMES].map(foldedName));

/**
 * Refuses another spelling of a name. Go, in which the programs that run images are written, takes `Layers` for `layers`,
 * and the last one counts. So it would run another image than the one that we have looked at.
 */
function requireExactNames(dict: Dictionary, source: string): void {
  for (const name of Object.keys(dict)) {
    if (NAMES.has(name) || !FOLDED.has(foldedName(name))) continue;
    throw malformed(source, 'names in their exact spelling', JSON.stringify(name));
  }
}

/** As Go compares names: without regard to case, and with the Kelvin sign and the long s. */
function foldedName(name: string): string {
  return name.toUpperCase().toLowerCase();
}

function descriptor(value: unknown, at: string, source: string): OciDescriptor {
  if (!isObject(value)) throw malformed(source, `${at}, an object`, value);
  requireExactNames(value, source);
  const { mediaType, digest, size } = value;
  if (typeof mediaType !== 'string') throw malformed(source, `${at}.mediaType`, mediaType);
  if (!isDigest(digest)) throw malformed(source, `${at}.digest, a SHA-256 digest`, digest);
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
    throw malformed(source, `${at}.size in bytes`, size);
  }
  requireStatedSize(size, source);
  return { mediaType, digest, size };
}

function malformed(source: string, expected: string, found: unknown): BuildcacheError {
  return new BuildcacheError('bad-input', 'the image is malformed', {
    url: source,
    expected,
    found: shown(found) || kindOf(found),
  });
}
