/** A repository in a test registry, read and written as a build cache. */
import { gzipSync } from 'node:zlib';
import type { EntryReader } from '../../src/cache/entries.ts';
import { openOci } from '../../src/cache/oci/reader.ts';
import { type OciWriterOptions, openOciWriter } from '../../src/cache/oci/writer.ts';
import type { CacheWriter } from '../../src/cache/writing/cache-writer.ts';
import { startRegistry, type TestRegistry, type TestRegistryOptions } from '../harness/registry.ts';
import { openTestReader, openTestRegistry } from '../harness/registry-client.ts';
import { sha256Of, type TestRepository } from '../harness/registry-store.ts';

export const NO_OPTIONS: OciWriterOptions = { base: undefined, source: undefined, signed: false };

export interface RegistryPlace {
  readonly server: TestRegistry;
  readonly url: string;
  readonly repository: TestRepository;
  readonly writer: CacheWriter;
  readonly reader: EntryReader;
  close(): Promise<void>;
}

export async function registryPlace(
  options: TestRegistryOptions = {},
  more: Partial<OciWriterOptions> = {},
): Promise<RegistryPlace> {
  const server = await startRegistry(options);
  const url = `${server.url}toy/cache`;
  const writer = openOciWriter(await openTestRegistry(url), { ...NO_OPTIONS, ...more });
  const reader = openOci(await openTestReader(url), { signed: more.signed ?? false });
  return {
    server,
    url,
    get repository() {
      return server.repository('toy/cache');
    },
    writer,
    reader,
    async close() {
      await writer.close();
      await reader.storage.close();
      await server.close();
    },
  };
}

/** The manifest and the configuration of an image. */
export function imageOf(
  { manifests, tags, blobs }: TestRepository,
  tag: string,
): { readonly manifest: ImageDocument; readonly config: ConfigDocument; readonly digest: string } {
  const digest = tags.get(tag) ?? '';
  const manifest = JSON.parse(manifests.get(digest)?.bytes.toString() ?? 'null') as ImageDocument;
  const config = JSON.parse(blobs.get(manifest.config.digest)?.toString() ?? 'null') as ConfigDocument;
  return { manifest, config, digest };
}

export interface ImageDocument {
  readonly mediaType: string;
  readonly config: { readonly mediaType: string; readonly digest: string; readonly size: number };
  readonly layers: readonly { readonly mediaType: string; readonly digest: string; readonly size: number }[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly subject?: { readonly digest: string };
  readonly artifactType?: string;
}

export interface ConfigDocument {
  readonly architecture: string;
  readonly rootfs: { readonly diff_ids: readonly string[] };
  readonly config: { readonly Env: readonly string[]; readonly Labels?: Readonly<Record<string, string>> };
  readonly [key: string]: unknown;
}

/** Puts an image of the same spec with another tarball in the place of one. @returns the digest of that */
export function forgeImage(repository: TestRepository, tag: string): string {
  const put = (bytes: Buffer) => {
    repository.blobs.set(sha256Of(bytes), bytes);
    return { digest: sha256Of(bytes), size: bytes.length };
  };
  const { manifest, config } = imageOf(repository, tag);
  const evil = put(gzipSync('evil'));
  const forged = {
    ...config,
    binary_cache_checksum: { hash_algorithm: 'sha256', hash: evil.digest.slice('sha256:'.length) },
    rootfs: { diff_ids: [...config.rootfs.diff_ids.slice(0, -1), sha256Of(Buffer.from('evil'))] },
  };
  const layers = manifest.layers.map((layer, i, { length }) => ({ ...layer, ...(i === length - 1 && evil) }));
  const configOf = { ...manifest.config, ...put(Buffer.from(JSON.stringify(forged))) };
  const bytes = Buffer.from(JSON.stringify({ ...manifest, config: configOf, layers }));
  repository.manifests.set(sha256Of(bytes), { bytes, mediaType: manifest.mediaType });
  repository.tags.set(tag, sha256Of(bytes));
  return evil.digest;
}

/** Hashes that have a tag. */
export function taggedHashes({ tags }: TestRepository): Set<string> {
  const hashes = [...tags.keys()].map((tag) => /-([a-z2-7]{32})\.spack$/.exec(tag)?.[1]);
  return new Set(hashes.filter((hash) => hash !== undefined));
}

/** Records of the index by hash; undefined when there is none. */
export function registryIndex(repository: TestRepository): Map<string, IndexEntry> | undefined {
  if (!repository.tags.has('index.spack')) return undefined;
  const [layer] = imageOf(repository, 'index.spack').manifest.layers;
  const bytes = repository.blobs.get(layer?.digest ?? '');
  return new Map(Object.entries(JSON.parse(bytes?.toString() ?? '').database.installs));
}

export interface IndexEntry {
  readonly in_buildcache: boolean;
  readonly ref_count: number;
}

/** Hashes the index says are in the cache. */
export function listedInRegistry(repository: TestRepository): Set<string> {
  const records = [...(registryIndex(repository) ?? [])];
  return new Set(records.filter(([, record]) => record.in_buildcache).map(([hash]) => hash));
}

/** Throws unless what every tag names is there and right, and every listed spec has a tag. */
export function assertSoundRegistry(repository: TestRepository): void {
  for (const [tag, digest] of repository.tags) {
    const { bytes } = repository.manifests.get(digest) ?? { bytes: Buffer.alloc(0) };
    if (sha256Of(bytes) !== digest) throw new Error(`${tag} names a wrong manifest`);
    const { config, layers } = JSON.parse(bytes.toString()) as ImageDocument;
    for (const blob of [config, ...layers]) {
      const found = repository.blobs.get(blob.digest);
      if (found?.length !== blob.size || sha256Of(found) !== blob.digest) {
        throw new Error(`${tag} names a blob that is not there, or wrong`);
      }
    }
    if (!/-[a-z2-7]{32}\.spack$/.test(tag)) continue;
    const { rootfs } = JSON.parse(repository.blobs.get(config.digest)?.toString() ?? '') as ConfigDocument;
    if (rootfs.diff_ids.length !== layers.length) throw new Error(`${tag} has layers nobody knows`);
  }
  const tagged = taggedHashes(repository);
  for (const hash of listedInRegistry(repository)) {
    if (!tagged.has(hash)) throw new Error(`the index lists ${hash}, which is not there`);
  }
}
