/**
 * A bundle, opened from its volumes, and the mirror in it: a storage like any other, so that an import is a sync.
 * What is read from it has been compared with the volume's contents. Its readers compare blobs with their names.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { verifyBytes } from '../../core/digest.ts';
import { BuildcacheError, fileError } from '../../core/errors.ts';
import { fileBody } from '../../storage/file/body.ts';
import { checkPrefix } from '../../storage/key.ts';
import type { GetOptions, ObjectInfo, StorageLister, StoredObject } from '../../storage/storage.ts';
import type { BundleManifest } from './documents.ts';
import { openVolume, type PlacedFile, readAt, requireHead, TO_READ, type Volume } from './open-volume.ts';

export interface Bundle {
  readonly id: string;
  readonly manifest: BundleManifest;
  /** The volumes that are here, in their order. */
  readonly volumes: readonly Volume[];
  /** The numbers of the volumes that are not here, from 1. */
  readonly missing: readonly number[];
}

/**
 * @param files in any order; also volumes that are open already
 * @throws BuildcacheError as `openVolume`; `bad-input` where they are not all of one bundle, or one is there twice
 */
export async function openBundle(files: readonly (string | Volume)[]): Promise<Bundle> {
  const found = new Map<number, Volume>();
  let first: Volume | undefined;
  for (const file of files) {
    const volume = typeof file === 'string' ? await openVolume(file, first) : file;
    first ??= volume;
    if (volume.id !== first.id) throw ofAnother(volume, first);
    const twin = found.get(volume.index);
    if (twin !== undefined) throw twice(volume, twin);
    found.set(volume.index, volume);
  }
  if (first === undefined) throw new BuildcacheError('usage', 'no volume was named');
  const { id, manifest } = first;
  const volumes = [...found.values()].sort((a, b) => a.index - b.index);
  requireEachOnce(volumes);
  const missing = manifest.volumes.flatMap((_, i) => (found.has(i) ? [] : [i + 1]));
  return { id, manifest, volumes, missing };
}

/** What is in the volumes that are here. */
export function bundleStorage({ id, volumes }: Bundle): StorageLister {
  const opened = keptOpen();
  const places = new Map<string, { readonly placed: PlacedFile; readonly file: string }>();
  for (const { file, files } of volumes) {
    for (const placed of files) places.set(placed.path, { placed, file });
  }
  const info = ({ path, size, sha256 }: PlacedFile): ObjectInfo => ({ key: path, size, etag: sha256 });
  return {
    url: `bundle:${id}`,
    extentOf(key) {
      const place = places.get(key);
      return place && { file: place.file, start: place.placed.start };
    },
    async get(key, options = {}) {
      const place = places.get(key);
      if (place === undefined) return undefined;
      if (options.ifNoneMatch === place.placed.sha256) return 'not-modified';
      return { ...info(place.placed), ...(await read(place.placed, place.file, options, opened)) };
    },
    async head(key) {
      const place = places.get(key);
      return place && info(place.placed);
    },
    async *list(prefix) {
      checkPrefix(prefix);
      for (const [key, { placed }] of places) if (key.startsWith(prefix)) yield info(placed);
    },
    close: () => opened.close(),
  };
}

/** Volumes that stay open. A bundle of very many leaves descriptors to others. */
const MOST_OPEN = 32;

interface OpenedFiles {
  /** Undefined where it is to be opened for one reading. */
  of(file: string): Promise<FileHandle> | undefined;
  close(): Promise<void>;
}

/** Opening and closing a volume for each of its documents takes twice as long as reading the document. */
function keptOpen(): OpenedFiles {
  const files = new Map<string, Promise<FileHandle>>();
  return {
    of(file) {
      const found = files.get(file);
      if (found !== undefined || files.size >= MOST_OPEN) return found;
      const handle = open(file, TO_READ);
      files.set(file, handle);
      return handle;
    },
    async close() {
      const all = await Promise.allSettled(files.values());
      files.clear();
      for (const each of all) if (each.status === 'fulfilled') await each.value.close();
    },
  };
}

/** Documents are read at once, and verified. */
const SMALL = 1024 * 1024;

async function read(
  placed: PlacedFile,
  file: string,
  { range, signal }: GetOptions,
  opened: OpenedFiles,
): Promise<Pick<StoredObject, 'body' | 'offset'>> {
  const { size, head, start, sha256 } = placed;
  const from = range?.start ?? 0;
  const to = Math.min(size, (range?.end ?? size) + 1);
  let own: FileHandle | undefined;
  try {
    const shared = size <= SMALL ? await opened.of(file) : undefined;
    const handle = shared ?? (await open(file, TO_READ));
    if (shared === undefined) own = handle;
    const length = start - head;
    const bytes = await readAt(handle, head, size <= SMALL ? length + size : length);
    requireHead(bytes.subarray(0, length), placed, file);
    if (size <= SMALL) {
      const content = bytes.subarray(length);
      verifyBytes(content, { sha256, size, source: `${file}: ${placed.path}` });
      const part = content.subarray(from, to);
      return { body: Readable.from(part.length === 0 ? [] : [part], { objectMode: false }), offset: from };
    }
    const body = fileBody(handle, { start: start + from, end: start + to }, file, signal);
    own = undefined; // the body closes it from here on
    return { body, offset: from };
  } catch (error) {
    throw fileError(error, file, 'read the volume');
  } finally {
    await own?.close();
  }
}

/** Refuses a file that lies in two volumes: the two could differ. */
function requireEachOnce(volumes: readonly Volume[]): void {
  const seen = new Map<string, string>();
  for (const { file, files } of volumes) {
    for (const { path } of files) {
      const other = seen.get(path);
      if (other !== undefined) {
        throw new BuildcacheError('bad-input', `${path} is in two volumes of the bundle`, {
          file,
          found: other,
        });
      }
      seen.set(path, file);
    }
  }
}

function ofAnother(volume: Volume, first: Volume): BuildcacheError {
  return new BuildcacheError('bad-input', 'this is a volume of another bundle', {
    file: volume.file,
    expected: `bundle ${first.id}, as ${first.file}`,
    found: `bundle ${volume.id}`,
    hint: 'name the volumes of one bundle',
  });
}

function twice(volume: Volume, twin: Volume): BuildcacheError {
  const number = `volume ${volume.index + 1} of ${volume.manifest.volumes.length}`;
  return new BuildcacheError('bad-input', `${number} is there twice`, {
    file: volume.file,
    expected: 'each volume once',
    found: `${twin.file} is the same`,
    hint: 'leave one of them out; if one has taken the place of another, copy that one again',
  });
}
