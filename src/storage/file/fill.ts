/** Writes a new file's content, synced to disk: bytes, or another file's content, shared where the file system can. */
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { throwIfCancelled } from '../../core/abort.ts';
import { BuildcacheError, systemCode } from '../../core/errors.ts';
import { makeFolder } from '../../core/make-folder.ts';
import { copyFile, hasThreads } from '../file-copier.ts';
import { sizeChanged } from '../payload.ts';
import { contentEtag, isSmall, sha256Etag, statEtag } from './etag.ts';

export interface FileSource {
  readonly file: string;
  readonly size: number;
  /** The first byte, where a part of the file is meant. Undefined: all of it is. */
  readonly start?: number | undefined;
  /** The SHA-256 that the content must have. */
  readonly sha256?: string | undefined;
  /** Share the file itself where that can be, as a second name of it. */
  readonly hardLink?: boolean | undefined;
}

/** A file that has been written. */
export interface Filled {
  readonly etag: string;
  /** Whether it has its final name, and no longer the one under which it was written. */
  readonly isPlaced: boolean;
  /** Whether its folder had to be made. */
  readonly isFolderNew: boolean;
}

/** The name that a file is to have when it is on disk. */
export interface FinalName {
  readonly path: string;
  /** Only if nothing has that name. Else what has it is replaced. */
  readonly isNew: boolean;
}

/** Less the umask, or as the folder's default access list says: others are to read a mirror. */
const PUBLIC = 0o666;

/**
 * @param file where nothing is yet
 * @returns its etag
 * @throws BuildcacheError `io` when the source is not as long as was said, `corrupt` when it has another digest; system
 *   errors as they are
 */
export async function fill(
  file: string,
  source: Uint8Array | FileSource,
  signal: AbortSignal | undefined,
): Promise<string> {
  throwIfCancelled(signal);
  if (source instanceof Uint8Array) return await fillWith(file, source);
  return (await copy(file, source, undefined, signal)).etag;
}

/**
 * The same in a folder that is made where it is not there. A thread gives the file its final name, too. A file that
 * no thread writes is not given it.
 * @throws as {@link fill}
 */
export async function fillAndPlace(
  file: string,
  source: Uint8Array | FileSource,
  place: FinalName,
  signal: AbortSignal | undefined,
): Promise<Filled> {
  throwIfCancelled(signal);
  const isForThread = !(source instanceof Uint8Array) || (hasThreads() && isSmall(source.length));
  if (isForThread) return await copy(file, source, place, signal);
  const write = () => fillWith(file, source);
  try {
    return { etag: await write(), isPlaced: false, isFolderNew: false };
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    const isFolderNew = await makeFolder(dirname(file));
    return { etag: await write(), isPlaced: false, isFolderNew };
  }
}

async function copy(
  to: string,
  from: Uint8Array | FileSource,
  place: FinalName | undefined,
  signal: AbortSignal | undefined,
): Promise<Filled> {
  // A view would be handed over with all that it is a view of.
  const content = from instanceof Uint8Array ? new Uint8Array(from) : undefined;
  const source: FileSource = from instanceof Uint8Array ? { file: to, size: from.length } : from;
  const { file, size, start, sha256, hardLink = false } = source;
  const found = await copyFile(
    {
      from: file,
      content,
      to,
      makesFolder: place !== undefined,
      size,
      digest: sha256 !== undefined || isSmall(size),
      place: place && { ...place, sha256 },
      hardLink,
      ...(start === undefined ? {} : { start, isPart: true }),
    },
    signal,
  );
  if (found.size !== size) throw sizeChanged(file, size, found.size);
  if (sha256 !== undefined && found.sha256 !== sha256) {
    throw new BuildcacheError('corrupt', 'its SHA-256 is wrong', {
      file,
      expected: sha256,
      found: found.sha256 ?? '',
    });
  }
  const etag =
    isSmall(size) && found.sha256 !== undefined
      ? sha256Etag(found.sha256)
      : statEtag({ ino: found.ino, size: BigInt(size), mtimeNs: found.mtimeNs });
  return { etag, isPlaced: found.isPlaced, isFolderNew: found.isFolderNew };
}

async function fillWith(file: string, bytes: Uint8Array): Promise<string> {
  const handle = await open(file, 'wx', PUBLIC);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
    return isSmall(bytes.length) ? contentEtag(bytes) : statEtag(await handle.stat({ bigint: true }));
  } finally {
    await handle.close();
  }
}
