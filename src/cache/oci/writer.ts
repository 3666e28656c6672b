/**
 * Publishing to a registry in Spack's form: a layer for each package, shared by the images of all that need it; the
 * spec in the image's configuration. Layers come first, then what names them, so that there never is an image without
 * its layers.
 */
import { BuildcacheError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { fullSpec } from '../../spec/format.ts';
import type { SpecNode } from '../../spec/node.ts';
import { digestOf, hexOf, isTag } from '../../storage/registry/reference.ts';
import type { OciDescriptor, Registry } from '../../storage/registry/registry.ts';
import type { ImageContent } from '../image-content.ts';
import { statementAbout } from '../layouts/publish.ts';
import { textSignedBy } from '../trust/signed-by.ts';
import type { Signer } from '../trust/signing.ts';
import type { CacheWriter } from '../writing/cache-writer.ts';
import { type Base, type BaseImage, copyBase, noBase } from './base.ts';
import { repositoryBlobs } from './blobs.ts';
import {
  type Dictionary,
  formatImageConfig,
  formatImageManifest,
  isBroken,
  OCI_TYPE,
  specInConfig,
} from './image.ts';
import { knownLayers } from './known-layers.ts';
import { imageArchitecture, type PackageLayer } from './layers.ts';
import { ociIndex } from './oci-index.ts';
import { openOci } from './reader.ts';
import { ociRemoval } from './removal.ts';
import { EMPTY, EMPTY_DIGEST, findSignatures, isAbout, putSignature } from './signature.ts';
import { digestOfHex, registryStorage } from './storage.ts';
import { INDEX_TAG, isReservedTag, specTag } from './tags.ts';
import { hasImages, takeImage } from './take-image.ts';
import type { OpenTrust } from './voucher.ts';

export interface OciWriterOptions {
  /** What images stand on; nothing when undefined. */
  readonly base: BaseImage | undefined;
  /** Where the specs come from, for registries that link their packages to it: a repository's URL. */
  readonly source: string | undefined;
  /** As for the reader. */
  readonly signed: boolean;
  /** Whose signatures count where a signed image is made with layers that are there, beside the signer's own. */
  readonly trust?: OpenTrust | undefined;
}

export function openOciWriter(registry: Registry, options: OciWriterOptions): CacheWriter {
  const storage = registryStorage(registry);
  const reader = openOci(registry, options);
  const blobs = repositoryBlobs(registry);
  const layers = knownLayers(registry, storage, options.trust);
  const removal = ociRemoval(registry, reader);
  const bases = new Map<string, Promise<Base>>();

  const baseFor = (spec: SpecNode, signal: AbortSignal | undefined): Promise<Base> => {
    const architecture = imageArchitecture(spec.target);
    const known = bases.get(architecture);
    if (known !== undefined) return known;
    const { base } = options;
    const found =
      base === undefined
        ? Promise.resolve(noBase(architecture))
        : copyBase(registry, base, architecture, signal);
    bases.set(architecture, found);
    return found;
  };

  /** @returns what is to be put under a tag; its configuration is there then */
  const makeImage = async (
    content: ImageContent,
    { base, own, extra, description }: ImageParts,
    signal: AbortSignal | undefined,
  ) => {
    const { source } = options;
    const labels: Record<string, string> = source === undefined ? {} : { [SOURCE]: source };
    const config = formatImageConfig({
      base: base.config,
      diffIds: own.map(({ diffId }) => diffId),
      env: content.environment(base.config.env),
      labels,
      extra,
    });
    const named: OciDescriptor = {
      mediaType: base.configType,
      digest: digestOf(config),
      size: config.length,
    };
    const sent = await registry.putBlob(config, named.digest, { signal });
    const isOci = base.mediaType === OCI_TYPE.manifest;
    const manifest = formatImageManifest({
      mediaType: base.mediaType,
      config: named,
      layers: [
        ...base.layers,
        ...own.map(({ digest, size }) => ({ mediaType: base.layerType, digest, size })),
      ],
      annotations: isOci
        ? { ...(description === undefined ? {} : { [DESCRIPTION]: description }), ...labels }
        : undefined,
    });
    const subject = { mediaType: base.mediaType, digest: digestOf(manifest), size: manifest.length };
    return { manifest, subject, config: named, sent: sent ? named.size : 0 };
  };

  /** As in layout 3. The new image has another configuration in any case, which has the time in it. */
  const statementThere = async (
    spec: SpecNode,
    { digest }: PackageLayer,
    signer: Signer,
    signal: AbortSignal | undefined,
  ): Promise<JsonObject | undefined> => {
    const before = await ignoringBroken(() => layers.readImage(spec, signal));
    if (before === undefined) return undefined;
    for (const { text } of await findSignatures(registry, storage, before, signal)) {
      const signed = await textSignedBy(signer, text, registry.url);
      const statement = signed === undefined ? undefined : statementAbout(signed, [hexOf(digest)]);
      if (statement !== undefined) return statement;
    }
    return undefined;
  };

  return {
    reader,
    index: ociIndex(registry),

    /** There is nothing to mark. Whether the registry can be written to is asked now, before everything is packed. */
    async prepare(signal, dryRun) {
      if (dryRun === true) await registry.headManifest(INDEX_TAG, { signal });
      else await registry.putBlob(EMPTY, EMPTY_DIGEST, { signal });
      return false;
    },

    async hasWhole(spec, signed, signal) {
      try {
        const image = await layers.readImage(spec, signal);
        if (image === undefined) return false;
        if (!(await blobs.hasAll(image.layers, signal))) return false;
        if (signed) {
          const signatures = await findSignatures(registry, storage, image, signal);
          if (!signatures.some(({ text }) => isAbout(text, image))) return false;
        }
        layers.found(spec, image);
        return true;
      } catch (error) {
        if (isBroken(error)) return false; // a broken image is pushed again
        throw error;
      }
    },

    async publish(spec, content, signer, signal) {
      const image = content.image?.();
      if (image === undefined) throw new BuildcacheError('internal', 'nothing is known of the image');
      const { tarball } = content;
      const layer: PackageLayer = {
        digest: digestOfHex(tarball.sha256),
        size: tarball.size,
        diffId: digestOfHex(image.tarSha256),
      };
      let sent = (await registry.putBlob(tarball, layer.digest, { signal })) ? tarball.size : 0;
      layers.sent(spec, layer);
      image.layerSent();
      const base = await baseFor(spec, signal);
      const failed = await image.othersSent();
      const others = image.specs.filter(({ hash }) => hash !== spec.hash);
      const { allowMissing } = image;
      const own = [...(await layers.layersOf(others, { failed, allowMissing, signer }, signal)), layer];
      const extra = specInConfig(content.document, tarball, new Date());
      const made = await makeImage(image, { base, own, extra, description: fullSpec(spec) }, signal);
      sent += made.sent;
      // The signature comes before the tag, so that nobody ever sees an unsigned image under it.
      if (signer !== undefined) {
        const statement =
          content.statement ??
          (content.replaces === true ? await statementThere(spec, layer, signer, signal) : undefined);
        await putSignature(registry, { ...made, tarball: layer, statement }, signer, signal);
      }
      const tag = specTag(spec);
      const digest = await registry.putManifest(tag, made.manifest, base.mediaType, { signal });
      return { sent, image: { name: imageName(registry, tag), sha256: hexOf(digest) } };
    },

    takesFrom: hasImages,
    take: (...how) => takeImage(registry, blobs, ...how),

    // No reader looks for keys in a registry.
    publishKey: async () => false,
    updateKeyIndex: async () => false,

    async listIndices(signal) {
      const index = ociIndex(registry);
      return (await index.read(signal)).exists ? [index] : [];
    },

    listToRemove: removal.list,
    heldBy: removal.heldBy,
    remove: removal.remove,
    removeReplaced: async (how) => await (await import('./replaced.ts')).removeReplaced(registry, how),

    // The registry clears away unfinished uploads itself.
    sweep: async () => 0,

    images: {
      nameOf: (spec) => imageName(registry, specTag(spec)),
      async environmentsOf(specs, signer, signal) {
        const there = await layers.find(specs, signer, signal);
        return new Map([...there].flatMap(([hash, { env }]) => (env === undefined ? [] : [[hash, env]])));
      },

      async tag(tag, content, failed, signal) {
        requireFreeTag(tag);
        const [first] = content.specs;
        if (first === undefined) throw new BuildcacheError('usage', `there is nothing to tag as ${tag}`);
        const unsigned = { failed, allowMissing: false, signer: undefined };
        const own = await layers.layersOf(content.specs, unsigned, signal);
        const base = await baseFor(first, signal);
        const { manifest } = await makeImage(
          content,
          { base, own, extra: {}, description: undefined },
          signal,
        );
        await registry.putManifest(tag, manifest, base.mediaType, { signal });
        return { name: imageName(registry, tag), layers: base.layers.length + own.length };
      },
    },

    async close() {
      await Promise.all([registry.close(), options.base?.registry.close()]);
    },
  };
}

/** @throws BuildcacheError `usage` for what is no tag, or one that has a meaning already */
export function requireFreeTag(tag: string): void {
  if (isTag(tag) && !isReservedTag(tag)) return;
  throw new BuildcacheError('usage', 'this cannot be the tag of an image', {
    expected: 'at most 128 letters, digits, _, . and -, not ending in .spack, and no sha256-…',
    found: JSON.stringify(tag.slice(0, 200)),
  });
}

const DESCRIPTION = 'org.opencontainers.image.description';
const SOURCE = 'org.opencontainers.image.source';

interface ImageParts {
  readonly base: Base;
  /** On top of the base's. */
  readonly own: readonly PackageLayer[];
  readonly extra: Dictionary;
  readonly description: string | undefined;
}

/** As docker writes it. */
function imageName({ repository: { host, name } }: Registry, tag: string): string {
  return `${host}/${name}:${tag}`;
}

/** @returns undefined for an image that is no sound one, as if it were missing */
async function ignoringBroken<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (isBroken(error)) return undefined;
    throw error;
  }
}
