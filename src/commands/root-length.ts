/**
 * How long the root is below which a package was built, told by the beginning of its tarball: the archive begins with the
 * folders down to the prefix. The build info has the root too, but it is the last file, and gzip is read from its start.
 */
import { constants, gunzipSync } from 'node:zlib';
import type { Entry, EntryReader } from '../cache/entries.ts';
import { archivePath } from '../package/archive-path.ts';
import { readTar } from '../package/tar-reader.ts';

/** Bytes of the tarball, in which there is room for dozens of folders. They inflate to 8 MB at most. */
const BEGINNING = 8 * 1024;

/**
 * @returns bytes of the root's path; undefined where the tarball does not say: it begins with the prefix itself, as old ones
 *   do, or the prefix is at no place of Spack's own choice
 * @throws BuildcacheError as the storage does
 */
export async function rootLength(
  { storage }: Pick<EntryReader, 'storage'>,
  { tarball }: Pick<Entry, 'tarball'>,
  hash: string,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const range = { start: 0, end: BEGINNING - 1 };
  const object = await storage.get(tarball.key, { range, ...(signal && { signal }) });
  if (object === undefined || object === 'not-modified') return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  // A server may send the whole object instead.
  for await (const chunk of object.body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= BEGINNING) break;
  }
  const prefix = prefixIn(Buffer.concat(chunks).subarray(0, BEGINNING), hash);
  return prefix === undefined ? undefined : rootOf(prefix)?.length;
}

/** The first folder of an archive whose name ends with the hash, absolute. All bytes are attacker-controlled. */
function prefixIn(beginning: Buffer, hash: string): string | undefined {
  let found: string | undefined;
  const reader = readTar({
    entry({ type, path }) {
      if (found === undefined && type === 'directory') {
        const folder = archivePath(path);
        if (folder.endsWith(`-${hash}`)) found = `/${folder}`;
      }
    },
    data: () => undefined,
    entryEnd: () => undefined,
  });
  try {
    reader.write(gunzipSync(beginning, { finishFlush: constants.Z_SYNC_FLUSH }));
  } catch {
    // Whether a tarball is sound is for others to find out.
  }
  return found;
}

/**
 * A prefix without what Spack's own projections add: `linux-zen3/zlib-1.3-HASH`, and in Spack 0.2x
 * `linux-debian12-zen3/gcc-12.2.0/zlib-1.3-HASH`.
 */
function rootOf(prefix: string): string | undefined {
  return PROJECTED.exec(prefix)?.[1];
}

const PROJECTED =
  /^(\/.+)\/(?:(?:linux|darwin|windows|freebsd|cray|test)-(?:[^-/]+|[^-/]+-[^-/]+\/[^/]+-[^/]+))\/[^/]+$/;
