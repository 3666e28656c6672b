/** A repository in a test registry, read and written as a build cache. */
import type { CacheWriter } from '../../src/cache/cache-writer.ts';
import type { EntryReader } from '../../src/cache/entries.ts';
import { openOci } from '../../src/cache/oci-reader.ts';
import { type OciWriterOptions, openOciWriter } from '../../src/cache/oci-writer.ts';
import { startRegistry, type TestRegistry, type TestRegistryOptions } from '../harness/registry.ts';
import { openTestReader, openTestRegistry } from '../harness/registry-client.ts';
import type { TestRepository } from '../harness/registry-store.ts';

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
