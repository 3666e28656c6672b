/**
 * Which blobs the documents of a layout 3 mirror name, kept up to date by looking again at what has changed. Whoever
 * deletes what is not named must not overlook anything: any SHA-256 in any document counts, also in one of a kind or
 * version that we do not know, or that is damaged.
 */
import pLimit from 'p-limit';
import { throwIfCancelled } from '../core/abort.ts';
import type { ObjectInfo, StorageLister } from '../storage/storage.ts';
import { fetchDocument } from './fetch-document.ts';
import { MANIFESTS } from './layout3.ts';

/**
 * A document that was written this long before we looked is read again: its time may be coarse, and the next version
 * may have the same.
 */
const COARSE_MS = 60_000;

export interface NamedBlobs {
  /**
   * Reads the documents that are new or have changed since the last time.
   * @throws as the storage does: what could not be read may name anything
   */
  look(signal?: AbortSignal): Promise<void>;
  /** Whether any document named it, at any time we looked. */
  has(sha256: string): boolean;
}

/** @param without keys of documents not to look at */
export function namedBlobs(
  storage: StorageLister,
  jobs: number,
  without: ReadonlySet<string> = new Set(),
): NamedBlobs {
  const named = new Set<string>();
  const seen = new Map<string, string>();
  return {
    async look(signal) {
      const changed: string[] = [];
      const before = Date.now() - COARSE_MS;
      for await (const info of storage.list(MANIFESTS, { signal })) {
        if (without.has(info.key)) continue;
        const version = versionOf(info, before);
        if (version === undefined || seen.get(info.key) !== version) changed.push(info.key);
        if (version === undefined) seen.delete(info.key);
        else seen.set(info.key, version);
      }
      const limit = pLimit(jobs);
      const reads = await Promise.allSettled(
        changed.map((key) =>
          limit(async () => {
            throwIfCancelled(signal);
            const bytes = await fetchDocument(storage, key, { what: 'the manifest', signal });
            for (const digest of digestsIn(bytes)) named.add(digest);
          }),
        ),
      );
      const failed = reads.find(({ status }) => status === 'rejected');
      if (failed?.status === 'rejected') throw failed.reason;
    },
    has: (sha256) => named.has(sha256),
  };
}

/** What tells this version of a document from others; undefined when nothing does. */
function versionOf({ modified, size, etag }: ObjectInfo, before: number): string | undefined {
  if (etag !== undefined) return etag;
  if (modified === undefined || modified.getTime() > before) return undefined;
  return `${modified.getTime()} ${size}`;
}

function digestsIn(bytes: Buffer | undefined): Iterable<string> {
  return bytes?.toString('latin1').match(/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g) ?? [];
}
