/**
 * Answers from an index kept on disk, in its compact form (compact-format.ts) and the document beside it. Each
 * part is read, and checked, when a question first needs it; records are read out of the document one by one.
 */
import { crc32 } from '../../core/crc32.ts';
import { sha256 } from '../../core/digest.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { isObject } from '../../core/json.ts';
import { isDagHash } from '../../spec/decode-node.ts';
import {
  type CompactHeader,
  decodeHeader,
  HEADER_BYTES,
  IN_CACHE,
  PLACE_BYTES,
  POSTING_BYTES,
  type SectionName,
  sectionOffsets,
} from './compact-format.ts';
import { findHash, HASH_BYTES, prefixRange, unpackHash } from './hash-table.ts';
import type { RandomAccess } from './random-access.ts';
import type { ListedIndex } from './small-index.ts';

export interface KeptRecord {
  /** The key it stands under in the document. */
  readonly hash: string;
  readonly json: Buffer;
  readonly place: number;
}

/**
 * Specs are named by their place, a number of no further meaning. All methods throw `corrupt` when what they
 * read is damaged: the copy must then be made again.
 */
export interface CompactIndex extends ListedIndex {
  /** `database.version` of the document, 0 when it does not say. */
  readonly databaseVersion: number;
  /** Where the records of these hashes are, in the cache or not; there is none for some. */
  places(hashes: Iterable<string>): Promise<number[]>;
  /** All specs in the cache. */
  all(): Promise<Uint32Array>;
  /** The specs of a package that are in the cache. */
  ofPackage(name: string): Promise<Uint32Array>;
  /** The specs in the cache that some record says provide a virtual package. */
  ofVirtual(name: string): Promise<Uint32Array>;
  /** The specs in the cache whose hash begins so. */
  ofPrefix(hash: string): Promise<Uint32Array>;
  /** Records in the document's order. */
  read(places: Iterable<number>): AsyncIterable<KeptRecord>;
}

/**
 * @param document undefined when only the compact form could be kept; then records cannot be read
 * @param isOurs whether a header, given its bytes, is one that we have written
 * @returns undefined, with both closed, when the compact form is damaged, of another version, of another document, or
 *   not ours. Otherwise the index closes them.
 */
export async function openCompactIndex(
  compact: RandomAccess,
  document: RandomAccess | undefined,
  isOurs: (header: Buffer) => boolean = () => true,
): Promise<CompactIndex | undefined> {
  const close = async () => {
    await Promise.all([compact.close(), document?.close()]);
  };
  const bytes = await compact.read(0, HEADER_BYTES);
  const header = isOurs(bytes) ? decodeHeader(bytes) : undefined;
  const isWhole = header !== undefined && sectionOffsets(header).end === compact.size;
  if (isWhole && (document === undefined || header.documentBytes === document.size)) {
    return index(header, compact, document, close);
  }
  await close();
  return undefined;
}

/** Records this near to each other are read together: a few more bytes cost less than one more read. */
const GAP = 4 * 1024;
const MAX_READ = 1024 * 1024;

function index(
  header: CompactHeader,
  compact: RandomAccess,
  document: RandomAccess | undefined,
  close: () => Promise<void>,
): CompactIndex {
  const sections = new Map<SectionName, Promise<Buffer>>();
  const section = (name: SectionName): Promise<Buffer> => {
    const bytes = sections.get(name) ?? readSection(compact, header, name);
    sections.set(name, bytes);
    return bytes;
  };
  let names: Promise<Names> | undefined;
  const postings = async (kind: keyof Names, name: string): Promise<Uint32Array> => {
    names ??= section('names').then((text) => parseNames(text, header.postings));
    const range = (await names)[kind].get(name);
    if (range === undefined) return NOTHING;
    const bytes = await section('postings');
    const found = new Uint32Array(range.count);
    for (let i = 0; i < range.count; i++) {
      found[i] = inBounds(bytes.readUInt32LE((range.start + i) * POSTING_BYTES), header.specs);
    }
    return cached(found, await section('places'));
  };
  return {
    records: header.records,
    databaseVersion: header.databaseVersion,
    async listed(hashes) {
      const [table, places] = await Promise.all([section('hashes'), section('places')]);
      const found = new Set<string>();
      for (const hash of hashes) {
        const place = isDagHash(hash) ? findHash(table, hash) : undefined;
        if (place !== undefined && isInCache(places, place)) found.add(hash);
      }
      return found;
    },
    async places(hashes) {
      const table = await section('hashes');
      const found: number[] = [];
      for (const hash of hashes) {
        const place = isDagHash(hash) ? findHash(table, hash) : undefined;
        if (place !== undefined) found.push(place);
      }
      return found;
    },
    async all() {
      return cached(
        Uint32Array.from({ length: header.specs }, (_, i) => i),
        await section('places'),
      );
    },
    ofPackage: (name) => postings('packages', name),
    ofVirtual: (name) => postings('virtuals', name),
    async ofPrefix(hash) {
      const { start, end } = prefixRange(await section('hashes'), hash);
      return cached(
        Uint32Array.from({ length: end - start }, (_, i) => start + i),
        await section('places'),
      );
    },
    read(wanted) {
      if (document !== undefined) return readRecords(document, section, wanted);
      throw new BuildcacheError('io', 'the index could not be kept on disk', {
        hint: 'name a folder with enough room in BUILDCACHE_CACHE_DIR',
      });
    },
    close,
  };
}

async function* readRecords(
  document: RandomAccess,
  section: (name: SectionName) => Promise<Buffer>,
  unsorted: Iterable<number>,
): AsyncGenerator<KeptRecord> {
  const [hashes, places] = await Promise.all([section('hashes'), section('places')]);
  const wanted = byOffset(Uint32Array.from(unsorted), places);
  for (let i = 0; i < wanted.length; ) {
    const start = offsetOf(places, wanted[i] ?? 0);
    let end = start;
    let next = i;
    for (; next < wanted.length; next++) {
      const place = wanted[next] ?? 0;
      const from = offsetOf(places, place);
      const to = from + lengthOf(places, place);
      if (next > i && (from < end || from > end + GAP || to > start + MAX_READ)) break;
      end = to;
    }
    const bytes = await readAt(document, start, end - start);
    for (; i < next; i++) {
      const place = wanted[i] ?? 0;
      const from = offsetOf(places, place) - start;
      const json = bytes.subarray(from, from + lengthOf(places, place));
      if (crc32(json) !== places.readUInt32LE(place * PLACE_BYTES + 12)) throw damaged();
      yield { hash: unpackHash(hashes, place * HASH_BYTES), json, place };
    }
  }
}

/** In the document's order. Offsets are read once each: a question may take in half an index. */
function byOffset(unsorted: Uint32Array, places: Buffer): Uint32Array {
  const offsets = Float64Array.from(unsorted, (place) => offsetOf(places, place));
  const order = Uint32Array.from(unsorted, (_, i) => i);
  order.sort((a, b) => (offsets[a] ?? 0) - (offsets[b] ?? 0));
  return order.map((i) => unsorted[i] ?? 0);
}

type Names = Readonly<
  Record<'packages' | 'virtuals', ReadonlyMap<string, { readonly start: number; readonly count: number }>>
>;

function parseNames(text: Buffer, postings: number): Names {
  const value: unknown = JSON.parse(text.toString('utf8'));
  let start = 0;
  const read = (kind: keyof Names) => {
    const rows: unknown = isObject(value) ? value[kind] : undefined;
    const ranges = new Map<string, { start: number; count: number }>();
    for (const row of Array.isArray(rows) ? rows : []) {
      const [name, count]: unknown[] = Array.isArray(row) ? row : [];
      if (typeof name !== 'string' || typeof count !== 'number') throw damaged();
      ranges.set(name, { start, count });
      start += count;
    }
    return ranges;
  };
  const names = { packages: read('packages'), virtuals: read('virtuals') };
  if (start !== postings) throw damaged();
  return names;
}

const NOTHING = new Uint32Array(0);

function isInCache(places: Buffer, place: number): boolean {
  return (places.readUInt16LE(place * PLACE_BYTES + 6) & IN_CACHE) !== 0;
}

function cached(found: Uint32Array, places: Buffer): Uint32Array {
  return found.filter((place) => isInCache(places, place));
}

function offsetOf(places: Buffer, place: number): number {
  return places.readUIntLE(place * PLACE_BYTES, 6);
}

function lengthOf(places: Buffer, place: number): number {
  return places.readUInt32LE(place * PLACE_BYTES + 8);
}

function inBounds(place: number, specs: number): number {
  if (place >= specs) throw damaged();
  return place;
}

async function readSection(file: RandomAccess, header: CompactHeader, name: SectionName): Promise<Buffer> {
  const offsets = sectionOffsets(header);
  const ends = {
    hashes: offsets.places,
    places: offsets.postings,
    postings: offsets.names,
    names: offsets.end,
  };
  const bytes = await readAt(file, offsets[name], ends[name] - offsets[name]);
  if (sha256(bytes) !== header.digests[name]) throw damaged();
  return bytes;
}

async function readAt(file: RandomAccess, position: number, length: number): Promise<Buffer> {
  const bytes = await file.read(position, length);
  if (bytes.length < length) throw damaged();
  return bytes;
}

function damaged(): BuildcacheError {
  return new BuildcacheError('corrupt', 'the local copy of the index is damaged');
}
