/** Folders for what is on its way somewhere else; what killed processes left of theirs is cleared away. */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileError } from './errors.ts';

const PREFIX = 'buildcache-work-';
/** Longer than any job lasts. */
const LEFT_MS = 24 * 3600 * 1000;

/**
 * Runs `use` with a new folder that only we may look into, and removes it.
 * @throws BuildcacheError where none can be made; else what `use` throws
 */
export async function withTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  await clearLeftovers();
  const folder = await mkdtemp(join(tmpdir(), PREFIX)).catch((error: unknown) => {
    throw fileError(error, tmpdir(), 'make a temporary folder');
  });
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Best effort: others' folders are none of our business. */
async function clearLeftovers(): Promise<void> {
  const parent = tmpdir();
  const names = await readdir(parent).catch(() => []);
  const clear = async (folder: string) => {
    try {
      const { mtimeMs, uid } = await stat(folder);
      const isOurs = process.getuid === undefined || uid === process.getuid();
      if (isOurs && Date.now() - mtimeMs > LEFT_MS) await rm(folder, { recursive: true, force: true });
    } catch {
      // Somebody else was faster.
    }
  };
  const left = names.filter((name) => name.startsWith(PREFIX));
  await Promise.all(left.map((name) => clear(join(parent, name))));
}
