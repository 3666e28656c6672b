/** The files of a draft on their way into a volume, each verified: small ones ahead of their turn, large ones in pieces. */
import { createHash } from 'node:crypto';
import { BuildcacheError } from '../../core/errors.ts';
import { retrying } from '../../core/retry.ts';
import { type WatchTransfer, watching } from '../../core/transfer.ts';
import type { StoredObject } from '../../storage/storage.ts';
import { documentUrl } from '../fetch-document.ts';
import type { BundledFile } from './documents.ts';
import type { Draft } from './draft.ts';
import type { VolumeSink } from './volume-sink.ts';

/** Small files, fetched some ahead of their turn. */
export class SmallFiles {
  readonly #files: readonly BundledFile[];
  readonly #draft: Draft;
  readonly #signal: AbortSignal;
  readonly #coming = new Map<number, Promise<Buffer>>();
  #next = 0;

  constructor(files: readonly BundledFile[], draft: Draft, signal: AbortSignal) {
    this.#files = files;
    this.#draft = draft;
    this.#signal = signal;
  }

  /** @returns undefined for one that is large */
  async take(i: number): Promise<Buffer | undefined> {
    for (; this.#next < Math.min(i + AHEAD, this.#files.length); this.#next++) {
      const file = this.#files[this.#next];
      if (file === undefined || file.size > SMALL) continue;
      const bytes = fetchSmall(file, this.#draft, this.#signal);
      bytes.catch(() => undefined); // told when it is its turn
      this.#coming.set(this.#next, bytes);
    }
    const bytes = this.#coming.get(i);
    this.#coming.delete(i);
    return await bytes;
  }
}

const SMALL = 1024 * 1024;
/** Times the above is what is in memory at most. */
const AHEAD = 24;

async function fetchSmall(file: BundledFile, draft: Draft, signal: AbortSignal): Promise<Buffer> {
  return await retrying(
    async () => {
      const pieces: Buffer[] = [];
      for await (const piece of verified(await openObject(file, draft, signal), file, draft))
        pieces.push(piece);
      return Buffer.concat(pieces);
    },
    RETRY,
    signal,
  );
}

/** As of a blob that is copied: the backend has retried the request, this is for bodies that are cut short. */
const RETRY = { retries: 2, baseDelayMs: 100, maxDelayMs: 1000 };

/** @throws BuildcacheError `not-found` or `corrupt` for what is not what its name says; else as the storage does */
export async function streamFile(
  file: BundledFile,
  draft: Draft,
  sink: VolumeSink,
  { watch, signal }: { readonly watch?: WatchTransfer | undefined; readonly signal: AbortSignal },
): Promise<void> {
  const name = `writing ${file.path.slice(-64, -52)}`;
  const start = await sink.position();
  await watching(watch, name, file.size, async (onBytes) => {
    const once = async () => {
      await sink.rewind(start);
      for await (const piece of verified(await openObject(file, draft, signal), file, draft)) {
        await sink.write(piece);
        onBytes?.(piece.length);
      }
    };
    await retrying(once, RETRY, signal);
  });
}

async function openObject({ path }: BundledFile, draft: Draft, signal: AbortSignal): Promise<StoredObject> {
  const object = await draft.storage.get(path, { signal });
  if (object !== undefined && object !== 'not-modified') return object;
  throw new BuildcacheError('not-found', 'a blob that its manifest names is not there', {
    url: sourceOf(path, draft),
    hint: 'push the spec again with --force, or leave it out',
  });
}

/** The pieces of an object, which fail when they are not what they should be. */
async function* verified(
  { body }: StoredObject,
  { path, size, sha256 }: BundledFile,
  draft: Draft,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let length = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    hash.update(piece);
    length += piece.length;
    if (length > size) break;
    yield piece;
  }
  const found = length === size ? hash.digest('hex') : '';
  if (found === sha256) return;
  throw new BuildcacheError('corrupt', length === size ? 'its SHA-256 is wrong' : 'its length is wrong', {
    url: sourceOf(path, draft),
    expected: length === size ? sha256 : `${size} bytes`,
    found: length === size ? found : `${length > size ? 'more' : `${length} bytes`}`,
    hint: 'push the spec again with --force, or leave it out',
  });
}

function sourceOf(path: string, { objects, storage }: Draft): string {
  const from = objects.get(path)?.from;
  return from === undefined ? documentUrl(storage, path) : documentUrl(from.storage, from.key);
}
