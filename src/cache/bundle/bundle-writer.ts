/**
 * The writing half of a bundle that is being put together: layout 3 over a draft. An entry of another layout becomes
 * one of layout 3 without its tarball being fetched: it is enough to know its digest and where it lies.
 */
import { specEmitter } from '../../spec/emit-spec.ts';
import { specFileFormat } from '../../spec/spec-file.ts';
import type { Descriptor, Entry, EntryReader } from '../entries.ts';
import { blobKey, specManifestKey } from '../layouts/layout3.ts';
import { formatManifest, specMediaType } from '../layouts/manifest.ts';
import { specBlob } from '../layouts/publish.ts';
import { blobRecord } from '../layouts/put-blob.ts';
import { type CacheWriter, openLayout3Writer } from '../writing/cache-writer.ts';
import type { Draft } from './draft.ts';

export function openBundleWriter({ storage }: Draft): CacheWriter {
  const layout3 = openLayout3Writer(storage, undefined);
  return {
    ...layout3,
    async take(from, entry, name, signer, settings, signal) {
      const taken = await layout3.take?.(from, entry, name, signer, settings, signal);
      if (taken !== undefined) return taken;
      // An entry that is signed anew is not made here: its caller makes it of the very text that was verified.
      const tarball = signer === undefined ? await wholeDescriptor(from, entry, signal) : undefined;
      // Where the tarball's digest or size is not known, it has to be read.
      if (tarball === undefined) return undefined;
      const { sha256, size } = tarball;
      await storage.copyFrom?.(from.storage, tarball.key, blobKey(sha256), { expected: { sha256, size } });
      const document = await from.readSpec(entry, signal);
      if (document.root.hash !== name.hash) return undefined;
      const text = specEmitter(document).document(document.root.hash);
      const spec = await specBlob(text);
      const records = [
        blobRecord('tarball', { file: '', size, sha256 }, 'gzip'),
        blobRecord('spec', spec, 'gzip', specMediaType(specFileFormat(text))),
      ] as const;
      await storage.put(blobKey(records[1].sha256), spec);
      await storage.put(specManifestKey(name), Buffer.from(formatManifest(records)));
      return { between: size + spec.length, through: 0 };
    },
  };
}

/** Undefined where its digest or its length is not known. */
async function wholeDescriptor(
  { storage }: EntryReader,
  { tarball }: Entry,
  signal: AbortSignal | undefined,
): Promise<(Descriptor & { readonly sha256: string; readonly size: number }) | undefined> {
  const { key, sha256 } = tarball;
  const size = tarball.size ?? (await storage.head(key, { signal, withoutEtag: true }))?.size;
  return sha256 === undefined || size === undefined ? undefined : { key, sha256, size };
}
