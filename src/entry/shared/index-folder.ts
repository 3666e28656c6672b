/** Where indices are kept between runs. */
import { withTemporaryFolder } from '../../core/temporary-folder.ts';
import { canWriteFolder } from '../../core/write-file.ts';

/** Runs `action` with the folder. Where the folder cannot be used, it gets a temporary one for this run. */
export async function withIndexFolder<T>(folder: string, action: (folder: string) => Promise<T>): Promise<T> {
  if (await canWriteFolder(folder)) return action(folder);
  return withTemporaryFolder(action);
}
