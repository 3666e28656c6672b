/** What Spack pushed to a registry, read from the registry's own folder. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sha256Of, type TestRepository } from '../harness/registry-store.ts';
import { FIXTURES } from './mirror-fixture.ts';

export const REGISTRY_FOLDER = path.join(FIXTURES, 'spack-1.2/registry');
/** Its one repository. */
export const REPOSITORY = 'toy/cache';

const ROOT = path.join(REGISTRY_FOLDER, 'docker/registry/v2');
const TAGS = path.join(ROOT, 'repositories', REPOSITORY, '_manifests/tags');

/** By hash: what Spack says of each spec. */
export const SPACK_SAYS: Readonly<
  Record<string, { format: string; oci_tag: string; external: boolean; tar_sha256: string; name: string }>
> = JSON.parse(readFileSync(path.join(FIXTURES, 'spack-1.2/expected/specs.json'), 'utf8'));

export function spackTags(): string[] {
  return readdirSync(TAGS);
}

export function spackManifest(tag: string): Buffer {
  return spackBlob(readFileSync(path.join(TAGS, tag, 'current/link'), 'utf8').trim());
}

export function spackBlob(digest: string): Buffer {
  const hex = digest.replace('sha256:', '');
  return readFileSync(path.join(ROOT, 'blobs/sha256', hex.slice(0, 2), hex, 'data'));
}

/** Puts all that Spack pushed into a repository of a test registry. */
export function fillFromSpack({ blobs, manifests, tags }: TestRepository): void {
  for (const tag of spackTags()) {
    const bytes = spackManifest(tag);
    const { config, layers } = JSON.parse(bytes.toString());
    for (const { digest } of [config, ...layers]) blobs.set(digest, spackBlob(digest));
    const digest = sha256Of(bytes);
    manifests.set(digest, { bytes, mediaType: 'application/vnd.oci.image.manifest.v1+json' });
    tags.set(tag, digest);
  }
}
