/**
 * A storage that is listed once, so that thousands of questions for single objects need not be asked. The listing
 * answers only the first question about a key: a second one asks whether that is still so.
 */
import { errorCode } from '../core/errors.ts';
import type { ObjectInfo, Storage } from './storage.ts';

export interface GlancedStorage extends Storage {
  /**
   * Lists all keys with these prefixes, unless there are more than `most`. Then every question is asked, as before.
   * @throws BuildcacheError as listing does, but not `denied`
   */
  glance(prefixes: readonly string[], most: number, signal?: AbortSignal): Promise<void>;
}

export function glanceable(storage: Storage): GlancedStorage {
  let prefixes: readonly string[] = [];
  const seen = new Map<string, ObjectInfo>();
  const answered = new Set<string>();
  /** Undefined: it has to be asked for. */
  const look = (key: string): ObjectInfo | 'absent' | undefined => {
    if (answered.has(key) || !prefixes.some((prefix) => key.startsWith(prefix))) return undefined;
    answered.add(key);
    return seen.get(key) ?? 'absent';
  };
  // Inherited, not copied: whether there are conditions is found out on the way.
  const copyFrom = storage.copyFrom?.bind(storage);
  return Object.assign(Object.create(storage) as Storage, {
    ...(copyFrom === undefined
      ? {}
      : {
          copyFrom: async (...[source, sourceKey, key, options]: Parameters<typeof copyFrom>) => {
            answered.add(key);
            return await copyFrom(source, sourceKey, key, options);
          },
        }),
    async glance(wanted: readonly string[], most: number, signal?: AbortSignal) {
      prefixes = [];
      answered.clear();
      seen.clear();
      try {
        for (const prefix of wanted) {
          for await (const object of storage.list(prefix, { signal })) {
            seen.set(object.key, object);
            if (seen.size > most) return seen.clear();
          }
        }
        prefixes = wanted;
      } catch (error) {
        if (errorCode(error) !== 'denied') throw error;
        seen.clear();
      }
    },
    async get(...[key, options]: Parameters<Storage['get']>) {
      return look(key) === 'absent' ? undefined : await storage.get(key, options);
    },
    async head(...[key, options]: Parameters<Storage['head']>) {
      const known = look(key);
      if (known === 'absent') return undefined;
      return known ?? (await storage.head(key, options));
    },
    async put(...[key, source, options]: Parameters<Storage['put']>) {
      answered.add(key);
      return await storage.put(key, source, options);
    },
  });
}
