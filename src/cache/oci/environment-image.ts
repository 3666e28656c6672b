/**
 * The documents of an image of a whole environment, after the OCI image specification 1.1: for each platform a
 * configuration and a manifest, and an index over several platforms. All types are OCI's, also on a base that has Docker's:
 * the bytes of layers are the same in both, and a layout folder knows OCI's only. Pure: the same parts give the same bytes.
 */
import { BuildcacheError } from '../../core/errors.ts';
import { stringifyCompact } from '../../core/json.ts';
import { type Digest, digestOf } from '../../storage/registry/reference.ts';
import type { OciDescriptor } from '../../storage/registry/registry.ts';
import type { Base } from './base.ts';
import {
  type Dictionary,
  DOCKER_TYPE,
  formatImageConfig,
  formatImageManifest,
  type ImageConfig,
  OCI_TYPE,
} from './image.ts';
import type { PackageLayer } from './layers.ts';

/** A document by its digest. */
export interface OciDocument {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly bytes: Buffer;
}

export interface ImageLayer extends PackageLayer {
  /** How it came to be, for `docker history`. */
  readonly createdBy: string;
}

export interface PlatformParts {
  /** As Go names it. */
  readonly architecture: string;
  readonly base: Base;
  /** On top of the base's. */
  readonly layers: readonly ImageLayer[];
  /** The base's included. */
  readonly env: readonly string[];
  /** Labels of the configuration, and annotations of the manifest. */
  readonly labels: Readonly<Record<string, string>>;
  /** Undefined: nothing says a time, so that the same environment gives the same image at any time. */
  readonly created: Date | undefined;
}

export interface PlatformImage {
  readonly architecture: string;
  readonly config: OciDocument;
  readonly manifest: OciDocument;
}

export function formatPlatformImage(parts: PlatformParts): PlatformImage {
  const { architecture, base, layers, env, labels } = parts;
  const config = documentOf(
    OCI_TYPE.config,
    formatImageConfig({
      base: { ...base.config, dict: withoutTime(base.config) },
      diffIds: layers.map(({ diffId }) => diffId),
      env,
      labels,
      extra: { architecture, os: 'linux', ...timeOf(parts.created), ...historyOf(parts) },
    }),
  );
  const manifest = documentOf(
    OCI_TYPE.manifest,
    formatImageManifest({
      mediaType: OCI_TYPE.manifest,
      config: describe(config),
      layers: [
        ...base.layers.map(ociLayer),
        ...layers.map(({ digest, size }) => ({ mediaType: OCI_TYPE.layer, digest, size })),
      ],
      annotations: { ...labels, ...(parts.created && { [CREATED]: timeText(parts.created) }) },
    }),
  );
  return { architecture, config, manifest };
}

/** What stands for the image as a whole: its one manifest, or an index over the manifests, sorted by architecture. */
export function formatImage(
  images: readonly PlatformImage[],
  labels: Readonly<Record<string, string>>,
): OciDocument {
  const [first, ...others] = images;
  if (first === undefined) throw new BuildcacheError('internal', 'an image for no platform');
  if (others.length === 0) return first.manifest;
  const sorted = [...images].sort((a, b) => (a.architecture < b.architecture ? -1 : 1));
  const manifests = sorted.map(({ architecture, manifest }) => ({
    ...describe(manifest),
    platform: { architecture, os: 'linux' },
  }));
  const annotations = Object.keys(labels).length === 0 ? {} : { annotations: labels };
  const index = { schemaVersion: 2, mediaType: OCI_TYPE.index, manifests, ...annotations };
  return documentOf(OCI_TYPE.index, Buffer.from(stringifyCompact(index)));
}

export function describe({ mediaType, digest, bytes }: OciDocument): OciDescriptor {
  return { mediaType, digest, size: bytes.length };
}

const CREATED = 'org.opencontainers.image.created';

function documentOf(mediaType: string, bytes: Buffer): OciDocument {
  return { mediaType, digest: digestOf(bytes), bytes };
}

/** The base's time says nothing about this image. */
function withoutTime({ dict }: ImageConfig): Dictionary {
  const { created: _, ...rest } = dict;
  return rest;
}

function timeOf(created: Date | undefined): Dictionary {
  return created === undefined ? {} : { created: timeText(created) };
}

function timeText(time: Date): string {
  return time.toISOString().replace('.000Z', 'Z');
}

/** One entry for each layer, or none at all: of a base without a history nothing is known. */
function historyOf({ base, layers, created }: PlatformParts): Dictionary {
  const before = base.config.dict['history'];
  if (base.layers.length > 0 && !Array.isArray(before)) return {};
  const own = layers.map(({ createdBy }) => ({ ...timeOf(created), created_by: createdBy }));
  return { history: [...(Array.isArray(before) ? before : []), ...own] };
}

const OCI_LAYERS: Readonly<Record<string, string>> = {
  [DOCKER_TYPE.layer]: OCI_TYPE.layer,
  'application/vnd.docker.image.rootfs.diff.tar': 'application/vnd.oci.image.layer.v1.tar',
};

function ociLayer(layer: Dictionary): Dictionary {
  const { mediaType } = layer;
  const known = typeof mediaType === 'string' ? OCI_LAYERS[mediaType] : undefined;
  return known === undefined ? layer : { ...layer, mediaType: known };
}
