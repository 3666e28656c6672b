/**
 * Makes the compact form of an index from its records as they stream past, in one pass and some fifty bytes a
 * record. What the form is, see compact-format.ts.
 */
import { crc32 } from '../../core/crc32.ts';
import { sha256 } from '../../core/digest.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { isDagHash } from '../../spec/decode-node.ts';
import { encodeHeader, IN_CACHE, PLACE_BYTES, POSTING_BYTES, SECTIONS } from './compact-format.ts';
import { findHash, HASH_BYTES, packHash } from './hash-table.ts';
import { parseRecord, skimRecord } from './record-facts.ts';
import type { IndexRecord, IndexSummary } from './scan.ts';

export interface CompactBuilder {
  /**
   * Records that are none (no DAG hash, no package name, JSON that cannot be parsed) are passed over.
   * @throws BuildcacheError `too-large` for more names than there are packages
   */
  add(record: IndexRecord): void;
  /** @returns the file, in pieces */
  finish(summary: IndexSummary, documentBytes: number): Buffer[];
}

/** @param source the index, for messages */
export function compactBuilder(source: string): CompactBuilder {
  const hashes = new Growing(HASH_BYTES);
  const places = new Growing(PLACE_BYTES);
  const nameIds = new Growing(4);
  const packages = new Map<string, number>();
  const providers = new Map<string, Set<string>>();
  let provisions = 0;
  return {
    add({ hash, json, offset, facts: skimmed }) {
      if (!isDagHash(hash)) return;
      const facts = skimmed ?? skimRecord(hash, json, 0) ?? parseRecord(hash, json);
      if (facts === undefined) return;
      const id = packages.get(facts.name) ?? packages.size;
      if (id === MAX_PACKAGES) throw tooMany(source, `${MAX_PACKAGES} packages`);
      if (id === packages.size) packages.set(facts.name, id);
      nameIds.next((bytes, at) => bytes.writeUInt32LE(id, at));
      hashes.next((bytes, at) => packHash(hash, bytes, at));
      places.next((bytes, at) => {
        bytes.writeUIntLE(offset, at, 6);
        bytes.writeUInt16LE(facts.inCache ? IN_CACHE : 0, at + 6);
        bytes.writeUInt32LE(json.length, at + 8);
        bytes.writeUInt32LE(crc32(json), at + 12);
      });
      for (const [virtual, provider] of facts.provided) {
        const known = providers.get(virtual);
        if (known?.has(provider) === true) continue;
        if (++provisions > MAX_PROVISIONS)
          throw tooMany(source, `${MAX_PROVISIONS} providers of virtual packages`);
        if (known === undefined) providers.set(virtual, new Set([provider]));
        else known.add(provider);
      }
    },

    finish(summary, documentBytes) {
      const { order, rank } = sortHashes(hashes);
      const specs = order.length;
      const sorted = { hashes: Buffer.alloc(specs * HASH_BYTES), places: Buffer.alloc(specs * PLACE_BYTES) };
      order.forEach((from, to) => {
        hashes.bytes.copy(sorted.hashes, to * HASH_BYTES, from * HASH_BYTES, (from + 1) * HASH_BYTES);
        places.bytes.copy(sorted.places, to * PLACE_BYTES, from * PLACE_BYTES, (from + 1) * PLACE_BYTES);
      });
      const names = postingsOf(packages, nameIds, rank, order);
      const virtuals = providerPostings(providers, sorted.hashes);
      const text = Buffer.from(JSON.stringify({ packages: names.counts, virtuals: virtuals.counts }));
      const sections = {
        ...sorted,
        postings: Buffer.concat([names.postings, virtuals.postings]),
        names: text,
      };
      const header = encodeHeader({
        documentBytes,
        records: summary.records,
        specs,
        postings: sections.postings.length / POSTING_BYTES,
        namesBytes: text.length,
        databaseVersion: /^\d{1,9}$/.test(summary.version ?? '') ? Number(summary.version) : 0,
        digests: {
          hashes: sha256(sections.hashes),
          places: sha256(sections.places),
          postings: sha256(sections.postings),
          names: sha256(sections.names),
        },
      });
      return [header, ...SECTIONS.map((name) => sections[name])];
    },
  };
}

/** Spack has some ten thousand, and a site its own. */
const MAX_PACKAGES = 200_000;

/** Each package that provides a virtual one to another, once: compilers and MPIs, in a large cache some ten thousand. */
const MAX_PROVISIONS = 2_000_000;

function tooMany(url: string, most: string): BuildcacheError {
  return new BuildcacheError('too-large', 'the index names too much', {
    url,
    expected: `at most ${most}`,
    found: 'more',
  });
}

/**
 * Records by hash. Of two under one hash, which no Spack writes, the later counts, as in any JSON object.
 * @returns `order`: the record at each place; `rank`: the place of each record, of an earlier double the later's
 */
function sortHashes(hashes: Growing): { order: Uint32Array; rank: Uint32Array } {
  const { bytes, count } = hashes;
  const compare = (a: number, b: number) =>
    bytes.compare(bytes, b * HASH_BYTES, (b + 1) * HASH_BYTES, a * HASH_BYTES, (a + 1) * HASH_BYTES) || a - b;
  // Hashes are evenly spread: after their first two bytes there is little left to sort.
  const starts = new Uint32Array(65_537);
  const bucket = (i: number) => bytes.readUInt16BE(i * HASH_BYTES);
  for (let i = 0; i < count; i++) starts[bucket(i) + 1] = (starts[bucket(i) + 1] ?? 0) + 1;
  for (let b = 1; b < starts.length; b++) starts[b] = (starts[b] ?? 0) + (starts[b - 1] ?? 0);
  const all = new Uint32Array(count);
  const next = starts.slice();
  for (let i = 0; i < count; i++) {
    const at = next[bucket(i)] ?? 0;
    all[at] = i;
    next[bucket(i)] = at + 1;
  }
  // `next` has arrived at each bucket's end by now. Only where two share a bucket is there anything to do.
  for (let from = 0; from < count; ) {
    const to = next[bucket(all[from] ?? 0)] ?? count;
    if (to - from > 1) all.subarray(from, to).sort(compare);
    from = to;
  }
  const rank = new Uint32Array(count);
  let places = 0;
  for (let i = 0; i < count; i++) {
    const record = all[i] ?? 0;
    const previous = all[places - 1];
    const isDouble = places > 0 && previous !== undefined && sameHash(bytes, previous, record);
    if (!isDouble) places++;
    all[places - 1] = record;
    rank[record] = places - 1;
  }
  return { order: all.subarray(0, places), rank };
}

function sameHash(bytes: Buffer, a: number, b: number): boolean {
  return bytes
    .subarray(a * HASH_BYTES, (a + 1) * HASH_BYTES)
    .equals(bytes.subarray(b * HASH_BYTES, (b + 1) * HASH_BYTES));
}

interface Postings {
  readonly counts: readonly (readonly [string, number])[];
  readonly postings: Buffer;
}

/** The places of each package's records, in the document's order. */
function postingsOf(
  packages: ReadonlyMap<string, number>,
  nameIds: Growing,
  rank: Uint32Array,
  order: Uint32Array,
): Postings {
  const counts = new Uint32Array(packages.size);
  const idOf = (record: number) => nameIds.bytes.readUInt32LE(record * 4);
  const isLast = (record: number) => order[rank[record] ?? 0] === record;
  for (let i = 0; i < rank.length; i++) if (isLast(i)) counts[idOf(i)] = (counts[idOf(i)] ?? 0) + 1;
  const next = new Uint32Array(packages.size);
  for (let id = 1; id < next.length; id++) next[id] = (next[id - 1] ?? 0) + (counts[id - 1] ?? 0);
  const postings = Buffer.alloc(order.length * POSTING_BYTES);
  for (let i = 0; i < rank.length; i++) {
    if (!isLast(i)) continue;
    const at = next[idOf(i)] ?? 0;
    next[idOf(i)] = at + 1;
    postings.writeUInt32LE(rank[i] ?? 0, at * POSTING_BYTES);
  }
  return { counts: [...packages].map(([name, id]) => [name, counts[id] ?? 0] as const), postings };
}

/** The places of each virtual package's providers. A provider without a record has none. */
function providerPostings(
  providers: ReadonlyMap<string, ReadonlySet<string>>,
  sortedHashes: Buffer,
): Postings {
  const counts: [string, number][] = [];
  const places: number[] = [];
  for (const [virtual, hashes] of providers) {
    const before = places.length;
    for (const hash of hashes) {
      const place = findHash(sortedHashes, hash);
      if (place !== undefined) places.push(place);
    }
    counts.push([virtual, places.length - before]);
  }
  const postings = Buffer.alloc(places.length * POSTING_BYTES);
  for (const [i, place] of places.entries()) postings.writeUInt32LE(place, i * POSTING_BYTES);
  return { counts, postings };
}

/** Rows of one size in one buffer that doubles when it is full. */
class Growing {
  readonly #row: number;
  #bytes: Buffer;
  #count = 0;

  constructor(row: number) {
    this.#row = row;
    this.#bytes = Buffer.alloc(row * 1024);
  }

  get bytes(): Buffer {
    return this.#bytes;
  }

  get count(): number {
    return this.#count;
  }

  next(write: (bytes: Buffer, at: number) => void): void {
    const at = this.#count++ * this.#row;
    if (at + this.#row > this.#bytes.length) {
      const larger = Buffer.alloc(this.#bytes.length * 2);
      this.#bytes.copy(larger);
      this.#bytes = larger;
    }
    write(this.#bytes, at);
  }
}
