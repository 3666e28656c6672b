/**
 * A folder with images, after the OCI image layout specification 1.1: `oci-layout`, `index.json`, and blobs under their
 * digests. It may hold several images, which share blobs. The index is replaced last, so that whatever it names is there.
 */
import { lstat, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { verifying } from '../../core/digest.ts';
import { BuildcacheError, errorCode, fileError } from '../../core/errors.ts';
import { fileSink } from '../../core/file-sink.ts';
import { isObject, parseJson, stringifyCompact } from '../../core/json.ts';
import { clearLeftovers, makeTemporary, removeTemporary } from '../../core/leftovers.ts';
import { makeFolder } from '../../core/make-folder.ts';
import { readBoundedText } from '../../core/read-file.ts';
import { isTransient } from '../../core/retry.ts';
import { writeWholeFile } from '../../core/write-file.ts';
import { openFileStorage } from '../../storage/file/file.ts';
import { digestFile } from '../../storage/file-copier.ts';
import { type Digest, hexOf } from '../../storage/registry/reference.ts';
import { openLayer } from './base.ts';
import { describe, type OciDocument } from './environment-image.ts';
import { OCI_TYPE } from './image.ts';
import type { ImageTarget } from './image-target.ts';
import { digestOfHex } from './storage.ts';

/** How an image is called in a layout, and by the programs that load it. */
export interface ImageName {
  /** Undefined for the only image of a file that the user gave no name. */
  readonly tag: string | undefined;
  /** `host/name:tag`, as docker calls it; undefined for an image without a name. */
  readonly full: string | undefined;
}

export interface LayoutTarget extends ImageTarget {
  /** Removes what is on its way. */
  close(): Promise<void>;
}

/**
 * Opens a folder, or makes it.
 * @throws BuildcacheError `conflict` for a folder that holds something else; `bad-input` for a layout that is malformed
 */
export async function openLayout(folder: string, name: ImageName): Promise<LayoutTarget> {
  await prepare(folder);
  const work = await onFolder(folder, () => makeTemporary(join(folder, WORK)));
  const placeOf = (digest: Digest) => join(folder, 'blobs/sha256', hexOf(digest));

  const put = async ({ digest, bytes }: OciDocument) => {
    const file = join(work, hexOf(digest));
    await onFolder(folder, () => writeFile(file, bytes, { flag: 'wx' }));
    await onFolder(folder, () => rename(file, placeOf(digest)));
  };

  return {
    folder: work,

    async putLayer({ file, size, sha256 }) {
      const place = placeOf(digestOfHex(sha256));
      const wasThere = await hasSize(place, size);
      await onFolder(folder, () => rename(file, place));
      return wasThere ? 0 : size;
    },

    async takeLayer(source, { digest, size }, url, signal) {
      if (await isWhole(placeOf(digest), hexOf(digest), size, signal)) return;
      const file = join(work, hexOf(digest));
      const check = verifying({ sha256: hexOf(digest), size, source: `${url}, layer ${digest}` });
      const body = resumed((start) => openLayer(source, digest, start, url, signal));
      await pipeline(body, check, fileSink(file), signal === undefined ? {} : { signal });
      await onFolder(folder, () => rename(file, placeOf(digest)));
    },

    async finish(image, platforms) {
      for (const { config, manifest } of platforms) {
        await put(config);
        await put(manifest);
      }
      await put(image);
      await nameImage(folder, image, name);
    },

    close: () => removeTemporary(work),
  };
}

const WORK = '.buildcache-';
const LAYOUT = '{"imageLayoutVersion":"1.0.0"}';

/** Bytes. An index names a few images. */
const MAX_INDEX = 4 * 1024 * 1024;

async function prepare(folder: string): Promise<void> {
  await onFolder(folder, () => makeFolder(folder));
  await clearLeftovers(folder, (name) => /^\.buildcache-[A-Za-z0-9]{6}$/.test(name));
  const names = await onFolder(folder, () => readdir(folder));
  // Others may open it now, too.
  const isBeginning = (each: string) => each.startsWith(WORK) || each.startsWith('oci-layout.');
  const isOurs = names.includes('oci-layout') || names.every(isBeginning);
  if (!isOurs) {
    throw new BuildcacheError('conflict', 'the folder holds something else than images', {
      file: folder,
      expected: 'a folder that is empty, is not there, or is an OCI layout',
      hint: 'name another folder with --layout',
    });
  }
  // This comes first, so that a folder is known again whose making was killed.
  if (!names.includes('oci-layout')) await writeWholeFile(join(folder, 'oci-layout'), LAYOUT);
  await onFolder(folder, () => makeFolder(join(folder, 'blobs/sha256')));
}

/** How often a body may break off. */
const BREAKS = 3;

/** A body that goes on where it broke off. */
async function* resumed(open: (start: number) => Promise<Readable>): AsyncGenerator<Buffer> {
  let start = 0;
  for (let breaks = 0; ; breaks++) {
    try {
      for await (const chunk of (await open(start)) as AsyncIterable<Buffer>) {
        start += chunk.length;
        yield chunk;
      }
      return;
    } catch (error) {
      if (breaks === BREAKS || !isTransient(error)) throw error;
    }
  }
}

/**
 * The image gets the name, and the one that had it loses it. Other images stay, also those that others name at the same
 * time.
 */
async function nameImage(folder: string, image: OciDocument, { tag, full }: ImageName): Promise<void> {
  const storage = openFileStorage(folder);
  const names = { [REF_NAME]: tag, ...(full === undefined ? {} : { [CONTAINERD_NAME]: full }) };
  const named = { ...describe(image), ...(tag === undefined ? {} : { annotations: names }) };
  for (let attempt = 1; ; attempt++) {
    // First the etag: if the file changes while it is read, writing fails.
    const etag = (await storage.head(INDEX))?.etag;
    const others = (await readIndex(join(folder, INDEX))).filter((each) => refNameOf(each) !== tag);
    const manifests = [...others, named];
    const text = stringifyCompact({ schemaVersion: 2, mediaType: OCI_TYPE.index, manifests });
    const condition = etag === undefined ? { ifAbsent: true as const } : { ifMatch: etag };
    try {
      await storage.put(INDEX, Buffer.from(text), { condition });
      return;
    } catch (error) {
      if (errorCode(error) !== 'conflict' || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

const INDEX = 'index.json';
/** Each one lost is one that another process has won. */
const MOST_ATTEMPTS = 50;

const REF_NAME = 'org.opencontainers.image.ref.name';
/** What `docker load` and containerd call the image; buildkit writes it too. */
const CONTAINERD_NAME = 'io.containerd.image.name';

async function readIndex(file: string): Promise<readonly unknown[]> {
  if ((await stat(file).catch(() => undefined)) === undefined) return [];
  const document = parseJson(await readBoundedText(file, MAX_INDEX), file);
  const manifests = isObject(document) ? document['manifests'] : undefined;
  if (Array.isArray(manifests)) return manifests;
  throw new BuildcacheError('bad-input', 'the layout is malformed', { file, expected: 'a list "manifests"' });
}

function refNameOf(descriptor: unknown): unknown {
  const annotations = isObject(descriptor) ? descriptor['annotations'] : undefined;
  return isObject(annotations) ? annotations[REF_NAME] : undefined;
}

/** A link does not count: what it leads to may change. */
async function hasSize(file: string, size: number): Promise<boolean> {
  return await lstat(file).then(
    (found) => found.isFile() && found.size === size,
    () => false,
  );
}

/** The folder may come from elsewhere, such as a cache between jobs, so what is there is compared with its name. */
async function isWhole(
  file: string,
  sha256: string,
  size: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (!(await hasSize(file, size))) return false;
  return (await digestFile({ file, start: 0, end: size }, signal)).sha256 === sha256;
}

async function onFolder<T>(folder: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw fileError(error, folder, 'write the image');
  }
}
