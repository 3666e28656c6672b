/**
 * The index of a registry, as Spack keeps it: under a tag of its own, in the form of an image. Registries have no
 * conditional writes, so the index is written and read back until it is there.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { BuildcacheError, errorCode } from '../../core/errors.ts';
import { stringifyCompact } from '../../core/json.ts';
import { hexOf } from '../../storage/registry/reference.ts';
import type { Registry } from '../../storage/registry/registry.ts';
import type { IndexLocation } from '../entries.ts';
import type { IndexFile } from '../index/file.ts';
import { type IndexPlace, NO_INDEX } from '../index/place.ts';
import { OCI_TYPE, parseImageManifest } from './image.ts';
import { EMPTY, EMPTY_DIGEST } from './signature.ts';
import { digestOfHex } from './storage.ts';
import { INDEX_TAG } from './tags.ts';

/** Milliseconds after which the slowest of several writers has most likely written. */
const PAUSE_MS = 100;

export function ociIndex(registry: Registry): IndexPlace {
  const url = `${registry.url}/${INDEX_TAG}`;

  const read: IndexPlace['read'] = async (signal) => {
    const found = await registry.manifest(INDEX_TAG, { signal });
    if (found === undefined) return NO_INDEX;
    const location = locationIn(found, url);
    // Only the bytes of the index say its version.
    return { exists: true, etag: found.digest, locations: new Map(location && [[9, location]]) };
  };

  return {
    url,
    isView: false,
    sideBySide: false,
    read,

    async replace(base, indices, started, signal) {
      const index = indices.at(-1);
      if (index === undefined) return true;
      const digest = digestOfHex(index.sha256);
      await registry.putBlob(index, digest, { signal });
      await registry.putBlob(EMPTY, EMPTY_DIGEST, { signal });
      // This only saves a round that would be lost. Others may still write between this look and our write.
      if ((await registry.headManifest(INDEX_TAG, { signal }))?.digest !== base.etag) return false;
      await registry.putManifest(INDEX_TAG, indexManifest(index), OCI_TYPE.manifest, { signal });
      await sleep(PAUSE_MS * (1 + Math.random()) + 2 * (performance.now() - started), undefined, { signal });
      return (await read(signal)).locations.get(9)?.sha256 === index.sha256;
    },
  };
}

/** Byte for byte what Spack writes, including the false media type of the layer. */
function indexManifest({ sha256, size }: Pick<IndexFile, 'sha256' | 'size'>): Buffer {
  return Buffer.from(
    stringifyCompact({
      mediaType: OCI_TYPE.manifest,
      schemaVersion: 2,
      config: { mediaType: OCI_TYPE.config, digest: EMPTY_DIGEST, size: EMPTY.length },
      layers: [{ mediaType: OCI_TYPE.layer, digest: digestOfHex(sha256), size }],
    }),
  );
}

/** @throws BuildcacheError `unsupported` for what is no image: a newer program may keep its index so */
function locationIn(
  found: { readonly bytes: Buffer; readonly mediaType: string },
  url: string,
): IndexLocation | undefined {
  try {
    const [layer] = parseImageManifest(found, url).layers;
    if (layer === undefined) return undefined;
    return { key: layer.digest, sha256: hexOf(layer.digest), size: layer.size, compression: 'none' };
  } catch (error) {
    // An index that cannot be read is replaced, unless a newer program can read it.
    if (errorCode(error) !== 'unsupported') return undefined;
    throw new BuildcacheError('unsupported', 'the index is no image, as Spack keeps it', {
      ...(error instanceof BuildcacheError ? error.facts : {}),
      hint: 'use a newer version of buildcache; or delete this tag, if nothing needs it, and run `buildcache update-index MIRROR`',
    });
  }
}
