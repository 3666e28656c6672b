/**
 * A repository in a registry, seen as a storage: a blob's key is its digest, a manifest's is its tag. So downloads
 * are the same as from any other storage.
 */
import { Readable } from 'node:stream';
import { type Digest, hexOf, isDigest } from '../../storage/registry/reference.ts';
import type { OciDescriptor, RegistryReader } from '../../storage/registry/registry.ts';
import type { StorageReader } from '../../storage/storage.ts';
import { fetchNamed, incomplete } from '../fetch-document.ts';

export function registryStorage(registry: RegistryReader): StorageReader {
  const storage: StorageReader = {
    url: registry.url,

    async get(key, { ifNoneMatch, ...options } = {}) {
      if (isDigest(key)) return await registry.blob(key, options);
      const manifest = await registry.manifest(key, options);
      if (manifest === undefined) return undefined;
      const { bytes, digest, mediaType } = manifest;
      if (digest === ifNoneMatch) return 'not-modified';
      const body = Readable.from([bytes], { objectMode: false });
      return { key, size: bytes.length, etag: digest, contentType: mediaType, body, offset: 0 };
    },

    async head(key, options) {
      if (isDigest(key)) {
        const found = await registry.headBlob(key, options);
        return found && { key, size: found.size };
      }
      const found = await registry.headManifest(key, options);
      return found && { key, size: found.size, etag: found.digest, contentType: found.mediaType };
    },

    close: () => registry.close(),
  };
  registries.set(storage, registry);
  return storage;
}

/** The repository that is seen as this storage, if one is. */
export function registryOf(storage: StorageReader): RegistryReader | undefined {
  return registries.get(storage);
}

const registries = new WeakMap<StorageReader, RegistryReader>();

export interface BlobOptions {
  /** For messages: `the configuration`. */
  readonly what: string;
  /** Bytes. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A small blob that a manifest names, its digest verified.
 * @param from the manifest, for messages
 * @throws BuildcacheError `bad-input` when it is not there, `corrupt`, `too-large`
 */
export async function fetchBlob(
  storage: StorageReader,
  { digest, size }: Pick<OciDescriptor, 'digest' | 'size'>,
  from: string,
  options: BlobOptions,
): Promise<Buffer> {
  const bytes = await fetchNamed(storage, { key: digest, sha256: hexOf(digest), size }, options);
  if (bytes !== undefined) return bytes;
  throw incomplete(from, `the blob it names, ${digest}`);
}

/** The digest of a storage's descriptor. */
export function digestOfHex(hex: string): Digest {
  return `sha256:${hex}`;
}
