/** Which specs an index lists as being in the cache. */
import { isObject, parseJson } from '../../core/json.ts';
import type { EntryReader, IndexLocation } from '../entries.ts';
import { refuseNewerIndex } from '../index-version.ts';
import { scanIndex } from './scan.ts';
import { openIndex } from './text.ts';

export interface ListedHashes {
  readonly listed: ReadonlySet<string>;
  /** How many records there are, including those of dependencies that are not in the cache. */
  readonly records: number;
  /** A spliced spec without a record of its build spec. Spack 1.2 and newer refuse the whole index for that. */
  readonly unfounded: { readonly spliced: string; readonly buildSpec: string } | undefined;
}

/** @throws BuildcacheError `bad-input` for what is no index, `unsupported` for one that needs a newer program */
export async function readListed(chunks: AsyncIterable<Uint8Array>, source: string): Promise<ListedHashes> {
  const listed = new Set<string>();
  const recorded = new Set<string>();
  const built = new Map<string, string>();
  const { records, version } = await scanIndex(chunks, source, ({ hash, json }) => {
    const record = parseJson(json.toString('utf8'), source);
    if (!isObject(record)) return;
    recorded.add(hash);
    if (record['in_buildcache'] === true) listed.add(hash);
    else listed.delete(hash); // of two records under one hash the later counts
    const buildSpec = isObject(record['spec']) ? record['spec']['build_spec'] : undefined;
    if (isObject(buildSpec)) built.set(hash, String(buildSpec['hash']));
  });
  refuseNewerIndex(version, source);
  const [unfounded] = [...built].filter(([, hash]) => !recorded.has(hash));
  return {
    listed,
    records,
    unfounded: unfounded && { spliced: unfounded[0].slice(0, 40), buildSpec: unfounded[1].slice(0, 40) },
  };
}

/**
 * Reads a mirror's present index, not a local copy, and the indices beside it for older Spacks. A spec is listed when
 * any of them lists it.
 * @returns undefined when there is none; the records are the newest index's
 * @throws BuildcacheError `corrupt`, `bad-input` or `too-large` for one that cannot be used; else as the storage does
 */
export async function fetchListed(
  reader: EntryReader,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<ListedHashes | undefined> {
  const location = await reader.findIndex(signal);
  if (location === undefined) return undefined;
  const { listed, records, ...newest } = await fetchOne(reader, location, maxBytes, signal);
  const all = new Set(listed);
  let { unfounded } = newest;
  for (const location of (await reader.findOlderIndices?.(signal)) ?? []) {
    const older = await fetchOne(reader, location, maxBytes, signal);
    for (const hash of older.listed) all.add(hash);
    unfounded ??= older.unfounded;
  }
  return { listed: all, records, unfounded };
}

async function fetchOne(
  reader: EntryReader,
  location: IndexLocation,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<ListedHashes> {
  const index = await openIndex(reader.storage, location, maxBytes, signal);
  return await readListed(index.text(), index.url);
}
