/**
 * Reads a small file from the beginning of a tarball, without the rest of the tarball. The files in `.spack` come
 * early, since names that begin with a dot are sorted first. All of it is attacker-controlled.
 */
import { constants, createGunzip } from 'node:zlib';
import { printable } from './byte-string.ts';
import { readTar } from './tar-reader.ts';

/** The most bytes that the beginning of a tarball may inflate to. */
const MAX_INFLATED = 32 * 1024 * 1024;
const MAX_FILE = 1024 * 1024;
/** Bytes inflated at a time. Sixteen tarballs may be read at once, so none is inflated as a whole. */
const CHUNK = 256 * 1024;

/**
 * @param beginning of the compressed tarball
 * @param ending what the file's path ends in: `/.spack/install_times.json`
 * @returns the file's text; undefined where the beginning does not hold the file, or holds only a part of it
 */
export async function findEarlyFile(beginning: Buffer, ending: string): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let state: 'before' | 'inside' | 'whole' = 'before';
  const tar = readTar({
    entry({ type, path, size }) {
      const isIt = type === 'file' && size <= MAX_FILE && printable(path).endsWith(ending);
      if (state === 'before' && isIt) state = 'inside';
    },
    data(chunk) {
      if (state === 'inside') chunks.push(Buffer.from(chunk));
    },
    entryEnd() {
      if (state === 'inside') state = 'whole';
    },
  });
  try {
    const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: CHUNK });
    gunzip.end(beginning);
    let inflated = 0;
    for await (const piece of gunzip as AsyncIterable<Buffer>) {
      tar.write(piece);
      inflated += piece.length;
      if ((state as string) === 'whole' || inflated > MAX_INFLATED) break;
    }
  } catch {
    // What was inflated before the damage is used: the times in it are not signed in an undamaged tarball either.
  }
  return (state as string) === 'whole' ? Buffer.concat(chunks).toString('utf8') : undefined;
}
