/** Where indices are kept between runs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canWriteFolder } from '../../core/write-file.ts';

/** Runs `action` with the folder, or for this run with a temporary one where nothing can be kept. */
export async function withIndexFolder<T>(folder: string, action: (folder: string) => Promise<T>): Promise<T> {
  if (await canWriteFolder(folder)) return action(folder);
  const temporary = await mkdtemp(join(tmpdir(), 'buildcache-index-'));
  try {
    return await action(temporary);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
