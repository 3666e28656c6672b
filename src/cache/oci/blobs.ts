/**
 * The blobs of a repository. Each is brought there once, however many images share it: mounted where both
 * repositories are in one registry, else through this process, verified.
 */
import pLimit from 'p-limit';
import { BuildcacheError } from '../../core/errors.ts';
import type { WatchTransfer } from '../../core/transfer.ts';
import { once } from '../../storage/once.ts';
import { type Digest, hexOf, type Repository } from '../../storage/registry/reference.ts';
import type { Registry } from '../../storage/registry/registry.ts';
import type { PutSource, StorageReader } from '../../storage/storage.ts';
import { documentUrl } from '../fetch-document.ts';
import { type BlobCopy, withBlob } from '../layouts/copy-blob.ts';
import { diffIdOf } from './diff-id.ts';
import { registryOf } from './storage.ts';

export interface ImageBlob {
  readonly digest: Digest;
  /** Bytes. */
  readonly size: number;
}

export interface WantedBlob extends ImageBlob {
  /** Its bytes, where they are known and verified. */
  readonly bytes?: Buffer | undefined;
  /** The digest it must have uncompressed. It is compared only where the bytes come through this process. */
  readonly diffId?: Digest | undefined;
}

export interface RepositoryBlobs {
  /** Whether all of them are there in their whole length. A blob that was seen to be there is not asked for again. */
  hasAll(blobs: readonly ImageBlob[], signal?: AbortSignal): Promise<boolean>;
  /**
   * Brings a blob over from another repository, unless it is there.
   * @param from the other repository, as a storage
   * @param spool an existing folder for what is on its way
   * @throws BuildcacheError `not-found` when it is not there either; `corrupt` when it is not what its digest, its size
   *   or its `diffId` say
   */
  bring(
    from: StorageReader,
    blob: WantedBlob,
    spool: string,
    signal?: AbortSignal,
    watch?: WatchTransfer,
  ): Promise<BlobCopy>;
}

/** Blobs of an image, and of a repository, under way at once: the small ones are held in memory. */
export const AT_ONCE = 8;

export function repositoryBlobs(registry: Registry): RepositoryBlobs {
  const limit = pLimit(AT_ONCE);
  /** The blobs that were seen to be there, with their size, or 0 where the registry does not say. */
  const there = new Map<Digest, number>();
  /** Digests of uncompressed layers (`diff_ids`) that came through this process. */
  const diffIds = new Map<Digest, Digest | undefined>();
  const runs = new Map<string, (signal: AbortSignal | undefined, run: Run) => Promise<void>>();
  /** Repositories that nothing can be mounted from: their registry has no mounts, or our rights do not suffice. */
  const mountless = new Set<StorageReader>();

  const has = async ({ digest, size }: ImageBlob, signal?: AbortSignal): Promise<boolean> => {
    if (!there.has(digest)) {
      const found = await registry.headBlob(digest, { signal });
      if (found === undefined) return false;
      there.set(digest, found.size ?? 0);
    }
    if ((there.get(digest) || size) === size) return true;
    there.delete(digest); // a part of it, which may be mended
    return false;
  };

  const mount = async (from: StorageReader, blob: ImageBlob, signal?: AbortSignal): Promise<boolean> => {
    const repository = neighbour(registry.repository, from);
    if (repository === undefined || mountless.has(from)) return false;
    // Its length is the manifest's word so far.
    return (await registry.mountBlob(blob.digest, repository.name, { signal })) && (await has(blob, signal));
  };

  const send = async (from: StorageReader, blob: WantedBlob, content: PutSource, signal?: AbortSignal) => {
    const { digest, size, diffId } = blob;
    if (diffId !== undefined) {
      diffIds.set(digest, await diffIdOf(content, documentUrl(from, digest), signal));
      requireDiffId(from, blob);
    }
    const isSent = await registry.putBlob(content, digest, { signal });
    there.set(digest, size);
    // The blob is whole at the source, so a mount that works would have brought it.
    if (isSent && neighbour(registry.repository, from) !== undefined) mountless.add(from);
    return isSent;
  };

  const requireDiffId = (from: StorageReader, { digest, diffId }: WantedBlob): void => {
    const found = diffIds.get(digest);
    if (diffId === undefined || found === undefined || found === diffId) return;
    throw new BuildcacheError(
      'corrupt',
      'the layer is not the one that the configuration of its image names',
      {
        url: documentUrl(from, digest),
        expected: `${diffId} uncompressed`,
        found,
        hint: 'somebody has changed the image: find out who, and push the spec again: `buildcache push --force MIRROR SPEC`',
      },
    );
  };

  return {
    async hasAll(blobs, signal) {
      let isWhole = true;
      const limitOfImage = pLimit(AT_ONCE);
      const ask = async (blob: ImageBlob): Promise<void> => {
        if (isWhole && !(await has(blob, signal))) isWhole = false;
      };
      // A manifest may name any number of blobs, and one that is missing settles the question.
      await Promise.all(blobs.map((blob) => limitOfImage(ask, blob)));
      return isWhole;
    },

    async bring(from, blob, spool, signal, watch) {
      const { digest, size, bytes, diffId } = blob;
      // The key has all that an image says of the blob: an image with a false claim must not fail those that are
      // right.
      const key = [from.url, digest, size, diffId].join(' ');
      const run = runs.get(key) ?? once((mine, what: Run) => limit(what, mine));
      runs.set(key, run);
      let way: BlobCopy = 'there';
      await run(signal, async (mine) => {
        if (await has(blob, mine)) return;
        if (await mount(from, blob, mine)) {
          way = 'between';
          return;
        }
        const known = { key: digest, sha256: hexOf(digest), size };
        const isSent =
          bytes === undefined
            ? await withBlob(from, known, spool, mine, (content) => send(from, blob, content, mine), watch)
            : await send(from, blob, bytes, mine);
        if (isSent) way = 'through';
      });
      // It may have been brought for another image.
      requireDiffId(from, blob);
      return way;
    },
  };
}

type Run = (signal: AbortSignal | undefined) => Promise<void>;

/** The other repository, where it is one of the same registry. */
function neighbour({ scheme, host, name }: Repository, from: StorageReader): Repository | undefined {
  const other = registryOf(from)?.repository;
  return other?.scheme === scheme && other.host === host && other.name !== name ? other : undefined;
}
