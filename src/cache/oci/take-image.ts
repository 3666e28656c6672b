/**
 * An image taken over from another repository as it is: the same blobs and the very bytes of its manifest, so that its
 * digest stays the same and the signatures that refer to it stay good. Its tag comes last: there never is an image
 * without its layers, nor one that looks unsigned for a while.
 *
 * What a signature vouches for is the configuration and the spec's own layer; the configuration names the other layers
 * uncompressed (`diff_ids`). Of a signed image, those that come through us are compared with that. What is mounted is
 * seen by nobody until somebody runs the image, and who does has to compare it too (OCI image specification).
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
  // What was verified, whatever the tag has come to mean meanwhile.
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
  // What is under way comes to its end: others may wait for it. Nothing begins any more once something has failed, since
  // a hostile manifest names thousands of layers that are nowhere.
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
  if (signer !== undefined) await putSignature(target, stored, signer, signal);
  for (const signature of signatures) await carrySignature(target, signature, signal);
  await target.putManifest(specTag(name), manifest.bytes, subject.mediaType, { signal });
  return { between: moved.between, through: moved.through };
}

/** Those that are about the image; what else is attached to it is nobody's concern elsewhere. */
function signaturesOf({ image, signed, url }: Entry, stored: StoredImage): readonly FoundSignature[] {
  const found = image?.signatures.filter(({ text }) => isAbout(text, stored)) ?? [];
  if (found.length > 0 || !signed) return found;
  throw new BuildcacheError('untrusted', 'the signature is about another image', {
    url,
    hint: 'push the spec again: `buildcache push --force MIRROR SPEC`, or sign it anew with a key of yours',
  });
}
