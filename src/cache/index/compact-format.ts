/**
 * The file that stands beside a kept index document so that a question about it reads only what it needs.
 * Little-endian; `N` specs, `K` names, `P` postings:
 *
 *     0   8  "bcindex" and the format's version, 2
 *     8   8  bytes of the document it describes
 *    16   4  records in the document, those that could not be read included
 *    20   4  N
 *    24   4  P
 *    28   4  bytes of the names
 *    32   4  `database.version` of the document, 0 when it does not say
 *    36 128  SHA-256 of each section
 *   164   4  CRC-32 of the 164 bytes before
 *
 *     hashes    N x 20  DAG hashes, the 20 bytes their base32 stands for, ascending, each once
 *     places    N x 16  in the same order: offset of the record's JSON in the document (6), flags (2; 1: in the
 *                       cache), its length (4), its CRC-32 (4)
 *     postings  P x 4   places in the two sections above, name by name
 *     names     JSON    `{"packages": [[name, count], …], "virtuals": […]}`: whose the postings are, in order
 *
 * It is made by us on this machine and is only a shortcut: a file of another version, or that does not fit its document,
 * reads as "not there". Nothing in it proves what the document says. So the store vouches for the header with the user's
 * secret, and the header's digests for all the rest. The checksums of records only notice damage.
 */
import { crc32 } from '../../core/crc32.ts';
import { HASH_BYTES } from './hash-table.ts';

export const COMPACT_VERSION = 2;
export const HEADER_BYTES = 168;
export const PLACE_BYTES = 16;
export const POSTING_BYTES = 4;

/** The flag of a spec that is in the cache. Other records are there as the dependency of one that is. */
export const IN_CACHE = 1;

export const SECTIONS = ['hashes', 'places', 'postings', 'names'] as const;

export type SectionName = (typeof SECTIONS)[number];

export interface CompactHeader {
  readonly documentBytes: number;
  readonly records: number;
  readonly specs: number;
  readonly postings: number;
  readonly namesBytes: number;
  /** 0: the document does not say. */
  readonly databaseVersion: number;
  /** SHA-256. */
  readonly digests: Readonly<Record<SectionName, string>>;
}

export function encodeHeader(header: CompactHeader): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(bytes);
  bytes.writeBigUInt64LE(BigInt(header.documentBytes), 8);
  const { records, specs, postings, namesBytes, databaseVersion, digests } = header;
  [records, specs, postings, namesBytes, databaseVersion].forEach((value, i) => {
    bytes.writeUInt32LE(value, 16 + 4 * i);
  });
  SECTIONS.forEach((name, i) => {
    bytes.write(digests[name], digestAt(i), 'hex');
  });
  bytes.writeUInt32LE(crc32(bytes.subarray(0, HEADER_BYTES - 4)), HEADER_BYTES - 4);
  return bytes;
}

/** @returns undefined for anything that is not an intact header of this version */
export function decodeHeader(bytes: Buffer): CompactHeader | undefined {
  if (bytes.length !== HEADER_BYTES || !bytes.subarray(0, 8).equals(MAGIC)) return undefined;
  if (crc32(bytes.subarray(0, HEADER_BYTES - 4)) !== bytes.readUInt32LE(HEADER_BYTES - 4)) return undefined;
  const field = (i: number) => bytes.readUInt32LE(16 + 4 * i);
  const digest = (i: number) => bytes.toString('hex', digestAt(i), digestAt(i + 1));
  return {
    documentBytes: Number(bytes.readBigUInt64LE(8)),
    records: field(0),
    specs: field(1),
    postings: field(2),
    namesBytes: field(3),
    databaseVersion: field(4),
    digests: { hashes: digest(0), places: digest(1), postings: digest(2), names: digest(3) },
  };
}

/** Where each section lies, and under `end` how long the file is. */
export function sectionOffsets(
  header: Pick<CompactHeader, 'specs' | 'postings' | 'namesBytes'>,
): Readonly<Record<SectionName | 'end', number>> {
  const places = HEADER_BYTES + header.specs * HASH_BYTES;
  const postings = places + header.specs * PLACE_BYTES;
  const names = postings + header.postings * POSTING_BYTES;
  return { hashes: HEADER_BYTES, places, postings, names, end: names + header.namesBytes };
}

function digestAt(section: number): number {
  return 36 + 32 * section;
}

const MAGIC = Buffer.from([...Buffer.from('bcindex'), COMPACT_VERSION]);
