/** A local store of indices that keeps nothing: every question goes to the mirror. */
import type { IndexStore } from '../../src/cache/index/store.ts';

export const NO_INDEX_STORE: IndexStore = {
  recall: async () => undefined,
  remember: async () => undefined,
  read: async () => undefined,
  write: async () => ({
    descriptor: undefined,
    write: async () => undefined,
    commit: async () => undefined,
    discard: async () => undefined,
  }),
  writeCompact: async () => undefined,
  openCompact: async () => undefined,
  openDocument: async () => undefined,
  recallAnswer: async () => undefined,
  keepAnswer: async () => undefined,
};
