/**
 * Which blobs the documents of a layout 3 mirror name, kept up to date by reading changed documents again. A prune
 * deletes what is not named, so nothing may be overlooked. Any SHA-256 in any document counts, even if the document
 * is damaged or of a kind that we do not know. Every blob counts as named where the mirror has a document that only a
 * newer program can read; one in which nothing can be read at all (compressed, or a web page in its place); one that is
 * listed and not to be had, or of which a part came; a link that leads nowhere; or a layout after the third, which may share the
 * blobs.
 */
import pLimit from 'p-limit';
import { throwIfCancelled } from '../../core/abort.ts';
import { describeError, errorCode } from '../../core/errors.ts';
import { askedAgain } from '../../storage/asked-again.ts';
import type { ObjectInfo, StorageLister } from '../../storage/storage.ts';
import { documentUrl, fetchDocument, linkToNowhere } from '../fetch-document.ts';
import { MANIFESTS } from './layout3.ts';
import { type BlobRecord, isManifestInPart, parseManifest } from './manifest.ts';

/**
 * A document that was written within this time before we looked is read again: its time may be coarse, and the next
 * version may have the same one.
 */
const COARSE_MS = 60_000;

export interface NamedBlobs {
  /**
   * Reads the documents that are new or have changed since the last time.
   * @throws as the storage does: what could not be read may name anything
   */
  look(signal?: AbortSignal): Promise<void>;
  /** Whether any document named it, or may have named it, at any of our looks. */
  has(sha256: string): boolean;
  /** Why each blob counts as named, one line for a person; undefined where that is known of each. */
  readonly unclear: string | undefined;
}

/** @param without keys of documents not to look at */
export function namedBlobs(
  storage: StorageLister,
  jobs: number,
  without: ReadonlySet<string> = new Set(),
): NamedBlobs {
  const named = new Set<string>();
  const seen = new Map<string, string>();
  let unclear: string | undefined;
  return {
    async look(signal) {
      const changed: ObjectInfo[] = [];
      const before = Date.now() - COARSE_MS;
      const onHidden = (key: string) => {
        if (MAY_HAVE_DOCUMENTS.test(key)) unclear ??= describeError(linkToNowhere(storage, key));
      };
      for await (const info of storage.list('v', { signal, onHidden })) {
        if (isOfNewerLayout(info.key)) {
          unclear ??= `${documentUrl(storage, info.key)}: a layout that needs a newer program. Update buildcache-action`;
        }
        if (!info.key.startsWith(MANIFESTS) || without.has(info.key)) continue;
        const version = versionOf(info, before);
        if (version === undefined || seen.get(info.key) !== version) changed.push(info);
        if (version === undefined) seen.delete(info.key);
        else seen.set(info.key, version);
      }
      const limit = pLimit(jobs);
      const absent = new Set<string>();
      const reads = await Promise.allSettled(
        changed.map(({ key, size }) =>
          limit(async () => {
            throwIfCancelled(signal);
            const fetch = () => fetchDocument(storage, key, { what: 'the manifest', signal });
            const bytes = await askedAgain(storage, fetch, signal);
            if (bytes === undefined) {
              seen.delete(key);
              absent.add(key);
              return;
            }
            const digests = digestsIn(bytes);
            for (const digest of digests) named.add(digest);
            const read = readRecords(
              bytes,
              key,
              { digests: digests.length, size },
              documentUrl(storage, key),
            );
            for (const { sha256 } of read.records) named.add(sha256);
            unclear ??= read.unclear;
          }),
        ),
      );
      const failed = reads.find(({ status }) => status === 'rejected');
      if (failed?.status === 'rejected') throw failed.reason;
      for (const key of await stillListed(storage, absent, signal)) {
        unclear ??= `${documentUrl(storage, key)}: it is listed, and not there. It may name any blob. Delete it if it stays so`;
      }
    },
    has: (sha256) => unclear !== undefined || named.has(sha256),
    get unclear() {
      return unclear;
    },
  };
}

/** Of documents that are not there, those that the storage does not forget: it may only not have them for a moment. */
async function stillListed(
  storage: StorageLister,
  absent: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const found: string[] = [];
  if (absent.size === 0) return found;
  for await (const { key } of storage.list(MANIFESTS, { signal })) if (absent.has(key)) found.push(key);
  return found;
}

/** What tells this version of a document from others; undefined when nothing does. */
function versionOf({ modified, size, etag }: ObjectInfo, before: number): string | undefined {
  if (etag !== undefined) return etag;
  if (modified === undefined || modified.getTime() > before) return undefined;
  return `${modified.getTime()} ${size}`;
}

interface ReadDocument {
  readonly records: readonly BlobRecord[];
  /**
   * Why any blob may be named. Undefined for a sound document, one that nobody can read, and one whose digests are in
   * plain text.
   */
  readonly unclear: string | undefined;
}

/** @param listed.size what the listing says */
function readRecords(
  bytes: Buffer,
  key: string,
  { digests, size = bytes.length }: { readonly digests: number; readonly size: number | undefined },
  url: string,
): ReadDocument {
  try {
    return { records: parseManifest(bytes, url).records, unclear: undefined };
  } catch (error) {
    if (['unsupported', 'protocol'].includes(errorCode(error)))
      return { records: [], unclear: describeError(error) };
    // An answer may be cut short on the way, where no length was said with it.
    if (bytes.length !== size)
      return { records: [], unclear: `${url} has ${size} bytes, and ${bytes.length} bytes of it came` };
    // A manifest without a digest may be compressed. Files of other names are nobody's documents.
    const isClear = digests > 0 || !key.endsWith('.manifest.json') || isManifestInPart(bytes);
    const unclear = `${url} names nothing that can be read: repair the mirror, or delete it if nobody needs it`;
    return { records: [], unclear: isClear ? undefined : unclear };
  }
}

/** A layout, its manifests, and all below them. */
const MAY_HAVE_DOCUMENTS = /^v\d+(?:$|\/manifests(?:$|\/))/;

function isOfNewerLayout(key: string): boolean {
  return Number(/^v(\d+)\/(?:manifests\/|layout\.json$)/.exec(key)?.[1]) > 3;
}

function digestsIn(bytes: Buffer): readonly string[] {
  return bytes.toString('latin1').match(/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g) ?? [];
}
