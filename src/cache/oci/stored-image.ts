/**
 * A spec's image as a registry has it: its manifest with what the configuration says of its layers. All of it is
 * attacker-controlled; what comes out fits together.
 */
import { BuildcacheError } from '../../core/errors.ts';
import { MAX_SPEC_FILE, readSpecFile } from '../../spec/spec-file.ts';
import { hexOf } from '../../storage/registry/reference.ts';
import type { OciDescriptor, RegistryManifest } from '../../storage/registry/registry.ts';
import type { StorageReader } from '../../storage/storage.ts';
import type { EntryName } from '../entries.ts';
import { parseImageConfig, parseImageManifest } from './image.ts';
import type { PackageLayer } from './layers.ts';
import { requireTarball } from './reader.ts';
import type { SignedImage } from './signature.ts';
import { fetchBlob } from './storage.ts';

export interface StoredImage extends SignedImage {
  readonly configBytes: Buffer;
  /** All of them in their order, a base's and the dependencies' too. */
  readonly layers: readonly PackageLayer[];
  /** The spec's own: the last. */
  readonly layer: PackageLayer;
}

/**
 * @param storage where its configuration is
 * @param url the manifest's, for messages
 * @throws BuildcacheError `unsupported` for what is no image; `corrupt` for the image of another spec or with another
 *   tarball than the spec's; `bad-input` for one that is malformed
 */
export async function readStoredImage(
  storage: StorageReader,
  manifest: RegistryManifest,
  url: string,
  spec: EntryName,
  signal?: AbortSignal,
): Promise<StoredImage> {
  const { mediaType, config, layers: descriptors, subject: attachedTo } = parseImageManifest(manifest, url);
  // A copy of this image would be listed among what refers to that other image, such as its signatures.
  if (attachedTo !== undefined) {
    throw new BuildcacheError('bad-input', 'the image is attached to another one', {
      url,
      expected: 'no "subject"',
      found: attachedTo.digest,
    });
  }
  const what = { what: 'the configuration', maxBytes: MAX_SPEC_FILE, signal };
  const configBytes = await fetchBlob(storage, config, url, what);
  const { diffIds, env } = parseImageConfig(configBytes, url);
  const layers = descriptors.flatMap(({ digest, size }, i): PackageLayer[] => {
    const diffId = diffIds[i];
    return diffId === undefined ? [] : [{ digest, size, diffId }];
  });
  const [tarball, layer] = [descriptors.at(-1), layers.at(-1)];
  if (tarball === undefined || layer === undefined || descriptors.length !== diffIds.length) {
    throw new BuildcacheError('bad-input', 'the image is malformed', {
      url,
      expected: 'layers, and as many diff_ids',
      found: `${descriptors.length} and ${diffIds.length}`,
    });
  }
  requireSpec(configBytes, spec, tarball, url);
  const subject = { mediaType, digest: manifest.digest, size: manifest.bytes.length };
  return { subject, config, tarball, configBytes, layers, layer: { ...layer, env } };
}

/** A spec's tag may stand for any image, and the images of other specs are made with its layer. */
function requireSpec(
  config: Buffer,
  spec: EntryName,
  { digest, size }: Pick<OciDescriptor, 'digest' | 'size'>,
  url: string,
): void {
  const file = readSpecFile(config, url);
  requireTarball(file, { tarball: { key: digest, sha256: hexOf(digest), size }, url });
  if (file.root.hash === spec.hash) return;
  throw new BuildcacheError('corrupt', 'this is the image of another spec', {
    url,
    expected: `/${spec.hash}`,
    found: `/${file.root.hash}`,
    hint: 'push the spec again: `buildcache push --force MIRROR SPEC`',
  });
}
