/**
 * Where a mirror keeps its index, for changing it while others do the same. The index is read together with a mark of
 * its version, and replaced on the condition that it still is that version. Where the storage has no conditional
 * writes, what was written is read back.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../../core/errors.ts';
import { BODY_RETRY, retrying } from '../../core/retry.ts';
import { readDocument } from '../../storage/read.ts';
import type { Storage } from '../../storage/storage.ts';
import type { IndexLocation } from '../entries.ts';
import { documentUrl, linkToNowhere } from '../fetch-document.ts';
import { INDEX_VERSIONS, type IndexVersion } from '../index-version.ts';
import { blobDescriptor, blobKey, INDEX_MANIFESTS, indexManifestKey } from '../layouts/layout3.ts';
import {
  type BlobRecord,
  type IndexManifest,
  indexMediaType,
  parseIndexManifest,
} from '../layouts/manifest.ts';
import { blobRecord, putBlob, putManifest } from '../layouts/put-blob.ts';
import type { IndexFile } from './file.ts';

/** The index as it is before the change. */
export interface IndexBase {
  readonly exists: boolean;
  /** The mark of its version, such as an ETag. */
  readonly etag: string | undefined;
  /**
   * Where its bytes are: by version where the place has an index of each, else under the newest version. Empty when
   * there is no index, or when the document that should name it makes no sense.
   */
  readonly locations: ReadonlyMap<IndexVersion, IndexLocation>;
  /** Layout 3: the manifest that named the indices. Its records of other indices go into the next manifest. */
  readonly manifest?: IndexManifest | undefined;
  /** The stored index is damaged, even if its name and size are right: it has to be written again. */
  readonly isDamaged?: boolean;
}

export interface IndexPlace {
  /** For messages. */
  readonly url: string;
  /** Whether it is a view, an index of its own that lists some of the specs. */
  readonly isView: boolean;
  /** Whether it can have indices of several versions, each of which some Spack reads. */
  readonly sideBySide: boolean;
  read(signal?: AbortSignal): Promise<IndexBase>;
  /**
   * Replaces the indices that were read. An index of a version that is not among the new ones stays.
   * @param started when the old indices were read, by `performance.now()`: the time of day may jump
   * @returns false when another writer was faster
   */
  replace(
    base: IndexBase,
    indices: readonly IndexFile[],
    started: number,
    signal?: AbortSignal,
  ): Promise<boolean>;
}

/**
 * Layout 3: a manifest names the index's blob, which is written first. Blobs of earlier indices are left: readers may
 * just have been told of them.
 */
export function layout3Index(storage: Storage, view: string | undefined): IndexPlace {
  const key = indexManifestKey(view);
  const url = documentUrl(storage, key);

  const read = async (signal?: AbortSignal): Promise<IndexBase> =>
    await retrying(
      async () => {
        const object = await storage.get(key, { signal });
        if (object === undefined || object === 'not-modified') {
          return NO_INDEX;
        }
        const bytes = await readDocument(object, { maxBytes: 1024 * 1024, what: 'the index manifest', url });
        return { exists: true, etag: object.etag, ...indicesIn(bytes, url) };
      },
      BODY_RETRY,
      signal,
    );

  const isOurs = async (indices: readonly IndexFile[], signal?: AbortSignal) => {
    const { locations } = await read(signal);
    return indices.every(({ version, sha256 }) => locations.get(version)?.sha256 === sha256);
  };

  return {
    url,
    isView: view !== undefined,
    sideBySide: true,
    read,

    async replace(base, indices, started, signal) {
      const reused: (readonly [IndexFile, BlobRecord])[] = [];
      const records = new Map(base.manifest?.indices);
      for (const index of indices) {
        const record = blobRecord('index', index, 'none', indexMediaType(index.version));
        if (base.isDamaged === true) await storage.put(blobKey(index.sha256), index, { signal });
        if ((await putBlob(storage, index, record, signal)) === 'reused') reused.push([index, record]);
        records.set(index.version, record);
      }
      const inOrder = INDEX_VERSIONS.flatMap((version) => records.get(version) ?? []);
      const condition = !base.exists
        ? ({ ifAbsent: true } as const)
        : base.etag === undefined
          ? undefined
          : { ifMatch: base.etag };
      try {
        await putManifest(storage, key, inOrder, { others: base.manifest?.others, condition, signal });
      } catch (error) {
        if (errorCode(error) !== 'conflict') throw error;
        // A conflict may be with our own write, if its answer was lost and it was sent again.
        if (!(await isOurs(indices, signal))) return false;
      }
      for (const [index, record] of reused) await putBlob(storage, index, record, signal);
      if (condition !== undefined && storage.conditions !== 'none') return true;
      // Another writer may still overwrite our index, if it read the old one before we wrote ours. After this pause
      // every such writer is done, unless it takes more than twice as long as we did.
      await sleep(100 + 2 * (performance.now() - started));
      return await isOurs(indices, signal);
    },
  };
}

/** The main index of a layout 3 mirror and its views, those that are there. */
export async function layout3Indices(storage: Storage, signal?: AbortSignal): Promise<IndexPlace[]> {
  const places: IndexPlace[] = [];
  // A view that is not seen now would go on listing what is removed.
  const onHidden = (key: string) => {
    throw linkToNowhere(storage, key);
  };
  for await (const { key } of storage.list(INDEX_MANIFESTS, { signal, onHidden })) {
    const [, view] = /^(?:(.+)\/)?index\.manifest\.json$/.exec(key.slice(INDEX_MANIFESTS.length)) ?? [];
    if (key === indexManifestKey(view)) places.push(layout3Index(storage, view));
  }
  return places;
}

/** The base where a place has no index. */
export const NO_INDEX: IndexBase = { exists: false, etag: undefined, locations: new Map() };

function indicesIn(bytes: Buffer, url: string): Pick<IndexBase, 'locations' | 'manifest'> {
  try {
    const manifest = parseIndexManifest(bytes, url);
    const locations = [...manifest.indices].map(
      ([version, record]) =>
        [version, { ...blobDescriptor(record), compression: record.compression }] as const,
    );
    return { locations: new Map(locations), manifest };
  } catch (error) {
    // An index that cannot be read is replaced, unless a newer program can read it.
    if (errorCode(error) === 'unsupported') throw error;
    return { locations: new Map() };
  }
}
