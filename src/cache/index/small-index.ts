/**
 * An index of a few megabytes, parsed whole: one question to it is answered sooner than its compact form is made. The
 * answers are those of the compact form. (Only of a hash that stands twice, first with a spec and then without, the
 * compact form lists the first. No Spack writes that, and what is not listed is asked for.)
 */
import { isObject } from '../../core/json.ts';
import { isPackageName } from '../../spec/decode-node.ts';

/** An index that says what is in the cache. */
export interface ListedIndex {
  /** Records in the document. */
  readonly records: number;
  /** Those of the hashes that are in the cache. */
  listed(hashes: Iterable<string>): Promise<Set<string>>;
  close(): Promise<void>;
}

/** Bytes. Parsed, the worst that an attacker can make of so many takes a hundred megabytes. */
export const SMALL_INDEX = 4 * 1024 * 1024;

/** @returns undefined for what is to be scanned: damaged, no index, or with members that could stand twice */
export function parseSmallIndex(document: Buffer): ListedIndex | undefined {
  const text = document.toString('utf8');
  if (text.includes('\\u') || !standsOnce(text, '"database"') || !standsOnce(text, '"installs"'))
    return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const database = isObject(value) ? value['database'] : undefined;
  const installs = isObject(database) ? database['installs'] : undefined;
  if (!isObject(installs)) return undefined;
  return {
    records: Object.keys(installs).length,
    async listed(hashes) {
      const found = new Set<string>();
      for (const hash of hashes)
        if (Object.hasOwn(installs, hash) && isInCache(installs[hash])) found.add(hash);
      return found;
    },
    close: async () => undefined,
  };
}

function isInCache(record: unknown): boolean {
  if (!isObject(record) || record['in_buildcache'] !== true) return false;
  return isObject(record['spec']) && isPackageName(record['spec']['name']);
}

function standsOnce(text: string, word: string): boolean {
  const at = text.indexOf(word);
  return at >= 0 && !text.includes(word, at + 1);
}
