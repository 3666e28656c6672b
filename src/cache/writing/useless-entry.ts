/**
 * Which entries nobody can use, so that removing them takes nothing away. That has to be proved. That we cannot read
 * an entry proves nothing, since Spack, a newer program or we at another time may. What counts as a proof:
 *
 * - a manifest that is empty, or that begins as JSON or as a signed message and does not end as one;
 * - a blob that is named and not there, on a mirror that shows others, and nothing says that it may still come;
 * - a blob whose content is not what its digest says. Its length alone proves nothing: Spack never looks at it;
 * - an entry in the place of one spec that is of another spec, which has its entry in its own place.
 *
 * An answer that is not as long as the storage says, or packed on top, proves nothing: it may have been cut short on the
 * way, or be whole to a client that unpacks it.
 */
import { BuildcacheError, errorCode } from '../../core/errors.ts';
import type { SpecNode } from '../../spec/node.ts';
import type { EntryReader } from '../entries.ts';
import { documentUrl, fetchDocument } from '../fetch-document.ts';
import { type EntryProblem, verifyBlob } from '../reading/check-entry.ts';

/**
 * @param awaited why a blob that is missing may still come, for a person; undefined where it will not
 * @returns why the problem does not prove that nobody can use the entry, for a person; undefined where it does
 * @throws BuildcacheError when it could not be told
 */
export async function whyUseful(
  reader: EntryReader,
  { kind, entry, blob, belongsTo }: EntryProblem,
  awaited: string | undefined,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  switch (kind) {
    case 'unsigned':
    case 'untrusted':
    case 'provenance':
      return 'it is whole';
    case 'unreadable':
      return 'another program may read it';
    case 'malformed': {
      // An image's manifest is what its digest says, and so is a spec file that could be read at all.
      if (reader.isInPart === undefined || blob !== undefined) return 'another program may read it';
      const bytes = await fetchDocument(reader.storage, entry.key, { what: 'the manifest', signal });
      if (bytes === undefined) return undefined;
      const size = (await reader.storage.head(entry.key, { signal }))?.size;
      if (size !== undefined && size !== bytes.length)
        return `it has ${size} bytes, and ${bytes.length} bytes of it came`;
      return reader.isInPart(bytes) ? undefined : 'another program may read it';
    }
    case 'misfiled':
      return belongsTo !== undefined && (await isInItsPlace(reader, belongsTo, signal))
        ? undefined
        : 'it may be the only entry of the spec it is of: put it in its place';
    case 'blob-missing':
      return awaited;
    case 'blob-size':
    case 'blob-corrupt':
      if (blob === undefined) return 'it may be whole';
      try {
        const isProved = await isDamaged(reader, blob.key, blob.sha256, signal);
        return isProved ? undefined : 'the blob is what its digest says';
      } catch (error) {
        if (errorCode(error) !== 'protocol') throw error;
        return 'the blob may be whole';
      }
  }
}

/**
 * Whether a blob is not what its digest says, whatever is said of its length.
 * @throws BuildcacheError `conflict` where it was written while it was read: it is another blob by now; `protocol` where
 *   another length came than the storage says, or what it calls packed
 */
export async function isDamaged(
  reader: EntryReader,
  key: string,
  sha256: string | undefined,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (sha256 === undefined) return false;
  const { storage } = reader;
  const before = await storage.head(key, { signal });
  try {
    await verifyBlob(reader, { key, sha256, size: undefined, proof: { stored: before?.size } }, signal);
    return false;
  } catch (error) {
    if (errorCode(error) !== 'corrupt') throw error;
  }
  const now = await storage.head(key, { signal });
  if (now?.etag === before?.etag && now?.modified?.getTime() === before?.modified?.getTime()) return true;
  throw new BuildcacheError('conflict', 'somebody wrote it meanwhile', { url: documentUrl(storage, key) });
}

/** Whether an entry of a spec is where it belongs: what is there may be misfiled as well. */
async function isInItsPlace(
  reader: EntryReader,
  spec: SpecNode,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    const entry = await reader.read(spec, signal);
    return entry !== undefined && (await reader.readSpec(entry, signal)).root.hash === spec.hash;
  } catch (error) {
    if (['bad-input', 'corrupt', 'unsupported', 'too-large'].includes(errorCode(error))) return false;
    throw error;
  }
}
