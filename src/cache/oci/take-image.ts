/**
 * Takes an image over from another repository unchanged: the same blobs and the very bytes of its manifest, so that
 * its digest stays the same and the signatures that refer to it stay good. Its tag comes last: there never is an
 * image without its layers, nor one that looks unsigned for a while.
 *
 * A signature vouches for the configuration and the spec's own layer. The configuration names the other layers
 * uncompressed (`diff_ids`), and the layers of a signed image that come through this process are compared with that.
 * Nobody sees the content of a mounted layer until the image is run; whatever runs it has to compare the layer too
 * (OCI image specification).
 */
import pLimit from 'p-limit';
import { BuildcacheError } from '../../core/errors.ts';
import type { Registry } from '../../storage/registry/registry.ts';
import type { Entry, EntryName, EntryReader } from '../entries.ts';
import type { BlobCopy, CopySettings } from '../layouts/copy-blob.ts';
import type { Taken } from '../layouts/take-entry.ts';
import type { Signer } from '../trust/signing.ts';
import { AT_ONCE, type RepositoryBlobs, type WantedBlob } from './blobs.ts';
import { carrySignature, type FoundSignature, isAbout, putSignature } from './signature.ts';
import { readStoredImage, type StoredImage } from './stored-image.ts';
import { specTag } from './tags.ts';

/** Whether that reader's entries are images. */
export function hasImages({ layout }: EntryReader): boolean {
  return layout === 'oci';
}

/**
 * @param blobs the target's
 * @param signer signs the image anew; undefined: the signatures that were found with it come along
 * @returns undefined where the entry is no image
 * @throws BuildcacheError `untrusted` when the entry counts as signed, but by nothing that is about it; `not-found`,
 *   `corrupt`, `bad-input` for an image that is not whole or not what it should be; else as the registries do
 */
export async function takeImage(
  target: Registry,
  blobs: RepositoryBlobs,
  from: EntryReader,
  entry: Entry,
  name: EntryName,
  signer: Signer | undefined,
  { spool, watch }: CopySettings,
  signal?: AbortSignal,
): Promise<Taken | undefined> {
  const { image, url } = entry;
  if (!hasImages(from) || image === undefined) return undefined;
  // The manifest that was verified, whatever the tag has come to mean meanwhile.
  const { manifest } = image;
  const stored = await readStoredImage(from.storage, manifest, url, name, signal);
  const signatures = signer === undefined ? signaturesOf(entry, stored) : [];
  const { config, configBytes, layers, subject } = stored;
  const isVouched = signer !== undefined || signatures.length > 0;
  const wanted: WantedBlob[] = [
    ...layers.map(({ digest, size, diffId }) => ({ digest, size, diffId: isVouched ? diffId : undefined })),
    { digest: config.digest, size: config.size, bytes: configBytes },
  ];
  const moved: Record<BlobCopy, number> = { there: 0, between: 0, through: 0 };
  const failures: unknown[] = [];
  const limit = pLimit(AT_ONCE);
  // A copy under way is not broken off: other images may wait for it. After a failure no other copy begins, since a
  // hostile manifest may name thousands of layers that are nowhere.
  const bringOne = async (blob: WantedBlob): Promise<void> => {
    if (failures.length > 0) return;
    try {
      moved[await blobs.bring(from.storage, blob, spool, signal, watch)] += blob.size;
    } catch (error) {
      failures.push(error);
    }
  };
  await Promise.all(wanted.map((blob) => limit(bringOne, blob)));
  if (failures.length > 0) throw failures[0];
  const { statement } = entry;
  if (signer !== undefined) await putSignature(target, { ...stored, statement }, signer, signal, true);
  for (const signature of signatures) await carrySignature(target, signature, subject, signal);
  await target.putManifest(specTag(name), manifest.bytes, subject.mediaType, { signal });
  return { between: moved.between, through: moved.through };
}

/** The signatures that are about this image. Whatever else is attached to it stays behind. */
function signaturesOf({ image, signed, url }: Entry, stored: StoredImage): readonly FoundSignature[] {
  const found = image?.signatures.filter(({ text }) => isAbout(text, stored)) ?? [];
  if (found.length > 0 || !signed) return found;
  throw new BuildcacheError('untrusted', 'the signature is about another image', {
    url,
    hint: 'push the spec again: `buildcache push --force MIRROR SPEC`, or sign it anew with a key of yours',
  });
}
