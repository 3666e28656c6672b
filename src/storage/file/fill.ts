/** Writes a new file's content, synced to disk: bytes, or another file's content, shared where the file system can. */
import { open } from 'node:fs/promises';
import { throwIfCancelled } from '../../core/abort.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { copyFile } from '../file-copier.ts';
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
  return await copy(file, source, undefined, signal);
}

/**
 * The same for content whose digest is known. The file gets its final name when it is on disk.
 * @throws as {@link fill}
 */
export async function fillAndPlace(
  file: string,
  source: FileSource & { readonly sha256: string },
  path: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  await copy(file, source, { path, sha256: source.sha256 }, signal);
}

async function copy(
  to: string,
  { file: from, size, start, sha256, hardLink = false }: FileSource,
  place: { readonly path: string; readonly sha256: string } | undefined,
  signal: AbortSignal | undefined,
): Promise<string> {
  const digest = sha256 !== undefined || isSmall(size);
  const part = start === undefined ? {} : { start, isPart: true };
  const found = await copyFile({ from, to, size, digest, place, hardLink, ...part }, signal);
  if (found.size !== size) throw sizeChanged(from, size, found.size);
  if (sha256 !== undefined && found.sha256 !== sha256) {
    throw new BuildcacheError('corrupt', 'its SHA-256 is wrong', {
      file: from,
      expected: sha256,
      found: found.sha256 ?? '',
    });
  }
  return isSmall(size) && found.sha256 !== undefined
    ? sha256Etag(found.sha256)
    : statEtag({ ino: found.ino, size: BigInt(size), mtimeNs: found.mtimeNs });
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
