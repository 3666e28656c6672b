/** Folders for what is on its way somewhere else. What killed processes have left of theirs is removed. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileError } from './errors.ts';
import { clearLeftovers, keepFresh, makeTemporary, removeTemporary } from './leftovers.ts';

const PREFIX = 'buildcache-work-';

/**
 * Runs `use` with a new folder that only we may look into, and removes it.
 * @throws BuildcacheError where none can be made; else what `use` throws
 */
export async function withTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  await clearLeftovers(tmpdir(), (name) => name.startsWith(PREFIX));
  const folder = await makeTemporary(join(tmpdir(), PREFIX)).catch((error: unknown) => {
    throw fileError(error, tmpdir(), 'make a temporary folder');
  });
  const end = keepFresh(folder);
  try {
    return await use(folder);
  } finally {
    end();
    await removeTemporary(folder);
  }
}
