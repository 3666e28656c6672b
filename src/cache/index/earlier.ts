/**
 * What an index says of specs whose own documents cannot be read here. Their records go into the next index
 * unchanged, with the records of what these specs need: those who can read the documents would miss them.
 */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { errorCode } from '../../core/errors.ts';
import { isObject, parseJson, stringifyCompact } from '../../core/json.ts';
import { isDagHash } from '../../spec/decode-node.ts';
import { type IndexVersion, indexVersion } from '../index-version.ts';
import { scanIndex } from './scan.ts';

export interface EarlierRecord {
  readonly json: string;
  readonly inBuildcache: boolean;
  /** Hashes of direct dependencies, and of the spec it was built as. */
  readonly below: readonly string[];
}

/** By hash, dependencies before dependents. */
export type EarlierRecords = ReadonlyMap<string, EarlierRecord>;

/** By the version of the index that they go into. */
export type EarlierIndices = Readonly<Record<IndexVersion, EarlierRecords>>;

export const NOTHING_EARLIER: EarlierIndices = { 8: new Map(), 9: new Map() };

/**
 * The records of these hashes and of all below them, out of each index for the next one of its version. The next
 * index of version 9 also gets those of version 8, since its readers read no other; never the other way round.
 * @param files the texts of the indices; a text that is no index adds nothing
 */
export async function earlierIndices(
  files: readonly string[],
  source: string,
  hashes: readonly string[],
): Promise<EarlierIndices> {
  if (hashes.length === 0) return NOTHING_EARLIER;
  const found = { 8: new Map<string, EarlierRecord>(), 9: new Map<string, EarlierRecord>() };
  for (const file of files) {
    try {
      await readRecords(file, source, hashes, found);
    } catch (error) {
      if (!['bad-input', 'too-large'].includes(errorCode(error))) throw error;
    }
  }
  const all = new Map(found[9]);
  for (const [hash, record] of found[8]) {
    const newer = all.get(hash);
    if (newer === undefined || (record.inBuildcache && !newer.inBuildcache)) all.set(hash, record);
  }
  return { 8: inOrder(found[8]), 9: inOrder(all) };
}

/** @throws BuildcacheError `bad-input` or `too-large` for what is no index */
async function readRecords(
  file: string,
  source: string,
  hashes: readonly string[],
  into: Readonly<Record<IndexVersion, Map<string, EarlierRecord>>>,
): Promise<void> {
  const places = new Map<string, { readonly offset: number; readonly length: number }>();
  const { version: said } = await scanIndex(createReadStream(file), source, ({ hash, json, offset }) => {
    places.set(hash, { offset, length: json.length });
  });
  // Records of other versions do not go into an index of ours.
  const version = indexVersion(said);
  if (version === undefined) return;
  const handle = await open(file);
  try {
    const asked = new Set(hashes);
    // Iterating a set also visits what is added during the walk.
    for (const hash of asked) {
      const place = places.get(hash);
      if (place === undefined || !isDagHash(hash)) continue;
      const { buffer } = await handle.read(Buffer.alloc(place.length), 0, place.length, place.offset);
      const record = readRecord(buffer.toString('utf8'), source);
      if (record === undefined) continue;
      into[version].set(hash, record);
      for (const each of record.below) asked.add(each);
    }
  } finally {
    await handle.close();
  }
}

/** The record of a spec that is not in the cache any more. */
export function withoutEntry(record: EarlierRecord): string {
  const parsed = parseJson(record.json, 'an index');
  return record.inBuildcache && isObject(parsed)
    ? stringifyCompact({ ...parsed, in_buildcache: false })
    : record.json;
}

/** @returns undefined for what no reader takes for a record */
function readRecord(json: string, source: string): EarlierRecord | undefined {
  let record: unknown;
  try {
    record = parseJson(json, source);
  } catch {
    return undefined;
  }
  if (!isObject(record) || !isObject(record['spec'])) return undefined;
  const { dependencies, build_spec: built } = record['spec'];
  const edges: unknown[] = Array.isArray(dependencies) ? [...(dependencies as unknown[]), built] : [built];
  return {
    json,
    inBuildcache: record['in_buildcache'] === true,
    below: edges.map((edge) => (isObject(edge) ? edge['hash'] : undefined)).filter(isDagHash),
  };
}

function inOrder(records: ReadonlyMap<string, EarlierRecord>): Map<string, EarlierRecord> {
  const order = new Map<string, EarlierRecord>();
  const stack = [...records.keys()].reverse();
  const entered = new Set<string>();
  for (let hash = stack.at(-1); hash !== undefined; hash = stack.at(-1)) {
    const record = records.get(hash);
    if (record === undefined || entered.has(hash)) {
      if (record !== undefined) order.set(hash, record);
      stack.pop();
    } else {
      entered.add(hash);
      for (const each of record.below) stack.push(each);
    }
  }
  return order;
}
