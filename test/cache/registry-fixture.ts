/** What Spack pushed to a registry, read from the registry's own folder. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sha256Of, type TestRepository } from '../harness/registry-store.ts';
import { FIXTURES } from './mirror-fixture.ts';

export const REGISTRY_FOLDER = path.join(FIXTURES, 'spack-1.2/registry');
/** Its one repository. */
export const REPOSITORY = 'toy/cache';

type Says = { format: string; oci_tag: string; external: boolean; tar_sha256: string; name: string };

/** What a Spack pushed, and by hash what it says of each spec. */
export function spackRegistry(version: string) {
  const root = path.join(FIXTURES, `spack-${version}/registry/docker/registry/v2`);
  const tagFolder = path.join(root, 'repositories', REPOSITORY, '_manifests/tags');
  const blob = (digest: string): Buffer => {
    const hex = digest.replace('sha256:', '');
    return readFileSync(path.join(root, 'blobs/sha256', hex.slice(0, 2), hex, 'data'));
  };
  const says: Readonly<Record<string, Says>> = JSON.parse(
    readFileSync(path.join(FIXTURES, `spack-${version}/expected/specs.json`), 'utf8'),
  );
  return {
    says,
    tags: () => readdirSync(tagFolder),
    manifest: (tag: string) => blob(readFileSync(path.join(tagFolder, tag, 'current/link'), 'utf8').trim()),
    blob,
  };
}

export const {
  says: SPACK_SAYS,
  tags: spackTags,
  manifest: spackManifest,
  blob: spackBlob,
} = spackRegistry('1.2');

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
