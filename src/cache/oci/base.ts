/**
 * Base images: the images below those of specs, copied to the registry that needs them. All content is
 * attacker-controlled.
 */
import { Readable } from 'node:stream';
import { BuildcacheError } from '../../core/errors.ts';
import { isObject, stringifyCompact } from '../../core/json.ts';
import { MAX_SPEC_FILE } from '../../spec/spec-file.ts';
import type { Digest, ImageReference } from '../../storage/registry/reference.ts';
import type {
  OciDescriptor,
  Registry,
  RegistryManifest,
  RegistryReader,
} from '../../storage/registry/registry.ts';
import { documentUrl } from '../fetch-document.ts';
import {
  type Dictionary,
  DOCKER_TYPE,
  emptyConfig,
  type ImageConfig,
  isImageIndex,
  OCI_TYPE,
  parseImageConfig,
  parseImageIndex,
  parseImageManifest,
  typeOf,
} from './image.ts';
import { fetchBlob, registryStorage } from './storage.ts';

/** A base image by its name, and the registry it is in. */
export interface BaseImage {
  readonly registry: RegistryReader;
  readonly reference: ImageReference;
}

/** A base image for one architecture. Its layers are where they are needed. */
export interface Base {
  /** Docker's media type where the base has Docker's: Apptainer refuses a mix. */
  readonly mediaType: string;
  readonly configType: string;
  readonly layerType: string;
  /** Descriptors as they are. */
  readonly layers: readonly Dictionary[];
  readonly config: ImageConfig;
}

/** How deep an index may lie within an index. A deeper one is no image but a trap. */
const DEEPEST = 3;

/** What images without a base stand on. @param architecture as Go names it */
export function noBase(architecture: string): Base {
  return {
    mediaType: OCI_TYPE.manifest,
    configType: OCI_TYPE.config,
    layerType: OCI_TYPE.layer,
    layers: [],
    config: emptyConfig(architecture),
  };
}

/**
 * Finds the base image for an architecture and brings its layers to the target.
 * @throws BuildcacheError as {@link readBase}
 */
export async function copyBase(
  target: Registry,
  base: BaseImage,
  architecture: string,
  signal?: AbortSignal,
): Promise<Base> {
  const bring: BringLayer = (layer, url) => copyLayer(target, base.registry, layer, url, signal);
  return await readBase(base, architecture, bring, signal);
}

/** Brings a layer of a base image to where it is needed. @param url of the base, for messages */
export type BringLayer = (layer: OciDescriptor, url: string) => Promise<void>;

/**
 * Finds the base image for an architecture.
 * @param bring called for each of its layers, in turn
 * @throws BuildcacheError `not-found` when there is no such image, or none for the architecture; `bad-input` and
 *   `unsupported` for what is none; what `bring` throws
 */
export async function readBase(
  { registry, reference }: BaseImage,
  architecture: string,
  bring: BringLayer,
  signal?: AbortSignal,
): Promise<Base> {
  const storage = registryStorage(registry);
  const wanted = reference.digest ?? reference.tag ?? 'latest';
  const found = await findImage(registry, wanted, architecture, signal);
  const url = documentUrl(storage, wanted);
  const manifest = parseImageManifest(found, url);
  const what = { what: 'the configuration', maxBytes: MAX_SPEC_FILE, signal };
  const config = parseImageConfig(await fetchBlob(storage, manifest.config, url, what), url);
  requireArchitecture(config, architecture, url);
  // What cannot be written again is refused before anything is made for it.
  for (const { dict } of [manifest, config]) stringifyCompact(dict, url);
  if (config.diffIds.length !== manifest.layers.length) {
    throw new BuildcacheError('bad-input', 'the base image is malformed', {
      url,
      expected: `${manifest.layers.length} diff_ids, one for each layer`,
      found: String(config.diffIds.length),
    });
  }
  for (const layer of manifest.layers) await bring(layer, url);
  const { layers } = manifest.dict;
  return {
    mediaType: manifest.mediaType,
    configType: manifest.config.mediaType,
    layerType: manifest.mediaType === DOCKER_TYPE.manifest ? DOCKER_TYPE.layer : OCI_TYPE.layer,
    layers: Array.isArray(layers) ? layers.filter(isObject) : [],
    config,
  };
}

async function findImage(
  registry: RegistryReader,
  reference: string,
  architecture: string,
  signal: AbortSignal | undefined,
): Promise<RegistryManifest> {
  let wanted = reference;
  for (let depth = 0; ; depth++) {
    const url = `${registry.url}/${wanted}`;
    const found = await registry.manifest(wanted, { signal });
    if (found === undefined) throw noSuchBase(url);
    if (!isImageIndex(typeOf(found, url))) return found;
    if (depth === DEEPEST) {
      throw new BuildcacheError('bad-input', 'the base image is an index within an index, and so on', {
        url,
        expected: `an image at most ${DEEPEST} levels down`,
      });
    }
    wanted = chooseImage(found, architecture, url);
  }
}

function noSuchBase(url: string): BuildcacheError {
  return new BuildcacheError('not-found', 'there is no such base image', {
    url,
    hint: 'check --base-image: registry/name:tag',
  });
}

function chooseImage(index: RegistryManifest, architecture: string, url: string): Digest {
  const images = parseImageIndex(index, url);
  const image = images.find(
    ({ architecture: of, os }) => of === architecture && (os === undefined || os === 'linux'),
  );
  // An index without a word on platforms leads to one that has it.
  const [only] = images;
  if (image === undefined && only?.architecture === undefined && images.length === 1 && only !== undefined) {
    return only.digest;
  }
  if (image !== undefined) return image.digest;
  const names = images.map(({ os, architecture: of }) => `${os ?? '?'}/${of ?? '?'}`).slice(0, 20);
  throw new BuildcacheError('not-found', 'the base image is not there for this architecture', {
    url,
    expected: `linux/${architecture}`,
    found: names.join(', ') || 'nothing',
  });
}

function requireArchitecture({ dict }: ImageConfig, architecture: string, url: string): void {
  const found = dict['architecture'];
  if (found === undefined || found === architecture) return;
  throw new BuildcacheError('not-found', 'the base image is for another architecture', {
    url,
    expected: architecture,
    found: String(found).slice(0, 40),
  });
}

/**
 * The base image under the digest that its tag has now, so that the images of several architectures stand on one.
 * @throws BuildcacheError `not-found`
 */
export async function pinBase(base: BaseImage, signal?: AbortSignal): Promise<BaseImage> {
  const { registry, reference } = base;
  if (reference.digest !== undefined) return base;
  const tag = reference.tag ?? 'latest';
  const found = await registry.headManifest(tag, { signal });
  if (found === undefined) throw noSuchBase(`${registry.url}/${tag}`);
  return { registry, reference: { ...reference, digest: found.digest } };
}

/** Takes a layer over from another registry, by a mount where both repositories are in one. */
export async function copyLayer(
  target: Registry,
  source: RegistryReader,
  { digest, size }: OciDescriptor,
  url: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { repository: to } = target;
  const { repository: from } = source;
  const isNear = to.host === from.host && to.scheme === from.scheme;
  if (isNear && to.name === from.name) return;
  if ((await target.headBlob(digest, { signal })) !== undefined) return;
  if (isNear && (await target.mountBlob(digest, from.name, { signal }))) return;
  const open = (start: number) => openLayer(source, digest, start, url, signal);
  await target.putBlob({ size, open }, digest, { signal });
}

/** The bytes of a base's layer, not verified. @param url of the base, for messages */
export async function openLayer(
  source: RegistryReader,
  digest: Digest,
  start: number,
  url: string,
  signal: AbortSignal | undefined,
): Promise<Readable> {
  const object = await source.blob(digest, { ...(start === 0 ? {} : { range: { start } }), signal });
  if (object === undefined) throw layerless(url, digest);
  // A server need not support ranges.
  return object.offset === start ? object.body : Readable.from(skipping(object.body, start - object.offset));
}

/** Some images name layers that lie elsewhere (`urls`), because they may not be passed on. */
function layerless(url: string, digest: Digest): BuildcacheError {
  return new BuildcacheError('not-found', 'the base image is not whole', {
    url,
    expected: `its layer ${digest} in its registry`,
    hint: 'take another base image: layers that are kept elsewhere are not copied',
  });
}

async function* skipping(body: Readable, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const piece of body as AsyncIterable<Buffer>) {
    if (piece.length > left) yield piece.subarray(left);
    left -= Math.min(left, piece.length);
  }
}
