/**
 * A small file out of the beginning of a tarball, without the rest of it: what Spack notes in `.spack` comes early, since
 * names that begin with a dot are sorted first. All of it is attacker-controlled.
 */
import { promisify } from 'node:util';
import { constants, gunzip } from 'node:zlib';
import { printable } from './byte-string.ts';
import { readTar } from './tar-reader.ts';

/** What so few bytes may come to. */
const MAX_INFLATED = 32 * 1024 * 1024;
const MAX_FILE = 1024 * 1024;

/**
 * @param beginning of the compressed tarball
 * @param ending what the file's path ends in: `/.spack/install_times.json`
 * @returns its text; undefined where it is not in there, or not all of it
 */
export async function findEarlyFile(beginning: Buffer, ending: string): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let state: 'before' | 'inside' | 'whole' = 'before';
  try {
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MAX_INFLATED };
    const tar = await promisify(gunzip)(beginning, options);
    readTar({
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
    }).write(tar);
  } catch {
    // What came before the damage is as good as anything that is not signed.
  }
  return (state as string) === 'whole' ? Buffer.concat(chunks).toString('utf8') : undefined;
}
