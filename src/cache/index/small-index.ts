/**
 * An index of a few megabytes, parsed whole: one question to it is answered sooner than its compact form is made. The
 * answers are those of the compact form. (Only of a hash that stands twice, first with a spec and then without, the
 * compact form lists the first. No Spack writes that, and what is not listed is asked for.)
 */
import { isAscii } from 'node:buffer';
import { isObject } from '../../core/json.ts';
import { isPackageName } from '../../spec/decode-node.ts';
import { hashMembers } from '../../spec/hash-members.ts';

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
  const text = isAscii(document) ? document.toString('latin1') : document.toString('utf8');
  if (text.includes('\\u')) return undefined;
  const inCache = parsePieces(text) ?? parseWhole(text);
  return (
    inCache && {
      records: inCache.size,
      listed: async (hashes) => new Set([...hashes].filter((hash) => inCache.get(hash) === true)),
      close: async () => undefined,
    }
  );
}

/** Whether each record is in the cache. */
type InCache = ReadonlyMap<string, boolean>;

/** The beginning of an index as Spack and this program write it. */
const HEAD = /^{"database":{"version":"\d{1,3}","installs":{/;

/** Reads the records one by one: none of them is kept. */
function parsePieces(text: string): InCache | undefined {
  const start = HEAD.exec(text)?.[0].length;
  const end = text.length - 3;
  if (start === undefined || !text.endsWith('}}}')) return undefined;
  const inCache = new Map<string, boolean>();
  const members = hashMembers(text, start, end);
  try {
    for (let next = members.next(); ; next = members.next()) {
      if (next.done === true) return next.value ? inCache : undefined;
      const [hash, json] = next.value;
      inCache.set(hash, isInCache(JSON.parse(json)));
    }
  } catch {
    return undefined; // the whole is no JSON either
  }
}

function parseWhole(text: string): InCache | undefined {
  if (!standsOnce(text, '"database"') || !standsOnce(text, '"installs"')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const database = isObject(value) ? value['database'] : undefined;
  const installs = isObject(database) ? database['installs'] : undefined;
  return isObject(installs)
    ? new Map(Object.entries(installs).map(([hash, record]) => [hash, isInCache(record)]))
    : undefined;
}

function isInCache(record: unknown): boolean {
  if (!isObject(record) || record['in_buildcache'] !== true) return false;
  return isObject(record['spec']) && isPackageName(record['spec']['name']);
}

function standsOnce(text: string, word: string): boolean {
  const at = text.indexOf(word);
  return at >= 0 && !text.includes(word, at + 1);
}
