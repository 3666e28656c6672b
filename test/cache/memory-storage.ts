/** A storage in memory whose every step can be waited before, for tests of what happens when. */
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { BuildcacheError } from '../../src/core/errors.ts';
import { isAsListed, type ObjectInfo, type Storage } from '../../src/storage/storage.ts';

export interface MemoryObject {
  readonly bytes: Buffer;
  readonly modified: Date;
}

export type Objects = Map<string, MemoryObject>;

/**
 * @param objects shared by all storages over the same place
 * @param canMove whether it moves, or copies and deletes
 * @param before is waited for before each step, which then happens at once
 */
export function memoryStorage(
  objects: Objects,
  canMove: boolean,
  before: (operation: string, key: string) => Promise<void> = async () => {},
): Storage {
  const infoOf = (key: string): ObjectInfo | undefined => {
    const found = objects.get(key);
    return found && { key, size: found.bytes.length, modified: found.modified };
  };
  const put = (key: string, bytes: Buffer) => void objects.set(key, { bytes, modified: new Date() });
  const storage: Storage = {
    url: 'memory:',
    conditions: 'native',
    async get(key) {
      await before('get', key);
      const found = objects.get(key);
      return (
        found && {
          ...infoOf(key),
          key,
          size: found.bytes.length,
          offset: 0,
          body: Readable.from([found.bytes]),
        }
      );
    },
    async head(key) {
      await before('head', key);
      return infoOf(key);
    },
    async *list(prefix) {
      await before('list', prefix);
      yield* [...objects.keys()].filter((key) => key.startsWith(prefix)).flatMap((key) => infoOf(key) ?? []);
    },
    async put(key, source) {
      await before('put', key);
      put(key, source instanceof Uint8Array ? Buffer.from(source) : await readFile(source.file));
      return { etag: undefined };
    },
    async delete(key, { listed } = {}) {
      await before('delete', key);
      const found = infoOf(key);
      return found !== undefined && isAsListed(found, listed) && objects.delete(key);
    },
    async copyFrom(_, from, key, { condition } = {}) {
      await before('copy', from);
      const found = objects.get(from);
      if (found === undefined) throw new BuildcacheError('not-found', 'not there');
      if (condition !== undefined && objects.has(key)) throw new BuildcacheError('conflict', 'there already');
      put(key, found.bytes);
      return true;
    },
    close: async () => {},
  };
  if (!canMove) return storage;
  return {
    ...storage,
    async move(key, to) {
      await before('move', key);
      const found = objects.get(key);
      if (found === undefined) return false;
      objects.delete(key);
      objects.set(to, found);
      return true;
    },
  };
}
