/** Where an image of an environment is put. Layers come first, then the documents, and last what names the image. */
import { rm } from 'node:fs/promises';
import { BuildcacheError } from '../../core/errors.ts';
import { type Digest, hexOf } from '../../storage/registry/reference.ts';
import type { OciDescriptor, Registry, RegistryReader } from '../../storage/registry/registry.ts';
import { copyLayer } from './base.ts';
import type { OciDocument, PlatformImage } from './environment-image.ts';
import { digestOfHex } from './storage.ts';

/** A layer that was made here. */
export interface MadeLayer {
  /** Is gone when the layer is put. */
  readonly file: string;
  readonly size: number;
  readonly sha256: string;
}

export interface ImageTarget {
  /** An existing folder in which layers are made. */
  readonly folder: string;
  /** @returns bytes that were sent; 0 where the layer was there */
  putLayer(layer: MadeLayer, signal?: AbortSignal): Promise<number>;
  /** Takes over a layer of a base image. @param url of the base, for messages */
  takeLayer(source: RegistryReader, layer: OciDescriptor, url: string, signal?: AbortSignal): Promise<void>;
  /**
   * @param image what stands for all the platforms
   * @throws BuildcacheError `conflict` where another writer has given the name to another image meanwhile
   */
  finish(image: OciDocument, platforms: readonly PlatformImage[], signal?: AbortSignal): Promise<void>;
}

/**
 * An image of a registry, under a tag. A registry has no conditional writes, so the tag is looked at before and after: an
 * image that another job has put there meanwhile is not replaced.
 * @param folder for layers on their way
 */
export async function registryTarget(
  registry: Registry,
  tag: string,
  folder: string,
  signal?: AbortSignal,
): Promise<ImageTarget> {
  const tagged = async (during: AbortSignal | undefined): Promise<Digest | undefined> =>
    (await registry.headManifest(tag, { signal: during }))?.digest;
  const before = await tagged(signal);
  return {
    folder,

    async putLayer({ file, size, sha256 }, during) {
      const sent = await registry.putBlob({ file, size }, digestOfHex(sha256), { signal: during });
      await rm(file, { force: true });
      return sent ? size : 0;
    },

    takeLayer: (source, layer, url, during) => copyLayer(registry, source, layer, url, during),

    async finish(image, platforms, during) {
      const options = { signal: during };
      for (const { config, manifest } of platforms) {
        await registry.putBlob(config.bytes, config.digest, options);
        if (manifest.digest === image.digest) continue;
        await registry.putManifest(manifest.digest, manifest.bytes, manifest.mediaType, options);
      }
      const now = await tagged(during);
      const isFree = now === before || now === image.digest;
      await registry.putManifest(isFree ? tag : image.digest, image.bytes, image.mediaType, options);
      if (!isFree) throw tagMoved(registry, tag, { before, now, image: image.digest });
    },
  };
}

function tagMoved(
  { url, repository: { host, name } }: Registry,
  tag: string,
  { before, now, image }: { before: Digest | undefined; now: Digest | undefined; image: Digest },
): BuildcacheError {
  return new BuildcacheError('conflict', 'another job has moved the tag meanwhile, so it was left alone', {
    url: `${url}:${tag}`,
    expected: before === undefined ? 'no such tag' : shortDigest(before),
    found: now === undefined ? 'no such tag' : shortDigest(now),
    hint: `the image itself is there, as ${host}/${name}@${image}: run this again if the tag is to name it`,
  });
}

function shortDigest(digest: Digest): string {
  return `sha256:${hexOf(digest).slice(0, 12)}`;
}
