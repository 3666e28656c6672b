/** Where indices are kept between runs. */
import { type IndexStore, openIndexStore } from '../../cache/index/store.ts';
import { withTemporaryFolder } from '../../core/temporary-folder.ts';
import { canWriteFolder } from '../../core/write-file.ts';

export interface IndexPlace {
  readonly indexFolder: string;
  /** As `openIndexStore` wants it. */
  readonly stateFolder?: string;
}

/** Runs `action` with the indices that are kept. Where their folder cannot be used, this run has a temporary one. */
export async function withIndexStore<T>(
  { indexFolder, stateFolder }: IndexPlace,
  action: (store: IndexStore) => Promise<T>,
): Promise<T> {
  const use = (folder: string) => action(openIndexStore(folder, stateFolder));
  return (await canWriteFolder(indexFolder)) ? await use(indexFolder) : await withTemporaryFolder(use);
}
