/**
 * Takes an entry of layout 3 over from another mirror of that layout, unchanged: the same blobs, and the very bytes
 * of the manifest, so that its signature stays good.
 */
import { BuildcacheError } from '../../core/errors.ts';
import type { Storage } from '../../storage/storage.ts';
import type { Entry, EntryName, EntryReader } from '../entries.ts';
import type { Signer } from '../trust/signing.ts';
import { type BlobCopy, type CopySettings, copyBlob } from './copy-blob.ts';
import { blobDescriptor, specManifestKey } from './layout3.ts';
import { formatManifest, parseManifest } from './manifest.ts';

/** Bytes of blobs that were not there yet, by the way they took. */
export interface Taken {
  /** Copied from one end to the other, not through this process. */
  readonly between: number;
  readonly through: number;
}

/** Whether that reader's entries are of this layout. */
export function isLayout3({ layout }: EntryReader): boolean {
  return layout === 'v3';
}

/**
 * @param signer signs the manifest anew; undefined: it is kept, signed or not
 * @returns undefined where the entry is of another layout
 * @throws BuildcacheError as `copyBlob`; `unsupported` for an entry that is to be signed anew, and names more than one
 *   tarball and one spec file
 */
export async function takeLayout3Entry(
  storage: Storage,
  from: EntryReader,
  entry: Entry,
  name: EntryName,
  signer: Signer | undefined,
  settings: CopySettings,
  signal?: AbortSignal,
): Promise<Taken | undefined> {
  if (!isLayout3(from)) return undefined;
  const { records } = parseManifest(entry.bytes, entry.url);
  if (signer !== undefined && records.length !== LOOKED_AT) throw namesMore(entry.url, records.length);
  const moved: Record<BlobCopy, number> = { there: 0, between: 0, through: 0 };
  const copy = async (record: (typeof records)[number]): Promise<BlobCopy> => {
    const blob = { ...blobDescriptor(record), sha256: record.sha256, size: record.size };
    const way = await copyBlob(from.storage, blob, storage, settings, signal);
    moved[way] += record.size;
    return way;
  };
  // A hard link has the age of the file it links to. A prune cannot tell it from a blob that has long been there.
  const isOld = (way: BlobCopy) => way === 'there' || (way === 'between' && settings.hardLink);
  const reused: (typeof records)[number][] = [];
  for (const record of records) if (isOld(await copy(record))) reused.push(record);
  const manifest =
    signer === undefined
      ? entry.bytes
      : Buffer.from(await signer.sign(formatManifest(records, [], entry.statement)));
  await storage.put(specManifestKey(name), manifest, { contentType: 'application/json', signal });
  // Nothing named these blobs until now. A prune may have taken them between our look and our manifest.
  for (const record of reused) await copy(record);
  return { between: moved.between, through: moved.through };
}

/** The records of an entry that is looked at before it is signed: its tarball and its spec file. */
const LOOKED_AT = 2;

/**
 * Of several records of a kind, Spack takes the first of the version that it writes, and we take the newest. So our
 * signature could be on a spec file that we have not looked at, and another Spack reads.
 */
function namesMore(url: string, found: number): BuildcacheError {
  return new BuildcacheError('unsupported', 'it names more than what is looked at before it is signed', {
    url,
    expected: 'one tarball and one spec file',
    found: `${found} records`,
    hint: 'find out who has pushed it, and push it again: `buildcache push --force MIRROR SPEC`',
  });
}
